//! Opens a WebSocket: name, TCP, TLS, handshake, all within one limit of time. Which address may be
//! connected to, the platform has said; what comes over it is for `line`.

use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};
use url::{Host, Url};

use crate::platform::Place;
use crate::shell::transport;

/// Longest wait for a connection, handshakes included.
const CONNECT_MAX: Duration = Duration::from_secs(10);
/// Largest frame taken, in parts or whole: as large as a callback's body.
pub const FRAME_BYTES_MAX: usize = crate::shell::http::BODY_BYTES_MAX;
/// Read at once from the connection; frames are a few KiB.
const READ_BYTES: usize = 16 * 1024;

/// What a WebSocket runs over.
pub trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// An open WebSocket.
pub type Socket = WebSocketStream<Box<dyn Wire>>;

/// How TLS is spoken: the provider, the versions and the roots of `transport`.
pub fn tls() -> Result<Arc<ClientConfig>, rustls::Error> {
    transport::install_tls();
    let config = ClientConfig::builder().with_platform_verifier()?.with_no_client_auth();
    Ok(Arc::new(config))
}

/// Connects; the error is a word for log and counter, and says nothing of the address.
pub async fn open(place: &Place, tls: &Arc<ClientConfig>) -> Result<Socket, String> {
    let opened = tokio::time::timeout(CONNECT_MAX, connect(place, tls)).await;
    opened.unwrap_or_else(|_| Err("time-out".into()))
}

async fn connect(place: &Place, tls: &Arc<ClientConfig>) -> Result<Socket, String> {
    let no_address = || String::from("not an address");
    let text = std::str::from_utf8(place.url.expose()).map_err(|_| no_address())?;
    let url = Url::parse(text).map_err(|_| no_address())?;
    let port = url.port_or_known_default().ok_or_else(no_address)?;
    let host = url.host().ok_or_else(no_address)?;
    let stream = match &host {
        Host::Domain(name) => TcpStream::connect((*name, port)).await,
        Host::Ipv4(ip) => TcpStream::connect((*ip, port)).await,
        Host::Ipv6(ip) => TcpStream::connect((*ip, port)).await,
    };
    let stream = stream.map_err(|_| String::from("no connection"))?;
    // Frames are small and each waits for nothing; without it only the pace suffers.
    let _ = stream.set_nodelay(true);
    let wire: Box<dyn Wire> = if url.scheme() == "ws" {
        Box::new(stream)
    } else {
        let connector = TlsConnector::from(Arc::clone(tls));
        // An address in brackets is named without them.
        let name = host.to_string().trim_matches(['[', ']']).to_owned();
        let name = ServerName::try_from(name).map_err(|_| no_address())?;
        let secured = connector.connect(name, stream).await;
        Box::new(secured.map_err(|_| String::from("no trusted connection"))?)
    };
    let opened = client_async_with_config(text, wire, Some(limits())).await;
    opened.map(|(socket, _)| socket).map_err(|error| match error {
        Error::Http(answer) => format!("http {}", answer.status().as_u16()),
        _ => "no WebSocket".into(),
    })
}

/// The limits of one connection.
pub fn limits() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(READ_BYTES)
        .max_message_size(Some(FRAME_BYTES_MAX))
        .max_frame_size(Some(FRAME_BYTES_MAX))
}
