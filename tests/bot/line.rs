//! What a member says on the playground, as the callback that the page would make.

use serde_json::json;
use steward::model::Timestamp;
use steward::platform::Raw;

/// A line somebody says.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Group, or `~` and a person for their direct chat.
    pub place: &'a str,
    /// Who: the id; see [`name`].
    pub speaker: &'a str,
    /// What.
    pub text: &'a str,
    /// Its identity on the platform.
    pub id: &'a str,
    /// The line it replies to.
    pub quoted: Option<Quote<'a>>,
    /// When.
    pub at: Timestamp,
}

/// What somebody does besides writing a line.
#[derive(Debug, Clone, Copy)]
pub enum Act<'a> {
    /// An earlier line says this now.
    Edits(&'a str),
    /// An earlier line is taken back.
    Recalls(&'a str),
    /// A file of this name is sent.
    Sends(&'a str),
    /// The line is spoken.
    Speaks,
}

/// The name of a speaker: the id, without the `/2` of a second person of that name.
pub fn name(speaker: &str) -> &str {
    speaker.split_once('/').map_or(speaker, |(name, _)| name)
}

/// A line that is replied to.
#[derive(Debug, Clone, Copy)]
pub struct Quote<'a> {
    /// Its identity.
    pub id: &'a str,
    /// Who said it.
    pub speaker: &'a str,
    /// What.
    pub text: &'a str,
}

impl Line<'_> {
    /// The callback; people of `cast` are @-ed by their names.
    pub fn raw<'c>(&self, cast: impl IntoIterator<Item = &'c str>) -> Raw {
        self.raw_of(cast, None)
    }

    /// The same for what is done otherwise.
    pub fn raw_of<'c>(&self, cast: impl IntoIterator<Item = &'c str>, act: Option<Act>) -> Raw {
        let in_text = |name: &&str| self.text.contains(&format!("@{name}"));
        let mut mentions: Vec<&str> = cast.into_iter().filter(in_text).collect();
        mentions.sort_unstable();
        mentions.dedup();
        let mentions: Vec<_> = mentions.iter().map(|n| json!({"id": n, "name": n})).collect();
        let quoted = self.quoted.map(|quoted| {
            json!({
                "id": quoted.id, "sender_id": quoted.speaker, "sender_name": name(quoted.speaker),
                "text": quoted.text,
            })
        });
        let (mut edits, mut recalls, mut file) = (None, None, None);
        match act {
            Some(Act::Edits(id)) => edits = Some(id),
            Some(Act::Recalls(id)) => recalls = Some(id),
            Some(Act::Sends(name)) => file = Some(name),
            Some(Act::Speaks) | None => {}
        }
        let spoken = matches!(act, Some(Act::Speaks));
        let body = json!({
            "edits": edits, "recalls": recalls, "file": file, "spoken": spoken,
            "conversation": self.place, "direct": self.place.starts_with('~'), "title": self.place,
            "sender": {"id": self.speaker, "name": name(self.speaker)},
            "text": self.text, "id": self.id,
            "mentions": mentions, "quoted": quoted, "at_ms": self.at.0,
        });
        Raw { body: body.to_string().into_bytes(), ..Raw::default() }
    }
}
