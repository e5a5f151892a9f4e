//! Where all lines of the playground pass: kept for a while, handed to every open page. Stores
//! nothing on disk.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::broadcast;

use super::line::{Line, Said};
use crate::model::{Scope, Timestamp};
use crate::shell::bell::lock;

/// Lines kept for pages that reload or reconnect; beyond it the oldest goes.
const LINES_MAX: usize = 2_000;

/// Feeds a slow page may be behind before it has to reload.
const BEHIND_MAX: usize = 256;

/// What pages are told.
#[derive(Debug, Clone)]
pub enum Feed {
    /// A new line.
    Line(Arc<Line>),
    /// The virtual clock has jumped and is here now.
    Clock(Timestamp),
}

/// The hub.
pub struct Hub {
    inner: Mutex<Inner>,
}

struct Inner {
    last_id: u64,
    kept: VecDeque<Arc<Line>>,
    held: HashMap<Scope, Held>,
    pages: Option<broadcast::Sender<Feed>>,
}

/// What waits until a member's own line is there.
#[derive(Default)]
struct Held {
    holds: usize,
    waiting: Vec<Said>,
}

/// What a page gets when it begins to follow.
pub(super) struct Follow {
    /// Lines after the one it knows.
    pub(super) missed: Vec<Arc<Line>>,
    /// Some of those are no longer kept, or it knows lines of another run: it must reload.
    pub(super) gap: bool,
    /// What comes from now on.
    pub(super) live: broadcast::Receiver<Feed>,
}

impl Hub {
    /// An empty hub whose ids begin above `floor`: the start's time in ms, so that a page left open
    /// over a restart never takes a new line for one it has.
    pub fn new(floor: u64) -> Self {
        let inner = Inner {
            last_id: floor,
            kept: VecDeque::new(),
            held: HashMap::new(),
            pages: Some(broadcast::Sender::new(BEHIND_MAX)),
        };
        Self { inner: Mutex::new(inner) }
    }

    /// Shows a line, once per `message_id`; behind a member's line of the same target that is on
    /// its way.
    pub fn publish(&self, said: Said) {
        let mut inner = self.lock();
        match inner.held.get_mut(&said.target) {
            Some(held) => held.waiting.push(said),
            None => inner.show(said),
        }
    }

    /// Tells every page where the virtual clock is now.
    pub fn clock(&self, now: Timestamp) {
        if let Some(pages) = &self.lock().pages {
            // No page open is no error.
            let _ = pages.send(Feed::Clock(now));
        }
    }

    /// Ends every page's stream, so that a server that stops needn't wait for them.
    pub fn close(&self) {
        self.lock().pages = None;
    }

    /// Keeps the bot's lines of a target back until the member's line they answer is shown: an
    /// answer is made while the line that asked is still waiting to be durable.
    pub(super) fn hold(self: &Arc<Self>, target: Scope) -> Hold {
        self.lock().held.entry(target.clone()).or_default().holds += 1;
        Hold { hub: Arc::clone(self), target }
    }

    /// The lines kept, oldest first, and the id to follow from.
    pub(super) fn kept(&self) -> (Vec<Arc<Line>>, u64) {
        let inner = self.lock();
        (inner.kept.iter().cloned().collect(), inner.last_id)
    }

    /// The line of this identity, if it is still kept.
    pub(super) fn find(&self, target: &Scope, message_id: &str) -> Option<Arc<Line>> {
        self.lock().find(target, message_id)
    }

    /// Follows from after a line; `None` when closed or when `pages_max` follow already.
    pub(super) fn follow(&self, after: Option<u64>, pages_max: usize) -> Option<Follow> {
        let inner = self.lock();
        let pages = inner.pages.as_ref().filter(|p| p.receiver_count() < pages_max)?;
        let after = after.unwrap_or(inner.last_id);
        let missed: Vec<_> = inner.kept.iter().filter(|l| l.id > after).cloned().collect();
        let complete = after.checked_add(missed.len() as u64) == Some(inner.last_id);
        Some(Follow { missed, gap: !complete, live: pages.subscribe() })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        lock(&self.inner)
    }
}

impl Inner {
    fn find(&self, target: &Scope, message_id: &str) -> Option<Arc<Line>> {
        let is_it = |l: &&Arc<Line>| l.said.message_id == message_id && l.said.target == *target;
        self.kept.iter().rev().find(is_it).cloned()
    }

    fn show(&mut self, said: Said) {
        if self.find(&said.target, &said.message_id).is_some() {
            return;
        }
        self.last_id += 1;
        let line = Arc::new(Line { id: self.last_id, said });
        if self.kept.len() >= LINES_MAX {
            self.kept.pop_front();
        }
        self.kept.push_back(Arc::clone(&line));
        if let Some(pages) = &self.pages {
            let _ = pages.send(Feed::Line(line));
        }
    }
}

/// While this lives, the bot's lines of its target wait.
pub(super) struct Hold {
    hub: Arc<Hub>,
    target: Scope,
}

impl Hold {
    /// Shows the member's line, then what waited for it.
    pub(super) fn show(self, said: Said) {
        self.hub.lock().show(said);
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut inner = self.hub.lock();
        let Some(held) = inner.held.get_mut(&self.target) else { return };
        held.holds -= 1;
        if held.holds == 0 {
            let waiting = inner.held.remove(&self.target).map(|h| h.waiting).unwrap_or_default();
            waiting.into_iter().for_each(|said| inner.show(said));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ConversationId;

    fn said(id: &str) -> Said {
        let target = Scope::Conversation(ConversationId { account: "play".into(), id: "a".into() });
        Said {
            target,
            at: Timestamp(0),
            speaker: None,
            message_id: id.into(),
            text: id.into(),
            card: None,
            quoted: None,
            twice: false,
        }
    }

    fn texts(hub: &Hub) -> Vec<String> {
        hub.kept().0.iter().map(|l| l.said.text.clone()).collect()
    }

    #[test]
    fn an_answer_waits_for_the_line_that_asked() {
        let hub = Arc::new(Hub::new(0));
        let hold = hub.hold(said("q").target);
        hub.publish(said("answer"));
        assert_eq!(texts(&hub), [""; 0]);
        hold.show(said("q"));
        assert_eq!(texts(&hub), ["q", "answer"]);
    }

    #[test]
    fn an_answer_is_shown_although_the_line_that_asked_was_refused() {
        let hub = Arc::new(Hub::new(0));
        drop(hub.hold(said("q").target));
        hub.publish(said("answer"));
        assert_eq!(texts(&hub), ["answer"]);
    }

    #[test]
    fn a_line_sent_again_is_shown_once() {
        let hub = Hub::new(0);
        hub.publish(said("a"));
        hub.publish(said("a"));
        assert_eq!(texts(&hub), ["a"]);
    }

    #[test]
    fn a_page_of_an_earlier_run_has_to_reload() {
        let hub = Hub::new(1_000);
        hub.publish(said("a"));
        assert!(hub.follow(Some(17), 9).is_some_and(|f| f.gap));
        assert!(hub.follow(Some(2_000), 9).is_some_and(|f| f.gap));
        assert!(hub.follow(Some(1_000), 9).is_some_and(|f| !f.gap && f.missed.len() == 1));
    }

    #[test]
    fn a_page_that_missed_more_than_is_kept_has_to_reload() {
        let hub = Hub::new(0);
        (0..=LINES_MAX).for_each(|n| hub.publish(said(&n.to_string())));
        assert_eq!(hub.kept().0.len(), LINES_MAX);
        assert!(hub.follow(Some(0), 9).is_some_and(|f| f.gap));
        assert!(hub.follow(Some(1), 9).is_some_and(|f| !f.gap));
    }
}
