//! Actions that make files, through real messages.

use std::collections::BTreeMap;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::client::{Client, path, uri};
use super::{Folder, modern};

/// Two handlers that hand the context to a module which nobody else asks for.
const HANDLERS: &str = "from shop.prompts import prompt


class PlanPhaseHandler:
    def execute(self, phase, context):
        context['plan'] = prompt(context)


class BuildPhaseHandler:
    def execute(self, phase, context):
        context['built'] = f\"{context['plan']}\"
        mode = context.get('mode', 'fast')


HANDLERS = {'plan': PlanPhaseHandler(), 'build': BuildPhaseHandler()}
";

const PROMPTS: &str = "def prompt(context):\n    return [context['goal']]\n";

fn shop() -> Folder {
    Folder::new(&[("shop/handlers.py", HANDLERS), ("shop/prompts.py", PROMPTS)])
}

/// What is asked for at a line of a document.
fn ask(path: &Utf8Path, line: usize, only: Option<&str>) -> Value {
    let place = json!({ "line": line, "character": 6 });
    let mut context = json!({ "diagnostics": [] });
    if let Some(only) = only {
        context["only"] = json!([only]);
    }
    json!({
        "textDocument": { "uri": uri(path) },
        "range": { "start": place, "end": place },
        "context": context,
    })
}

/// The action that creates a contract, as it is listed at a line.
fn listed(client: &mut Client, path: &Utf8Path, line: usize) -> Option<Value> {
    let actions = client.request("textDocument/codeAction", ask(path, line, None));
    let mut actions = actions.as_array().into_iter().flatten();
    actions.find(|action| action["title"] == "create a contract from these handlers").cloned()
}

/// The files that the action makes, by path from the root.
fn made(folder: &Folder, client: &mut Client, action: Value) -> BTreeMap<Utf8PathBuf, String> {
    let resolved = client.request("codeAction/resolve", action);
    let changes = resolved["edit"]["documentChanges"].as_array().expect("edits").clone();
    let mut files = BTreeMap::new();
    for pair in changes.chunks(2) {
        let [create, edit] = pair else { panic!("a file without a text: {pair:?}") };
        assert_eq!(create["kind"], "create");
        assert!(create.get("options").is_none_or(|options| options["overwrite"] != true));
        assert_eq!(create["uri"], edit["textDocument"]["uri"]);
        assert_eq!(edit["textDocument"]["version"], Value::Null);
        let path = path(create["uri"].as_str().unwrap());
        assert!(!path.exists(), "{path}");
        let text = edit["edits"][0]["newText"].as_str().unwrap().to_owned();
        files.insert(path.strip_prefix(folder.root()).unwrap().to_owned(), text);
    }
    files
}

/// What the command line infers of a file.
fn inferred(folder: &Folder, file: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contextcore-lsp"));
    let output = command.args(["infer", file]).current_dir(folder.root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_contract_is_made_of_handlers_that_have_none() {
    let folder = shop();
    let handlers = folder.path("shop/handlers.py");
    let mut client = Client::start(&[folder.root()], &modern());
    client.open(&handlers, HANDLERS);
    client.settled();
    assert!(listed(&mut client, &handlers, 0).is_none(), "no handler is at the imports");
    let action = listed(&mut client, &handlers, 4).expect("an action");
    assert_eq!(action["kind"], "refactor.extract");
    assert!(action.get("edit").is_none(), "the list costs nothing: {action}");
    let asked = ask(&handlers, 4, Some("quickfix"));
    assert_eq!(client.request("textDocument/codeAction", asked), json!([]));
    let text = inferred(&folder, "shop/handlers.py");
    assert!(text.contains("- name: goal"), "the module's read: {text}");
    let expected = BTreeMap::from([("shop/shop.contract.yaml".into(), text.clone())]);
    assert_eq!(made(&folder, &mut client, action.clone()), expected);
    // Somebody has put another file there meanwhile.
    folder.write("shop/shop.contract.yaml", "");
    let beside = BTreeMap::from([("shop/shop-2.contract.yaml".into(), text.clone())]);
    assert_eq!(made(&folder, &mut client, action.clone()), beside);
    // Once the contract is there, there is nothing to create.
    client.open(&folder.write("shop/shop.contract.yaml", &text), &text);
    client.settled();
    assert!(listed(&mut client, &handlers, 4).is_none());
    assert_eq!(client.refused("codeAction/resolve", action), -32803);
    client.end();
}

#[test]
fn what_is_open_counts_as_the_client_has_it() {
    let folder = shop();
    let (handlers, prompts) = (folder.path("shop/handlers.py"), folder.path("shop/prompts.py"));
    let mut client = Client::start(&[folder.root()], &modern());
    client.open(&handlers, HANDLERS);
    let (newer, other) = (PROMPTS.replace("goal", "wish"), HANDLERS.replace("mode", "pace"));
    client.open(&prompts, &newer);
    client.replace(&handlers, 2, &other);
    client.settled();
    let action = listed(&mut client, &handlers, 4).expect("an action");
    let made = made(&folder, &mut client, action);
    folder.write("shop/handlers.py", &other);
    folder.write("shop/prompts.py", &newer);
    let text = inferred(&folder, "shop/handlers.py");
    assert!(text.contains("- name: wish") && text.contains("- name: pace"), "{text}");
    assert_eq!(made, BTreeMap::from([("shop/shop.contract.yaml".into(), text)]));
    client.settled();
    client.end();
}

#[test]
fn nothing_is_offered_that_the_client_cannot_do() {
    let folder = shop();
    let handlers = folder.path("shop/handlers.py");
    let lacking = ["/textDocument/codeAction/resolveSupport", "/workspace/workspaceEdit"];
    for what in lacking {
        let mut client = modern();
        *client.pointer_mut(what).expect(what) = json!({});
        let mut client = Client::start(&[folder.root()], &client);
        client.open(&handlers, HANDLERS);
        client.settled();
        assert!(listed(&mut client, &handlers, 4).is_none(), "{what}");
        client.end();
    }
}

#[test]
fn an_action_with_an_edit_stays_as_it_is() {
    let folder = shop();
    let mut client = Client::start(&[folder.root()], &modern());
    let action = json!({ "title": "x", "edit": { "changes": {} } });
    assert_eq!(client.request("codeAction/resolve", action.clone()), action);
    client.settled();
    client.end();
}
