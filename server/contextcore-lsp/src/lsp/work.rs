//! The workers that answer requests.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// Room for the deepest nesting that the readers' budgets allow, many times over.
pub(crate) const STACK: usize = 64 << 20;

/// Workers. They are apart from the threads that the engine reads files on, so that neither waits
/// for the other.
pub(crate) fn pool() -> Result<ThreadPool, ThreadPoolBuildError> {
    let count = std::thread::available_parallelism().map_or(2, |count| count.get().clamp(2, 8));
    let name = |index| format!("worker-{index}");
    ThreadPoolBuilder::new().num_threads(count).stack_size(STACK).thread_name(name).build()
}

/// Does the work; a panic comes back as its message.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // What a request works on is thrown away with it, so nothing half done can be seen later.
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| words(&*payload))
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no reason given").to_owned()
}
