//! Neighbouring rows as one row of the engine, a page. It knows which tables have such rows, and
//! nothing of what they hold.
//!
//! Worth its lines because a row costs the engine the same whether it is short or long: entries of
//! a journal and numbered records come in sequence, many between two writes, and reach it by the
//! page.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::backend::{Backend, Row, Rows};
use super::table::id;
use super::{Fault, Order};

/// Rows expected of a page when pages are asked for: what is read too much, or read again.
const ROWS_A_PAGE: usize = 4;
/// In front of a row within its page: lengths of the rest of its key and of its bytes.
const HEAD_BYTES: usize = 1 + 4;

/// Which rows of a table share a page: those whose keys begin with the same bytes, of the last of
/// which only the `mask` counts.
struct Layout {
    table: u8,
    bytes: usize,
    mask: u8,
}

const SCOPED: usize = 1 + 16;
/// Eight numbers a page: with the longest rows, sixteen pages stay below what sled keeps in one
/// place.
const BY_EIGHT: u8 = 0xF8;
/// Sixteen pages for what is spread evenly.
const SIXTEENTH: u8 = 0xF0;

const LAYOUTS: [Layout; 6] = [
    Layout { table: id::JOURNAL.0, bytes: SCOPED + 8, mask: BY_EIGHT },
    Layout { table: id::STEP.0, bytes: SCOPED + 4, mask: BY_EIGHT },
    Layout { table: id::TASK.0, bytes: SCOPED + 4, mask: BY_EIGHT },
    Layout { table: id::MESSAGE.0, bytes: SCOPED + 4, mask: BY_EIGHT },
    Layout { table: id::ALERT.0, bytes: SCOPED + 4, mask: BY_EIGHT },
    Layout { table: id::MEMBER.0, bytes: SCOPED + 1, mask: SIXTEENTH },
];

/// The layout of a key's table; none for a key too short to have a page.
fn layout(key: &[u8]) -> Option<&'static Layout> {
    let found = LAYOUTS.iter().find(|layout| key.first() == Some(&layout.table));
    found.filter(|layout| key.len() >= layout.bytes)
}

/// The key under which the engine has a row, alone or in its page. These are ordered as the keys
/// of the rows.
fn home(key: &[u8]) -> Cow<'_, [u8]> {
    let Some(Layout { bytes, mask, .. }) = layout(key) else { return Cow::Borrowed(key) };
    let mut page = key[..*bytes].to_vec();
    page[bytes - 1] &= mask;
    Cow::Owned(page)
}

/// What of a key says which row of its page it is; `None` for a row that stands alone.
fn within(key: &[u8]) -> Option<&[u8]> {
    layout(key).map(|layout| &key[layout.bytes - 1..])
}

/// The rest of a row's key, and its bytes.
type InPage<'p> = (&'p [u8], &'p [u8]);

/// An engine with pages.
#[derive(Debug, Clone)]
pub struct Packed<B>(pub B);

impl<B: Backend> Packed<B> {
    /// What the engine has to write for these rows.
    fn pages(&self, rows: Rows) -> Result<Rows, Fault> {
        let mut pages = Rows::new();
        let mut rows = rows.into_iter().peekable();
        while let Some((key, bytes)) = rows.next() {
            if within(&key).is_none() {
                pages.insert(key, bytes);
                continue;
            }
            let page = home(&key).into_owned();
            let mut changes = vec![(key, bytes)];
            while let Some(row) = rows.next_if(|(key, _)| home(key) == page.as_slice()) {
                changes.push(row);
            }
            let stands = self.0.get(&page)?.unwrap_or_default();
            pages.insert(page, changed(&stands, &changes)?);
        }
        Ok(pages)
    }
}

impl<B: Backend> Backend for Packed<B> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let Some(wanted) = within(key) else { return self.0.get(key) };
        let Some(page) = self.0.get(&home(key))? else { return Ok(None) };
        let row = opened(&page)?.into_iter().find(|(rest, _)| *rest == wanted);
        Ok(row.map(|(_, bytes)| bytes.to_vec()))
    }

    fn scan(&self, range: Range<&[u8]>, limit: usize, order: Order) -> Result<Vec<Row>, Fault> {
        let (mut start, mut end) = (home(range.start).into_owned(), range.end.to_vec());
        let mut found = Vec::new();
        while found.len() < limit && start < end {
            // One more: of the first page, nothing may be in the range.
            let asked = (limit - found.len()).div_ceil(ROWS_A_PAGE).saturating_add(1);
            let pages = self.0.scan(&start..&end, asked, order)?;
            let over = pages.len() < asked;
            match (order, pages.last()) {
                (_, None) => {}
                // The first key after this one.
                (Order::Up, Some((key, _))) => start = [key, &[0][..]].concat(),
                (Order::Down, Some((key, _))) => end.clone_from(key),
            }
            for (key, bytes) in pages {
                let before = found.len();
                found.extend(expanded(key, bytes, &range)?);
                if order == Order::Down {
                    found[before..].reverse();
                }
            }
            if over {
                break;
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    fn write(&self, rows: Rows) -> Result<(), Fault> {
        self.0.write(self.pages(rows)?)
    }

    fn write_loose(&self, rows: Rows) -> Result<(), Fault> {
        self.0.write_loose(self.pages(rows)?)
    }

    fn forget_past(&self, thoroughly: bool) -> Result<(), Fault> {
        self.0.forget_past(thoroughly)
    }

    fn sync(&self) -> Result<(), Fault> {
        self.0.sync()
    }
}

/// The rows of a range that the engine has at a key, in order.
fn expanded(key: Vec<u8>, bytes: Vec<u8>, range: &Range<&[u8]>) -> Result<Vec<Row>, Fault> {
    if layout(&key).is_none() {
        return Ok(vec![(key, bytes)]);
    }
    let shared = &key[..key.len() - 1];
    let rows = opened(&bytes)?.into_iter();
    let rows = rows.map(|(rest, bytes)| ([shared, rest].concat(), bytes.to_vec()));
    Ok(rows.filter(|(key, _)| (range.start..range.end).contains(&key.as_slice())).collect())
}

/// A page after these changes of its rows; `None` if nothing is left in it.
fn changed(page: &[u8], changes: &[(Vec<u8>, Option<Vec<u8>>)]) -> Result<Option<Vec<u8>>, Fault> {
    let mut rows: BTreeMap<&[u8], &[u8]> = opened(page)?.into_iter().collect();
    for (key, bytes) in changes {
        let rest = within(key).unwrap_or_default();
        match bytes {
            Some(bytes) => rows.insert(rest, bytes),
            None => rows.remove(rest),
        };
    }
    let length = rows.iter().map(|(rest, bytes)| HEAD_BYTES + rest.len() + bytes.len()).sum();
    let mut closed = Vec::with_capacity(length);
    for (rest, bytes) in rows {
        let too_long = |_| Fault::Engine("a row is too long for its page".to_owned());
        closed.push(u8::try_from(rest.len()).map_err(too_long)?);
        closed.extend_from_slice(&u32::try_from(bytes.len()).map_err(too_long)?.to_be_bytes());
        closed.extend_from_slice(rest);
        closed.extend_from_slice(bytes);
    }
    Ok((!closed.is_empty()).then_some(closed))
}

/// The rows of a page, in order.
fn opened(page: &[u8]) -> Result<Vec<InPage<'_>>, Fault> {
    let mut rows = Vec::new();
    let mut left = page;
    while !left.is_empty() {
        let (row, after) =
            first(left).ok_or_else(|| Fault::Engine("a page is damaged".to_owned()))?;
        rows.push(row);
        left = after;
    }
    Ok(rows)
}

/// The first row of a page, and what follows it.
fn first(page: &[u8]) -> Option<(InPage<'_>, &[u8])> {
    let (&rest_bytes, after) = page.split_first()?;
    let (row_bytes, after) = after.split_first_chunk::<4>()?;
    let (rest, after) = after.split_at_checked(usize::from(rest_bytes))?;
    let (bytes, after) = after.split_at_checked(u32::from_be_bytes(*row_bytes) as usize)?;
    Some(((rest, bytes), after))
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    /// Keys in and around every layout: neighbours, other scopes, short ones, other tables.
    fn keys() -> Vec<Vec<u8>> {
        let mut keys = Vec::new();
        for table in [id::HEAD.0, id::JOURNAL.0, id::STEP.0, id::SEEN.0, id::MEMBER.0, 200] {
            for scope in [0, 7, u8::MAX] {
                let head = [&[table][..], &[scope; 16]].concat();
                keys.push(head.clone());
                for last in [0, 1, 7, 8, 15, 16, 17, 128, 254, 255] {
                    keys.push([&head[..], &[0, 0, 0, last]].concat());
                    keys.push([&head[..], &[0, 0, 0, 0, 0, 0, 0, last]].concat());
                    keys.push([&head[..], &[last; 16]].concat());
                }
            }
        }
        keys
    }

    /// Numbers that look random.
    fn next(seed: &mut u64) -> usize {
        *seed =
            seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize
    }

    #[test]
    fn an_engine_with_pages_answers_as_one_without() {
        let (plain, packed, keys) = (Memory::default(), Packed(Memory::default()), keys());
        let mut seed = 20_261_122;
        for round in 0..60 {
            let rows: Rows = (0..next(&mut seed) % 40)
                .map(|_| {
                    let key = keys[next(&mut seed) % keys.len()].clone();
                    let bytes = vec![round; next(&mut seed) % 5];
                    (key, (next(&mut seed) % 10 > 3).then_some(bytes))
                })
                .collect();
            plain.write(rows.clone()).unwrap();
            packed.write(rows).unwrap();
            for key in &keys {
                assert_eq!(packed.get(key).unwrap(), plain.get(key).unwrap(), "{key:?}");
            }
            for _ in 0..200 {
                let key = |seed: &mut u64| {
                    let key = &keys[next(seed) % keys.len()];
                    key[..next(seed) % (key.len() + 1)].to_vec()
                };
                let (start, end) = (key(&mut seed), key(&mut seed));
                let limit = next(&mut seed) % 30;
                for order in [Order::Up, Order::Down] {
                    let of =
                        |engine: &dyn Backend| engine.scan(&start..&end, limit, order).unwrap();
                    assert_eq!(of(&packed), of(&plain), "{start:?} {end:?} {limit} {order:?}");
                }
            }
        }
    }

    #[test]
    fn neighbours_share_a_page_and_an_empty_page_goes() {
        let packed = Packed(Memory::default());
        let key = |n: u8| [&[id::JOURNAL.0][..], &[3; 16], &[0, 0, 0, 0, 0, 0, 0, n]].concat();
        let rows = |range: Range<u8>, value: Option<Vec<u8>>| -> Rows {
            range.map(|n| (key(n), value.clone())).collect()
        };
        let pages = || packed.0.scan(&[]..&[u8::MAX], usize::MAX, Order::Up).unwrap().len();
        packed.write(rows(0..24, Some(vec![1]))).unwrap();
        assert_eq!(pages(), 3);
        packed.write(rows(8..16, None)).unwrap();
        assert_eq!(pages(), 2);
    }

    #[test]
    fn a_damaged_page_is_said() {
        let packed = Packed(Memory::default());
        let key = [&[id::TASK.0][..], &[3; 16], &[0, 0, 0, 1]].concat();
        packed.write(Rows::from([(key.clone(), Some(vec![5; 40]))])).unwrap();
        let page = packed.0.get(&home(&key)).unwrap().unwrap();
        for cut in 1..page.len() {
            let cut = Rows::from([(home(&key).into_owned(), Some(page[..cut].to_vec()))]);
            packed.0.write(cut).unwrap();
            assert!(matches!(packed.get(&key), Err(Fault::Engine(_))));
        }
    }
}
