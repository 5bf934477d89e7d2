//! A project made of texts, for the tests of this crate.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use camino::Utf8PathBuf;
use facts::file::{FileFacts, lower_yaml};
use facts::places::FileId;
use settings::read::{Form, read};
use text::name::Name;

use crate::files::FileState;
use crate::handler::{ContractRef, Handler};
use crate::pipeline::Pipeline;
use crate::project::{Change, Graph};
use crate::summary::{Strength, Summary};

mod attributes;
mod binding;
mod fold;
mod incremental;
mod names;
mod shipped;
mod speed;

/// The graph of these files, all of them read. A file `contextcore.toml` gives the settings.
pub(crate) fn graph(files: &[(&str, &str)]) -> Graph {
    let settings = files.iter().find(|(path, _)| *path == "contextcore.toml");
    let settings = settings.map(|(_, text)| read(text, Form::Own).0).unwrap_or_default();
    let mut graph = Graph::new(Arc::new(settings));
    let changes = files
        .iter()
        .enumerate()
        .map(|(index, (path, text))| change(u32::try_from(index).unwrap(), path, Some(text)));
    graph.update(changes.collect());
    graph
}

/// A change of one file.
pub(crate) fn change(id: u32, path: &str, text: Option<&str>) -> Change {
    Change {
        file: FileId(id),
        path: Utf8PathBuf::from(path),
        state: text.map(|text| FileState::Read(Arc::new(facts(path, text)))),
    }
}

/// What one file says.
pub(crate) fn facts(path: &str, text: &str) -> FileFacts {
    if path.ends_with(".py") {
        let tree = syntax::python::parse(text, None);
        let (python, _) = facts::python::lower(text, &tree);
        FileFacts { python: Some(Box::new(python)), ..FileFacts::default() }
    } else {
        let name = path.rsplit('/').next().unwrap();
        lower_yaml(name, text, None).map(|lowered| lowered.facts).unwrap_or_default()
    }
}

/// All contracts of a graph, by path.
pub(crate) fn contracts(graph: &Graph, files: u32) -> Vec<ContractRef> {
    let mut contracts: Vec<ContractRef> = (0..files)
        .flat_map(|file| (0..4).map(move |index| ContractRef { file: FileId(file), index }))
        .filter(|contract| graph.contract(*contract).is_some())
        .collect();
    contracts
        .sort_by_key(|contract| (graph.files().path(contract.file).to_owned(), contract.index));
    contracts
}

/// The first pipeline of a graph.
pub(crate) fn pipeline(graph: &Graph) -> Pipeline {
    let contract = *contracts(graph, 64).first().unwrap();
    let built = graph.build(contract).unwrap();
    assert_eq!(built.missing, BTreeSet::new());
    built.pipeline
}

/// A contract with these phases.
pub(crate) fn contract(id: &str, phases: &[&str]) -> String {
    let mut text = format!("schema_version: \"0.1.0\"\npipeline_id: {id}\nphases:\n");
    for phase in phases {
        writeln!(text, "  {phase}:\n    exit:\n      required:\n        - name: {phase}_done")
            .unwrap();
    }
    text
}

/// What the only handler of a single file does, in short lines.
#[track_caller]
pub(crate) fn check(python: &str, expected: &str) {
    check_files(&[("handlers.py", python)], expected);
}

/// What the handlers of a phase `work` do, in short lines.
#[track_caller]
pub(crate) fn check_files(files: &[(&str, &str)], expected: &str) {
    let contract = contract("p", &["work"]);
    let mut all = vec![("p.contract.yaml", contract.as_str())];
    all.extend_from_slice(files);
    let graph = graph(&all);
    let pipeline = pipeline(&graph);
    let lines: Vec<String> = pipeline.phases[0].handlers.iter().flat_map(lines).collect();
    let expected: Vec<&str> =
        expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, expected);
}

fn lines(handler: &Handler) -> Vec<String> {
    handler.summary.as_ref().map_or_else(|| vec!["no entry".to_owned()], summary_lines)
}

/// A summary in short lines, one for each access.
pub(crate) fn summary_lines(summary: &Summary) -> Vec<String> {
    let mut lines = Vec::new();
    for read in &summary.reads {
        let strength = match &read.strength {
            Strength::Hard => "hard".to_owned(),
            Strength::Soft => "soft".to_owned(),
            Strength::Defaulted(Some(value)) => format!("default {value:?}"),
            Strength::Defaulted(None) => "default ?".to_owned(),
        };
        let own = if read.exposed { "" } else { " own" };
        lines.push(format!("read {} {strength}{own}", read.path));
    }
    for write in &summary.writes {
        let must = if write.must { "must" } else { "may" };
        lines.push(format!("write {} {must}", write.path));
    }
    for drop in &summary.drops {
        let must = if drop.must { "must" } else { "may" };
        let path = drop.path.map_or(Name::new("everything"), |path| path.as_name());
        lines.push(format!("drop {path} {must}"));
    }
    if summary.open_reads.is_some() {
        lines.push("open reads".to_owned());
    }
    if summary.open_writes.is_some() {
        lines.push("open writes".to_owned());
    }
    for part in &summary.open_parts {
        lines.push(format!("open {}", part.path));
    }
    lines
}

/// Pipelines with their handlers, in short lines: `pipeline.phase: Class`.
pub(crate) fn seats(graph: &Graph) -> Vec<String> {
    let mut lines = Vec::new();
    for contract in contracts(graph, 64) {
        // A contract of another kind makes no pipeline.
        let Some(built) = graph.build(contract) else { continue };
        let pipeline = built.pipeline;
        for phase in &pipeline.phases {
            for handler in &phase.handlers {
                lines.push(format!("{}.{}: {}", pipeline.name, phase.name, handler.name));
            }
        }
        for handler in &pipeline.stray_handlers {
            lines.push(format!("{}.{}? {}", pipeline.name, handler.phase, handler.name));
        }
    }
    lines
}
