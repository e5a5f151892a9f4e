//! One open connection: frames are read, taken and answered, until either end is done with it.
//! What a frame means, the platform says; opening another connection is for `keeper`.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{Interval, Sleep, interval, sleep, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::socket::Wire;
use super::stop;
use super::taking::Taking;
use crate::platform::{Heard, Link};

/// What was pushed and is not yet answered; beyond it nothing more is read until one is.
pub const UNANSWERED_MAX: usize = 256;
/// A connection is asked this often whether it lives.
pub const PING_EVERY: Duration = Duration::from_secs(30);
/// Pings in a row after which nothing at all was heard: the other end is gone.
pub const UNHEARD_MAX: u32 = 2;
/// Longest time to write a frame: an end that reads nothing is gone, too.
const WRITE_MAX: Duration = Duration::from_secs(10);
/// How long a connection that the platform is leaving is still read; it says 10 s.
pub const LEAVING_MAX: Duration = Duration::from_secs(15);
/// Longest wait for a close to be said.
const CLOSE_MAX: Duration = Duration::from_secs(2);

/// Why a connection is no longer the one to rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The platform will close it soon.
    Announced,
    /// The platform closed it.
    Closed,
    /// It broke off, or what came was no WebSocket any more.
    Broken,
    /// Nothing was heard for too long.
    Silent,
    /// The platform does not read what it is answered.
    Stuck,
    /// A frame was over the limit.
    TooBig,
    /// The bot is ending.
    Stopped,
}

/// What the keeper is told, once: at an announcement, else at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct News {
    /// What happened.
    pub end: End,
    /// It was of use: something was pushed over it, or it has lived for a while.
    pub steady: bool,
}

/// One connection.
pub struct Line<S> {
    socket: WebSocketStream<S>,
    link: Arc<dyn Link>,
    taking: Arc<dyn Taking>,
    /// What was pushed, each with its answer once there is one.
    pushed: JoinSet<Option<String>>,
    news: Option<oneshot::Sender<News>>,
    pings: Interval,
    unheard: u32,
    steady: bool,
    /// Nothing more is read; what was pushed is still answered.
    ending: Option<End>,
    /// The end of a connection that the platform is leaving.
    leaving: Option<Pin<Box<Sleep>>>,
}

impl End {
    /// Its name, for log and counter.
    pub fn name(self) -> &'static str {
        match self {
            End::Announced => "announced",
            End::Closed => "closed",
            End::Broken => "broken",
            End::Silent => "silent",
            End::Stuck => "stuck",
            End::TooBig => "too_big",
            End::Stopped => "stopped",
        }
    }
}

impl<S: Wire> Line<S> {
    /// Over an open socket.
    pub fn new(
        socket: WebSocketStream<S>,
        link: Arc<dyn Link>,
        taking: Arc<dyn Taking>,
        news: oneshot::Sender<News>,
    ) -> Self {
        Self {
            socket,
            link,
            taking,
            pushed: JoinSet::new(),
            news: Some(news),
            pings: interval(PING_EVERY),
            unheard: 0,
            steady: false,
            ending: None,
            leaving: None,
        }
    }

    /// Reads and answers until the connection ends, or `stopping` and all that was pushed is
    /// answered.
    pub async fn run(mut self, mut stopping: watch::Receiver<bool>) {
        // The first tick comes at once.
        self.pings.tick().await;
        let end = loop {
            if let Some(end) = self.ending.filter(|_| self.pushed.is_empty()) {
                break end;
            }
            let reads = self.ending.is_none() && self.pushed.len() < UNANSWERED_MAX;
            let step = tokio::select! {
                frame = self.socket.next(), if reads => self.hear(frame).await,
                Some(answer) = self.pushed.join_next() => self.answer(answer.ok().flatten()).await,
                _ = self.pings.tick() => self.ping().await,
                () = over(&mut self.leaving), if self.ending.is_none() => self.stop(End::Closed),
                () = stop::asked(&mut stopping), if self.ending.is_none() => {
                    self.stop(End::Stopped)
                }
            };
            if let Err(end) = step {
                break end;
            }
        };
        self.tell(end);
        // What was pushed and can no longer be answered here is taken all the same.
        self.pushed.detach_all();
        let code = if end == End::TooBig { CloseCode::Size } else { CloseCode::Normal };
        let close = CloseFrame { code, reason: "".into() };
        // The other end may be gone; nothing depends on its hearing this.
        let _ = timeout(CLOSE_MAX, self.socket.close(Some(close))).await;
    }

    async fn hear(&mut self, frame: Option<Result<Message, Error>>) -> Result<(), End> {
        self.unheard = 0;
        let heard = match frame {
            Some(Ok(Message::Text(text))) => self.link.read(&text),
            // Pings are answered by the socket itself.
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Heard::Nothing,
            Some(Ok(Message::Binary(_))) => Heard::Malformed("binary"),
            Some(Ok(Message::Close(_)) | Err(Error::ConnectionClosed | Error::AlreadyClosed))
            | None => return Err(End::Closed),
            Some(Err(Error::Capacity(_))) => return Err(End::TooBig),
            Some(Err(_)) => return Err(End::Broken),
        };
        match heard {
            Heard::Pushed(pushed) => {
                self.steady = true;
                // Queued here, so that frames keep their order; only the wait is a task's.
                self.pushed.spawn(self.taking.take(pushed));
            }
            Heard::Answer(answer) => self.send(Message::text(answer)).await?,
            Heard::Leaving if self.leaving.is_none() => {
                self.tell(End::Announced);
                self.leaving = Some(Box::pin(sleep(LEAVING_MAX)));
            }
            Heard::Leaving | Heard::Nothing => {}
            Heard::Malformed(why) => self.taking.malformed(why),
        }
        Ok(())
    }

    async fn answer(&mut self, answer: Option<String>) -> Result<(), End> {
        match answer {
            Some(answer) => self.send(Message::text(answer)).await,
            // Not taken: it is told again.
            None => Ok(()),
        }
    }

    async fn ping(&mut self) -> Result<(), End> {
        if self.pushed.len() >= UNANSWERED_MAX {
            // We do not listen: silence says nothing.
            return Ok(());
        }
        self.steady = true;
        if self.unheard >= UNHEARD_MAX {
            return Err(End::Silent);
        }
        self.unheard += 1;
        self.send(Message::Ping(Default::default())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), End> {
        match timeout(WRITE_MAX, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(Error::ConnectionClosed | Error::AlreadyClosed)) => Err(End::Closed),
            Ok(Err(_)) => Err(End::Broken),
            Err(_) => Err(End::Stuck),
        }
    }

    fn stop(&mut self, end: End) -> Result<(), End> {
        self.ending = Some(end);
        Ok(())
    }

    fn tell(&mut self, end: End) {
        if let Some(news) = self.news.take() {
            // The keeper may be ending, too.
            let _ = news.send(News { end, steady: self.steady });
        }
    }
}

/// Resolves when the sleep is over; never without one.
async fn over(sleep: &mut Option<Pin<Box<Sleep>>>) {
    match sleep {
        Some(sleep) => sleep.as_mut().await,
        None => std::future::pending().await,
    }
}
