//! The command line.
//!
//! Each command has a file here; this one reads the arguments, calls the command and turns what it
//! says into an exit code.

mod arguments;
mod check;
mod engine;
mod exit;
mod explain;
mod fix;
mod guard;
mod infer;
mod output;
mod overrides;
mod paths;
mod report;
mod rules;
mod schema;
mod summary;

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use exit::Exit;

/// What the command line came to.
#[derive(Debug)]
pub enum Outcome {
    /// The command is done.
    Ended(ExitCode),
    /// A server was asked for, which is no command's business.
    Serve,
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> Outcome {
    let arguments = match Arguments::try_parse_from(arguments::normalised(std::env::args_os())) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Where even this cannot be printed, nobody is listening.
            let _ = error.print();
            let exit = if error.use_stderr() { Exit::Trouble } else { Exit::Clean };
            return Outcome::Ended(exit.into());
        }
    };
    // An editor that starts the bare program talks to it; a person at a terminal wants help.
    if arguments.asks_for_server(std::io::stdin().is_terminal()) {
        return Outcome::Serve;
    }
    Outcome::Ended(guard::guarded(move || run(&arguments)).into())
}

fn run(arguments: &Arguments) -> Exit {
    let done = match &arguments.command {
        Some(Command::Check(options)) => check::run(options),
        Some(Command::Explain { rule }) => explain::run(rule),
        Some(Command::Infer(options)) => infer::run(options),
        Some(Command::Rules) => rules::run(),
        Some(Command::Schema { kind }) => schema::run(kind.as_deref()),
        Some(Command::Server(_)) | None => help(),
    };
    done.unwrap_or_else(|error| {
        output::complain(&format!("{error:#}"));
        Exit::Trouble
    })
}

fn help() -> anyhow::Result<Exit> {
    let help = Arguments::command().render_help();
    output::print(|out| write!(out, "{help}"))?;
    Ok(Exit::Clean)
}
