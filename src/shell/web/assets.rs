//! The page's own files, compiled in. Nothing is read from disk and nothing comes from another
//! host.

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
        ($name, $kind, include_str!(concat!("../../../assets/play/", $name)))
    };
}

const FILES: &[(&str, &str, &str)] = &[
    file!(SVG, "icon.svg"),
    file!(CSS, "play.css"),
    file!(CSS, "talk.css"),
    file!(CSS, "composer.css"),
    file!(CSS, "clock.css"),
    file!(JS, "play.js"),
    file!(JS, "api.js"),
    file!(JS, "world.js"),
    file!(JS, "words.js"),
    file!(JS, "dom.js"),
    file!(JS, "zone.js"),
    file!(JS, "side.js"),
    file!(JS, "talk.js"),
    file!(JS, "card.js"),
    file!(JS, "composer.js"),
    file!(JS, "complete.js"),
    file!(JS, "clock.js"),
];

/// `GET /play`.
pub(super) async fn page() -> Response {
    ([(CONTENT_TYPE, HTML)], include_str!("../../../assets/play/index.html")).into_response()
}

/// `GET /play/assets/{name}`.
pub(super) async fn asset(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(known, _, _)| *known == name) {
        Some((_, kind, text)) => ([(CONTENT_TYPE, *kind)], *text).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
