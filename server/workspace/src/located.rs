//! Findings with their places, as an editor or a report shows them.

use std::sync::Arc;

use camino::Utf8PathBuf;
use contracts::path::FieldPath;
use rules::level::Level;
use rules::rule::Rule;
use text::lines::LineTable;
use text::name::Name;
use text::span::Span;

/// The text of a file as it was analysed.
#[derive(Debug)]
pub struct Source {
    /// The file, absolute.
    pub path: Utf8PathBuf,
    /// Its text.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: LineTable,
}

/// A place in a file.
#[derive(Clone, Debug)]
pub struct Location {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes.
    pub span: Span,
}

/// A finding with its places.
#[derive(Clone, Debug)]
pub struct LocatedFinding {
    /// The rule that speaks.
    pub rule: &'static Rule,
    /// How grave it is, settings applied.
    pub level: Level,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub at: Location,
    /// A few words for the place itself; may be empty.
    pub label: String,
    /// The other side of the story.
    pub related: Vec<(Location, String)>,
    /// Why it matters.
    pub why: Option<String>,
    /// What to do, one way each.
    pub help: Vec<String>,
    /// For a place in YAML, the keys and indexes on the way to it.
    pub key_path: Option<Vec<PathStep>>,
    /// For a place in Python, the function around it: `ImplementPhaseHandler.execute`.
    pub function: Option<Name>,
    /// The pipeline it is about.
    pub pipeline: Option<Name>,
    /// The phase it is about.
    pub phase: Option<Name>,
    /// The field it is about.
    pub field: Option<FieldPath>,
    /// Whether `--fix` would repair it.
    pub fixable: bool,
}

/// One step on the way to a YAML node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PathStep {
    /// A key.
    Key(String),
    /// An index of a list, from 0.
    Index(usize),
}

/// What a run looked at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// Pipelines.
    pub pipelines: usize,
    /// Phases of all pipelines.
    pub phases: usize,
    /// Fields of all pipelines, each path counted once a pipeline.
    pub fields: usize,
    /// Contracts of other kinds, which belong to pipelines or stand alone.
    pub others: usize,
    /// Files that said something: contracts, settings, Python with handlers.
    pub files: usize,
    /// YAML, Python and settings files under the paths asked for.
    pub readable: usize,
    /// Handlers that are bound to a phase and have no entry point that takes the context, by name.
    pub idle: Vec<String>,
    /// Handlers that are bound to no phase, by name.
    pub unbound: Vec<String>,
    /// Handlers that are bound to one.
    pub bound: usize,
    /// Python files that do not parse, absolute.
    pub broken: Vec<Utf8PathBuf>,
}
