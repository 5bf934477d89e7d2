//! The client's process. A server whose client is gone has nothing left to do.
//!
//! Mostly standard input ends with the client. Where something else holds it open, the system tells
//! when the process ends, without being asked again and again.

use std::sync::Arc;

use tokio::sync::Notify;

/// Tells `orphaned` when the process with this number ends.
#[cfg(target_os = "linux")]
pub(crate) fn watch(process: i64, orphaned: Arc<Notify>) {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::process::{Pid, PidfdFlags, pidfd_open};

    let Some(process) = i32::try_from(process).ok().and_then(Pid::from_raw) else { return };
    // A process that cannot be found may live where we cannot see it, outside of a container.
    let Ok(handle) = pidfd_open(process, PidfdFlags::empty()) else { return };
    let wait = move || {
        loop {
            match poll(&mut [PollFd::new(&handle, PollFlags::IN)], None) {
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
                Ok(_) => return orphaned.notify_one(),
            }
        }
    };
    // Without a thread, the end of standard input has to do.
    let _ = std::thread::Builder::new().name("parent".to_owned()).spawn(wait);
}

/// Elsewhere the end of standard input has to do.
#[cfg(not(target_os = "linux"))]
pub(crate) fn watch(_process: i64, _orphaned: Arc<Notify>) {}
