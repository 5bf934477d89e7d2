//! Greeting, goodbye, and everything that goes wrong in between.

use contextcore_lsp::lsp::serve::Ended;
use serde_json::{Value, json};

use super::client::{Client, uri};
use super::{BROKEN, Folder, modern};

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const METHOD_NOT_FOUND: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;
const INTERNAL_ERROR: i64 = -32603;
const NOT_INITIALIZED: i64 = -32002;
const CANCELLED: i64 = -32800;

#[test]
fn each_thing_has_its_time() {
    let mut client = Client::silent();
    assert_eq!(client.refused("workspace/symbol", json!({ "query": "" })), NOT_INITIALIZED);
    client.notify("textDocument/didOpen", json!({}));
    let offered = client.greet(&[], &modern(), &Value::Null);
    assert_eq!(offered["hoverProvider"], true);
    assert_eq!(offered["diagnosticProvider"], Value::Null, "findings are sent unasked");
    assert_eq!(client.refused("initialize", json!({})), INVALID_REQUEST);
    assert_eq!(client.request("shutdown", Value::Null), Value::Null);
    assert_eq!(client.refused("workspace/symbol", json!({ "query": "" })), INVALID_REQUEST);
    client.notify("exit", Value::Null);
    assert_eq!(client.ended(), Ended::Properly);
}

#[test]
fn a_client_that_leaves_without_a_word_ends_the_session() {
    let client = Client::start(&[], &modern());
    assert_eq!(client.hang_up(), Ended::Abruptly);
    let mut client = Client::start(&[], &modern());
    client.notify("exit", Value::Null);
    assert_eq!(client.ended(), Ended::Abruptly);
}

#[test]
fn a_session_ends_though_somebody_waits() {
    let mut client = Client::start(&[], &modern());
    let waiting = client.ask("contextcore/probe/wait", json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.answer(waiting).unwrap_err()["code"], CANCELLED);
    assert_eq!(client.ended(), Ended::Abruptly);
}

#[test]
fn odd_greetings_are_taken() {
    for params in
        [json!({}), json!([]), json!({ "capabilities": 7, "rootUri": 1, "processId": {} })]
    {
        let mut client = Client::silent();
        let answer = client.request("initialize", params);
        assert_eq!(answer["serverInfo"]["name"], "contextcore-lsp");
        client.end();
    }
}

#[test]
fn what_is_not_known_or_makes_no_sense_is_refused() {
    let mut client = Client::start(&[], &modern());
    assert_eq!(client.refused("textDocument/foldEverything", json!({})), METHOD_NOT_FOUND);
    assert_eq!(client.refused("$/odd", json!({})), METHOD_NOT_FOUND);
    assert_eq!(client.refused("textDocument/hover", json!({ "position": 7 })), INVALID_PARAMS);
    assert_eq!(client.refused("textDocument/hover", Value::Null), INVALID_PARAMS);
    let command = json!({ "command": "contextcore.explainRule", "arguments": ["no-rule"] });
    assert_eq!(client.refused("workspace/executeCommand", command), INVALID_PARAMS);
    for method in ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose"] {
        client.notify(method, json!({ "textDocument": 7 }));
        assert!(client.expect("window/logMessage")["params"]["message"].is_string());
    }
    client.notify("workspace/odd", json!({}));
    assert!(client.expect("window/logMessage")["params"]["message"].is_string());
    client.notify("$/odd", json!({}));
    client.end();
}

#[test]
fn what_cannot_be_read_is_answered_and_passed_over() {
    let mut client = Client::start(&[], &modern());
    let mut malformed = |bytes: &[u8], code: i64, id: Value| {
        client.send_bytes(bytes);
        let answer = client.wait_for_id(&id);
        assert_eq!(answer["error"]["code"], code, "{answer}");
        // The session goes on as if nothing had been.
        client.settled();
    };
    malformed(b"Content-Length: 3\r\n\r\n{!}", PARSE_ERROR, Value::Null);
    malformed(b"Content-Length: 2\r\n\r\n[]", INVALID_REQUEST, Value::Null);
    malformed(b"Content-Length: 4\r\n\r\n\"\xff\xfe\"", PARSE_ERROR, Value::Null);
    malformed(b"Content-Length: -7\r\n\r\n", PARSE_ERROR, Value::Null);
    malformed(b"Content-Length: 999999999999\r\n\r\n{}", PARSE_ERROR, Value::Null);
    malformed(b"Hello: you\r\n\r\n", PARSE_ERROR, Value::Null);
    let body = r#"{"jsonrpc":"1.0","id":"mine","method":"x"}"#;
    let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    malformed(frame.as_bytes(), INVALID_REQUEST, json!("mine"));
    client.end();
}

#[test]
fn a_fault_in_a_request_is_its_answer() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let mut client = Client::start(&[folder.root()], &modern());
    assert_eq!(client.settled().len(), 1);
    let id = client.ask("contextcore/probe/panic", json!({}));
    let error = client.answer(id).unwrap_err();
    assert_eq!(error["code"], INTERNAL_ERROR);
    assert!(client.log().concat().contains("`contextcore/probe/panic`: asked for by a test"));
    let outline = json!({ "textDocument": { "uri": uri(&folder.path("a.contract.yaml")) } });
    assert!(client.request("textDocument/documentSymbol", outline).is_array());
    client.end();
}

#[test]
fn a_fault_in_the_state_ends_the_session_with_a_word() {
    let mut client = Client::start(&[], &modern());
    let waiting = client.ask("contextcore/probe/wait", json!({}));
    client.notify("contextcore/probe/fault", json!({}));
    let message = client.expect("window/showMessage")["params"]["message"].clone();
    assert!(message.as_str().unwrap().contains("has a fault and ends"), "{message}");
    assert_eq!(client.ended(), Ended::Fault("asked for by a test".to_owned()));
    let _ = waiting;
}

#[test]
fn who_gives_up_is_answered_at_once_and_frees_the_worker() {
    let mut client = Client::start(&[], &modern());
    // More than there are workers.
    let waiting: Vec<i64> =
        (0..40).map(|_| client.ask("contextcore/probe/wait", json!({}))).collect();
    for id in &waiting {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    for id in waiting {
        assert_eq!(client.answer(id).unwrap_err()["code"], CANCELLED);
    }
    client.notify("$/cancelRequest", json!({ "id": 99 }));
    client.notify("$/cancelRequest", json!({}));
    assert!(client.request("workspace/symbol", json!({ "query": "x" })).is_array());
    client.end();
}

#[test]
fn a_client_that_never_answers_is_served_all_the_same() {
    let folder = Folder::new(&[("a.contract.yaml", BROKEN)]);
    let mut capabilities = modern();
    capabilities["window"]["workDoneProgress"] = json!(true);
    capabilities["workspace"]["configuration"] = json!(true);
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let mut client = Client::start(&[folder.root()], &capabilities);
    assert_eq!(client.settled().len(), 1);
    client.expect("client/registerCapability");
    client.expect("workspace/configuration");
    client.end_with(&["window/workDoneProgress/create"]);
}
