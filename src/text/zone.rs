//! Time zones as people name them: cities, IANA names, `UTC+8`. Offsets are reckoned by the zone
//! database, so summer time is right.

use chrono::Offset;
use chrono::TimeZone;
use chrono_tz::{TZ_VARIANTS, Tz};

use super::fold::fold;
use super::near;
use crate::model::{Lang, Timestamp};

/// Most names suggested for one that is none: what fits a line.
const NEAR_MAX: usize = 3;

/// Cities by their Chinese names; the first of a zone is how it is printed.
const CITIES: [(&str, Tz); 62] = [
    ("上海", Tz::Asia__Shanghai),
    ("北京", Tz::Asia__Shanghai),
    ("广州", Tz::Asia__Shanghai),
    ("深圳", Tz::Asia__Shanghai),
    ("杭州", Tz::Asia__Shanghai),
    ("成都", Tz::Asia__Shanghai),
    ("重庆", Tz::Asia__Shanghai),
    ("武汉", Tz::Asia__Shanghai),
    ("南京", Tz::Asia__Shanghai),
    ("西安", Tz::Asia__Shanghai),
    ("天津", Tz::Asia__Shanghai),
    ("中国", Tz::Asia__Shanghai),
    ("东八区", Tz::Asia__Shanghai),
    ("乌鲁木齐", Tz::Asia__Urumqi),
    ("香港", Tz::Asia__Hong_Kong),
    ("澳门", Tz::Asia__Macau),
    ("台北", Tz::Asia__Taipei),
    ("东京", Tz::Asia__Tokyo),
    ("大阪", Tz::Asia__Tokyo),
    ("日本", Tz::Asia__Tokyo),
    ("首尔", Tz::Asia__Seoul),
    ("韩国", Tz::Asia__Seoul),
    ("新加坡", Tz::Asia__Singapore),
    ("吉隆坡", Tz::Asia__Kuala_Lumpur),
    ("曼谷", Tz::Asia__Bangkok),
    ("河内", Tz::Asia__Bangkok),
    ("胡志明市", Tz::Asia__Ho_Chi_Minh),
    ("雅加达", Tz::Asia__Jakarta),
    ("马尼拉", Tz::Asia__Manila),
    ("孟买", Tz::Asia__Kolkata),
    ("新德里", Tz::Asia__Kolkata),
    ("迪拜", Tz::Asia__Dubai),
    ("利雅得", Tz::Asia__Riyadh),
    ("莫斯科", Tz::Europe__Moscow),
    ("伊斯坦布尔", Tz::Europe__Istanbul),
    ("柏林", Tz::Europe__Berlin),
    ("慕尼黑", Tz::Europe__Berlin),
    ("法兰克福", Tz::Europe__Berlin),
    ("德国", Tz::Europe__Berlin),
    ("巴黎", Tz::Europe__Paris),
    ("法国", Tz::Europe__Paris),
    ("伦敦", Tz::Europe__London),
    ("英国", Tz::Europe__London),
    ("马德里", Tz::Europe__Madrid),
    ("罗马", Tz::Europe__Rome),
    ("米兰", Tz::Europe__Rome),
    ("阿姆斯特丹", Tz::Europe__Amsterdam),
    ("苏黎世", Tz::Europe__Zurich),
    ("维也纳", Tz::Europe__Vienna),
    ("斯德哥尔摩", Tz::Europe__Stockholm),
    ("纽约", Tz::America__New_York),
    ("波士顿", Tz::America__New_York),
    ("多伦多", Tz::America__Toronto),
    ("芝加哥", Tz::America__Chicago),
    ("洛杉矶", Tz::America__Los_Angeles),
    ("旧金山", Tz::America__Los_Angeles),
    ("西雅图", Tz::America__Los_Angeles),
    ("温哥华", Tz::America__Vancouver),
    ("圣保罗", Tz::America__Sao_Paulo),
    ("悉尼", Tz::Australia__Sydney),
    ("墨尔本", Tz::Australia__Melbourne),
    ("奥克兰", Tz::Pacific__Auckland),
];

/// Cities whose zone bears another's name.
const ENGLISH: [(&str, Tz); 12] = [
    ("beijing", Tz::Asia__Shanghai),
    ("shenzhen", Tz::Asia__Shanghai),
    ("guangzhou", Tz::Asia__Shanghai),
    ("munich", Tz::Europe__Berlin),
    ("frankfurt", Tz::Europe__Berlin),
    ("milan", Tz::Europe__Rome),
    ("san francisco", Tz::America__Los_Angeles),
    ("seattle", Tz::America__Los_Angeles),
    ("boston", Tz::America__New_York),
    ("washington", Tz::America__New_York),
    ("mumbai", Tz::Asia__Kolkata),
    ("hanoi", Tz::Asia__Bangkok),
];

/// What may follow a city and adds nothing.
const TAILS: [&str; 4] = ["时间", "时区", " time", "市"];

/// The zone of this name.
pub fn read(text: &str) -> Option<Tz> {
    let folded = fold(text).text.replace('_', " ");
    let name = folded.trim();
    by_name(name).or_else(|| TAILS.iter().find_map(|tail| by_name(name.strip_suffix(tail)?.trim())))
}

/// Names that may have been meant, each of which can be read.
pub fn near(text: &str) -> Vec<String> {
    let folded = fold(text).text.replace('_', " ");
    let cities = TZ_VARIANTS.iter().map(|zone| city(*zone));
    let names: Vec<String> = CITIES.iter().map(|(name, _)| (*name).into()).chain(cities).collect();
    let found = near::nearest(folded.trim(), names.iter().map(String::as_str), NEAR_MAX);
    found.into_iter().map(str::to_owned).collect()
}

/// A zone's name: its city.
pub fn print(zone: Tz, lang: Lang) -> String {
    let known = CITIES.iter().find(|(_, other)| *other == zone).map(|(name, _)| *name);
    match (lang, known, zone.name().strip_prefix("Etc/GMT")) {
        (_, _, Some(hours)) if !hours.is_empty() => {
            // The database counts these westwards.
            format!("UTC{}", hours.replace('+', "!").replace('-', "+").replace('!', "-"))
        }
        (Lang::Zh, Some(name), _) => name.to_owned(),
        (Lang::Zh | Lang::En, _, _) => city(zone),
    }
}

/// How far a zone is from UTC at a moment: `UTC+8`, `UTC+5:30`.
pub fn offset(zone: Tz, at: Timestamp) -> String {
    let seconds = zone.offset_from_utc_datetime(&at.to_utc().naive_utc()).fix().local_minus_utc();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    match minutes % 60 {
        0 => format!("UTC{sign}{}", minutes / 60),
        rest => format!("UTC{sign}{}:{rest:02}", minutes / 60),
    }
}

fn by_name(name: &str) -> Option<Tz> {
    let chinese = CITIES.iter().find(|(city, _)| *city == name).map(|(_, zone)| *zone);
    let english = || ENGLISH.iter().find(|(city, _)| *city == name).map(|(_, zone)| *zone);
    chinese.or_else(english).or_else(|| by_offset(name)).or_else(|| by_database(name))
}

/// `utc+8`, `gmt-5`: whole hours, the same all year.
fn by_offset(name: &str) -> Option<Tz> {
    let hours = name.strip_prefix("utc").or_else(|| name.strip_prefix("gmt"))?;
    if hours.is_empty() {
        return Some(Tz::Etc__UTC);
    }
    let hours: i8 = hours.replace(' ', "").parse().ok()?;
    // The database counts these westwards, and knows no other hours.
    format!("Etc/GMT{:+}", -hours).parse().ok()
}

fn by_database(name: &str) -> Option<Tz> {
    let path = |zone: &Tz| zone.name().to_lowercase().replace('_', " ");
    let whole = TZ_VARIANTS.iter().find(|zone| path(zone) == name);
    // Two zones of one city's name are the same place under an old and a new path.
    let last = || TZ_VARIANTS.iter().find(|zone| path(zone).rsplit('/').next() == Some(name));
    whole.or_else(last).copied()
}

/// The city in a zone's path.
fn city(zone: Tz) -> String {
    zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read_by_city_by_path_and_by_offset() {
        for (text, zone) in [
            ("北京", Tz::Asia__Shanghai),
            ("柏林", Tz::Europe__Berlin),
            ("柏林时间", Tz::Europe__Berlin),
            ("Berlin", Tz::Europe__Berlin),
            ("ｂｅｒｌｉｎ", Tz::Europe__Berlin),
            ("europe/berlin", Tz::Europe__Berlin),
            ("America/New_York", Tz::America__New_York),
            ("new york", Tz::America__New_York),
            ("纽约", Tz::America__New_York),
            ("San Francisco", Tz::America__Los_Angeles),
            ("UTC", Tz::Etc__UTC),
            ("utc+8", Tz::Etc__GMTMinus8),
            ("GMT-5", Tz::Etc__GMTPlus5),
        ] {
            assert_eq!(read(text), Some(zone), "{text}");
        }
        for text in ["", "火星", "utc+99", "柏", "9:00"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn every_name_that_is_printed_is_read_again() {
        for zone in CITIES.map(|(_, zone)| zone) {
            for lang in [Lang::Zh, Lang::En] {
                let read = read(&print(zone, lang)).expect("a zone");
                assert_eq!(print(read, lang), print(zone, lang));
            }
        }
        assert_eq!(print(Tz::Etc__GMTMinus8, Lang::Zh), "UTC+8");
        assert_eq!(near("柏琳"), ["柏林"]);
        assert_eq!(near("Berlim"), ["Berlin"]);
    }

    #[test]
    fn summer_time_moves_the_offset() {
        let (winter, summer) = (Timestamp(1_772_413_200_000), Timestamp(1_785_000_000_000));
        assert_eq!(offset(Tz::Europe__Berlin, winter), "UTC+1");
        assert_eq!(offset(Tz::Europe__Berlin, summer), "UTC+2");
        assert_eq!(offset(Tz::Asia__Kolkata, winter), "UTC+5:30");
        assert_eq!(offset(Tz::America__New_York, winter), "UTC-5");
    }
}
