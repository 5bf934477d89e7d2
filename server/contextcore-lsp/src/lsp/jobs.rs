//! Requests on their way to an answer.

use std::sync::Arc;

use rayon::ThreadPool;
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::ls_types::MessageType;

use super::actor::{Event, Queue};
use super::reply::{Cancel, Reply};
use super::router::{Failure, Prepared};
use super::snapshot::World;
use super::work::guarded;

/// The protocol's code for a request that makes sense and cannot be done.
const REQUEST_FAILED: i64 = -32803;

/// A request that is to be answered.
#[derive(Clone)]
pub(crate) struct Job {
    /// Its method, for the log.
    pub(crate) method: &'static str,
    /// What it asks.
    pub(crate) prepared: Prepared,
    /// Where its answer goes.
    pub(crate) reply: Reply,
    /// Whether it is still wanted.
    pub(crate) cancel: Cancel,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job").field("method", &self.method).finish_non_exhaustive()
    }
}

/// Answers `job` from `world` on a worker.
pub(crate) fn answer(pool: &ThreadPool, queue: Queue, job: Job, world: World) {
    pool.spawn(move || {
        if job.cancel.is_cancelled() {
            return;
        }
        let answer = Arc::clone(&job.prepared.answer);
        match guarded(|| answer(&world)) {
            Ok(Ok(answer)) => job.reply.send(Ok(answer)),
            Ok(Err(Failure::Parked)) => queue.send(Event::Parked(job, world.revision)),
            // The revision that this one was begun at is over, or will be at once.
            Ok(Err(Failure::Again)) => queue.send(Event::Parked(job, u64::MAX)),
            Ok(Err(failure)) => job.reply.fail(error(&failure, &job.cancel)),
            Err(reason) => {
                let message = format!("a fault in `{}`: {reason}", job.method);
                world.outgoing.log(MessageType::ERROR, &message);
                let mut error = Error::internal_error();
                error.message = message.into();
                job.reply.fail(error);
            }
        }
    });
}

fn error(failure: &Failure, cancel: &Cancel) -> Error {
    match failure {
        Failure::Cancelled | Failure::Parked | Failure::Again => cancel.error(),
        Failure::Invalid(reason) => Error::invalid_params(reason.clone()),
        Failure::Refused(reason) => Error {
            code: ErrorCode::ServerError(REQUEST_FAILED),
            message: reason.clone().into(),
            data: None,
        },
    }
}
