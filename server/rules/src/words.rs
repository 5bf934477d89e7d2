//! Words that several rules share.

use contracts::path::FieldPath;
use contracts::propagation::{Boundary, Field};
use contracts::value::Value;
use facts::places::Anchor;
use graph::drawn::Drawing;
use graph::flow::Flow;
use graph::flow::demand::{Demand, Wanted};
use graph::flow::producer::{By, Producer};
use graph::order::plan::AskedBy;
use graph::pipeline::{Phase, Pipeline};
use graph::summary::{Read, Site, Strength, Write};
use text::name::Name;
use text::near::nearest;

use crate::finding::Finding;
use crate::level::Level;
use crate::offers;

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
        Wanted::Drawn(ask) => match ask.by {
            AskedBy::Node => "requires",
            AskedBy::NodeIfThere => "takes",
            AskedBy::Merge => "merges",
            AskedBy::Loop(_) => "keeps",
            AskedBy::Edge(_) => "hands on",
        },
        Wanted::Code(..) => "reads",
    }
}

/// A few words for the place of a demand.
pub(crate) fn asked_here(demand: &Demand<'_>) -> String {
    match demand.by {
        Wanted::Entry(field, boundary) => {
            format!("{} here, severity {}", asked(boundary), field.severity.as_str())
        }
        Wanted::Drawn(ask) => match ask.by {
            AskedBy::Node => "required here".to_owned(),
            AskedBy::NodeIfThere => "taken if it is there".to_owned(),
            AskedBy::Merge => "merged here".to_owned(),
            AskedBy::Loop(Some(name)) => format!("kept in every round of loop `{name}`"),
            AskedBy::Loop(None) => "kept in every round of this loop".to_owned(),
            AskedBy::Edge(_) => "preserved on this edge".to_owned(),
        },
        Wanted::Code(handler, read) => {
            format!("read by `{}`, {}", handler.name, read_how(&read.strength))
        }
    }
}

/// The schemas of a workflow's state, in words.
pub(crate) fn schema(drawing: &Drawing) -> String {
    match drawing.schema_names().as_slice() {
        [] => "its schema".to_owned(),
        [only] => format!("`{only}`"),
        [first, ..] => format!("`{first}` or another schema of the graph"),
    }
}

/// The finding with the writes of a key that no schema of the workflow declares.
pub(crate) fn dropped_writes(pipeline: &Pipeline, key: Name, mut finding: Finding) -> Finding {
    for phase in &pipeline.phases {
        let summaries = phase.handlers.iter().filter_map(|handler| handler.summary.as_ref());
        let write =
            summaries.flat_map(|summary| &summary.writes).find(|one| one.path.root() == key);
        if let Some(write) = write {
            let told = format!("`{}` writes it, and it is dropped", phase.name);
            finding = finding.related(write.site.at, told);
        }
    }
    finding
}

/// The finding with the key of a workflow's state that is nearest to another name, and the way to
/// use it in its place: to `read` or to `return` it.
pub(crate) fn nearest_key(
    drawing: &Drawing,
    at: Anchor,
    (key, verb): (Name, &str),
    mut finding: Finding,
) -> Finding {
    let channels = || drawing.state.channels.iter();
    let near = nearest(key.as_str(), channels().map(|channel| channel.name.as_str()));
    let channel = near.and_then(|(near, _)| channels().find(|one| one.name.as_str() == near));
    let Some(channel) = channel else { return finding };
    if let Some(at) = channel.at {
        finding = finding.related(at, format!("`{}` is declared", channel.name));
    }
    let [path, near] = [key, channel.name].map(|name| FieldPath::from_segments(vec![name]));
    finding = finding.help(format!("{verb} `{near}`, if that is meant (quick fix)"));
    finding.fixes.extend(offers::rename_key(at, path, near));
    finding
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
        // A node asks as an entry does that names no severity.
        Wanted::Drawn(ask) if ask.by == AskedBy::Node => Level::Error,
        Wanted::Drawn(_) => Level::Warning,
        Wanted::Code(_, read) => flow
            .pipeline
            .declared(demand.phase)
            .all_fields()
            .find(|(boundary, field)| {
                boundary.is_entry() && field.path.value.relation(demand.path).is_some()
            })
            .map_or_else(|| of_read(read), |(boundary, field)| of_entry(field, boundary)),
    }
}

/// How grave it is that code does not find a field that no entry speaks of.
fn of_read(read: &Read) -> Level {
    if read.strength == Strength::Hard { Level::Error } else { Level::Warning }
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
        By::Drawn(phase, _) => format!("node `{}` produces `{path}`", phase.name),
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
        By::Exit(phase, ..) | By::Drawn(phase, _) => {
            format!("`{}` produces a near namesake, `{path}`", phase.name)
        }
        By::Code(phase, ..) => format!("`{}` writes a near namesake, `{path}`", phase.name),
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

/// The finding with another phase that comes by the same place: through its own call, if there is one.
pub(crate) fn does_so_too(finding: Finding, phase: &Phase, site: &Site) -> Finding {
    let at = site.through.first().copied().unwrap_or(site.at);
    finding.related(at, format!("`{}` does so too", phase.name))
}

/// The names of phases: all of a few, else the first and how many more.
pub(crate) fn phases<'p>(phases: impl Iterator<Item = &'p Phase>) -> String {
    let names: Vec<String> = phases.map(|phase| format!("`{}`", phase.name)).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] if names.len() <= 3 => format!("{} and {last}", some.join(", ")),
        [first, others @ ..] => format!("{first} and {} more phases", others.len()),
    }
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

/// How many names a finding lists.
const LISTED: usize = 10;

/// Names, or values, as far as a line holds them; each between two such marks.
pub(crate) fn listed(names: &[&str], mark: char) -> String {
    let marked = |name: &&str| format!("{mark}{name}{mark}");
    let shown: Vec<String> = names.iter().take(LISTED).map(marked).collect();
    match names.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
