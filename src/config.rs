//! Settings of the operator: bot.toml, its defaults, and errors with file, line and a suggestion.
