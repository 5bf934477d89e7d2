//! Work that takes a while, shown by clients that can.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use tokio::sync::oneshot;
use tower_lsp::ls_types::notification::Progress;
use tower_lsp::ls_types::request::WorkDoneProgressCreate;
use tower_lsp::ls_types::{
    ProgressParams, ProgressParamsValue, ProgressToken, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressCreateParams, WorkDoneProgressEnd,
};

use super::outgoing::Outgoing;
use super::state::State;

/// The projects that are being read, and who is to be told when one was.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// Whether the client may be asked for anything yet.
    greeted: bool,
    count: u64,
    open: BTreeMap<Utf8PathBuf, Option<oneshot::Sender<()>>>,
}

impl State {
    /// The client may be asked for things from now on.
    pub(crate) fn begin_progress(&mut self) {
        self.shown.greeted = true;
        for root in self.shown.open.keys().cloned().collect::<Vec<_>>() {
            self.show_progress(&root);
        }
    }

    /// A project is being read.
    pub(crate) fn show_progress(&mut self, root: &Utf8PathBuf) {
        if !self.client.progress {
            return;
        }
        let end = if self.shown.greeted {
            let (end, ended) = oneshot::channel();
            self.shown.count += 1;
            let token = format!("contextcore/reading/{}", self.shown.count);
            let name = root.file_name().unwrap_or(root.as_str()).to_owned();
            self.outgoing.spawn(show(self.outgoing.clone(), token, name, ended));
            Some(end)
        } else {
            None
        };
        self.shown.open.insert(root.clone(), end);
    }

    /// A project was read. The end is told by the sender that goes.
    pub(crate) fn hide_progress(&mut self, root: &Utf8PathBuf) {
        self.shown.open.remove(root);
    }
}

async fn show(outgoing: Outgoing, token: String, name: String, mut ended: oneshot::Receiver<()>) {
    let token = ProgressToken::String(token);
    let create = WorkDoneProgressCreateParams { token: token.clone() };
    if outgoing.call::<WorkDoneProgressCreate>(create).await.is_none() {
        return;
    }
    // Most projects are read before the client has answered: there is nothing to show then.
    if !matches!(ended.try_recv(), Err(oneshot::error::TryRecvError::Empty)) {
        return;
    }
    let begin = WorkDoneProgressBegin {
        title: format!("contextcore: reading {name}"),
        cancellable: Some(false),
        ..WorkDoneProgressBegin::default()
    };
    tell(&outgoing, &token, WorkDoneProgress::Begin(begin));
    // The sender says nothing, it goes.
    let _ = ended.await;
    tell(&outgoing, &token, WorkDoneProgress::End(WorkDoneProgressEnd::default()));
}

fn tell(outgoing: &Outgoing, token: &ProgressToken, value: WorkDoneProgress) {
    let value = ProgressParamsValue::WorkDone(value);
    outgoing.notify::<Progress>(ProgressParams { token: token.clone(), value });
}
