//! Connections under the routes: how many at once, how long each may take for its headers or stay
//! idle, and their end at a stop. What is asked over them is not looked at.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// Most connections at once: half of the 1,024 open files that systems grant by default, so that
/// there are always some for the store and for calls to platforms. More wait to be accepted.
pub const CONNECTIONS_MAX: usize = 512;
/// Longest time for a request's headers to come, and so for a connection to stay idle: whoever
/// opens connections and says nothing cannot keep the others out for longer.
const HEADERS_MAX: Duration = Duration::from_secs(10);
/// Rest after a connection could not be accepted: no file is free, and asking at once again would
/// only burn the processor.
const ACCEPT_REST: Duration = Duration::from_millis(200);

/// Serves until `stop` resolves, then lets what is under way finish.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    connections_max: usize,
    stop: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(connections_max));
    let ending = GracefulShutdown::new();
    let mut http = Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS_MAX);
    let mut stop = pin!(stop);
    loop {
        let (place, stream) = tokio::select! {
            next = next(&listener, &places) => next,
            () = &mut stop => break,
        };
        let service = TowerToHyperService::new(routes.clone());
        let connection = ending.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A connection that breaks off or says nothing is no news: what it asked was counted.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    ending.shutdown().await;
}

/// The next connection and its place; waits until there is one of both.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (Option<tokio::sync::OwnedSemaphorePermit>, TcpStream) {
    // Never closed, so there is always a place to come.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (place, stream),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_REST).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

    async fn listen(connections_max: usize) -> std::net::SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let addr = listener.local_addr().expect("an address");
        let routes = Router::new().route("/", get(|| async { "hello" }));
        tokio::spawn(serve(listener, routes, connections_max, std::future::pending()));
        addr
    }

    async fn said(stream: &mut TcpStream) -> String {
        let mut text = String::new();
        stream.read_to_string(&mut text).await.expect("an answer");
        text
    }

    // The clock stands still and leaps to the next timer whenever everybody waits.
    #[tokio::test(start_paused = true)]
    async fn half_a_request_and_an_idle_connection_are_cut_off() {
        let addr = listen(8).await;
        for bytes in [&REQUEST[..20], b""] {
            let mut stream = TcpStream::connect(addr).await.expect("a connection");
            stream.write_all(bytes).await.expect("it is written");
            assert!(!said(&mut stream).await.contains("hello"));
        }
    }

    #[tokio::test]
    async fn a_place_is_free_again_when_a_connection_ends() {
        let addr = listen(1).await;
        for _ in 0..3 {
            let mut stream = TcpStream::connect(addr).await.expect("a connection");
            stream.write_all(REQUEST).await.expect("it is written");
            assert!(said(&mut stream).await.ends_with("hello"));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn connections_over_the_limit_wait_for_a_place() {
        let addr = listen(1).await;
        let mut first = TcpStream::connect(addr).await.expect("a connection");
        first.write_all(&REQUEST[..20]).await.expect("it is written");
        let mut second = TcpStream::connect(addr).await.expect("a connection");
        second.write_all(REQUEST).await.expect("it is written");
        assert!(said(&mut second).await.ends_with("hello"));
        // Only the end of the first can have let the second in.
        assert!(first.try_read(&mut [0; 512]).is_ok());
    }
}
