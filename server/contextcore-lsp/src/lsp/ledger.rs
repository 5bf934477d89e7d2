//! What the client knows of a project's findings, and what it does not know yet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use facts::places::FileId;
use rustc_hash::FxHashMap;
use workspace::engine::Engine;

/// The books of one project. The actor writes what has changed, workers what they have told.
#[derive(Debug, Default)]
pub(crate) struct Ledger(Mutex<Books>);

#[derive(Debug, Default)]
struct Books {
    /// Files whose findings may differ from what the client was told.
    changed: BTreeSet<FileId>,
    /// Files that somebody works on and that are to be told about even if nothing differs: the
    /// client may have moved its marks.
    edited: BTreeSet<FileId>,
    /// What was sent unasked, by path: the state that it had.
    sent: BTreeMap<Utf8PathBuf, u64>,
    /// The last state of files that are asked for, and whether it is still the state.
    states: FxHashMap<FileId, (u64, bool)>,
    /// Files whose findings point into a file.
    pointing: FxHashMap<FileId, BTreeSet<FileId>>,
    /// The files that a file's findings point into.
    pointed: FxHashMap<FileId, Vec<FileId>>,
    /// Which reading of the project the books are about; none when nothing of it is reported any
    /// more.
    round: Option<u64>,
}

impl Ledger {
    fn lock(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// After an update: the findings of `touched` may differ, and `texts` are other texts now, so
    /// that places in them have moved.
    pub(crate) fn note(&self, engine: &Engine, touched: &BTreeSet<FileId>, texts: &[FileId]) {
        let mut books = self.lock();
        for file in touched {
            books.point(engine, *file);
        }
        books.change(touched.iter().copied());
        for text in texts {
            let pointing = books.pointing.get(text).cloned().unwrap_or_default();
            books.change(pointing.into_iter());
        }
    }

    /// A document is told about, whatever was told before.
    pub(crate) fn note_edited(&self, file: FileId) {
        let mut books = self.lock();
        books.edited.insert(file);
        books.change([file].into_iter());
    }

    /// Nobody works on the documents that were noted as edited.
    pub(crate) fn forget_edits(&self) {
        self.lock().edited.clear();
    }

    /// A new engine has taken the place of the old one, with numbers of its own.
    pub(crate) fn start_again(&self, engine: &Engine, round: u64) {
        let mut books = self.lock();
        let sent = std::mem::take(&mut books.sent);
        let told = sent.keys().filter_map(|path| {
            let inner = workspace::walk::relative(path, &engine.root)?;
            engine.known_file(&inner).or_else(|| engine.known_file(path))
        });
        let changed: BTreeSet<FileId> = told.chain(engine.files_with_findings()).collect();
        *books = Books { sent, round: Some(round), ..Books::default() };
        for file in engine.files_with_findings() {
            books.point(engine, file);
        }
        books.changed = changed;
    }

    /// What was sent about files that the engine does not know any more; from now on, nothing was.
    pub(crate) fn take_lost(&self, engine: &Engine) -> Vec<Utf8PathBuf> {
        let is_known = |path: &Utf8Path| {
            let inner = workspace::walk::relative(path, &engine.root);
            inner.is_some_and(|inner| engine.known_file(&inner).is_some())
                || engine.known_file(path).is_some()
        };
        let mut books = self.lock();
        let lost: Vec<Utf8PathBuf> =
            books.sent.keys().filter(|path| !is_known(path)).cloned().collect();
        lost.iter().for_each(|path| {
            books.sent.remove(path);
        });
        lost
    }

    /// All that was sent; from now on, nothing was.
    pub(crate) fn take_sent(&self) -> Vec<Utf8PathBuf> {
        std::mem::take(&mut self.lock().sent).into_keys().collect()
    }

    /// The same, and nothing will be: the project is reported no more.
    pub(crate) fn close(&self) -> Vec<Utf8PathBuf> {
        let mut books = self.lock();
        books.round = None;
        std::mem::take(&mut books.sent).into_keys().collect()
    }

    /// Takes up to `count` changed files to tell about; those that `first` prefers come first. The
    /// second of each says whether it is told even if nothing differs.
    pub(crate) fn take(&self, count: usize, first: impl Fn(FileId) -> bool) -> Vec<(FileId, bool)> {
        let mut books = self.lock();
        let mut taken: Vec<FileId> =
            books.changed.iter().copied().filter(|file| first(*file)).take(count).collect();
        if taken.is_empty() {
            taken = books.changed.iter().copied().take(count).collect();
        }
        let books = &mut *books;
        taken
            .into_iter()
            .map(|file| {
                books.changed.remove(&file);
                (file, books.edited.remove(&file))
            })
            .collect()
    }

    /// Puts a file back that was not told about after all.
    pub(crate) fn put_back(&self, file: FileId, edited: bool) {
        let mut books = self.lock();
        books.changed.insert(file);
        if edited {
            books.edited.insert(file);
        }
    }

    /// Whether there is anything to tell.
    pub(crate) fn has_news(&self) -> bool {
        !self.lock().changed.is_empty()
    }

    /// Has `tell` send a state that differs from what was sent before, or any with `always`. State 0
    /// is that of a file without findings.
    ///
    /// It is told within the books, so that whatever is taken back later is told later; and what was
    /// found in an earlier round is not told at all.
    pub(crate) fn send(
        &self,
        round: u64,
        path: &Utf8Path,
        state: u64,
        always: bool,
        tell: impl FnOnce(),
    ) {
        let mut books = self.lock();
        if books.round != Some(round) {
            return;
        }
        let before = match state {
            0 => books.sent.remove(path),
            state => books.sent.insert(path.to_owned(), state),
        };
        if before.unwrap_or(0) != state || always {
            tell();
        }
    }

    /// The state of a file, if it is known.
    pub(crate) fn state(&self, file: FileId) -> Option<u64> {
        self.lock().states.get(&file).filter(|(_, is_fresh)| *is_fresh).map(|(state, _)| *state)
    }

    /// Keeps the state of a file; says whether it differs from the last one that was known.
    pub(crate) fn keep(&self, file: FileId, state: u64) -> bool {
        let before = self.lock().states.insert(file, (state, true));
        before.map(|(before, _)| before) != Some(state)
    }
}

impl Books {
    fn change(&mut self, files: impl Iterator<Item = FileId>) {
        for file in files {
            if let Some((_, is_fresh)) = self.states.get_mut(&file) {
                *is_fresh = false;
            }
            self.changed.insert(file);
        }
    }

    /// Notes where the findings of `file` point.
    fn point(&mut self, engine: &Engine, file: FileId) {
        for target in self.pointed.remove(&file).unwrap_or_default() {
            if let Some(files) = self.pointing.get_mut(&target) {
                files.remove(&file);
            }
        }
        let related = engine.findings(file).iter().flat_map(|finding| &finding.related);
        let mut targets: Vec<FileId> =
            related.map(|related| related.at.file).filter(|target| *target != file).collect();
        targets.sort();
        targets.dedup();
        for target in &targets {
            self.pointing.entry(*target).or_default().insert(file);
        }
        if !targets.is_empty() {
            self.pointed.insert(file, targets);
        }
    }
}
