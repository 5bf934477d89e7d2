//! The command `contextcore-lsp`: checks contracts and handlers in CI and in editors.

mod cli;

use std::process::ExitCode;

/// Facts are many small values made on several threads, which this allocator is good at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
