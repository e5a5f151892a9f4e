//! Random, huge and extreme lines: no panic, no endless work, spans on characters.

use chrono_tz::{Asia, US};
use steward::model::Timestamp;
use steward::text::every;
use steward::text::when::{self, Reference, When};

use crate::{NOW, reference};

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

/// What dates are made of, and what breaks careless readers.
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

#[test]
fn random_lines_never_panic_and_spans_lie_on_characters() {
    let mut random = Random(20_261_121);
    let reference = reference(NOW, Asia::Shanghai);
    for round in 0..5_000 {
        let text: String =
            (0..random.below(14)).map(|_| PIECES[random.below(PIECES.len())]).collect();
        if let Some(found) = when::find(&text, reference) {
            let stretch = text.get(found.span.clone());
            assert!(stretch.is_some_and(|s| !s.is_empty()), "round {round}: {text:?} {found:?}");
        }
        if let Some((span, rule)) = every::find(&text, reference) {
            assert!(text.get(span).is_some(), "round {round}: {text:?}");
            assert!(rule.times.is_sorted(), "round {round}: {text:?}");
            every::next(&rule, reference.now, reference.calendar);
        }
    }
}

#[test]
fn extreme_moments_and_huge_lines_are_survived() {
    let far = Reference::usual(Timestamp(i64::MAX), Asia::Shanghai);
    let early = Reference::usual(Timestamp(i64::MIN), US::Pacific);
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
                every::next(&rule, reference.now, reference.calendar);
            }
        }
    }
    for piece in ["1", "一", " ", "周", "每", "3点", "1/", "e\u{301}", "每天9:00和", "周一、", "@"]
    {
        let line = piece.repeat(200_000 / piece.len());
        when::find(&line, reference(NOW, Asia::Shanghai));
        every::find(&line, reference(crate::NOW, Asia::Shanghai));
    }
}
