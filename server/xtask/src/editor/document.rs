//! One open file of the editor.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::client::Client;

/// A file as the editor has it.
pub(super) struct Document {
    uri: String,
    version: u64,
    text: String,
}

impl Document {
    /// Opens a file.
    pub(super) fn open(client: &mut Client, path: &Path) -> Result<Document> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let is_python = path.extension().is_some_and(|extension| extension == "py");
        let language = if is_python { "python" } else { "yaml" };
        let document = Document { uri: uri(path)?, version: 1, text };
        client.notify(
            "textDocument/didOpen",
            &json!({"textDocument": {
                "uri": document.uri, "languageId": language, "version": 1, "text": document.text,
            }}),
        )?;
        Ok(document)
    }

    /// Its text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How requests name it.
    pub(super) fn name(&self) -> Value {
        json!({"textDocument": {"uri": self.uri}})
    }

    /// How requests name an offset in it.
    pub(super) fn place(&self, offset: usize) -> Value {
        json!({"textDocument": {"uri": self.uri}, "position": position(&self.text, offset)})
    }

    /// Makes `text` of it, by an edit of what differs.
    pub(super) fn edit(&mut self, client: &mut Client, text: &str) -> Result<()> {
        let (start, end, new) = difference(&self.text, text);
        let range = json!({
            "start": position(&self.text, start), "end": position(&self.text, end),
        });
        self.version += 1;
        client.notify(
            "textDocument/didChange",
            &json!({
                "textDocument": {"uri": self.uri, "version": self.version},
                "contentChanges": [{"range": range, "text": new}],
            }),
        )?;
        text.clone_into(&mut self.text);
        Ok(())
    }

    /// Whether a message publishes findings of the text as it is now.
    pub(super) fn is_answered(&self, message: &Value) -> bool {
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["uri"] == self.uri.as_str()
            && message["params"]["version"] == self.version
    }

    /// Closes it.
    pub(super) fn close(self, client: &mut Client) -> Result<()> {
        client.notify("textDocument/didClose", &self.name())
    }
}

/// The address of a file. Paths of a corpus need no escapes.
pub(super) fn uri(path: &Path) -> Result<String> {
    let absolute: PathBuf = std::fs::canonicalize(path)?;
    Ok(format!("file://{}", absolute.to_str().context("the path is no text")?))
}

/// Where two texts differ, in the first, and what the second has there.
fn difference<'t>(old: &str, new: &'t str) -> (usize, usize, &'t str) {
    let (before, after) = (old.as_bytes(), new.as_bytes());
    let shorter = before.len().min(after.len());
    let same = |pair: &(&u8, &u8)| pair.0 == pair.1;
    let start = before.iter().zip(after).take_while(same).count();
    let rest = shorter - start;
    let tail = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(same).count();
    (start, before.len() - tail, &new[start..after.len() - tail])
}

/// Line and column; a corpus is ASCII, so that all encodings count alike.
fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    json!({"line": line, "character": column})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_as_small_as_can_be() {
        assert_eq!(difference("abcd", "abXcd"), (2, 2, "X"));
        assert_eq!(difference("aaa", "aa"), (2, 3, ""));
        assert_eq!(difference("ab", "ab"), (2, 2, ""));
        assert_eq!(position("a\nbc", 3), json!({"line": 1, "character": 1}));
    }
}
