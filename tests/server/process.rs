//! The real program: what it is started with, what it writes, and how it ends.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_contextcore-lsp"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn initialize(process: &Value) -> Vec<u8> {
    let params = json!({ "processId": process, "capabilities": {} });
    frame(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }))
}

fn ends_within(child: &mut Child, limit: Duration) -> Option<i32> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        assert!(started.elapsed() < limit, "the server goes on");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_session_leaves_standard_error_silent() {
    for arguments in [&["server"][..], &["server", "--stdio"], &["--stdio"], &[]] {
        let mut child = start(arguments);
        let mut input = child.stdin.take().unwrap();
        input.write_all(&initialize(&Value::Null)).unwrap();
        input.write_all(b"Content-Length: 1\r\n\r\n?").unwrap();
        let shutdown = json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" });
        input.write_all(&frame(&shutdown)).unwrap();
        input.write_all(&frame(&json!({ "jsonrpc": "2.0", "method": "exit" }))).unwrap();
        // Standard input stays open: the goodbye alone has to do.
        assert_eq!(ends_within(&mut child, Duration::from_secs(30)), Some(0), "{arguments:?}");
        let (mut out, mut err) = (String::new(), String::new());
        child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert!(out.starts_with("Content-Length: ") && out.contains("positionEncoding"), "{out}");
        assert_eq!(err, "");
    }
}

#[test]
fn the_end_of_input_ends_the_server() {
    let mut child = start(&["server"]);
    child.stdin.take().unwrap().write_all(&initialize(&Value::Null)).unwrap();
    assert_eq!(ends_within(&mut child, Duration::from_secs(30)), Some(1));
}

#[test]
#[cfg(target_os = "linux")]
fn the_end_of_the_client_ends_the_server() {
    let mut client = Command::new("sleep").arg("60").spawn().unwrap();
    let mut child = start(&["server"]);
    let mut input = child.stdin.take().unwrap();
    input.write_all(&initialize(&json!(client.id()))).unwrap();
    let mut first = [0; 1];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    assert!(child.try_wait().unwrap().is_none());
    client.kill().unwrap();
    client.wait().unwrap();
    // Its input is still open: somebody else holds it.
    assert_eq!(ends_within(&mut child, Duration::from_secs(30)), Some(1));
    drop(input);
}
