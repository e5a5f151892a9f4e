//! What a platform can do, as a value: consulted by help, rules and outbox instead of its name.

/// What a platform can do in a conversation: consulted by help, rules and outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// Hears every message of a group, not only those that @ the bot.
    pub hears_all: bool,
    /// Tells which message was replied to, with its text where it may.
    pub can_quote: bool,
    /// Draws buttons that type when pressed.
    pub buttons_type: bool,
    /// Can write to a person directly.
    pub private_send: bool,
    /// Longest message, in the platform's own unit.
    pub text_max: usize,
    /// That unit.
    pub text_unit: Unit,
}

/// What a platform counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Unicode code points.
    Chars,
}
