//! The whole bot put together: settings, store, core, platforms and shell.
