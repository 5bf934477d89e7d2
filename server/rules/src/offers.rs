//! Edits that several rules offer.

use contracts::path::FieldPath;
use contracts::propagation::{Boundary, Field};
use contracts::value::Value;
use facts::places::Anchor;
use graph::pipeline::{Phase, Pipeline};
use graph::summary::{Strength, Write, WrittenValue};
use syntax::edit::yaml;

use crate::fix::{Fix, Intent};

/// The fix that gives an entry of the contract another name.
pub(crate) fn rename_field(pipeline: &Pipeline, field: &Field, to: FieldPath) -> Fix {
    let intent = yaml::Intent::ReplaceScalar(field.path.at, to.as_str().to_owned());
    Fix::offered(format!("rename to `{to}`"), vec![Intent::Yaml(pipeline.file(), intent)])
}

/// The fix that gives a key in code another name; none where more than the key itself differs. It
/// can be applied where the key stands there as text, and not as the value of a name.
pub(crate) fn rename_key(at: Anchor, from: FieldPath, to: FieldPath) -> Option<Fix> {
    let (old, holders) = from.segments().split_last()?;
    let (key, wanted) = to.segments().split_last()?;
    (holders == wanted).then(|| {
        let intent = Intent::PythonKey(at, old.as_str().to_owned(), key.as_str().to_owned());
        Fix::offered(format!("rename the key to `{key}`"), vec![intent])
    })
}

/// The fix that names a field as an `input` or `output` of the pipeline in the settings.
pub(crate) fn declare(pipeline: &Pipeline, what: &str, path: FieldPath) -> Fix {
    let name = pipeline.name;
    let keys = vec!["pipelines".to_owned(), name.as_str().to_owned(), format!("{what}s")];
    Fix::offered(
        format!("declare `{path}` as an {what} of pipeline `{name}`"),
        vec![Intent::Settings(keys, path.as_str().to_owned())],
    )
}

/// The fix that adds an entry for a read: required where it fails without, else an enrichment with
/// the code's own default.
pub(crate) fn add_entry(
    pipeline: &Pipeline,
    phase: &Phase,
    boundary: Boundary,
    path: FieldPath,
    strength: &Strength,
) -> Fix {
    let mut keys = vec![("name".to_owned(), path.as_str().to_owned())];
    if boundary == Boundary::EntryEnrichment {
        keys.push(("severity".to_owned(), "warning".to_owned()));
    }
    if let Strength::Defaulted(Some(value)) = strength
        && *value != Value::Null
    {
        keys.insert(1, ("type".to_owned(), type_word(value).to_owned()));
        keys.push(("default".to_owned(), value.to_yaml()));
    }
    add_item(pipeline, phase, boundary, path, keys)
}

/// The fix that adds an exit for a write.
pub(crate) fn add_exit(
    pipeline: &Pipeline,
    phase: &Phase,
    boundary: Boundary,
    write: &Write,
) -> Fix {
    let path = write.path;
    let type_name = written_type(&write.value).unwrap_or("Any");
    let keys = vec![
        ("name".to_owned(), path.as_str().to_owned()),
        ("type".to_owned(), type_name.to_owned()),
    ];
    add_item(pipeline, phase, boundary, path, keys)
}

/// The type that a contract would declare for a written value; none where it does not show.
pub(crate) fn written_type(value: &WrittenValue) -> Option<&'static str> {
    match value {
        WrittenValue::Literal(value) => Some(type_word(value)).filter(|word| *word != "Any"),
        made => made.type_name(),
    }
}

/// The fix, and what the others do besides; it bears `title` where there are others.
pub(crate) fn together(
    mut fix: Fix,
    others: impl Iterator<Item = Fix>,
    title: impl FnOnce() -> String,
) -> Fix {
    let own = fix.intents.len();
    fix.intents.extend(others.flat_map(|other| other.intents));
    if fix.intents.len() > own {
        fix.title = title();
    }
    fix
}

/// The fix that makes a phase promise a field that a later one asks for.
pub(crate) fn add_promise(
    pipeline: &Pipeline,
    phase: &Phase,
    path: FieldPath,
    asked: &Field,
) -> Fix {
    let mut keys = vec![("name".to_owned(), path.as_str().to_owned())];
    if let Some(type_name) = asked.type_name {
        keys.push(("type".to_owned(), type_name.value.as_str().to_owned()));
    }
    add_item(pipeline, phase, Boundary::ExitRequired, path, keys)
}

/// The fix that adds an item of these keys to one of a phase's lists.
pub(crate) fn add_item(
    pipeline: &Pipeline,
    phase: &Phase,
    boundary: Boundary,
    path: FieldPath,
    keys: Vec<(String, String)>,
) -> Fix {
    let way = boundary.as_str().split('.').map(str::to_owned).collect();
    let intent = yaml::Intent::AppendItem(pipeline.declared(phase).at, way, keys);
    Fix::offered(
        format!("declare `{path}` in {} of `{}`", boundary.as_str(), phase.name),
        vec![Intent::Yaml(pipeline.file(), intent)],
    )
}

/// The value as Python writes it; none where that is not plain.
pub(crate) fn python_literal(value: &Value) -> Option<String> {
    let all =
        |values: &[Value]| -> Option<Vec<String>> { values.iter().map(python_literal).collect() };
    Some(match value {
        Value::Null => "None".to_owned(),
        Value::Bool(truth) => if *truth { "True" } else { "False" }.to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) if number.is_finite() => format!("{number:?}"),
        Value::Text(text) => {
            let is_plain = |c: char| !c.is_control() && !matches!(c, '"' | '\\');
            text.as_str().chars().all(is_plain).then(|| format!("\"{text}\""))?
        }
        Value::List(items) => format!("[{}]", all(items)?.join(", ")),
        Value::Map(entries) => {
            let pair = |(key, value): &(Value, Value)| {
                Some(format!("{}: {}", python_literal(key)?, python_literal(value)?))
            };
            let pairs: Option<Vec<String>> = entries.iter().map(pair).collect();
            format!("{{{}}}", pairs?.join(", "))
        }
        Value::Float(_) | Value::Other(_) => return None,
    })
}

/// The Python type of a literal.
fn type_word(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Float(_) => "float",
        Value::Text(_) => "str",
        Value::List(_) => "list",
        Value::Map(_) => "dict",
        Value::Null | Value::Other(_) => "Any",
    }
}
