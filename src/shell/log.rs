//! Log lines: ids and counts for the operator. Message text, names and secrets are never handed to
//! it.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people.
    Text,
    /// For collectors: one JSON object a line.
    Json,
}

/// Sets up logging to stderr and the panic line. `RUST_LOG` decides what is written, else `level`
/// (`error` to `debug`). A second call changes nothing.
pub fn install(form: Form, level: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Already installed: tests start several bots in one process.
    let _ = match form {
        Form::Text => builder.with_ansi(std::io::stderr().is_terminal()).try_init(),
        Form::Json => builder.json().try_init(),
    };
    std::panic::set_hook(Box::new(|info| {
        // The place only: a panic's words may hold what somebody wrote.
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked at {place}");
    }));
}
