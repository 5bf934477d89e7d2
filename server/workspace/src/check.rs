//! The whole way in one call: paths to findings.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use settings::run::RunOverrides;

use crate::engine::{Engine, Loader};
use crate::handlers::Unchecked;
use crate::located::{Coverage, LocatedFinding};
use crate::opening::{Filled, open_project};
use crate::project::{Project, ProjectSettings};
use crate::read::YAML_BYTES;
use crate::snapshot::Locator;

/// What to check.
#[derive(Clone, Debug)]
pub struct CheckRequest {
    /// The files and folders to report on, absolute.
    pub paths: Vec<Utf8PathBuf>,
    /// The settings file to use in place of those that would be found, absolute.
    pub config: Option<Utf8PathBuf>,
    /// What this run settles for itself.
    pub overrides: RunOverrides,
}

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct CheckResult {
    /// Findings, ordered by path, place and rule.
    pub findings: Vec<LocatedFinding>,
    /// What was looked at.
    pub coverage: Coverage,
    /// What stood in the way: the disk, or settings.
    pub trouble: Vec<String>,
}

/// A project with its engine, filled from the disk.
#[derive(Debug)]
pub struct Opened {
    /// The engine, up to date.
    pub engine: Engine,
    /// The paths to report on, absolute.
    pub asked: Vec<Utf8PathBuf>,
    /// What stood in the way.
    pub trouble: Vec<String>,
}

/// Checks what is asked for, once: what was read stays in memory for as long as the process lives.
#[must_use]
pub fn check(request: &CheckRequest) -> CheckResult {
    let mut result = CheckResult::default();
    let (opened, trouble) = open(request);
    result.trouble = trouble;
    for project in opened {
        result.trouble.extend(project.trouble.iter().cloned());
        result.add(&project);
        // Taking millions of facts apart one by one takes longer than it takes the system to drop a
        // process. Who asks again and again holds on to what `open` gives instead.
        std::mem::forget(project);
    }
    result.findings.sort_by(|one, other| one.at.source.path.cmp(&other.at.source.path));
    result
}

/// The engines of all projects that the request's paths belong to or hold, in the order of their
/// roots, and what stood in the way before there was one.
#[must_use]
pub fn open(request: &CheckRequest) -> (Vec<Opened>, Vec<String>) {
    let mut trouble = Vec::new();
    let mut queue: BTreeMap<Project, Vec<Utf8PathBuf>> = BTreeMap::new();
    for path in &request.paths {
        if path.exists() {
            queue.entry(Project::of(path)).or_default().push(path.clone());
        } else {
            trouble.push(format!("{path}: no such file or folder"));
        }
    }
    let mut opened = Vec::new();
    let mut seen = BTreeSet::new();
    while let Some((project, asked)) = queue.pop_first() {
        if !seen.insert(project.root.clone()) {
            continue;
        }
        match project.settings(request.config.as_deref(), &request.overrides) {
            Err(message) => trouble.push(message),
            Ok(settings) => {
                let (one, nested) = open_one(&project, settings, asked.clone());
                for root in nested {
                    // A project inside is part of what was asked for where a path holds it.
                    if asked.iter().any(|path| root.starts_with(path)) {
                        queue.entry(Project::of(&root)).or_default().push(root);
                    }
                }
                opened.push(one);
            }
        }
    }
    opened.sort_by(|one, other| one.engine.root.cmp(&other.engine.root));
    (opened, trouble)
}

fn open_one(
    project: &Project,
    settings: ProjectSettings,
    asked: Vec<Utf8PathBuf>,
) -> (Opened, Vec<Utf8PathBuf>) {
    let opened = open_project(project, settings, &asked, &BTreeMap::new());
    let Filled { engine, nested, trouble, .. } = opened;
    (Opened { engine, asked, trouble }, nested)
}

/// The files of a project on the disk.
#[derive(Clone, Debug)]
pub struct Disk {
    /// The project's root, absolute.
    pub root: Utf8PathBuf,
}

impl Loader for Disk {
    fn read(&self, path: &Utf8Path) -> std::io::Result<Vec<u8>> {
        // More than the largest budget is never needed: the rest only says that it is too large.
        let budget = u64::try_from(YAML_BYTES + 1).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        let file = std::fs::File::open(self.root.join(path))?;
        let size = file.metadata().map_or(0, |metadata| metadata.len().min(budget));
        bytes.reserve_exact(usize::try_from(size).unwrap_or_default());
        file.take(budget).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// The files of a project, some of them with other texts than the disk has.
#[derive(Clone, Copy, Debug)]
pub struct Overlaid<'t> {
    /// The project's root, absolute.
    pub root: &'t Utf8Path,
    /// The other texts, by absolute path.
    pub texts: &'t BTreeMap<Utf8PathBuf, Vec<u8>>,
}

impl Loader for Overlaid<'_> {
    fn read(&self, path: &Utf8Path) -> std::io::Result<Vec<u8>> {
        match self.texts.get(&self.root.join(path)) {
            Some(bytes) => Ok(bytes.clone()),
            None => Disk { root: self.root.to_owned() }.read(path),
        }
    }
}

impl Opened {
    /// Whether a file, given from the project's root, was asked for. Settings always are: they have
    /// a say in every finding.
    #[must_use]
    pub fn is_asked(&self, path: &Utf8Path) -> bool {
        is_asked(&self.engine.root, &self.asked, path)
    }
}

/// Whether the file at `path`, given from the project's root, is among what is asked for.
#[must_use]
pub fn is_asked(root: &Utf8Path, asked: &[Utf8PathBuf], path: &Utf8Path) -> bool {
    let absolute = root.join(path);
    path.is_absolute() || asked.iter().any(|asked| absolute.starts_with(asked))
}

impl CheckResult {
    /// Adds what one project has to say about what was asked for.
    fn add(&mut self, project: &Opened) {
        let engine = &project.engine;
        let locator = Locator::new(engine);
        let reported: Vec<_> = engine
            .shown()
            .filter(|(_, entry)| project.is_asked(&entry.path))
            .map(|(id, _)| id)
            .collect();
        let mut located: Vec<Vec<LocatedFinding>> =
            reported.into_par_iter().map(|id| locator.file(id)).collect();
        located.iter_mut().for_each(|findings| self.findings.append(findings));
        self.count(project);
    }

    fn count(&mut self, project: &Opened) {
        let engine = &project.engine;
        let coverage = &mut self.coverage;
        let handlers = Unchecked::of(project);
        coverage.bound += handlers.bound;
        coverage.idle.extend(handlers.idle);
        coverage.unbound.extend(handlers.unbound);
        for entry in
            engine.files.iter().filter(|entry| entry.is_there && project.is_asked(&entry.path))
        {
            coverage.readable += 1;
            let Some(facts) = &entry.facts else { continue };
            coverage.files += 1;
            let others = facts.contracts.iter().filter(|facts| facts.propagation().is_none());
            coverage.others += others.count();
            // A file that is too large has a finding that says so.
            let broken = facts.trouble.is_none()
                && facts.python.as_ref().is_some_and(|python| python.broken);
            if broken {
                coverage.broken.push(engine.root.join(&entry.path));
            }
        }
        for (contract, extent) in &engine.extents {
            if project.is_asked(&engine.files[contract.file.0 as usize].path) {
                coverage.pipelines += 1;
                coverage.phases += extent.phases;
                coverage.fields += extent.fields;
            }
        }
    }
}
