//! What is known of the thing under the cursor.
//!
//! The story stands in a fenced block, aligned, with places as `file:line`, and one line of links
//! follows it. A table of Markdown would hold the links itself; but Neovim shows tables as they are
//! written, where addresses push the columns apart, and VS Code breaks their cells. A fenced block
//! looks the same everywhere, and a line of links does no harm where links are not drawn.

use camino::Utf8Path;
use graph::sources::Sources;
use text::span::Span;

use crate::place::Cursor;
use crate::question::{FEW_PIPELINES, Question};
use crate::target::{self, Symbol};
use layout::Places;

mod chain;
mod field;
mod key;
mod layout;
mod phase;
mod pipeline;
mod rule;
mod thing;
mod users;

/// How many pipelines are told in full where one place serves several.
const IN_FULL: usize = 3;

/// What is shown over a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    /// The place.
    pub span: Span,
    /// The story.
    pub markdown: String,
}

impl Hover {
    /// The story without the marks of Markdown that only its readers understand.
    #[must_use]
    pub fn plain(&self) -> String {
        let lines = self.markdown.lines().filter(|line| !line.starts_with("```"));
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }
}

/// What is known of the thing at `cursor`.
///
/// `link(path, line)` gives the address of a line, counted from 0, of a file whose path is relative
/// to the project, if places can be linked.
#[must_use]
pub fn hover(
    sources: &dyn Sources,
    cursor: Cursor,
    link: &dyn Fn(&Utf8Path, u32) -> Option<String>,
) -> Option<Hover> {
    let question = Question::new(sources, FEW_PIPELINES);
    let target = target::find(&question, cursor)?;
    let mut sections = Vec::new();
    for symbol in target.symbols.iter().take(IN_FULL) {
        let mut places = Places::new(&question, link);
        sections.extend(section(symbol, cursor, &mut places));
    }
    if sections.is_empty() {
        return None;
    }
    let rest: Vec<String> = target
        .symbols
        .iter()
        .skip(IN_FULL)
        .filter_map(|symbol| in_a_line(&question, symbol))
        .collect();
    sections.extend((!rest.is_empty()).then(|| layout::fenced(&rest)));
    if target.more > 0 {
        let plural = if target.more == 1 { "" } else { "s" };
        sections.push(format!("and in {} more pipeline{plural}", target.more));
    }
    Some(Hover { span: target.span, markdown: sections.join("\n\n---\n\n") })
}

fn section(symbol: &Symbol, cursor: Cursor, places: &mut Places<'_, '_>) -> Option<String> {
    match *symbol {
        Symbol::Field { pipeline, path } => field::tell(pipeline, path, cursor, places),
        Symbol::Phase { pipeline, name } => phase::tell(pipeline, name, places),
        Symbol::Pipeline(contract) => pipeline::tell(contract, places),
        Symbol::Thing(thing) => thing::tell(&thing, places),
        Symbol::Key(declared) => Some(key::tell(declared)),
        Symbol::Rule(rule) => Some(rule::tell(rule)),
    }
}

/// A symbol of one pipeline among many.
fn in_a_line(question: &Question<'_>, symbol: &Symbol) -> Option<String> {
    match *symbol {
        Symbol::Field { pipeline, path } => {
            let pipeline = question.pipeline(pipeline)?;
            Some(field::in_a_line(&pipeline, path))
        }
        Symbol::Phase { pipeline, name } => {
            Some(format!("{name}   pipeline {}", question.pipeline(pipeline)?.name))
        }
        Symbol::Pipeline(contract) => {
            let path = question.sources.path(contract.file);
            Some(format!("pipeline {}   {path}", question.pipeline(contract)?.name))
        }
        Symbol::Thing(thing) => Some(thing::in_a_line(question, &thing)),
        Symbol::Key(_) | Symbol::Rule(_) => None,
    }
}
