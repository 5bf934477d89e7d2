//! One session with a client, from the first byte to the last.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};
use tower_lsp::Server;
use tower_lsp::ls_types::MessageType;

use super::actor::{self, Queue};
use super::edge::{Edge, Stage};
use super::frames::filter;
use super::handlers::probe;
use super::outgoing::{Outgoing, outgoing};
use super::router::Route;
use super::state::{Parts, State};
use super::work::pool;

/// Requests that are under way at a time. They wait for workers, and cost next to nothing.
const CONCURRENCY: usize = 1024;

/// Bytes between the filter and the reader.
const BUFFER: usize = 64 << 10;

/// How long a last message may take.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// How a session ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ended {
    /// The client asked for it, in due form.
    Properly,
    /// The client is gone, or left without asking.
    Abruptly,
    /// The server cannot go on; this is why.
    Fault(String),
}

/// What a session is started with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether there are requests that misbehave, for tests of what happens then.
    pub probes: bool,
}

impl Options {
    /// The way to a request that misbehaves, where there are such.
    pub(crate) fn probe(self, method: &str) -> Option<Route> {
        if self.probes { probe::find(method) } else { None }
    }
}

/// Serves one client. Runs within a runtime, until the client leaves.
pub async fn serve<I, O>(input: I, output: O, options: Options) -> Ended
where
    I: AsyncRead + Unpin,
    O: AsyncWrite,
{
    let (out, socket) = outgoing(Handle::current());
    let (queue, events) = Queue::new();
    let (fault, faulted) = oneshot::channel();
    let edge = Edge::new(queue.clone(), out.clone());
    let orphaned = Arc::new(Notify::new());
    let pool = match pool() {
        Ok(pool) => Arc::new(pool),
        Err(error) => return Ended::Fault(format!("cannot start workers: {error}")),
    };
    let parts = Parts {
        queue: queue.clone(),
        outgoing: out.clone(),
        pool,
        orphaned: Arc::clone(&orphaned),
    };
    let state = move || State::new(parts, options);
    if let Err(error) = actor::start(events, state, fault) {
        return Ended::Fault(format!("cannot start a thread: {error}"));
    }
    let (to_reader, reader) = tokio::io::duplex(BUFFER);
    let session = {
        let edge = edge.clone();
        async move {
            let server = Server::new(reader, output, socket).concurrency_level(CONCURRENCY);
            server.serve(edge).await;
        }
    };
    let input = {
        let edge = edge.clone();
        async move {
            // Whatever ends the input ends the session.
            let _ = filter(input, to_reader).await;
            edge.cancel_all();
        }
    };
    tokio::pin!(session);
    let ended = tokio::select! {
        () = async { tokio::join!(input, std::future::pending::<()>()); } => Ended::Abruptly,
        () = &mut session => ended(edge.stage()),
        () = orphaned.notified() => Ended::Abruptly,
        reason = faulted => fault_ended(reason, &out, &mut session).await,
    };
    edge.cancel_all();
    queue.send(actor::Event::End);
    ended
}

fn ended(stage: Stage) -> Ended {
    match stage {
        Stage::Exited(true) | Stage::ShutDown => Ended::Properly,
        Stage::Fresh | Stage::Running | Stage::Exited(false) => Ended::Abruptly,
    }
}

async fn fault_ended(
    reason: Result<String, oneshot::error::RecvError>,
    out: &Outgoing,
    session: &mut (impl Future<Output = ()> + Unpin),
) -> Ended {
    let reason = reason.unwrap_or_else(|_| "the thread that owns the state is gone".to_owned());
    out.show(MessageType::ERROR, format!("contextcore-lsp has a fault and ends: {reason}"));
    let told = async {
        tokio::select! {
            () = out.settled() => {}
            () = session => {}
        }
    };
    // A client that takes no messages hears none.
    let _ = tokio::time::timeout(LAST_WORDS, told).await;
    Ended::Fault(reason)
}
