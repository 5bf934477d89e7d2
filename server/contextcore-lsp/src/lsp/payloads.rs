//! Payloads: of all JSON, the files that their names or settings call so.
//!
//! A workspace is full of other JSON, so a client is asked for these files alone, and for others as
//! settings change. One that cannot be asked is set up by its user.

use std::collections::BTreeSet;

use contracts::kinds::by_name;
use contracts::schema::Loader;
use serde_json::{Value, json};
use settings::contracts::ContractSettings;
use tower_lsp::ls_types::notification::{DidChangeWatchedFiles, Notification};
use tower_lsp::ls_types::request::UnregisterCapability;
use tower_lsp::ls_types::{
    FileSystemWatcher, Registration, ServerCapabilities, TextDocumentSyncKind, Unregistration,
    UnregistrationParams,
};

use super::capabilities::Capabilities;
use super::greeting;
use super::project::Held;
use super::state::State;

/// What payloads are called.
const NAMES: &str = "**/*.{task-span,handoff,artifact-intent,gate-result}.json";

/// What can be asked about documents that the client was asked for, and where the server's
/// capabilities say more about it.
pub(crate) const FEATURES: [(&str, &str); 9] = [
    ("textDocument/codeAction", "codeActionProvider"),
    ("textDocument/completion", "completionProvider"),
    ("textDocument/definition", "definitionProvider"),
    ("textDocument/diagnostic", "diagnosticProvider"),
    ("textDocument/documentHighlight", "documentHighlightProvider"),
    ("textDocument/documentSymbol", "documentSymbolProvider"),
    ("textDocument/hover", "hoverProvider"),
    ("textDocument/references", "referencesProvider"),
    ("textDocument/rename", "renameProvider"),
];

/// What the client was asked for.
#[derive(Debug, Default)]
pub(crate) struct Payloads {
    /// The files; none before the client is ready to be asked.
    patterns: Option<BTreeSet<String>>,
    /// How it can be taken back.
    registered: Vec<Unregistration>,
    /// How often it was asked.
    round: u64,
}

impl State {
    /// What the client is to be asked for at the beginning.
    pub(crate) fn first_payloads(&mut self) -> Vec<Registration> {
        let patterns = self.payload_patterns();
        self.ask_for_payloads(patterns)
    }

    /// Settings may have changed: asks the client for other files if they have.
    pub(crate) fn follow_payloads(&mut self) {
        let patterns = self.payload_patterns();
        if self.payloads.patterns.as_ref().is_none_or(|known| *known == patterns) {
            return;
        }
        let unregisterations = std::mem::take(&mut self.payloads.registered);
        let registrations = self.ask_for_payloads(patterns);
        if registrations.is_empty() {
            return;
        }
        let outgoing = self.outgoing.clone();
        self.outgoing.spawn(async move {
            // In this order, no document is closed in between.
            outgoing.register(registrations).await;
            outgoing.call::<UnregisterCapability>(UnregistrationParams { unregisterations }).await;
        });
    }

    fn payload_patterns(&self) -> BTreeSet<String> {
        let mut patterns = BTreeSet::from([NAMES.to_owned()]);
        for view in self.projects.values().filter_map(Held::view) {
            patterns.extend(patterns_of(&view.engine.settings().contracts));
        }
        patterns
    }

    fn ask_for_payloads(&mut self, patterns: BTreeSet<String>) -> Vec<Registration> {
        self.payloads.round += 1;
        let registrations = registrations(&self.client, &patterns, self.payloads.round);
        let taken_back = |registration: &Registration| Unregistration {
            id: registration.id.clone(),
            method: registration.method.clone(),
        };
        self.payloads.registered = registrations.iter().map(taken_back).collect();
        self.payloads.patterns = Some(patterns);
        registrations
    }
}

/// The files of JSON that settings may choose, wherever in a workspace; a few too many are no harm.
fn patterns_of(contracts: &ContractSettings) -> impl Iterator<Item = String> {
    contracts.files.iter().flat_map(|files| {
        let is_payload =
            by_name(&files.kind.value).is_some_and(|kind| kind.loader == Loader::Payload);
        files.globs.texts.iter().filter_map(move |glob| pattern_of(&glob.value, is_payload))
    })
}

/// A glob as clients read it. One that may mean a folder matters where payloads lie in it.
fn pattern_of(glob: &str, is_payload: bool) -> Option<String> {
    if glob.starts_with('!') {
        return None;
    }
    let glob = glob.trim_start_matches("./").trim_start_matches('/').trim_start_matches("**/");
    if glob.ends_with(".json") {
        return Some(format!("**/{glob}"));
    }
    let folder = glob.trim_end_matches(['*', '/']);
    let is_file = [".yaml", ".yml"].iter().any(|end| glob.ends_with(end));
    match folder {
        _ if is_file || !is_payload => None,
        "" => Some("**/*.json".to_owned()),
        folder => Some(format!("**/{folder}/**/*.json")),
    }
}

/// What the client is asked for, as far as it can be.
fn registrations(
    client: &Capabilities,
    patterns: &BTreeSet<String>,
    round: u64,
) -> Vec<Registration> {
    let registration = |method: &str, options: Value| Registration {
        id: format!("payloads {round} {method}"),
        method: method.to_owned(),
        register_options: Some(options),
    };
    let mut all = Vec::new();
    if client.watches {
        let watcher = |pattern: &String| FileSystemWatcher {
            glob_pattern: pattern.clone().into(),
            kind: None,
        };
        let watchers: Vec<FileSystemWatcher> = patterns.iter().map(watcher).collect();
        all.push(registration(DidChangeWatchedFiles::METHOD, json!({ "watchers": watchers })));
    }
    if client.registers_documents {
        let filter = |pattern: &String| json!({ "scheme": "file", "pattern": pattern });
        let selector: Value = patterns.iter().map(filter).collect();
        let sync = ["didOpen", "didChange", "didSave", "didClose"].map(|name| {
            let options = match name {
                "didChange" => {
                    json!({ "documentSelector": selector, "syncKind": TextDocumentSyncKind::INCREMENTAL })
                }
                _ => json!({ "documentSelector": selector }),
            };
            registration(&format!("textDocument/{name}"), options)
        });
        all.extend(sync);
        let offered = greeting::capabilities(client);
        let features = FEATURES.iter().zip(client.registers);
        let features = features.filter(|(_, registers)| *registers);
        all.extend(features.filter_map(|((method, provider), _)| {
            Some(registration(method, options(&offered, provider, &selector)?))
        }));
    }
    all
}

/// What the server says of a feature, for these documents; none where it has no such feature.
fn options(offered: &ServerCapabilities, provider: &str, selector: &Value) -> Option<Value> {
    let offered = serde_json::to_value(offered).ok()?;
    let mut options = match offered.get(provider)? {
        Value::Object(options) => options.clone(),
        Value::Bool(true) => serde_json::Map::new(),
        _ => return None,
    };
    // The whole workspace is asked about already.
    options.entry("workspaceDiagnostics").and_modify(|all| *all = Value::Bool(false));
    options.insert("documentSelector".to_owned(), selector.clone());
    Some(Value::Object(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_of_settings_are_patterns_of_clients() {
        let wide = |glob: &str| pattern_of(glob, true).unwrap_or_default();
        assert_eq!(wide("payloads/**/*.json"), "**/payloads/**/*.json");
        assert_eq!(wide("./ask.json"), "**/ask.json");
        assert_eq!(wide("**/ask.json"), "**/ask.json");
        assert_eq!(wide("/sent"), "**/sent/**/*.json");
        assert_eq!(wide("sent/**"), "**/sent/**/*.json");
        assert_eq!(wide("**"), "**/*.json");
        assert_eq!(wide("!sent"), "");
        assert_eq!(wide("sent/*.yaml"), "");
        assert_eq!(pattern_of("contracts", false), None);
        assert_eq!(pattern_of("odd.json", false).as_deref(), Some("**/odd.json"));
    }

    #[test]
    fn a_client_is_asked_for_what_it_can_do() {
        let asked = |capabilities: Value| -> Vec<String> {
            let client = Capabilities::of(&json!({ "capabilities": capabilities }));
            let patterns = BTreeSet::from(["**/a.json".to_owned()]);
            let all = registrations(&client, &patterns, 1).into_iter();
            all.map(|registration| registration.method).collect()
        };
        assert_eq!(asked(json!({})), [""; 0]);
        let registers = json!({ "dynamicRegistration": true });
        let watches = json!({ "workspace": { "didChangeWatchedFiles": registers } });
        assert_eq!(asked(watches), ["workspace/didChangeWatchedFiles"]);
        let document =
            json!({ "textDocument": { "synchronization": registers, "hover": registers } });
        assert_eq!(
            asked(document),
            ["didOpen", "didChange", "didSave", "didClose", "hover"]
                .map(|name| format!("textDocument/{name}"))
        );
        // Without its text, nothing can be said of a document.
        assert_eq!(asked(json!({ "textDocument": { "hover": registers } })), [""; 0]);
    }
}
