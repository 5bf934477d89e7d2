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
mod output;
mod overrides;
mod paths;
mod report;
mod rules;
mod summary;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use exit::Exit;

/// Runs the command that the process was started with.
pub(crate) fn main() -> ExitCode {
    guard::guarded(run).into()
}

fn run() -> Exit {
    let arguments = match Arguments::try_parse_from(arguments::normalised(std::env::args_os())) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Where even this cannot be printed, nobody is listening.
            let _ = error.print();
            return if error.use_stderr() { Exit::Trouble } else { Exit::Clean };
        }
    };
    let done = match &arguments.command {
        Some(Command::Check(options)) => check::run(options),
        Some(Command::Explain { rule }) => explain::run(rule),
        Some(Command::Rules) => rules::run(),
        None => help(),
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
