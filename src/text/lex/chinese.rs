//! The Chinese words of dates. Longer words win over shorter ones.

use std::sync::LazyLock;

use super::feasts::FEASTS;
use super::number::is_han;
use super::token::{Tok, Unit, Zh};
use crate::model::recurrence::Weeks;
use crate::text::clock::Part;

/// Days, years and parts of the day.
const DAYS: [(&str, Tok); 95] = [
    ("今天", Tok::DayWord(0)),
    ("今日", Tok::DayWord(0)),
    ("今儿", Tok::DayWord(0)),
    ("明天", Tok::DayWord(1)),
    ("明日", Tok::DayWord(1)),
    ("明儿", Tok::DayWord(1)),
    ("次日", Tok::DayWord(1)),
    ("后天", Tok::DayWord(2)),
    ("后日", Tok::DayWord(2)),
    ("大后天", Tok::DayWord(3)),
    ("昨天", Tok::DayWord(-1)),
    ("昨日", Tok::DayWord(-1)),
    ("昨儿", Tok::DayWord(-1)),
    ("前天", Tok::DayWord(-2)),
    ("前日", Tok::DayWord(-2)),
    ("大前天", Tok::DayWord(-3)),
    ("今晚", Tok::DayPart(0, Part::Evening)),
    ("今夜", Tok::DayPart(0, Part::Evening)),
    ("今晚上", Tok::DayPart(0, Part::Evening)),
    ("今早", Tok::DayPart(0, Part::Morning)),
    ("今早上", Tok::DayPart(0, Part::Morning)),
    ("今晨", Tok::DayPart(0, Part::Morning)),
    ("今上午", Tok::DayPart(0, Part::Morning)),
    ("今下午", Tok::DayPart(0, Part::Afternoon)),
    ("今午", Tok::DayPart(0, Part::Noon)),
    ("明晚", Tok::DayPart(1, Part::Evening)),
    ("明晚上", Tok::DayPart(1, Part::Evening)),
    ("明早", Tok::DayPart(1, Part::Morning)),
    ("明早上", Tok::DayPart(1, Part::Morning)),
    ("明晨", Tok::DayPart(1, Part::Morning)),
    ("明上午", Tok::DayPart(1, Part::Morning)),
    ("明下午", Tok::DayPart(1, Part::Afternoon)),
    ("明午", Tok::DayPart(1, Part::Noon)),
    ("后晚", Tok::DayPart(2, Part::Evening)),
    ("后早", Tok::DayPart(2, Part::Morning)),
    ("昨晚", Tok::DayPart(-1, Part::Evening)),
    ("昨晚上", Tok::DayPart(-1, Part::Evening)),
    ("昨夜", Tok::DayPart(-1, Part::Evening)),
    ("昨早", Tok::DayPart(-1, Part::Morning)),
    ("前晚", Tok::DayPart(-2, Part::Evening)),
    ("当晚", Tok::DayPart(0, Part::Evening)),
    ("今年", Tok::YearWord(0)),
    ("本年", Tok::YearWord(0)),
    ("本年度", Tok::YearWord(0)),
    ("明年", Tok::YearWord(1)),
    ("来年", Tok::YearWord(1)),
    ("下年", Tok::YearWord(1)),
    ("后年", Tok::YearWord(2)),
    ("大后年", Tok::YearWord(3)),
    ("去年", Tok::YearWord(-1)),
    ("上年", Tok::YearWord(-1)),
    ("前年", Tok::YearWord(-2)),
    ("大前年", Tok::YearWord(-3)),
    ("凌晨", Tok::Part(Part::Dawn)),
    ("拂晓", Tok::Part(Part::Dawn)),
    ("清晨", Tok::Part(Part::Morning)),
    ("早晨", Tok::Part(Part::Morning)),
    ("早上", Tok::Part(Part::Morning)),
    ("大清早", Tok::Part(Part::Morning)),
    ("一大早", Tok::Part(Part::Morning)),
    ("上午", Tok::Part(Part::Morning)),
    ("午前", Tok::Part(Part::Morning)),
    ("早", Tok::Part(Part::Morning)),
    ("晨", Tok::Part(Part::Morning)),
    ("中午", Tok::Part(Part::Noon)),
    ("正午", Tok::Part(Part::Noon)),
    ("午间", Tok::Part(Part::Noon)),
    ("晌午", Tok::Part(Part::Noon)),
    ("下午", Tok::Part(Part::Afternoon)),
    ("午后", Tok::Part(Part::Afternoon)),
    ("傍晚", Tok::Part(Part::Evening)),
    ("晚上", Tok::Part(Part::Evening)),
    ("晚间", Tok::Part(Part::Evening)),
    ("夜里", Tok::Part(Part::Evening)),
    ("夜间", Tok::Part(Part::Evening)),
    ("夜晚", Tok::Part(Part::Evening)),
    ("深夜", Tok::Part(Part::Evening)),
    ("半夜", Tok::Part(Part::Evening)),
    ("午夜", Tok::Part(Part::Midnight)),
    ("子夜", Tok::Part(Part::Midnight)),
    ("晚", Tok::Part(Part::Evening)),
    ("现在", Tok::Now),
    ("此刻", Tok::Now),
    ("目前", Tok::Now),
    ("全天", Tok::Zh(Zh::AllDay)),
    ("整天", Tok::Zh(Zh::AllDay)),
    ("早上好", Tok::Other),
    ("上午好", Tok::Other),
    ("中午好", Tok::Other),
    ("下午好", Tok::Other),
    ("晚上好", Tok::Other),
    ("早稻", Tok::Other),
    ("早晚", Tok::Other),
    ("早餐", Tok::Other),
    ("早就", Tok::Other),
];

/// Words with one meaning each.
const WORDS: [(&str, Zh); 116] = [
    ("年", Zh::Year),
    ("月", Zh::Month),
    ("月份", Zh::Month),
    ("日", Zh::Day),
    ("号", Zh::Number),
    ("时", Zh::Hour),
    ("分", Zh::Minute),
    ("秒", Zh::Second),
    ("点", Zh::Point),
    ("整", Zh::Sharp),
    ("刻", Zh::Quarter),
    ("钟", Zh::Bell),
    ("个", Zh::Piece),
    ("上", Zh::Up),
    ("下", Zh::Down),
    ("这", Zh::This),
    ("本", Zh::This),
    ("当", Zh::This),
    ("同", Zh::This),
    ("每", Zh::Every),
    ("隔", Zh::Skip),
    ("第", Zh::Nth),
    ("首", Zh::First),
    ("最后", Zh::Last),
    ("末", Zh::Bottom),
    ("底", Zh::Bottom),
    ("倒数", Zh::FromEnd),
    ("前", Zh::Front),
    ("后", Zh::Back),
    ("内", Zh::Inside),
    ("之内", Zh::Inside),
    ("以内", Zh::Inside),
    ("之前", Zh::Before),
    ("以前", Zh::Before),
    ("之后", Zh::After),
    ("以后", Zh::After),
    ("过后", Zh::After),
    ("从", Zh::From),
    ("自", Zh::From),
    ("到", Zh::To),
    ("至", Zh::To),
    ("直到", Zh::To),
    ("一直到", Zh::To),
    ("起", Zh::Since),
    ("开始", Zh::Since),
    ("以来", Zh::Since),
    ("之间", Zh::Between),
    ("为止", Zh::Ends),
    ("止", Zh::Ends),
    ("截止时间", Zh::Due),
    ("截止日期", Zh::Due),
    ("截止到", Zh::Due),
    ("截止于", Zh::Due),
    ("截止", Zh::Due),
    ("截至到", Zh::Due),
    ("截至", Zh::Due),
    ("不晚于", Zh::Due),
    ("最晚", Zh::Due),
    ("最迟", Zh::Due),
    ("在", Zh::In),
    ("于", Zh::In),
    ("最近", Zh::Recent),
    ("近", Zh::Recent),
    ("过去", Zh::Recent),
    ("未来", Zh::Coming),
    ("接下来", Zh::Coming),
    ("今后", Zh::Coming),
    ("往后", Zh::Coming),
    ("再过", Zh::Pass),
    ("过", Zh::Pass),
    ("大约", Zh::About),
    ("大概", Zh::About),
    ("左右", Zh::About),
    ("前后", Zh::About),
    ("几", Zh::Few),
    ("数", Zh::Few),
    ("多", Zh::More),
    ("上半年", Zh::Half(0)),
    ("上个半年", Zh::Half(0)),
    ("下半年", Zh::Half(1)),
    ("下个半年", Zh::Half(1)),
    ("月底", Zh::MonthEnd),
    ("月末", Zh::MonthEnd),
    ("月初", Zh::MonthStart),
    ("月中", Zh::MonthMiddle),
    ("上旬", Zh::Ten(0)),
    ("中旬", Zh::Ten(1)),
    ("下旬", Zh::Ten(2)),
    ("年底", Zh::YearEnd),
    ("年末", Zh::YearEnd),
    ("年终", Zh::YearEnd),
    ("年初", Zh::YearStart),
    ("季末", Zh::QuarterEnd),
    ("季度末", Zh::QuarterEnd),
    ("季底", Zh::QuarterEnd),
    ("下班", Zh::OffWork),
    ("节", Zh::Feast),
    ("期间", Zh::During),
    ("假期", Zh::During),
    ("节假日", Zh::Holidays),
    ("法定节假日", Zh::Holidays),
    ("假日", Zh::Holidays),
    ("除外", Zh::Except),
    ("不算", Zh::Except),
    ("遇", Zh::Meets),
    ("遇到", Zh::Meets),
    ("顺延", Zh::Later),
    ("推迟", Zh::Later),
    ("提前", Zh::Earlier),
    ("跳过", Zh::SkipOver),
    ("次", Zh::Times),
    ("和", Zh::And),
    ("以及", Zh::And),
    ("或", Zh::Or),
    ("或者", Zh::Or),
    ("的", Zh::Of),
];

/// More words: units, fillers, and words that only look like a date.
const UNITS: [(&str, Tok); 104] = [
    ("小时", Tok::Unit(Unit::Hour)),
    ("钟头", Tok::Unit(Unit::Hour)),
    ("分钟", Tok::Unit(Unit::Minute)),
    ("秒钟", Tok::Unit(Unit::Second)),
    ("刻钟", Tok::Unit(Unit::QuarterHour)),
    ("天", Tok::Unit(Unit::Day)),
    ("季度", Tok::Unit(Unit::Quarter)),
    ("季", Tok::Unit(Unit::Quarter)),
    ("工作日", Tok::Unit(Unit::Workday)),
    ("周末", Tok::Unit(Unit::Weekend)),
    ("双休日", Tok::Unit(Unit::Weekend)),
    ("半年", Tok::Unit(Unit::HalfYear)),
    ("周", Tok::Zh(Zh::Week)),
    ("星期", Tok::Zh(Zh::Week)),
    ("礼拜", Tok::Zh(Zh::Week)),
    ("半", Tok::Half),
    ("及", Tok::Zh(Zh::And)),
    ("与", Tok::Zh(Zh::And)),
    ("又", Tok::Zh(Zh::Also)),
    ("前夕", Tok::Zh(Zh::Eve)),
    ("当天", Tok::Zh(Zh::ThatDay)),
    ("当日", Tok::Zh(Zh::ThatDay)),
    ("自从", Tok::Zh(Zh::From)),
    ("期", Tok::Zh(Zh::Blank)),
    ("天气", Tok::Other),
    ("天空", Tok::Other),
    ("周年", Tok::Other),
    ("周边", Tok::Other),
    ("周期", Tok::Other),
    ("周围", Tok::Other),
    ("周全", Tok::Other),
    ("周转", Tok::Other),
    ("时间", Tok::Other),
    ("时候", Tok::Other),
    ("同时", Tok::Other),
    ("数据", Tok::Other),
    ("号码", Tok::Other),
    ("号楼", Tok::Other),
    ("号线", Tok::Other),
    ("年级", Tok::Other),
    ("双周", Tok::Zh(Zh::Weeks(Weeks::Even))),
    ("双数周", Tok::Zh(Zh::Weeks(Weeks::Even))),
    ("偶数周", Tok::Zh(Zh::Weeks(Weeks::Even))),
    ("单周", Tok::Zh(Zh::Weeks(Weeks::Odd))),
    ("单数周", Tok::Zh(Zh::Weeks(Weeks::Odd))),
    ("奇数周", Tok::Zh(Zh::Weeks(Weeks::Odd))),
    ("每逢", Tok::Zh(Zh::Every)),
    ("逢", Tok::Zh(Zh::Meets)),
    ("上班", Tok::Zh(Zh::OnWork)),
    ("直至", Tok::Zh(Zh::To)),
    ("今明两天", Tok::Zh(Zh::TwoDays(0))),
    ("今明", Tok::Zh(Zh::TwoDays(0))),
    ("明后天", Tok::Zh(Zh::TwoDays(1))),
    ("明后两天", Tok::Zh(Zh::TwoDays(1))),
    ("月上旬", Tok::Zh(Zh::Ten(0))),
    ("月中旬", Tok::Zh(Zh::Ten(1))),
    ("月下旬", Tok::Zh(Zh::Ten(2))),
    ("明日之星", Tok::Other),
    ("明日黄花", Tok::Other),
    ("明日方舟", Tok::Other),
    ("今日头条", Tok::Other),
    ("今日说法", Tok::Other),
    ("关于", Tok::Other),
    ("由于", Tok::Other),
    ("对于", Tok::Other),
    ("属于", Tok::Other),
    ("至于", Tok::Other),
    ("基于", Tok::Other),
    ("等于", Tok::Other),
    ("位于", Tok::Other),
    ("共", Tok::Zh(Zh::Total)),
    ("一共", Tok::Zh(Zh::Total)),
    ("总共", Tok::Zh(Zh::Total)),
    ("共计", Tok::Zh(Zh::Total)),
    ("总计", Tok::Zh(Zh::Total)),
    ("共同", Tok::Other),
    ("共享", Tok::Other),
    ("连续", Tok::Zh(Zh::Running)),
    ("连着", Tok::Zh(Zh::Running)),
    ("持续", Tok::Zh(Zh::Running)),
    ("坚持", Tok::Zh(Zh::Running)),
    ("为期", Tok::Zh(Zh::Running)),
    ("重复", Tok::Zh(Zh::Running)),
    ("除了", Tok::Zh(Zh::Without)),
    ("除", Tok::Zh(Zh::Without)),
    ("除去", Tok::Zh(Zh::Without)),
    ("除开", Tok::Zh(Zh::Without)),
    ("不含", Tok::Zh(Zh::Without)),
    ("不包括", Tok::Zh(Zh::Without)),
    ("不包含", Tok::Zh(Zh::Without)),
    ("排除", Tok::Zh(Zh::Without)),
    ("以外", Tok::Zh(Zh::Except)),
    ("之外", Tok::Zh(Zh::Except)),
    ("法定假日", Tok::Zh(Zh::Holidays)),
    ("公共假期", Tok::Zh(Zh::Holidays)),
    ("工作时间", Tok::Zh(Zh::WorkHours)),
    ("工作时段", Tok::Zh(Zh::WorkHours)),
    ("工作期间", Tok::Zh(Zh::WorkHours)),
    ("上班时间", Tok::Zh(Zh::WorkHours)),
    ("上班时段", Tok::Zh(Zh::WorkHours)),
    ("上班期间", Tok::Zh(Zh::WorkHours)),
    ("办公时间", Tok::Zh(Zh::WorkHours)),
    ("夜夜", Tok::Zh(Zh::Nightly)),
    ("晚晚", Tok::Zh(Zh::Nightly)),
];

/// The first of the characters that words begin with, and how many there may be.
const FIRST: usize = 0x4e00;
const CHARACTERS: usize = 0x9fff - FIRST + 1;

/// All words by their first character, longest first.
struct Words {
    /// For each character the number of its bucket, from 1; 0 if no word begins with it, `NUMERAL`
    /// if only a number does.
    numbers: Vec<u8>,
    /// What follows the first character, and what the word is.
    buckets: Vec<Vec<(Vec<char>, Tok)>>,
}

/// Stands for a bucket at characters of numbers that begin no word.
const NUMERAL: u8 = u8::MAX;

static KNOWN: LazyLock<Words> = LazyLock::new(|| {
    let feasts = FEASTS.iter().map(|(word, feast)| (*word, Tok::Festival(*feast)));
    let words = WORDS.iter().map(|(word, zh)| (*word, Tok::Zh(*zh)));
    let all = DAYS.iter().copied().chain(feasts).chain(words).chain(UNITS);
    let mut known = Words { numbers: vec![0; CHARACTERS], buckets: Vec::new() };
    for (word, tok) in all {
        let mut chars = word.chars();
        let Some(place) = chars.next().and_then(|c| (c as usize).checked_sub(FIRST)) else {
            continue;
        };
        let Some(number) = known.numbers.get_mut(place) else { continue };
        if *number == 0 {
            known.buckets.push(Vec::new());
            // Fewer than 255 characters begin a word; one more would only not be known.
            let next = u8::try_from(known.buckets.len()).ok().filter(|next| *next < NUMERAL);
            *number = next.unwrap_or(0);
        }
        if let Some(bucket) = known.buckets.get_mut(usize::from(*number).wrapping_sub(1)) {
            bucket.push((chars.collect(), tok));
        }
    }
    for (place, number) in known.numbers.iter_mut().enumerate() {
        let c = u32::try_from(FIRST + place).ok().and_then(char::from_u32);
        if *number == 0 && c.is_some_and(is_han) {
            *number = NUMERAL;
        }
    }
    for bucket in &mut known.buckets {
        bucket.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    known
});

/// Whether a character is Chinese and no word of dates begins with it.
pub fn means_nothing(c: char) -> bool {
    matches!(number(c), Some(0 | NUMERAL))
}

/// The same, and no number either.
pub fn says_nothing(c: char) -> bool {
    number(c) == Some(0)
}

fn number(c: char) -> Option<u8> {
    KNOWN.numbers.get((c as usize).checked_sub(FIRST)?).copied()
}

/// The longest word that begins with `first` and goes on as `next` tells, and its length.
pub fn word(first: char, next: impl Fn(usize) -> Option<char>) -> Option<(Tok, usize)> {
    let known = &*KNOWN;
    let place = (first as usize).checked_sub(FIRST)?;
    let bucket = usize::from(*known.numbers.get(place)?).checked_sub(1)?;
    known.buckets.get(bucket)?.iter().find_map(|(rest, tok)| {
        let fits = rest.iter().enumerate().all(|(n, c)| next(n + 1) == Some(*c));
        fits.then_some((*tok, rest.len() + 1))
    })
}
