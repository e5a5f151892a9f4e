//! What every route of the page holds.

use std::sync::Arc;

use chrono_tz::Tz;

use super::cast::Cast;
use super::door::Door;
use super::hub::Hub;
use crate::command::Word;
use crate::model::Lang;

/// Handed to `routes`; cheap to clone.
#[derive(Clone)]
pub struct PlayState {
    /// The way into the bot.
    pub door: Arc<dyn Door>,
    /// Where lines pass. The bot's own are published by whoever delivers `Call::Page`.
    pub hub: Arc<Hub>,
    /// Who and where.
    pub cast: Arc<Cast>,
    /// The catalogue's words, for completion.
    pub words: Arc<[Word]>,
    /// Display name of the bot.
    pub bot_name: Arc<str>,
    /// Zone of the virtual clock's face.
    pub zone: Tz,
    /// The bot's language, for a browser that asks for neither of ours.
    pub lang: Lang,
}
