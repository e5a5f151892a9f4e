//! Limits of what repeats, in both languages: kept wherever they stand, or refused; never passed
//! over. And their neighbours, which are none.

use chrono_tz::Asia;
use steward::model::{Calendar, Lang, Recurrence, Timestamp};
use steward::text::every;
use steward::text::when::{self, Aim, When};

use crate::{NOW, read_back, reference, show};

/// All days on which something comes.
fn days(text: &str) -> Vec<String> {
    let reference = reference(NOW, Asia::Shanghai);
    let (_, every) = every::find(text, reference).unwrap_or_else(|| panic!("{text}"));
    let next = |at: &Timestamp| every::next(&every, *at, Calendar::official());
    let all = std::iter::successors(next(&reference.now), next).take(20);
    all.map(|at| at.local(Asia::Shanghai).format("%m-%d %H:%M").to_string()).collect()
}

#[test]
fn a_number_of_times_is_kept_wherever_it_stands() {
    read_back(&[
        ("每天9点，共5次", "每天9:00，共5次"),
        ("每天9点 吃药 共5次", "每天9:00，共5次"),
        ("每天9点 吃药 一共十次", "每天9:00，共10次"),
        ("每天9点 重复5次", "每天9:00，共5次"),
        ("每天9点 提醒5次", "每天9:00，共5次"),
        ("每周五9点 5次", "每周五9:00，共5次"),
        ("总共3次 每周一9点", "每周一9:00，共3次"),
        ("every day at 9am 5 times", "每天9:00，共5次"),
        ("every Monday 9am, 3 times", "每周一9:00，共3次"),
        ("every Monday 9am take pills 3 times", "每周一9:00，共3次"),
        ("every Monday 9am sync for 3 times", "每周一9:00，共3次"),
        ("every day at 9 x5", "每天9:00，共5次"),
        ("daily 9am twice", "每天9:00，共2次"),
        // Neighbours.
        ("每天9点 5次会议纪要", "每天9:00"),
        ("每天9点 公共区域检查", "每天9:00"),
        ("每天9点 共享文档", "每天9:00"),
        ("every day at 9 read x", "每天9:00"),
    ]);
    assert_eq!(days("每天9点 共3次"), ["11-21 09:00", "11-22 09:00", "11-23 09:00"]);
    let twice = ["11-20 18:00", "11-21 09:00", "11-21 18:00"];
    assert_eq!(days("每天9点和18点 共3次"), twice, "9:00 of today is over");
    assert_eq!(days("每2小时 共2次"), ["11-20 12:00", "11-20 14:00"]);
}

#[test]
fn a_length_ends_it_counted_from_the_first_time() {
    let week = "每天9:00，到2026年11月27日为止";
    read_back(&[
        ("每天9点 连续7天", week),
        ("每天9点连续7天 打卡", week),
        ("连续7天 每天9点", week),
        ("每天9点 打卡 持续一周", week),
        ("每天9点 为期7天", week),
        ("每天9点 吃药 7天", week),
        ("未来一周每天9点", week),
        ("every day at 9 for 7 days", week),
        ("for 7 days every day at 9am", week),
        ("every day 9am take pills for a week", week),
        ("every day at 9 for the next week", week),
        ("接下来三天 每天9点", "每天9:00，到2026年11月23日为止"),
        ("接下来三天每天18点 打卡", "每天18:00，到2026年11月22日为止"),
        ("every Friday 9am for 4 weeks", "每周五9:00，到2026年12月24日为止"),
        ("每月1号9点 持续三个月", "每月1号9:00，到2027年2月28日为止"),
        ("连续5个工作日 每天9点", "每个工作日9:00，共5次"),
        ("every hour for 5 hours", "每小时，共5次"),
        ("每10分钟 持续1小时", "每10分钟，共6次"),
        // So long each time.
        ("every Friday 9am workshop for 2 hours", "每周五9:00到11:00"),
        ("每周五9点 培训 持续2小时", "每周五9:00到11:00"),
        // Neighbours.
        ("每天9点 跑步 30分钟", "每天9:00"),
        ("每天9点 写3天总结", "每天9:00"),
        ("每周五9点 出差 3天", "每周五9:00"),
    ]);
    assert_eq!(days("接下来三天 每天18点"), ["11-20 18:00", "11-21 18:00", "11-22 18:00"]);
    assert_eq!(days("every day at 9 for 2 days"), ["11-21 09:00", "11-22 09:00"]);
}

#[test]
fn a_stretch_of_days_before_it_bounds_it() {
    read_back(&[
        ("本周每天9点 打卡", "每天9:00，从2026年11月16日起，到2026年11月22日为止"),
        ("下周每天9点", "每天9:00，从2026年11月23日起，到2026年11月29日为止"),
        ("下周每个工作日9点", "每个工作日9:00，从2026年11月23日起，到2026年11月29日为止"),
        ("12月每周一9点", "每周一9:00，从2026年12月1日起，到2026年12月31日为止"),
        ("12月1日到5日每天9点", "每天9:00，从2026年12月1日起，到2026年12月5日为止"),
        ("next week every day at 9", "每天9:00，从2026年11月23日起，到2026年11月29日为止"),
    ]);
}

#[test]
fn days_that_are_left_out_are_left_out_wherever_they_stand() {
    let no_weekend = "每天9:00，周末除外";
    for text in [
        "每天9点 除了周末",
        "每天9点 打卡 除了周末",
        "除了周末每天9点",
        "每天除了周末9点",
        "每天9点 不包括周末",
        "每天9点 除周末以外",
        "每天9点(周末除外)",
        "每天9点 打卡 周末不用",
        "每天9点 周末休息",
        "every day at 9 except weekends",
        "every day at 9am standup except weekends",
        "every day at 9 excluding weekends",
        "every day at 9 but not on weekends",
        "every day at 9 standup, not on weekends",
        "every day at 9 no weekends",
    ] {
        read_back(&[(text, no_weekend)]);
    }
    read_back(&[
        ("每天9点 除了周六", "每天9:00，除周六外"),
        ("每天9点 打卡 周三除外", "每天9:00，除周三外"),
        ("每天9点 除周一和周三外", "每天9:00，除周一、周三外"),
        ("每天9点 法定假日除外", "每天9:00，节假日除外"),
        ("every day at 9 apart from Sunday", "每天9:00，除周日外"),
        ("every day at 9 except weekdays", "每天9:00，除周一、周二、周三、周四、周五外"),
        ("every day at 9 except public holidays", "每天9:00，节假日除外"),
        // Neighbours.
        ("每天9点 通知 周末不加班", "每天9:00"),
        ("每天9点 检查 除了A组的", "每天9:00"),
        ("每天9点 除湿", "每天9:00"),
        ("every day at 9 remind all except Bob", "每天9:00"),
        ("every day at 9 say no to snacks", "每天9:00"),
    ]);
}

#[test]
fn working_hours_keep_what_repeats_within_the_day() {
    let kept = "每小时(9:00到18:00)，仅工作日";
    for text in [
        "每小时 工作时间内",
        "工作时间内每小时 喝水",
        "每小时 喝水 工作时间",
        "上班时间每小时 喝水",
        "每小时 喝水 上班期间",
        "every hour during work hours",
        "every hour in business hours drink water",
        "hourly, office hours",
        "every hour drink water during working hours",
    ] {
        read_back(&[(text, kept)]);
    }
    read_back(&[("每天9点 整理工作时间表", "每天9:00"), ("每天9点 工作时间内", "")]);
}

#[test]
fn a_limit_that_cannot_be_kept_is_refused_whole() {
    for (text, stretch) in [
        ("每周五9点 值班 连续3天", "每周五9点 值班 连续3天"),
        ("每天9点 打卡 除了12月25日", "每天9点 打卡 除了12月25日"),
        ("每天9点 打卡 工作时间内", "每天9点 打卡 工作时间内"),
        ("every Friday 9am sync for 3 days", "every Friday 9am sync for 3 days"),
        ("every day at 9 standup except Dec 25", "every day at 9 standup except Dec 25"),
    ] {
        for aim in [Aim::Deadline, Aim::Moment] {
            let line = when::Line::new(text);
            let found = when::find_in(&line, reference(NOW, Asia::Shanghai), aim).expect(text);
            assert_eq!(&text[found.span], stretch, "{text}");
            assert_eq!(found.when, When::Impossible(None), "{text}");
        }
        assert_eq!(every::find(text, reference(NOW, Asia::Shanghai)), None, "{text}");
    }
}

#[test]
fn weekdays_of_the_month_are_told_from_those_of_every_other_week() {
    read_back(&[
        ("every 1st Monday at 9", "每月第1个周一9:00"),
        ("every first Monday 9am", "每月第1个周一9:00"),
        ("every third Thursday 9am", "每月第3个周四9:00"),
        ("every last Friday 9am", "每月最后一个周五9:00"),
        ("every 1st and 3rd Monday 9am", "每月第1个周一和第3个周一9:00"),
        ("every second Tuesday of the month at 9", "每月第2个周二9:00"),
        ("every month on the second Tuesday of the month at 9", "每月第2个周二9:00"),
        ("每月第二个周二9点", "每月第2个周二9:00"),
        ("every other Tuesday at 9", "每2周的周二9:00"),
        ("every-other-week on Friday 9am", "每2周的周五9:00"),
        ("every 3 weeks on Friday 9am", "每3周的周五9:00"),
        // Either may be meant.
        ("every second Tuesday at 9", ""),
        ("every 2nd Tuesday at 9", ""),
    ]);
    let both = "? 每2周的周二9:00 | 每月第2个周二9:00";
    let either = "? 每月第2个周二9:00 | 2026-12-08T09:00";
    for (text, aim, meaning) in [
        ("every second Tuesday at 9", Aim::Moment, both),
        ("the second Tuesday of the month at 9", Aim::Moment, either),
        ("the second Tuesday of the month at 9", Aim::Deadline, "2026-12-08T09:00"),
        ("the last Friday of the month at 9", Aim::Deadline, "2026-11-27T09:00"),
    ] {
        let line = when::Line::new(text);
        let found = when::find_in(&line, reference(NOW, Asia::Shanghai), aim).expect(text);
        assert_eq!(show(&found.when, Asia::Shanghai), meaning, "{text}");
    }
}

#[test]
fn an_interval_begins_with_the_coming_one() {
    for (text, first, second) in [
        ("every other Friday at 9", "11-27 09:00", "12-11 09:00"),
        ("every other Friday at 18:00", "11-20 18:00", "12-04 18:00"),
        ("隔周周三9点", "11-25 09:00", "12-09 09:00"),
        ("每两周周一9点", "11-23 09:00", "12-07 09:00"),
        ("隔天9点", "11-21 09:00", "11-23 09:00"),
        ("每3个月的1号9点", "12-01 09:00", "03-01 09:00"),
        ("每两周周五9点 从12月5日起", "12-11 09:00", "12-25 09:00"),
    ] {
        assert_eq!(days(text)[..2], [first, second], "{text}");
    }
}

#[test]
fn another_time_of_day_leaves_the_days_of_an_interval() {
    let reference = reference(NOW, Asia::Shanghai);
    let (_, every) = every::find("every other Friday at 9", reference).expect("a recurrence");
    let eleven = chrono::NaiveTime::from_hms_opt(11, 0, 0).expect("a time");
    let rooted = every::rooted(&every, Calendar::official());
    let moved = Recurrence { times: vec![eleven], ..rooted };
    let next = every::next(&moved, reference.now, Calendar::official());
    let next = next.map(|at| at.local(Asia::Shanghai).format("%m-%d %H:%M").to_string());
    assert_eq!(next.as_deref(), Some("11-27 11:00"));
}

#[test]
fn a_day_that_not_every_month_has_and_one_that_was_not_said_are_asked() {
    for (text, meaning) in [
        ("每月31号9点", "? 每月31号9:00，没有31号的月份跳过 | 每月最后一天9:00"),
        ("每月30日 对账", "? 每月30号，没有30号的月份跳过 | 每月最后一天"),
        ("every month on the 31st at 9", "? 每月31号9:00，没有31号的月份跳过 | 每月最后一天9:00"),
        ("每半年 体检", "? 每6个月的20号"),
        ("every 3 months service the car", "? 每3个月的20号"),
        ("every half year at 9am", "? 每6个月的20号9:00"),
    ] {
        let line = when::Line::new(text);
        let found = when::find_in(&line, reference(NOW, Asia::Shanghai), Aim::Moment).expect(text);
        assert_eq!(show(&found.when, Asia::Shanghai), meaning, "{text}");
        assert_eq!(every::find(text, reference(NOW, Asia::Shanghai)), None, "{text}");
        // Each choice is read as itself.
        let When::Ambiguous(all) = found.when else { panic!("{text}") };
        for lang in [Lang::Zh, Lang::En] {
            for one in &all {
                let When::Recurrence(every) = one else { panic!("{text}") };
                let printed = every::print(every, lang);
                let timed = if every.times.is_empty() { " 9:00" } else { "" };
                let again =
                    every::find(&format!("{printed}{timed}"), reference(NOW, Asia::Shanghai));
                assert_eq!(
                    again.map(|(_, again)| again.rule),
                    Some(every.rule.clone()),
                    "{printed}"
                );
            }
        }
    }
}

#[test]
fn what_is_doubled_and_halves_repeat_too() {
    read_back(&[
        ("日日9点", "每天9:00"),
        ("日日9点 打卡", "每天9:00"),
        ("月月1号9点", "每月1号9:00"),
        ("周周五9点", "每周五9:00"),
        ("年年5月1日9点", "每年5月1号9:00"),
        ("夜夜10点", "每天22:00"),
        ("every half hour", "每30分钟"),
        ("every half an hour drink water", "每30分钟"),
        ("every half-hour", "每30分钟"),
        ("every quarter of an hour", "每15分钟"),
        // Neighbours.
        ("每周周五9点", "每周五9:00"),
        ("隔周周五9点", "每2周的周五9:00"),
        ("每月月底9点", "每月最后一天9:00"),
        ("5日日报 9点", ""),
    ]);
}

#[test]
fn what_is_done_again_and_again_is_seen_without_a_blank() {
    for (text, part) in [
        ("每周五交周报", Some("每周五")),
        ("每天打卡", Some("每天")),
        ("每天喝水", Some("每天")),
        ("每月1号交房租", Some("每月1号")),
        ("月月1号 交房租", Some("月月1号")),
        ("每周五例会纪要", None),
        ("每日站会纪要", None),
        ("每天下午茶采购", None),
    ] {
        let span = every::at_an_end(text, reference(NOW, Asia::Shanghai));
        assert_eq!(span.map(|span| &text[span]), part, "{text}");
    }
}

#[test]
fn hours_and_days_keep_what_repeats_within_the_day_wherever_they_stand() {
    let work = "每2小时(9:00到18:00)，仅工作日";
    read_back(&[
        ("工作日每隔2小时喝水 9点到18点", work),
        ("每个工作日每2小时喝水 从9点到18点", work),
        ("每2小时 喝水 9点到18点 仅工作日", work),
        ("周一到周五每小时站起来 9点到18点", "每小时(9:00到18:00)，周末除外"),
        ("every hour from 9 to 6 on weekdays", "每小时(9:00到18:00)，周末除外"),
        ("every 30 minutes, weekdays only, 9am to 5pm", "每30分钟(9:00到17:00)，周末除外"),
        ("每20分钟活动一下 下午2点到5点", "每20分钟(14:00到17:00)"),
        ("每天每2小时 喝水", "每2小时"),
        ("每天9点 只在工作日 打卡", "每个工作日9:00"),
        ("早上8点", ""),
        ("每天早上8点 中午12点 晚上8点 吃药", "每天8:00和12:00和20:00"),
        // A meeting of ten is what is to be done.
        ("每天9点 10点的会准备材料", "每天9:00"),
    ]);
}

#[test]
fn what_is_left_out_is_kept_or_refuses_the_whole() {
    read_back(&[
        ("每天9点打卡 放假不用", "每天9:00，节假日除外"),
        ("每天9点打卡 节假日就不用了", "每天9:00，节假日除外"),
        ("every day at 9 to check mail, skip holidays", "每天9:00，节假日除外"),
        ("每月15号9点 遇周末提前", "每月15号9:00，遇周末和节假日提前"),
        ("每月15号9点，周末或节假日就顺延到下一个工作日", "每月15号9:00，遇周末和节假日顺延"),
        ("每天9点打卡 12月除外", ""),
        ("每周一9点 例会 元旦那周除外", ""),
        ("每周一9点 例会 元旦那周不用", ""),
        ("every day at 9 except in December", ""),
        // Neighbours.
        ("每周五9点 节假日安排检查", "每周五9:00"),
        ("每周五9点 放假通知", "每周五9:00"),
    ]);
}

#[test]
fn the_rest_of_a_stretch_ends_it() {
    read_back(&[
        ("这周剩下的工作日每天9点", "每个工作日9:00，从2026年11月20日起，到2026年11月22日为止"),
        ("every day at 9 for the rest of the week", "每天9:00，到2026年11月22日为止"),
        ("每天8点吃药7天", "每天8:00，到2026年11月27日为止"),
        ("每天8点吃药 吃7天", "每天8:00，到2026年11月27日为止"),
        ("每天8点 总结过去7天", "每天8:00"),
    ]);
}
