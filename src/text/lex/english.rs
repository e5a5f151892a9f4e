//! The English words of dates.

use std::sync::LazyLock;

use chrono::Weekday;
use chrono_tz::Tz;

use super::token::{En, Festival as F, Form, Num, Tok, Unit};
use crate::model::recurrence::Weeks;
use crate::text::clock::Part;

const UNITS: [(&str, Unit); 37] = [
    ("seconds", Unit::Second),
    ("sec", Unit::Second),
    ("secs", Unit::Second),
    ("minute", Unit::Minute),
    ("minutes", Unit::Minute),
    ("min", Unit::Minute),
    ("mins", Unit::Minute),
    ("hour", Unit::Hour),
    ("hours", Unit::Hour),
    ("hr", Unit::Hour),
    ("hrs", Unit::Hour),
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("workday", Unit::Workday),
    ("workdays", Unit::Workday),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("wk", Unit::Week),
    ("wks", Unit::Week),
    ("fortnight", Unit::Fortnight),
    ("fortnights", Unit::Fortnight),
    ("weekend", Unit::Weekend),
    ("weekends", Unit::Weekend),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("mo", Unit::Month),
    ("mos", Unit::Month),
    ("mth", Unit::Month),
    ("mths", Unit::Month),
    ("quarters", Unit::Quarter),
    ("qtr", Unit::Quarter),
    ("qtrs", Unit::Quarter),
    ("year", Unit::Year),
    ("years", Unit::Year),
    ("yr", Unit::Year),
    ("yrs", Unit::Year),
    ("ms", Unit::Second),
];

const WEEKDAYS: [(&str, Weekday); 17] = [
    ("monday", Weekday::Mon),
    ("mon", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("tues", Weekday::Tue),
    ("tue", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("wed", Weekday::Wed),
    ("weds", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("thurs", Weekday::Thu),
    ("thur", Weekday::Thu),
    ("thu", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("fri", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
    ("sun", Weekday::Sun),
];

const PLURALS: [(&str, Weekday); 8] = [
    ("mondays", Weekday::Mon),
    ("tuesdays", Weekday::Tue),
    ("wednesdays", Weekday::Wed),
    ("thursdays", Weekday::Thu),
    ("fridays", Weekday::Fri),
    ("saturdays", Weekday::Sat),
    ("sundays", Weekday::Sun),
    ("sats", Weekday::Sat),
];

/// Names of months and whether they can be something else (May, Mar, Dec).
const MONTHS: [(&str, u8); 24] = [
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("march", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("june", 6),
    ("jun", 6),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("october", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];

const NUMBERS: [(&str, u32); 28] = [
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

const ORDINALS: [(&str, u32); 20] = [
    ("first", 1),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
];

const WORDS: [(&str, Tok); 150] = [
    ("today", Tok::DayWord(0)),
    ("tomorrow", Tok::DayWord(1)),
    ("tmr", Tok::DayWord(1)),
    ("tmrw", Tok::DayWord(1)),
    ("tomorow", Tok::DayWord(1)),
    ("yesterday", Tok::DayWord(-1)),
    ("tonight", Tok::DayPart(0, Part::Evening)),
    ("tonite", Tok::DayPart(0, Part::Evening)),
    ("now", Tok::Now),
    ("moment", Tok::Now),
    ("morning", Tok::Part(Part::Morning)),
    ("noon", Tok::Part(Part::Noon)),
    ("midday", Tok::Part(Part::Noon)),
    ("noontime", Tok::Part(Part::Noon)),
    ("lunchtime", Tok::Part(Part::Noon)),
    ("afternoon", Tok::Part(Part::Afternoon)),
    ("evening", Tok::Part(Part::Evening)),
    ("night", Tok::Part(Part::Evening)),
    ("midnight", Tok::Part(Part::Midnight)),
    ("eod", Tok::En(En::EndOf(0))),
    ("cob", Tok::En(En::EndOf(0))),
    ("eob", Tok::En(En::EndOf(0))),
    ("eow", Tok::En(En::EndOf(1))),
    ("eom", Tok::En(En::EndOf(2))),
    ("eoy", Tok::En(En::EndOf(4))),
    ("eoq", Tok::En(En::EndOf(3))),
    ("a", Tok::En(En::LoneA)),
    ("an", Tok::En(En::A)),
    ("p", Tok::En(En::LoneP)),
    ("m", Tok::En(En::LoneM)),
    ("h", Tok::En(En::LoneH)),
    ("s", Tok::En(En::LoneS)),
    ("d", Tok::En(En::LoneD)),
    ("w", Tok::En(En::LoneW)),
    ("y", Tok::En(En::LoneY)),
    ("am", Tok::En(En::Am)),
    ("pm", Tok::En(En::Pm)),
    ("after", Tok::En(En::After)),
    ("ago", Tok::En(En::Ago)),
    ("all", Tok::En(En::All)),
    ("full", Tok::En(En::All)),
    ("whole", Tok::En(En::All)),
    ("entire", Tok::En(En::All)),
    ("and", Tok::En(En::And)),
    ("another", Tok::En(En::Another)),
    ("around", Tok::En(En::Around)),
    ("about", Tok::En(En::Around)),
    ("approximately", Tok::En(En::Around)),
    ("roughly", Tok::En(En::Around)),
    ("at", Tok::En(En::At)),
    ("before", Tok::En(En::Before)),
    ("between", Tok::En(En::Between)),
    ("business", Tok::En(En::Business)),
    ("working", Tok::En(En::Business)),
    ("work", Tok::En(En::Business)),
    ("by", Tok::En(En::By)),
    ("due", Tok::En(En::By)),
    ("o", Tok::En(En::Clock)),
    ("clock", Tok::En(En::Clock)),
    ("oclock", Tok::En(En::Clock)),
    ("coming", Tok::En(En::Coming)),
    ("upcoming", Tok::En(En::Coming)),
    ("following", Tok::En(En::Coming)),
    ("couple", Tok::En(En::Couple)),
    ("daily", Tok::En(En::Daily)),
    ("everyday", Tok::En(En::Daily)),
    ("nightly", Tok::En(En::Daily)),
    ("during", Tok::En(En::During)),
    ("each", Tok::En(En::Each)),
    ("end", Tok::En(En::End)),
    ("every", Tok::En(En::Every)),
    ("except", Tok::En(En::Except)),
    ("few", Tok::En(En::Few)),
    ("several", Tok::En(En::Few)),
    ("for", Tok::En(En::For)),
    ("from", Tok::En(En::From)),
    ("half", Tok::En(En::Half)),
    ("holiday", Tok::En(En::Holidays)),
    ("holidays", Tok::En(En::Holidays)),
    ("hourly", Tok::En(En::Hourly)),
    ("in", Tok::En(En::In)),
    ("it", Tok::En(En::Is)),
    ("is", Tok::En(En::Is)),
    ("last", Tok::En(En::Last)),
    ("final", Tok::En(En::Last)),
    ("later", Tok::En(En::Later)),
    ("hence", Tok::En(En::Later)),
    ("long", Tok::En(En::Long)),
    ("monthly", Tok::En(En::Monthly)),
    ("my", Tok::En(En::My)),
    ("next", Tok::En(En::Next)),
    ("of", Tok::En(En::Of)),
    ("on", Tok::En(En::On)),
    ("once", Tok::En(En::Once)),
    ("only", Tok::En(En::Only)),
    ("or", Tok::En(En::Or)),
    ("other", Tok::En(En::Other)),
    ("alternate", Tok::En(En::Other)),
    ("past", Tok::En(En::Past)),
    ("previous", Tok::En(En::Previous)),
    ("quarter", Tok::En(En::Quarter)),
    ("quarterly", Tok::En(En::Quarterly)),
    ("second", Tok::En(En::Second)),
    ("since", Tok::En(En::Since)),
    ("start", Tok::En(En::Start)),
    ("beginning", Tok::En(En::Start)),
    ("starting", Tok::En(En::Starting)),
    ("starts", Tok::En(En::Starting)),
    ("the", Tok::En(En::The)),
    ("this", Tok::En(En::This)),
    ("current", Tok::En(En::This)),
    ("calendar", Tok::En(En::Long)),
    ("through", Tok::En(En::Through)),
    ("thru", Tok::En(En::Through)),
    ("timer", Tok::En(En::Timer)),
    ("wait", Tok::En(En::Timer)),
    ("times", Tok::En(En::Times)),
    ("time", Tok::En(En::Times)),
    ("occurrences", Tok::En(En::Times)),
    ("occurrence", Tok::En(En::Times)),
    ("to", Tok::En(En::To)),
    ("twice", Tok::En(En::Twice)),
    ("until", Tok::En(En::Until)),
    ("till", Tok::En(En::Until)),
    ("til", Tok::En(En::Until)),
    ("weekday", Tok::En(En::Weekday)),
    ("weekdays", Tok::En(En::Weekday)),
    ("weekly", Tok::En(En::Weekly)),
    ("fortnightly", Tok::En(En::Weekly)),
    ("odd", Tok::En(En::Weeks(Weeks::Odd))),
    ("even", Tok::En(En::Weeks(Weeks::Even))),
    ("biweekly", Tok::En(En::Weekly)),
    ("within", Tok::En(En::Within)),
    ("yearly", Tok::En(En::Yearly)),
    ("annually", Tok::En(En::Yearly)),
    ("annual", Tok::En(En::Yearly)),
    ("utc", Tok::Zone(Tz::UTC)),
    ("gmt", Tok::Zone(Tz::UTC)),
    ("cet", Tok::Zone(Tz::CET)),
    ("cest", Tok::Zone(Tz::CET)),
    ("est", Tok::Zone(Tz::EST5EDT)),
    ("edt", Tok::Zone(Tz::EST5EDT)),
    ("mst", Tok::Zone(Tz::MST7MDT)),
    ("mdt", Tok::Zone(Tz::MST7MDT)),
    ("pst", Tok::Zone(Tz::PST8PDT)),
    ("pdt", Tok::Zone(Tz::PST8PDT)),
    ("bst", Tok::Zone(Tz::Europe__London)),
    ("jst", Tok::Zone(Tz::Asia__Tokyo)),
    ("sat", Tok::Weekday(Weekday::Sat, false)),
    ("xmas", Tok::Festival(F::Fixed(12, 25))),
];

/// Feasts of several words, apostrophes left out; longer ones first.
const PHRASES: [(&str, F); 38] = [
    ("new years eve", F::Fixed(12, 31)),
    ("new year eve", F::Fixed(12, 31)),
    ("new years day", F::Fixed(1, 1)),
    ("new year day", F::Fixed(1, 1)),
    ("chinese new year", F::Spring(0)),
    ("lunar new year", F::Spring(0)),
    ("spring festival", F::Spring(0)),
    ("new years", F::Fixed(1, 1)),
    ("new year", F::Fixed(1, 1)),
    ("christmas eve", F::Fixed(12, 24)),
    ("xmas eve", F::Fixed(12, 24)),
    ("christmas day", F::Fixed(12, 25)),
    ("xmas day", F::Fixed(12, 25)),
    ("christmas", F::Fixed(12, 25)),
    ("xmas", F::Fixed(12, 25)),
    ("boxing day", F::Fixed(12, 26)),
    ("halloween", F::Fixed(10, 31)),
    ("valentines day", F::Fixed(2, 14)),
    ("valentine day", F::Fixed(2, 14)),
    ("st patricks day", F::Fixed(3, 17)),
    ("april fools day", F::Fixed(4, 1)),
    ("labour day", F::Fixed(5, 1)),
    ("labor day", F::Nth(9, 1, 0, 0)),
    ("childrens day", F::Fixed(6, 1)),
    ("independence day", F::Fixed(7, 4)),
    ("national day", F::Fixed(10, 1)),
    ("mothers day", F::Nth(5, 2, 6, 0)),
    ("fathers day", F::Nth(6, 3, 6, 0)),
    ("memorial day", F::Nth(5, -1, 0, 0)),
    ("veterans day", F::Fixed(11, 11)),
    ("thanksgiving day", F::Nth(11, 4, 3, 0)),
    ("thanksgiving", F::Nth(11, 4, 3, 0)),
    ("black friday", F::Nth(11, 4, 3, 1)),
    ("good friday", F::Easter(-2)),
    ("easter monday", F::Easter(1)),
    ("easter sunday", F::Easter(0)),
    ("easter", F::Easter(0)),
    ("dragon boat festival", F::DragonBoat),
];

/// Names that hold the word of a day and mean none.
const NAMES: [&str; 4] = ["sunday school", "today show", "casual friday", "monday blues"];

static ALL: LazyLock<Vec<(&str, Tok)>> = LazyLock::new(|| {
    let num = |value: u32, form| Tok::Num(Num { value, width: 0, form });
    let mut all: Vec<(&str, Tok)> = WORDS.to_vec();
    all.extend(UNITS.iter().map(|(word, unit)| (*word, Tok::Unit(*unit))));
    all.extend(WEEKDAYS.iter().map(|(word, day)| (*word, Tok::Weekday(*day, false))));
    all.extend(PLURALS.iter().map(|(word, day)| (*word, Tok::Weekday(*day, true))));
    all.extend(MONTHS.iter().map(|(word, month)| {
        // These are everyday words too.
        (*word, Tok::Month(*month, !matches!(*word, "may" | "march" | "mar" | "jan" | "dec")))
    }));
    all.extend(NUMBERS.iter().map(|(word, value)| (*word, num(*value, Form::Word))));
    all.extend(ORDINALS.iter().map(|(word, value)| (*word, num(*value, Form::Ordinal))));
    all.sort_unstable_by_key(|(word, _)| *word);
    all
});

/// What a Latin word means, lower case.
pub fn word(word: &str) -> Option<Tok> {
    let all = &*ALL;
    let at = all.binary_search_by_key(&word, |(known, _)| known).ok()?;
    Some(all[at].1)
}

/// The feast of several words that begins here, and how many characters it takes.
pub fn phrase(first: char, at: impl Fn(usize) -> Option<char>) -> Option<(Tok, usize)> {
    let feasts = PHRASES.iter().map(|(words, feast)| (*words, Tok::Festival(*feast)));
    let names = NAMES.iter().map(|words| (*words, Tok::Latin));
    let begins = |words: &str| words.as_bytes().first().map(|b| char::from(*b)) == Some(first);
    feasts.chain(names).filter(|(words, _)| begins(words)).find_map(|(words, tok)| {
        let mut place = 0;
        for c in words.chars() {
            if matches!(at(place), Some('\'' | '\u{2019}')) && c != at(place)? {
                place += 1;
            }
            if at(place) != Some(c) {
                return None;
            }
            place += 1;
        }
        let ends = at(place).is_none_or(|c| !c.is_ascii_alphanumeric());
        ends.then_some((tok, place))
    })
}
