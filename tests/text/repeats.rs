//! What is said to repeat: read in all its orders, never taken for something that happens once.

use chrono_tz::Asia;
use steward::model::preferences::Span;
use steward::model::{Calendar, Lang, Timestamp};
use steward::text::every;
use steward::text::when::{self, Aim, Reference, When};

use crate::{NOW, read_back, reference, show, wall};

#[test]
fn odd_and_even_weeks_are_those_of_the_year() {
    read_back(&[
        ("单数周周三9点", "单数周的周三9:00"),
        ("双周周三9点", "双数周的周三9:00"),
        ("每双周周五18点", "双数周的周五18:00"),
        ("偶数周的周一9点", "双数周的周一9:00"),
        ("单周三、五9点", "单数周的周三、五9:00"),
        ("每周三9点，单周", "单数周的周三9:00"),
        ("odd weeks on Wednesday at 9", "单数周的周三9:00"),
        ("every even week on Mon and Thu 9:00", "双数周的周一、四9:00"),
        ("every Wednesday at 9 in odd weeks", "单数周的周三9:00"),
        ("Wednesdays of even weeks at 9", "双数周的周三9:00"),
    ]);
    let (_, every) = every::find("单数周周三9点", reference(NOW, Asia::Shanghai)).expect("a rule");
    let mut at = Timestamp::from_local(wall("2026-12-20T10:00"), Asia::Shanghai);
    let mut days = Vec::new();
    for _ in 0..3 {
        at = every::next(&every, at, Calendar::official()).expect("a next one");
        days.push(at.day(Asia::Shanghai).to_string());
    }
    // 2026 has a week 53: two odd weeks in a row.
    assert_eq!(days, ["2026-12-30", "2027-01-06", "2027-01-20"]);
    assert!(every::rrule(&every).is_some_and(|rule| rule.contains("BYWEEKNO=1,3,5")));
}

#[test]
fn what_repeats_within_the_day_goes_on_until_an_hour() {
    read_back(&[
        ("每小时直到下班", "每小时(9:00到18:00)"),
        ("每小时 喝水 直到下班", "每小时(9:00到18:00)"),
        ("每小时喝水直到17:30", "每小时(9:00到17:30)"),
        ("每2小时 到18点", "每2小时(9:00到18:00)"),
        ("每半小时 从上班到下班", "每30分钟(9:00到18:00)"),
        ("every hour until 6pm", "每小时(9:00到18:00)"),
        ("every hour drink water until EOD", "每小时(9:00到18:00)"),
        ("hourly until 5pm", "每小时(9:00到17:00)"),
    ]);
}

#[test]
fn limits_may_stand_anywhere() {
    let until = "每周一9:00，到2026年12月31日为止";
    for text in [
        "每周一9点 到12月31日为止",
        "每周一9点到12月31日",
        "每周一 9点 交周报 到12月31日为止",
        "每周一9点 交周报 截至12月31日",
        "每周一9点 交周报，12月31日截止",
        "到12月31日为止每周一9点",
        "截止12月31日，每周一9点",
        "每周一 到12月31日为止 9点",
        "每周一9点 直到年底",
        "every monday 9am until 31 Dec",
        "every monday 9am standup until 31 Dec",
        "until 31 Dec every monday 9am",
        "every monday until 31 Dec at 9am",
    ] {
        read_back(&[(text, until)]);
    }
    read_back(&[
        ("每周一9点 跑步 从12月1日起", "每周一9:00，从2026年12月1日起"),
        ("从下周一起 每天9点", "每天9:00，从2026年11月23日起"),
        ("每天9点 喝水 遇节假日跳过", "每天9:00，节假日除外"),
    ]);
}

#[test]
fn days_that_repeat_are_read_in_all_their_forms() {
    read_back(&[
        ("每月最后周五9点", "每月最后一个周五9:00"),
        ("每月最后的周五9点", "每月最后一个周五9:00"),
        ("每个月最后一周的周五9点", "每月最后一个周五9:00"),
        ("last Friday of each month at 9", "每月最后一个周五9:00"),
        ("on the last Friday of every month 9am", "每月最后一个周五9:00"),
        ("隔天9点", "每2天9:00"),
        ("隔周周五9点", "每2周的周五9:00"),
        ("每隔两天9点", "每2天9:00"),
        ("工作日每天9点", "每个工作日9:00"),
        ("每周工作日9点", "每个工作日9:00"),
        ("周末每天9点", "每周六、日9:00"),
        ("每逢周五9点", "每周五9:00"),
        ("逢周一三五9点", "每周一、三、五9:00"),
        ("周一三五9点", "每周一、三、五9:00"),
        ("每季度末9点", "每季度最后一天9:00"),
        ("每月15号和30号9点", "每月15号和30号9:00"),
        ("每月15号30号9点", "每月15号和30号9:00"),
        ("每年3月和9月的1号9点", "每年3月、9月1号9:00"),
        ("三天一次 9点", "每3天9:00"),
        ("每2h", "每2小时"),
        ("alternate Fridays at 9", "每2周的周五9:00"),
        ("fortnightly friday 9am", "每2周的周五9:00"),
        ("every single Friday 9am", "每周五9:00"),
        ("end of every month 9am", "每月最后一天9:00"),
        ("every quarter end 9am", "每季度最后一天9:00"),
        // The time stands apart from the days.
        ("每周五 交周报 18:00", "每周五18:00"),
        ("18:00 每周五 交周报", "每周五18:00"),
        ("every Friday submit report 6pm", "每周五18:00"),
    ]);
}

#[test]
fn what_repeats_in_a_way_that_is_not_read_never_happens_once() {
    for text in [
        "每逢初一9点",
        "每月初一9点",
        "每个交易日9点",
        "每月1-5号9点",
        "每次例会周五",
        "每个月初9点",
        "半个月一次 周五",
        "一天三次 9点",
        "每周三次 9点",
        "每周五 写周报 明天",
        "every Friday submit report Monday",
        "twice a day 9am",
    ] {
        for aim in [Aim::Deadline, Aim::Moment] {
            let line = when::Line::new(text);
            let found = when::find_in(&line, reference(NOW, Asia::Shanghai), aim);
            let once = found.filter(|found| found.when != When::Impossible(None));
            assert_eq!(once, None, "{text}");
        }
    }
    // In the name of something it says nothing of when.
    for (text, meaning) in [
        ("每周例会纪要 周二", "2026-11-24"),
        ("整理每日站会纪要 明天", "2026-11-21"),
        ("每周五的周报 周一交", "2026-11-23"),
        ("通知每个人明天开会", "2026-11-21"),
        ("每个项目周五前交", "2026-11-20"),
        ("monthly report by Friday", "2026-11-20"),
        ("every Friday's report by Monday", "2026-11-23"),
    ] {
        let found = when::find(text, reference(NOW, Asia::Shanghai)).map(|found| found.when);
        assert_eq!(
            found.map(|when| show(&when, Asia::Shanghai)).as_deref(),
            Some(meaning),
            "{text}"
        );
    }
}

#[test]
fn the_working_day_begins_and_ends_by_the_hours_of_the_group() {
    let time = |hour, minute| chrono::NaiveTime::from_hms_opt(hour, minute, 0).expect("a time");
    let usual = reference(NOW, Asia::Shanghai);
    let early = Reference { work: Span { from: time(8, 30), to: time(17, 30) }, ..usual };
    let night = Reference { work: Span { from: time(20, 0), to: time(4, 0) }, ..usual };
    for (text, at_usual, at_early, at_night) in [
        ("下班前", "2026-11-20T18:00", "2026-11-20T17:30", "2026-11-21T04:00"),
        ("明天上班前", "2026-11-21T09:00", "2026-11-21T08:30", "2026-11-21T20:00"),
        ("周一下班", "2026-11-23T18:00", "2026-11-23T17:30", "2026-11-24T04:00"),
        ("下班后", "2026-11-20T18:00", "2026-11-20T17:30", "2026-11-21T04:00"),
        ("by EOD", "2026-11-20T18:00", "2026-11-20T17:30", "2026-11-21T04:00"),
        ("by end of day", "2026-11-20T18:00", "2026-11-20T17:30", "2026-11-21T04:00"),
        ("EOD tomorrow", "2026-11-21T18:00", "2026-11-21T17:30", "2026-11-22T04:00"),
        ("下班打卡", "2026-11-20T18:00", "2026-11-20T17:30", "2026-11-21T04:00"),
    ] {
        for (from, expected) in [(usual, at_usual), (early, at_early), (night, at_night)] {
            let found = when::find(text, from).map(|found| show(&found.when, from.zone));
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
    }
    let printed = |text: &str| every::find(text, early).map(|(_, e)| every::print(&e, Lang::Zh));
    assert_eq!(printed("每个工作日下班前交日报").as_deref(), Some("每个工作日17:30"));
    assert_eq!(printed("每小时 直到下班").as_deref(), Some("每小时(8:30到17:30)"));
    for text in ["上班族调研", "上班时间调整", "下班路线"] {
        assert_eq!(when::find(text, usual), None, "{text}");
    }
}

#[test]
fn working_days_follow_the_calendar_that_is_handed_in() {
    let list: String = (4..=9).map(|day| format!("2027-01-0{day},off,x\n")).collect();
    let own = Calendar::read(&list).expect("a list").over(Calendar::official());
    let usual = reference("2027-01-01T10:00", Asia::Shanghai);
    let with_own = Reference { calendar: &own, ..usual };
    for (text, at_usual, at_own) in [
        ("1个工作日后", "2027-01-04", "2027-01-11"),
        ("下一个工作日", "2027-01-04", "2027-01-11"),
        ("in 2 business days", "2027-01-05", "2027-01-12"),
    ] {
        for (from, expected) in [(usual, at_usual), (with_own, at_own)] {
            let found = when::find(text, from).map(|found| show(&found.when, from.zone));
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
    }
    let (_, every) = every::find("每个工作日9点", usual).expect("a recurrence");
    let next = |calendar| every::next(&every, usual.now, calendar).map(|at| at.day(usual.zone));
    assert_eq!(next(Calendar::official()).map(|d| d.to_string()).as_deref(), Some("2027-01-04"));
    assert_eq!(next(&own).map(|d| d.to_string()).as_deref(), Some("2027-01-11"));
}
