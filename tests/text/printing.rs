//! Printing dates, and reading back what was printed.

use chrono_tz::{Asia, Europe, US};
use steward::model::{Lang, Timestamp};
use steward::text::when::{self, Found, When};

use crate::{reference, wall};

#[test]
fn every_printed_moment_and_day_is_read_back_as_itself() {
    for zone in [Asia::Shanghai, Europe::Berlin, US::Pacific] {
        for now in ["2026-11-20T10:00", "2026-02-28T23:59", "2027-12-31T00:01", "2028-06-15T15:30"]
        {
            let reference = reference(now, zone);
            for step in 1..300_i64 {
                let at = reference.now.plus_ms(step * step * 977 * 60_000);
                if Timestamp::from_local(at.local(zone), zone) != at {
                    continue; // The second of two equal wall clocks cannot be written down.
                }
                for lang in [Lang::Zh, Lang::En] {
                    let text = when::print_instant(at, reference, lang);
                    let whole = Found { span: 0..text.len(), also: None, when: When::Instant(at) };
                    assert_eq!(when::find(&text, reference), Some(whole), "{text} at {now}");
                    let day = at.day(zone);
                    let text = when::print_date(day, reference, lang);
                    let whole = Found { span: 0..text.len(), also: None, when: When::Date(day) };
                    assert_eq!(when::find(&text, reference), Some(whole), "{text} at {now}");
                }
            }
        }
    }
}

#[test]
fn dates_are_printed_as_the_language_writes_them() {
    let reference = reference("2026-02-20T10:00", Asia::Shanghai);
    for (at, zh, en) in [
        ("2026-03-02T18:00", "3月2日(周一)18:00", "Mon, Mar 2 at 18:00"),
        ("2026-03-02T09:05", "3月2日(周一)9:05", "Mon, Mar 2 at 9:05"),
        ("2027-03-02T03:00", "2027年3月2日(周二)03:00", "Tue, Mar 2, 2027 at 03:00"),
    ] {
        let at = Timestamp::from_local(wall(at), Asia::Shanghai);
        assert_eq!(when::print_instant(at, reference, Lang::Zh), zh);
        assert_eq!(when::print_instant(at, reference, Lang::En), en);
    }
}
