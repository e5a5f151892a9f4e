//! Stretches of the day as people type them: `9:00-12:00,13:30-18:00`, `22点到8点`, `9am-5pm`. Knows
//! no dates and no working days.

use chrono::{Duration, NaiveTime, Timelike};
use chrono_tz::Tz;

use super::every::print_time;
use super::fold::fold;
use crate::model::Timestamp;
use crate::model::preferences::Span;

/// Most stretches of one day: more is a timetable.
pub const SPANS_MAX: usize = 4;

/// Minutes of a day.
const DAY_MINUTES: u32 = 24 * 60;

/// The working hours where nobody set others: 下班 is 18:00.
pub const USUAL: Span = Span { from: at_hour(9), to: at_hour(18) };

/// What stands between the ends of a stretch.
const TO: [&str; 9] = ["--", "-", "–", "—", "~", "到", "至", "until", "to"];

const fn at_hour(hour: u32) -> NaiveTime {
    // Only called with hours of the clock.
    match NaiveTime::from_hms_opt(hour, 0, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}

/// The stretches in a text, in order; `None` if a part of it is none, if they overlap, or if there
/// are too many. Only the last may go over midnight.
pub fn read(text: &str) -> Option<Vec<Span>> {
    let text = fold(text).text;
    let parts =
        text.split([',', '、', ';', '和', '&', '，', '；']).flat_map(|part| part.split(" and "));
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() || parts.len() > SPANS_MAX {
        return None;
    }
    let spans: Vec<Span> = parts.into_iter().map(span).collect::<Option<_>>()?;
    let begins = |s: &Span| minute(s.from);
    let ends = |s: &Span| if s.to > s.from { minute(s.to) } else { minute(s.to) + DAY_MINUTES };
    let apart = spans.windows(2).all(|two| ends(&two[0]) <= begins(&two[1]));
    let whole = spans
        .first()
        .zip(spans.last())
        .is_some_and(|(first, last)| ends(last) <= begins(first) + DAY_MINUTES);
    (apart && whole).then_some(spans)
}

/// The stretches as they are read back.
pub fn print(spans: &[Span], joint: &str) -> String {
    let one = |s: &Span| format!("{}-{}", print_time(s.from), print_end(*s));
    spans.iter().map(one).collect::<Vec<_>>().join(joint)
}

/// When a stretch ends, by the wall clock; midnight that ends a day is 24:00.
pub fn print_end(span: Span) -> String {
    if span.to == NaiveTime::MIN { "24:00".into() } else { print_time(span.to) }
}

/// From the beginning of the first stretch to the end of the last; the usual hours if there is
/// none.
pub fn whole(spans: &[Span]) -> Span {
    match spans {
        [first, .., last] => Span { from: first.from, to: last.to },
        [one] => *one,
        [] => USUAL,
    }
}

/// When a stretch that holds this moment ends; `None` if it does not hold it.
pub fn end(span: Span, now: Timestamp, zone: Tz) -> Option<Timestamp> {
    let wall = now.local(zone);
    let (time, today) = (wall.time(), wall.date());
    let day = match span.to > span.from {
        true if span.from <= time && time < span.to => today,
        false if time < span.to => today,
        false if span.from <= time => today.checked_add_signed(Duration::days(1))?,
        true | false => return None,
    };
    // A wall clock that is skipped or comes twice must not end before now.
    Some(Timestamp::from_local(day.and_time(span.to), zone)).filter(|end| *end > now)
}

fn minute(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}

fn span(text: &str) -> Option<Span> {
    let (from, to) = TO.iter().find_map(|to| text.split_once(to))?;
    let ((mut from, first), (mut to, second)) = (clock(from)?, clock(to)?);
    // The half of the day that is named at one end counts for the other where that makes sense:
    // `下午2点到6点`, `1-5pm`, but `9-5pm` begins in the morning.
    let later = |time: NaiveTime| time.with_hour(time.hour() + 12).filter(|_| time.hour() < 12);
    if let (Some(true), None, Some(moved)) = (first, second, later(to).filter(|t| *t > from)) {
        to = if to <= from { moved } else { to };
    }
    if let (None, Some(true), Some(moved)) = (first, second, later(from).filter(|t| *t < to)) {
        from = moved;
    }
    (from != to).then_some(Span { from, to })
}

/// `9`, `9:30`, `9点半`, `下午2点`, `5pm`, `24:00`; and the half of the day that was named.
fn clock(text: &str) -> Option<(NaiveTime, Option<bool>)> {
    let text = text.trim();
    let (text, half) = half_of_day(text);
    let text = text.trim();
    let (text, thirty) = match text.strip_suffix("点半") {
        Some(hour) => (hour, true),
        None => (text.trim_end_matches("分").trim_end_matches("整"), false),
    };
    let (hour, minute) = match text.split_once([':', '点', '时', '.']) {
        Some((hour, minute)) => (hour, minute.trim()),
        None => (text, ""),
    };
    let hour: u32 = hour.trim().parse().ok()?;
    let minute: u32 = match (minute, thirty) {
        ("", true) => 30,
        ("", false) => 0,
        (digits, false) if digits.len() <= 2 => digits.parse().ok()?,
        (_, _) => return None,
    };
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        Some(_) | None => hour,
    };
    // 24:00 is the midnight that ends the day.
    if hour == 24 && minute == 0 {
        return Some((NaiveTime::MIN, half));
    }
    NaiveTime::from_hms_opt(hour, minute, 0).map(|time| (time, half))
}

/// The half of the day that is named: `true` for the second one.
fn half_of_day(text: &str) -> (&str, Option<bool>) {
    const ZH: [(&str, bool); 9] = [
        ("上午", false),
        ("早上", false),
        ("早晨", false),
        ("凌晨", false),
        ("中午", true),
        ("下午", true),
        ("傍晚", true),
        ("晚上", true),
        ("夜里", true),
    ];
    const EN: [(&str, bool); 2] = [("am", false), ("pm", true)];
    let zh = ZH.iter().find_map(|(word, half)| Some((text.strip_prefix(word)?, Some(*half))));
    let en = EN.iter().find_map(|(word, half)| Some((text.strip_suffix(word)?, Some(*half))));
    zh.or(en).unwrap_or((text, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_read_and_print_as_they_are_read_again() {
        for (text, printed) in [
            ("9:00-12:00,13:30-18:00", "9:00-12:00,13:30-18:00"),
            ("９：００－１２：００，１３：３０－１８：００", "9:00-12:00,13:30-18:00"),
            ("9点到12点半、下午2点到6点", "9:00-12:30,14:00-18:00"),
            ("1-5pm", "13:00-17:00"),
            ("9-5pm", "9:00-17:00"),
            ("上午9点到中午12点、下午2点到下午6点", "9:00-12:00,14:00-18:00"),
            ("22:00-8:00", "22:00-8:00"),
            ("9am-5pm", "9:00-17:00"),
            ("9:00 to 17:30", "9:00-17:30"),
            ("8-12 and 13-24:00", "8:00-12:00,13:00-24:00"),
        ] {
            let spans = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(print(&spans, ","), printed, "{text}");
            assert_eq!(read(&print(&spans, ",")), Some(spans), "{text}");
        }
        for text in ["", "9", "9-9", "25:00-8:00", "9:60-10", "9-12,11-18", "随便", "9-12-13"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_stretch_over_midnight_ends_in_the_morning_behind_now() {
        let zone = chrono_tz::Asia::Shanghai;
        let quiet = Span { from: at_hour(22), to: at_hour(8) };
        let at = |day: u32, hour: u32| {
            let day = chrono::NaiveDate::from_ymd_opt(2026, 3, day).expect("a day");
            Timestamp::from_local(day.and_hms_opt(hour, 0, 0).expect("an hour"), zone)
        };
        assert_eq!(end(quiet, at(2, 23), zone), Some(at(3, 8)));
        assert_eq!(end(quiet, at(3, 7), zone), Some(at(3, 8)));
        assert_eq!(end(quiet, at(3, 8), zone), None);
        assert_eq!(end(quiet, at(3, 12), zone), None);
        assert_eq!(end(USUAL, at(3, 12), zone), Some(at(3, 18)));
    }
}
