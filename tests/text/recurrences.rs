//! Reading and printing recurrences, and their next occurrence.

use chrono::NaiveDate;
use chrono_tz::{Asia, Europe, Tz};
use steward::model::recurrence::Rule;
use steward::model::{Calendar, Lang, Recurrence, Timestamp};
use steward::text::every;
use steward::text::when::{self, When};

use crate::{NOW, reference, wall};

#[expect(clippy::too_many_lines, reason = "a flat table")]
#[test]
fn recurrences_are_read_and_printed() {
    for (text, zh, en) in [
        ("每天9:00", "每天9:00", "every day at 9:00"),
        ("每日18点", "每天18:00", "every day at 18:00"),
        ("每天9:00和18:00", "每天9:00和18:00", "every day at 9:00 and 18:00"),
        (
            "每天上午10点，下午2点，4点",
            "每天10:00和14:00和16:00",
            "every day at 10:00, 14:00 and 16:00",
        ),
        ("每天凌晨2点", "每天02:00", "every day at 02:00"),
        ("每天晚上12点", "每天0:00", "every day at 0:00"),
        ("每晚10点", "每天22:00", "every day at 22:00"),
        ("每早上8点", "每天8:00", "every day at 8:00"),
        ("每个工作日18:00", "每个工作日18:00", "every workday at 18:00"),
        ("工作日每天 9点", "每个工作日9:00", "every workday at 9:00"),
        ("每周一 9:30", "每周一9:30", "every Mon at 9:30"),
        ("每周一三五9点", "每周一、三、五9:00", "every Mon, Wed and Fri at 9:00"),
        ("每周一、周三和周五 9:00", "每周一、三、五9:00", "every Mon, Wed and Fri at 9:00"),
        ("每周一三点", "每周一15:00", "every Mon at 15:00"),
        ("每周日24:00", "每周一0:00", "every Mon at 0:00"),
        ("周一到周五早上八点半", "每周一到周五8:30", "every weekday at 8:30"),
        ("every day 9:00", "每天9:00", "every day at 9:00"),
        ("daily 18:00", "每天18:00", "every day at 18:00"),
        ("every weekday 18:00", "每周一到周五18:00", "every weekday at 18:00"),
        ("weekdays 18:00", "每周一到周五18:00", "every weekday at 18:00"),
        ("every Mon and Wed 9:00", "每周一、三9:00", "every Mon and Wed at 9:00"),
        ("weekly Fri 17:00", "每周五17:00", "every Fri at 17:00"),
        ("9am every Sunday", "每周日9:00", "every Sun at 9:00"),
        ("tuesdays and thursdays at 3:15", "每周二、四15:15", "every Tue and Thu at 15:15"),
        ("cron 0 18 * * 1-5", "cron 0 18 * * 1-5", "cron 0 18 * * 1-5"),
        ("每月1号9:00", "每月1号9:00", "every month on the 1st at 9:00"),
        ("每月1号和15号9点", "每月1号和15号9:00", "every month on the 1st and the 15th at 9:00"),
        ("每月最后一天22:00", "每月最后一天22:00", "every month on the last day at 22:00"),
        ("每月倒数第二天9点", "每月倒数第2天9:00", "every month on the 2nd last day at 9:00"),
        (
            "每月最后一个工作日17点",
            "每月最后一个工作日17:00",
            "every month on the last workday at 17:00",
        ),
        ("每月第三个星期五9点", "每月第3个周五9:00", "every month on the 3rd Fri at 9:00"),
        ("每3个月的1号9点", "每3个月的1号9:00", "every 3 months on the 1st at 9:00"),
        ("每季度第一天9点", "每季度第一天9:00", "the 1st of every quarter at 9:00"),
        ("每季度最后一天9点", "每季度最后一天9:00", "the last day of every quarter at 9:00"),
        ("每年3月5日9点", "每年3月5号9:00", "every year on Mar on the 5th at 9:00"),
        ("每两周的周五17点", "每2周的周五17:00", "every 2 weeks on Fri at 17:00"),
        ("隔天9点", "每2天9:00", "every 2 days at 9:00"),
        ("每半小时", "每30分钟", "every 30 minutes"),
        ("每2小时(9点到18点)", "每2小时(9:00到18:00)", "every 2 hours from 9:00 to 18:00"),
        ("每周六上午9点到11点", "每周六9:00到11:00", "every Sat from 9:00 to 11:00"),
        ("每天9点，周末除外", "每天9:00，周末除外", "every day at 9:00, except Sat and Sun"),
        (
            "每周五17:00，遇节假日顺延",
            "每周五17:00，遇周末和节假日顺延",
            "every Fri at 17:00, on weekends and holidays the next workday",
        ),
        (
            "每周五17:00，节假日除外",
            "每周五17:00，节假日除外",
            "every Fri at 17:00, except holidays",
        ),
        (
            "每天9点从2026年12月1日起到2026年12月31日为止",
            "每天9:00，从2026年12月1日起，到2026年12月31日为止",
            "every day at 9:00, starting Dec 1, 2026, until Dec 31, 2026",
        ),
        ("fridays at 9 for 10 times", "每周五9:00，共10次", "every Fri at 9:00, for 10 times"),
    ] {
        let (span, found) =
            every::find(text, reference(NOW, Asia::Shanghai)).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(&text[span], text);
        assert_eq!(every::print(&found, Lang::Zh), zh, "{text}");
        assert_eq!(every::print(&found, Lang::En), en, "{text}");
        for lang in [Lang::Zh, Lang::En] {
            let printed = every::print(&found, lang);
            let again = every::find(&printed, reference(NOW, Asia::Shanghai));
            assert_eq!(again, Some((0..printed.len(), found.clone())), "{printed}");
        }
        let when = when::find(&format!("提醒 {text} 写日报"), reference(NOW, Asia::Shanghai));
        assert_eq!(when.map(|found| found.when), Some(When::Recurrence(found)), "{text}");
    }
}

#[test]
fn what_is_no_recurrence_with_a_time_is_not_read_as_one() {
    for text in [
        "每天检查",
        "每天25:00",
        "每周一次18:00",
        "每周六上午",
        "5个工作日后18:00",
        "every other week at 9:00",
        "cron 0 18 * *",
        "cron 0 0 30 2 *",
        "cron 0 0 18 * * 1-5",
        "周一18:00",
        "@每天9:00",
    ] {
        assert_eq!(every::find(text, reference(NOW, Asia::Shanghai)), None, "{text}");
    }
}

#[test]
fn the_next_occurrence_is_strictly_later_and_survives_changes_of_the_clocks() {
    let berlin = Europe::Berlin;
    // 02:30 does not exist on 28 March 2027 and exists twice on 31 October 2027.
    for (text, after, expected) in [
        ("每天9:00", "2026-11-20T09:00", "2026-11-21T09:00"),
        ("每天9:00", "2026-11-20T08:59", "2026-11-20T09:00"),
        ("每天9:00和18:00", "2026-11-20T09:00", "2026-11-20T18:00"),
        ("每个工作日18:00", "2026-11-20T18:00", "2026-11-23T18:00"),
        ("每周一三五9点", "2026-11-20T10:00", "2026-11-23T09:00"),
        ("cron 0 18 * * 0", "2026-11-20T10:00", "2026-11-22T18:00"),
        ("每天02:30", "2027-03-27T12:00", "2027-03-28T03:00"),
        ("每天02:30", "2027-03-28T03:00", "2027-03-29T02:30"),
        ("每天02:30", "2027-10-30T12:00", "2027-10-31T02:30"),
        ("每天02:30", "2027-10-31T02:30", "2027-11-01T02:30"),
    ] {
        let (_, rule) = every::find(text, reference(NOW, berlin)).expect("a recurrence");
        let next =
            every::next(&rule, Timestamp::from_local(wall(after), berlin), Calendar::official());
        let got = next.map(|at| at.local(berlin).format("%Y-%m-%dT%H:%M").to_string());
        assert_eq!(got.as_deref(), Some(expected), "{text} after {after}");
    }
}

#[test]
fn a_year_of_occurrences_rises_and_misses_no_day_in_any_zone() {
    for zone in [Asia::Shanghai, Europe::Berlin, Tz::Australia__Lord_Howe] {
        let times = [(0, 0), (2, 30)];
        let times =
            times.map(|(h, m)| chrono::NaiveTime::from_hms_opt(h, m, 0).expect("a time")).to_vec();
        let rule = Recurrence::new(Rule::Daily, times, zone);
        let start = Timestamp::from_local(wall("2026-12-31T12:00"), zone);
        let mut at = start;
        let mut days = std::collections::BTreeSet::new();
        while at.day(zone) < NaiveDate::from_ymd_opt(2028, 1, 1).expect("a day") {
            let next = every::next(&rule, at, Calendar::official()).expect("a next occurrence");
            assert!(next > at, "{zone}: {next:?} after {at:?}");
            at = next;
            days.insert(at.day(zone));
        }
        assert_eq!(days.len(), 366, "{zone}");
    }
}

#[test]
fn an_occurrence_that_never_comes_is_none() {
    let rule = Recurrence::new(Rule::Weekly(Vec::new()), Vec::new(), Asia::Shanghai);
    assert_eq!(every::next(&rule, Timestamp(0), Calendar::official()), None);
    let rule = Recurrence::new(Rule::Cron("0 0 30 2 *".into()), Vec::new(), Asia::Shanghai);
    assert_eq!(every::next(&rule, Timestamp(0), Calendar::official()), None);
}

#[test]
fn rules_of_months_working_days_and_hours_fall_on_their_days() {
    let zone = Asia::Shanghai;
    for (text, after, expected) in [
        ("每月最后一天22:00", "2026-11-30T22:00", "2026-12-31T22:00"),
        ("每月31号9点，没有31号的月份跳过", "2026-11-20T10:00", "2026-12-31T09:00"),
        ("每月最后一个工作日17点", "2026-01-31T10:00", "2026-02-28T17:00"),
        ("每月第三个星期五9点", "2026-11-20T10:00", "2026-12-18T09:00"),
        ("每季度第一天9点", "2026-11-20T10:00", "2027-01-01T09:00"),
        ("每年2月29日9点", "2026-11-20T10:00", "2028-02-29T09:00"),
        ("每个工作日18:00", "2026-09-30T18:00", "2026-10-08T18:00"),
        ("每个工作日18:00", "2026-10-09T18:00", "2026-10-10T18:00"),
        ("周一到周五18:00", "2026-09-30T18:00", "2026-10-01T18:00"),
        ("每2小时(9点到18点)", "2026-11-20T17:00", "2026-11-21T09:00"),
        ("每2小时(9点到18点)", "2026-11-20T10:00", "2026-11-20T11:00"),
        ("每天9点，周末除外", "2026-11-20T10:00", "2026-11-23T09:00"),
        ("每周四17:00，遇节假日顺延", "2026-09-30T18:00", "2026-10-08T17:00"),
        ("每周四17:00，遇节假日提前", "2026-09-29T18:00", "2026-09-30T17:00"),
        ("每周四17:00，节假日除外", "2026-09-30T18:00", "2026-10-08T17:00"),
        ("每天9点从2026年12月1日起", "2026-11-20T10:00", "2026-12-01T09:00"),
    ] {
        let (_, rule) = every::find(text, reference(NOW, zone)).unwrap_or_else(|| panic!("{text}"));
        let next =
            every::next(&rule, Timestamp::from_local(wall(after), zone), Calendar::official());
        let got = next.map(|at| at.local(zone).format("%Y-%m-%dT%H:%M").to_string());
        assert_eq!(got.as_deref(), Some(expected), "{text} after {after}");
    }
    let (_, rule) =
        every::find("every day at 9 until Nov 21", reference(NOW, zone)).expect("a recurrence");
    let after = |text: &str| Timestamp::from_local(wall(text), zone);
    let until = Recurrence { until: NaiveDate::from_ymd_opt(2026, 11, 21), ..rule };
    assert!(every::next(&until, after("2026-11-20T10:00"), Calendar::official()).is_some());
    assert_eq!(every::next(&until, after("2026-11-21T10:00"), Calendar::official()), None);
}

#[test]
fn records_of_before_decode_with_defaults() {
    let old = r#"{"rule":{"Weekly":["Mon"]},"times":["09:00:00"],"zone":"Asia/Shanghai"}"#;
    let every: Recurrence = serde_json::from_str(old).expect("an old record");
    assert_eq!(every::print(&every, Lang::Zh), "每周一9:00");
}
