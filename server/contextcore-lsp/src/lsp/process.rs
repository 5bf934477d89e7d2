//! The process around a session.

use std::io::Write;
use std::process::ExitCode;

use super::serve::{Ended, Options, serve};
use super::work::STACK;

/// Serves the client at standard input and output, and says how that ended.
#[must_use]
pub fn main() -> ExitCode {
    // Standard output is the protocol's, and editors take what comes on standard error for trouble:
    // a fault in a request is told to the client, and one that ends the process is told below.
    std::panic::set_hook(Box::new(|_| {}));
    // The pool can be given its stacks only once; if it stands already, it has them.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    match session() {
        Ended::Properly => ExitCode::SUCCESS,
        Ended::Abruptly => ExitCode::FAILURE,
        Ended::Fault(reason) => {
            let version = env!("CARGO_PKG_VERSION");
            // Where nobody can hear it, nothing is to be done.
            let _ = writeln!(
                std::io::stderr().lock(),
                "error: contextcore-lsp {version} has a fault: {reason}\n\
                 This is no mistake of yours. The server ends, so that it cannot show you places \
                 in texts that are out of date."
            );
            ExitCode::from(101)
        }
    }
}

fn session() -> Ended {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => runtime,
        Err(error) => return Ended::Fault(format!("cannot start: {error}")),
    };
    let ended = runtime.block_on(async {
        serve(tokio::io::stdin(), tokio::io::stdout(), Options::default()).await
    });
    // A thread may still wait for input that never comes.
    runtime.shutdown_background();
    ended
}
