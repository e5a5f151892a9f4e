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

/// Quiet hours longer than this, in minutes, are taken for ones that begin in the evening.
const QUIET_MINUTES_MAX: u32 = 16 * 60;

/// What a stretch is for: it says which half of the day an hour alone is likely to mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Work,
    Quiet,
}

/// One end of a stretch as it was typed.
#[derive(Debug, Clone, Copy)]
struct Clock {
    time: NaiveTime,
    /// The half of the day that was named: `true` for the second one.
    half: Option<bool>,
    /// Written as a clock shows it (`6:00`, `06`), and not as it is said (`6`, `6点半`).
    digital: bool,
}

/// The working hours in a text, in order; `None` if a part of it is no stretch, if they overlap, or
/// if there are too many. Only the last may go over midnight. `9-6` ends at 18:00; a night is
/// written `22-6` or `9:00-6:00`.
pub fn read_work(text: &str) -> Option<Vec<Span>> {
    read(text, Use::Work)
}

/// The one stretch of quiet hours in a text; `None` if it holds none, or several. `10-7` begins at
/// 22:00.
pub fn read_quiet(text: &str) -> Option<Span> {
    read(text, Use::Quiet).filter(|spans| spans.len() == 1)?.first().copied()
}

fn read(text: &str, used: Use) -> Option<Vec<Span>> {
    let text = fold(text).text;
    let parts =
        text.split([',', '、', ';', '和', '&', '，', '；']).flat_map(|part| part.split(" and "));
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() || parts.len() > SPANS_MAX {
        return None;
    }
    let spans: Vec<Span> = parts.into_iter().map(|part| span(part, used)).collect::<Option<_>>()?;
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

fn span(text: &str, used: Use) -> Option<Span> {
    let (from, to) = TO.iter().find_map(|to| text.split_once(to))?;
    let (first, second) = (clock(from)?, clock(to)?);
    let (mut from, mut to) = (first.time, second.time);
    // The half of the day that is named at one end counts for the other where that makes sense:
    // `下午2点到6点`, `1-5pm`, but `9-5pm` begins in the morning.
    let later = |time: NaiveTime| time.with_hour(time.hour() + 12).filter(|_| time.hour() < 12);
    if let (Some(_), None, Some(moved)) = (first.half, second.half, later(to).filter(|t| *t > from))
        && (first.half == Some(true) || !second.digital)
    {
        to = if to <= from { moved } else { to };
    }
    if let (None, Some(true), Some(moved)) =
        (first.half, second.half, later(from).filter(|t| *t < to))
    {
        from = moved;
    }
    let said = |clock: Clock| clock.half.is_none() && !clock.digital;
    match used {
        Use::Work if said(second) && to <= from && from.hour() <= 12 => {
            to = later(to).filter(|moved| *moved > from).unwrap_or(to);
        }
        Use::Quiet
            if said(first)
                && (said(second) || second.half == Some(false))
                && from.hour() <= 12
                && to.hour() <= 12
                && minutes(from, to) > QUIET_MINUTES_MAX =>
        {
            // Twelve is midnight here.
            from = from.with_hour((from.hour() + 12) % 24).unwrap_or(from);
        }
        Use::Work | Use::Quiet => {}
    }
    (from != to).then_some(Span { from, to })
}

/// How long a stretch is, in minutes; all day where it ends as it begins.
fn minutes(from: NaiveTime, to: NaiveTime) -> u32 {
    match minute(to).checked_sub(minute(from)) {
        Some(minutes @ 1..) => minutes,
        Some(0) | None => minute(to) + DAY_MINUTES - minute(from),
    }
}

/// `9`, `9:30`, `9点半`, `下午2点`, `5pm`, `24:00`.
fn clock(text: &str) -> Option<Clock> {
    let text = text.trim();
    let (text, half) = half_of_day(text);
    let text = text.trim();
    let digital = text.contains([':', '.']) || text.starts_with('0');
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
        return Some(Clock { time: NaiveTime::MIN, half, digital: true });
    }
    NaiveTime::from_hms_opt(hour, minute, 0).map(|time| Clock { time, half, digital })
}

/// The half of the day that is named: `true` for the second one.
fn half_of_day(text: &str) -> (&str, Option<bool>) {
    const ZH: [(&str, bool); 12] = [
        ("上午", false),
        ("早上", false),
        ("早晨", false),
        ("清晨", false),
        ("凌晨", false),
        ("早", false),
        ("中午", true),
        ("下午", true),
        ("傍晚", true),
        ("晚上", true),
        ("晚", true),
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
            let spans = read_work(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(print(&spans, ","), printed, "{text}");
            assert_eq!(read_work(&print(&spans, ",")), Some(spans), "{text}");
        }
        for text in ["", "9", "9:00-9:00", "25:00-8:00", "9:60-10", "9-12,11-18", "随便", "9-12-13"]
        {
            assert_eq!(read_work(text), None, "{text}");
        }
    }

    #[test]
    fn working_hours_end_in_the_afternoon_unless_a_night_is_meant() {
        for (text, printed) in [
            ("9-6", "9:00-18:00"),
            ("9点到6点", "9:00-18:00"),
            ("9 to 6", "9:00-18:00"),
            ("9-9", "9:00-21:00"),
            ("9:00到6点", "9:00-18:00"),
            ("9am to 6", "9:00-18:00"),
            ("8点半到5点半", "8:30-17:30"),
            ("8点30分到5点30分", "8:30-17:30"),
            ("12点到1点", "12:00-13:00"),
            ("9-12,13:00-17:30", "9:00-12:00,13:00-17:30"),
            ("22:00-6:00", "22:00-06:00"),
            ("22:00-06:00", "22:00-06:00"),
            ("9:00-06:00", "9:00-06:00"),
            ("9点到06点", "9:00-06:00"),
            ("22点到6点", "22:00-06:00"),
            ("22-6", "22:00-06:00"),
            ("9点到凌晨1点", "9:00-01:00"),
            ("9点到早6点", "9:00-06:00"),
            ("9 to 6am", "9:00-06:00"),
            ("晚上10点到6点", "22:00-06:00"),
        ] {
            let spans = read_work(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(print(&spans, ","), printed, "{text}");
            assert_eq!(read_work(&print(&spans, ",")), Some(spans), "{text}");
        }
    }

    #[test]
    fn quiet_hours_begin_in_the_evening_rather_than_last_all_day() {
        for (text, printed) in [
            ("10点到7点", "22:00-7:00"),
            ("10-7", "22:00-7:00"),
            ("11 to 8", "23:00-8:00"),
            ("10点半到早上7点", "22:30-7:00"),
            ("12点到7点", "0:00-7:00"),
            ("10:00-7:00", "10:00-7:00"),
            ("上午10点到7点", "10:00-19:00"),
            ("12点到2点", "12:00-02:00"),
            ("1点到7点", "01:00-7:00"),
            ("22点到8点", "22:00-8:00"),
        ] {
            let span = read_quiet(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(print(&[span], ","), printed, "{text}");
            assert_eq!(read_quiet(&print(&[span], ",")), Some(span), "{text}");
        }
        assert_eq!(read_quiet("9-12,13-14"), None);
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
