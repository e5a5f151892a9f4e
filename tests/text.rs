//! Dates and recurrences as members type them: tables of claims, the shared fixtures, and random
//! lines.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Weekday};
use chrono_tz::{Asia, Europe, Tz, US};
use steward::model::recurrence::Rule;
use steward::model::{Lang, Recurrence, Timestamp};
use steward::text::every;
use steward::text::when::{self, Found, Reference, When};

/// A Friday morning.
const NOW: &str = "2026-11-20T10:00";

fn wall(text: &str) -> NaiveDateTime {
    let text = if text.len() == 16 { format!("{text}:00") } else { text.to_owned() };
    NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S").expect("a wall clock")
}

fn reference(now: &str, zone: Tz) -> Reference {
    Reference { now: Timestamp::from_local(wall(now), zone), zone }
}

/// A meaning in one short line.
fn show(when: &When, zone: Tz) -> String {
    let at =
        |at: Timestamp| at.local(zone).format("%Y-%m-%dT%H:%M:%S").to_string().replace(":00\0", "");
    let short = |t: Timestamp| {
        let text = at(t);
        text.strip_suffix(":00").map(str::to_owned).unwrap_or(text)
    };
    match when {
        When::Instant(t) => short(*t),
        When::Date(day) => day.to_string(),
        When::Range(from, to) => format!(
            "{}..{}",
            from.map(short).unwrap_or_default(),
            to.map(short).unwrap_or_default()
        ),
        When::Recurrence(every) => every::print(every, Lang::Zh),
        When::Ambiguous(all) => {
            let all: Vec<String> = all.iter().map(|one| show(one, zone)).collect();
            format!("? {}", all.join(" | "))
        }
        When::Impossible(Some(better)) => format!("over, {}", show(better, zone)),
        When::Impossible(None) => "never".to_owned(),
    }
}

/// `(text, stretch that is the date, meaning)` at [`NOW`]; an empty stretch says there is none.
fn check(now: &str, cases: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (text, stretch, meaning) in cases {
        let found = when::find(text, reference(now, Asia::Shanghai));
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
fn chinese_days_and_clocks_are_read_by_the_conventions() {
    check(
        NOW,
        &[
            ("写周报 今天18:00", "今天18:00", "2026-11-20T18:00"),
            ("明天 交", "明天", "2026-11-21"),
            ("后天下午3点开会", "后天下午3点", "2026-11-22T15:00"),
            ("大后天上午十点半", "大后天上午十点半", "2026-11-23T10:30"),
            ("周五", "周五", "2026-11-20"),
            ("周五9点", "周五9点", "2026-11-20T21:00"),
            ("周五09:00", "周五09:00", "2026-11-27T09:00"),
            ("周五上午9点", "周五上午9点", "2026-11-27T09:00"),
            ("周五18点前 写周报", "周五18点前", "2026-11-20T18:00"),
            ("星期一 18:00之前", "星期一 18:00之前", "2026-11-23T18:00"),
            ("礼拜天交", "礼拜天", "2026-11-22"),
            ("本周六", "本周六", "2026-11-21"),
            ("下周五下班前", "下周五下班前", "2026-11-27T18:00"),
            ("下下周一", "下下周一", "2026-11-30"),
            ("這週日", "這週日", "2026-11-22"),
            ("3月2日", "3月2日", "2027-03-02"),
            ("12月1号18点半", "12月1号18点半", "2026-12-01T18:30"),
            ("十二月三十一日晚上8点", "十二月三十一日晚上8点", "2026-12-31T20:00"),
            ("25号", "25号", "2026-11-25"),
            ("5日前交", "5日前", "2026-12-05"),
            ("31号", "31号", "2026-12-31"),
            ("2026-12-01 18:00", "2026-12-01 18:00", "2026-12-01T18:00"),
            ("2026-12-01T18:00", "2026-12-01T18:00", "2026-12-01T18:00"),
            ("2026/12/1", "2026/12/1", "2026-12-01"),
            ("2026年12月1日", "2026年12月1日", "2026-12-01"),
            ("明年3月5日", "明年3月5日", "2027-03-05"),
            ("12/1 9:00", "12/1 9:00", "2026-12-01T09:00"),
            ("截止12/1", "截止12/1", "2026-12-01"),
            ("月底", "月底", "2026-11-30"),
            ("下月底前", "下月底前", "2026-12-31"),
            ("下个月3号", "下个月3号", "2026-12-03"),
            ("下班前", "下班前", "2026-11-20T18:00"),
            ("在周一前交", "在周一前", "2026-11-23"),
            ("１８：００", "１８：００", "2026-11-20T18:00"),
            ("周\u{200b}一", "周\u{200b}一", "2026-11-23"),
        ],
    );
}

#[test]
fn a_bare_hour_is_an_office_hour() {
    check(
        NOW,
        &[
            ("3点", "3点", "2026-11-20T15:00"),
            ("三点一刻", "三点一刻", "2026-11-20T15:15"),
            ("03:00", "03:00", "2026-11-21T03:00"),
            ("9点", "9点", "2026-11-20T21:00"),
            ("11点", "11点", "2026-11-20T11:00"),
            ("明天7点", "明天7点", "2026-11-21T07:00"),
            ("12点", "12点", "2026-11-20T12:00"),
            ("中午", "中午", "2026-11-20T12:00"),
            ("明天中午一起吃饭", "明天中午", "2026-11-21T12:00"),
            ("0点", "0点", "2026-11-21T00:00"),
            ("今晚12点", "今晚12点", "2026-11-21T00:00"),
            ("今晚8点", "今晚8点", "2026-11-20T20:00"),
            ("今晚2点", "今晚2点", "2026-11-21T02:00"),
            ("明天凌晨2点", "明天凌晨2点", "2026-11-21T02:00"),
            ("明天晚上2点", "明天晚上2点", "? 2026-11-21T02:00 | 2026-11-22T02:00"),
            ("明晚", "明晚", "2026-11-21T18:00..2026-11-22T00:00"),
            ("20点", "20点", "2026-11-20T20:00"),
            ("24:00", "24:00", "2026-11-21T00:00"),
        ],
    );
    check(
        "2026-11-20T22:30",
        &[("9点", "9点", "2026-11-21T09:00"), ("3点", "3点", "2026-11-21T15:00")],
    );
}

#[test]
fn distances_are_reckoned_from_now() {
    check(
        NOW,
        &[
            ("半小时后", "半小时后", "2026-11-20T10:30"),
            ("2小时后提醒", "2小时后", "2026-11-20T12:00"),
            ("一个半小时之后", "一个半小时之后", "2026-11-20T11:30"),
            ("10分钟后", "10分钟后", "2026-11-20T10:10"),
            ("三天后", "三天后", "2026-11-23"),
            ("三天后下午3点", "三天后下午3点", "2026-11-23T15:00"),
            ("2周后", "2周后", "2026-12-04"),
            ("3天内", "3天内", "2026-11-23"),
            ("in 2 hours", "in 2 hours", "2026-11-20T12:00"),
            ("call in half an hour", "in half an hour", "2026-11-20T10:30"),
            ("in 3 days", "in 3 days", "2026-11-23"),
            ("两三天后", "", ""),
            ("3天内容更新", "", ""),
        ],
    );
}

#[test]
fn english_days_and_clocks_are_read_by_the_conventions() {
    check(
        NOW,
        &[
            ("report tomorrow 18:00", "tomorrow 18:00", "2026-11-21T18:00"),
            ("report by Fri 6pm", "by Fri 6pm", "2026-11-20T18:00"),
            ("Fri 18:00", "Fri 18:00", "2026-11-20T18:00"),
            ("next monday 4pm", "next monday 4pm", "2026-11-23T16:00"),
            ("this Friday", "this Friday", "2026-11-20"),
            ("before Wednesday", "before Wednesday", "2026-11-25"),
            ("tonight at 8", "tonight at 8", "2026-11-20T20:00"),
            ("tonight", "tonight", "2026-11-20T18:00..2026-11-21T00:00"),
            ("Dec 1", "Dec 1", "2026-12-01"),
            ("1 December at 9am", "1 December at 9am", "2026-12-01T09:00"),
            ("Jan 20th, 2027", "Jan 20th, 2027", "2027-01-20"),
            ("the 14th of august", "the 14th of august", "2027-08-14"),
            ("2026-12-01 18:00", "2026-12-01 18:00", "2026-12-01T18:00"),
            ("at noon", "at noon", "2026-11-20T12:00"),
            ("by EOD", "by EOD", "2026-11-20T18:00"),
            ("EOD tomorrow", "EOD tomorrow", "2026-11-21T18:00"),
            ("at 9am on Saturday", "at 9am on Saturday", "2026-11-21T09:00"),
            ("tomorrow morning at 7", "tomorrow morning at 7", "2026-11-21T07:00"),
            ("tomorrow at 5", "tomorrow at 5", "2026-11-21T17:00"),
            ("Tuesday of next week", "Tuesday of next week", "2026-11-24"),
            ("写周报tomorrow 9am", "tomorrow 9am", "2026-11-21T09:00"),
            ("we sat in the sun", "", ""),
            ("may not", "", ""),
        ],
    );
}

#[test]
fn what_is_over_or_never_comes_is_said_with_the_best_correction() {
    check(
        NOW,
        &[
            ("昨天", "昨天", "over, 2026-11-20"),
            ("昨天18:00", "昨天18:00", "over, 2026-11-20T18:00"),
            ("今天09:00", "今天09:00", "over, 2026-11-21T09:00"),
            ("今天上午9点", "今天上午9点", "over, 2026-11-21T09:00"),
            ("2020-01-01", "2020-01-01", "over, 2027-01-01"),
            ("本周一", "本周一", "over, 2026-11-23"),
            ("上周五", "上周五", "over, 2026-11-20"),
            ("yesterday", "yesterday", "over, 2026-11-20"),
            ("2月30日", "2月30日", "never"),
            ("2026-02-30", "2026-02-30", "never"),
            ("明天25:00", "明天25:00", "never"),
            ("2月29日", "2月29日", "2028-02-29"),
        ],
    );
}

#[test]
fn what_can_be_several_moments_is_asked() {
    check(
        NOW,
        &[
            ("周一或周二", "周一或周二", "? 2026-11-23 | 2026-11-24"),
            ("下周三点开会", "下周三", "? 2026-11-25"),
            ("12月1日(周五)", "12月1日(周五)", "? 2026-12-01 | 2026-11-20"),
        ],
    );
}

#[test]
fn what_only_looks_like_a_date_is_left_alone() {
    for text in [
        "升级到1.2.3",
        "v2.10:30",
        "打 888-000-9999",
        "138-1234-5678",
        "价格¥18:00",
        "有1/2的人",
        "进度3/5",
        "1/2杯",
        "T12",
        "3点建议",
        "买一点水果",
        "有一点点累",
        "调高二十四点五度",
        "5号楼",
        "第3号",
        "一周三次",
        "三日游",
        "前端",
        "10.0.0.1:80",
        "比例16:9",
        "24/7",
        "2014/22",
        "3个月",
        "5月份",
        "@周一凡 看看",
        "@小李明天 看看",
        "https://x.cn/2026/12/01/a",
        "ABC-12345-A1B2C3",
        "14PM",
        "每月5号",
        "9点到11点",
        "14:00-16:00 开会",
        "周一至周五",
        "下周",
        "订单2026-0001-5",
    ] {
        let found = when::find(text, reference(NOW, Asia::Shanghai));
        assert!(found.is_none(), "{text}: {found:?}");
    }
}

#[test]
fn the_title_is_what_is_left_and_a_describing_date_gives_way() {
    check(
        NOW,
        &[
            ("整理周一的纪要 周五18:00前", "周五18:00前", "2026-11-20T18:00"),
            ("明天的会议纪要", "明天", "2026-11-21"),
            ("周五前端上线", "周五", "2026-11-20"),
            ("周五前面试候选人", "周五前", "2026-11-20"),
            ("weekly report Mon 6pm", "Mon 6pm", "2026-11-23T18:00"),
            ("每周例会 周一18:00", "周一18:00", "2026-11-23T18:00"),
            ("通知每个人明天开会", "明天", "2026-11-21"),
            ("@周一凡 明天看看", "明天", "2026-11-21"),
        ],
    );
}

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
        ("每个工作日18:00", "每个工作日18:00", "every workday at 18:00"),
        ("工作日每天 9点", "每个工作日9:00", "every workday at 9:00"),
        ("每周一 9:30", "每周一9:30", "every Mon at 9:30"),
        ("每周一三五9点", "每周一、三、五9:00", "every Mon, Wed and Fri at 9:00"),
        ("每周一、周三和周五 9:00", "每周一、三、五9:00", "every Mon, Wed and Fri at 9:00"),
        ("每周一三点", "每周一15:00", "every Mon at 15:00"),
        ("每周日24:00", "每周一0:00", "every Mon at 0:00"),
        (
            "周一到周五早上八点半",
            "每周一、二、三、四、五8:30",
            "every Mon, Tue, Wed, Thu and Fri at 8:30",
        ),
        ("every day 9:00", "每天9:00", "every day at 9:00"),
        ("daily 18:00", "每天18:00", "every day at 18:00"),
        ("every weekday 18:00", "每个工作日18:00", "every workday at 18:00"),
        ("weekdays 18:00", "每个工作日18:00", "every workday at 18:00"),
        ("every Mon and Wed 9:00", "每周一、三9:00", "every Mon and Wed at 9:00"),
        ("weekly Fri 17:00", "每周五17:00", "every Fri at 17:00"),
        ("9am every Sunday", "每周日9:00", "every Sun at 9:00"),
        ("tuesdays and thursdays at 3:15", "每周二、四15:15", "every Tue and Thu at 15:15"),
        ("cron 0 18 * * 1-5", "cron 0 18 * * 1-5", "cron 0 18 * * 1-5"),
    ] {
        let (span, found) = every::find(text, Asia::Shanghai).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(&text[span], text);
        assert_eq!(every::print(&found, Lang::Zh), zh, "{text}");
        assert_eq!(every::print(&found, Lang::En), en, "{text}");
        for lang in [Lang::Zh, Lang::En] {
            let printed = every::print(&found, lang);
            let again = every::find(&printed, Asia::Shanghai);
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
        "每月1号9:00",
        "每天25:00",
        "每周一次18:00",
        "每周六上午9点到11点",
        "5个工作日后18:00",
        "every other week at 9:00",
        "cron 0 18 * *",
        "cron 0 0 30 2 *",
        "cron * * * * * *x",
        "周一18:00",
        "@每天9:00",
    ] {
        assert_eq!(every::find(text, Asia::Shanghai), None, "{text}");
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
        let (_, rule) = every::find(text, berlin).expect("a recurrence");
        let next = every::next(&rule, Timestamp::from_local(wall(after), berlin));
        let got = next.map(|at| at.local(berlin).format("%Y-%m-%dT%H:%M").to_string());
        assert_eq!(got.as_deref(), Some(expected), "{text} after {after}");
    }
}

#[test]
fn a_year_of_occurrences_rises_and_misses_no_day_in_any_zone() {
    for zone in
        [Asia::Shanghai, Europe::Berlin, US::Eastern, Tz::Australia__Lord_Howe, Asia::Kathmandu]
    {
        let times = [(0, 0), (2, 30), (3, 0)];
        let times =
            times.map(|(h, m)| chrono::NaiveTime::from_hms_opt(h, m, 0).expect("a time")).to_vec();
        let rule = Recurrence { rule: Rule::Daily, times, zone };
        let start = Timestamp::from_local(wall("2026-12-31T12:00"), zone);
        let mut at = start;
        let mut days = std::collections::BTreeSet::new();
        while at.day(zone) < NaiveDate::from_ymd_opt(2028, 1, 1).expect("a day") {
            let next = every::next(&rule, at).expect("a next occurrence");
            assert!(next > at, "{zone}: {next:?} after {at:?}");
            at = next;
            days.insert(at.day(zone));
        }
        assert_eq!(days.len(), 366, "{zone}");
    }
}

#[test]
fn an_occurrence_that_never_comes_is_none() {
    let rule =
        Recurrence { rule: Rule::Weekly(Vec::new()), times: Vec::new(), zone: Asia::Shanghai };
    assert_eq!(every::next(&rule, Timestamp(0)), None);
    let rule = Recurrence {
        rule: Rule::Cron("0 0 30 2 *".into()),
        times: Vec::new(),
        zone: Asia::Shanghai,
    };
    assert_eq!(every::next(&rule, Timestamp(0)), None);
}

#[test]
fn every_printed_moment_and_day_is_read_back_as_itself() {
    for zone in [Asia::Shanghai, Europe::Berlin, US::Pacific] {
        for now in ["2026-11-20T10:00", "2026-02-28T23:59", "2027-12-31T00:01", "2028-06-15T15:30"]
        {
            let reference = reference(now, zone);
            for step in 1..1_200_i64 {
                let at = reference.now.plus_ms(step * step * 61 * 60_000);
                if Timestamp::from_local(at.local(zone), zone) != at {
                    continue; // The second of two equal wall clocks cannot be written down.
                }
                for lang in [Lang::Zh, Lang::En] {
                    let text = when::print_instant(at, reference, lang);
                    let whole = Found { span: 0..text.len(), when: When::Instant(at) };
                    assert_eq!(when::find(&text, reference), Some(whole), "{text} at {now}");
                    let day = at.day(zone);
                    let text = when::print_date(day, reference, lang);
                    let whole = Found { span: 0..text.len(), when: When::Date(day) };
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

/// A small generator (splitmix64), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most as u64) as usize
    }
}

#[test]
fn random_lines_never_panic_and_spans_lie_on_characters() {
    const PIECES: [&str; 62] = [
        "今天",
        "明",
        "天",
        "周",
        "一",
        "三",
        "五",
        "十",
        "二",
        "下",
        "本",
        "月",
        "日",
        "号",
        "年",
        "底",
        "点",
        "半",
        "刻",
        "分",
        "前",
        "后",
        "之前",
        "小时",
        "每",
        "工作日",
        "上午",
        "晚上",
        "零",
        "0",
        "1",
        "2",
        "9",
        "18",
        "30",
        "99",
        "2026",
        ":",
        "：",
        "-",
        "/",
        ".",
        ",",
        " ",
        "@",
        "(",
        ")",
        "的",
        "到",
        "和",
        "Fri",
        "tomorrow",
        "at",
        "in",
        "every",
        "pm",
        "Dec",
        "the",
        "cron * * * * *",
        "👨‍👩‍👧",
        "\u{200b}",
        "e\u{301}㎏",
    ];
    let mut random = Random(20_261_121);
    let reference = reference(NOW, Asia::Shanghai);
    for round in 0..20_000 {
        let text: String =
            (0..random.below(14)).map(|_| PIECES[random.below(PIECES.len())]).collect();
        if let Some(found) = when::find(&text, reference) {
            let stretch = text.get(found.span.clone());
            assert!(stretch.is_some_and(|s| !s.is_empty()), "round {round}: {text:?} {found:?}");
        }
        if let Some((span, rule)) = every::find(&text, Asia::Shanghai) {
            assert!(text.get(span).is_some(), "round {round}: {text:?}");
            assert!(rule.times.is_sorted(), "round {round}: {text:?}");
            every::next(&rule, reference.now);
        }
    }
}

#[test]
fn extreme_moments_and_huge_lines_are_survived() {
    let far = Reference { now: Timestamp(i64::MAX), zone: Asia::Shanghai };
    let early = Reference { now: Timestamp(i64::MIN), zone: US::Pacific };
    for text in [
        "明天18:00",
        "9999年后",
        "9999小时后",
        "周五",
        "12月31日",
        "每天9:00",
        "昨天",
        "31号",
        "月底",
        "今晚",
    ] {
        for reference in [far, early] {
            if let Some(found) = when::find(text, reference)
                && let When::Recurrence(rule) = found.when
            {
                every::next(&rule, reference.now);
            }
        }
    }
    for piece in ["1", "一", " ", "周", "每", "3点", "1/", "e\u{301}", "每天9:00和", "周一、", "@"]
    {
        let line = piece.repeat(200_000 / piece.len());
        when::find(&line, reference(NOW, Asia::Shanghai));
        every::find(&line, Asia::Shanghai);
    }
}

mod fixtures {
    //! The shared cases; they live beside the repository and are passed over where they don't.

    use super::*;

    struct Case {
        text: String,
        reference: Reference,
        /// Right answers; none for texts without a date.
        right: Vec<String>,
        /// Instants and texts without dates, as deadlines: what must not be misread.
        judged: bool,
        /// Whether there is something to find.
        dated: bool,
    }

    fn cases(file: &str) -> Option<Vec<Case>> {
        let path = format!("{}/../shared/fixtures/{file}", env!("CARGO_MANIFEST_DIR"));
        let beside = format!("{}/../../shared/fixtures/{file}", env!("CARGO_MANIFEST_DIR"));
        let Ok(lines) =
            std::fs::read_to_string(&path).or_else(|_| std::fs::read_to_string(&beside))
        else {
            eprintln!("passed over: there is no {path}");
            return None;
        };
        Some(lines.lines().map(case).collect())
    }

    fn case(line: &str) -> Case {
        let row: serde_json::Value = serde_json::from_str(line).expect("a row is JSON");
        let zone: Tz = row["tz"].as_str().and_then(|zone| zone.parse().ok()).expect("a zone");
        let now = row["now"].as_str().expect("a now");
        let kind = row["kind"].as_str().expect("a kind");
        let value = |answer: &serde_json::Value| {
            let value = answer["value"].as_str()?;
            Some(
                value
                    .strip_suffix(":00")
                    .filter(|short| short.len() == 16)
                    .unwrap_or(value)
                    .to_owned(),
            )
        };
        let mut right: Vec<String> = value(&row["expected"]).into_iter().collect();
        right.extend(row["accept"].as_array().into_iter().flatten().filter_map(value));
        Case {
            text: row["text"].as_str().expect("a text").to_owned(),
            reference: reference(now, zone),
            right,
            judged: row["use"] == "due" && (kind == "instant" || kind == "none"),
            dated: kind == "instant",
        }
    }

    /// Counts (exact, missed, wrong) over the deadlines; a question or "over" is no silent
    /// misreading.
    fn judge(file: &str) -> Option<(usize, usize, Vec<String>)> {
        let (mut exact, mut missed, mut wrong) = (0, 0, Vec::new());
        for case in cases(file)?.iter().filter(|case| case.judged) {
            let found = when::find(&case.text, case.reference).map(|found| found.when);
            let zone = case.reference.zone;
            match found {
                None | Some(When::Ambiguous(_) | When::Impossible(_)) if case.dated => missed += 1,
                None | Some(When::Ambiguous(_) | When::Impossible(_)) => exact += 1,
                Some(when) if case.right.contains(&show(&when, zone)) => exact += 1,
                Some(when) => wrong.push(format!(
                    "{} → {}, not {:?}",
                    case.text,
                    show(&when, zone),
                    case.right
                )),
            }
        }
        println!("{file}: {exact} exact, {missed} missed, {} wrong", wrong.len());
        Some((exact, missed, wrong))
    }

    fn hold(file: &str, exact_min: usize, wrong_max: usize) {
        let Some((exact, _, wrong)) = judge(file) else { return };
        assert!(
            wrong.len() <= wrong_max,
            "{} silent misreadings\n{}",
            wrong.len(),
            wrong.join("\n")
        );
        assert!(exact >= exact_min, "only {exact} exact");
    }

    #[test]
    fn chinese_deadlines_are_hardly_ever_misread() {
        hold("time_zh.jsonl", 500, 0);
    }

    #[test]
    fn english_deadlines_are_hardly_ever_misread() {
        hold("time_en.jsonl", 500, 0);
    }

    #[test]
    fn no_prefix_of_any_case_panics() {
        for case in ["time_zh.jsonl", "time_en.jsonl"].into_iter().filter_map(cases).flatten() {
            for (end, _) in case.text.char_indices() {
                when::find(&case.text[..end], case.reference);
                every::find(&case.text[end..], case.reference.zone);
            }
        }
    }
}

#[test]
fn a_weekday_printed_is_that_of_its_date() {
    let at = DateTime::UNIX_EPOCH + Duration::days(20_000);
    let reference = Reference { now: Timestamp::from_utc(at), zone: Tz::UTC };
    let names = [Weekday::Mon, Weekday::Sun].map(|day| day.to_string());
    assert_eq!(names, ["Mon", "Sun"]);
    assert_eq!(when::print_date(reference.today(), reference, Lang::En), "Fri, Oct 4");
}
