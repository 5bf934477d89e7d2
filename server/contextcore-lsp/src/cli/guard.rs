//! Runs the work where deep input cannot exhaust the stack, and turns a fault into a clear message.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{self, PanicHookInfo};
use std::thread;

use super::exit::Exit;
use super::output;

/// Room for the deepest nesting that the readers' budgets allow, many times over.
const STACK: usize = 64 << 20;

/// What `work` ends with, or [`Exit::Fault`] if it does not.
pub(crate) fn guarded(work: impl FnOnce() -> Exit + Send + 'static) -> Exit {
    panic::set_hook(Box::new(report_fault));
    // The pool can be given its stacks only once; if it stands already, it has them.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    match thread::Builder::new().name("main".to_owned()).stack_size(STACK).spawn(work) {
        Ok(worker) => worker.join().unwrap_or(Exit::Fault),
        Err(error) => {
            output::complain(&format!("cannot start a thread: {error}"));
            Exit::Trouble
        }
    }
}

fn report_fault(fault: &PanicHookInfo<'_>) {
    output::complain(&describe(fault));
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        output::remark(&trace.to_string());
    }
}

fn describe(fault: &PanicHookInfo<'_>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let payload = fault.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let reason = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let reason = reason.unwrap_or("no reason given");
    let place = fault.location().map(|place| format!(" at {place}")).unwrap_or_default();
    let report_to = match env!("CARGO_PKG_REPOSITORY") {
        "" => String::new(),
        repository => format!(" at {repository}"),
    };
    format!(
        "contextcore-lsp {version} has a fault{place}: {reason}\n\
         This is no mistake of yours. Please report it{report_to}, with the file that brings it \
         about if you can.\n\
         With RUST_BACKTRACE=1, the way to it is shown."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_ends_the_run_with_its_own_code() {
        assert_eq!(guarded(|| panic!("planted by a test")), Exit::Fault);
        assert_eq!(guarded(|| Exit::Findings), Exit::Findings);
    }

    #[test]
    fn work_has_room_to_go_deep() {
        fn depth(left: u32) -> u32 {
            let room = std::hint::black_box([left; 64]);
            if left == 0 { 0 } else { 1 + depth(room[0] - 1) }
        }
        let exit = guarded(|| if depth(40_000) == 40_000 { Exit::Clean } else { Exit::Trouble });
        assert_eq!(exit, Exit::Clean);
    }
}
