//! Dates that were misread once, each with its kin and with neighbours that must stay as they are.

use chrono_tz::{Asia, Europe, Tz};
use steward::text::when;

use crate::{NOW, reference, show};

/// `(text, meaning)`; nothing where there is no date.
fn check_in(zone: Tz, now: &str, cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = when::find(text, reference(now, zone));
        let got = found.map_or(String::new(), |found| show(&found.when, zone));
        if got != *expected {
            wrong.push(format!("{text}: {got:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn check(cases: &[(&str, &str)]) {
    check_in(Asia::Shanghai, NOW, cases);
}

#[test]
fn a_numbered_list_behind_a_date_is_no_hour() {
    let afternoon = "2026-11-21T12:00..2026-11-21T18:00";
    check(&[
        ("明天 1、准备材料 2、订会议室", "2026-11-21"),
        ("明天下午 1、准备材料 2、订会议室", afternoon),
        ("明天下午 1. 准备材料 2. 订会议室", afternoon),
        ("明天下午 1) 准备 2) 订", afternoon),
        ("明天下午 1、准备材料", afternoon),
        ("tomorrow afternoon 1. prepare 2. book", afternoon),
        // Neighbours.
        ("tomorrow at 1. Bring cake", "2026-11-21T13:00"),
        ("明天下午1点 1、准备 2、订", "2026-11-21T13:00"),
    ]);
}

#[test]
fn two_days_with_one_hour_are_asked() {
    check(&[
        ("on Dec 24th and Dec 31st", "? 2026-12-24 | 2026-12-31"),
        ("call mum on Dec 24th and Dec 31st at 9am", "? 2026-12-24T09:00 | 2026-12-31T09:00"),
        ("Dec 24 and 31", "? 2026-12-24 | 2026-12-31"),
        ("12月24日和31日", "? 2026-12-24 | 2026-12-31"),
        ("周三和周四9点", "? 2026-11-25T09:00 | 2026-11-26T09:00"),
        ("Mon and Wed at 9am", "? 2026-11-23T09:00 | 2026-11-25T09:00"),
        // Neighbours.
        ("Dec 24 and 2 more", "2026-12-24"),
        ("Dec 24 at 9 and prepare", "2026-12-24T09:00"),
    ]);
}

#[test]
fn a_day_that_is_over_gives_way_only_to_one_that_stands_apart_as_well() {
    check_in(
        Asia::Shanghai,
        "2026-11-22T10:00",
        &[
            ("本周五前交 下周一例会材料", "over, 2026-11-27"),
            ("本周五 下周一例会材料", "over, 2026-11-27"),
            ("this Friday send Monday notes", "over, 2026-11-27"),
            ("昨天 整理周三会议的纪要", "over, 2026-11-22"),
            ("Yesterday, slides for Monday", "over, 2026-11-22"),
            // Neighbours.
            ("补昨天会议的纪要 周五18:00", "2026-11-27T18:00"),
            ("本周五 交周报 明天", "2026-11-23"),
            ("整理上周五例会纪要 明天", "2026-11-23"),
        ],
    );
}

#[test]
fn an_hour_of_a_weekend_is_asked_and_one_of_a_week_is_none() {
    check(&[
        ("周末10点 开会", "? 2026-11-21T10:00 | 2026-11-22T10:00"),
        ("周末上午10点", "? 2026-11-21T10:00 | 2026-11-22T10:00"),
        ("weekend at 10am", "? 2026-11-21T10:00 | 2026-11-22T10:00"),
        ("this weekend 10am call mum", "? 2026-11-21T10:00 | 2026-11-22T10:00"),
        ("下周末下午3点", "? 2026-11-28T15:00 | 2026-11-29T15:00"),
        ("下周10点 开会", "never"),
        ("next week 3pm", "never"),
        // Neighbours.
        ("周末 爬山", "2026-11-21T00:00..2026-11-23T00:00"),
        ("下周 交周报", "2026-11-23T00:00..2026-11-30T00:00"),
        ("下周三10点", "2026-11-25T10:00"),
        ("下周周三10点", "2026-11-25T10:00"),
    ]);
}

#[test]
fn a_mistyped_day_beside_an_hour_is_asked() {
    check(&[
        ("名天9点 开会", "? 2026-11-21T09:00"),
        ("开会 名天下午3点", "? 2026-11-21T15:00"),
        ("后夭9点", "? 2026-11-22T09:00"),
        ("下州三10点", "? 2026-11-25T10:00"),
        ("州五 18点", "? 2026-11-20T18:00"),
        ("Wednsday 9am standup", "? 2026-11-25T09:00"),
        ("standup on Wednsday at 9am", "? 2026-11-25T09:00"),
        ("standup at 9am Wensday", "? 2026-11-25T09:00"),
        ("tommorow 9am", "? 2026-11-21T09:00"),
        ("Thrusday at 5pm", "? 2026-11-26T17:00"),
        // Neighbours.
        ("春天9点", "2026-11-20T21:00"),
        ("全体 9点", "2026-11-20T21:00"),
        ("Anna 9am", "2026-11-21T09:00"),
        ("birthday 5pm", "2026-11-20T17:00"),
        ("call Mandy at 5pm", "2026-11-20T17:00"),
    ]);
}

#[test]
fn weeks_behind_a_weekday_are_counted() {
    check(&[
        ("Friday week", "2026-11-27"),
        ("call on Friday week at 9am", "2026-11-27T09:00"),
        ("by Monday week", "2026-11-30"),
        ("a week on Friday", "2026-11-27"),
        ("two weeks on Monday", "2026-12-07"),
        // Neighbours.
        ("Friday weekly report", "2026-11-20"),
        ("Friday next week", "2026-11-27"),
    ]);
}

#[test]
fn dots_are_between_day_and_month_where_people_write_so() {
    check_in(
        Europe::Berlin,
        NOW,
        &[
            ("5.12.", "2026-12-05"),
            ("Bericht 5.12.", "2026-12-05"),
            ("交付 5.12.2026", "2026-12-05"),
            ("05.12.2026 18:00", "2026-12-05T18:00"),
            ("31.12. 18:00", "2026-12-31T18:00"),
            ("30.11", "2026-11-30"),
            ("upgrade to 5.1", ""),
            ("12/5", "2026-12-05"),
        ],
    );
    check(&[
        ("交付 11.30", "2026-11-30"),
        ("5.12.2027", "2027-05-12"),
        ("31.12.2026", "2026-12-31"),
        ("升级 5.1", ""),
    ]);
}

#[test]
fn the_first_day_behind_a_feast_is_behind_its_days_off() {
    check_in(
        Asia::Shanghai,
        "2026-01-05T10:00",
        &[
            ("国庆后第一天", "2026-10-08"),
            ("国庆节后第一天", "2026-10-08"),
            ("国庆后第一个工作日", "2026-10-08"),
            ("春节后第一天", "2026-02-24"),
            ("国庆后一天", "2026-10-02"),
            ("国庆前一天", "2026-09-30"),
            ("圣诞后第一天", "2026-12-26"),
        ],
    );
    // Not announced yet: two of them are a week.
    check(&[
        ("国庆后第一天", "2027-10-08"),
        ("春节后第一个工作日", "2027-02-15"),
        ("端午后第一个工作日", "2027-06-10"),
    ]);
}

#[test]
fn the_end_of_a_quarter_is_its_last_day() {
    check(&[
        ("第一季度末", "2027-03-31"),
        ("一季度末", "2027-03-31"),
        ("第四季度末前", "2026-12-31"),
        ("今年第四季度末", "2026-12-31"),
        ("明年第二季度末", "2027-06-30"),
        ("Q1末", "2027-03-31"),
        ("Q1 end", "2027-03-31"),
        ("季度末", "2026-12-31"),
        ("end of Q4", "2026-12-31"),
    ]);
}

#[test]
fn so_long_before_or_behind_a_time_is_reckoned() {
    check(&[
        ("下班前半小时", "2026-11-20T17:30"),
        ("周一下班前半小时", "2026-11-23T17:30"),
        ("上班前10分钟", "2026-11-21T08:50"),
        ("下班后一小时", "2026-11-20T19:00"),
        ("下班前1小时 交日报", "2026-11-20T17:00"),
        ("明天9点前10分钟", "2026-11-21T08:50"),
        ("下午1点前10分钟", "2026-11-20T12:50"),
        ("half an hour before EOD", "2026-11-20T17:30"),
        ("an hour before 5pm", "2026-11-20T16:00"),
        ("in 1h30", "2026-11-20T11:30"),
        ("in 1h30m", "2026-11-20T11:30"),
        // Neighbours.
        ("下班前交日报", "2026-11-20T18:00"),
        ("9点前", "2026-11-20T21:00"),
        ("明天9点后端联调", "2026-11-21T09:00"),
        ("11/30 前 交报告", "2026-11-30"),
    ]);
}

#[test]
fn days_behind_one_of_a_named_week_are_of_that_week() {
    check_in(
        Asia::Shanghai,
        "2027-01-04T10:00",
        &[
            ("下周三和周四", "? 2027-01-13 | 2027-01-14"),
            ("下周三或周五", "? 2027-01-13 | 2027-01-15"),
            ("下个星期三、星期五9点", "? 2027-01-13T09:00 | 2027-01-15T09:00"),
            ("下周二，周四 值日", "? 2027-01-12 | 2027-01-14"),
            // Neighbours.
            ("周三和周四", "? 2027-01-06 | 2027-01-07"),
            ("周五和下周三", "? 2027-01-08 | 2027-01-13"),
        ],
    );
}

#[test]
fn what_stands_before_or_behind_a_date_is_not_dropped() {
    check_in(
        Asia::Shanghai,
        "2027-01-04T10:00",
        &[
            ("明年今天 续签", "2028-01-04"),
            ("明年三月底 续保", "2028-03-31"),
            ("明天下午3点5号厂房验收", "2027-01-05T15:00"),
            ("做年终总结PPT 12月中旬前", "2027-12-11T00:00..2027-12-21T00:00"),
            ("10点半在2号会议室面试", "2027-01-04T10:30"),
            ("10点半在2号仓库盘点", "2027-01-04T10:30"),
            ("交电费200 周五", "2027-01-08"),
            ("月中 查社保", "2027-01-15"),
            ("差十分八点出门", "2027-01-04T19:50"),
            ("差一刻七点出门", "? 2027-01-05T06:45 | 2027-01-04T18:45"),
            ("12.5号 还信用卡", "2027-12-05"),
            ("俩礼拜后 剪头", "2027-01-18"),
            ("正月十五 吃汤圆", "2027-02-20"),
            ("节后第一天", "2028-01-03"),
            ("元旦放假前一天", "2027-12-31"),
            // Neighbours.
            ("明天3点半5号厂房验收", "2027-01-05T15:30"),
            ("5号会议 改时间", "2027-01-05"),
            ("年终前交", "2027-12-31"),
        ],
    );
}

#[test]
fn in_the_night_an_hour_and_the_morning_are_asked() {
    check_in(
        Asia::Shanghai,
        "2027-01-05T00:45",
        &[
            ("2点半 睡觉", "? 2027-01-05T02:30 | 2027-01-05T14:30"),
            ("明早8点 带电脑", "? 2027-01-05T08:00 | 2027-01-06T08:00"),
            // Neighbours.
            ("下午2点半 开会", "2027-01-05T14:30"),
            ("明天2点半 开会", "2027-01-06T14:30"),
        ],
    );
}
