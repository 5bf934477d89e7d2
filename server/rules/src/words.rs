//! Words and edits that several rules share.

use contracts::path::FieldPath;
use contracts::propagation::{Boundary, Field};
use contracts::value::Value;
use facts::places::Anchor;
use graph::flow::Flow;
use graph::flow::demand::{Demand, Wanted};
use graph::flow::producer::{By, Producer};
use graph::flow::verdict::Judged;
use graph::pipeline::{Phase, Pipeline};
use graph::summary::{Strength, Write, WrittenValue};
use syntax::edit::yaml;

use crate::fix::{Fix, Intent};
use crate::level::Level;

/// What an entry does, in a word or two.
pub(crate) fn asked(boundary: Boundary) -> &'static str {
    match boundary {
        Boundary::EntryRequired => "required",
        Boundary::EntryEnrichment => "enriched",
        Boundary::ExitRequired => "promised",
        Boundary::ExitOptional => "optional",
    }
}

/// What a demand does to its field, as a verb.
pub(crate) fn asks(demand: &Demand<'_>) -> &'static str {
    match demand.by {
        Wanted::Entry(_, Boundary::EntryRequired) => "requires",
        Wanted::Entry(..) => "is enriched with",
        Wanted::Code(..) => "reads",
    }
}

/// A few words for the place of a demand.
pub(crate) fn asked_here(demand: &Demand<'_>) -> String {
    match demand.by {
        Wanted::Entry(field, boundary) => {
            format!("{} here, severity {}", asked(boundary), field.severity.as_str())
        }
        Wanted::Code(handler, read) => {
            format!("read by `{}`, {}", handler.name, read_how(&read.strength))
        }
    }
}

/// How a read takes the absence of its field.
pub(crate) fn read_how(strength: &Strength) -> String {
    match strength {
        Strength::Hard => "and fails without it".to_owned(),
        Strength::Soft => "if it is there".to_owned(),
        Strength::Defaulted(value) => format!("or else {}", shown(value.as_ref())),
    }
}

/// A default in words.
pub(crate) fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "a default".to_owned(), ToString::to_string)
}

/// How grave it is that a demand is not met: as its own entry says, or the entry that covers it.
pub(crate) fn level_of(flow: &Flow<'_>, demand: &Demand<'_>) -> Level {
    let of_entry = |field: &Field, boundary: Boundary| {
        let level = Level::from(field.severity);
        // The run goes on without an enrichment, whatever its severity.
        if boundary == Boundary::EntryRequired { level } else { level.min(Level::Warning) }
    };
    match demand.by {
        Wanted::Entry(field, boundary) => of_entry(field, boundary),
        Wanted::Code(..) => flow
            .pipeline
            .declared(demand.phase)
            .all_fields()
            .find(|(boundary, field)| {
                boundary.is_entry() && field.path.value.relation(demand.path).is_some()
            })
            .map_or(Level::Error, |(boundary, field)| of_entry(field, boundary)),
    }
}

/// What a producer does, as the other side of a story.
pub(crate) fn produced(producer: &Producer<'_>) -> String {
    let path = producer.path;
    match &producer.by {
        By::Caller(..) => format!("`{path}` is given to the pipeline here"),
        By::Settings => format!("settings name `{path}` as an input"),
        By::Exit(phase, _, boundary) => {
            format!("`{}` produces `{path}`, {}", phase.name, boundary.as_str())
        }
        By::Code(phase, _, write) => written(phase, write),
    }
}

fn written(phase: &Phase, write: &Write) -> String {
    let how = if write.must { "" } else { " on some paths only" };
    format!("`{}` writes `{}`{how}", phase.name, write.path)
}

/// What a producer of a near name does.
pub(crate) fn near_namesake(producer: &Producer<'_>) -> String {
    let path = producer.path;
    match &producer.by {
        By::Caller(..) | By::Settings => format!("`{path}` is an input of the pipeline"),
        By::Exit(phase, ..) => format!("`{}` produces a near namesake, `{path}`", phase.name),
        By::Code(phase, ..) => format!("`{}` writes a near namesake, `{path}`", phase.name),
    }
}

/// Whether the field is there after the producer ran, whatever its promise says.
pub(crate) fn is_certain(producer: &Producer<'_>) -> bool {
    match &producer.by {
        By::Code(_, _, write) => write.must,
        By::Exit(_, _, boundary) => *boundary == Boundary::ExitRequired,
        By::Settings | By::Caller(..) => true,
    }
}

/// Whether the key is the code's own, by its beginning.
pub(crate) fn is_private(path: FieldPath) -> bool {
    path.root().as_str().starts_with('_')
}

/// Whether the key belongs to provenance.
pub(crate) fn is_reserved(path: FieldPath) -> bool {
    path.root().as_str().starts_with("_cc_")
}

/// Whether the pipeline has heard of the field elsewhere than in the demand's own code.
pub(crate) fn is_known(flow: &Flow<'_>, demand: &Demand<'_>) -> bool {
    flow.producers_of_path(demand.path).next().is_some()
        || flow.demands_for(demand.path).any(|other| other.entry().is_some())
}

/// One judged demand for each field of each phase: the entry where there is one, else the first
/// read. Several reads of one lost field are one cause.
pub(crate) fn first_of_each_field<'a, 'f, 'p>(
    judged: &'a [Judged<'f, 'p>],
) -> impl Iterator<Item = &'a Judged<'f, 'p>> {
    judged.iter().enumerate().filter_map(move |(index, one)| {
        let before = judged[..index]
            .iter()
            .rev()
            .take_while(|other| other.demand.phase.index == one.demand.phase.index);
        let repeated = before.into_iter().any(|other| {
            other.demand.path == one.demand.path
                && std::mem::discriminant(&other.verdict) == std::mem::discriminant(&one.verdict)
        });
        (!repeated).then_some(one)
    })
}

/// One judged read in code for each field of each phase: the first that fails without it, else the
/// first.
pub(crate) fn gravest_read_of_each_field<'a, 'f, 'p>(
    judged: &'a [Judged<'f, 'p>],
) -> impl Iterator<Item = &'a Judged<'f, 'p>> {
    let rank = |one: &Judged<'_, '_>| u8::from(!one.demand.is_hard());
    judged.iter().enumerate().filter_map(move |(index, one)| {
        one.demand.read()?;
        let better = judged.iter().enumerate().any(|(place, other)| {
            other.demand.phase.index == one.demand.phase.index
                && other.demand.path == one.demand.path
                && other.demand.read().is_some()
                && (rank(other), place) < (rank(one), index)
        });
        (!better).then_some(one)
    })
}

/// One write for each field: the first that is done on every path, else the first.
pub(crate) fn first_write_of_each_field<'a>(
    writes: impl Iterator<Item = &'a Write>,
) -> Vec<&'a Write> {
    let mut found: Vec<&Write> = Vec::new();
    for write in writes {
        match found.iter_mut().find(|other| other.path == write.path) {
            Some(other) if write.must && !other.must => *other = write,
            Some(_) => {}
            None => found.push(write),
        }
    }
    found
}

/// The places where a phase's code writes a field, in words.
pub(crate) fn writes_in_code(
    flow: &Flow<'_>,
    phase: &Phase,
    path: FieldPath,
) -> Vec<(Anchor, String)> {
    flow.producers_of_path(path)
        .filter_map(|index| match flow.producers[index].by {
            By::Code(by, _, write) if by.index == phase.index => {
                Some((write.site.at, written(by, write)))
            }
            _ => None,
        })
        .collect()
}

/// The places where a phase's code reads a field, in words.
pub(crate) fn reads_in_code(
    flow: &Flow<'_>,
    phase: &Phase,
    path: FieldPath,
) -> Vec<(Anchor, String)> {
    flow.demands_for(path)
        .filter(|demand| demand.phase.index == phase.index)
        .filter_map(|demand| demand.read())
        .map(|(_, read)| (read.site.at, read_how(&read.strength)))
        .collect()
}

/// The fix that gives an entry of the contract another name.
pub(crate) fn rename_field(pipeline: &Pipeline, field: &Field, to: FieldPath) -> Fix {
    let intent = yaml::Intent::ReplaceScalar(field.path.at, to.as_str().to_owned());
    Fix::offered(format!("rename to `{to}`"), vec![Intent::Yaml(pipeline.file(), intent)])
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
    let type_name = match &write.value {
        WrittenValue::Literal(value) => type_word(value),
        WrittenValue::Dict(..) => "dict",
        WrittenValue::Builtin(name) => name,
        WrittenValue::Instance(name) => name.as_str(),
        WrittenValue::Field(_) | WrittenValue::Unknown => "Any",
    };
    let keys = vec![
        ("name".to_owned(), path.as_str().to_owned()),
        ("type".to_owned(), type_name.to_owned()),
    ];
    add_item(pipeline, phase, boundary, path, keys)
}

fn add_item(
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
