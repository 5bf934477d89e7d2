//! What the client tells: documents come, change and go, and so do files, folders and settings.

use camino::Utf8PathBuf;
use ropey::Rope;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, MessageType,
    WorkspaceFolder,
};

use super::configuration;
use super::documents::Document;
use super::greeting::folder;
use super::handlers::probe;
use super::paths::{is_read, is_untitled, path_for, path_of};
use super::state::State;

impl State {
    /// Takes note of a notification. What cannot be understood is logged and changes nothing.
    pub(crate) fn notified(&mut self, method: &str, params: Value) {
        match method {
            "initialized" => self.greeted(),
            "textDocument/didOpen" => self.with(method, params, State::opened),
            "textDocument/didChange" => self.with(method, params, State::changed),
            "textDocument/didSave" => self.with(method, params, State::saved),
            "textDocument/didClose" => self.with(method, params, State::closed),
            "workspace/didChangeWatchedFiles" => self.with(method, params, State::watched),
            "workspace/didChangeWorkspaceFolders" => self.with(method, params, State::refoldered),
            "workspace/didChangeConfiguration" => self.reconfigured(&params),
            probe::FAULT if self.options.probes => panic!("asked for by a test"),
            _ if method.starts_with("$/") || method == "window/workDoneProgress/cancel" => {}
            _ => self.outgoing.log(MessageType::WARNING, format!("`{method}` is not known")),
        }
    }

    fn with<P: DeserializeOwned>(
        &mut self,
        method: &str,
        params: Value,
        apply: fn(&mut State, &P),
    ) {
        match serde_json::from_value(params) {
            Ok(params) => apply(self, &params),
            Err(error) => {
                let message = format!("`{method}` cannot be understood: {error}");
                self.outgoing.log(MessageType::WARNING, message);
            }
        }
    }

    fn opened(&mut self, params: &DidOpenTextDocumentParams) {
        let item = &params.text_document;
        let Some(path) = path_for(&item.uri, &item.language_id) else { return };
        let text = Rope::from_str(&item.text);
        let document = Document { uri: item.uri.clone(), version: item.version, text };
        self.documents.open(path.clone(), document);
        self.settle_document(path);
    }

    fn changed(&mut self, params: &DidChangeTextDocumentParams) {
        let (uri, version) = (&params.text_document.uri, params.text_document.version);
        let encoding = self.client.encoding;
        let path = path_of(uri, &self.documents);
        let known = path.and_then(|path| Some((self.documents.get_mut(&path)?, path)));
        let Some((document, path)) = known else {
            // Documents of other schemes are none of ours.
            if folder(uri.as_str()).is_some() {
                let message = format!("{} has changed and was never opened", uri.as_str());
                self.outgoing.log(MessageType::WARNING, message);
            }
            return;
        };
        for change in &params.content_changes {
            document.change(change, encoding);
        }
        let before = std::mem::replace(&mut document.version, version);
        if version <= before {
            // The changes count all the same: they are what the client did, in its order.
            let message = format!("{} went from version {before} to {version}", uri.as_str());
            self.outgoing.log(MessageType::WARNING, message);
        }
        if is_read(&path) {
            self.touch(path);
        }
    }

    /// Of open documents only settings are read from the disk, so only they have changed.
    fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        let path = path_of(&params.text_document.uri, &self.documents);
        let settings = path.filter(|path| !is_read(path));
        self.files_changed(settings.into_iter().collect());
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) {
        let uri = &params.text_document.uri;
        let Some(path) = path_of(uri, &self.documents) else { return };
        // Its last edits may not have been told yet, and the name that it had is still known now.
        self.flush();
        if is_untitled(&path) && self.documents.get(&path).is_some() {
            // What was told about it is taken back under its name, which only it knows.
            self.forget_document(path.clone());
            self.documents.close(&path);
        } else if self.documents.close(&path) {
            self.forget_document(path);
        }
    }

    fn watched(&mut self, params: &DidChangeWatchedFilesParams) {
        let paths = params.changes.iter().filter_map(|change| folder(change.uri.as_str()));
        self.files_changed(paths.collect());
    }

    fn refoldered(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        self.flush();
        let paths = |folders: &[WorkspaceFolder]| -> Vec<Utf8PathBuf> {
            folders.iter().filter_map(|each| folder(each.uri.as_str())).collect()
        };
        let gone = paths(&params.event.removed);
        let new = paths(&params.event.added);
        self.change_folders(&gone, new);
    }

    /// A client that can be asked only says that something has changed.
    fn reconfigured(&mut self, params: &Value) {
        if self.client.configuration {
            self.ask_for_settings();
            return;
        }
        self.flush();
        let settings = params.get("settings").unwrap_or(&Value::Null);
        let section = configuration::section(settings).clone();
        self.configure(&section);
    }
}
