//! A contract and its handler, typed key by key, with a question after each.

use camino::Utf8PathBuf;
use serde_json::{Value, json};

use super::client::{Client, uri};
use super::diagnostics::{checked, of_document, shown};
use super::{Folder, asking};

/// The server's word for an answer that would be about a text of the past.
const CONTENT_MODIFIED: i64 = -32801;

const CONTRACT: &str = "schema_version: '0.1.0'
pipeline_id: reports
phases:
  collect:
    exit:
      required:
        - name: records
          type: list
  # here
propagation_chains:
  - chain_id: way
    source: {phase: collect, field: records}
    destination: {phase: summarise, field: records}
";

/// With a slip, which is put right, and with all that hangs half-way in between.
const PHASE: &str = "summarise:
    description: \"What came together: 'all' of it\"
    entry:
      required: [{name: records, type: list}]
      enrichment:
        - name: langauge\u{8}\u{8}\u{8}\u{8}\u{8}uage
          severity: warning
          default: |
            en
";

const HANDLERS: &str = "class CollectPhaseHandler:
    def execute(self, phase, context):
        context['records'] = []


# here
";

const CLASS: &str = "class SummarisePhaseHandler:
    \"\"\"Sums up: \u{201e}ganz\u{201c} \u{1d11e}.\"\"\"

    def execute(self, phase, context):
        for record in context[\"records\"]:
            if (language := context.get(\"language\", f\"{record['a']}\")):
                context.setdefault('seen', {})['x'] = language
";

/// A document under the hands of somebody who types.
struct Page {
    path: Utf8PathBuf,
    text: String,
    at: usize,
    version: i32,
}

impl Page {
    fn open(client: &mut Client, path: Utf8PathBuf, text: &str) -> Page {
        client.open(&path, text);
        let at = text.find("# here").unwrap();
        Page { path, text: text.to_owned(), at, version: 1 }
    }

    /// One key. The backspace takes back the character before the cursor.
    fn press(&mut self, client: &mut Client, key: char) {
        let mut start = self.at;
        if key == '\u{8}' {
            start -= self.text[..self.at].chars().next_back().unwrap().len_utf8();
        }
        let typed = if key == '\u{8}' { String::new() } else { key.to_string() };
        let range = json!({ "start": place(&self.text, start), "end": place(&self.text, self.at) });
        self.version += 1;
        client.change(&self.path, self.version, json!([{ "range": range, "text": typed }]));
        self.text.replace_range(start..self.at, &typed);
        self.at = start + typed.len();
    }

    /// Asks all that an editor may ask after a key.
    fn wonder(&self, client: &mut Client, asked: &mut Vec<(String, i64)>) {
        let document = json!({ "uri": uri(&self.path) });
        let here = json!({ "textDocument": document, "position": place(&self.text, self.at) });
        let at_places =
            ["completion", "hover", "definition", "documentHighlight", "prepareCallHierarchy"];
        for method in at_places {
            asked.push(ask(client, method, here.clone()));
        }
        for method in ["documentSymbol", "diagnostic", "codeLens"] {
            asked.push(ask(client, method, json!({ "textDocument": document })));
        }
        let whole = json!({ "start": place(&self.text, 0), "end": here["position"] });
        let part = json!({ "textDocument": document, "range": whole });
        asked.push(ask(client, "inlayHint", part));
    }
}

fn ask(client: &mut Client, method: &str, params: Value) -> (String, i64) {
    let method = format!("textDocument/{method}");
    let id = client.ask(&method, params);
    (method, id)
}

fn place(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.rsplit('\n').next().unwrap();
    json!({ "line": before.matches('\n').count(), "character": line.encode_utf16().count() })
}

#[test]
fn every_key_is_followed_and_every_question_answered() {
    let folder = Folder::new(&[("a.contract.yaml", CONTRACT), ("handlers.py", HANDLERS)]);
    let mut client = Client::start(&[folder.root()], &asking());
    let mut contract = Page::open(&mut client, folder.path("a.contract.yaml"), CONTRACT);
    let mut handlers = Page::open(&mut client, folder.path("handlers.py"), HANDLERS);
    let mut asked = Vec::new();
    let mut classes = CLASS.chars();
    for key in PHASE.chars() {
        contract.press(&mut client, key);
        contract.wonder(&mut client, &mut asked);
        for key in classes.by_ref().take(2) {
            handlers.press(&mut client, key);
            handlers.wonder(&mut client, &mut asked);
        }
    }
    for (method, id) in asked {
        if let Err(error) = client.answer(id) {
            assert_eq!(error["code"], CONTENT_MODIFIED, "{method}: {error}");
        }
    }
    // What was typed is what a check finds on the disk.
    let pages = [contract, handlers];
    let mut found = client.settled();
    found.retain(|path, _| pages.iter().all(|page| page.path != *path));
    for page in &pages {
        found.insert(page.path.clone(), of_document(&mut client, &page.path));
        std::fs::write(&page.path, &page.text).unwrap();
    }
    assert_eq!(shown(&found), checked(folder.root()));
    client.end_with(&["workspace/diagnostic/refresh"]);
}
