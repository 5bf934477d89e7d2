//! Keys in the dicts that code writes as a whole: `context["a"] = {"b": 1}` names `a.b` as well.

use contracts::value::Value;
use facts::places::Anchor;
use graph::summary::WrittenValue;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;

use super::Refusal;
use super::bindings;
use super::code::Code;
use super::draft::Draft;
use super::page::{self, Page};
use crate::place::Place;

/// Whether a written value is known to hold a key at the end of `way`; none where it may.
pub(super) fn holds(value: &WrittenValue, way: &[Name]) -> Option<bool> {
    match (value, way) {
        (WrittenValue::Dict(keys, _), [only]) => Some(keys.contains(only)),
        (WrittenValue::Dict(keys, _), [first, ..]) if keys.contains(first) => None,
        (WrittenValue::Literal(value), way) => Some(has(value, way)),
        _ => Some(false),
    }
}

fn has(value: &Value, way: &[Name]) -> bool {
    let [first, rest @ ..] = way else { return true };
    let Value::Map(entries) = value else { return false };
    let key = Value::Text(*first);
    entries.iter().any(|(own, inner)| *own == key && has(inner, rest))
}

/// Renames the key at the end of `way` in the dict that is written at an anchor. Where it is not
/// seen there, it is refused if it `must` be.
pub(super) fn rename(
    draft: &mut Draft<'_, '_>,
    code: &mut Code,
    page: &Page<'_>,
    at: Anchor,
    (way, must): (&[Name], bool),
) -> Result<(), Refusal> {
    let written = page.value_at(draft.question, at);
    let key = written.and_then(|value| find(page, value, way));
    match key {
        Some(Found::Text(node)) => code.node(draft, page, node),
        Some(Found::Keyword(node)) => {
            code.keyword(draft, Place { file: page.file, span: node.span() })
        }
        None if must => {
            Err(draft.refused_at(at, "writes it in a dict that is put together elsewhere"))
        }
        None => Ok(()),
    }
}

/// A key of a dict.
enum Found<'c> {
    Text(Node<'c>),
    Keyword(Node<'c>),
}

fn find<'c>(page: &Page<'c>, value: Node<'c>, way: &[Name]) -> Option<Found<'c>> {
    let (first, rest) = way.split_first()?;
    let (key, inner) = entry(display(page, value)?, first.as_str())?;
    if rest.is_empty() { Some(key) } else { find(page, inner, rest) }
}

/// The dict that an expression is, or that the variable holds which it names and nothing else does.
fn display<'c>(page: &Page<'c>, value: Node<'c>) -> Option<Node<'c>> {
    let value = page::bare(value);
    if value.kind() != Kind::Identifier {
        return Some(value);
    }
    let function = page.functions_around(value.span()).into_iter().next()?;
    let bound = bindings::of(function, value.text());
    let [bindings::Binding { to: Some(to), .. }] = bound.as_slice() else { return None };
    let is_it = |node: &Node<'c>| {
        node.kind() == Kind::Identifier
            && node.text() == value.text()
            && node.field() != Field::Attribute
    };
    // Bound once, used once.
    (function.descendants().filter(is_it).count() == 2).then(|| page::bare(*to))
}

/// The one entry of a dict with this key.
fn entry<'c>(dict: Node<'c>, name: &str) -> Option<(Found<'c>, Node<'c>)> {
    let entries: Vec<(Found<'c>, Node<'c>)> = match dict.kind() {
        Kind::Dictionary => dict
            .children()
            .filter_map(|pair| {
                let key = pair.child(Field::Key).filter(|key| page::reads(*key, name))?;
                Some((Found::Text(key), pair.child(Field::Value)?))
            })
            .collect(),
        Kind::Call if dict.child(Field::Function)?.text() == "dict" => dict
            .child(Field::Arguments)?
            .children()
            .filter_map(|argument| {
                let key = argument.child(Field::Name).filter(|key| key.text() == name)?;
                Some((Found::Keyword(key), argument.child(Field::Value)?))
            })
            .collect(),
        _ => return None,
    };
    let mut entries = entries.into_iter();
    let only = entries.next();
    only.filter(|_| entries.next().is_none())
}
