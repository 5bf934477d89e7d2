//! What the client can do, asked once.

use serde_json::Value;
use text::lines::Encoding;

use super::handlers::code_lens::SHOW_REFERENCES;
use super::payloads::FEATURES;

/// What every answer is gated on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Capabilities {
    /// What columns count in.
    pub(crate) encoding: Encoding,
    /// It asks for diagnostics, and asks again when told that they changed. One that asks but
    /// cannot be told would show stale findings, so it gets them unasked.
    pub(crate) pulls: bool,
    /// It shows the other side of a story as places of its own.
    pub(crate) related_information: bool,
    /// It shows what is not needed faint.
    pub(crate) tags: bool,
    /// It links a diagnostic's code to a page.
    pub(crate) code_description: bool,
    /// It gives back what a diagnostic carries for later.
    pub(crate) diagnostic_data: bool,
    /// It takes the version of the document that a diagnostic was made for.
    pub(crate) diagnostic_version: bool,
    /// It watches files when asked to.
    pub(crate) watches: bool,
    /// It tells of documents that it is asked for.
    pub(crate) registers_documents: bool,
    /// It asks about such documents: which of [`FEATURES`].
    pub(crate) registers: [bool; FEATURES.len()],
    /// It can be asked for its settings.
    pub(crate) configuration: bool,
    /// It tells of changed settings only to those who registered for it.
    pub(crate) configuration_registers: bool,
    /// It shows how long work takes.
    pub(crate) progress: bool,
    /// It shows Markdown on hover.
    pub(crate) hover_markdown: bool,
    /// It knows which words a definition was asked for.
    pub(crate) definition_links: bool,
    /// It completes with places to fill in.
    pub(crate) snippets: bool,
    /// It can be told not to indent what it inserts.
    pub(crate) insert_modes: bool,
    /// It shows Markdown beside a completion.
    pub(crate) completion_markdown: bool,
    /// It shows symbols as a tree.
    pub(crate) symbol_trees: bool,
    /// It asks what can be renamed before it asks for a name.
    pub(crate) prepares_renames: bool,
    /// It takes actions that are more than commands.
    pub(crate) action_literals: bool,
    /// It asks for the edit of an action when somebody chooses it.
    pub(crate) resolves_actions: bool,
    /// It marks the action to prefer.
    pub(crate) preferred_actions: bool,
    /// It checks the version of a document before it edits it.
    pub(crate) document_changes: bool,
    /// It makes files.
    pub(crate) creates_files: bool,
    /// It asks for hints again when told to.
    pub(crate) refreshes_hints: bool,
    /// It asks for lenses again when told to.
    pub(crate) refreshes_lenses: bool,
    /// It has our command that shows places.
    pub(crate) shows_references: bool,
}

impl Capabilities {
    /// Reads them from the parameters of `initialize`. What a client says in a form of its own counts
    /// as not said.
    pub(crate) fn of(initialize: &Value) -> Capabilities {
        let client = Client(initialize.get("capabilities").unwrap_or(&Value::Null));
        let published = "/textDocument/publishDiagnostics";
        let has = |path: &str| client.has(path);
        let of_diagnostics = |name: &str| has(&format!("{published}/{name}"));
        let item = "/textDocument/completion/completionItem";
        Capabilities {
            encoding: client.encoding(),
            pulls: client.get("/textDocument/diagnostic").is_some_and(Value::is_object)
                && has("/workspace/diagnostics/refreshSupport"),
            related_information: of_diagnostics("relatedInformation"),
            tags: client.lists(&format!("{published}/tagSupport/valueSet"), &Value::from(1)),
            code_description: of_diagnostics("codeDescriptionSupport"),
            diagnostic_data: of_diagnostics("dataSupport"),
            diagnostic_version: of_diagnostics("versionSupport"),
            watches: has("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            registers_documents: has("/textDocument/synchronization/dynamicRegistration"),
            registers: FEATURES.map(|(method, _)| has(&format!("/{method}/dynamicRegistration"))),
            configuration: has("/workspace/configuration"),
            configuration_registers: has("/workspace/didChangeConfiguration/dynamicRegistration"),
            progress: has("/window/workDoneProgress"),
            hover_markdown: client
                .lists("/textDocument/hover/contentFormat", &Value::from("markdown")),
            definition_links: has("/textDocument/definition/linkSupport"),
            snippets: has(&format!("{item}/snippetSupport")),
            insert_modes: client
                .lists(&format!("{item}/insertTextModeSupport/valueSet"), &Value::from(1)),
            completion_markdown: client
                .lists(&format!("{item}/documentationFormat"), &Value::from("markdown")),
            symbol_trees: has("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            prepares_renames: has("/textDocument/rename/prepareSupport"),
            action_literals: client
                .get("/textDocument/codeAction/codeActionLiteralSupport")
                .is_some_and(Value::is_object),
            resolves_actions: has("/textDocument/codeAction/dataSupport")
                && client.lists(
                    "/textDocument/codeAction/resolveSupport/properties",
                    &Value::from("edit"),
                ),
            preferred_actions: has("/textDocument/codeAction/isPreferredSupport"),
            document_changes: has("/workspace/workspaceEdit/documentChanges"),
            creates_files: client
                .lists("/workspace/workspaceEdit/resourceOperations", &Value::from("create")),
            refreshes_hints: has("/workspace/inlayHint/refreshSupport"),
            refreshes_lenses: has("/workspace/codeLens/refreshSupport"),
            shows_references: client
                .lists("/experimental/commands/commands", &Value::from(SHOW_REFERENCES)),
        }
    }
}

impl Default for Capabilities {
    fn default() -> Capabilities {
        Capabilities::of(&Value::Null)
    }
}

struct Client<'a>(&'a Value);

impl Client<'_> {
    fn get(&self, path: &str) -> Option<&Value> {
        self.0.pointer(path)
    }

    fn has(&self, path: &str) -> bool {
        self.get(path).and_then(Value::as_bool).unwrap_or(false)
    }

    fn lists(&self, path: &str, value: &Value) -> bool {
        self.get(path).and_then(Value::as_array).is_some_and(|list| list.contains(value))
    }

    /// The cheapest that the client offers: texts are kept in UTF-8.
    fn encoding(&self) -> Encoding {
        let offered = |name: &str| self.lists("/general/positionEncodings", &Value::from(name));
        match () {
            () if offered("utf-8") => Encoding::Utf8,
            () if offered("utf-32") && !offered("utf-16") => Encoding::Utf32,
            () => Encoding::Utf16,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(capabilities: &Value) -> Capabilities {
        Capabilities::of(&json!({ "capabilities": capabilities }))
    }

    #[test]
    fn a_client_that_says_nothing_can_do_nothing() {
        let plain = Capabilities::default();
        assert_eq!(plain.encoding, Encoding::Utf16);
        assert!(!plain.pulls && !plain.watches && !plain.tags);
        let odd = with(&json!({"general": 7, "textDocument": [], "workspace": {"diagnostics": 1}}));
        assert_eq!(odd, plain);
    }

    #[test]
    fn one_that_cannot_be_told_of_changes_gets_them_unasked() {
        let asks = json!({"diagnostic": {}});
        assert!(!with(&json!({"textDocument": asks})).pulls);
        let told = json!({"diagnostics": {"refreshSupport": true}});
        assert!(with(&json!({"textDocument": asks, "workspace": told})).pulls);
        assert!(!with(&json!({"workspace": told})).pulls);
    }

    #[test]
    fn the_encoding_is_one_that_the_client_offers() {
        let with = |list: &[&str]| with(&json!({"general": {"positionEncodings": list}})).encoding;
        assert_eq!(with(&["utf-16", "utf-8"]), Encoding::Utf8);
        assert_eq!(with(&["utf-32"]), Encoding::Utf32);
        assert_eq!(with(&["utf-32", "utf-16"]), Encoding::Utf16);
        assert_eq!(with(&[]), Encoding::Utf16);
    }
}
