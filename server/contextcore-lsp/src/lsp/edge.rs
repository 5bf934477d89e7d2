//! The edge between the framework and the actor.
//!
//! The framework calls this service for one message after the other, in the order in which they
//! came. A message is put into the actor's queue within that very call, so that no order can get
//! lost; what is awaited afterwards is the answer alone.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use serde_json::Value;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{self, Error, ErrorCode, Id, Request, Response};
use tower_lsp::ls_types::NumberOrString;
use tower_service::Service;

use super::actor::{Event, Queue};
use super::frames::MALFORMED;
use super::outgoing::Outgoing;
use super::reply::{Cancel, Reply};

/// Not initialized, as the protocol numbers it.
const NOT_INITIALIZED: i64 = -32002;

/// The service that the framework calls.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    queue: Queue,
    outgoing: Outgoing,
    session: Arc<Mutex<Session>>,
}

/// How far the conversation has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Stage {
    /// Nobody has greeted yet.
    #[default]
    Fresh,
    /// All is open.
    Running,
    /// The client wants no more answers.
    ShutDown,
    /// The client has said goodbye; whether in due form.
    Exited(bool),
}

#[derive(Debug, Default)]
struct Session {
    stage: Stage,
    open: HashMap<Id, Open>,
}

/// A request that waits for its answer.
#[derive(Clone, Debug)]
struct Open {
    reply: Reply,
    cancel: Cancel,
    /// Whether the actor answers it by itself, so that its answer is about to come.
    is_brief: bool,
}

type Answer =
    Pin<Box<dyn Future<Output = Result<Option<Response>, std::convert::Infallible>> + Send>>;

impl Edge {
    /// An edge before the actor that reads `queue`.
    pub(crate) fn new(queue: Queue, outgoing: Outgoing) -> Edge {
        Edge { queue, outgoing, session: Arc::default() }
    }

    /// How far the conversation has come.
    pub(crate) fn stage(&self) -> Stage {
        self.lock().stage
    }

    /// Ends all waiting: the client is gone, or wants to be.
    pub(crate) fn cancel_all(&self) {
        let open = std::mem::take(&mut self.lock().open);
        let mut open: Vec<_> = open.into_iter().collect();
        open.sort_by_key(|(id, _)| id.to_string());
        for (_, Open { reply, cancel, is_brief }) in open {
            cancel.cancel();
            if !is_brief {
                reply.fail(Error::request_cancelled());
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn notification(&self, method: &str, params: Value) -> Answer {
        match method {
            MALFORMED => return malformed(&params),
            "$/cancelRequest" => self.cancel(&params),
            "exit" => {
                let mut session = self.lock();
                session.stage = Stage::Exited(session.stage == Stage::ShutDown);
                drop(session);
                self.cancel_all();
            }
            _ if self.stage() == Stage::Running => {
                self.queue.send(Event::Notification { method: method.to_owned(), params });
            }
            // Before the greeting and after the goodbye, notifications are dropped.
            _ => {}
        }
        Box::pin(async { Ok(None) })
    }

    fn request(&self, method: &str, id: Id, params: Value) -> Answer {
        let (reply, answer) = Reply::new();
        match self.admit(method, &id, &reply) {
            Err(error) => return refuse(id, error),
            Ok(cancel) => {
                let method = method.to_owned();
                self.queue.send(Event::Request { method, params, reply, cancel });
            }
        }
        let edge = self.clone();
        Box::pin(async move { Ok(Some(edge.response(id, answer).await)) })
    }

    /// Lets a request in, if it is its time.
    fn admit(&self, method: &str, id: &Id, reply: &Reply) -> jsonrpc::Result<Cancel> {
        let mut session = self.lock();
        match (session.stage, method) {
            (Stage::Fresh, "initialize") => session.stage = Stage::Running,
            (Stage::Fresh, _) => {
                let mut error = Error::new(ErrorCode::ServerError(NOT_INITIALIZED));
                error.message = "the server is not initialized".into();
                return Err(error);
            }
            (Stage::Running, "shutdown") => session.stage = Stage::ShutDown,
            (Stage::Running, "initialize") | (Stage::ShutDown | Stage::Exited(_), _) => {
                return Err(Error::invalid_request());
            }
            (Stage::Running, _) => {}
        }
        if session.open.contains_key(id) {
            return Err(Error::invalid_request());
        }
        let cancel = Cancel::default();
        let is_brief = matches!(method, "initialize" | "shutdown");
        let open = Open { reply: reply.clone(), cancel: cancel.clone(), is_brief };
        session.open.insert(id.clone(), open);
        Ok(cancel)
    }

    async fn response(
        &self,
        id: Id,
        answer: oneshot::Receiver<jsonrpc::Result<Value>>,
    ) -> Response {
        let answer = answer.await.unwrap_or_else(|_| Err(Error::internal_error()));
        self.lock().open.remove(&id);
        // What was sent on the way to the answer, parts of it among them, goes before it.
        self.outgoing.settled().await;
        Response::from_parts(id, answer)
    }

    fn cancel(&self, params: &Value) {
        let id = params.get("id").cloned().and_then(|id| serde_json::from_value(id).ok());
        let Some(id) = id.map(|id: NumberOrString| Id::from(id)) else { return };
        let known = self.lock().open.get(&id).cloned();
        if let Some(Open { reply, cancel, .. }) = known {
            cancel.cancel();
            reply.fail(cancel.error());
        }
    }
}

fn refuse(id: Id, error: Error) -> Answer {
    Box::pin(async move { Ok(Some(Response::from_error(id, error))) })
}

fn malformed(params: &Value) -> Answer {
    let mut error = Error::new(ErrorCode::from(params["code"].as_i64().unwrap_or_default()));
    error.message = params["message"].as_str().unwrap_or_default().to_owned().into();
    let id = serde_json::from_value(params["id"].clone()).unwrap_or_default();
    refuse(id, error)
}

impl Service<Request> for Edge {
    type Response = Option<Response>;
    type Error = std::convert::Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, message: Request) -> Answer {
        let (method, id, params) = message.into_parts();
        let params = params.unwrap_or_default();
        match id {
            Some(id) => self.request(&method, id, params),
            None => self.notification(&method, params),
        }
    }
}
