//! What chores say.

use std::io::Write;

use anyhow::{Result, bail};

/// One line of result. A closed pipe is no reason to fail.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Why a chore failed.
pub(crate) fn error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "xtask: {text}");
}

/// Lists problems, and fails where there are any.
pub(crate) fn problems(problems: &Result<Vec<String>>) -> Result<()> {
    match problems {
        Ok(problems) if problems.is_empty() => Ok(()),
        Ok(problems) => {
            problems.iter().for_each(|problem| line(problem));
            bail!("{} problems", problems.len());
        }
        Err(error) => bail!("{error:#}"),
    }
}
