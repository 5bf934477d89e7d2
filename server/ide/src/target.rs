//! What stands at a cursor.
//!
//! Every feature begins here, so that hover, definition and references always speak of one thing.

use contracts::path::FieldPath;
use contracts::schema::{Enumeration, Key, Record};
use facts::places::FileId;
use graph::handler::ContractRef;
use graph::sources::Sources;
use rules::rule::Rule;
use text::name::Name;
use text::span::Span;

use crate::named::Thing;
use crate::place::Cursor;
use crate::question::{MANY_PIPELINES, Question};

mod attribute;
mod directive;
mod key;
mod python;
mod settings;
mod yaml;

/// Something that has a meaning in the project.
#[derive(Clone, Copy, Debug)]
pub enum Symbol {
    /// A field of a pipeline's context.
    Field {
        /// The pipeline.
        pipeline: ContractRef,
        /// The field.
        path: FieldPath,
    },
    /// A phase.
    Phase {
        /// The pipeline.
        pipeline: ContractRef,
        /// Its name, which may be no phase's.
        name: Name,
    },
    /// A pipeline.
    Pipeline(ContractRef),
    /// Anything else that contracts name.
    Thing(Thing),
    /// A key or a word that a contract's kind declares.
    Key(Declared),
    /// A rule, named in a directive or in settings.
    Rule(&'static Rule),
}

/// What a contract's kind declares.
#[derive(Clone, Copy, Debug)]
pub enum Declared {
    /// A key, and the mapping that may have it.
    Key(&'static Record, &'static Key),
    /// A word of a closed set, by its index.
    Word(&'static Enumeration, usize),
}

/// What stands at a cursor.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its place.
    pub span: Span,
    /// What it is: several where one access serves several pipelines, or is of several fields.
    pub symbols: Vec<Symbol>,
    /// How many more pipelines may come by here than were looked at.
    pub more: usize,
}

/// What stands at `cursor`, if it means anything.
#[must_use]
pub fn at(sources: &dyn Sources, cursor: Cursor) -> Option<Target> {
    find(&Question::new(sources, MANY_PIPELINES), cursor)
}

/// What stands at `cursor`, as far as the question looks.
pub(crate) fn find(question: &Question<'_>, cursor: Cursor) -> Option<Target> {
    let sources = question.sources;
    let path = sources.path(cursor.file);
    match path.extension() {
        Some("toml") => settings::find(question, cursor),
        Some("py" | "pyi") => {
            let telemetry = || attribute::find(sources, cursor);
            let code = || python::find(question, cursor);
            directive::find(sources, cursor).or_else(code).or_else(telemetry)
        }
        _ => directive::find(sources, cursor).or_else(|| yaml::find(sources, cursor)),
    }
}

impl Target {
    /// One thing at a place.
    fn one(span: Span, symbol: Symbol) -> Target {
        Target { span, symbols: vec![symbol], more: 0 }
    }
}

impl Symbol {
    /// Whether both are the same thing.
    #[must_use]
    pub fn is(&self, other: &Symbol) -> bool {
        match (self, other) {
            (
                Symbol::Field { pipeline: one, path },
                Symbol::Field { pipeline: other, path: theirs },
            ) => one == other && path == theirs,
            (
                Symbol::Phase { pipeline: one, name },
                Symbol::Phase { pipeline: other, name: theirs },
            ) => one == other && name == theirs,
            (Symbol::Pipeline(one), Symbol::Pipeline(other)) => one == other,
            (Symbol::Thing(one), Symbol::Thing(other)) => one == other,
            _ => false,
        }
    }
}

/// Adds a symbol that is not there yet.
fn add(symbols: &mut Vec<Symbol>, symbol: Symbol) {
    if !symbols.iter().any(|known| known.is(&symbol)) {
        symbols.push(symbol);
    }
}

/// The contracts that a file declares.
pub(crate) fn contracts_of(
    sources: &dyn Sources,
    file: FileId,
) -> impl Iterator<Item = (ContractRef, &facts::contract::ContractFacts)> {
    let contracts = sources.graph().files().get(file).map_or(&[][..], |known| &known.contracts);
    (0..).zip(contracts).map(move |(index, facts)| (ContractRef { file, index }, &**facts))
}
