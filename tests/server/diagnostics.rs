//! Findings, told or asked for, are those of a check.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use text::lines::Encoding;
use workspace::check::{CheckRequest, check};

use super::client::{Client, Findings, uri};
use super::{BROKEN, FOUND, Folder, asking, modern, rules, sound};

/// A finding in a form that both faces can be brought to.
pub(super) type Shown = (Utf8PathBuf, [u64; 4], String, String, u64);

pub(super) fn checked(root: &Utf8Path) -> Vec<Shown> {
    let request = CheckRequest {
        paths: vec![root.to_owned()],
        config: None,
        overrides: settings::run::RunOverrides::default(),
    };
    let shown = check(&request).findings.into_iter().map(|finding| {
        let source = &finding.at.source;
        let place = |offset: u32| {
            let place = source.lines.position(&source.text, offset as usize, Encoding::Utf16);
            [u64::from(place.line), u64::from(place.column)]
        };
        let (start, end) = (place(finding.at.span.start), place(finding.at.span.end));
        let level = match finding.level.as_str() {
            "error" => 1,
            "warning" => 2,
            "information" => 3,
            _ => 4,
        };
        let rule = finding.rule.name.to_owned();
        let range = [start[0], start[1], end[0], end[1]];
        (source.path.clone(), range, rule, finding.message.clone(), level)
    });
    let mut shown: Vec<Shown> = shown.collect();
    shown.sort();
    shown
}

pub(super) fn shown(findings: &Findings) -> Vec<Shown> {
    let mut shown = Vec::new();
    for (path, findings) in findings {
        for finding in findings {
            let number = |at: &str| finding.pointer(at).and_then(Value::as_u64).unwrap();
            let range = [
                number("/range/start/line"),
                number("/range/start/character"),
                number("/range/end/line"),
                number("/range/end/character"),
            ];
            let message = finding["message"].as_str().unwrap().lines().next().unwrap().to_owned();
            let rule = finding["code"].as_str().unwrap().to_owned();
            shown.push((path.clone(), range, rule, message, number("/severity")));
        }
    }
    shown.sort();
    shown
}

/// What a client gets that asks about one document.
pub(super) fn of_document(client: &mut Client, path: &Utf8Path) -> Vec<Value> {
    let params = json!({ "textDocument": { "uri": uri(path) } });
    let answer = client.request("textDocument/diagnostic", params);
    answer["items"].as_array().unwrap().clone()
}

/// All findings that a client gets that asks for those of the workspace.
fn asked(client: &mut Client, known: &[(String, String)]) -> (Findings, Vec<(String, String)>) {
    let known: Vec<Value> =
        known.iter().map(|(uri, id)| json!({ "uri": uri, "value": id })).collect();
    let answer = client.request(
        "workspace/diagnostic",
        json!({ "previousResultIds": known, "partialResultToken": "part" }),
    );
    let mut items = answer["items"].as_array().unwrap().clone();
    for part in client.all("$/progress") {
        assert_eq!(part["params"]["token"], "part");
        items.extend(part["params"]["value"]["items"].as_array().unwrap().clone());
    }
    let mut findings = Findings::new();
    let mut ids = Vec::new();
    for item in items {
        assert_eq!(item["kind"], "full");
        let uri = item["uri"].as_str().unwrap().to_owned();
        findings.insert(super::client::path(&uri), item["items"].as_array().unwrap().clone());
        ids.push((uri, item["resultId"].as_str().unwrap().to_owned()));
    }
    (findings, ids)
}

#[test]
fn findings_are_those_of_a_check() {
    for name in ["fixtures/artisan", "fixtures/artisan-broken"] {
        let root = crate::project::root().join(name);
        let expected = checked(&root);
        let mut client = Client::start(&[&root], &modern());
        assert_eq!(shown(&client.settled()), expected, "{name}, told");
        client.end();
        let mut client = Client::start(&[&root], &asking());
        assert_eq!(shown(&asked(&mut client, &[]).0), expected, "{name}, asked for");
        client.settled();
        client.end();
    }
}

#[test]
fn what_was_edited_is_told_first_and_what_points_there_too() {
    let handler = "class BuildPhaseHandler:\n    def execute(self, context):\n        return context['domain']\n";
    let folder = Folder::new(&[("a.contract.yaml", &sound()), ("build.py", handler)]);
    let path = folder.path("a.contract.yaml");
    let mut client = Client::start(&[folder.root()], &modern());
    assert_eq!(client.settled(), Findings::new());
    client.open(&path, &sound());
    client.replace(&path, 2, BROKEN);
    client.request("contextcore/probe/settled", json!({}));
    let told = client.told();
    let last = told.iter().rev().find(|(told, _)| *told == path).unwrap();
    assert_eq!(last.1["version"], 2);
    let found = last.1["diagnostics"].as_array().unwrap();
    assert_eq!(rules(found), FOUND);
    let read = found.iter().find(|finding| finding["code"] == "dangling-read").unwrap();
    assert_eq!(read["source"], "contextcore");
    assert_eq!(read["severity"], 1);
    assert!(read["relatedInformation"][0]["location"]["uri"] == uri(&path).as_str(), "{read}");
    let write = found.iter().find(|finding| finding["code"] == "unused-suppression").unwrap();
    assert_eq!(write["tags"], json!([1]));
    client.end();
}

#[test]
fn a_plain_client_reads_the_other_side_in_the_message() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let mut client = Client::start(&[folder.root()], &json!({}));
    let found = client.settled().remove(&folder.path("a.contract.yaml")).unwrap();
    let read = found.iter().find(|finding| finding["code"] == "dangling-read").unwrap();
    assert!(read["message"].as_str().unwrap().contains("a.contract.yaml:7: "), "{read}");
    assert_eq!((&read["relatedInformation"], &read["tags"]), (&Value::Null, &Value::Null));
    // It cannot watch files, so the server does.
    client.end();
}

#[test]
fn an_open_document_is_asked_for() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let path = folder.path("a.contract.yaml");
    let document = json!({ "textDocument": { "uri": uri(&path) } });
    let mut client = Client::start(&[folder.root()], &asking());
    assert_eq!(rules(&client.settled()[&path]), FOUND, "not open");
    client.open(&path, BROKEN);
    assert_eq!(client.settled()[&path], Vec::<Value>::new(), "from now on asked for");
    let full = client.request("textDocument/diagnostic", document.clone());
    assert_eq!(full["kind"], "full");
    assert_eq!(rules(full["items"].as_array().unwrap()), FOUND);
    let mut again = document.clone();
    again["previousResultId"] = full["resultId"].clone();
    assert_eq!(client.request("textDocument/diagnostic", again)["kind"], "unchanged");
    client.close(&path);
    assert_eq!(rules(&client.settled()[&path]), FOUND);
    let foreign = json!({ "textDocument": { "uri": "git:/a.yaml" } });
    assert_eq!(client.request("textDocument/diagnostic", foreign)["items"], json!([]));
    client.end();
}

#[test]
fn a_question_about_the_workspace_waits_for_news() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN), ("b.contract.yaml", BROKEN)]);
    let (a, b) = (folder.path("a.contract.yaml"), folder.path("b.contract.yaml"));
    let mut client = Client::start(&[folder.root()], &asking());
    let (found, ids) = asked(&mut client, &[]);
    assert_eq!(found.len(), 2);
    client.settled();
    // Nothing is new, so there is no answer until something is.
    let known: Vec<Value> =
        ids.iter().map(|(uri, id)| json!({ "uri": uri, "value": id })).collect();
    let params = json!({ "previousResultIds": known });
    let waiting = client.ask("workspace/diagnostic", params.clone());
    assert_eq!(client.settled(), Findings::new());
    client.open(&a, &sound());
    let answer = client.answer(waiting).unwrap();
    let items = answer["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "b is known: {}", uri(&b));
    assert_eq!((&items[0]["uri"], &items[0]["items"]), (&json!(uri(&a)), &json!([])));
    // Who gives up is told to ask again, and a newer question takes the place of an older one.
    client.replace(&a, 2, BROKEN);
    client.settled();
    let older = client.ask("workspace/diagnostic", params.clone());
    client.settled();
    let newer = client.ask("workspace/diagnostic", params);
    assert_eq!(client.answer(older).unwrap(), json!({ "items": [] }));
    client.notify("$/cancelRequest", json!({ "id": newer }));
    let error = client.answer(newer).unwrap_err();
    assert_eq!(
        (&error["code"], &error["data"]["retriggerRequest"]),
        (&json!(-32802), &json!(true))
    );
    client.end_with(&["workspace/diagnostic/refresh"]);
}

#[test]
fn an_open_document_that_another_one_spoils_is_asked_for_again() {
    let base = "schema_version: '0.1.0'\npipeline_id: one\nphases:\n  build:\n    entry:\n      required:\n        - {name: domain, type: str}\n";
    let code = "class BuildPhaseHandler:\n    def execute(self, context):\n        return context['tone']\n";
    let folder = Folder::new(&[("a.contract.yaml", base), ("build.py", code)]);
    let (contract, handler) = (folder.path("a.contract.yaml"), folder.path("build.py"));
    let mut client = Client::start(&[folder.root()], &asking());
    client.open(&contract, base);
    client.open(&handler, code);
    let document = json!({ "textDocument": { "uri": uri(&handler) } });
    let before = client.request("textDocument/diagnostic", document.clone());
    client.settled();
    client.drop_all("workspace/diagnostic/refresh");
    client.replace(&contract, 2, &base.replace("name: domain", "name: tone"));
    let refresh = client.expect("workspace/diagnostic/refresh");
    assert!(refresh.get("params").is_none());
    let after = client.request("textDocument/diagnostic", document);
    assert_ne!(before["items"], after["items"]);
    // While the client has not answered, it is not asked anew; afterwards it is.
    client.replace(&contract, 3, base);
    client.settled();
    assert_eq!(client.all("workspace/diagnostic/refresh"), Vec::<Value>::new());
    client.reply(&refresh, Value::Null);
    client.expect("workspace/diagnostic/refresh");
    client.end();
}

#[test]
fn an_open_document_is_asked_for_again_after_new_settings() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let path = folder.path("a.contract.yaml");
    let mut client = Client::start(&[folder.root()], &asking());
    client.open(&path, BROKEN);
    assert_eq!(rules(&of_document(&mut client, &path)), FOUND);
    client.settled();
    client.drop_all("workspace/diagnostic/refresh");
    let settings = folder.write("contextcore.toml", "[rules]\ndangling-read = \"off\"\n");
    client.watched(&[(&settings, 2)]);
    let refresh = client.expect("workspace/diagnostic/refresh");
    client.reply(&refresh, Value::Null);
    assert_eq!(rules(&of_document(&mut client, &path)), ["unused-suppression"]);
    client.end_with(&["workspace/diagnostic/refresh"]);
}
