//! Changes to facts.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use facts::places::FileId;
use graph::files::is_test;
use graph::project::Change as GraphChange;
use rayon::prelude::*;

use super::{Change, Engine, Loader, Round};
use crate::lineage::mentions;
use crate::read::{self, Contents, Use, Wanted};
use crate::walk::{Language, language};

/// One change, read.
#[derive(Default)]
pub(super) struct Lowered {
    pub(super) path: Utf8PathBuf,
    pub(super) excluded: bool,
    /// What the file says now; none where it is gone.
    pub(super) contents: Option<Contents>,
    /// Why it could not be read.
    pub(super) trouble: Option<String>,
}

impl Engine {
    pub(super) fn lower(&self, change: Change, loader: &dyn Loader) -> Lowered {
        let (path, bytes, excluded) = match change {
            Change::Removed(path) => return Lowered { path, ..Lowered::default() },
            Change::Present { path, bytes, excluded } => (path, Some(bytes), excluded),
            Change::Stored { path, excluded } => (path, None, excluded),
        };
        // What settings leave out is there for others to import, and says nothing itself.
        let known = self.by_path.get(&path).map(|id| &self.files[id.0 as usize]);
        let asked_for = known.is_some_and(|entry| entry.facts.is_some());
        if excluded && !asked_for {
            return Lowered { path, excluded, contents: Some(Contents::default()), trouble: None };
        }
        let is_stored = bytes.is_none();
        match bytes.map_or_else(|| loader.read(&path), Ok) {
            Ok(bytes) => {
                let is_wanted = asked_for
                    || self.lineage.is_mentioned(&bytes)
                    || self.may_set_attributes(&path, &bytes);
                let wanted = if is_wanted { Wanted::Always } else { Wanted::IfTriggered };
                let before = known.and_then(|entry| Some((entry.open.as_deref()?, entry.text())));
                let before = before.as_ref().map(|(open, text)| (*open, &**text));
                let used = if is_stored { Use::Once } else { Use::Edited(before) };
                let contents = read::contents(&path, bytes, &self.prefilter, wanted, used);
                let contents = if is_stored { contents.packed() } else { contents };
                Lowered { path, excluded, contents: Some(contents), trouble: None }
            }
            // A file that was deleted since it was found is simply not there.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Lowered { path, excluded, ..Lowered::default() }
            }
            Err(error) => {
                let trouble = Some(format!("{}: {error}", self.root.join(&path)));
                Lowered { path, excluded, contents: None, trouble }
            }
        }
    }

    /// Python files that were not read for their own sake and have to do with handlers: they define
    /// one, by the names of its bases, or mention one.
    pub(super) fn related(&mut self, loader: &dyn Loader) -> BTreeSet<FileId> {
        let Some((files, names)) = self.lineage.settle() else { return BTreeSet::new() };
        let mut related: BTreeSet<FileId> =
            files.into_iter().filter(|id| self.is_unread_python(*id)).collect();
        if !names.is_empty() {
            let mention = |id: &FileId| {
                let bytes = loader.read(&self.files[id.0 as usize].path);
                bytes.is_ok_and(|bytes| mentions(&bytes, names.iter().copied()))
            };
            let mut others = self.unread_python();
            others.retain(|id| !related.contains(id));
            related.extend(others.into_par_iter().filter(mention).collect::<Vec<_>>());
        }
        related
    }

    /// The Python files that were not read, tests aside where those are not checked.
    pub(super) fn unread_python(&self) -> Vec<FileId> {
        (0..self.files.len())
            .filter_map(|index| u32::try_from(index).ok().map(FileId))
            .filter(|id| self.is_unread_python(*id))
            .collect()
    }

    fn is_unread_python(&self, id: FileId) -> bool {
        let entry = &self.files[id.0 as usize];
        let is_python = language(&entry.path) == Some(Language::Python);
        entry.is_there
            && !entry.excluded
            && entry.facts.is_none()
            && is_python
            && !self.is_quiet_test(&entry.path)
    }

    /// Whether the file at `path` is a test, and tests are not checked.
    pub(super) fn is_quiet_test(&self, path: &Utf8Path) -> bool {
        is_test(path) && !self.settings.python.check_tests
    }

    /// Takes in what was read. Says whether the graph has to know.
    pub(super) fn store_contents(&mut self, id: FileId, contents: Option<Contents>) -> bool {
        let entry = &mut self.files[id.0 as usize];
        let was_there = std::mem::replace(&mut entry.is_there, contents.is_some());
        let contents = contents.unwrap_or_default();
        entry.text = contents.text;
        entry.places = contents.places;
        entry.classes = contents.classes;
        entry.open = contents.open;
        let same = was_there == entry.is_there && entry.facts == contents.facts;
        if !same {
            entry.facts = contents.facts;
            self.note_conventions(id);
        }
        !same
    }

    /// Reads files that the graph lacks. One that cannot be read says nothing, and is not asked for
    /// again.
    pub(super) fn load(
        &mut self,
        missing: BTreeSet<FileId>,
        loader: &dyn Loader,
        round: &mut Round,
    ) -> Vec<GraphChange> {
        let read: Vec<(FileId, Contents)> = missing
            .into_par_iter()
            .map(|id| {
                let path = &self.files[id.0 as usize].path;
                let contents = match loader.read(path) {
                    Ok(bytes) => {
                        read::contents(path, bytes, &self.prefilter, Wanted::Always, Use::Once)
                            .packed()
                    }
                    Err(_) => Contents::default(),
                };
                (id, contents)
            })
            .collect();
        let mut changes = Vec::new();
        for (id, mut contents) in read {
            contents.facts.get_or_insert_default();
            self.store_contents(id, Some(contents));
            round.touched.insert(id);
            round.rerun.insert(id);
            changes.push(self.graph_change(id));
        }
        changes
    }
}
