//! Another name for the thing under the cursor, wherever the project speaks of it.
//!
//! All places change together, or none: where one of them cannot be changed, or would change
//! something else as well, the answer is a refusal that says where and why.

use std::fmt;

use contracts::path::FieldPath;
use facts::places::FileId;
use graph::handler::ContractRef;
use graph::sources::Sources;
use text::edit::TextEdit;
use text::name::Name;
use text::span::Span;

use self::draft::Draft;
use crate::named::Thing;
use crate::place::Cursor;
use crate::question::{MANY_PIPELINES, Question};
use crate::target::{self, Symbol};

mod accesses;
mod bindings;
mod code;
mod contract;
mod display;
mod draft;
mod field;
mod holder;
mod page;
mod phase;
mod pipeline;
mod settings;
mod spot;
mod thing;
mod told;

/// Longer names are refused: contracts keep no names of this length.
const LONGEST: usize = syntax::yaml::Value::NAME_BYTES;

/// What can be given another name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Renamable {
    /// Where the name stands.
    pub span: Span,
    /// The name.
    pub name: String,
}

/// What becomes of one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The file.
    pub file: FileId,
    /// The edits, in order of place.
    pub edits: Vec<TextEdit>,
}

/// Why there is no other name: in a few words, with the place that stands in the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal(String);

impl Refusal {
    fn new(why: impl Into<String>) -> Refusal {
        Refusal(why.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is to get another name.
#[derive(Clone, Copy, Debug)]
enum Subject {
    /// The last segment of this path, in all paths that go through it.
    Field(ContractRef, FieldPath),
    Phase(ContractRef, Name),
    Pipeline(ContractRef),
    Thing(Thing),
}

/// What stands at `cursor` and can be given another name; none where nothing does.
///
/// # Errors
/// Where what stands there is several things at once.
pub fn prepare(sources: &dyn Sources, cursor: Cursor) -> Result<Option<Renamable>, Refusal> {
    let question = Question::new(sources, MANY_PIPELINES);
    Ok(subject(&question, cursor)?.map(|(renamable, _)| renamable))
}

/// The edits that give the thing at `cursor` another name, by path; none where nothing with a name
/// stands there.
///
/// # Errors
/// Where the name cannot be given, or a place cannot follow.
pub fn rename(
    sources: &dyn Sources,
    cursor: Cursor,
    name: &str,
) -> Result<Option<Vec<Change>>, Refusal> {
    let question = Question::new(sources, MANY_PIPELINES);
    let Some((asked, subject)) = subject(&question, cursor)? else { return Ok(None) };
    check(name)?;
    let mut draft = Draft::new(&question);
    if asked.name != name {
        match subject {
            Subject::Field(pipeline, path) => field::rename(&mut draft, pipeline, path, name),
            Subject::Phase(pipeline, old) => phase::rename(&mut draft, pipeline, old, name),
            Subject::Pipeline(contract) => pipeline::rename(&mut draft, contract, name),
            Subject::Thing(thing) => thing::rename(&mut draft, &thing, name),
        }?;
    }
    draft.done().map(Some)
}

fn check(name: &str) -> Result<(), Refusal> {
    let why = if name.trim().is_empty() {
        "a name is never empty"
    } else if name.trim() != name {
        "a name neither begins nor ends with a blank"
    } else if name.contains(char::is_control) {
        "a name stands on one line, without control characters"
    } else if name.len() > LONGEST {
        return Err(Refusal::new(format!("a name has {LONGEST} bytes at most")));
    } else {
        return Ok(());
    };
    Err(Refusal::new(why))
}

/// The name at the cursor, and what it is the name of.
fn subject(
    question: &Question<'_>,
    cursor: Cursor,
) -> Result<Option<(Renamable, Subject)>, Refusal> {
    let Some(target) = target::find(question, cursor) else { return Ok(None) };
    let [symbol] = target.symbols.as_slice() else {
        let is_name = |symbol: &Symbol| !matches!(symbol, Symbol::Key(_) | Symbol::Rule(_));
        return match target.symbols.iter().any(is_name) {
            true => Err(several(question, &target.symbols)),
            false => Ok(None),
        };
    };
    if target.more > 0 {
        return Err(Refusal::new("this place belongs to several pipelines"));
    }
    let is_python = matches!(question.sources.path(cursor.file).extension(), Some("py" | "pyi"));
    let text = question.text(cursor.file);
    let whole = |name: Name| spot::whole(&text, target.span, name.as_str());
    let found = match *symbol {
        Symbol::Field { pipeline, path } => {
            let (span, path) = match is_python {
                true => (path.segments().last().and_then(|last| whole(*last)), path),
                false => spot::segment(&text, target.span, path, cursor.offset),
            };
            let name = path.segments().last().copied();
            name.zip(span).map(|(name, span)| (span, name, Subject::Field(pipeline, path)))
        }
        Symbol::Phase { pipeline, name } => {
            whole(name).map(|span| (span, name, Subject::Phase(pipeline, name)))
        }
        Symbol::Pipeline(contract) => {
            let name = question.graph().contract(contract).and_then(|facts| facts.pipeline());
            let span = name.and_then(whole);
            name.zip(span).map(|(name, span)| (span, name, Subject::Pipeline(contract)))
        }
        Symbol::Thing(thing) => {
            whole(thing.name).map(|span| (span, thing.name, Subject::Thing(thing)))
        }
        Symbol::Key(_) | Symbol::Rule(_) => None,
    };
    Ok(found.map(|(span, name, subject)| (Renamable { span, name: name.to_string() }, subject)))
}

fn several(question: &Question<'_>, symbols: &[Symbol]) -> Refusal {
    let mut pipelines: Vec<&str> = symbols
        .iter()
        .filter_map(|symbol| match symbol {
            Symbol::Field { pipeline, .. }
            | Symbol::Phase { pipeline, .. }
            | Symbol::Pipeline(pipeline) => Some(question.sources.path(pipeline.file).as_str()),
            _ => None,
        })
        .collect();
    pipelines.sort_unstable();
    pipelines.dedup();
    Refusal::new(match pipelines.as_slice() {
        [] | [_] => "this place names several things at once".to_owned(),
        several => {
            let paths: Vec<String> = several.iter().map(|path| format!("`{path}`")).collect();
            format!("this place belongs to several pipelines: {}", paths.join(", "))
        }
    })
}
