//! Where words go: findings to standard output, everything else to standard error.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anyhow::Context;

use super::arguments::Color;

/// Enough that a million findings take few system calls.
const BUFFER: usize = 1 << 16;

/// Lets `write` fill standard output. A reader that has heard enough is no error.
pub(crate) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, stdout(ColorChoice::AlwaysAnsi));
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // What is still in the buffer would be written, in vain, when it goes.
            let _ = out.into_parts();
            Ok(())
        }
        result => result.context("cannot write to standard output"),
    }
}

fn stdout(choice: ColorChoice) -> AutoStream<io::StdoutLock<'static>> {
    AutoStream::new(io::stdout().lock(), choice)
}

/// Whether what goes to standard output is to have colours.
pub(crate) fn colors(asked: Color) -> bool {
    match asked {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    }
}

/// Whether somebody watches standard error.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Says on standard error that something is wrong.
pub(crate) fn complain(message: &str) {
    remark(&format!("error: {message}"));
}

/// Says something on standard error; where nobody can hear it, nothing is to be done.
pub(crate) fn remark(message: &str) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}
