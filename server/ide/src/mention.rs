//! Everywhere a pipeline speaks of its fields: in its contract, in code, in settings.

use contracts::decode::names::Named;
use contracts::path::FieldPath;
use contracts::propagation::{Boundary, Field};
use contracts::schema::Sort;
use facts::places::Anchor;
use facts::python::declarations::Side;
use graph::code_contract::CodeField;
use graph::handler::Handler;
use graph::pipeline::Pipeline;
use graph::summary::{Drop, Past, Read, Site, Write};
use text::span::Span;

use crate::place::Place;
use crate::question::Question;

/// One place where a pipeline speaks of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention<'p> {
    /// The field.
    pub(crate) path: FieldPath,
    /// The index of the phase it belongs to; none for settings, chains, and handlers of phases that
    /// the contract does not have.
    pub(crate) phase: Option<usize>,
    /// Where.
    pub(crate) at: Anchor,
    /// What is said or done.
    pub(crate) what: What<'p>,
}

/// What is said of a field, or done to it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What<'p> {
    /// A list of a phase names it.
    Declared(&'p Field, Boundary),
    /// A handler declares it in code.
    Said(&'p CodeField, Side),
    /// Code reads it.
    Read(&'p Read),
    /// Code writes it.
    Write(&'p Write),
    /// Code drops it.
    Drop(&'p Drop),
    /// Code writes or drops it, and something else after that.
    Past(&'p Past),
    /// A chain begins, passes or ends there.
    Endpoint,
    /// An extension, or a contract of another kind, names it.
    Named,
    /// Settings name it as an input.
    Input,
    /// Settings name it as an output.
    Output,
}

impl<'p> What<'p> {
    /// The place in code, if it is one.
    pub(crate) fn site(&self) -> Option<&'p Site> {
        match self {
            What::Read(read) => Some(&read.site),
            What::Write(write) => Some(&write.site),
            What::Drop(drop) => Some(&drop.site),
            What::Past(past) => Some(&past.site),
            _ => None,
        }
    }

    /// Whether the field is put into the context here.
    pub(crate) fn produces(&self) -> bool {
        match self {
            What::Declared(_, boundary) => !boundary.is_entry(),
            What::Said(_, side) => *side == Side::Produces,
            What::Write(_) | What::Input => true,
            _ => false,
        }
    }
}

/// All mentions: inputs, then the phases in their order, then chains, contracts of other kinds, and
/// outputs.
pub(crate) fn all(pipeline: &Pipeline) -> Vec<Mention<'_>> {
    let mut mentions = Vec::new();
    for (path, at) in &pipeline.settings_inputs {
        mentions.push(Mention { path: *path, phase: None, at: *at, what: What::Input });
    }
    for phase in &pipeline.phases {
        for (boundary, field) in pipeline.declared(phase).all_fields() {
            mentions.push(Mention {
                path: field.path.value,
                phase: Some(phase.index),
                at: pipeline.anchor(field.path.at),
                what: What::Declared(field, boundary),
            });
        }
        for handler in &phase.handlers {
            // Where there is no contract, this was all declared above.
            if !pipeline.is_code_first() {
                said(handler, Some(phase.index), &mut mentions);
            }
            in_code(handler, Some(phase.index), &mut mentions);
        }
    }
    for handler in &pipeline.stray_handlers {
        said(handler, None, &mut mentions);
        in_code(handler, None, &mut mentions);
    }
    for chain in &pipeline.contract().chains {
        for field in chain.endpoints().filter_map(|endpoint| endpoint.field) {
            let (path, at) = (field.value, pipeline.anchor(field.at));
            mentions.push(Mention { path, phase: None, at, what: What::Endpoint });
        }
    }
    for (named, at) in besides(pipeline) {
        let path = FieldPath::of(named.name);
        mentions.push(Mention { path, phase: None, at, what: What::Named });
    }
    for (path, at) in &pipeline.settings_outputs {
        mentions.push(Mention { path: *path, phase: None, at: *at, what: What::Output });
    }
    mentions
}

/// The fields that extensions and contracts of other kinds name.
fn besides(pipeline: &Pipeline) -> impl Iterator<Item = (&Named, Anchor)> {
    let own = pipeline.facts.document.names.iter();
    let own = own.map(|named| (named, pipeline.anchor(named.at)));
    let others = pipeline.companions.iter().flat_map(|companion| {
        let names = companion.facts.document.names.iter();
        names.map(|named| (named, companion.anchor(named.at)))
    });
    let is_field = |named: &Named| named.sort == Sort::Field && !named.name.as_str().is_empty();
    own.chain(others).filter(move |(named, _)| is_field(named))
}

/// What a handler declares in code.
fn said<'p>(handler: &'p Handler, phase: Option<usize>, mentions: &mut Vec<Mention<'p>>) {
    for side in &handler.declares.sides {
        mentions.extend(side.fields.iter().map(|field| Mention {
            path: field.path,
            phase,
            at: field.at,
            what: What::Said(field, side.side),
        }));
    }
}

/// What a handler does in code.
pub(crate) fn in_code<'p>(
    handler: &'p Handler,
    phase: Option<usize>,
    mentions: &mut Vec<Mention<'p>>,
) {
    let Some(summary) = &handler.summary else { return };
    let mut note = |path: FieldPath, site: &Site, what: What<'p>| {
        mentions.push(Mention { path, phase, at: site.at, what });
    };
    for read in &summary.reads {
        note(read.path, &read.site, What::Read(read));
    }
    for write in &summary.writes {
        note(write.path, &write.site, What::Write(write));
    }
    for drop in &summary.drops {
        if let Some(path) = drop.path {
            note(path, &drop.site, What::Drop(drop));
        }
    }
    for past in &summary.past {
        note(past.path, &past.site, What::Past(past));
    }
}

impl Mention<'_> {
    /// Where the field's name stands: in code, the key and not the expression around it.
    pub(crate) fn place(&self, question: &Question<'_>) -> Option<Place> {
        let place = question.place(self.at)?;
        if self.what.site().is_none() {
            return Some(place);
        }
        let text = question.text(place.file);
        let name = self.path.segments().last().map_or("", |name| name.as_str());
        Some(Place { file: place.file, span: key_span(&text, place.span, name) })
    }
}

/// The key `name` in the expression at `span`, quotes included; all of it where it is no literal.
///
/// A read with a default stands for the whole call, since its finding is about both.
pub(crate) fn key_span(text: &str, span: Span, name: &str) -> Span {
    let expression = span.of(text);
    let start = span.start as usize;
    if let Some(at) = literal(expression, name) {
        return Span::new(start + at, start + at + name.len() + 2);
    }
    let call = expression.find('(').filter(|_| expression.ends_with(')'));
    let Some(open) = call else { return span };
    let argument = &expression[open + 1..];
    let end = argument.find([',', ')']).unwrap_or(argument.len());
    let argument = &argument[..end];
    let from = start + open + 1 + (argument.len() - argument.trim_start().len());
    Span::new(from, from + argument.trim().len())
}

/// Where the literal of a text begins: the text with the same quote on either side.
fn literal(expression: &str, name: &str) -> Option<usize> {
    let bytes = expression.as_bytes();
    expression.match_indices(name).find_map(|(at, _)| {
        let before = at.checked_sub(1)?;
        let quote = *bytes.get(before)?;
        let is_quoted = matches!(quote, b'"' | b'\'') && bytes.get(at + name.len()) == Some(&quote);
        is_quoted.then_some(before)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expression: &str, name: &str, expected: &str) {
        let text = format!("x = {expression}");
        let span = key_span(&text, Span::new(4, text.len()), name);
        assert_eq!(span.of(&text), expected);
    }

    #[test]
    fn a_key_is_found_in_its_expression() {
        check("\"tasks\"", "tasks", "\"tasks\"");
        check("context.get('tasks', [])", "tasks", "'tasks'");
        check("context.get( KEY , tasks)", "tasks", "KEY");
        check("KEYS.TASKS", "tasks", "KEYS.TASKS");
        check("context.get(\"\", 1)", "", "\"\"");
        check("context.get(", "tasks", "context.get(");
    }

    #[test]
    fn a_span_of_another_text_does_no_harm() {
        assert_eq!(key_span("x", Span::new(4, 9), "x"), Span::new(4, 9));
    }
}
