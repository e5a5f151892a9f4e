//! Dates that are asked back.

use super::Voice;
use crate::text::when::{When, print_date};

/// A single moment or day as a member would type it; `None` for what has no short form.
pub fn printed(voice: &Voice, when: &When) -> Option<String> {
    match when {
        When::Instant(at) => Some(voice.at(*at)),
        When::Date(day) => Some(print_date(*day, voice.reference, voice.lang)),
        When::Range(..) | When::Recurrence(_) | When::Ambiguous(_) | When::Impossible(_) => None,
    }
}
