//! The greeting: what the client can do and where it works, and what the server offers.

use std::sync::Arc;

use camino::Utf8PathBuf;
use serde_json::{Value, json};
use tower_lsp::ls_types::request::WorkspaceConfiguration;
use tower_lsp::ls_types::{
    ConfigurationItem, ConfigurationParams, InitializeResult, MessageType, OneOf, Registration,
    ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

use super::actor::Event;
use super::capabilities::Capabilities;
use super::configuration::{self, SECTION};
use super::convert::encoding_kind;
use super::delivery::Delivery;
use super::state::State;
use super::uri::{Address, address};
use super::{parent, router};

impl State {
    /// Answers `initialize`, and begins to read at once.
    pub(crate) fn greet(&mut self, params: &Value) -> Value {
        let client = Capabilities::of(params);
        self.delivery = Arc::new(Delivery::to(&client));
        self.client = Arc::new(client);
        self.folders = folders(params);
        if let Some(process) = params.get("processId").and_then(Value::as_i64) {
            parent::watch(process, Arc::clone(&self.orphaned));
        }
        let given = params.get("initializationOptions").unwrap_or(&Value::Null);
        self.read_settings(given);
        self.open_folders();
        let result = InitializeResult {
            capabilities: capabilities(&client),
            server_info: Some(ServerInfo {
                name: "contextcore-lsp".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            offset_encoding: None,
        };
        serde_json::to_value(result).unwrap_or_default()
    }

    /// The client is ready to be asked for things.
    pub(crate) fn greeted(&mut self) {
        self.begin_progress();
        self.begin_watching();
        if self.client.configuration_registers {
            let registration = Registration {
                id: "settings".to_owned(),
                method: "workspace/didChangeConfiguration".to_owned(),
                register_options: Some(json!({ "section": SECTION })),
            };
            let outgoing = self.outgoing.clone();
            self.outgoing.spawn(async move { outgoing.register(vec![registration]).await });
        }
        self.ask_for_settings();
    }

    /// Asks the client for its settings, if it can be asked.
    pub(crate) fn ask_for_settings(&self) {
        if !self.client.configuration {
            return;
        }
        let (outgoing, queue) = (self.outgoing.clone(), self.queue.clone());
        self.outgoing.spawn(async move {
            let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
            let asked = ConfigurationParams { items: vec![item] };
            let answer = outgoing.call::<WorkspaceConfiguration>(asked).await;
            // A client that does not answer leaves everything as it was.
            if let Some(section) = answer.and_then(|sections| sections.into_iter().next())
                && !section.is_null()
            {
                queue.send(Event::Configuration(section));
            }
        });
    }

    /// The client's settings are these from now on.
    pub(crate) fn configure(&mut self, section: &Value) {
        let before = self.settings.clone();
        self.read_settings(section);
        if self.settings.asides != before.asides {
            self.refresh_asides();
        }
        if !self.settings.finds_as(&before) {
            for root in self.projects.keys().cloned().collect::<Vec<_>>() {
                self.read_again(&root);
            }
        }
    }

    fn read_settings(&mut self, section: &Value) {
        let folder = self.folders.first().map(Utf8PathBuf::as_path);
        let (settings, problems) = configuration::read(configuration::section(section), folder);
        for problem in problems {
            self.outgoing.show(MessageType::WARNING, problem);
        }
        self.settings = settings;
    }
}

/// The folders that the client works in.
fn folders(params: &Value) -> Vec<Utf8PathBuf> {
    let listed = params.get("workspaceFolders").and_then(Value::as_array);
    let mut uris: Vec<&str> =
        listed.into_iter().flatten().filter_map(|folder| folder.get("uri")?.as_str()).collect();
    // Clients from before there were several folders.
    uris.extend(params.get("rootUri").and_then(Value::as_str).filter(|_| listed.is_none()));
    let mut folders: Vec<Utf8PathBuf> = uris.into_iter().filter_map(folder).collect();
    if let Some(path) = params.get("rootPath").and_then(Value::as_str)
        && listed.is_none()
        && folders.is_empty()
    {
        folders.push(path.into());
    }
    folders.sort();
    folders.dedup();
    folders
}

/// The path of a folder.
pub(crate) fn folder(uri: &str) -> Option<Utf8PathBuf> {
    match address(uri) {
        Address::File(path) => Some(path),
        Address::Untitled(_) | Address::Foreign => None,
    }
}

/// What the server offers to such a client.
pub(crate) fn capabilities(client: &Capabilities) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        ..TextDocumentSyncOptions::default()
    };
    let folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(OneOf::Left(true)),
    };
    let mut server = ServerCapabilities {
        position_encoding: Some(encoding_kind(client.encoding)),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(folders),
            ..WorkspaceServerCapabilities::default()
        }),
        ..ServerCapabilities::default()
    };
    router::declare(client, &mut server);
    server
}
