//! The incremental engine: changes of files in, findings out.
//!
//! A change is lowered to facts; facts that are new go to the graph, which names the pipelines they
//! can have touched; those are built again and the rules run over them; and the files whose raw
//! findings, places or directives changed are assembled anew. A full check is one update from the
//! empty engine, so there is no second way to the same result.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use contracts::path::FieldPath;
use facts::file::FileFacts;
use facts::places::{Anchor, FileId, Places};
use facts::prefilter::Prefilter;
use graph::files::{FileState, is_test};
use graph::handler::ContractRef;
use graph::project::{Change as GraphChange, Graph};
use rayon::prelude::*;
use rules::assemble::Subject;
use rules::assemble::lines::Placed;
use rules::assemble::settings_file::{SettingsFile, settings_file};
use rules::finding::Finding;
use rules::rule::FileScope;
use rules::rules::ambiguous_pipeline;
use rustc_hash::FxHashMap;
use settings::problem::Problem;
use settings::settings::Settings;
use text::lines::LineTable;
use text::name::Name;

use crate::classes::ClassIndex;
use crate::project::ProjectSettings;
use crate::lineage::{Head, Lineage, mentions};
use crate::read::{self, Contents, Wanted};
use crate::store::{Store, Unit};
use crate::walk::{Language, language};

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
    pub(crate) text: Option<Arc<str>>,
    pub(crate) facts: Option<Arc<FileFacts>>,
    pub(crate) places: Arc<Places>,
    pub(crate) classes: Box<[Head]>,
    /// What is shown, in order of place and rule.
    pub(crate) shown: Arc<[Finding]>,
}

/// Sizes of one pipeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Extent {
    pub(crate) phases: usize,
    pub(crate) fields: usize,
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
            prefilter: Prefilter::for_settings(&settings.python),
            graph: graph_with(&settings, settings_file),
            settings,
            settings_problems: Vec::new(),
            settings_file,
            files: Vec::new(),
            by_path: FxHashMap::default(),
            store: Store::default(),
            classes: ClassIndex::default(),
            lineage,
            extents: BTreeMap::new(),
        };
        if let Some((path, text)) = project.file {
            // The path stays absolute: `--config` may name a file outside the project.
            let id = engine.id_of(&path);
            engine.files[id.0 as usize].text = Some(text.into());
            engine.files[id.0 as usize].is_there = true;
            engine.settings_problems = project.problems;
            engine.assemble(&BTreeSet::from([id]));
        }
        engine
    }

    /// Applies changes and brings all findings up to date. Gives the files whose findings, as they
    /// are shown, may differ from before.
    pub fn update(&mut self, changes: Vec<Change>, loader: &dyn Loader) -> BTreeSet<FileId> {
        let mut touched = BTreeSet::new();
        let mut rerun = BTreeSet::new();
        let mut graph_changes = Vec::new();
        let read: Vec<Lowered> =
            changes.into_par_iter().map(|change| self.lower(change, loader)).collect();
        for Lowered { path, excluded, contents, trouble } in read {
            self.trouble.extend(trouble);
            let id = self.id_of(&path);
            touched.insert(id);
            let heads = contents.as_ref().map_or(&[][..], |contents| &contents.classes);
            self.lineage.set(id, heads);
            rerun.extend(self.classes.replace(&self.files[id.0 as usize].classes, heads));
            self.files[id.0 as usize].excluded = excluded;
            if self.store_contents(id, contents) {
                rerun.insert(id);
                graph_changes.push(self.graph_change(id));
            }
        }
        let related = self.related(loader);
        graph_changes.extend(self.load(related, loader, &mut touched, &mut rerun));
        let mut pipelines = BTreeSet::new();
        self.feed(graph_changes, loader, &mut pipelines, &mut touched, &mut rerun);
        self.build(pipelines, loader, &mut touched, &mut rerun);
        self.run_files(&rerun, &mut touched);
        self.assemble(&touched);
        touched
    }

    /// Whether settings leave out the file at `path`, given from the project's root.
    #[must_use]
    pub fn excludes(&self, path: &Utf8Path) -> bool {
        self.settings.excludes(path.as_str(), false) || !self.settings.includes(path.as_str())
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

    fn lower(&self, change: Change, loader: &dyn Loader) -> Lowered {
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
        match bytes.map_or_else(|| loader.read(&path), Ok) {
            Ok(bytes) => {
                let wanted = if asked_for || self.lineage.is_mentioned(&bytes) {
                    Wanted::Always
                } else {
                    Wanted::IfTriggered
                };
                let contents = read::contents(&path, bytes, &self.prefilter, wanted);
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
    fn related(&mut self, loader: &dyn Loader) -> BTreeSet<FileId> {
        let Some((files, names)) = self.lineage.settle() else { return BTreeSet::new() };
        let is_unread = |id: &FileId| {
            let entry = &self.files[id.0 as usize];
            let is_test = is_test(&entry.path) && !self.settings.python.check_tests;
            let is_python = language(&entry.path) == Some(Language::Python);
            entry.is_there && !entry.excluded && entry.facts.is_none() && is_python && !is_test
        };
        let mut related: BTreeSet<FileId> = files.into_iter().filter(is_unread).collect();
        if !names.is_empty() {
            let mention = |id: &FileId| {
                let bytes = loader.read(&self.files[id.0 as usize].path);
                bytes.is_ok_and(|bytes| mentions(&bytes, names.iter().copied()))
            };
            let others: Vec<FileId> = (0..self.files.len())
                .filter_map(|index| u32::try_from(index).ok().map(FileId))
                .filter(|id| is_unread(id) && !related.contains(id))
                .collect();
            related.extend(others.into_par_iter().filter(mention).collect::<Vec<_>>());
        }
        related
    }

    /// Takes in what was read. Says whether the graph has to know.
    fn store_contents(&mut self, id: FileId, contents: Option<Contents>) -> bool {
        let entry = &mut self.files[id.0 as usize];
        let was_there = std::mem::replace(&mut entry.is_there, contents.is_some());
        let contents = contents.unwrap_or_default();
        entry.text = contents.text;
        entry.places = contents.places;
        entry.classes = contents.classes;
        let same = was_there == entry.is_there && entry.facts == contents.facts;
        if !same {
            entry.facts = contents.facts;
        }
        !same
    }

    fn graph_change(&self, id: FileId) -> GraphChange {
        let entry = &self.files[id.0 as usize];
        let state = entry.is_there.then(|| match &entry.facts {
            Some(facts) => FileState::Read(Arc::clone(facts)),
            None => FileState::Known,
        });
        GraphChange { file: id, path: entry.path.clone(), state }
    }

    /// Tells the graph, and reads what it lacks, until it lacks nothing.
    fn feed(
        &mut self,
        mut changes: Vec<GraphChange>,
        loader: &dyn Loader,
        pipelines: &mut BTreeSet<ContractRef>,
        touched: &mut BTreeSet<FileId>,
        rerun: &mut BTreeSet<FileId>,
    ) {
        while !changes.is_empty() {
            let update = self.graph.update(changes);
            pipelines.extend(update.pipelines);
            for gone in update.removed {
                pipelines.remove(&gone);
                self.extents.remove(&gone);
                touched.extend(self.store.set(Unit::Pipeline(gone), Vec::new()));
            }
            if update.ambiguous_changed {
                let findings = self.ambiguous();
                touched.extend(self.store.set(Unit::Binding, findings));
            }
            changes = self.load(update.missing, loader, touched, rerun);
        }
    }

    /// Reads files that the graph lacks. One that cannot be read says nothing, and is not asked for
    /// again.
    fn load(
        &mut self,
        missing: BTreeSet<FileId>,
        loader: &dyn Loader,
        touched: &mut BTreeSet<FileId>,
        rerun: &mut BTreeSet<FileId>,
    ) -> Vec<GraphChange> {
        let read: Vec<(FileId, Contents)> = missing
            .into_par_iter()
            .map(|id| {
                let path = &self.files[id.0 as usize].path;
                let contents = match loader.read(path) {
                    Ok(bytes) => read::contents(path, bytes, &self.prefilter, Wanted::Always),
                    Err(_) => Contents::default(),
                };
                (id, contents)
            })
            .collect();
        let mut changes = Vec::new();
        for (id, mut contents) in read {
            contents.facts.get_or_insert_default();
            self.store_contents(id, Some(contents));
            touched.insert(id);
            rerun.insert(id);
            changes.push(self.graph_change(id));
        }
        changes
    }

    /// Builds pipelines and runs the rules over them, reading what that lacks, until it lacks
    /// nothing.
    fn build(
        &mut self,
        mut pipelines: BTreeSet<ContractRef>,
        loader: &dyn Loader,
        touched: &mut BTreeSet<FileId>,
        rerun: &mut BTreeSet<FileId>,
    ) {
        while !pipelines.is_empty() {
            let built: Vec<Built> = pipelines
                .into_par_iter()
                .filter_map(|contract| build(&self.graph, contract))
                .collect();
            let mut missing = BTreeSet::new();
            for done in built {
                missing.extend(done.missing);
                self.graph.record(done.contract, done.keys);
                self.extents.insert(done.contract, done.extent);
                touched.extend(self.store.set(Unit::Pipeline(done.contract), done.findings));
            }
            pipelines = BTreeSet::new();
            let changes = self.load(missing, loader, touched, rerun);
            self.feed(changes, loader, &mut pipelines, touched, rerun);
        }
    }

    /// Runs the rules about single files.
    fn run_files(&mut self, files: &BTreeSet<FileId>, touched: &mut BTreeSet<FileId>) {
        let found: Vec<(FileId, Vec<Finding>, BTreeSet<Name>)> = files
            .par_iter()
            .map(|id| {
                let Some(facts) = &self.files[id.0 as usize].facts else {
                    return (*id, Vec::new(), BTreeSet::new());
                };
                let listening = self.classes.listening();
                let scope = FileScope { file: *id, facts, classes: &listening };
                let findings = rules::run::file(&scope);
                (*id, findings, listening.heard())
            })
            .collect();
        for (id, findings, asked) in found {
            self.classes.asked(id, asked);
            touched.extend(self.store.set(Unit::File(id), findings));
        }
    }

    fn ambiguous(&self) -> Vec<Finding> {
        let name = |contract: &ContractRef| {
            let facts = &self.graph.contract(*contract)?.contract;
            let node = facts.pipeline_id.map_or(facts.at, |id| id.at);
            Some(Anchor { file: contract.file, local: facts::file::anchor(node) })
        };
        self.graph
            .ambiguous()
            .map(|found| {
                let candidates: Vec<Anchor> = found.candidates.iter().filter_map(name).collect();
                ambiguous_pipeline::finding(found.phase, found.at, found.count, &candidates)
            })
            .collect()
    }

    /// Makes what is shown of each file from its raw findings.
    fn assemble(&mut self, files: &BTreeSet<FileId>) {
        let shown: Vec<(FileId, Arc<[Finding]>)> = files
            .par_iter()
            .map(|id| (*id, self.assembled(*id).into()))
            .collect();
        for (id, findings) in shown {
            self.files[id.0 as usize].shown = findings;
        }
    }

    fn assembled(&self, id: FileId) -> Vec<Finding> {
        let entry = &self.files[id.0 as usize];
        if !entry.is_there || entry.excluded {
            return Vec::new();
        }
        let raw: Vec<Finding> = self.store.of_file(id).cloned().collect();
        if self.settings_file == Some(id) {
            return self.assembled_settings(id, raw);
        }
        let suppressions = entry.facts.as_ref().map_or(&[][..], |facts| &facts.suppressions);
        if raw.is_empty() && suppressions.is_empty() {
            return Vec::new();
        }
        let text = entry.text.as_deref().unwrap_or("");
        let table = LineTable::new(text);
        let subject = Subject {
            file: id,
            path: entry.path.as_str(),
            settings: &self.settings,
            suppressions,
            lines: &Placed { text, lines: &table, places: &entry.places },
            whole: entry.facts.as_ref().is_none_or(|facts| is_whole(facts)),
        };
        rules::assemble::file(&subject, raw)
    }

    fn assembled_settings(&self, id: FileId, raw: Vec<Finding>) -> Vec<Finding> {
        let path = &self.files[id.0 as usize].path;
        let of = SettingsFile {
            file: id,
            path: path.file_name().unwrap_or_default(),
            settings: &self.settings,
            problems: &self.settings_problems,
        };
        settings_file(&of, raw)
    }
}

/// Whether a file was read to its end, so that the absence of a finding in it says something.
fn is_whole(facts: &FileFacts) -> bool {
    let broken = facts.python.as_ref().is_some_and(|python| python.broken);
    facts.trouble.is_none() && facts.yaml_problems.is_empty() && !broken
}

fn graph_with(settings: &Arc<Settings>, file: Option<FileId>) -> Graph {
    let graph = Graph::new(Arc::clone(settings));
    match file {
        Some(file) => graph.with_settings_file(file),
        None => graph,
    }
}

/// One change, read.
#[derive(Default)]
struct Lowered {
    path: Utf8PathBuf,
    excluded: bool,
    /// What the file says now; none where it is gone.
    contents: Option<Contents>,
    /// Why it could not be read.
    trouble: Option<String>,
}

/// One pipeline's round.
struct Built {
    contract: ContractRef,
    keys: Vec<graph::keys::Key>,
    missing: BTreeSet<FileId>,
    extent: Extent,
    findings: Vec<Finding>,
}

fn build(graph: &Graph, contract: ContractRef) -> Option<Built> {
    let built = graph.build(contract)?;
    let pipeline = built.pipeline;
    // Findings of a pipeline that lacks a file would be thrown away at once.
    let findings =
        if built.missing.is_empty() { rules::run::pipeline(&pipeline) } else { Vec::new() };
    let phases = pipeline.phases.iter();
    let fields: BTreeSet<FieldPath> = phases
        .flat_map(|phase| pipeline.declared(phase).all_fields())
        .map(|(_, field)| field.path.value)
        .collect();
    let extent = Extent { phases: pipeline.phases.len(), fields: fields.len() };
    Some(Built { contract, keys: built.keys, missing: built.missing, extent, findings })
}
