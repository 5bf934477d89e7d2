//! The command `contextcore-lsp`: checks contracts and handlers in CI and in editors.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
