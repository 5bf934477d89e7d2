//! One project, as the actor holds it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use facts::places::FileId;
use tokio::sync::RwLock;
use workspace::check::Disk;
use workspace::engine::{Change, Engine};
use workspace::project::Project;
use workspace::walk::{relative, walk_to};

use super::documents::Documents;
use super::jobs::Job;
use super::ledger::Ledger;
use super::snapshot::ProjectView;

/// A project with its state.
#[derive(Debug)]
pub(crate) struct Held {
    /// Where it is.
    pub(crate) project: Project,
    /// The paths whose files are reported, absolute.
    pub(crate) asked: Vec<Utf8PathBuf>,
    /// How often it was read.
    pub(crate) round: u64,
    /// Whether it holds nothing but what the client has open.
    pub(crate) alone: bool,
    /// What the client knows of it.
    pub(crate) ledger: Arc<Ledger>,
    state: Phase,
    awaited: Arc<AtomicBool>,
}

#[derive(Debug)]
enum Phase {
    /// It is being read; what happens meanwhile is done afterwards, in order.
    Reading(Vec<Later>),
    /// It is there.
    Ready(Arc<RwLock<Engine>>),
}

/// Something to be done when a project has been read.
#[derive(Debug)]
pub(crate) enum Later {
    /// Files have changed.
    Edits(Vec<Edit>),
    /// Somebody has asked, while these documents were open.
    Answer(Job, Documents),
}

/// A file that has changed.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    /// Which, absolute.
    pub(crate) path: Utf8PathBuf,
    /// Its text, if the client has it open; else the disk knows.
    pub(crate) bytes: Option<Vec<u8>>,
}

impl Held {
    /// A project that is being read.
    pub(crate) fn new(project: Project, asked: Vec<Utf8PathBuf>) -> Held {
        Held {
            project,
            asked,
            round: 0,
            alone: false,
            ledger: Arc::default(),
            state: Phase::Reading(Vec::new()),
            awaited: Arc::default(),
        }
    }

    /// Whether it is being read.
    pub(crate) fn is_reading(&self) -> bool {
        matches!(self.state, Phase::Reading(_))
    }

    /// It is to be read anew. What waits for it goes on waiting. Gives the engine that is done with,
    /// which takes long to be taken apart.
    pub(crate) fn read_again(&mut self) -> Option<Arc<RwLock<Engine>>> {
        self.round += 1;
        match std::mem::replace(&mut self.state, Phase::Reading(Vec::new())) {
            Phase::Ready(engine) => Some(engine),
            reading => {
                self.state = reading;
                None
            }
        }
    }

    /// It was read. Gives what was waiting.
    pub(crate) fn was_read(&mut self, engine: Engine) -> Vec<Later> {
        self.ledger.start_again(&engine, self.round);
        let ready = Phase::Ready(Arc::new(RwLock::new(engine)));
        match std::mem::replace(&mut self.state, ready) {
            Phase::Reading(waiting) => waiting,
            Phase::Ready(_) => Vec::new(),
        }
    }

    /// Leaves something to be done when it has been read; gives it back if it has been.
    pub(crate) fn later(&mut self, later: Later) -> Option<Later> {
        match &mut self.state {
            Phase::Reading(waiting) => {
                waiting.push(later);
                None
            }
            Phase::Ready(_) => Some(later),
        }
    }

    /// What was waiting for it, where it never comes.
    pub(crate) fn take_waiting(&mut self) -> Vec<Later> {
        match &mut self.state {
            Phase::Reading(waiting) => std::mem::take(waiting),
            Phase::Ready(_) => Vec::new(),
        }
    }

    /// The project as it is now, held still; none while it is being read.
    pub(crate) fn view(&self) -> Option<ProjectView> {
        let Phase::Ready(engine) = &self.state else { return None };
        Some(ProjectView {
            // Only this thread ever writes, and it is not writing now.
            engine: Arc::clone(engine).try_read_owned().ok()?,
            awaited: Arc::clone(&self.awaited),
            asked: self.asked.clone().into(),
            ledger: Arc::clone(&self.ledger),
            round: self.round,
            alone: self.alone,
        })
    }

    /// Waits until nobody holds the project. Says whether there is anything to tell then.
    pub(crate) fn wait_for_readers(&self) -> bool {
        if let Phase::Ready(engine) = &self.state {
            drop(engine.blocking_write());
        }
        self.ledger.has_news()
    }

    /// Brings the engine up to date. Says whether any finding may differ.
    pub(crate) fn apply(&mut self, edits: &[Edit]) -> bool {
        let Phase::Ready(engine) = &self.state else { return false };
        let changes = {
            let Ok(engine) = engine.try_read() else { return false };
            self.changes(&engine, edits)
        };
        if changes.is_empty() {
            return false;
        }
        let texts: Vec<Utf8PathBuf> = changes.iter().map(|change| path(change).clone()).collect();
        let disk = Disk { root: self.project.root.clone() };
        // Long work sees this and makes room; all other work is over in a moment.
        self.awaited.store(true, Ordering::Relaxed);
        let mut engine = engine.blocking_write();
        self.awaited.store(false, Ordering::Relaxed);
        let touched = engine.update(changes, &disk);
        let texts: Vec<FileId> = texts.iter().filter_map(|path| engine.known_file(path)).collect();
        self.ledger.note(&engine, &touched, &texts);
        for edit in edits.iter().filter(|edit| edit.bytes.is_some()) {
            let file = relative(&edit.path, &self.project.root);
            if let Some(file) = file.and_then(|path| engine.known_file(&path)) {
                self.ledger.note_edited(file);
            }
        }
        !touched.is_empty()
    }

    /// What the edits mean to the engine. Files that it does not know yet are looked for as a walk
    /// would find them, so that a file is treated alike whenever it turns up.
    fn changes(&self, engine: &Engine, edits: &[Edit]) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut strangers: BTreeMap<Utf8PathBuf, Option<&Vec<u8>>> = BTreeMap::new();
        for edit in edits {
            let Some(path) = relative(&edit.path, &self.project.root) else { continue };
            let named = self.alone || self.asked.contains(&edit.path);
            let known = engine.known_file(&path).is_some();
            let excluded = known && engine.is_left_out(&path) && !named;
            match &edit.bytes {
                Some(bytes) if known || named => {
                    changes.push(Change::Present { path, bytes: bytes.clone(), excluded });
                }
                None if self.alone => changes.push(Change::Removed(path)),
                None if known && edit.path.is_file() => {
                    changes.push(Change::Stored { path, excluded });
                }
                None if known => changes.push(Change::Removed(path)),
                bytes => {
                    strangers.insert(edit.path.clone(), bytes.as_ref());
                }
            }
        }
        if !strangers.is_empty() {
            self.add_strangers(engine, &strangers, &mut changes);
        }
        changes
    }

    fn add_strangers(
        &self,
        engine: &Engine,
        strangers: &BTreeMap<Utf8PathBuf, Option<&Vec<u8>>>,
        changes: &mut Vec<Change>,
    ) {
        let root = &self.project.root;
        let wanted: BTreeSet<Utf8PathBuf> = strangers.keys().cloned().collect();
        let walked = walk_to(root, engine.settings(), wanted);
        for found in walked.files {
            let (path, excluded) = (found.path, found.excluded);
            let open = strangers.get(&root.join(&path)).copied().flatten();
            // A folder that turns up brings files along, some of which may be known and open.
            match open {
                Some(bytes) => {
                    changes.push(Change::Present { path, bytes: bytes.clone(), excluded });
                }
                None if engine.known_file(&path).is_some() => {}
                None => changes.push(Change::Stored { path, excluded }),
            }
        }
        for (absolute, bytes) in strangers.iter().filter(|(path, _)| !path.exists()) {
            let Some(path) = relative(absolute, root) else { continue };
            match bytes {
                // A document that was never saved.
                Some(bytes) => {
                    let excluded = engine.excludes(&path);
                    changes.push(Change::Present { path, bytes: (*bytes).clone(), excluded });
                }
                None => {
                    let gone = engine.files_below(&path).map(Utf8Path::to_owned);
                    changes.extend(gone.map(Change::Removed));
                }
            }
        }
    }
}

fn path(change: &Change) -> &Utf8PathBuf {
    match change {
        Change::Present { path, .. } | Change::Stored { path, .. } | Change::Removed(path) => path,
    }
}
