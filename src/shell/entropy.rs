//! The operating system's randomness, asked here and nowhere else. Decisions get it as a value.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What a turn gets.
pub struct Fresh {
    /// Seed of salts.
    pub seed: [u8; 32],
    /// A secret nobody has seen: 32 random bytes as unpadded base64url (43 characters).
    pub secret: String,
}

/// What a turn needs: a seed and a secret of 32 bytes.
const TURN_BYTES: usize = 64;
/// Turns for which a thread draws at once.
const TURNS_DRAWN: usize = 16;

/// Randomness for one turn, drawn for some at once: a call of the operating system costs more than
/// its bytes.
pub fn fresh() -> Fresh {
    thread_local! {
        static DRAWN: RefCell<Vec<[u8; TURN_BYTES]>> = const { RefCell::new(Vec::new()) };
    }
    let bytes = DRAWN.with_borrow_mut(|drawn| {
        let drawn_before = drawn.pop();
        // Each is taken out, so none is ever used twice.
        drawn_before.unwrap_or_else(|| {
            let bytes = bytes::<{ TURN_BYTES * TURNS_DRAWN }>();
            let (turns, _) = bytes.as_chunks::<TURN_BYTES>();
            drawn.extend_from_slice(&turns[1..]);
            turns[0]
        })
    });
    let mut seed = [0; 32];
    seed.copy_from_slice(&bytes[..32]);
    Fresh { seed, secret: URL_SAFE_NO_PAD.encode(&bytes[32..]) }
}

/// A number from 0 to `most`, for spreading retries: that needs no quality, only that processes
/// that started together differ.
pub fn up_to(most: u64) -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    if LAST.load(Ordering::Relaxed) == 0 {
        LAST.store(u64::from_le_bytes(bytes()), Ordering::Relaxed);
    }
    // The golden ratio's steps: neighbours lie far apart.
    LAST.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed) % most.saturating_add(1).max(1)
}

/// Random bytes.
#[expect(clippy::disallowed_methods, reason = "the home of this call")]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // Fails only where the system has no source of randomness at all; going on without would be
    // worse than stopping.
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_turns_share_seed_or_secret() {
        let turns: Vec<Fresh> = (0..3 * TURNS_DRAWN).map(|_| fresh()).collect();
        let seeds: HashSet<_> = turns.iter().map(|fresh| fresh.seed).collect();
        let secrets: HashSet<_> = turns.iter().map(|fresh| &fresh.secret).collect();
        assert_eq!([seeds.len(), secrets.len()], [turns.len(), turns.len()]);
        assert!(turns.iter().all(|fresh| fresh.secret.len() == 43));
    }

    #[test]
    fn a_spread_of_nothing_is_nothing() {
        assert_eq!(up_to(0), 0);
        assert!((0..50).all(|_| up_to(3) <= 3));
    }
}
