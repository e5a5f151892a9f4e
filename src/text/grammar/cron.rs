//! Cron expressions of five fields behind the word `cron`.

use chrono::DateTime;

use super::cursor::Cursor;
use super::draft::{Context, Draft};
use crate::model::Recurrence;
use crate::model::recurrence::Rule;
use crate::text::cron::Cron;
use crate::text::lex::Tok;

/// Tokens of an expression that are looked at.
const TOKENS_MAX: usize = 80;

/// Eats `cron 0 18 * * 1-5`.
pub fn read(c: &mut Cursor, ctx: &Context) -> Option<Draft> {
    let word = c.tok() == Tok::Latin && "cron".chars().eq(c.chars());
    word.then(|| c.bump())?;
    c.eat(Tok::Colon);
    let mut expression = String::new();
    let mut fields = 0;
    let mut end = *c;
    for _ in 0..TOKENS_MAX {
        let next = c.chars().all(|c| c.is_ascii_alphanumeric() || "*,/-".contains(c));
        if c.tok() == Tok::End || !next {
            break;
        }
        if c.gap() || fields == 0 {
            let numeric = c.chars().all(|c| c.is_ascii_digit() || "*,/-".contains(c));
            if fields == 5 {
                // A sixth field would be read as something else: seconds first.
                let field = numeric && field_ends(*c);
                if field {
                    return None;
                }
                break;
            }
            fields += 1;
            if fields > 1 {
                expression.push(' ');
            }
        }
        expression.extend(c.chars());
        c.bump();
        end = *c;
    }
    let cron = Cron::read(&expression)?;
    // 30 February never comes, from whenever it is reckoned.
    cron.next(DateTime::UNIX_EPOCH.naive_utc())?;
    *c = end;
    Some(Draft::Every(Recurrence::new(Rule::Cron(expression), Vec::new(), ctx.zone)))
}

/// Whether the field that begins here is made of digits and signs up to a gap.
fn field_ends(mut c: Cursor) -> bool {
    for _ in 0..TOKENS_MAX {
        if !c.chars().all(|c| c.is_ascii_digit() || "*,/-".contains(c)) {
            return false;
        }
        c.bump();
        if c.gap() || c.tok() == Tok::End {
            return true;
        }
    }
    false
}
