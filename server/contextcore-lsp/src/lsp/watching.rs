//! Changes of files that nobody has open.
//!
//! The client watches where it can; a few narrow patterns are all that it is asked for. Where it
//! cannot, the server watches the folders that belong to projects by itself.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use notify::{Event as Happened, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use serde_json::json;
use settings::settings::{OWN_FILE, PYPROJECT_FILE};
use tower_lsp::ls_types::notification::{DidChangeWatchedFiles, Notification};
use tower_lsp::ls_types::{FileSystemWatcher, MessageType, Registration, WatchKind};

use super::actor::{Event, Queue};
use super::paths::is_read;
use super::state::State;

/// Names of files that decide which other files belong to a project.
const IGNORING: &[&str] = &[".gitignore", ".ignore"];

/// The server's own watcher, where there is one.
#[derive(Debug)]
pub(crate) struct Watching {
    queue: Queue,
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<Utf8PathBuf>,
}

impl Watching {
    /// Nothing is watched yet.
    pub(crate) fn new(queue: Queue) -> Watching {
        Watching { queue, watcher: None, folders: BTreeSet::new() }
    }

    /// From now on, folders are watched: those known, and those that are added.
    fn begin(&mut self) -> notify::Result<()> {
        let queue = self.queue.clone();
        let watcher = notify::recommended_watcher(move |happened: notify::Result<Happened>| {
            let paths = happened.map(relevant).unwrap_or_default();
            if !paths.is_empty() {
                queue.send(Event::Files(paths));
            }
        })?;
        self.watcher = Some(watcher);
        for folder in self.folders.clone() {
            self.watch(&folder);
        }
        Ok(())
    }

    /// Folders belong to a project.
    pub(crate) fn add_folders(&mut self, folders: Vec<Utf8PathBuf>) {
        for folder in folders {
            if self.folders.insert(folder.clone()) {
                self.watch(&folder);
            }
        }
    }

    fn watch(&mut self, folder: &Utf8PathBuf) {
        if let Some(watcher) = &mut self.watcher {
            // Each folder by itself: what lies in folders that no walk enters is none of ours. A
            // folder that is gone needs no watching.
            let _ = watcher.watch(folder.as_std_path(), RecursiveMode::NonRecursive);
        }
    }

    fn is_own(&self) -> bool {
        self.watcher.is_some()
    }
}

/// The paths of an event that says that something is different now.
fn relevant(happened: Happened) -> Vec<Utf8PathBuf> {
    if matches!(happened.kind, EventKind::Access(_)) {
        return Vec::new();
    }
    happened.paths.into_iter().filter_map(|path| Utf8PathBuf::from_path_buf(path).ok()).collect()
}

impl State {
    /// Begins to follow what happens on the disk.
    pub(crate) fn begin_watching(&mut self) {
        let mut wanted = self.first_payloads();
        if self.client.watches {
            wanted.insert(0, registration());
        } else if let Err(error) = self.watching.begin() {
            let message = format!("files cannot be watched: {error}");
            self.outgoing.log(MessageType::WARNING, message);
        }
        if !wanted.is_empty() {
            let outgoing = self.outgoing.clone();
            self.outgoing.spawn(async move { outgoing.register(wanted).await });
        }
    }

    /// Something has happened to files at these paths.
    pub(crate) fn files_changed(&mut self, paths: Vec<Utf8PathBuf>) {
        let paths: BTreeSet<Utf8PathBuf> = paths.into_iter().collect();
        let mut again = BTreeSet::new();
        for path in paths {
            let name = path.file_name().unwrap_or_default();
            if name == OWN_FILE || name == PYPROJECT_FILE {
                again.extend(self.settings_changed(&path));
            } else if IGNORING.contains(&name) {
                again.extend(self.home(&path));
            } else if self.documents.get(&path).is_none() && self.can_concern(&path) {
                self.touch(path);
            }
        }
        if !again.is_empty() {
            self.flush();
            again.iter().for_each(|root| self.read_again(root));
        }
    }

    /// A client reports files by patterns, and whatever is gone; the own watcher reports all, and
    /// folders too.
    fn can_concern(&mut self, path: &Utf8PathBuf) -> bool {
        if is_read(path) {
            return true;
        }
        if path.is_file() {
            return false;
        }
        if !self.watching.is_own() {
            return !path.exists() && self.had_files_in(path);
        }
        if path.is_dir() && self.home(path).is_some() {
            self.watch_below(path);
        }
        // What is gone may have been a folder.
        true
    }

    /// Whether the path was a folder with files of a project.
    fn had_files_in(&self, path: &Utf8PathBuf) -> bool {
        let view = self.home(path).and_then(|root| self.projects.get(&root)?.view());
        view.is_some_and(|view| {
            let inner = workspace::walk::relative(path, &view.engine.root);
            inner.is_some_and(|inner| view.engine.files_below(&inner).next().is_some())
        })
    }

    /// A folder has turned up.
    fn watch_below(&mut self, folder: &Utf8PathBuf) {
        let view = self.home(folder).and_then(|root| self.projects.get(&root)?.view());
        let Some(view) = view else { return };
        let wanted = BTreeSet::from([folder.clone()]);
        let walked = workspace::walk::walk_to(&view.engine.root, view.engine.settings(), wanted);
        self.watching.add_folders(walked.folders);
    }

    /// The projects to be read anew where the settings at `path` have changed, come or gone.
    fn settings_changed(&mut self, path: &Utf8PathBuf) -> Vec<Utf8PathBuf> {
        let Some(folder) = path.parent() else { return Vec::new() };
        let now = workspace::project::settings_in(folder);
        let known = self.projects.get(folder).and_then(|held| held.project.settings_file.clone());
        if now.is_none() && known.is_none() {
            // A `pyproject.toml` of others.
            return Vec::new();
        }
        if now.is_some() && known.is_some() {
            return vec![folder.to_owned()];
        }
        // A project begins here, or does no longer: the one around gives files away, or gets them.
        self.resettle(folder.to_owned())
    }
}

/// What the client is asked to watch, payloads aside.
fn registration() -> Registration {
    let patterns = [
        "**/*.{yaml,yml,py,pyi}".to_owned(),
        format!("**/{OWN_FILE}"),
        format!("**/{PYPROJECT_FILE}"),
        "**/.gitignore".to_owned(),
    ];
    let mut watchers: Vec<FileSystemWatcher> = patterns
        .map(|pattern| FileSystemWatcher { glob_pattern: pattern.into(), kind: None })
        .into();
    // Of a folder that goes, clients say nothing but that.
    watchers.push(FileSystemWatcher {
        glob_pattern: "**/*".to_owned().into(),
        kind: Some(WatchKind::Delete),
    });
    Registration {
        id: "files".to_owned(),
        method: DidChangeWatchedFiles::METHOD.to_owned(),
        register_options: Some(json!({ "watchers": watchers })),
    }
}
