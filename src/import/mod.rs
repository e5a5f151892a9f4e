//! Reads records of conversations that were exported from here or elsewhere: CSV, or an object of
//! JSON a line. All of a file or nothing of it: whatever cannot be read is named by its row. What
//! becomes of the messages is decided elsewhere.

mod csv;
mod jsonl;
mod row;
mod table;

use chrono_tz::Tz;

use self::row::Clock;
use crate::model::Timestamp;
use crate::model::import::{BYTES_MAX, NAMED_MAX, NotRead, ROWS_MAX, Row, Wrong};

/// The messages of a file, in the order of time; what has the same time stays as it stood.
pub fn read(bytes: &[u8], now: Timestamp, zone: Tz) -> Result<Vec<Row>, NotRead> {
    if bytes.len() > BYTES_MAX {
        return Err(NotRead::TooLong);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| NotRead::NotUtf8)?;
    let text = text.trim_start_matches('\u{feff}');
    let found = match text.trim_start().starts_with('{') {
        true => jsonl::read(text),
        false => table::read(text)?,
    };
    if found.is_empty() {
        return Err(NotRead::Empty);
    }
    if found.len() > ROWS_MAX {
        return Err(NotRead::TooMany);
    }
    let clock = Clock::new(now, zone);
    let (mut rows, mut wrong, mut count) = (Vec::with_capacity(found.len()), Vec::new(), 0);
    for (number, fields) in found {
        match fields.and_then(|fields| row::checked(fields, number, &clock)) {
            Ok(row) => rows.push(row),
            Err(why) => {
                count += 1;
                if wrong.len() < NAMED_MAX {
                    wrong.push(Wrong { row: number, why });
                }
            }
        }
    }
    if count > 0 {
        return Err(NotRead::Rows(wrong, count));
    }
    rows.sort_by_key(|row| row.at);
    Ok(rows)
}
