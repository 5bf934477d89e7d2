//! The command `contextcore-lsp`: checks contracts and handlers in CI and in editors.

use std::process::ExitCode;

use contextcore_lsp::{cli, lsp};

/// Facts are many small values made on several threads, which this allocator is good at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::main() {
        cli::Outcome::Ended(code) => code,
        cli::Outcome::Serve => lsp::main(),
    }
}
