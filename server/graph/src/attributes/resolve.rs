//! The attributes of one file, with names followed to what they stand for.

use contracts::value::Value;
use facts::places::{Anchor, FileId, LocalAnchor};
use facts::python::attributes::{Attribute, AttributeGroup, AttributeValue, Carrier, Origin};
use facts::python::{Key as Written, PythonFacts};

use super::{Group, Set};
use crate::constants::Texts;
use crate::files::is_test;
use crate::handler::ClassRef;
use crate::names::Lookup;

/// What a file sets. Tests say nothing, unless settings have them checked.
pub(crate) fn resolve(lookup: &Lookup<'_>, file: FileId) -> Vec<Group> {
    let is_quiet = is_test(lookup.files.path(file)) && !lookup.settings.python.check_tests;
    let module = lookup.files.get(file).and_then(|known| known.module.as_ref());
    let Some(module) = module.filter(|module| !is_quiet && !module.facts().attributes.is_empty())
    else {
        return Vec::new();
    };
    let facts = module.facts();
    facts.attributes.iter().map(|group| resolved(lookup, file, facts, group)).collect()
}

fn resolved<'a>(
    lookup: &Lookup<'a>,
    file: FileId,
    facts: &'a PythonFacts,
    written: &'a AttributeGroup,
) -> Group {
    let anchor = |local: LocalAnchor| Anchor { file, local };
    let function = written.at.unit.checked_sub(1).and_then(|at| facts.functions.get(at as usize));
    let class = function.and_then(|function| lookup.class_named(file, function.class?));
    let mut closed = written.closed;
    let mut sets = Vec::with_capacity(written.attributes.len());
    for attribute in &written.attributes {
        let Texts::Known(names) = lookup.texts_in_class(file, class, &attribute.key) else {
            closed = false;
            continue;
        };
        sets.push(Set {
            names: names.into(),
            at: anchor(attribute.at),
            is_literal: matches!(attribute.key, Written::Text(_)),
            values: values(lookup, file, class, attribute),
            value_at: anchor(attribute.value_at),
            value_is_literal: matches!(
                attribute.value,
                AttributeValue::Text(Written::Text(_)) | AttributeValue::Literal(_)
            ),
        });
    }
    let name = match lookup.texts_in_class(file, class, &written.name) {
        Texts::Known(names) => match *names {
            [only] => Some(only),
            _ => None,
        },
        _ => None,
    };
    // A processor is shown every span that begins.
    let is_any = written.carrier == Carrier::Span(Origin::Current)
        || function.is_some_and(|function| function.name.as_str() == "on_start");
    Group {
        carrier: written.carrier,
        name,
        sets: sets.into(),
        closed,
        at: anchor(written.at),
        reaches_all: is_any && !closed,
    }
}

fn values<'a>(
    lookup: &Lookup<'a>,
    file: FileId,
    class: Option<ClassRef>,
    attribute: &'a Attribute,
) -> Box<[Value]> {
    match &attribute.value {
        AttributeValue::Literal(value) => Box::new([value.clone()]),
        AttributeValue::Text(key) => match lookup.texts_in_class(file, class, key) {
            Texts::Known(texts) => texts.into_iter().map(Value::Text).collect(),
            _ => Box::default(),
        },
        AttributeValue::Unknown => Box::default(),
    }
}
