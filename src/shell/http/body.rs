//! Reads a request into what platforms verify: path, query, headers, and a body with a limit.

use axum::body::Body;
use axum::extract::Request;
use tokio::sync::Semaphore;
use tokio_stream::StreamExt;

use crate::platform::Raw;

/// Bytes over the limit that are still read and dropped, so that the sender gets to see the 413 and
/// not a reset.
const DRAIN_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Bytes of a body that are always read: what platforms send fits.
const SMALL_BYTES: usize = 16 * 1024;
/// Room for larger bodies while they are read, all together, in KiB: nobody has proved yet who
/// sends them.
pub const ROOM_KIB: usize = 64 * 1024;

/// Why a body was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoBody {
    /// It is over the limit.
    TooBig,
    /// It broke off.
    Broken,
    /// Too many large ones are read at once.
    NoRoom,
}

/// The request as it came; `path` is what follows the part that chose the route. Large bodies share
/// the `room` (permits of a KiB) while they come.
pub async fn raw(
    request: Request,
    path: String,
    bytes_max: usize,
    room: &Semaphore,
) -> Result<Raw, NoBody> {
    let (head, body) = request.into_parts();
    let query = head.uri.query().unwrap_or_default().to_owned();
    let body = read(body, bytes_max, room).await?;
    Ok(Raw { path, query, headers: head.headers, body })
}

async fn read(body: Body, bytes_max: usize, room: &Semaphore) -> Result<Vec<u8>, NoBody> {
    let mut stream = body.into_data_stream();
    let (mut bytes, mut count, mut place) = (Vec::new(), 0_usize, None);
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| NoBody::Broken)?;
        count = count.saturating_add(chunk.len());
        if count > SMALL_BYTES && place.is_none() {
            let kib = u32::try_from(bytes_max / 1024).unwrap_or(u32::MAX);
            place = Some(room.try_acquire_many(kib).map_err(|_| NoBody::NoRoom)?);
        }
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
        let room = Semaphore::new(ROOM_KIB);
        assert_eq!(read(Body::from(vec![7; 10]), 10, &room).await, Ok(vec![7; 10]));
        assert_eq!(read(Body::from(vec![7; 11]), 10, &room).await, Err(NoBody::TooBig));
        let endless = tokio_stream::iter(std::iter::repeat_with(|| {
            Ok::<_, std::io::Error>(vec![0_u8; 1 << 20])
        }));
        assert_eq!(read(Body::from_stream(endless), 10, &room).await, Err(NoBody::TooBig));
    }

    #[tokio::test]
    async fn large_bodies_share_the_room_and_small_ones_need_none() {
        let room = Semaphore::new(1);
        let large = || Body::from(vec![7; SMALL_BYTES + 1]);
        assert_eq!(read(large(), 1 << 20, &room).await, Err(NoBody::NoRoom));
        let small = Body::from(vec![7; SMALL_BYTES]);
        assert!(read(small, 1 << 20, &room).await.is_ok());
        room.add_permits(1023);
        assert!(read(large(), 1 << 20, &room).await.is_ok());
        assert!(read(large(), 1 << 20, &room).await.is_ok(), "the place was given back");
    }
}
