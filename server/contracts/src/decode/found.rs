//! What was expected and what stands there instead, in the words of a message.

use syntax::yaml::{Data, NodeId, Style, Value, Yaml};

use crate::schema::{Enumeration, Range, Record, Shape, Text};

/// Longer texts are cut.
const LONGEST: usize = 40;

/// What belongs into a place of this shape.
pub(super) fn expected(shape: &Shape) -> String {
    match shape {
        Shape::Text(Text::Moment) => "a date or a time".into(),
        Shape::Text(_) => "text".into(),
        Shape::Flag => "true or false".into(),
        Shape::Number(range) if range.whole => "a whole number".into(),
        Shape::Number(_) => "a number".into(),
        Shape::OneOf(words) => format!("one of {}", alternatives(words)),
        Shape::Anything => "any value".into(),
        Shape::List(items) => format!("a list{}", of_several(items.of)),
        Shape::Map(_, items) => format!("a mapping{}", of_several(items.of)),
        Shape::Record(record) => expected_record(record),
    }
}

/// The numbers that may stand in a place.
pub(super) fn allowed(range: Range) -> String {
    match (range.least, range.most) {
        (Some(least), Some(most)) => format!("from {least} to {most}"),
        (Some(least), None) if range.above => format!("more than {least}"),
        (Some(least), None) => format!("at least {least}"),
        (None, Some(most)) => format!("at most {most}"),
        (None, None) => "any number".into(),
    }
}

/// What belongs where a record is asked for: its required keys tell people what is meant.
pub(super) fn expected_record(record: &Record) -> String {
    let required =
        record.keys.iter().filter(|key| key.presence == crate::schema::Presence::Required);
    let names: Vec<String> = required.map(|key| format!("`{}`", key.name)).collect();
    if names.is_empty() {
        "a mapping".into()
    } else {
        format!("a mapping with {}", joined(&names, "and"))
    }
}

fn of_several(shape: &Shape) -> String {
    match shape {
        Shape::Record(record) => format!(" of {}s", record.name),
        Shape::Text(_) => " of texts".into(),
        _ => String::new(),
    }
}

/// The words of a closed set, for a message.
pub(super) fn alternatives(words: &Enumeration) -> String {
    let words: Vec<&str> = words.values.iter().map(|(word, _)| *word).collect();
    either(&words)
}

/// Some words of a closed set, for a message.
pub(super) fn either(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    joined(&words, "or")
}

fn joined(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [some @ .., end] => format!("{} {last} {end}", some.join(", ")),
    }
}

/// What stands at the node, and how YAML 1.1 came to read it so where that surprises people.
pub(super) fn describe(source: &str, yaml: &Yaml, node: NodeId) -> String {
    let node = yaml.resolve(node);
    let scalar = match &yaml.node(node).data {
        Data::Scalar(scalar) => scalar,
        Data::Sequence(_) => return "a list".into(),
        Data::Mapping(_) => return "a mapping".into(),
        Data::Alias(_) | Data::Unreadable => return "something unreadable".into(),
    };
    let written = spelling(source, yaml, node);
    match &scalar.value {
        Value::Null if written.is_empty() => "nothing".into(),
        Value::Null => "null".into(),
        Value::Bool(truth) => surprise(&truth.to_string(), written),
        Value::Int(number) => surprise(&format!("the number {number}"), written),
        Value::BigInt(digits) => surprise(&format!("the number {digits}"), written),
        Value::Float(number) => surprise(&format!("the number {number}"), written),
        Value::Timestamp(_) if written.len() <= "2026-01-31".len() => format!("the date {written}"),
        Value::Timestamp(_) => format!("the time {written}"),
        Value::Binary(_) => "binary data".into(),
        Value::Text(text) => format!("the text `{}`", shortened(text.as_str())),
        Value::Prose(prose) => format!("the text `{}`", shortened(prose)),
        Value::Merge => "a merge key".into(),
    }
}

/// `meaning`, with the spelling where that is not what people would expect to mean it.
fn surprise(meaning: &str, written: &str) -> String {
    let value = meaning.strip_prefix("the number ").unwrap_or(meaning);
    let plain = written.eq_ignore_ascii_case(value)
        || written.strip_prefix('+') == Some(value)
        || (decimal(written) && written.parse::<f64>().ok() == value.parse::<f64>().ok());
    if plain || written.is_empty() {
        // `0.10` stays `0.10`.
        let shown = if decimal(written) { format!("the number {written}") } else { meaning.into() };
        return shown;
    }
    format!("{meaning} (YAML 1.1 reads `{}` so)", shortened(written))
}

fn decimal(written: &str) -> bool {
    let digits = written.trim_start_matches(['+', '-']);
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-'))
}

/// The node's own text, cut where it is long.
pub(super) fn spelling<'a>(source: &'a str, yaml: &Yaml, node: NodeId) -> &'a str {
    yaml.node(yaml.resolve(node)).span.of(source)
}

pub(super) fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut cut: String = line.chars().take(LONGEST).collect();
    if cut.len() < text.trim_end().len() {
        cut.push_str("...");
    }
    cut
}

/// Whether the scalar would be text if it stood in quotes.
pub(super) fn quotes_help(source: &str, yaml: &Yaml, node: NodeId) -> bool {
    let node = yaml.resolve(node);
    let Data::Scalar(scalar) = &yaml.node(node).data else {
        return false;
    };
    let bare = scalar.style == Style::Plain && !spelling(source, yaml, node).is_empty();
    bare && !matches!(
        scalar.value,
        Value::Text(_) | Value::Prose(_) | Value::Binary(_) | Value::Merge
    )
}
