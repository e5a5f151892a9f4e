//! `脱敏`: shows how a text looks masked, and switches masking as `设置 脱敏` does.

use super::settings;
use crate::command::{Invocation, Role};
use crate::core::refusal::Refusal;
use crate::core::rights;
use crate::core::say;
use crate::core::turn::Turn;
use crate::text::fold::fold;
use crate::text::mask;

/// Words behind it after which a text follows; longer ones first. Folded.
const TRY: [&str; 8] = ["试一下", "试试", "测试", "预览", "试", "preview", "test", "try"];

/// Shows how it stands, a text masked, or switches it.
pub fn run(turn: &mut Turn, invocation: &Invocation) -> Result<(), Refusal> {
    let content = invocation.args.content.trim();
    if settings::is_switch(content) {
        // As `设置` has it in its file.
        if !rights::has(turn, Role::Lead, None) {
            return Err(Refusal::NotAllowed { needs: Role::Lead });
        }
        return settings::change(turn, &format!("脱敏 {content}"));
    }
    let text = tried(content);
    let card = if text.is_empty() {
        say::mask::standing(&turn.voice(), !turn.preferences.unmasked)
    } else {
        // The line holds what nobody is to keep: the journal keeps only that somebody tried.
        turn.draft.confidential = true;
        say::mask::preview(&turn.voice(), &mask::read(text))
    };
    turn.say(card);
    Ok(())
}

/// What is to be masked: the text behind the word that asks for it, or all of it.
fn tried(content: &str) -> &str {
    let folded = fold(content);
    let end = TRY.iter().find_map(|word| {
        let rest = folded.text.strip_prefix(word)?;
        let goes_on = word.is_ascii() && rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        (!goes_on).then(|| folded.original(0..word.len()).end)
    });
    let separator = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | ',' | '，');
    content.get(end.unwrap_or(0)..).unwrap_or_default().trim_start_matches(separator)
}
