//! What editors ask for, through real messages. What the answers say is tested where they are made.

use camino::Utf8Path;
use serde_json::{Value, json};

use super::client::{Client, uri};
use super::{BROKEN, Folder, modern, rules};

/// The document with a place in it: that of the `nth` occurrence of `word`.
fn at(path: &Utf8Path, text: &str, word: &str, nth: usize) -> Value {
    let offset = text.match_indices(word).nth(nth).unwrap().0;
    let line = text[..offset].matches('\n').count();
    let column = offset - text[..offset].rfind('\n').map_or(0, |at| at + 1);
    json!({
        "textDocument": { "uri": uri(path) },
        "position": { "line": line, "character": column },
    })
}

fn session() -> (Folder, Client) {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let mut client = Client::start(&[folder.root()], &modern());
    client.open(&folder.path("a.contract.yaml"), BROKEN);
    client.settled();
    (folder, client)
}

#[test]
fn places_are_told_about() {
    let (folder, mut client) = session();
    let path = folder.path("a.contract.yaml");
    let place = at(&path, BROKEN, "domain", 0);
    let hover = client.request("textDocument/hover", place.clone());
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert!(hover["contents"]["value"].as_str().unwrap().contains("domain"), "{hover}");
    assert_eq!(hover["range"]["start"]["line"], 10);
    let phase = at(&path, BROKEN, "build", 0);
    let definition = client.request("textDocument/definition", phase.clone());
    assert_eq!(definition[0]["targetUri"], uri(&path).as_str(), "{definition}");
    let mut all = place.clone();
    all["context"] = json!({ "includeDeclaration": true });
    let references = client.request("textDocument/references", all);
    assert_eq!(references[0]["uri"], uri(&path).as_str(), "{references}");
    let highlights = client.request("textDocument/documentHighlight", place);
    assert_eq!(highlights[0]["range"]["start"]["line"], 10, "{highlights}");
    client.end();
}

#[test]
fn outlines_and_names_are_found() {
    let (folder, mut client) = session();
    let document = json!({ "textDocument": { "uri": uri(&folder.path("a.contract.yaml")) } });
    let outline = client.request("textDocument/documentSymbol", document);
    assert_eq!(outline[0]["name"], "one", "{outline}");
    assert!(outline[0]["children"].is_array());
    let found = client.request("workspace/symbol", json!({ "query": "build" }));
    assert_eq!(found[0]["name"], "build", "{found}");
    client.end();
}

#[test]
fn what_can_be_typed_is_offered() {
    let (folder, mut client) = session();
    let path = folder.path("a.contract.yaml");
    let text = BROKEN.replace("name: domain", "name: dom");
    client.replace(&path, 2, &text);
    let mut place = at(&path, &text, "dom, type", 0);
    place["position"]["character"] = json!(place["position"]["character"].as_u64().unwrap() + 3);
    let offered = client.request("textDocument/completion", place);
    let items = offered["items"].as_array().unwrap();
    let field = items.iter().find(|item| item["label"] == "domian").expect("the producer's field");
    assert_eq!(field["textEdit"]["range"]["start"]["line"], 10);
    client.settled();
    client.end();
}

#[test]
fn actions_mend_silence_and_explain() {
    let (folder, mut client) = session();
    let path = folder.path("a.contract.yaml");
    let place = at(&path, BROKEN, "domain", 0)["position"].clone();
    let ask = |only: Value| {
        json!({
            "textDocument": { "uri": uri(&path) },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [], "only": only },
        })
    };
    let actions = client.request("textDocument/codeAction", ask(json!(["quickfix"])));
    let actions = actions.as_array().unwrap();
    let action = |title: &str| {
        let mut found = actions.iter().filter(|action| action["title"] == title);
        found.next().unwrap_or_else(|| panic!("no {title}: {actions:?}")).clone()
    };
    let explain = action("explain `dangling-read`")["command"].clone();
    let run = json!({ "command": explain["command"], "arguments": explain["arguments"] });
    let page = client.request("workspace/executeCommand", run);
    assert!(page.as_str().unwrap().starts_with("# dangling-read"));
    let silence = action("ignore `dangling-read` here");
    let edit = &silence["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"], json!({ "uri": uri(&path), "version": 1 }));
    client.change(&path, 2, with_ranges(&edit["edits"]));
    assert_eq!(rules(&client.settled()[&path]), ["unused-suppression"]);
    client.replace(&path, 3, BROKEN);
    client.settled();
    let mend = actions.iter().find(|action| action["title"].as_str().unwrap().contains("rename"));
    let edit = &mend.expect("a fix")["edit"]["documentChanges"][0];
    client.change(&path, 4, with_ranges(&edit["edits"]));
    assert_eq!(rules(&client.settled()[&path]), ["unused-suppression"]);
    let none = client.request("textDocument/codeAction", ask(json!(["refactor"])));
    assert_eq!(none, json!([]));
    client.end();
}

#[test]
fn contracts_of_other_kinds_are_mended_too() {
    let head =
        |kind: &str| format!("schema_version: '0.1.0'\ncontract_type: {kind}\npipeline_id: one\n");
    let texts = [
        ("a.budget.yaml", head("budget_propagation") + "budgets: []\ndescriptio: x\n"),
        ("a.ordering.yaml", head("causal_ordering") + "dependencies: []\ndescriptio: x\n"),
        ("a.lineage.yaml", head("data_lineage") + "chains: []\ndescriptio: x\n"),
    ];
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, &**text)).collect();
    let folder = Folder::new(&files);
    let mut client = Client::start(&[folder.root()], &modern());
    for (name, text) in files {
        let path = folder.path(name);
        client.open(&path, text);
        client.settled();
        let place = at(&path, text, "descriptio", 0)["position"].clone();
        let ask = json!({
            "textDocument": { "uri": uri(&path) },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [], "only": ["quickfix"] },
        });
        let actions = client.request("textDocument/codeAction", ask);
        let titles: Vec<&str> =
            actions.as_array().unwrap().iter().filter_map(|it| it["title"].as_str()).collect();
        assert!(titles.iter().any(|title| title.contains("`description`")), "{name}: {titles:?}");
        assert!(titles.contains(&"ignore `unknown-key` here"), "{name}: {titles:?}");
    }
    client.end();
}

#[test]
fn a_name_is_given_everywhere_or_not_at_all() {
    let budget = "schema_version: '0.1.0'\ncontract_type: budget_propagation\npipeline_id: one\n\
                  budgets:\n  - budget_id: money\n    budget_type: custom\n    total: 1\n    \
                  allocations:\n      - {phase: build, amount: 1}\n";
    let folder = Folder::new(&[("a.contract.yaml", BROKEN), ("a.budget.yaml", budget)]);
    let mut client = Client::start(&[folder.root()], &modern());
    let (path, other) = (folder.path("a.contract.yaml"), folder.path("a.budget.yaml"));
    client.open(&path, BROKEN);
    client.settled();
    let place = at(&path, BROKEN, "build", 0);
    let found = client.request("textDocument/prepareRename", place.clone());
    assert_eq!(found["placeholder"], "build", "{found}");
    let with = |name: &str| {
        let mut params = place.clone();
        params["newName"] = json!(name);
        params
    };
    let edit = client.request("textDocument/rename", with("make"));
    let changes = edit["documentChanges"].as_array().expect("edits of documents");
    let target = |change: &Value| change["textDocument"].clone();
    assert_eq!(target(&changes[0]), json!({ "uri": uri(&other), "version": null }));
    assert_eq!(target(&changes[1]), json!({ "uri": uri(&path), "version": 1 }));
    assert_eq!(changes[0]["edits"][0]["newText"], "make");
    assert_eq!(client.refused("textDocument/rename", with("plan")), -32803);
    let nothing = at(&path, BROKEN, "phases", 0);
    assert_eq!(client.request("textDocument/prepareRename", nothing), Value::Null);
    client.settled();
    client.end();
}

#[test]
fn everything_that_is_safe_is_mended_at_once() {
    let root = crate::project::root().join("fixtures/artisan-broken");
    let path = root.join("contracts/artisan.contract.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut client = Client::start(&[&root], &modern());
    client.open(&path, &text);
    let before = client.settled()[&path].len();
    let zero = json!({ "line": 0, "character": 0 });
    let ask = json!({
        "textDocument": { "uri": uri(&path) },
        "range": { "start": zero, "end": zero },
        "context": { "diagnostics": [], "only": ["source.fixAll"] },
    });
    let actions = client.request("textDocument/codeAction", ask);
    let edits = actions[0]["edit"]["documentChanges"].as_array().expect("something is safe");
    for edit in edits {
        assert_eq!(edit["textDocument"]["uri"], uri(&path).as_str());
        client.change(&path, 2, with_ranges(&edit["edits"]));
    }
    assert!(client.settled()[&path].len() < before);
    client.end();
}

/// Edits as changes of a document, the last first, so that each finds its place.
fn with_ranges(edits: &Value) -> Value {
    let mut edits = edits.as_array().unwrap().clone();
    let start = |edit: &Value| {
        let start = &edit["range"]["start"];
        (start["line"].as_u64(), start["character"].as_u64())
    };
    edits.sort_by_key(|edit| std::cmp::Reverse(start(edit)));
    edits
        .into_iter()
        .map(|edit| json!({ "range": edit["range"], "text": edit["newText"] }))
        .collect()
}

#[test]
fn a_plain_client_gets_plain_words() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let path = folder.path("a.contract.yaml");
    let mut client = Client::start(&[folder.root()], &json!({}));
    client.open(&path, BROKEN);
    // While the server still reads the project, and changes it itself by what is open.
    let domain = at(&path, BROKEN, "domain", 0);
    let mut all = domain.clone();
    all["context"] = json!({ "includeDeclaration": true });
    let references = client.request("textDocument/references", all);
    assert_eq!(references.as_array().map(Vec::len), Some(1), "{references}");
    let hover = client.request("textDocument/hover", domain);
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let words = hover["contents"]["value"].as_str().unwrap();
    assert!(words.starts_with("domain") && !words.contains("```"), "{words}");
    let end = json!({ "line": 11, "character": 0 });
    let place = json!({ "textDocument": { "uri": uri(&path) }, "position": end });
    let offered = client.request("textDocument/completion", place);
    let item = &offered["items"][0];
    assert!(item["documentation"].is_string(), "{item}");
    client.settled();
    client.end();
}
