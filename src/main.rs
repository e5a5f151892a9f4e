//! The program: an allocator for many small records, one TLS provider, and the command line.

use std::process::ExitCode;

use steward::{cli, shell};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    shell::transport::install_tls();
    cli::run()
}
