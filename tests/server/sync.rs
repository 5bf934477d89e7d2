//! The server's text is the client's, at every place in the queue.

use serde_json::{Value, json};

use super::client::{Client, uri};
use super::{BROKEN, FOUND, Folder, modern, rules, sound};

/// The document's version and text, as the server analyses it.
fn text(client: &mut Client, uri: &str) -> Value {
    let at = json!({ "line": 0, "character": 0 });
    client.request(
        "contextcore/probe/text",
        json!({ "textDocument": { "uri": uri }, "position": at }),
    )
}

fn edit(at: [u32; 4], text: &str) -> Value {
    let range = json!({
        "start": { "line": at[0], "character": at[1] },
        "end": { "line": at[2], "character": at[3] },
    });
    json!({ "range": range, "text": text })
}

#[test]
fn columns_count_as_agreed() {
    // `domain` follows a character of four bytes, two units of UTF-16 and one scalar.
    let contract = sound().replace("name: domain, type: str", "description: '𝄞', name: domain");
    for (encodings, named, end) in [
        (json!(["utf-8"]), "utf-8", 44),
        (json!(["utf-16"]), "utf-16", 42),
        (json!(["utf-32"]), "utf-32", 41),
    ] {
        let folder = Folder::new(&[]);
        let path = folder.path("a.contract.yaml");
        let mut client = Client::silent();
        let mut capabilities = modern();
        capabilities["general"] = json!({ "positionEncodings": encodings });
        let offered = client.greet(&[folder.root()], &capabilities, &Value::Null);
        assert_eq!(offered["positionEncoding"], named);
        client.open(&path, &contract);
        // The edit is understood in the encoding, and so are the places of what it brings about.
        client.change(&path, 2, json!([edit([6, end - 6, 6, end], "domian")]));
        let found = client.settled().remove(&path).unwrap();
        let read = found.iter().find(|finding| finding["code"] == "dangling-read").unwrap();
        let place = &read["relatedInformation"][0]["location"]["range"];
        assert_eq!(place["end"]["character"], end, "{named}: {read}");
        client.end();
    }
}

#[test]
fn a_request_is_answered_about_the_text_at_its_place() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let path = folder.path("a.contract.yaml");
    let mut client = Client::start(&[folder.root()], &modern());
    client.open(&path, BROKEN);
    let mut asked = Vec::new();
    for version in 2..1002 {
        client.change(&path, version, json!([edit([1, 13, 1, 13], "x")]));
        if version % 3 == 0 {
            let params = json!({
                "textDocument": { "uri": uri(&path) },
                "position": { "line": 0, "character": 0 },
            });
            asked.push((version, client.ask("contextcore/probe/text", params)));
        }
    }
    for (version, id) in asked {
        let answer = client.answer(id).unwrap();
        assert_eq!(answer["version"], version);
        let added = "x".repeat(usize::try_from(version).unwrap() - 1);
        assert_eq!(answer["text"], BROKEN.replace("id: o", &format!("id: {added}o")).as_str());
    }
    client.settled();
    client.end();
}

#[test]
fn documents_that_a_project_is_read_with_count_from_the_start() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let path = folder.path("a.contract.yaml");
    let mut client = Client::start(&[folder.root()], &modern());
    // All this comes while the project is being read.
    client.open(&path, BROKEN);
    client.replace(&path, 2, "just: yaml\n");
    let early =
        client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri(&path) } }));
    client.replace(&path, 3, &sound());
    assert_eq!(client.answer(early).unwrap(), json!([]), "asked of the second text");
    assert_eq!(text(&mut client, &uri(&path))["version"], 3);
    assert_eq!(client.settled()[&path], Vec::<Value>::new());
    client.close(&path);
    assert_eq!(rules(&client.settled()[&path]), FOUND, "the disk's text");
    client.end();
}

#[test]
fn odd_versions_ranges_and_orders_leave_the_text_right() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let path = folder.path("a.contract.yaml");
    let mut client = Client::start(&[folder.root()], &modern());
    client.replace(&path, 7, "never opened");
    client.close(&path);
    client.open(&path, BROKEN);
    client.change(&path, 1, json!([edit([99, 0, 200, 7], "# end\n")]));
    client.change(&path, 0, json!([edit([0, 999, 0, 5], "")]));
    let shown = text(&mut client, &uri(&path));
    assert_eq!(shown["version"], 0);
    let expected = BROKEN.replacen("schema_version: '0.1.0'", "schem", 1) + "# end\n";
    assert_eq!(shown["text"], expected.as_str());
    client.open(&path, &sound());
    assert_eq!(client.settled()[&path], Vec::<Value>::new(), "opened once more");
    let log = client.log().join("\n");
    for part in ["was never opened", "from version 1 to 1", "from version 1 to 0"] {
        assert!(log.contains(part), "{part}: {log}");
    }
    client.end();
}

#[test]
fn documents_without_a_file_are_analysed_alone() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let mut client = Client::start(&[folder.root()], &modern());
    client.settled();
    client.open_uri("untitled:Untitled-1", "yaml", BROKEN);
    client.open_uri("untitled:Untitled-2", "plaintext", BROKEN);
    client.open_uri("git:/a.contract.yaml?HEAD", "yaml", BROKEN);
    client.open_uri("vscode-notebook-cell:/a.ipynb#1", "python", "context['x']\n");
    let told = client.settled();
    assert_eq!(told.keys().collect::<Vec<_>>(), ["untitled:Untitled-1"]);
    assert_eq!(rules(&told.values().next().unwrap()[..]), FOUND);
    let close = json!({ "textDocument": { "uri": "untitled:Untitled-1" } });
    client.notify("textDocument/didClose", close);
    let told = client.settled();
    let taken_back = told.into_iter().collect::<Vec<_>>();
    assert_eq!(taken_back, [("untitled:Untitled-1".into(), Vec::<Value>::new())]);
    client.end();
}

#[test]
fn a_client_may_spell_a_name_as_it_likes() {
    let folder = Folder::new(&[("a b.contract.yaml", BROKEN)]);
    let path = folder.path("a b.contract.yaml");
    let mut client = Client::start(&[folder.root()], &modern());
    client.settled();
    let spelled = uri(&path).replace("%20b", "%20%62");
    client.open_uri(&spelled, "yaml", &sound());
    client.request("contextcore/probe/settled", json!({}));
    let told = client.told();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].1["uri"], spelled.as_str(), "its own spelling comes back");
    assert_eq!(told[0].1["diagnostics"], json!([]));
    client.end();
}

#[test]
fn what_is_closed_at_once_stays_without_findings() {
    let mut client = Client::start(&[], &modern());
    for number in 0..100 {
        let uri = format!("untitled:Untitled-{number}");
        client.open_uri(&uri, "yaml", BROKEN);
        if number % 2 == 0 {
            // Something is found, and may just be on its way.
            text(&mut client, &uri);
        }
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }
    assert_eq!(client.settled().into_values().flatten().count(), 0);
    client.end();
}
