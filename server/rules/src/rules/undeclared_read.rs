//! `undeclared-read`: code reads a field that its phase does not declare.

use contracts::path::Relation;
use contracts::propagation::Boundary;
use facts::python::declarations::Side;
use graph::flow::Flow;
use graph::flow::availability::Presence;
use graph::flow::demand::Demand;
use graph::flow::verdict::{Judged, Verdict};
use graph::summary::{Read, Strength};

use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::select;
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "undeclared-read",
    weight: Weight::Between(Level::Information, Level::Error),
    summary: "a handler reads a field that its phase does not declare",
    page: include_str!("../../../../docs/rules/undeclared-read.md"),
    check: Check::Pipeline(check),
};

/// The fix that declares what a finding says that code reads.
#[must_use]
pub fn declaration(finding: &Finding) -> Option<&Fix> {
    (finding.rule.name == RULE.name).then(|| offers::declaration(finding)).flatten()
}

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let mut found: Vec<(&Judged<'_, '_>, Level)> = Vec::new();
    for judged in select::gravest_read_of_each_field(scope.judged) {
        let Some((_, read)) = judged.demand.read() else {
            continue;
        };
        if is_declared(scope.flow, judged.demand, read) || is_private(scope.flow, judged.demand) {
            continue;
        }
        found.extend(level(judged, read).map(|level| (judged, level)));
    }
    let cause = |(judged, _): &&(&Judged<'_, '_>, Level)| (judged.demand.at, judged.demand.path);
    let alone =
        found.iter().filter(|(judged, level)| !is_part_of_another(&found, judged.demand, *level));
    for (one, others) in select::by_cause(alone, cause, |(_, level)| *level) {
        findings.extend(report(scope.flow, one, &others));
    }
}

/// Whether the phase reads the whole as well, as gravely, so that its declaration covers the part.
fn is_part_of_another(
    found: &[(&Judged<'_, '_>, Level)],
    demand: &Demand<'_>,
    level: Level,
) -> bool {
    let mut wholes = std::iter::successors(demand.path.parent(), |path| path.parent());
    wholes.any(|whole| {
        found.iter().any(|(other, gravity)| {
            let same_phase = other.demand.phase.index == demand.phase.index;
            same_phase && other.demand.path == whole && *gravity >= level
        })
    })
}

fn level(judged: &Judged<'_, '_>, read: &Read) -> Option<Level> {
    // What else is wrong with the read has a finding of its own, and declaring it would not help.
    let told = match judged.verdict {
        Verdict::Met | Verdict::Unseen | Verdict::Dangling(_) => false,
        Verdict::Late(_) | Verdict::Dropped(_) | Verdict::Conditional => true,
        Verdict::Shadowed(_) | Verdict::SometimesShadowed | Verdict::WrongSource => true,
    };
    // No entry can have a name of which a part is not known.
    if told || judged.demand.path.has_wildcard() {
        return None;
    }
    // Code before it may have put the field there; nothing is known against the read.
    let available = judged.arrival.presence != Presence::Absent || judged.arrival.open;
    // Read for one value of another field, it may be for pipelines in which that value occurs. A
    // name that is nearly there is a slip all the same.
    // A flag that lets the code leave at once may be one of other pipelines.
    let elsewhere =
        (read.chosen || read.aside) && matches!(judged.verdict, Verdict::Dangling(None));
    Some(match (&read.strength, available) {
        _ if judged.verdict == Verdict::Met && !available => return None,
        (_, true) => Level::Information,
        _ if elsewhere => Level::Information,
        (Strength::Hard, false) => Level::Error,
        (_, false) => Level::Warning,
    })
}

/// Whether the phase says anything of the field: an entry of it, of what holds it or of a part.
/// A field that the phase itself produces may be looked for before it is there.
fn is_declared(flow: &Flow<'_>, demand: &Demand<'_>, read: &Read) -> bool {
    let mut asks = flow.pipeline.order.asks(demand.phase.index);
    let drawn = asks.any(|ask| ask.field.relation(demand.path).is_some());
    drawn
        || !flow.pipeline.is_declared(demand.phase, Side::Requires)
        || flow.pipeline.declared(demand.phase).all_fields().any(|(boundary, field)| {
            let related = field.path.value.relation(demand.path).is_some();
            related && (boundary.is_entry() || read.strength != Strength::Hard)
        })
}

/// A key that begins with `_` is the code's own, unless it goes from one phase to another.
fn is_private(flow: &Flow<'_>, demand: &Demand<'_>) -> bool {
    words::is_private(demand.path)
        && !flow.producers_of_path(demand.path).any(|index| {
            flow.producers[index].phase().is_some_and(|by| by.index != demand.phase.index)
        })
}

fn report(
    flow: &Flow<'_>,
    (judged, level): &(&Judged<'_, '_>, Level),
    others: &[&(&Judged<'_, '_>, Level)],
) -> Option<Finding> {
    let demand = judged.demand;
    let (handler, read) = demand.read()?;
    let (phase, path) = (demand.phase.name, demand.path);
    let level = if words::is_private(path) { Level::Information } else { *level };
    let what = match (judged.arrival.presence, judged.arrival.open) {
        (Presence::Absent, false) => "and nothing before it produces it",
        (Presence::Present, _) => "though it is there",
        _ => "though it may be there",
    };
    let message = format!("`{phase}` reads `{path}`, which it does not declare, {what}");
    let mut finding = Finding::new(&RULE, level, demand.at, message)
        .label(format!("read by `{}`, {}", handler.name, words::read_how(&read.strength)))
        .about(phase, path)
        .why("what is not declared is not checked: its loss goes unnoticed");
    for call in &read.site.through {
        finding = finding.related(*call, "through this call");
    }
    for (other, _) in others {
        let Some((_, read)) = other.demand.read() else { continue };
        finding = words::does_so_too(finding, other.demand.phase, &read.site);
    }
    for index in &judged.arrival.producers {
        let producer = &flow.producers[*index];
        finding = finding.related(producer.at, words::produced(producer));
    }
    if let Verdict::Dangling(Some(near)) = judged.verdict {
        let producer = &flow.producers[near];
        finding = finding
            .related(producer.at, words::near_namesake(producer))
            .help(format!("read `{}`, if that is meant (quick fix)", producer.path));
        finding.fixes.extend(offers::rename_key(demand.at, path, producer.path));
    }
    if judged.arrival.presence == Presence::Absent && !judged.arrival.open {
        finding = finding.help(format!("let an earlier phase produce `{path}`"));
    }
    let demands = std::iter::once(demand).chain(others.iter().map(|(other, _)| other.demand));
    let lacking: Vec<&Demand<'_>> = demands.filter(|demand| !has_whole(flow, demand)).collect();
    Some(declare(flow, finding, &lacking))
}

/// Whether the phase declares what holds the field, as an exit.
fn has_whole(flow: &Flow<'_>, demand: &Demand<'_>) -> bool {
    let mut fields = flow.pipeline.declared(demand.phase).all_fields();
    fields.any(|(_, field)| field.path.value.relation(demand.path) == Some(Relation::Parent))
}

/// The finding with the way to declare the field in each phase that reads it here.
fn declare(flow: &Flow<'_>, finding: Finding, lacking: &[&Demand<'_>]) -> Finding {
    let mut reads = lacking.iter().filter_map(|demand| Some((*demand, demand.read()?.1)));
    let Some(first) = reads.next() else { return finding };
    let path = first.0.path;
    let declare = |(demand, read): (&Demand<'_>, &Read)| {
        offers::add_entry(flow.pipeline, demand.phase, entry_for(read), path, &read.strength)
    };
    let phases = words::phases(lacking.iter().map(|demand| demand.phase));
    let title = || format!("declare `{path}` as an entry of {phases}");
    let fix = offers::together(declare(first), reads.map(declare), title);
    let boundary = entry_for(first.1).as_str();
    finding.help(format!("declare it in {boundary} of {phases} (quick fix)")).fix(fix)
}

/// The entry that says what a read asks for.
fn entry_for(read: &Read) -> Boundary {
    match read.strength {
        Strength::Hard => Boundary::EntryRequired,
        _ => Boundary::EntryEnrichment,
    }
}
