//! Talks: conversations as plain text, run and written back with what the bot really said.
//!
//! Besides what is plain to read: `张伟/2` is a second person called 张伟, `\n` and `\u{200b}` stand
//! for characters that a file shows badly, and `{字×300}` for a word said 300 times. In `off until
//! 12:00` the bot is not running until then; `restart` ends it and starts another on the same data;
//! `open http://…` opens the address of an export, and below it `# a file` or `# gone` says what
//! came. `bring a,b\nc,d` brings a record to the address of an import that was said last, `bring
//! again …` to the one before. `[群] 甲 edits 退费> …` and `[群] 甲 recalls 退费>` change and take
//! back what was said as 退费 first; `甲 sends 报价.xlsx>` sends a file, `甲 speaks> …` is speech.

use steward::model::{Scope, Timestamp};
use steward::platform::Raw;

use super::line::{Act, Line, Quote};
use super::{ACCOUNT, Bot, instant};

/// People who may be @-ed without having spoken.
const CAST: [&str; 5] = ["甲", "乙", "丙", "经理", "manager"];

/// A hash is never shown with fewer digits.
const HASH_DIGITS_MIN: usize = 32;

/// One message of a talk, by anybody.
struct Message {
    id: String,
    place: String,
    speaker: String,
    text: String,
    buttons: Vec<(String, String)>,
    raw: Option<Raw>,
}

/// A talk in progress.
struct Talk {
    bot: Bot,
    messages: Vec<Message>,
    offset: String,
    day: String,
}

/// Runs a talk and gives it back with the bot's own lines in the places where they were said.
pub fn run(text: &str) -> String {
    let mut talk = Talk {
        bot: Bot::new(),
        messages: vec![],
        offset: "+08:00".into(),
        day: "2026-03-02".into(),
    };
    let mut out = String::new();
    for line in text.lines().filter(|line| !is_bots(line)) {
        out.push_str(line);
        out.push('\n');
        let said = talk.step(line.trim()).unwrap_or_else(|why| panic!("{line}: {why}"));
        out.push_str(&said);
    }
    out
}

/// A line the bot says, or one that goes on with it.
fn is_bots(line: &str) -> bool {
    line.starts_with("    ")
        || ["# a file", "# gone"].contains(&line)
        || line
            .split_once("] ")
            .is_some_and(|(place, rest)| place.starts_with('[') && rest.starts_with("管家>"))
}

/// A text without its hashes: they change with every word that was said before.
fn unhashed(text: &str) -> String {
    let (mut out, mut run) = (String::new(), String::new());
    for c in text.chars().map(Some).chain([None]) {
        if let Some(digit @ ('0'..='9' | 'a'..='f')) = c {
            run.push(digit);
            continue;
        }
        out.push_str(if run.len() < HASH_DIGITS_MIN { &run } else { "‹hash›" });
        run.clear();
        out.extend(c);
    }
    out
}

/// A text with its escapes and repetitions written out.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c == '\\'
            && let Some(line) = rest.strip_prefix('n')
        {
            out.push('\n');
            rest = line;
        } else if c == '\\'
            && let Some((code, behind)) = rest.strip_prefix("u{").and_then(|r| r.split_once('}'))
        {
            let code = u32::from_str_radix(code, 16).expect("a code point");
            out.push(char::from_u32(code).expect("a character"));
            rest = behind;
        } else if c == '{'
            && let Some((again, behind)) = rest.split_once('}')
            && let Some((word, times)) = again.split_once('×')
        {
            out.push_str(&word.repeat(times.parse().expect("{word×times}")));
            rest = behind;
        } else {
            out.push(c);
        }
    }
    out
}

impl Talk {
    /// Carries out one line; gives what the bot said to it.
    fn step(&mut self, line: &str) -> Result<String, String> {
        let before = self.bot.said.len();
        if line.is_empty() || line.starts_with('#') {
            return Ok(String::new());
        } else if let Some(at) = line.strip_prefix("at ") {
            let to = self.time(at)?;
            self.bot.jump(to).map_err(|fault| fault.to_string())?;
        } else if let Some(back) = line.strip_prefix("off until ") {
            let back = self.time(back)?;
            self.bot.off_until(back).map_err(|fault| fault.to_string())?;
            self.bot.run_due().map_err(|fault| fault.to_string())?;
        } else if line == "restart" {
            self.bot.restart();
        } else if let Some(rest) = line.strip_prefix("event ") {
            let (source, body) = rest.split_once(' ').ok_or("event SOURCE {…}")?;
            self.bot.report(source, body).map_err(|fault| fault.to_string())?;
        } else if let Some(url) = line.strip_prefix("open ") {
            let file = self.bot.open(url).map_err(|fault| fault.to_string())?;
            let said = self.said_since(before);
            return Ok(said + if file.is_some() { "# a file\n" } else { "# gone\n" });
        } else if let Some(rest) = line.strip_prefix("bring ") {
            let (url, record) = match rest.strip_prefix("again ") {
                Some(record) => (self.address(2)?, record),
                None => (self.address(1)?, rest),
            };
            let record = unescaped(record);
            let taken = self.bot.bring(&url, record.as_bytes());
            let taken = taken.map_err(|fault| fault.to_string())?;
            let said = self.said_since(before);
            return Ok(if taken { said } else { said + "# gone\n" });
        } else if let Some(number) = line.strip_prefix("again ") {
            let raw =
                self.message(number)?.raw.clone().ok_or("only a member's message comes again")?;
            self.bot.callback(&raw).map_err(|fault| fault.to_string())?;
        } else {
            self.speak(line)?;
        }
        self.bot.write_exports().map_err(|fault| fault.to_string())?;
        Ok(self.said_since(before))
    }

    /// The address of an import, the last one or an earlier one.
    fn address(&self, back: usize) -> Result<String, String> {
        let said = self.messages.iter().rev().flat_map(|message| message.text.lines());
        let mut addresses = said.filter(|line| line.contains("/import/"));
        let found = addresses.nth(back - 1).ok_or("no address was said")?;
        Ok(found.trim().to_owned())
    }

    /// `2026-03-02 09:00 +08:00`, `03-03 09:00` or `18:00`.
    fn time(&mut self, at: &str) -> Result<Timestamp, String> {
        let parts: Vec<&str> = at.split(' ').collect();
        let (day, time) = match parts.as_slice() {
            [day, time, offset] => {
                self.offset = (*offset).to_owned();
                ((*day).to_owned(), *time)
            }
            [day, time] if day.len() == 10 => ((*day).to_owned(), *time),
            [day, time] => (format!("{}-{day}", &self.day[..4]), *time),
            [time] => (self.day.clone(), *time),
            _ => return Err("at [YYYY-MM-DD] HH:MM [±HH:MM]".into()),
        };
        self.day = day;
        Ok(instant(&format!("{} {time}", self.day), &self.offset))
    }

    /// `[群] 甲> …`, `[群] 乙 quotes 1> …` or `[群] 甲 presses 完成 on 2`; the group may be left out where
    /// a message is named.
    fn speak(&mut self, line: &str) -> Result<(), String> {
        let (place, rest) = match line.strip_prefix('[').and_then(|l| l.split_once("] ")) {
            Some((place, rest)) => (Some(place.to_owned()), rest),
            None => (None, line),
        };
        if let Some((speaker, pressed)) = rest.split_once(" presses ") {
            let (label, number) = pressed.split_once(" on ").ok_or("… presses LABEL on N")?;
            let card = self.message(number)?;
            let buttons = &card.buttons;
            let types = buttons.iter().find(|(l, _)| l == label).map(|(_, types)| types.clone());
            let types = types.ok_or_else(|| format!("no button {label}, but {buttons:?}"))?;
            let place = place.unwrap_or_else(|| card.place.clone());
            return self.say(&place, speaker, &format!("@管家 {types}"), Some(number.to_owned()));
        }
        let (head, text) = rest.split_once('>').ok_or("[PLACE] WHO> TEXT")?;
        let (speaker, quoted) = match head.split_once(" quotes ") {
            Some((speaker, number)) => (speaker, Some(number.trim().to_owned())),
            None => (head, None),
        };
        let place = place.ok_or("which conversation?")?;
        for (how, edits) in [(" edits ", true), (" recalls ", false)] {
            if let Some((speaker, number)) = head.split_once(how) {
                return self.change(&place, speaker.trim(), number, edits, &unescaped(text.trim()));
            }
        }
        if let Some((speaker, name)) = head.split_once(" sends ") {
            return self.say_so(&place, speaker, name.trim(), None, Some(Act::Sends(name.trim())));
        }
        if let Some(speaker) = head.strip_suffix(" speaks") {
            return self.say_so(&place, speaker, text.trim(), None, Some(Act::Speaks));
        }
        self.say(&place, speaker.trim(), &unescaped(text.trim()), quoted)
    }

    fn say(
        &mut self,
        place: &str,
        speaker: &str,
        text: &str,
        quoted: Option<String>,
    ) -> Result<(), String> {
        self.say_so(place, speaker, text, quoted, None)
    }

    fn say_so(
        &mut self,
        place: &str,
        speaker: &str,
        text: &str,
        quoted: Option<String>,
        act: Option<Act>,
    ) -> Result<(), String> {
        let quoted = quoted.map(|number| self.message(&number)).transpose()?;
        let quoted = quoted.map(|m| Quote { id: &m.id, speaker: &m.speaker, text: &m.text });
        let known = self.messages.iter().map(|m| m.speaker.as_str()).chain(CAST);
        let id = format!("m{}", self.messages.len() + 1);
        let line = Line { place, speaker, text, id: &id, quoted, at: self.bot.now };
        let raw = line.raw_of(known, act);
        self.messages.push(Message {
            id,
            place: place.to_owned(),
            speaker: speaker.to_owned(),
            text: text.to_owned(),
            buttons: vec![],
            raw: Some(raw.clone()),
        });
        self.bot.callback(&raw).map_err(|fault| fault.to_string())
    }

    /// Somebody changes or takes back an earlier line; that is no line of its own.
    fn change(
        &mut self,
        place: &str,
        speaker: &str,
        number: &str,
        edits: bool,
        text: &str,
    ) -> Result<(), String> {
        let said = |message: &&Message| message.text == number.trim();
        let found = self.messages.iter().rev().find(said);
        let of = found.ok_or_else(|| format!("nobody said {number}"))?.id.clone();
        let id = format!("c{}", self.bot.turns);
        let line = Line { place, speaker, text, id: &id, quoted: None, at: self.bot.now };
        let act = if edits { Act::Edits(&of) } else { Act::Recalls(&of) };
        let raw = line.raw_of([], Some(act));
        self.bot.callback(&raw).map_err(|fault| fault.to_string())
    }

    fn message(&self, number: &str) -> Result<&Message, String> {
        let number: usize = number.trim().parse().map_err(|_| "a message's number")?;
        let found = number.checked_sub(1).and_then(|at| self.messages.get(at));
        found.ok_or_else(|| format!("there is no message {number} yet"))
    }

    /// The bot's lines since then, numbered on with the others.
    fn said_since(&mut self, before: usize) -> String {
        let mut out = String::new();
        for said in self.bot.said[before..].iter().cloned() {
            let place = match &said.target {
                Scope::Conversation(c) => c.id.clone(),
                Scope::Person(p) => format!("~{}", p.id),
                Scope::Source(_) | Scope::Organisation => unreachable!("nobody listens there"),
            };
            let text = said.card.plain();
            let lines = unhashed(&text).replace('\n', "\n    ");
            out.push_str(&format!("[{place}] 管家> {lines}\n"));
            let buttons = said.card.buttons.iter();
            self.messages.push(Message {
                id: format!("b{}", self.messages.len() + 1),
                place,
                speaker: ACCOUNT.to_owned() + "-bot",
                text,
                buttons: buttons.map(|b| (b.label.clone(), b.types.clone())).collect(),
                raw: None,
            });
        }
        out
    }
}
