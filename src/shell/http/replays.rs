//! Which signatures of reports were taken lately, and under which event id. The id is not signed,
//! so a copied report under another id must not count as a new one. In memory: after a restart
//! only the few minutes of the timestamps' window stand open.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;

use crate::model::Timestamp;
use crate::platform::source::WINDOW_MS;
use crate::shell::bell::lock;

/// Signatures remembered; beyond it the oldest go. Minutes of more reports than all sources send.
const REMEMBERED_MAX: usize = 20_000;
/// How long one is remembered, in ms: a timestamp may be a window ahead and is taken until it is a
/// window behind.
const REMEMBERED_MS: i64 = 2 * WINDOW_MS as i64;

/// Remembers signatures.
#[derive(Debug, Default)]
pub struct Replays(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// The event key under which a signature came first.
    keys: HashMap<String, String>,
    /// Signatures by when they came.
    came: BTreeSet<(Timestamp, String)>,
}

impl Replays {
    /// Whether a right signature comes under another event key than the first time. The same under
    /// the same key is an honest repetition.
    pub fn is_copy(&self, signature: &str, key: &str, now: Timestamp) -> bool {
        let mut known = lock(&self.0);
        let over = now.plus_ms(-REMEMBERED_MS);
        while let Some((at, _)) = known.came.first()
            && (*at < over || known.came.len() > REMEMBERED_MAX)
            && let Some((_, oldest)) = known.came.pop_first()
        {
            known.keys.remove(&oldest);
        }
        if let Some(first) = known.keys.get(signature) {
            return first != key;
        }
        known.keys.insert(signature.to_owned(), key.to_owned());
        known.came.insert((now, signature.to_owned()));
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: Timestamp = Timestamp(1_790_000_000_000);

    #[test]
    fn a_signature_belongs_to_the_event_id_it_came_with() {
        let replays = Replays::default();
        assert!(!replays.is_copy("sha256=aa", "id:1", T0));
        assert!(!replays.is_copy("sha256=aa", "id:1", T0), "sent again");
        assert!(replays.is_copy("sha256=aa", "id:2", T0));
        assert!(!replays.is_copy("sha256=bb", "id:2", T0));
        assert!(replays.is_copy("sha256=aa", "id:3", T0.plus_ms(REMEMBERED_MS)));
    }

    #[test]
    fn what_is_over_or_too_much_is_forgotten() {
        let replays = Replays::default();
        for n in 0..REMEMBERED_MAX + 10 {
            replays.is_copy(&n.to_string(), "id:1", T0);
        }
        assert!(lock(&replays.0).keys.len() <= REMEMBERED_MAX + 1);
        replays.is_copy("last", "id:1", T0.plus_ms(REMEMBERED_MS + 1));
        assert_eq!(lock(&replays.0).keys.len(), 1);
        assert_eq!(lock(&replays.0).came.len(), 1);
    }
}
