//! The address that others are told.

use std::net::SocketAddr;

use tokio::net::TcpListener;

/// A free port that was asked for is known only now; the address that outside systems are told
/// names it.
pub fn name_the_port(
    public_url: &mut String,
    asked: SocketAddr,
    listener: &TcpListener,
) -> std::io::Result<()> {
    if asked.port() == 0 {
        let got = listener.local_addr()?.to_string();
        *public_url = public_url.replace(&asked.to_string(), &got);
    }
    Ok(())
}
