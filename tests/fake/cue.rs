//! How the fake platform misbehaves when it is told to.

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// One misbehaviour, for one call.
#[derive(Debug, Clone)]
pub enum Cue {
    /// This status and JSON body. Nothing is delivered.
    Answer(u16, Value),
    /// 429 with `Retry-After` in seconds. Nothing is delivered.
    SlowDown(u64),
    /// 429 with this `Retry-After`. Nothing is delivered.
    SlowDownText(&'static str),
    /// A gateway's page. Nothing is delivered.
    Html(u16),
    /// 200 and this body. Delivered.
    Text(&'static str),
    /// Delivered, but the answer breaks off.
    CutOff,
    /// Delivered, but no answer ever comes.
    Hang,
}

impl Cue {
    /// Whether members see the message all the same.
    pub fn delivers(&self) -> bool {
        match self {
            Cue::CutOff | Cue::Hang | Cue::Text(_) => true,
            Cue::Answer(..) | Cue::SlowDown(_) | Cue::SlowDownText(_) | Cue::Html(_) => false,
        }
    }

    /// The answer.
    pub async fn answer(self) -> Response {
        match self {
            Cue::Answer(status, body) => (code(status), axum::Json(body)).into_response(),
            Cue::SlowDown(s) => (code(429), [("retry-after", s.to_string())], "{}").into_response(),
            Cue::SlowDownText(text) => (code(429), [("retry-after", text)], "{}").into_response(),
            Cue::Text(body) => body.into_response(),
            Cue::Html(status) => {
                let page = "<html><body>Bad Gateway</body></html>";
                (code(status), [("content-type", "text/html")], page).into_response()
            }
            Cue::CutOff => {
                let parts = [Ok("{\"errcode\":0"), Err(std::io::Error::other("cut off"))];
                Body::from_stream(tokio_stream::iter(parts)).into_response()
            }
            Cue::Hang => std::future::pending().await,
        }
    }
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).expect("a status")
}
