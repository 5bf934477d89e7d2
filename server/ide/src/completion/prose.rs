//! What is said about offers.

use contracts::schema::{Key, Presence, Shape, Text};
use facts::places::Anchor;
use graph::sources::Sources;

use crate::scalar;

/// A few words about a key: what its value is, and whether it may be left out.
pub(super) fn of_key(key: &Key) -> String {
    let value = of_shape(&key.shape);
    match key.presence {
        Presence::Required => format!("{value}, required"),
        Presence::Default(default) => format!("{value}, default {default}"),
        Presence::Optional => format!("{value}, optional"),
        Presence::Extension => format!("{value}, of an announced extension"),
    }
}

fn of_shape(shape: &Shape) -> String {
    let word = match shape {
        Shape::Text(Text::Free | Text::Word | Text::Defines(_) | Text::Mentions(_)) => "text",
        Shape::Text(Text::Matching(pattern) | Text::Coins(_, pattern)) => pattern.name,
        Shape::Text(Text::Moment) => "date or time",
        Shape::Text(Text::FieldPath) => "field",
        Shape::Text(Text::Refers(sort) | Text::MayRefer(sort)) => sort.noun(),
        Shape::Text(Text::Type) => "Python type",
        Shape::Text(Text::Expression) => "expression",
        Shape::Flag => "true or false",
        Shape::Number(_) => "number",
        Shape::OneOf(words) => words.name,
        Shape::Anything => "any value",
        Shape::List(items) => return format!("list of {}s", of_shape(items.of)),
        Shape::Map(_, items) => return format!("{}s by name", of_shape(items.of)),
        Shape::Record(record) => record.name,
    };
    word.to_owned()
}

/// More about a key, in Markdown.
pub(super) fn about_key(key: &Key) -> String {
    let example = key.example;
    match key.presence {
        Presence::Default(default) => format!("{}\n\nDefault: `{default}`", key.prose),
        _ if matches!(key.shape, Shape::List(_) | Shape::Map(..) | Shape::Record(_)) => {
            key.prose.to_owned()
        }
        _ if example == "\"\"" => key.prose.to_owned(),
        _ => format!("{}\n\nExample: `{example}`", key.prose),
    }
}

/// The text of a scalar of YAML at `anchor`: a description.
pub(super) fn text_at(sources: &dyn Sources, anchor: Anchor) -> Option<String> {
    let span = sources.span(anchor)?;
    let text = sources.text(anchor.file);
    scalar::text_at(&text, span).map(|text| text.trim().to_owned())
}
