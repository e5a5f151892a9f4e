//! Long values as several rows, so that no page of the engine grows large. It knows bytes only.
//!
//! A value longer than [`PART_BYTES_MAX`] leaves a head at its key (a mark and the number of parts)
//! and its parts in a region of their own: region byte, key, index. An index has a fixed length, so
//! no two keys share a part's row. All of them are written and removed in the batch of the value.

use super::Fault;
use super::backend::{Backend, Rows, pending};

/// First byte of part rows; above every table.
pub const REGION: u8 = 0xFE;
/// Longest row of the engine: sled keeps up to 16 rows a page and wants pages small.
pub const PART_BYTES_MAX: usize = 3 << 10;

/// First byte of a head; sealed values begin with their version, which stays below.
const SPLIT: u8 = 0xFE;

/// Which tables have ever had a long value. In the others an overwrite need not look for old parts.
pub struct Parts {
    tables: [bool; 256],
}

impl Parts {
    /// Looks once which tables have parts.
    pub fn open(backend: &impl Backend) -> Result<Self, Fault> {
        let mut tables = [false; 256];
        let mut from = vec![REGION];
        // At most one step a table.
        while let Some(table) = first_table(backend, &from)? {
            tables[usize::from(table)] = true;
            let Some(next) = table.checked_add(1) else { break };
            from = vec![REGION, next];
        }
        Ok(Self { tables })
    }

    /// Adds to `rows` what writing or removing the bytes at `key` takes.
    pub fn put(
        &mut self,
        backend: &impl Backend,
        rows: &mut Rows,
        key: Vec<u8>,
        bytes: Option<Vec<u8>>,
    ) -> Result<(), Fault> {
        let table = usize::from(key.first().copied().unwrap_or_default());
        let before = if self.tables[table] {
            pending(backend, rows, &key)?.as_deref().and_then(parts_of).unwrap_or_default()
        } else {
            0
        };
        let now = match bytes {
            Some(bytes) if bytes.len() > PART_BYTES_MAX => {
                self.tables[table] = true;
                let count = split(rows, &key, &bytes)?;
                rows.insert(key.clone(), Some(head(count)));
                count
            }
            whole => {
                if before == 0 {
                    rows.insert(key, whole);
                    return Ok(());
                }
                rows.insert(key.clone(), whole);
                0
            }
        };
        rows.extend((now..before).map(|index| (part_key(&key, index), None)));
        Ok(())
    }
}

/// The whole bytes of what stands at `key`, long or not.
pub fn whole(backend: &impl Backend, key: &[u8], row: Vec<u8>) -> Result<Vec<u8>, Fault> {
    let Some(count) = parts_of(&row) else { return Ok(row) };
    let mut bytes = Vec::with_capacity(usize::from(count) * PART_BYTES_MAX);
    for index in 0..count {
        let part = backend.get(&part_key(key, index))?.ok_or_else(|| Fault::Unreadable {
            key: hex::encode(key),
            why: "a part of it is gone",
        })?;
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

fn split(rows: &mut Rows, key: &[u8], bytes: &[u8]) -> Result<u16, Fault> {
    let count = u16::try_from(bytes.len().div_ceil(PART_BYTES_MAX)).map_err(|_| {
        Fault::Engine(format!("a value of {} bytes is too long for the store", bytes.len()))
    })?;
    let chunks = bytes.chunks(PART_BYTES_MAX);
    rows.extend((0..).zip(chunks).map(|(i, chunk)| (part_key(key, i), Some(chunk.to_vec()))));
    Ok(count)
}

fn head(count: u16) -> Vec<u8> {
    let [high, low] = count.to_be_bytes();
    vec![SPLIT, high, low]
}

fn parts_of(row: &[u8]) -> Option<u16> {
    match *row {
        [SPLIT, high, low] => Some(u16::from_be_bytes([high, low])),
        _ => None,
    }
}

fn part_key(key: &[u8], index: u16) -> Vec<u8> {
    [&[REGION], key, &index.to_be_bytes()].concat()
}

fn first_table(backend: &impl Backend, from: &[u8]) -> Result<Option<u8>, Fault> {
    let rows = backend.scan(from..&[REGION + 1], 1, super::Order::Up)?;
    Ok(rows.first().and_then(|(key, _)| key.get(1).copied()))
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    fn put(memory: &Memory, parts: &mut Parts, len: Option<usize>) {
        let mut rows = Rows::new();
        parts.put(memory, &mut rows, vec![40, 1], len.map(|len| vec![9; len])).unwrap();
        memory.write(rows).unwrap();
    }

    fn rows(memory: &Memory) -> usize {
        memory.scan(&[]..&[0xFF], usize::MAX, super::super::Order::Up).unwrap().len()
    }

    #[test]
    fn nothing_of_a_long_value_outlives_it() {
        let memory = Memory::default();
        let mut parts = Parts::open(&memory).unwrap();
        for (len, count) in [(3073, 3), (10_000, 5), (6144, 3), (3072, 1), (9000, 4)] {
            put(&memory, &mut parts, Some(len));
            assert_eq!(rows(&memory), count, "after {len} bytes");
            let row = memory.get(&[40, 1]).unwrap().unwrap();
            assert_eq!(whole(&memory, &[40, 1], row).unwrap(), vec![9; len]);
            parts = Parts::open(&memory).unwrap();
        }
        put(&memory, &mut parts, None);
        assert_eq!(rows(&memory), 0);
    }

    #[test]
    fn a_long_value_replaced_in_the_same_batch_leaves_no_parts() {
        let memory = Memory::default();
        let mut parts = Parts::open(&memory).unwrap();
        let mut batch = Rows::new();
        for len in [20_000, 4000, 10] {
            parts.put(&memory, &mut batch, vec![40, 1], Some(vec![9; len])).unwrap();
        }
        memory.write(batch).unwrap();
        assert_eq!(rows(&memory), 1);
    }

    #[test]
    fn a_lost_part_is_said() {
        let memory = Memory::default();
        put(&memory, &mut Parts::open(&memory).unwrap(), Some(7000));
        memory.write(Rows::from([(part_key(&[40, 1], 1), None)])).unwrap();
        let row = memory.get(&[40, 1]).unwrap().unwrap();
        assert!(matches!(whole(&memory, &[40, 1], row), Err(Fault::Unreadable { .. })));
    }
}
