//! The answer to one request, which is given once, and the wish that it be given up.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{self, Error, ErrorCode};

/// Cancelled by the server, as the protocol numbers it.
const SERVER_CANCELLED: i64 = -32802;

type Sender = oneshot::Sender<jsonrpc::Result<Value>>;

/// Where an answer goes. Who comes first answers; all others speak to nobody.
#[derive(Clone, Debug)]
pub(crate) struct Reply(Arc<Mutex<Option<Sender>>>);

impl Reply {
    /// A reply, and where it arrives.
    pub(crate) fn new() -> (Reply, oneshot::Receiver<jsonrpc::Result<Value>>) {
        let (sender, receiver) = oneshot::channel();
        (Reply(Arc::new(Mutex::new(Some(sender)))), receiver)
    }

    /// Answers.
    pub(crate) fn send(&self, answer: jsonrpc::Result<Value>) {
        let sender = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(sender) = sender {
            // Nobody may be left to hear it.
            let _ = sender.send(answer);
        }
    }

    /// Answers with an error.
    pub(crate) fn fail(&self, error: Error) {
        self.send(Err(error));
    }
}

/// Whether a request is still wanted. Long work asks every now and then.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cancel(Arc<Wish>);

#[derive(Debug, Default)]
struct Wish {
    given_up: AtomicBool,
    to_be_repeated: AtomicBool,
}

impl Cancel {
    /// Gives the request up.
    pub(crate) fn cancel(&self) {
        self.0.given_up.store(true, Ordering::Relaxed);
    }

    /// Whether it was given up.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.0.given_up.load(Ordering::Relaxed)
    }

    /// From now on, who gives the request up is told to ask again.
    pub(crate) fn ask_to_repeat(&self) {
        self.0.to_be_repeated.store(true, Ordering::Relaxed);
    }

    /// What a request that was given up is answered with.
    pub(crate) fn error(&self) -> Error {
        if self.0.to_be_repeated.load(Ordering::Relaxed) {
            server_cancelled()
        } else {
            Error::request_cancelled()
        }
    }
}

/// The answer of a server that could not finish; the client is to ask again.
pub(crate) fn server_cancelled() -> Error {
    let mut error = Error::new(ErrorCode::ServerError(SERVER_CANCELLED));
    error.message = "Server cancelled".into();
    error.data = Some(json!({ "retriggerRequest": true }));
    error
}
