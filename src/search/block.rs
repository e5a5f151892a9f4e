//! Blocks: runs of numbers under their tokens, in the order of both, as bytes of one length. A list
//! that does not fit goes on in the next block. Nothing here is sealed.
//!
//! A run is: how many numbers, the token less the one before it in the block, the first number, and
//! each further one less the one before it; all as varints. A count of 0 ends the block.

use super::keys::Token;

/// Length of a block: what is read and opened to find the numbers of one token.
pub const BLOCK_BYTES: usize = 4096;

/// Longest varint of 32 bits.
const VARINT_BYTES: usize = 5;
/// Less room than a run with a few numbers needs is left empty.
const ROOM_MIN: usize = 4 * VARINT_BYTES;

/// A block that is being filled.
#[derive(Default)]
pub struct Filling {
    bytes: Vec<u8>,
    last: Token,
}

impl Filling {
    /// Nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Adds as many of the numbers (ascending) as there is room for; says how many.
    pub fn add(&mut self, token: Token, numbers: &[u32]) -> usize {
        let room = BLOCK_BYTES - self.bytes.len();
        if room < ROOM_MIN {
            return 0;
        }
        let room = room - 2 * VARINT_BYTES;
        let (mut body, mut last, mut count) = (Vec::new(), 0, 0);
        for number in numbers {
            put(&mut body, number - last);
            if body.len() > room {
                break;
            }
            (last, count) = (*number, count + 1);
        }
        put(&mut self.bytes, count);
        put(&mut self.bytes, token - self.last);
        self.last = token;
        let mut previous = 0;
        for number in &numbers[..count as usize] {
            put(&mut self.bytes, number - previous);
            previous = *number;
        }
        count as usize
    }

    /// The block, and an empty one to go on with.
    pub fn take(&mut self) -> Vec<u8> {
        let mut block = std::mem::take(self).bytes;
        block.resize(BLOCK_BYTES, 0);
        block
    }
}

/// Hands over each token of a block with each of its numbers, in order. `None` if it is no block.
pub fn walk(block: &[u8], mut each: impl FnMut(Token, u32)) -> Option<()> {
    let (mut rest, mut token) = (block, 0u32);
    while !rest.is_empty() {
        let count = get(&mut rest)?;
        if count == 0 {
            break;
        }
        token = token.checked_add(get(&mut rest)?)?;
        let mut number = 0u32;
        for _ in 0..count {
            number = number.checked_add(get(&mut rest)?)?;
            each(token, number);
        }
    }
    Some(())
}

fn put(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn get(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0u32;
    for shift in (0..).step_by(7).take(VARINT_BYTES) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(byte & 0x7F).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_into_blocks_is_what_is_walked_through() {
        let lists: [(Token, Vec<u32>); 5] = [
            (0, vec![0, 1, u32::MAX]),
            (1, (1..9_000).collect()),
            (7, (1..2_000).map(|n| n * 70_001).collect()),
            (u32::MAX - 1, vec![5]),
            (u32::MAX, vec![6]),
        ];
        let (mut filling, mut blocks) = (Filling::default(), Vec::new());
        for (token, numbers) in &lists {
            let mut left = numbers.as_slice();
            while !left.is_empty() {
                match filling.add(*token, left) {
                    0 => blocks.push(filling.take()),
                    added => left = &left[added..],
                }
            }
        }
        blocks.push(filling.take());
        assert!(blocks.len() > 3 && blocks.iter().all(|block| block.len() == BLOCK_BYTES));
        let mut found = Vec::new();
        for block in &blocks {
            walk(block, |token, number| found.push((token, number))).expect("a block");
        }
        let all = lists.iter().flat_map(|(token, list)| list.iter().map(|n| (*token, *n)));
        assert!(found.into_iter().eq(all));
    }

    #[test]
    fn bytes_that_are_no_block_are_said_to_be_none() {
        for bytes in [&[1][..], &[1, 2], &[1, 255, 255, 255, 255, 255, 1], &[2, 0, 255, 255]] {
            assert_eq!(walk(bytes, |_, _| ()), None, "{bytes:?}");
        }
        assert_eq!(walk(&[], |_, _| ()), Some(()));
    }
}
