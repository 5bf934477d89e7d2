//! The one thread that owns the state.
//!
//! Events are applied in the order in which they came. Notifications that follow each other are
//! gathered, so that the engine runs once for a burst of edits; a request in between sees the state
//! at its place. The actor never waits for the client.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};

use camino::Utf8PathBuf;
use serde_json::Value;
use tokio::sync::oneshot;

use super::jobs::Job;
use super::opening::Read;
use super::reply::{Cancel, Reply};
use super::state::State;
use super::work::{STACK, guarded};

/// Something that happens.
#[derive(Debug)]
pub(crate) enum Event {
    /// The client tells something.
    Notification {
        /// What.
        method: String,
        /// About what.
        params: Value,
    },
    /// The client asks for something.
    Request {
        /// For what.
        method: String,
        /// In particular.
        params: Value,
        /// Where the answer goes.
        reply: Reply,
        /// Whether it is still wanted.
        cancel: Cancel,
    },
    /// A project was read for the first time.
    Read(Box<Read>),
    /// A request found nothing new to say, at this revision.
    Parked(Job, u64),
    /// Something happened to files at these paths.
    Files(Vec<Utf8PathBuf>),
    /// The client's settings.
    Configuration(Value),
    /// What was being done to the state came to nothing, so the state cannot be trusted.
    Fault(String),
    /// The session is over.
    End,
}

/// The way into the actor's queue.
#[derive(Clone, Debug)]
pub(crate) struct Queue(Sender<Event>);

impl Queue {
    /// A queue, and its end.
    pub(crate) fn new() -> (Queue, Receiver<Event>) {
        let (sender, receiver) = channel();
        (Queue(sender), receiver)
    }

    /// Puts an event at the end. It never waits.
    pub(crate) fn send(&self, event: Event) {
        // Without an actor, the session is over.
        let _ = self.0.send(event);
    }
}

/// Starts the actor. Should it fail, `fault` is told why; the session cannot go on then.
///
/// # Errors
/// Where the system gives no thread.
pub(crate) fn start(
    events: Receiver<Event>,
    state: impl FnOnce() -> State + Send + 'static,
    fault: oneshot::Sender<String>,
) -> std::io::Result<()> {
    let work = move || {
        let done = guarded(|| run(&events, state())).and_then(|done| done);
        if let Err(reason) = done {
            // Nobody may be left to be told.
            let _ = fault.send(reason);
        }
    };
    std::thread::Builder::new().name("actor".to_owned()).stack_size(STACK).spawn(work)?;
    Ok(())
}

/// Applies events until the session is over, or until one of them says that all is lost.
fn run(events: &Receiver<Event>, mut state: State) -> Result<(), String> {
    let mut waiting = VecDeque::new();
    while let Ok(event) = events.recv() {
        waiting.push_back(event);
        waiting.extend(events.try_iter());
        while let Some(event) = waiting.pop_front() {
            if matches!(event, Event::End) {
                return Ok(());
            }
            state.apply(event)?;
            waiting.extend(events.try_iter());
        }
        state.flush();
    }
    Ok(())
}
