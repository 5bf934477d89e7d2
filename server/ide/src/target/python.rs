//! What stands at a place in Python: an access to the context, or the name of a phase.

use contracts::path::FieldPath;
use contracts::schema::Sort;
use facts::places::{Anchor, FileId, LocalAnchor};
use facts::python::{Access, Key, PythonFacts};
use graph::handler::{ClassRef, Code, ContractRef};
use graph::sources::Sources;
use syntax::python::{Tree, keys_after};
use text::span::Span;

use super::{Symbol, Target, add};
use crate::mention::{self, key_span};
use crate::named::{Reach, Thing};
use crate::place::Cursor;
use crate::question::Question;

/// What stands at the cursor.
pub(super) fn find(question: &Question<'_>, cursor: Cursor) -> Option<Target> {
    let said = || declared(question, cursor);
    let told = || told(question, cursor);
    phase(question, cursor).or_else(said).or_else(told).or_else(|| field(question, cursor))
}

/// What the code at the cursor tells a run-time checker.
fn told(question: &Question<'_>, cursor: Cursor) -> Option<Target> {
    let all = question.graph().told_in(cursor.file);
    let (told, span) = all.into_iter().find_map(|told| {
        let span = question.sources.span(told.at)?;
        span.touches(cursor.offset).then_some((told, span))
    })?;
    let mut symbols = Vec::new();
    for contract in told.contracts.iter().copied() {
        let name = told.name;
        let symbol = match told.sort {
            Sort::Phase => Symbol::Phase { pipeline: contract, name },
            Sort::Field => Symbol::Field { pipeline: contract, path: FieldPath::of(name) },
            Sort::Pipeline => Symbol::Pipeline(contract),
            sort => Symbol::Thing(Thing { sort, name, of: None, reach: Reach::Pipeline(contract) }),
        };
        add(&mut symbols, symbol);
    }
    let more = symbols.len().saturating_sub(question.most);
    symbols.truncate(question.most);
    (!symbols.is_empty()).then_some(Target { span, symbols, more })
}

/// The field that a class declares at the cursor, in every pipeline of the handlers that come by the
/// declaration.
fn declared(question: &Question<'_>, cursor: Cursor) -> Option<Target> {
    let graph = question.graph();
    let facts = graph.files().get(cursor.file)?.facts.as_ref()?;
    let python = facts.python.as_deref()?;
    let (index, at, span) = (0..).zip(&python.classes).find_map(|(index, class)| {
        let fields = class.declarations.iter().flat_map(|declaration| &declaration.fields);
        fields.into_iter().find_map(|field| {
            let at = Anchor { file: cursor.file, local: field.at };
            let span = question.sources.span(at)?;
            span.touches(cursor.offset).then_some((index, at, span))
        })
    })?;
    let code = Code::Class(ClassRef { file: cursor.file, index });
    let mut symbols = Vec::new();
    for (contract, _) in graph.seats_of(code) {
        fields_at(question, *contract, at, 0, &mut symbols);
    }
    (!symbols.is_empty()).then_some(Target { span, symbols, more: 0 })
}

/// The phase that a handler, or its registration, names at the cursor.
fn phase(question: &Question<'_>, cursor: Cursor) -> Option<Target> {
    let (graph, sources) = (question.graph(), question.sources);
    let mut symbols = Vec::new();
    let mut found = None;
    let mut note = |code: Code, at: Anchor, named: bool| {
        let span = (at.file == cursor.file).then(|| sources.span(at)).flatten();
        let Some(span) = span.and_then(|span| touched(sources, cursor, span, named)) else {
            return;
        };
        for (pipeline, seat) in graph.seats_of(code) {
            if !named || seat.phase_at == at {
                add(&mut symbols, Symbol::Phase { pipeline: *pipeline, name: seat.phase });
                found = Some(span);
            }
        }
    };
    for handler in graph.handlers_in(cursor.file) {
        note(handler.code, handler.at, false);
        for named in handler.attribute.iter().chain(&handler.decorators) {
            note(handler.code, named.at, true);
        }
    }
    for registration in graph.registrations_in(cursor.file) {
        note(Code::Class(registration.class), registration.at, true);
    }
    let more = symbols.len().saturating_sub(question.most);
    symbols.truncate(question.most);
    Some(Target { span: found?, symbols, more })
}

/// The part of a handler's name, or of what names its phase, that the cursor touches: an attribute's
/// name, or the value that it is given.
fn touched(sources: &dyn Sources, cursor: Cursor, span: Span, named: bool) -> Option<Span> {
    if span.touches(cursor.offset) {
        return Some(span);
    }
    if !named || cursor.offset < span.end as usize {
        return None;
    }
    let text = sources.text(cursor.file);
    let line = text.get(span.end as usize..)?.lines().next()?;
    let (before, value) = line.split_once('=')?;
    let start = span.end as usize + before.len() + 1 + (value.len() - value.trim_start().len());
    let value = value.trim_start();
    let end = value.find([' ', '#', ';']).unwrap_or(value.len());
    let span = Span::new(start, start + end);
    span.touches(cursor.offset).then_some(span)
}

/// An access that is meant by a cursor.
struct Found {
    function: u32,
    at: LocalAnchor,
    /// How many keys of the access come after the one that is meant.
    inner: usize,
}

/// The field that the code at the cursor accesses, in every pipeline that comes by there.
fn field(question: &Question<'_>, cursor: Cursor) -> Option<Target> {
    let sources = question.sources;
    let file = question.graph().files().get(cursor.file)?;
    let python = file.facts.as_ref()?.python.as_deref()?;
    let text = sources.text(cursor.file);
    let found =
        accesses_at(sources, python, (cursor.file, &text), cursor.offset).or_else(|| {
            // Only files that handlers are in keep their tree; parsing anew is for keys alone.
            let parsed;
            let tree = match sources.python(cursor.file) {
                Some(tree) => tree,
                None if is_in_key(&text, cursor.offset) => {
                    parsed = syntax::python::parse(&text, None);
                    &parsed
                }
                None => return None,
            };
            through_later_key(sources, python, (cursor.file, &text), tree, cursor.offset)
        })?;
    let (found, span) = found;
    let mut symbols = Vec::new();
    let mut more = 0;
    for access in &found {
        let function = python.functions.get(access.function as usize)?;
        let (pipelines, count) =
            question.graph().pipelines_through(cursor.file, function.qualified, question.most);
        more = more.max(count - pipelines.len());
        for contract in pipelines {
            let at = Anchor { file: cursor.file, local: access.at };
            fields_at(question, contract, at, access.inner, &mut symbols);
        }
    }
    (!symbols.is_empty()).then_some(Target { span, symbols, more })
}

/// Whether `offset` may lie in a literal key: a quote comes next, and then the end of an argument.
fn is_in_key(text: &str, offset: usize) -> bool {
    let after = text.get(offset..).unwrap_or_default().trim_start_matches(['"', '\'']);
    let line = after.lines().next().unwrap_or_default();
    let rest =
        line.trim_start_matches(|next: char| next.is_alphanumeric() || "_-. ".contains(next));
    let rest = rest.trim_start_matches(['"', '\'']);
    rest.len() < line.len() && rest.trim_start().starts_with([']', ',', ')'])
}

/// The fields that a pipeline accesses at `at`; with `inner`, those that hold them.
fn fields_at(
    question: &Question<'_>,
    contract: ContractRef,
    at: Anchor,
    inner: usize,
    symbols: &mut Vec<Symbol>,
) {
    let Some(pipeline) = question.pipeline(contract) else {
        return;
    };
    for mention in mention::all(&pipeline) {
        let outer = (mention.at == at).then(|| outer(mention.path, inner)).flatten();
        if let Some(path) = outer {
            add(symbols, Symbol::Field { pipeline: contract, path });
        }
    }
}

/// The field that is so many keys further out.
fn outer(path: FieldPath, levels: usize) -> Option<FieldPath> {
    (0..levels).try_fold(path, |path, _| path.parent())
}

/// The accesses whose last key is at `offset`, innermost alone, and the place of that key.
fn accesses_at(
    sources: &dyn Sources,
    python: &PythonFacts,
    (file, text): (FileId, &str),
    offset: usize,
) -> Option<(Vec<Found>, Span)> {
    let mut found = Vec::new();
    each_access(sources, python, file, &mut |function, access, span| {
        // Nearly all are elsewhere, and their keys are not looked for.
        let key = span.touches(offset).then(|| last_key(text, span, access));
        if let Some(key) = key.filter(|key| key.touches(offset)) {
            found.push((key, Found { function, at: access.at, inner: 0 }));
        }
    });
    let smallest = found.iter().map(|(key, _)| *key).min_by_key(|key| (key.len(), *key))?;
    let here = found.into_iter().filter(|(key, _)| *key == smallest);
    Some((here.map(|(_, found)| found).collect(), smallest))
}

/// The accesses that go on from the key at `offset`: `context["a"]["b"]` is an access to `a.b`.
fn through_later_key(
    sources: &dyn Sources,
    python: &PythonFacts,
    (file, text): (FileId, &str),
    tree: &Tree,
    offset: usize,
) -> Option<(Vec<Found>, Span)> {
    let (here, later) = keys_after(tree, offset)?;
    let mut found: Vec<Found> = Vec::new();
    each_access(sources, python, file, &mut |function, access, span| {
        if !later.iter().any(|key| span.contains(*key)) {
            return;
        }
        let key = last_key(text, span, access);
        if let Some(index) = later.iter().position(|later| *later == key) {
            found.push(Found { function, at: access.at, inner: index + 1 });
        }
    });
    let nearest = found.iter().map(|access| access.inner).min()?;
    found.retain(|access| access.inner == nearest);
    Some((found, here))
}

/// Calls `note` for every access of the file, with the number of its function and its place.
fn each_access(
    sources: &dyn Sources,
    python: &PythonFacts,
    file: FileId,
    note: &mut dyn FnMut(u32, &Access, Span),
) {
    for (index, function) in (0..).zip(&python.functions) {
        for access in function.effect.accesses() {
            if let Some(span) = sources.span(Anchor { file, local: access.at }) {
                note(index, access, span);
            }
        }
    }
}

fn last_key(text: &str, span: Span, access: &Access) -> Span {
    match access.place.keys.last() {
        Some(Key::Text(name)) => key_span(text, span, name.as_str()),
        Some(_) => key_span(text, span, ""),
        None => span,
    }
}
