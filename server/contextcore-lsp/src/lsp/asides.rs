//! What stands beside the text: hints within lines and lenses above them. Which of them are wanted,
//! and when the client is to ask for them again.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use camino::Utf8PathBuf;
use tower_lsp::ls_types::request::{CodeLensRefresh, InlayHintRefreshRequest};

use super::state::State;

/// How long nothing may happen before the client is asked to look again: it draws all of them anew
/// then, which is not worth it for each key.
const PAUSE: Duration = Duration::from_millis(300);

/// Which of them are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Asides {
    /// The phases of handlers, behind their names.
    pub(crate) phases: bool,
    /// Behind reads, that the default always wins.
    pub(crate) defaults: bool,
    /// What handlers and phases do, above them.
    pub(crate) lenses: bool,
}

impl Default for Asides {
    fn default() -> Asides {
        Asides { phases: true, defaults: true, lenses: true }
    }
}

/// How often they may have changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stale(Arc<AtomicU64>);

impl State {
    /// After the documents at `edited` were: the others may have something else beside them now. Of
    /// what it edits, the client asks by itself.
    pub(crate) fn refresh_others(&self, edited: &BTreeSet<Utf8PathBuf>) {
        if self.documents.iter().any(|(path, _)| !edited.contains(path)) {
            self.refresh_asides();
        }
    }

    /// Has the client ask for all of them again, as soon as nothing happens for a while.
    pub(crate) fn refresh_asides(&self) {
        let (hints, lenses) = (self.client.refreshes_hints, self.client.refreshes_lenses);
        if !hints && !lenses {
            return;
        }
        let Stale(count) = self.stale.clone();
        let number = count.fetch_add(1, Ordering::Relaxed) + 1;
        let outgoing = self.outgoing.clone();
        self.outgoing.spawn(async move {
            tokio::time::sleep(PAUSE).await;
            if count.load(Ordering::Relaxed) != number {
                // What has happened since asks for it.
                return;
            }
            if hints {
                outgoing.call::<InlayHintRefreshRequest>(()).await;
            }
            if lenses {
                outgoing.call::<CodeLensRefresh>(()).await;
            }
        });
    }
}
