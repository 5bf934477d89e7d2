//! `parallel-writers`: phases that may run at once write one field, and no join says how the two
//! values come together.

use contracts::path::FieldPath;
use contracts::propagation::Boundary;
use facts::places::Anchor;
use graph::flow::Flow;
use graph::flow::availability::Presence;
use graph::flow::producer::{By, Producer};
use graph::pipeline::{Phase, Pipeline};
use rustc_hash::FxHashMap;

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "parallel-writers",
    weight: Weight::Always(Level::Warning),
    summary: "phases that may run at once write one field, and nothing says how it is merged",
    page: include_str!("../../../../docs/rules/parallel-writers.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let flow = scope.flow;
    let order = &flow.pipeline.order;
    if order.is_line() {
        return;
    }
    for (field, writers) in writers(flow) {
        if flow.pipeline.merges(field) {
            continue;
        }
        let mut told = vec![false; writers.len()];
        for (place, first) in writers.iter().enumerate() {
            if told[place] {
                continue;
            }
            let at_once = order.at_once(first.phase.index);
            let mut others = Vec::new();
            for (place, other) in writers.iter().enumerate().skip(place + 1) {
                // A helper that both call does the same for both.
                if at_once.contains(other.phase.index) && other.at != first.at {
                    told[place] = true;
                    others.push(other);
                }
            }
            findings.extend(report(flow.pipeline, field, first, &others));
        }
    }
}

/// A phase that makes a field.
struct Writer<'p> {
    phase: &'p Phase,
    at: Anchor,
    how: String,
}

/// Each field with the phases that certainly make it, one place for each.
fn writers<'p>(flow: &Flow<'p>) -> Vec<(FieldPath, Vec<Writer<'p>>)> {
    let mut places: FxHashMap<FieldPath, usize> = FxHashMap::default();
    let mut fields: Vec<(FieldPath, Vec<Writer<'p>>)> = Vec::new();
    for producer in &flow.producers {
        let path = producer.path;
        let Some(phase) = producer.phase().filter(|phase| makes(flow, phase, producer)) else {
            continue;
        };
        let place = *places.entry(path).or_insert_with(|| {
            fields.push((path, Vec::new()));
            fields.len() - 1
        });
        let writers = &mut fields[place].1;
        if writers.last().is_none_or(|last| last.phase.index != phase.index) {
            writers.push(Writer { phase, at: producer.at, how: words::produced(producer) });
        }
    }
    fields.retain(|(_, writers)| writers.len() > 1);
    fields
}

/// Whether the phase itself certainly makes the field, by what its code does, or, where it has none,
/// by what the contract says. A promise of a field that came in may be kept by passing it on.
fn makes(flow: &Flow<'_>, phase: &Phase, producer: &Producer<'_>) -> bool {
    let path = producer.path;
    if path.has_wildcard() || words::is_private(path) || phase.is_open_for_writes() {
        return false;
    }
    match producer.by {
        By::Code(_, _, write) => phase.handlers.len() == 1 && write.must && !write.value.is_start(),
        By::Exit(_, _, Boundary::ExitRequired) => {
            let arrivals = flow.arrivals(path);
            let arrival = &arrivals[phase.index];
            phase.handlers.is_empty() && arrival.presence == Presence::Absent && !arrival.open
        }
        By::Drawn(..) => phase.handlers.is_empty(),
        By::Exit(..) | By::Caller(..) | By::Settings => false,
    }
}

fn report(
    pipeline: &Pipeline,
    field: FieldPath,
    first: &Writer<'_>,
    others: &[&Writer<'_>],
) -> Option<Finding> {
    let (second, others) = others.split_first()?;
    let (one, other) = (first.phase.name, second.phase.name);
    let message = format!("`{one}` and `{other}` may run at once, and both write `{field}`");
    let mut finding = Finding::new(&RULE, Level::Warning, second.at, message)
        .label(format!("`{field}` is written here, and at the same time in `{one}`"))
        .about(other, field)
        .related(first.at, first.how.clone());
    finding = match &pipeline.drawing {
        Some(drawing) => finding
            .why(format!(
                "without a reducer a key takes one value a step: {} ends the run with an error",
                drawing.framework.name()
            ))
            .help(format!("annotate `{field}` with a reducer"))
            .help("or let an edge lead from one to the other"),
        None => finding
            .why("which of the two values later phases get depends on who comes last")
            .help("give each of the two a field of its own")
            .help("or let an edge lead from one to the other")
            .help(format!("or say in merge_points how `{field}` is merged"))
            .help("or name the condition of each edge, if only one of them runs"),
    };
    for writer in others {
        finding = finding.related(writer.at, format!("{} as well", writer.how));
    }
    Some(finding)
}
