//! Why a bot does not start, for the operator.

use std::net::SocketAddr;

use crate::store::Fault;

/// Why a bot does not start. For the operator.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store cannot be opened or read.
    #[error(transparent)]
    Store(#[from] Fault),
    /// The address cannot be listened on.
    #[error("cannot listen on {addr}: {error}; another port: demo --port N, or [server] listen")]
    Listen {
        /// Which address.
        addr: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// The page would be open to others.
    #[error(
        "the playground has no sign-in, so it is served on 127.0.0.1 only, and not on {0}: \
         remove its [[account]] or listen on 127.0.0.1"
    )]
    OpenPage(SocketAddr),
    /// The page's account is not there.
    #[error("there is no account {0:?} for the page")]
    NoPage(String),
    /// The vocabulary is broken: a fault of the build.
    #[error("commands: {}", .0.join("; "))]
    Commands(Vec<String>),
    /// The HTTP client cannot be made.
    #[error("cannot make the HTTP client: {0}")]
    Client(#[from] reqwest::Error),
    /// Long connections cannot be secured.
    #[error("cannot make connections: {0}")]
    Links(#[from] rustls::Error),
    /// A thread cannot be started.
    #[error("cannot start a thread: {0}")]
    Thread(#[from] std::io::Error),
}
