//! The routes that outside systems call, and the server under them. What a request means is decided
//! elsewhere.

mod answer;
mod archive;
mod body;
mod callback;
mod connections;
mod export;
mod form;
mod import;
mod replays;
mod report;
mod state;
mod status;

pub use archive::LOOKS_MAX;
pub use body::ROOM_KIB;
pub use callback::BODY_BYTES_MAX;
pub use export::DOWNLOADS_MAX;
pub use import::UPLOADS_MAX;
pub use replays::Replays;
pub use state::State;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The routes of design §7, without the playground's page.
pub fn routes(state: Arc<State>) -> Router {
    let called = post(callback::bare).put(callback::bare);
    let called_below = post(callback::below).put(callback::below);
    Router::new()
        .route("/callback/{account}", called)
        .route("/callback/{account}/{*rest}", called_below)
        .route("/events/{source}", post(report::report))
        .route("/export/{token}", get(export::download).head(export::look))
        .route("/import/{token}", get(import::page).post(import::upload))
        .route("/healthz", get(status::healthz))
        .route("/readyz", get(status::readyz))
        .route("/metrics", get(status::metrics))
        .merge(archive::routes(&state))
        .with_state(state)
}

/// A listening server.
pub struct Server {
    /// Where it listens: the port is real even if 0 was asked for.
    pub addr: SocketAddr,
    stopping: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Server {
    /// Serves `routes` on a bound listener.
    pub fn start(listener: TcpListener, routes: Router) -> std::io::Result<Self> {
        let addr = listener.local_addr()?;
        let (stopping, mut stopped) = watch::channel(false);
        let task = tokio::spawn(async move {
            let stop = async move {
                // An error says that nobody can ask for the stop any more: so stop.
                let _ = stopped.wait_for(|stop| *stop).await;
            };
            connections::serve(listener, routes, connections::CONNECTIONS_MAX, stop).await;
        });
        Ok(Self { addr, stopping, task })
    }

    /// Accepts nothing more and lets requests under way finish, at most `limit`.
    pub async fn stop(self, limit: Duration) {
        self.stopping.send_replace(true);
        let mut task = self.task;
        if tokio::time::timeout(limit, &mut task).await.is_err() {
            tracing::warn!("requests under way did not end in time");
            task.abort();
        }
    }
}

impl State {
    /// Whether an event would be taken now.
    fn is_ready(&self) -> bool {
        !self.stopping.load(Ordering::SeqCst) && self.worker.is_open()
    }
}
