//! A scan over an engine and newer rows in memory in front of it. It changes nothing.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::{Bound, Range};

use super::backend::{Backend, Row};
use super::{Fault, Order};

/// Rows asked of the engine beyond those that are wanted, for those that newer ones hide.
const SPARE: usize = 16;

/// Up to `limit` rows of a range, where a layer hides those behind it: the first hides the second,
/// and both hide the engine. A removal in a layer hides too.
pub fn scan<K: Borrow<[u8]> + Ord>(
    engine: &impl Backend,
    layers: [&BTreeMap<K, Option<Vec<u8>>>; 2],
    range: Range<&[u8]>,
    limit: usize,
    order: Order,
) -> Result<Vec<Row>, Fault> {
    if range.start >= range.end {
        return Ok(Vec::new());
    }
    let bounds = (Bound::Included(range.start), Bound::Excluded(range.end));
    let [first, second] = layers.map(|rows| rows.range::<[u8], _>(bounds));
    if first.clone().next().is_none() && second.clone().next().is_none() {
        return engine.scan(range, limit, order);
    }
    let stored = Stored {
        engine,
        start: range.start.to_vec(),
        end: range.end.to_vec(),
        limit,
        order,
        found: Vec::new().into_iter().peekable(),
        over: false,
    };
    match order {
        Order::Up => merged(first.peekable(), second.peekable(), stored),
        Order::Down => merged(first.rev().peekable(), second.rev().peekable(), stored),
    }
}

/// Rows of the engine, fetched as they are needed.
struct Stored<'e, B> {
    engine: &'e B,
    /// The part of the range that has not been fetched.
    start: Vec<u8>,
    end: Vec<u8>,
    limit: usize,
    order: Order,
    found: Peekable<std::vec::IntoIter<Row>>,
    over: bool,
}

impl<B: Backend> Stored<'_, B> {
    fn peek(&mut self, wanted: usize) -> Result<Option<&Row>, Fault> {
        if self.found.peek().is_none() && !self.over {
            let asked = wanted.saturating_add(SPARE);
            let rows = self.engine.scan(&self.start..&self.end, asked, self.order)?;
            self.over = rows.len() < asked;
            match (self.order, rows.last()) {
                (_, None) => {}
                // The first key after this one.
                (Order::Up, Some((key, _))) => self.start = [key, &[0][..]].concat(),
                (Order::Down, Some((key, _))) => self.end.clone_from(key),
            }
            self.found = rows.into_iter().peekable();
        }
        Ok(self.found.peek())
    }
}

fn merged<'r, I, K>(
    mut first: Peekable<I>,
    mut second: Peekable<I>,
    mut stored: Stored<'_, impl Backend>,
) -> Result<Vec<Row>, Fault>
where
    I: Iterator<Item = (&'r K, &'r Option<Vec<u8>>)>,
    K: Borrow<[u8]> + 'r,
{
    let (limit, order) = (stored.limit, stored.order);
    let earlier = |one: &[u8], other: &[u8]| match order {
        Order::Up => one.cmp(other),
        Order::Down => other.cmp(one),
    };
    let mut rows = Vec::new();
    while rows.len() < limit {
        let wanted = limit - rows.len();
        let heads = [
            first.peek().map(|(key, _)| (*key).borrow()),
            second.peek().map(|(key, _)| (*key).borrow()),
            stored.peek(wanted)?.map(|(key, _)| key.as_slice()),
        ];
        let Some(next) = heads.iter().flatten().copied().min_by(|a, b| earlier(a, b)) else {
            break;
        };
        let at_head =
            heads.map(|head| head.is_some_and(|key| earlier(key, next) == Ordering::Equal));
        // The newest of those that have the key speaks; the others are passed over.
        let newest = at_head[0].then(|| first.next()).flatten();
        let newer = at_head[1].then(|| second.next()).flatten();
        let oldest = at_head[2].then(|| stored.found.next()).flatten();
        match (newest.or(newer), oldest) {
            (Some((key, Some(value))), _) => rows.push((key.borrow().to_vec(), value.clone())),
            (Some((_, None)), _) | (None, None) => {}
            (None, Some(row)) => rows.push(row),
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::backend::Rows;
    use crate::store::memory::Memory;

    /// Every way in which a key may stand in the engine and in two layers.
    fn layered() -> (Memory, Rows, Rows, BTreeMap<Vec<u8>, Vec<u8>>) {
        let engine = Memory::default();
        let (mut first, mut second, mut seen) = (Rows::new(), Rows::new(), BTreeMap::new());
        for n in 0..180u8 {
            let key = vec![n];
            let states = [n % 3, n / 3 % 3, n / 9 % 2];
            let value = |of: u8| match of {
                1 => Some(vec![n, of]),
                _ => None,
            };
            if states[2] == 1 {
                engine.write(Rows::from([(key.clone(), Some(vec![n, 9]))])).unwrap();
                seen.insert(key.clone(), vec![n, 9]);
            }
            for (state, layer) in [(states[1], &mut second), (states[0], &mut first)] {
                if state > 0 {
                    layer.insert(key.clone(), value(state));
                    match value(state) {
                        Some(value) => seen.insert(key.clone(), value),
                        None => seen.remove(&key),
                    };
                }
            }
        }
        (engine, first, second, seen)
    }

    #[test]
    fn a_scan_over_layers_is_that_of_one_map() {
        let (engine, first, second, seen) = layered();
        for (start, end) in [(0, 180), (7, 90), (100, 101), (50, 50), (178, 255)] {
            let (start, end) = ([start], [end]);
            let within = || seen.range(start.to_vec()..end.to_vec().max(start.to_vec()));
            let owned = |(key, value): (&Vec<u8>, &Vec<u8>)| (key.clone(), value.clone());
            for limit in [0, 1, 2, 17, 40, 1000] {
                let found = |order| scan(&engine, [&first, &second], &start..&end, limit, order);
                let up: Vec<_> = within().take(limit).map(owned).collect();
                let down: Vec<_> = within().rev().take(limit).map(owned).collect();
                assert_eq!(found(Order::Up).unwrap(), up, "{start:?} {end:?} {limit}");
                assert_eq!(found(Order::Down).unwrap(), down, "{start:?} {end:?} {limit}");
            }
        }
    }
}
