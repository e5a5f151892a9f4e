//! Which events had their turn: the keys under which that is remembered. It reads and writes
//! nothing.

use crate::model::{Event, Timestamp};
use crate::store::table::id;
use crate::store::{Key, View};

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;
/// How long an event is remembered at the least, in days: longer than any platform's last
/// redelivery.
pub const DEDUP_DAYS: i64 = 7;
/// Events of so many days are forgotten together. Longer than `DEDUP_DAYS`, so that at most two
/// such spans are asked for an event.
const SPAN_DAYS: i64 = 14;

/// The hash under which an event is remembered; none for posts and dates, whose wake row says it.
pub fn hash(view: &View, event: &Event) -> Option<[u8; 16]> {
    let key = event.key.as_ref()?;
    let name = format!("{}\u{0}{key}", event.scope.path());
    Some(view.keys.name(b"event", name.as_bytes()))
}

/// The key of the row that says that an event had its turn at an instant.
pub fn key(at: Timestamp, event: [u8; 16]) -> Key {
    in_span(span(at), &event)
}

/// Where to look for an event: it may have been seen before a span began, and after the clock was
/// set back also in one that has not begun.
pub fn keys(now: Timestamp, event: [u8; 16]) -> impl Iterator<Item = Key> {
    let spans = span(now.plus_ms(-DEDUP_DAYS * DAY_MS))..=span(now.plus_ms(DAY_MS));
    spans.map(move |span| in_span(span, &event))
}

/// The end of the keys that may be forgotten; they begin with the first of the table.
pub fn forgettable(now: Timestamp) -> Key {
    in_span(span(now.plus_ms(-DEDUP_DAYS * DAY_MS)), &[])
}

fn span(at: Timestamp) -> i64 {
    at.0.div_euclid(SPAN_DAYS * DAY_MS)
}

/// Later spans sort later.
fn in_span(span: i64, event: &[u8]) -> Key {
    let span = i32::try_from(span).unwrap_or(i32::MAX);
    let span = ((span as u32) ^ (1 << 31)).to_be_bytes();
    Key::global(id::SEEN, &[&span, event].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: [u8; 16] = [5; 16];

    #[test]
    fn an_event_is_found_for_a_week_and_with_the_clock_set_back() {
        for seen_on in 0..40 {
            let seen = key(Timestamp(seen_on * DAY_MS + 1), EVENT);
            for later in -1..=DEDUP_DAYS {
                let now = Timestamp((seen_on + later) * DAY_MS + 1);
                assert!(keys(now, EVENT).any(|key| key == seen), "{seen_on} {later}");
                assert!(keys(now, EVENT).count() <= 2);
                assert!(seen >= forgettable(now), "forgotten too early: {seen_on} {later}");
            }
            let much_later = Timestamp((seen_on + DEDUP_DAYS + SPAN_DAYS) * DAY_MS + 1);
            assert!(seen < forgettable(much_later), "never forgotten");
        }
    }
}
