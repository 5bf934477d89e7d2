//! What the process says when it ends.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Exit {
    /// Nothing as grave as the run was told to fail on.
    Clean,
    /// Something was.
    Findings,
    /// The arguments, the settings or the disk stood in the way.
    Trouble,
    /// The program is at fault.
    Fault,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Trouble => 2,
            Exit::Fault => 101,
        })
    }
}
