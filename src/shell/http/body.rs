//! Reads a request into what platforms verify: path, query, headers, and a body with a limit.

use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderMap;
use tokio_stream::StreamExt;

use crate::platform::Raw;

/// Bytes over the limit that are still read and dropped, so that the sender gets to see the 413 and
/// not a reset.
const DRAIN_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Why a body was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoBody {
    /// It is over the limit.
    TooBig,
    /// It broke off.
    Broken,
}

/// The request as it came; `path` is what follows the part that chose the route.
pub async fn raw(request: Request, path: String, bytes_max: usize) -> Result<Raw, NoBody> {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let headers = headers(request.headers());
    let body = read(request.into_body(), bytes_max).await?;
    Ok(Raw { path, query, headers, body })
}

fn headers(map: &HeaderMap) -> Vec<(String, String)> {
    // Names are in lower case already; a value that is no text can be none that a platform sends.
    let text = map.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    text.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

async fn read(body: Body, bytes_max: usize) -> Result<Vec<u8>, NoBody> {
    let mut stream = body.into_data_stream();
    let (mut bytes, mut count) = (Vec::new(), 0_usize);
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| NoBody::Broken)?;
        count = count.saturating_add(chunk.len());
        if count <= bytes_max {
            bytes.extend_from_slice(&chunk);
        } else if count > bytes_max.saturating_add(DRAIN_BYTES_MAX) {
            break;
        } else {
            bytes = Vec::new();
        }
    }
    if count > bytes_max { Err(NoBody::TooBig) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_at_the_limit_is_whole_and_one_above_is_none() {
        assert_eq!(read(Body::from(vec![7; 10]), 10).await, Ok(vec![7; 10]));
        assert_eq!(read(Body::from(vec![7; 11]), 10).await, Err(NoBody::TooBig));
        let endless = tokio_stream::iter(std::iter::repeat_with(|| {
            Ok::<_, std::io::Error>(vec![0_u8; 1 << 20])
        }));
        assert_eq!(read(Body::from_stream(endless), 10).await, Err(NoBody::TooBig));
    }
}
