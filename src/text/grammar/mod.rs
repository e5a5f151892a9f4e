//! The grammar of dates over tokens: what begins at a token and where it ends. Chinese and English
//! in files of their own; what both share (clock times, distances, stretches) in one.

mod amount;
mod bounds;
mod calendar;
mod clock;
mod clock_digits;
mod clock_shift;
mod cron;
mod cursor;
mod distance;
mod draft;
mod en_date;
mod en_day;
mod en_every;
mod en_month;
mod en_within;
mod en_words;
mod except;
mod feast;
mod lead;
mod limits;
mod moment;
mod numeric;
mod phrase;
mod range;
mod read;
mod repeat;
mod resolve;
mod stretch;
mod zh_date;
mod zh_day;
mod zh_every;
mod zh_feast;
mod zh_list;
mod zh_month;
mod zh_within;

pub use bounds::{bound, put};
pub use calendar::weekday;
pub use cursor::Cursor;
pub use draft::{Amount, Context, Day, Draft, Flex, Moment};
pub use en_month::weekdays_of_the_month;
pub use except::leads;
pub use limits::{days, limit};
pub use read::{Read, all, begins_at, read_at};
pub use repeat::said_at;
pub use resolve::{Meaning, Range, meaning};
