//! The page's own files, compiled in. They hold nothing of anybody's, so nobody is asked who they
//! are.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// One file: its name, media type and text.
macro_rules! file {
    ($kind:expr, $name:literal) => {
        ($name, $kind, include_str!(concat!("../../../../assets/archive/", $name)))
    };
}

const FILES: &[(&str, &str, &str)] = &[
    ("icon.svg", SVG, include_str!("../../../../assets/play/icon.svg")),
    file!(CSS, "archive.css"),
    file!(CSS, "list.css"),
    file!(CSS, "panel.css"),
    file!(JS, "archive.js"),
    file!(JS, "api.js"),
    file!(JS, "words.js"),
    file!(JS, "dom.js"),
    file!(JS, "message.js"),
    file!(JS, "filter.js"),
    file!(JS, "list.js"),
    file!(JS, "reader.js"),
    file!(JS, "chosen.js"),
    file!(JS, "keys.js"),
];

/// `GET /archive`.
pub(super) async fn page() -> Response {
    ([(CONTENT_TYPE, HTML)], include_str!("../../../../assets/archive/index.html")).into_response()
}

/// `GET /archive/assets/{name}`.
pub(super) async fn asset(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(known, _, _)| *known == name) {
        Some((_, kind, text)) => ([(CONTENT_TYPE, *kind)], *text).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
