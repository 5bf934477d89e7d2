//! An editor without a screen: it speaks the protocol to a server over pipes.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

/// How long a server may stay silent before it is given up.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server, and the way to it.
pub(super) struct Client {
    server: Child,
    input: ChildStdin,
    output: Receiver<Value>,
    requests: u64,
    /// What the server told unasked, in order, until somebody takes it.
    told: Vec<Value>,
}

impl Client {
    /// Starts a server.
    pub(super) fn start(program: &Path) -> Result<Client> {
        let mut server = Command::new(program)
            .arg("server")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let input = server.stdin.take().context("no way to the server")?;
        let output = server.stdout.take().context("no way from the server")?;
        let (sender, receiver) = channel();
        std::thread::spawn(move || listen(output, &sender));
        Ok(Client { server, input, output: receiver, requests: 0, told: Vec::new() })
    }

    /// The number of the server's process.
    pub(super) fn process(&self) -> u32 {
        self.server.id()
    }

    /// Tells the server something.
    pub(super) fn notify(&mut self, method: &str, params: &Value) -> Result<()> {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    /// Asks the server, and waits for the answer. What it asks meanwhile is answered.
    pub(super) fn ask(&mut self, method: &str, params: &Value) -> Result<Value> {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))?;
        loop {
            let message = self.next()?;
            if message.get("method").is_some() {
                self.hear(message)?;
            } else if message["id"] == id {
                ensure!(message.get("error").is_none(), "{method}: {}", message["error"]);
                return Ok(message["result"].clone());
            }
        }
    }

    /// Waits until the server tells something of which `is_it` holds.
    pub(super) fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Result<Value> {
        loop {
            if let Some(index) = self.told.iter().position(&is_it) {
                return Ok(self.told.swap_remove(index));
            }
            let message = self.next()?;
            self.hear(message)?;
        }
    }

    /// Forgets what the server told so far.
    pub(super) fn forget(&mut self) {
        self.told.clear();
    }

    /// Ends the server as an editor does.
    pub(super) fn end(mut self) -> Result<()> {
        self.ask("shutdown", &Value::Null)?;
        self.notify("exit", &Value::Null)?;
        let status = self.server.wait()?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }

    fn hear(&mut self, message: Value) -> Result<()> {
        let Some(id) = message.get("id") else {
            self.told.push(message);
            return Ok(());
        };
        let result = match message["method"].as_str() {
            Some("workspace/configuration") => {
                let asked = message["params"]["items"].as_array().map_or(0, Vec::len);
                Value::Array(vec![Value::Null; asked])
            }
            _ => Value::Null,
        };
        let answer = json!({"jsonrpc": "2.0", "id": id, "result": result});
        self.send(&answer)
    }

    fn next(&mut self) -> Result<Value> {
        match self.output.recv_timeout(PATIENCE) {
            Ok(message) => Ok(message),
            Err(RecvTimeoutError::Timeout) => bail!("the server says nothing any more"),
            Err(RecvTimeoutError::Disconnected) => bail!("the server has ended"),
        }
    }

    fn send(&mut self, message: &Value) -> Result<()> {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        Ok(self.input.flush()?)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // One that has ended by itself cannot be ended again.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn listen(output: ChildStdout, to: &Sender<Value>) {
    let mut output = BufReader::with_capacity(1 << 16, output);
    while let Some(message) = read(&mut output) {
        if to.send(message).is_err() {
            return;
        }
    }
}

/// The next message; none at the end.
fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("Content-Length:") {
            length = value.trim().parse().ok();
        }
    }
    let mut body = vec![0; length?];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_one_after_another() {
        let mut bytes: &[u8] = b"Content-Length: 2\r\n\r\n{}Content-Length: 4\r\nX: y\r\n\r\nnull";
        assert_eq!(read(&mut bytes), Some(json!({})));
        assert_eq!(read(&mut bytes), Some(Value::Null));
        assert_eq!(read(&mut bytes), None);
    }
}
