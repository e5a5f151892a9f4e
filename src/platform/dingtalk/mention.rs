//! Who is @-ed in a message: ids from the list, names from the text, paired only where that is
//! safe.

use super::account::Account;
use super::body::{AtUser, Callback};
use crate::model::PersonId;
use crate::model::event::{Body, Mentioned};
use crate::platform::{called, inbound};

/// The people @-ed, the robot left out. The platform lists ids and leaves `@name` in the text; they
/// are paired in order if there are as many of one as of the other, else names stay open
/// (docs/platforms/dingtalk.md#mentions).
pub fn mentions(account: &Account, callback: &Callback, body: &Body) -> Vec<Mentioned> {
    let people: Vec<PersonId> = callback
        .at_users
        .iter()
        .flatten()
        .filter(|user| !is_robot(callback, user))
        .filter_map(|user| person(account, user))
        .take(inbound::MENTIONS_MAX)
        .collect();
    let text = if let Body::Text(text) = body { text } else { "" };
    let names = paired_names(text, people.len(), &account.bot_names);
    let named = |(i, person)| Mentioned {
        person: Some(person),
        name: names.as_ref().and_then(|names| names.get(i).copied().map(inbound::name)),
    };
    people.into_iter().enumerate().map(named).collect()
}

/// Whether an entry of the list is the robot itself.
pub fn is_robot(callback: &Callback, user: &AtUser) -> bool {
    user.dingtalk_id.is_some() && user.dingtalk_id == callback.chatbot_user_id
}

/// The person behind a `dingtalkId`, if this callback says who that is: its sender, or somebody
/// @-ed.
pub fn known(
    account: &Account,
    callback: &Callback,
    sender: &PersonId,
    dingtalk_id: &str,
) -> Option<PersonId> {
    if callback.sender_id.as_deref() == Some(dingtalk_id) {
        return Some(sender.clone());
    }
    let mut users = callback.at_users.iter().flatten();
    let user = users.find(|user| user.dingtalk_id.as_deref() == Some(dingtalk_id))?;
    if is_robot(callback, user) { None } else { person(account, user) }
}

fn person(account: &Account, user: &AtUser) -> Option<PersonId> {
    match (&user.staff_id, &user.dingtalk_id) {
        (Some(staff), _) => inbound::id(staff).map(|staff| account.member(staff)),
        (None, Some(id)) => inbound::id(id).map(|id| account.outsider(&id)),
        (None, None) => None,
    }
}

/// As many names as people, in the order of the text: every `@name`, or, where somebody is @-ed
/// twice, every different one. The bot's own names do not count. `None` if neither number agrees.
fn paired_names<'a>(text: &'a str, people: usize, bot: &[String]) -> Option<Vec<&'a str>> {
    let mut every = names(text);
    every.retain(|name| !bot.iter().any(|own| own == name));
    if every.len() == people {
        return Some(every);
    }
    let mut different: Vec<&str> = Vec::new();
    for name in every {
        if !different.contains(&name) {
            different.push(name);
        }
    }
    (different.len() == people).then_some(different)
}

/// What stands behind each `@`, to the next blank, comma, stop or `@`. An `@` right behind a Latin
/// letter or digit is of an e-mail address. More than `MENTIONS_MAX` are not looked at.
fn names(text: &str) -> Vec<&str> {
    let ends = |c: char| c.is_whitespace() || called::is_at(c) || "，。：；！？、,;:!?".contains(c);
    let mut before = ' ';
    let mut found = Vec::new();
    for (i, c) in text.char_indices() {
        if called::is_at(c) && !before.is_ascii_alphanumeric() {
            let behind = &text[i + c.len_utf8()..];
            let name = behind.split(ends).next().unwrap_or_default();
            if !name.is_empty() && found.len() <= inbound::MENTIONS_MAX {
                found.push(name);
            }
        }
        before = c;
    }
    found
}
