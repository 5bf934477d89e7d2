//! The server, as an editor meets it.

mod actions;
mod asides;
mod client;
mod diagnostics;
mod features;
mod files;
mod lifecycle;
mod process;
mod sync;
mod typing;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A phase requires what an earlier one writes under another name, and a directive silences nothing.
const BROKEN: &str = "schema_version: '0.1.0'
pipeline_id: one
phases: # contextcore: ignore[late-producer]
  plan:
    exit:
      required:
        - {name: domian, type: str}
  build:
    entry:
      required:
        - {name: domain, type: str}
";

/// What is found there.
const FOUND: [&str; 2] = ["unused-suppression", "dangling-read"];

/// The same with everything put right.
fn sound() -> String {
    BROKEN.replace("domian", "domain").replace(" # contextcore: ignore[late-producer]", "")
}

/// What a client of today can do, without asking for findings.
fn modern() -> Value {
    json!({
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true,
                "versionSupport": true,
                "dataSupport": true,
                "tagSupport": { "valueSet": [1, 2] },
            },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "definition": { "linkSupport": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } },
                "isPreferredSupport": true,
                "dataSupport": true,
                "resolveSupport": { "properties": ["edit"] },
            },
            "completion": { "completionItem": { "snippetSupport": true } },
        },
        "workspace": {
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] },
        },
    })
}

/// The same client, which asks for findings.
fn asking() -> Value {
    let mut client = modern();
    client["textDocument"]["diagnostic"] = json!({});
    client["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    client
}

/// A project in a folder that goes away with its value.
struct Folder {
    _kept: TempDir,
    root: Utf8PathBuf,
}

impl Folder {
    fn new(files: &[(&str, &str)]) -> Folder {
        let kept = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(kept.path().canonicalize().unwrap()).unwrap();
        let folder = Folder { _kept: kept, root };
        folder.write("contextcore.toml", "");
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    fn path(&self, path: &str) -> Utf8PathBuf {
        self.root.join(path)
    }

    fn write(&self, path: &str, text: &str) -> Utf8PathBuf {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    fn remove(&self, path: &str) -> Utf8PathBuf {
        let path = self.path(path);
        std::fs::remove_file(&path).unwrap();
        path
    }

    fn root(&self) -> &Utf8Path {
        &self.root
    }
}

/// The rules that findings are of, in order.
fn rules(findings: &[Value]) -> Vec<&str> {
    findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}
