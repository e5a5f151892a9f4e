//! Plain values that every layer speaks: ids, events, records, cards. Imports nothing of ours, does
//! nothing.

pub mod calendar;
pub mod capabilities;
pub mod condition;
pub mod erasure;
pub mod event;
pub mod field;
pub mod follow;
pub mod gap;
pub mod ids;
pub mod indexed;
pub mod journal;
pub mod keyword;
pub mod lang;
pub mod lead;
pub mod member;
pub mod message;
pub mod notice;
pub mod occurrence;
pub mod outgoing;
pub mod post;
pub mod preferences;
pub mod recurrence;
pub mod reminder;
pub mod renamed;
pub mod report;
pub mod request;
pub mod retention;
pub mod secret;
pub mod settings;
pub mod source;
pub mod task;
pub mod time;
pub mod told;
pub mod tour;

pub use calendar::Calendar;
pub use capabilities::Capabilities;
pub use event::{Cause, Event, Incoming};
pub use ids::{ConversationId, Handle, MessageId, PersonId, Scope};
pub use lang::Lang;
pub use outgoing::{Block, Button, Lane, Outgoing, Span};
pub use post::Post;
pub use recurrence::Recurrence;
pub use secret::Secret;
pub use settings::Settings;
pub use time::Timestamp;
