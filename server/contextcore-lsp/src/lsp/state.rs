//! Everything the server knows, and what events do to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::Utf8PathBuf;
use rayon::ThreadPool;
use serde_json::{Value, json};
use tokio::sync::Notify;
use tower_lsp::jsonrpc::Error;
use tower_lsp::ls_types::MessageType;
use tower_lsp::ls_types::request::{Request, WorkspaceDiagnosticRequest};

use super::actor::{Event, Queue};
use super::asides::Stale;
use super::capabilities::Capabilities;
use super::configuration::ClientSettings;
use super::delivery::Delivery;
use super::documents::Documents;
use super::handlers::probe;
use super::jobs::{self, Job};
use super::outgoing::Outgoing;
use super::paths::path_of;
use super::payloads::Payloads;
use super::progress::Shown;
use super::project::{Edit, Held, Later};
use super::reply::{Cancel, Reply};
use super::router::{self, Scope};
use super::snapshot::{ProjectView, World};
use super::watching::Watching;
use super::{publish, serve};

/// Everything.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) queue: Queue,
    pub(crate) outgoing: Outgoing,
    pub(crate) options: serve::Options,
    pub(crate) pool: Arc<ThreadPool>,
    pub(crate) orphaned: Arc<Notify>,
    pub(crate) client: Arc<Capabilities>,
    pub(crate) delivery: Arc<Delivery>,
    pub(crate) settings: ClientSettings,
    pub(crate) documents: Documents,
    /// The folders that the client works in, absolute.
    pub(crate) folders: Vec<Utf8PathBuf>,
    /// All projects, by their root.
    pub(crate) projects: BTreeMap<Utf8PathBuf, Held>,
    /// The roots of the projects that open documents belong to.
    pub(crate) homes: BTreeMap<Utf8PathBuf, Utf8PathBuf>,
    pub(crate) watching: Watching,
    pub(crate) payloads: Payloads,
    pub(crate) shown: Shown,
    /// Files that have changed since the engines ran.
    changed: BTreeSet<Utf8PathBuf>,
    /// Requests about all projects, while one of them is being read.
    deferred: Vec<Job>,
    /// Requests that wait until there is something new to say.
    parked: Vec<Job>,
    /// How many changes of findings there have been.
    revision: u64,
    /// How often hints and lenses may have changed.
    pub(crate) stale: Stale,
    /// Probes that wait until everything is read and told.
    pub(crate) settling: Vec<Reply>,
}

/// What the state works with.
#[derive(Debug)]
pub(crate) struct Parts {
    /// The queue that it reads.
    pub(crate) queue: Queue,
    /// The way to the client.
    pub(crate) outgoing: Outgoing,
    /// The workers.
    pub(crate) pool: Arc<ThreadPool>,
    /// Told when the client's process ends.
    pub(crate) orphaned: Arc<Notify>,
}

impl State {
    /// The state before the client has greeted.
    pub(crate) fn new(parts: Parts, options: serve::Options) -> State {
        let Parts { queue, outgoing, pool, orphaned } = parts;
        let client = Capabilities::default();
        State {
            watching: Watching::new(queue.clone()),
            queue,
            outgoing,
            options,
            pool,
            orphaned,
            delivery: Arc::new(Delivery::to(&client)),
            client: Arc::new(client),
            settings: ClientSettings::default(),
            documents: Documents::default(),
            folders: Vec::new(),
            projects: BTreeMap::new(),
            homes: BTreeMap::new(),
            payloads: Payloads::default(),
            shown: Shown::default(),
            changed: BTreeSet::new(),
            deferred: Vec::new(),
            parked: Vec::new(),
            revision: 0,
            stale: Stale::default(),
            settling: Vec::new(),
        }
    }

    /// Applies one event.
    ///
    /// # Errors
    /// Where the state cannot be trusted any more.
    pub(crate) fn apply(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Notification { method, params } => self.notified(&method, params),
            Event::Request { method, params, reply, cancel } => {
                self.flush();
                self.requested(&method, params, reply, cancel);
            }
            Event::Read(read) => {
                self.flush();
                self.was_read(*read);
            }
            Event::Parked(job, revision) => self.park(job, revision),
            Event::Files(paths) => self.files_changed(paths),
            Event::Configuration(section) => {
                self.flush();
                self.configure(&section);
            }
            Event::Fault(reason) => return Err(reason),
            Event::End => {}
        }
        Ok(())
    }

    /// A file has changed; the engine is told with the next flush.
    pub(crate) fn touch(&mut self, path: Utf8PathBuf) {
        self.changed.insert(path);
    }

    /// Brings the engines up to date with all that has changed.
    pub(crate) fn flush(&mut self) {
        let mut edits: BTreeMap<Utf8PathBuf, Vec<Edit>> = BTreeMap::new();
        let changed = std::mem::take(&mut self.changed);
        for path in changed.iter().cloned() {
            let Some(root) = self.home(&path) else { continue };
            let document = self.documents.get(&path);
            let bytes = document.map(|document| document.text.to_string().into_bytes());
            edits.entry(root).or_default().push(Edit { path, bytes });
        }
        let mut news = Vec::new();
        for (root, edits) in edits {
            if self.edit(&root, edits) {
                news.push(root);
            }
        }
        if !news.is_empty() {
            self.refresh_others(&changed);
        }
        // Nothing is told before everything is up to date.
        for root in news {
            self.news(&root);
        }
    }

    /// The root of the project that a path belongs to, if there is one.
    pub(crate) fn home(&self, path: &Utf8PathBuf) -> Option<Utf8PathBuf> {
        if let Some(root) = self.homes.get(path) {
            return Some(root.clone());
        }
        let mut above = path.ancestors().skip(1);
        above.find(|root| self.projects.contains_key(*root)).map(Utf8PathBuf::from)
    }

    /// Tells a project of changed files, now or when it has been read. Says whether there is news.
    fn edit(&mut self, root: &Utf8PathBuf, edits: Vec<Edit>) -> bool {
        let Some(held) = self.projects.get_mut(root) else { return false };
        match held.later(Later::Edits(edits)) {
            Some(Later::Edits(edits)) => held.apply(&edits),
            _ => false,
        }
    }

    /// Findings of a project may have changed.
    pub(crate) fn news(&mut self, root: &Utf8PathBuf) {
        self.revision += 1;
        self.publish(root);
        for job in std::mem::take(&mut self.parked) {
            self.dispatch(job);
        }
    }

    /// Has the client told what it does not know of a project's findings.
    pub(crate) fn publish(&self, root: &Utf8PathBuf) {
        let Some(view) = self.projects.get(root).and_then(Held::view) else { return };
        if !view.ledger.has_news() {
            return;
        }
        let world = self.world(vec![view], Cancel::default());
        let (outgoing, queue) = (self.outgoing.clone(), self.queue.clone());
        self.pool.spawn(move || {
            if let Err(reason) = super::work::guarded(|| publish::publish(&world)) {
                let message = format!("a fault while findings were sent: {reason}");
                outgoing.log(MessageType::ERROR, &message);
                // What was being sent is lost, and nobody would ever know.
                queue.send(Event::Fault(message));
            }
        });
    }

    /// The state as it is now, with these projects.
    pub(crate) fn world(&self, projects: Vec<ProjectView>, cancel: Cancel) -> World {
        World {
            client: Arc::clone(&self.client),
            documents: self.documents.clone(),
            projects,
            delivery: Arc::clone(&self.delivery),
            outgoing: self.outgoing.clone(),
            revision: self.revision,
            settings: self.settings.clone(),
            cancel,
        }
    }

    fn requested(&mut self, method: &str, params: Value, reply: Reply, cancel: Cancel) {
        match method {
            "initialize" => reply.send(Ok(self.greet(&params))),
            "shutdown" => reply.send(Ok(Value::Null)),
            probe::SETTLED if self.options.probes => {
                self.settling.push(reply);
                self.settle_probes();
            }
            _ => {
                let route = router::find(method).or_else(|| self.options.probe(method));
                let Some(route) = route else {
                    let mut error = Error::method_not_found();
                    error.data = Some(json!(method));
                    return reply.fail(error);
                };
                if route.method() == WorkspaceDiagnosticRequest::METHOD {
                    self.delivery.workspace_is_asked_for();
                }
                match route.prepare(params) {
                    Err(error) => reply.fail(error),
                    Ok(prepared) => {
                        self.dispatch(Job { method: route.method(), prepared, reply, cancel });
                    }
                }
            }
        }
    }

    /// Has a request answered from the state as it is now, or as it will be when what it asks about
    /// has been read.
    pub(crate) fn dispatch(&mut self, job: Job) {
        self.answer(job, self.documents.clone());
    }

    /// The same, as if these documents were open.
    pub(crate) fn answer(&mut self, job: Job, documents: Documents) {
        if job.cancel.is_cancelled() {
            return;
        }
        let projects = match &job.prepared.scope {
            Scope::Nothing => Vec::new(),
            Scope::Workspace => {
                let views: Option<Vec<_>> = self.projects.values().map(Held::view).collect();
                let Some(views) = views else { return self.deferred.push(job) };
                views
            }
            Scope::Document(uri) => {
                let path = path_of(uri, &documents);
                let root = path.and_then(|path| self.home(&path));
                match root.and_then(|root| self.projects.get_mut(&root)) {
                    None => Vec::new(),
                    Some(held) => match held.view() {
                        Some(view) => vec![view],
                        None => {
                            held.later(Later::Answer(job, documents));
                            return;
                        }
                    },
                }
            }
        };
        let world = World { documents, ..self.world(projects, job.cancel.clone()) };
        jobs::answer(&self.pool, self.queue.clone(), job, world);
    }

    /// Answers what waited for all projects, if none is being read any more.
    pub(crate) fn settle(&mut self) {
        if self.projects.values().any(Held::is_reading) {
            return;
        }
        for job in std::mem::take(&mut self.deferred) {
            self.dispatch(job);
        }
        self.settle_probes();
    }

    fn park(&mut self, job: Job, revision: u64) {
        if revision != self.revision {
            return self.dispatch(job);
        }
        self.parked.retain(|parked| !parked.cancel.is_cancelled());
        // A client that asks anew has no use for the answer to what it asked before.
        for older in std::mem::take(&mut self.parked) {
            older.reply.send(Ok(json!({ "items": [] })));
        }
        self.parked.push(job);
    }
}
