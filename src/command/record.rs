//! Lines about records: handles, and the verb before or behind them.

use super::catalogue::Catalogue;
use super::glyphs::{Glyphs, is_cjk, is_separator};
use super::handles::handles_at;
use super::invocation::ParseError;
use super::names::{Entry, Found};
use super::opening::Opening;
use super::repair::{self, Repair, TYPO_CHARS_MAX};
use super::undated::is_undated;
use super::word::{Kind, Word};
use crate::model::{Handle, Lang};
use crate::text::cut;

/// What may stand between a handle and its verb and adds nothing: `T12 已经做完了`, `T12 is done`.
const FILLERS: [&str; 44] = [
    "里面",
    "里",
    "的提醒对象",
    "的提醒人",
    "的接收人",
    "的执行人",
    "的对象",
    "的人",
    "标记为",
    "标记成",
    "标记",
    "标为",
    "标成",
    "标",
    "设为",
    "设成",
    "做了",
    "做到",
    "算",
    "已经",
    "刚刚",
    "刚",
    "我",
    "都",
    "也",
    "全部",
    "全",
    "可以",
    "is",
    "are",
    "was",
    "has",
    "been",
    "as",
    "i",
    "i've",
    "all",
    "now",
    "already",
    "actually",
    "still",
    "just",
    "其实",
    "还",
];

/// What begins an edit without its verb: `T12 截止 周五`, `T12 title: review`.
const FIELDS: [&str; 18] = [
    "截止时间",
    "截止日期",
    "截止",
    "到期时间",
    "期限",
    "标题",
    "题目",
    "名称",
    "名字",
    "负责人",
    "执行人",
    "title",
    "name",
    "due date",
    "due",
    "deadline",
    "assignee",
    "owner",
];

/// The same where a sign or `改` follows; anything else that follows is said of them: `T12 内容有误`.
const WEAK_FIELDS: [&str; 5] = ["内容", "文字", "时间", "text", "subject"];

/// What may stand before a field and adds nothing.
const BEFORE_FIELD: [&str; 8] = ["把", "将", "它", "的", "the", "its", "'s", "is"];

/// A share in words.
const HALF: &str = "一半";

/// The verb that a bare share belongs to: `T12 80%`; and the one that means the same with `100%`.
const PROGRESS: &str = "progress";

const DONE: &str = "done";

/// The verb that a field belongs to; `T12 改成已完成` means the verb behind it.
const EDIT: &str = "edit";

/// What may follow a Chinese verb and adds nothing: `T12 完成了`.
const PARTICLES: [char; 4] = ['了', '啦', '吧', '掉'];

/// What a verb before it acts on: `完成 T4、T7`, `删掉任务T4`, `完成任务4`.
pub fn object(catalogue: &Catalogue, line: &Glyphs, end: usize) -> Option<(Vec<Handle>, usize)> {
    let loose = |c: char| is_separator(c) || PARTICLES.contains(&c);
    let next = line.skip(end, loose);
    let noun = catalogue.index().at(Kind::Noun, line, next);
    handles_at(line, next).or_else(|| {
        let (noun, word) = noun.and_then(|noun| Some((catalogue.word(noun.key)?, noun)))?;
        let next = line.skip(word.end, is_separator);
        let own = handles_at(line, next).filter(|(h, _)| noun.letter == Some(h[0].letter));
        own.or_else(|| numbered(catalogue, line, noun, next))
    })
}

/// `任务4` and `任务 4 完成` mean T4; `任务 4月报表` and `任务 2 个报价` don't.
pub fn numbered(
    catalogue: &Catalogue,
    line: &Glyphs,
    word: &Word,
    at: usize,
) -> Option<(Vec<Handle>, usize)> {
    let end = line.skip(at, |c| c.is_ascii_digit());
    let number = line.folded(at..end).parse().ok().filter(|number| *number > 0)?;
    let next = line.skip(end, is_separator);
    let verb = catalogue.index().at(Kind::Verb, line, next);
    let fits = verb.is_some_and(|verb| {
        word.verbs.iter().any(|key| key == verb.key) && over(line, verb.end) == line.len()
    });
    let handle = Handle { letter: word.letter?, number };
    (next == line.len() || fits).then_some((vec![handle], end))
}

/// Where a line goes on behind a verb, particles and full stops left out.
pub fn over(line: &Glyphs, end: usize) -> usize {
    let particles = line.skip(end, |c| PARTICLES.contains(&c));
    line.skip(particles, |c| is_separator(c) || matches!(c, '。' | '.' | '!' | '~'))
}

/// Handles were read: alone they show, with a verb they act. `handles` is never empty.
pub fn records(
    catalogue: &Catalogue,
    line: &Glyphs,
    handles: &[Handle],
    end: usize,
    lang: Lang,
) -> Result<Opening, ParseError> {
    let handle = handles[0];
    let next = line.skip(end, |c| is_separator(c) || matches!(c, '。' | '.' | '?' | '!'));
    let (verb, lang) = verb_at(catalogue, line, next, lang);
    let noun = match noun_of(catalogue, handle, lang) {
        // `V4 怎么样` is talk: nothing but the handle or a verb says that a command was meant.
        Err(_) if next < line.len() && verb.is_none() => return Err(ParseError::Talk),
        // So is `Q4 怎么样`, for quarters are counted likewise.
        Ok(noun) if is_quarter(handle) && next < line.len() && verb.is_none() => {
            return Err(mistyped_verb(catalogue, noun, line, next).unwrap_or(ParseError::Talk));
        }
        noun => noun?,
    };
    if next == line.len() {
        return Ok(opening_of(noun, handles, None, lang, end));
    }
    if let Some(from) = field(line, next).filter(|_| has(noun, EDIT)) {
        return Ok(opening_of(noun, handles, Some(EDIT.to_owned()), lang, from));
    }
    if let Some(from) = share(line, next, verb.as_ref()).filter(|_| has(noun, PROGRESS)) {
        let key = Some(PROGRESS.to_owned());
        return Ok(opening_of(noun, handles, key, lang, from));
    }
    match verb {
        Some(verb) => {
            fit_all(catalogue, handles, &verb)?;
            Ok(act(line, noun, handles, &verb, verb.end))
        }
        None => {
            if let Some(mistyped) = mistyped_verb(catalogue, noun, line, next) {
                return Err(mistyped);
            }
            let word = line.original(next..line.skip(next, |c| !is_separator(c)));
            let word = cut::chars(word, TYPO_CHARS_MAX);
            Err(unknown_verb(catalogue, noun, handle, word, lang))
        }
    }
}

/// The verb behind a handle, what adds nothing passed over, and the language of the line: its words
/// decide; where there are none, the fallback does.
fn verb_at<'c>(
    catalogue: &'c Catalogue,
    line: &Glyphs,
    next: usize,
    lang: Lang,
) -> (Option<Found<'c>>, Lang) {
    let behind = || catalogue.index().at(Kind::Verb, line, line.polite_end(next, &FILLERS));
    let verb = catalogue.index().at(Kind::Verb, line, next).or_else(behind);
    let verb = verb.map(|verb| match inner(catalogue, line, &verb) {
        Some(inner) => inner,
        None => verb,
    });
    let letters = |at: usize| line.get(at).is_some_and(|c| c.is_alphabetic() && !is_cjk(c));
    let latin = (next..line.len()).any(letters)
        && !(0..line.len()).any(|at| line.get(at).is_some_and(is_cjk));
    let lang = match &verb {
        Some(verb) => verb.lang,
        None if latin => Lang::En,
        None => lang,
    };
    (verb, lang)
}

/// Where a field stands, with its value apart, or nothing but that there is no deadline.
fn field(line: &Glyphs, at: usize) -> Option<usize> {
    if is_undated(line.original(at..line.len())) {
        return Some(at);
    }
    let at = line.polite_end(at, &BEFORE_FIELD);
    let joint = |c: char| is_separator(c) || c == '=' || "改为换提延推挪调定设到".contains(c);
    let ends = |field: &&str| {
        let end = at + field.chars().count();
        line.word_at(at, field) && line.get(end).is_none_or(joint)
    };
    let weak = |field: &&str| {
        let sign = line.get(line.skip_blanks(at + field.chars().count()));
        ends(field) && matches!(sign, Some('=' | ':' | '改' | '换'))
    };
    (FIELDS.iter().any(ends) || WEAK_FIELDS.iter().any(weak)).then_some(at)
}

/// The verb that is all that follows `改成`, `change to`: where a task is to stand, no title.
fn inner<'c>(catalogue: &'c Catalogue, line: &Glyphs, verb: &Found) -> Option<Found<'c>> {
    let from = line.polite_end(line.skip(verb.end, is_separator), &["to"]);
    let inner = catalogue.index().at(Kind::Verb, line, from).filter(|_| verb.key == EDIT)?;
    (over(line, inner.end) == line.len()).then_some(inner)
}

/// Where a share of the work begins that is all a line says: `T12 80%`, `T12 完成80%`. With `完成`,
/// all of it is done.
fn share(line: &Glyphs, next: usize, verb: Option<&Found>) -> Option<usize> {
    let from = match verb {
        None => line.polite_end(next, &FILLERS),
        Some(verb) if verb.key == DONE => {
            line.skip(verb.end, |c| is_separator(c) || PARTICLES.contains(&c) || c == '到')
        }
        Some(_) => return None,
    };
    let digits = line.skip(from, |c| c.is_ascii_digit());
    let all = verb.is_some() && line.folded(from..digits) == "100";
    if verb.is_some() && line.starts_with(from, HALF) {
        return Some(from);
    }
    (digits > from && line.get(line.skip_blanks(digits)) == Some('%') && !all).then_some(from)
}

fn has(noun: &Word, verb: &str) -> bool {
    noun.verbs.iter().any(|key| key == verb)
}

/// Whether a verb goes with every one of these.
pub fn fit_all(catalogue: &Catalogue, handles: &[Handle], verb: &Found) -> Result<(), ParseError> {
    for handle in handles {
        let noun = noun_of(catalogue, *handle, verb.lang)?;
        if !has(noun, verb.key) {
            return Err(unknown_verb(catalogue, noun, *handle, verb.name.into(), verb.lang));
        }
    }
    Ok(())
}

/// A verb of this noun that the word at a place may have meant.
fn mistyped_verb(
    catalogue: &Catalogue,
    noun: &Word,
    line: &Glyphs,
    at: usize,
) -> Option<ParseError> {
    let of_noun = |entry: &Entry| noun.verbs.contains(&entry.key);
    let Repair { end, near, lang } = repair::repair(catalogue.index(), line, at, of_noun)?;
    let word = line.original(at..end).to_owned();
    Some(ParseError::Unknown { word, near, lang })
}

/// `Q1` to `Q4` are quarters of a year as well as requests.
fn is_quarter(handle: Handle) -> bool {
    handle.letter == 'Q' && handle.number <= 4
}

/// `handles` is never empty.
fn opening_of(
    noun: &Word,
    handles: &[Handle],
    verb: Option<String>,
    lang: Lang,
    from: usize,
) -> Opening {
    Opening {
        noun: noun.key.clone(),
        record: Some((handles[0], verb)),
        also: handles[1..].to_vec(),
        creates: false,
        list_end: None,
        lang,
        typed: noun.names(lang).name.clone(),
        from,
    }
}

/// Handles and the verb that acts on them; the arguments begin behind `end`.
pub fn act(line: &Glyphs, noun: &Word, handles: &[Handle], verb: &Found, end: usize) -> Opening {
    let over = over(line, end);
    // `T12 完成 100%` is done.
    let all = (verb.key == DONE).then(|| line.skip(over, |c| c.is_ascii_digit() || c == '%'));
    let from = match all {
        Some(end) if end == line.len() && line.get(end - 1) == Some('%') => end,
        Some(_) | None if over == line.len() => over,
        Some(_) | None => end,
    };
    let key = Some(verb.key.to_owned());
    let opening = opening_of(noun, handles, key, verb.lang, from);
    Opening { typed: verb.name.into(), ..opening }
}

/// The noun whose records have this letter.
pub fn noun_of(catalogue: &Catalogue, handle: Handle, lang: Lang) -> Result<&Word, ParseError> {
    catalogue.noun_of(handle.letter).ok_or(ParseError::UnknownLetter { handle, lang })
}

fn unknown_verb(
    catalogue: &Catalogue,
    noun: &Word,
    handle: Handle,
    word: String,
    lang: Lang,
) -> ParseError {
    let name = |key: &String| catalogue.word(key).map(|verb| verb.names(lang).name.clone());
    let verbs = noun.verbs.iter().filter_map(name).collect();
    ParseError::UnknownVerb { handle, word, verbs, lang }
}
