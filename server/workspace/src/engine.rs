//! The incremental engine: changes of files in, findings out.
//!
//! A change is lowered to facts; facts that are new go to the graph, which names the pipelines they
//! can have touched; those are built again and the rules run over them; and the files whose raw
//! findings, places or directives changed are assembled anew. A full check is one update from the
//! empty engine, so there is no second way to the same result.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use facts::file::FileFacts;
use facts::places::{Anchor, FileId, Places};
use facts::prefilter::Prefilter;
use graph::handler::ContractRef;
use graph::project::Graph;
use rayon::prelude::*;
use rules::finding::Finding;
use rustc_hash::FxHashMap;
use settings::problem::Problem;
use settings::settings::Settings;
use text::span::Span;

use crate::classes::ClassIndex;
use crate::kept::Kept;
use crate::lineage::{Head, Lineage};
use crate::project::ProjectSettings;
use crate::read::Open;
use crate::store::Store;
use lowering::Lowered;

mod assembling;
mod building;
mod following;
mod lowering;
mod telemetry;

/// Reads files that the graph asks for. Paths are relative to the project.
pub trait Loader: Sync {
    /// The bytes of a file.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn read(&self, path: &Utf8Path) -> std::io::Result<Vec<u8>>;
}

/// What became of a file.
#[derive(Clone, Debug)]
pub enum Change {
    /// It has these bytes now. Settings may leave it out; then it speaks only when asked.
    Present {
        /// Its path from the project's root, with `/`.
        path: Utf8PathBuf,
        /// Its bytes.
        bytes: Vec<u8>,
        /// Whether settings leave it out.
        excluded: bool,
    },
    /// It is new or has changed where the loader finds it.
    Stored {
        /// Its path from the project's root, with `/`.
        path: Utf8PathBuf,
        /// Whether settings leave it out.
        excluded: bool,
    },
    /// It is gone.
    Removed(Utf8PathBuf),
}

/// One file, as the engine knows it.
#[derive(Debug, Default)]
pub(crate) struct FileEntry {
    pub(crate) path: Utf8PathBuf,
    pub(crate) is_there: bool,
    pub(crate) excluded: bool,
    pub(crate) text: Option<Kept>,
    pub(crate) facts: Option<Arc<FileFacts>>,
    pub(crate) places: Arc<Places>,
    pub(crate) classes: Box<[Head]>,
    /// What makes its next text cheap to read, while somebody works on it.
    pub(crate) open: Option<Box<Open>>,
    /// What is shown, in order of place and rule.
    pub(crate) shown: Arc<[Finding]>,
}

impl FileEntry {
    /// The file's text; empty where it says nothing.
    pub(crate) fn text(&self) -> Arc<str> {
        self.text.as_ref().map(Kept::text).unwrap_or_default()
    }
}

/// Sizes of one pipeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Extent {
    pub(crate) phases: usize,
    pub(crate) fields: usize,
}

/// What one update has to do again.
#[derive(Default)]
struct Round {
    /// Pipelines to build.
    pipelines: BTreeSet<ContractRef>,
    /// Contracts of other kinds to look at.
    others: BTreeSet<ContractRef>,
    /// Files to look at by themselves.
    rerun: BTreeSet<FileId>,
    /// Files whose findings may be others than before.
    touched: BTreeSet<FileId>,
}

/// The engine of one project.
#[derive(Debug)]
pub struct Engine {
    /// The project's root, absolute.
    pub root: Utf8PathBuf,
    /// Files that could not be read, and why.
    pub trouble: Vec<String>,
    pub(crate) settings: Arc<Settings>,
    settings_problems: Vec<Problem>,
    pub(crate) settings_file: Option<FileId>,
    pub(crate) files: Vec<FileEntry>,
    by_path: FxHashMap<Utf8PathBuf, FileId>,
    prefilter: Prefilter,
    graph: Graph,
    store: Store,
    classes: ClassIndex,
    lineage: Lineage,
    /// The files with contracts about attributes of telemetry.
    conventions: BTreeSet<FileId>,
    pub(crate) extents: BTreeMap<ContractRef, Extent>,
}

impl Engine {
    /// An engine for the project at `root`, without files yet.
    #[must_use]
    pub fn new(root: Utf8PathBuf, project: ProjectSettings) -> Engine {
        let settings = Arc::new(project.settings);
        let bases = &settings.python.handler_bases;
        let lineage = Lineage::new(bases.iter().map(|base| base.value.as_str()));
        let settings_file = project.file.is_some().then_some(FileId(0));
        let mut engine = Engine {
            root,
            trouble: Vec::new(),
            prefilter: Prefilter::for_settings(&settings),
            graph: graph_with(&settings, settings_file),
            settings,
            settings_problems: Vec::new(),
            settings_file,
            files: Vec::new(),
            by_path: FxHashMap::default(),
            store: Store::default(),
            classes: ClassIndex::default(),
            lineage,
            conventions: BTreeSet::new(),
            extents: BTreeMap::new(),
        };
        if let Some((path, text)) = project.file {
            // The path stays absolute: `--config` may name a file outside the project.
            let id = engine.id_of(&path);
            engine.files[id.0 as usize].text = Some(Kept::from(text));
            engine.files[id.0 as usize].is_there = true;
            engine.settings_problems = project.problems;
            engine.assemble(&BTreeSet::from([id]));
        }
        engine
    }

    /// Applies changes and brings all findings up to date. Gives the files whose findings, as they
    /// are shown, may differ from before.
    pub fn update(&mut self, changes: Vec<Change>, loader: &dyn Loader) -> BTreeSet<FileId> {
        let mut round = Round::default();
        let knew_conventions = !self.conventions.is_empty();
        let mut graph_changes = Vec::new();
        let read: Vec<Lowered> =
            changes.into_par_iter().map(|change| self.lower(change, loader)).collect();
        for Lowered { path, excluded, contents, trouble } in read {
            self.trouble.extend(trouble);
            let id = self.id_of(&path);
            round.touched.insert(id);
            let heads = contents.as_ref().map_or(&[][..], |contents| &contents.classes);
            self.lineage.set(id, heads);
            round.rerun.extend(self.classes.replace(&self.files[id.0 as usize].classes, heads));
            self.files[id.0 as usize].excluded = excluded;
            if self.store_contents(id, contents) {
                round.rerun.insert(id);
                graph_changes.push(self.graph_change(id));
            }
        }
        let mut related = self.related(loader);
        if !knew_conventions && !self.conventions.is_empty() {
            related.extend(self.setting_attributes(loader));
        }
        graph_changes.extend(self.load(related, loader, &mut round));
        self.feed(graph_changes, loader, &mut round);
        self.finish(loader, round)
    }

    /// Runs the rules over what the graph has taken in. Gives the files whose findings may differ.
    fn finish(&mut self, loader: &dyn Loader, mut round: Round) -> BTreeSet<FileId> {
        self.build(loader, &mut round);
        self.run_others(&mut round);
        self.run_files(&mut round);
        self.assemble(&round.touched);
        round.touched
    }

    /// What the project is called: the name of its folder.
    #[must_use]
    pub fn project_name(&self) -> &str {
        self.root.file_name().unwrap_or("pipeline")
    }

    /// What is known of the project's files together.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Where an anchor stands in the text that was analysed; none where it is of another text.
    pub(crate) fn place(&self, anchor: Anchor) -> Option<Span> {
        if self.settings_file == Some(anchor.file) {
            return Some(anchor.local.settings_span());
        }
        self.files.get(anchor.file.0 as usize)?.places.span(anchor.local)
    }

    /// The number of the file at `path`, which is relative to the project, if it is there.
    #[must_use]
    pub fn known_file(&self, path: &Utf8Path) -> Option<FileId> {
        let id = *self.by_path.get(path)?;
        self.files[id.0 as usize].is_there.then_some(id)
    }

    /// Whether settings leave out the file at `path`, given from the project's root.
    #[must_use]
    pub fn excludes(&self, path: &Utf8Path) -> bool {
        self.settings.leaves_out(path.as_str())
    }

    /// Whether the file at `path`, which is relative to the project, was left out when it was read.
    #[must_use]
    pub fn is_left_out(&self, path: &Utf8Path) -> bool {
        self.known_file(path).is_some_and(|id| self.files[id.0 as usize].excluded)
    }

    /// The files that are there below the folder at `path`, which is relative to the project.
    pub fn files_below(&self, path: &Utf8Path) -> impl Iterator<Item = &Utf8Path> {
        // Compared as texts first: whoever deletes a thousand files asks a thousand times.
        let files = self.files.iter().filter(move |entry| {
            entry.path.as_str().starts_with(path.as_str())
                && entry.is_there
                && entry.path.starts_with(path)
                && entry.path.is_relative()
        });
        files.map(|entry| entry.path.as_path())
    }

    /// What is shown of a file, in order of place and rule.
    #[must_use]
    pub fn findings(&self, file: FileId) -> &[Finding] {
        self.files.get(file.0 as usize).map_or(&[], |entry| &entry.shown)
    }

    /// The files of which anything is shown.
    pub fn files_with_findings(&self) -> impl Iterator<Item = FileId> {
        self.shown().map(|(id, _)| id)
    }

    /// The project's settings file, absolute, if it has one.
    #[must_use]
    pub fn settings_path(&self) -> Option<&Utf8Path> {
        Some(&self.files[self.settings_file?.0 as usize].path)
    }

    /// What the project settles.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// All files with findings, as shown.
    pub(crate) fn shown(&self) -> impl Iterator<Item = (FileId, &FileEntry)> {
        (0..).map(FileId).zip(&self.files).filter(|(_, entry)| !entry.shown.is_empty())
    }

    /// The number of the file at `path`, which is relative to the project; a new one if need be.
    fn id_of(&mut self, path: &Utf8Path) -> FileId {
        if let Some(known) = self.by_path.get(path) {
            return *known;
        }
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(FileEntry { path: path.to_owned(), ..FileEntry::default() });
        self.by_path.insert(path.to_owned(), id);
        id
    }
}

fn graph_with(settings: &Arc<Settings>, file: Option<FileId>) -> Graph {
    let graph = Graph::new(Arc::clone(settings));
    match file {
        Some(file) => graph.with_settings_file(file),
        None => graph,
    }
}
