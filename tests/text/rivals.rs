//! Several dates in one line: the one that stands apart, or the question which.

use chrono_tz::Asia;
use steward::text::when::{self, Aim};

use crate::{NOW, reference, show};

/// `(text, stretch that is the date, meaning)`; an empty stretch says there is none.
fn check(cases: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (text, stretch, meaning) in cases {
        let found = when::find(text, reference(NOW, Asia::Shanghai));
        let got = found.as_ref().map_or((String::new(), String::new()), |found| {
            (text[found.span.clone()].to_owned(), show(&found.when, Asia::Shanghai))
        });
        if (got.0.as_str(), got.1.as_str()) != (*stretch, *meaning) {
            wrong.push(format!("{text}: {got:?}, not {:?}", (stretch, meaning)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_date_that_stands_apart_wins_over_one_that_is_glued_into_words() {
    check(&[
        ("周一例会纪要 周二", "周二", "2026-11-24"),
        ("周二 周一例会纪要", "周二", "2026-11-24"),
        ("整理周一例会纪要，周二", "周二", "2026-11-24"),
        ("12月1日活动物料 11月28日", "11月28日", "2026-11-28"),
        ("下周一上线准备 周五18:00", "周五18:00", "2026-11-20T18:00"),
        ("和客户周一见面的材料 明天", "明天", "2026-11-21"),
        ("明天会议材料（周日）", "周日", "2026-11-22"),
        ("Monday notes tuesday", "tuesday", "2026-11-24"),
        ("friday demo prep thu", "thu", "2026-11-26"),
        ("prepare Monday slides on Sunday", "on Sunday", "2026-11-22"),
        ("slides for Monday lunch tomorrow 5pm", "tomorrow 5pm", "2026-11-21T17:00"),
        ("call Bob tomorrow about Friday party", "tomorrow", "2026-11-21"),
        ("sunday school plan monday", "monday", "2026-11-23"),
    ]);
}

#[test]
fn the_words_of_a_deadline_win_over_all() {
    check(&[
        ("整理9月报表 周五前", "周五前", "2026-11-20"),
        ("周五前 12月1日活动物料", "周五前", "2026-11-20"),
        ("周一例会 纪要 截止周二", "截止周二", "2026-11-24"),
        ("周一 例会纪要 周二之前", "周二之前", "2026-11-24"),
        ("写周一的总结周五前交", "周五前", "2026-11-20"),
        ("周二开会周三交", "周三", "2026-11-25"),
        ("周二开会 周三提交", "周三", "2026-11-25"),
        ("review Monday notes by Tuesday", "by Tuesday", "2026-11-24"),
        ("by Tuesday review Monday notes", "by Tuesday", "2026-11-24"),
        ("demo on Friday, prep by Thursday", "by Thursday", "2026-11-26"),
        ("Friday slides due Thursday", "due Thursday", "2026-11-26"),
        ("Monday deck before Sunday", "before Sunday", "2026-11-22"),
    ]);
}

#[test]
fn names_that_hold_a_date_are_none() {
    check(&[
        ("对接今日头条 周五", "周五", "2026-11-20"),
        ("today show outline fri", "fri", "2026-11-20"),
        ("国庆活动方案 月底", "月底", "2026-11-30"),
        ("双十一方案 周五", "周五", "2026-11-20"),
        ("六一活动方案", "", ""),
        ("五一路施工围挡", "", ""),
        ("Black Friday plan", "", ""),
        ("Christmas party budget", "", ""),
        ("今日头条对接", "", ""),
        ("明日之星评选", "", ""),
        ("周末愉快", "", ""),
        ("十一黄金周方案", "", ""),
        ("三天两头", "", ""),
        ("一周年", "", ""),
        ("半年报", "", ""),
        ("七天酒店", "", ""),
        ("sunday school", "", ""),
        ("we may march on", "", ""),
        ("a second look", "", ""),
        ("圣诞节前布置", "圣诞节前", "2026-12-25"),
        ("中秋发月饼", "中秋", "2027-09-15"),
        ("备货 双十一", "双十一", "2027-11-11"),
    ]);
}

#[test]
fn two_that_stand_alike_are_asked() {
    check(&[
        ("周二 开会 周三", "周二", "? 2026-11-24 | 2026-11-25"),
        ("写周报 周五 周六", "周五", "? 2026-11-20 | 2026-11-21"),
        ("周三前 初稿 周五前", "周三前", "? 2026-11-25 | 2026-11-20"),
        ("和客户周一见面周二签约", "周一", "? 2026-11-23 | 2026-11-24"),
        ("Tuesday, call Bob, Wednesday", "Tuesday", "? 2026-11-24 | 2026-11-25"),
        ("by Tuesday draft, by Friday final", "by Tuesday", "? 2026-11-24 | 2026-11-20"),
        // The same day twice is no question.
        ("周五 写周报 11月20日", "周五", "2026-11-20"),
        ("周五 写周报 周五18:00", "周五18:00", "2026-11-20T18:00"),
    ]);
}

#[test]
fn a_clock_time_apart_from_its_day_belongs_to_it() {
    for (text, day, clock, meaning) in [
        ("明天 开会 下午3点", "明天", "下午3点", "2026-11-21T15:00"),
        ("明天交报告 18:00", "明天", "18:00", "2026-11-21T18:00"),
        ("下午3点 开会 明天", "明天", "下午3点", "2026-11-21T15:00"),
        ("tomorrow, lunch, 1pm", "tomorrow", "1pm", "2026-11-21T13:00"),
        ("周一例会纪要 18:00", "周一", "18:00", "? 2026-11-23T18:00 | 2026-11-20T18:00"),
    ] {
        let found = when::find(text, reference(NOW, Asia::Shanghai)).expect(text);
        assert_eq!(&text[found.span], day, "{text}");
        assert_eq!(found.also.map(|span| &text[span]), Some(clock), "{text}");
        assert_eq!(show(&found.when, Asia::Shanghai), meaning, "{text}");
    }
}

#[test]
fn what_happens_at_a_moment_may_be_about_a_deadline() {
    let line = |text: &str| when::Line::new(text);
    for (text, meaning) in [
        ("明天9点 周五前交报告", "2026-11-21T09:00"),
        ("tomorrow 9am to submit by Friday", "2026-11-21T09:00"),
        ("周五前交报告", "2026-11-20"),
    ] {
        let found = when::find_in(&line(text), reference(NOW, Asia::Shanghai), Aim::Moment);
        assert_eq!(found.map(|f| show(&f.when, Asia::Shanghai)).as_deref(), Some(meaning));
    }
}

#[test]
fn rivals_have_a_place_each() {
    let text = "周二 开会 周三";
    let rivals = when::rivals(text, reference(NOW, Asia::Shanghai), Aim::Deadline);
    let places: Vec<&str> = rivals.iter().map(|one| &text[one.span.clone()]).collect();
    assert_eq!(places, ["周二", "周三"]);
    assert!(
        when::rivals("周一例会 周二", reference(NOW, Asia::Shanghai), Aim::Deadline).is_empty()
    );
}

#[test]
fn a_dotted_date_counts_where_it_stands_apart() {
    check(&[
        ("交付样品 11.30", "11.30", "2026-11-30"),
        ("11.30 交付样品", "11.30", "2026-11-30"),
        ("交付样品 12.05前", "12.05前", "2026-12-05"),
        ("交付样品 11.30 18:00", "11.30 18:00", "2026-11-30T18:00"),
        ("周一例会纪要 11.24", "11.24", "2026-11-24"),
        ("升级到版本 11.30", "", ""),
        ("单价 12.20", "", ""),
        ("v 11.30", "", ""),
        ("涨到11.30元", "", ""),
        ("升级 1.2", "", ""),
        ("升级 1.20.3", "", ""),
        ("评分 4.5", "", ""),
        ("13.30", "", ""),
    ]);
}

#[test]
fn an_early_morning_is_when_work_begins_and_before_a_feast_is_the_feast() {
    check(&[
        ("明早交报告", "明早", "2026-11-21T09:00"),
        ("交报告 明天早上", "明天早上", "2026-11-21T09:00"),
        ("今早 交报告", "今早", "over, 2026-11-21T09:00"),
        ("明早8点交报告", "明早8点", "2026-11-21T08:00"),
        ("明天上午交报告", "明天上午", "2026-11-21T06:00..2026-11-21T12:00"),
        ("元旦前 交报告", "元旦前", "2027-01-01"),
        ("国庆前交报告", "国庆前", "2027-10-01"),
        ("节前交报告", "节前", "2027-01-01"),
        ("细节前后核对", "", ""),
        ("环节前置", "", ""),
    ]);
}
