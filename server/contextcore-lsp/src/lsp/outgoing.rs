//! What the server sends without being asked: one queue, which nobody ever waits for.
//!
//! Requests to the client have a time limit each, so that a client that never answers costs a little
//! memory for a while and nothing else.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Sink, Stream};
use serde::Serialize;
use serde_json::Value;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tower_lsp::Loopback;
use tower_lsp::jsonrpc::{self, Id, Request, Response};
use tower_lsp::ls_types::notification::{LogMessage, Notification, ShowMessage};
use tower_lsp::ls_types::request::{RegisterCapability, Request as Method};
use tower_lsp::ls_types::{
    LogMessageParams, MessageType, Registration, RegistrationParams, ShowMessageParams,
};

/// How long a client may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The way out.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    queue: mpsc::UnboundedSender<Item>,
    calls: Arc<Calls>,
    runtime: Handle,
}

/// The other end, which the transport takes messages from.
#[derive(Debug)]
pub(crate) struct Socket {
    queue: mpsc::UnboundedReceiver<Item>,
    calls: Arc<Calls>,
}

#[derive(Debug)]
enum Item {
    Message(Box<Request>),
    /// Told when everything before it is on its way.
    Mark(oneshot::Sender<()>),
}

/// Requests that the client has not answered yet.
#[derive(Debug, Default)]
struct Calls(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    last: i64,
    open: BTreeMap<i64, oneshot::Sender<jsonrpc::Result<Value>>>,
}

/// A queue and its end.
pub(crate) fn outgoing(runtime: Handle) -> (Outgoing, Socket) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let calls = Arc::new(Calls::default());
    let socket = Socket { queue: receiver, calls: Arc::clone(&calls) };
    (Outgoing { queue: sender, calls, runtime }, socket)
}

impl Outgoing {
    /// Sends a notification.
    pub(crate) fn notify<N: Notification>(&self, params: N::Params)
    where
        N::Params: Serialize,
    {
        if let Ok(params) = serde_json::to_value(params) {
            self.send(Request::build(N::METHOD).params(params).finish());
        }
    }

    /// Asks the client, and waits for its answer for a while.
    pub(crate) async fn call<R: Method>(&self, params: R::Params) -> Option<R::Result> {
        let params = serde_json::to_value(params).ok()?;
        let (id, answer) = self.calls.open();
        let request = Request::build(R::METHOD).id(id);
        // A request without parameters has none, which is not the same as `null`.
        let request = if params.is_null() { request } else { request.params(params) };
        self.send(request.finish());
        let answer = tokio::time::timeout(PATIENCE, answer).await;
        self.calls.close(id);
        serde_json::from_value(answer.ok()?.ok()?.ok()?).ok()
    }

    /// Asks the client for what it gives to those who register.
    pub(crate) async fn register(&self, registrations: Vec<Registration>) {
        // A client that refuses is as good as one that cannot.
        self.call::<RegisterCapability>(RegistrationParams { registrations }).await;
    }

    /// Runs something that waits for the client, beside everything else.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(task);
    }

    /// Comes back when everything that was sent before is on its way.
    pub(crate) async fn settled(&self) {
        let (mark, reached) = oneshot::channel();
        if self.queue.send(Item::Mark(mark)).is_ok() {
            // Where nobody reads any more, there is nothing to wait for.
            let _ = reached.await;
        }
    }

    /// Writes a line to the client's log.
    pub(crate) fn log(&self, typ: MessageType, message: impl Into<String>) {
        self.notify::<LogMessage>(LogMessageParams { typ, message: message.into() });
    }

    /// Shows the user a message.
    pub(crate) fn show(&self, typ: MessageType, message: impl Into<String>) {
        self.notify::<ShowMessage>(ShowMessageParams { typ, message: message.into() });
    }

    fn send(&self, message: Request) {
        // A client that is gone needs no messages.
        let _ = self.queue.send(Item::Message(Box::new(message)));
    }
}

impl Calls {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> (i64, oneshot::Receiver<jsonrpc::Result<Value>>) {
        let (sender, receiver) = oneshot::channel();
        let mut waiting = self.lock();
        waiting.last += 1;
        let id = waiting.last;
        waiting.open.insert(id, sender);
        (id, receiver)
    }

    fn close(&self, id: i64) -> Option<oneshot::Sender<jsonrpc::Result<Value>>> {
        self.lock().open.remove(&id)
    }
}

impl Loopback for Socket {
    type RequestStream = Messages;
    type ResponseSink = Answers;

    fn split(self) -> (Messages, Answers) {
        (Messages(self.queue), Answers(self.calls))
    }
}

/// Messages on their way to the client.
#[derive(Debug)]
pub(crate) struct Messages(mpsc::UnboundedReceiver<Item>);

impl Stream for Messages {
    type Item = Request;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Request>> {
        loop {
            match self.0.poll_recv(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Item::Message(message))) => return Poll::Ready(Some(*message)),
                // The message before this one has been handed over, else we would not be asked.
                Poll::Ready(Some(Item::Mark(mark))) => {
                    let _ = mark.send(());
                }
            }
        }
    }
}

/// Where the client's answers go.
#[derive(Debug)]
pub(crate) struct Answers(Arc<Calls>);

impl Sink<Response> for Answers {
    type Error = Infallible;

    fn poll_ready(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn start_send(self: Pin<&mut Self>, response: Response) -> Result<(), Infallible> {
        let (id, answer) = response.into_parts();
        // An answer to nothing, or one that comes too late, is no concern of anybody.
        if let Id::Number(id) = id
            && let Some(waiting) = self.0.close(id)
        {
            let _ = waiting.send(answer);
        }
        Ok(())
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }
}
