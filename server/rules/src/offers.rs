//! Edits that several rules offer.

use contracts::path::FieldPath;
use contracts::propagation::{Boundary, Field, Severity};
use contracts::value::Value;
use facts::places::Anchor;
use facts::python::declarations::Side;
use graph::pipeline::{Phase, Pipeline};
use graph::summary::{Strength, Write, WrittenValue};
use syntax::edit::yaml;

use crate::finding::Finding;
use crate::fix::{Fix, Intent};

/// An edit of what declares a pipeline: of its contract, or of the code that stands for one. What
/// cannot be done to code is an edit that nobody can write, and is not offered.
pub(crate) fn in_contract(pipeline: &Pipeline, intent: yaml::Intent) -> Intent {
    match intent {
        yaml::Intent::ReplaceScalar(node, text) if pipeline.is_code_first() => {
            Intent::PythonString(pipeline.anchor(node), text)
        }
        yaml::Intent::RemoveItem(node) if pipeline.is_code_first() => {
            Intent::PythonRemoveItem(pipeline.anchor(node))
        }
        intent => Intent::Yaml(pipeline.file(), intent),
    }
}

/// The fix that gives an entry of the contract another name.
pub(crate) fn rename_field(pipeline: &Pipeline, field: &Field, to: FieldPath) -> Fix {
    let intent = yaml::Intent::ReplaceScalar(field.path.at, to.as_str().to_owned());
    Fix::offered(format!("rename to `{to}`"), vec![in_contract(pipeline, intent)])
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
    let mut entry = Entry::of(path);
    if boundary == Boundary::EntryEnrichment {
        entry.severity = Some(Severity::Warning);
    }
    if let Strength::Defaulted(Some(value)) = strength
        && *value != Value::Null
    {
        entry.type_name = Some(type_word(value).to_owned());
        entry.default = Some(value.clone());
    }
    add_item(pipeline, phase, boundary, &entry)
}

/// The fix that adds an exit for a write.
pub(crate) fn add_exit(
    pipeline: &Pipeline,
    phase: &Phase,
    boundary: Boundary,
    write: &Write,
) -> Fix {
    let type_name = written_type(&write.value).unwrap_or("Any").to_owned();
    let entry = Entry { type_name: Some(type_name), ..Entry::of(write.path) };
    add_item(pipeline, phase, boundary, &entry)
}

/// The type that a contract would declare for a written value; none where it does not show.
#[must_use]
pub fn written_type(value: &WrittenValue) -> Option<&'static str> {
    match value {
        WrittenValue::Literal(value) => Some(type_word(value)).filter(|word| *word != "Any"),
        made => made.type_name(),
    }
}

/// The fix that declares what a finding is about.
pub(crate) fn declaration(finding: &Finding) -> Option<&Fix> {
    let mut fixes = finding.fixes.iter();
    fixes.find(|fix| fix.intents.iter().all(|intent| declares(intent).is_some()))
}

/// What an intent adds to what a phase declares: where that is declared, and in which of its lists.
/// None for every other intent.
#[must_use]
pub fn declares(intent: &Intent) -> Option<(Anchor, Option<Boundary>)> {
    match intent {
        Intent::Yaml(file, yaml::Intent::AppendItem(phase, keys, _)) => {
            let way = keys.join(".");
            let boundary = Boundary::ALL.into_iter().find(|one| one.as_str() == way)?;
            Some((Anchor { file: *file, local: facts::file::anchor(*phase) }, Some(boundary)))
        }
        Intent::PythonAddItems(dict, _) => Some((*dict, None)),
        _ => None,
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
    let type_name = asked.type_name.map(|named| named.value.as_str().to_owned());
    add_item(pipeline, phase, Boundary::ExitRequired, &Entry { type_name, ..Entry::of(path) })
}

/// A field that is to be declared.
pub(crate) struct Entry {
    /// The field.
    pub(crate) path: FieldPath,
    /// Its type, where it is named.
    pub(crate) type_name: Option<String>,
    /// Its severity, where it is named.
    pub(crate) severity: Option<Severity>,
    /// Its default.
    pub(crate) default: Option<Value>,
}

impl Entry {
    /// A field of which no more is said.
    pub(crate) fn of(path: FieldPath) -> Entry {
        Entry { path, type_name: None, severity: None, default: None }
    }

    /// As keys of a contract.
    fn keys(&self) -> Vec<(String, String)> {
        let said = [
            ("name", Some(self.path.as_str().to_owned())),
            ("type", self.type_name.clone()),
            ("severity", self.severity.map(|severity| severity.as_str().to_owned())),
            ("default", self.default.as_ref().map(Value::to_yaml)),
        ];
        said.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
    }

    /// As an item of a dict in code; none where its default is not plain.
    pub(crate) fn python(&self, is_critical: bool) -> Option<String> {
        let type_name = self.type_name.as_deref().unwrap_or("str");
        let truth = if is_critical { "True" } else { "False" };
        let default = match &self.default {
            Some(value) => format!(", default={}", python_literal(value)?),
            None => String::new(),
        };
        Some(format!("\"{}\": Field(type={type_name}, critical={truth}{default})", self.path))
    }
}

/// The fix that adds an entry to one of a phase's lists, or to what its handler declares.
pub(crate) fn add_item(
    pipeline: &Pipeline,
    phase: &Phase,
    boundary: Boundary,
    entry: &Entry,
) -> Fix {
    let path = entry.path;
    if pipeline.is_code_first()
        && let Some((side, intent)) = add_to_code(phase, boundary, entry)
    {
        let title = format!("declare `{path}` in {} of `{}`", side.attribute(), phase.name);
        return Fix::offered(title, vec![intent]);
    }
    let way = boundary.as_str().split('.').map(str::to_owned).collect();
    let intent = yaml::Intent::AppendItem(pipeline.declared(phase).at, way, entry.keys());
    Fix::offered(
        format!("declare `{path}` in {} of `{}`", boundary.as_str(), phase.name),
        vec![in_contract(pipeline, intent)],
    )
}

fn add_to_code(phase: &Phase, boundary: Boundary, entry: &Entry) -> Option<(Side, Intent)> {
    let side = if boundary.is_entry() { Side::Requires } else { Side::Produces };
    let dict = phase.handlers.iter().find_map(|handler| handler.declares.side(side)?.dict)?;
    let is_critical = matches!(boundary, Boundary::EntryRequired | Boundary::ExitRequired);
    Some((side, Intent::PythonAddItems(dict, vec![entry.python(is_critical)?])))
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
