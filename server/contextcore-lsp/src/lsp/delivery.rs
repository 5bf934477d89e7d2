//! How findings reach the client: unasked, on request, or some this way and some that.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use tower_lsp::ls_types::request::WorkspaceDiagnosticRefresh;

use super::capabilities::Capabilities;
use super::outgoing::Outgoing;

const IDLE: u8 = 0;
const ASKED: u8 = 1;
const ASK_AGAIN: u8 = 2;

/// Which files are sent unasked.
///
/// A client that asks gets open documents on request. Not every one of these asks for the rest of
/// the workspace too, so the other files are sent unasked until it does.
#[derive(Debug)]
pub(crate) struct Delivery {
    pulls: bool,
    pulls_workspace: AtomicBool,
    answered_workspace: AtomicBool,
    refresh: AtomicU8,
}

impl Delivery {
    /// What suits the client.
    pub(crate) fn to(client: &Capabilities) -> Delivery {
        Delivery {
            pulls: client.pulls,
            pulls_workspace: AtomicBool::new(false),
            answered_workspace: AtomicBool::new(false),
            refresh: AtomicU8::new(IDLE),
        }
    }

    /// Whether the findings of a file are sent unasked.
    pub(crate) fn is_pushed(&self, is_open: bool) -> bool {
        !self.pulls || !is_open && !self.pulls_workspace.load(Ordering::SeqCst)
    }

    /// The client asks for the whole workspace. Nothing that it asks for is sent from now on.
    pub(crate) fn workspace_is_asked_for(&self) {
        self.pulls_workspace.store(true, Ordering::SeqCst);
    }

    /// The client gets the whole workspace. Says whether that is for the first time.
    pub(crate) fn workspace_is_answered(&self) -> bool {
        !self.answered_workspace.swap(true, Ordering::Relaxed)
    }

    /// Tells the client that what it has asked for is out of date. While it has not taken note of
    /// that, telling it again would only make it work more.
    pub(crate) fn refresh(self: &Arc<Self>, outgoing: &Outgoing) {
        let asked = self.refresh.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |now| {
            Some(if now == IDLE { ASKED } else { ASK_AGAIN })
        });
        if asked != Ok(IDLE) {
            return;
        }
        let (delivery, sender) = (Arc::clone(self), outgoing.clone());
        outgoing.spawn(async move {
            loop {
                sender.call::<WorkspaceDiagnosticRefresh>(()).await;
                let next = delivery.refresh.fetch_sub(1, Ordering::Relaxed);
                if next == ASKED {
                    return;
                }
            }
        });
    }
}
