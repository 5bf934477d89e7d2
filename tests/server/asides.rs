//! What stands beside the text, and the ways of the context, through real messages.

use serde_json::{Value, json};

use super::client::{Client, uri};
use super::{BROKEN, Folder, modern};

const HANDLERS: &str = "class PlanPhaseHandler:
    def execute(self, phase, context):
        context['domian'] = 'x'


class BuildPhaseHandler:
    def execute(self, phase, context):
        return ask(context)


def ask(context):
    return context.get('domain', 'none')
";

fn session(capabilities: &Value) -> (Folder, Client) {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN), ("handlers.py", HANDLERS)]);
    let mut client = Client::start(&[folder.root()], capabilities);
    client.open(&folder.path("handlers.py"), HANDLERS);
    client.settled();
    (folder, client)
}

/// A client that can be told to ask again, and that shows places.
fn curious() -> Value {
    let mut client = modern();
    client["workspace"]["inlayHint"] = json!({ "refreshSupport": true });
    client["workspace"]["codeLens"] = json!({ "refreshSupport": true });
    client["experimental"] = json!({ "commands": { "commands": ["contextcore.showReferences"] } });
    client
}

fn hints(client: &mut Client, folder: &Folder, lines: [u32; 2]) -> Vec<Value> {
    let range = json!({
        "start": { "line": lines[0], "character": 0 },
        "end": { "line": lines[1], "character": 0 },
    });
    let document = json!({ "uri": uri(&folder.path("handlers.py")) });
    let asked = json!({ "textDocument": document, "range": range });
    client.request("textDocument/inlayHint", asked).as_array().unwrap().clone()
}

fn lenses(client: &mut Client, folder: &Folder, file: &str) -> Value {
    let document = json!({ "textDocument": { "uri": uri(&folder.path(file)) } });
    client.request("textDocument/codeLens", document)
}

#[test]
fn hints_are_those_of_the_range() {
    let (folder, mut client) = session(&modern());
    let found = hints(&mut client, &folder, [0, 5]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["position"], json!({ "line": 0, "character": 22 }));
    assert_eq!(found[0]["label"][0]["value"], ": phase plan");
    let target = &found[0]["label"][0]["location"];
    assert_eq!(target["uri"], uri(&folder.path("a.contract.yaml")).as_str());
    assert_eq!(target["range"]["start"]["line"], 3);
    assert_eq!(hints(&mut client, &folder, [0, 99]).len(), 2);
    client.end();
}

#[test]
fn lenses_lead_to_places_where_the_client_can_show_them() {
    let (folder, mut client) = session(&curious());
    let found = lenses(&mut client, &folder, "handlers.py");
    let command = &found[1]["command"];
    assert_eq!(command["title"], "reads 1", "{found}");
    assert_eq!(command["command"], "contextcore.showReferences");
    assert_eq!(command["arguments"][0], uri(&folder.path("handlers.py")).as_str());
    assert_eq!(command["arguments"][1], json!({ "line": 5, "character": 6 }));
    assert_eq!(command["arguments"][2][0]["range"]["start"]["line"], 11);
    let phases = lenses(&mut client, &folder, "a.contract.yaml");
    assert_eq!(phases[0]["command"]["title"], "writes 1", "{phases}");
    client.end();
    let (folder, mut client) = session(&modern());
    let found = lenses(&mut client, &folder, "handlers.py");
    assert_eq!(found[1]["command"], json!({ "title": "reads 1", "command": "" }));
    client.end();
}

#[test]
fn each_can_be_turned_off() {
    let (folder, mut client) = session(&curious());
    let settings = json!({ "contextcore": { "phaseHints": false, "codeLenses": false } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    assert_eq!(hints(&mut client, &folder, [0, 99]), Vec::<Value>::new());
    assert_eq!(lenses(&mut client, &folder, "handlers.py"), Value::Null);
    let refresh = client.expect("workspace/inlayHint/refresh");
    client.reply(&refresh, Value::Null);
    let refresh = client.expect("workspace/codeLens/refresh");
    client.reply(&refresh, Value::Null);
    client.end();
}

#[test]
fn what_an_edit_changes_elsewhere_is_asked_for_again() {
    let (folder, mut client) = session(&curious());
    let contract = folder.path("a.contract.yaml");
    client.open(&contract, BROKEN);
    client.replace(&contract, 2, &BROKEN.replace("plan:", "design:"));
    client.settled();
    let refresh = client.expect("workspace/inlayHint/refresh");
    client.reply(&refresh, Value::Null);
    let refresh = client.expect("workspace/codeLens/refresh");
    client.reply(&refresh, Value::Null);
    assert_eq!(hints(&mut client, &folder, [0, 5]), Vec::<Value>::new());
    client.end();
}

#[test]
fn calls_are_followed_both_ways() {
    let (folder, mut client) = session(&modern());
    let place = json!({
        "textDocument": { "uri": uri(&folder.path("handlers.py")) },
        "position": { "line": 11, "character": 25 },
    });
    let items = client.request("textDocument/prepareCallHierarchy", place);
    let item = &items[0];
    assert_eq!((item["name"].as_str(), item["kind"].as_u64()), (Some("ask"), Some(12)), "{items}");
    let incoming = client.request("callHierarchy/incomingCalls", json!({ "item": item }));
    let caller = &incoming[0]["from"];
    assert_eq!(caller["name"], "BuildPhaseHandler.execute", "{incoming}");
    assert_eq!(incoming[0]["fromRanges"][0]["start"]["line"], 7);
    let phase = client.request("callHierarchy/incomingCalls", json!({ "item": caller }));
    let phase = &phase[0]["from"];
    assert_eq!(phase["uri"], uri(&folder.path("a.contract.yaml")).as_str(), "{phase}");
    let outgoing = client.request("callHierarchy/outgoingCalls", json!({ "item": phase }));
    assert_eq!(outgoing[0]["to"]["name"], "BuildPhaseHandler.execute", "{outgoing}");
    client.refused("callHierarchy/outgoingCalls", json!({ "item": { "name": 7 } }));
    client.end();
}
