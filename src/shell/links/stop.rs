//! Waiting for the stop.

use tokio::sync::watch;

/// Resolves once the stop is asked for.
pub async fn asked(stopping: &mut watch::Receiver<bool>) {
    // An error says that nobody can ask for it any more: so stop.
    let _ = stopping.wait_for(|stop| *stop).await;
}
