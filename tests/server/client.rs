//! A client in memory, which looks at every message that the server sends.
//!
//! Messages are read where a test asks for them: [`Client::expect`], [`Client::answer`],
//! [`Client::settled`]. A message that no test has asked for fails it at the end.

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use contextcore_lsp::lsp::serve::{Ended, Options, serve};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// How long a message may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// One session with a server.
pub(crate) struct Client {
    to: Option<UnboundedSender<Vec<u8>>>,
    from: Receiver<Value>,
    /// What has come and was not looked at.
    unseen: VecDeque<Value>,
    server: Option<JoinHandle<Ended>>,
    last_id: i64,
}

/// The findings of each file, by path.
pub(crate) type Findings = BTreeMap<Utf8PathBuf, Vec<Value>>;

#[expect(clippy::needless_pass_by_value, reason = "tests write parameters where they send them")]
impl Client {
    /// A server that nobody has greeted yet.
    pub(crate) fn silent() -> Client {
        let (to, mut outgoing) = unbounded_channel::<Vec<u8>>();
        let (incoming, from) = channel();
        let work = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
            runtime.unwrap().block_on(async move {
                let (ours, theirs) = tokio::io::duplex(1 << 16);
                let (reader, mut writer) = tokio::io::split(ours);
                tokio::spawn(async move {
                    while let Some(bytes) = outgoing.recv().await {
                        if writer.write_all(&bytes).await.is_err() {
                            return;
                        }
                    }
                    let _ = writer.shutdown().await;
                });
                let reading = tokio::spawn(read(reader, incoming));
                let (input, output) = tokio::io::split(theirs);
                let ended = serve(input, output, Options { probes: true });
                let ended = ended.await;
                let _ = tokio::time::timeout(PATIENCE, reading).await;
                ended
            })
        };
        let server = std::thread::spawn(work);
        Client { to: Some(to), from, unseen: VecDeque::new(), server: Some(server), last_id: 0 }
    }

    /// A session in these folders, with a client that can do what `capabilities` say.
    pub(crate) fn start(folders: &[&Utf8Path], capabilities: &Value) -> Client {
        let mut client = Client::silent();
        client.greet(folders, capabilities, &Value::Null);
        client
    }

    /// Greets; gives what the server offers.
    pub(crate) fn greet(
        &mut self,
        folders: &[&Utf8Path],
        capabilities: &Value,
        options: &Value,
    ) -> Value {
        let folders: Vec<Value> = folders
            .iter()
            .map(|path| json!({ "uri": uri(path), "name": path.file_name() }))
            .collect();
        let answer = self.request(
            "initialize",
            json!({
                "processId": null,
                "workspaceFolders": folders,
                "capabilities": capabilities,
                "initializationOptions": options,
            }),
        );
        self.notify("initialized", json!({}));
        answer["capabilities"].clone()
    }

    /// Sends bytes as they are.
    pub(crate) fn send_bytes(&mut self, bytes: impl Into<Vec<u8>>) {
        self.to.as_ref().unwrap().send(bytes.into()).expect("the server reads");
    }

    /// Sends a message.
    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    }

    /// Tells the server something.
    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, and does not wait for the answer.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The answer to what was asked: a result, or an error.
    pub(crate) fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let message = self.wait(|message| message.get("method").is_none() && message["id"] == id);
        match message.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(message["result"].clone()),
        }
    }

    /// Asks, and waits for the result.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Asks for what is refused; gives the error's code.
    pub(crate) fn refused(&mut self, method: &str, params: Value) -> i64 {
        let id = self.ask(method, params);
        self.answer(id).expect_err(method)["code"].as_i64().unwrap()
    }

    /// The next message of this method.
    pub(crate) fn expect(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method)
    }

    /// All messages of a method that have come and were not looked at.
    pub(crate) fn all(&mut self, method: &str) -> Vec<Value> {
        let (all, rest) = self.unseen.drain(..).partition(|message| message["method"] == method);
        self.unseen = rest;
        let all: VecDeque<Value> = all;
        all.into()
    }

    /// Answers all requests of a method that have come.
    pub(crate) fn drop_all(&mut self, method: &str) {
        for request in self.all(method) {
            self.reply(&request, Value::Null);
        }
    }

    /// Answers a request of the server's.
    pub(crate) fn reply(&mut self, request: &Value, result: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }));
    }

    /// Waits until everything is read and told, and gives what was told of findings since the last
    /// time: of each file the last word.
    pub(crate) fn settled(&mut self) -> Findings {
        self.request("contextcore/probe/settled", json!({}));
        self.told()
            .into_iter()
            .map(|(path, params)| {
                let findings = params["diagnostics"].as_array().cloned().unwrap_or_default();
                (path, findings)
            })
            .collect()
    }

    /// What was told of findings and not looked at, in full.
    pub(crate) fn told(&mut self) -> Vec<(Utf8PathBuf, Value)> {
        let is_told = |message: &Value| message["method"] == "textDocument/publishDiagnostics";
        let (told, rest) = self.unseen.drain(..).partition(|message| is_told(message));
        self.unseen = rest;
        let told: VecDeque<Value> = told;
        told.into_iter()
            .map(|mut message| {
                let params = message["params"].take();
                (path(params["uri"].as_str().unwrap()), params)
            })
            .collect()
    }

    /// Opens a document.
    pub(crate) fn open(&mut self, path: &Utf8Path, text: &str) {
        self.open_uri(&uri(path), "", text);
    }

    /// Opens a document by its address.
    pub(crate) fn open_uri(&mut self, uri: &str, language: &str, text: &str) {
        let item = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// Gives a document another text.
    pub(crate) fn replace(&mut self, path: &Utf8Path, version: i32, text: &str) {
        self.change(path, version, json!([{ "text": text }]));
    }

    /// Changes a document.
    pub(crate) fn change(&mut self, path: &Utf8Path, version: i32, changes: Value) {
        let document = json!({ "uri": uri(path), "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    /// Closes a document.
    pub(crate) fn close(&mut self, path: &Utf8Path) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(path) } }));
    }

    /// Says that something happened to files: 1 for new, 2 for changed, 3 for gone.
    pub(crate) fn watched(&mut self, changes: &[(&Utf8Path, u8)]) {
        let changes: Vec<Value> =
            changes.iter().map(|(path, kind)| json!({ "uri": uri(path), "type": kind })).collect();
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    /// The server's log so far, as far as it was not looked at.
    pub(crate) fn log(&mut self) -> Vec<String> {
        let is_log = |message: &Value| message["method"] == "window/logMessage";
        let (log, rest) = self.unseen.drain(..).partition(|message| is_log(message));
        self.unseen = rest;
        let log: VecDeque<Value> = log;
        log.iter().map(|line| line["params"]["message"].as_str().unwrap().to_owned()).collect()
    }

    /// Says goodbye in due form, and fails if the server said anything that nobody looked at.
    pub(crate) fn end(mut self) {
        let id = self.ask("shutdown", Value::Null);
        assert_eq!(self.answer(id), Ok(Value::Null));
        self.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
        assert_eq!(self.ended(), Ended::Properly);
    }

    /// The same, where messages of some methods may or may not have come.
    pub(crate) fn end_with(mut self, methods: &[&str]) {
        self.settled();
        self.unseen.retain(|message| !methods.iter().any(|method| message["method"] == **method));
        self.end();
    }

    /// The answer that bears this id, whatever it is.
    pub(crate) fn wait_for_id(&mut self, id: &Value) -> Value {
        self.wait(|message| message.get("method").is_none() && message["id"] == *id)
    }

    /// Hangs up, and gives how the session ended.
    pub(crate) fn hang_up(mut self) -> Ended {
        self.to = None;
        self.ended()
    }

    /// Waits for the end.
    pub(crate) fn ended(&mut self) -> Ended {
        let ended = self.server.take().unwrap().join().expect("the server ends");
        self.unseen.extend(self.from.try_iter());
        let unseen: Vec<String> =
            self.unseen.drain(..).map(|message| message.to_string()).collect();
        assert!(unseen.is_empty(), "nobody looked at:\n{}", unseen.join("\n"));
        ended
    }

    fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unseen.iter().position(&is_it) {
            return self.unseen.remove(at).unwrap();
        }
        loop {
            match self.from.recv_timeout(PATIENCE) {
                Ok(message) if is_it(&message) => return message,
                Ok(message) => self.unseen.push_back(message),
                Err(RecvTimeoutError::Timeout) => panic!("no answer; unseen: {:?}", self.unseen),
                Err(RecvTimeoutError::Disconnected) => {
                    let ended = self.server.take().map(JoinHandle::join);
                    panic!("the server is gone: {ended:?}; unseen: {:?}", self.unseen)
                }
            }
        }
    }
}

/// The URI of a path.
pub(crate) fn uri(path: &Utf8Path) -> String {
    format!("file://{}", path.as_str().replace(' ', "%20"))
}

/// The path of a URI; one without a file keeps its spelling.
pub(crate) fn path(uri: &str) -> Utf8PathBuf {
    uri.strip_prefix("file://").unwrap_or(uri).replace("%20", " ").into()
}

/// Turns bytes into messages until there are no more.
async fn read(mut from: impl tokio::io::AsyncRead + Unpin, to: Sender<Value>) {
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        while let Some((message, rest)) = message(&bytes) {
            bytes = rest;
            // A test that has failed listens no more.
            let _ = to.send(message);
        }
        match from.read(&mut chunk).await {
            Ok(count) if count > 0 => bytes.extend_from_slice(&chunk[..count]),
            _ => return assert!(bytes.is_empty(), "half a message: {bytes:?}"),
        }
    }
}

fn message(bytes: &[u8]) -> Option<(Value, Vec<u8>)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let headers = std::str::from_utf8(&bytes[..end]).unwrap();
    let length: usize = headers.strip_prefix("Content-Length: ").unwrap().parse().unwrap();
    let body = bytes.get(end + 4..end + 4 + length)?;
    let message = serde_json::from_slice(body).expect("the server speaks JSON");
    Some((message, bytes[end + 4 + length..].to_vec()))
}
