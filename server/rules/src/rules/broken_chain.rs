//! `broken-chain`: a chain that cannot hold.

use contracts::path::FieldPath;
use contracts::propagation::{Chain, Endpoint, Located};
use graph::flow::Flow;
use graph::flow::verdict::{Verdict, may_produce, runs_before};
use graph::pipeline::Phase;
use syntax::edit::yaml;
use syntax::yaml::NodeId;
use text::name::Name;

use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::rules::unknown_field;
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "broken-chain",
    weight: Weight::BySeverity,
    summary: "a propagation chain cannot hold in any run",
    page: include_str!("../../../../docs/rules/broken-chain.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    for chain in &pipeline.contract().chains {
        let Some(break_) = first_break(scope, chain) else {
            continue;
        };
        let name = chain.id.map_or_else(String::new, |id| format!(" `{}`", id.value));
        let message = format!("chain{name} cannot hold: {}", break_.what);
        let level = Level::from(chain.severity);
        let mut finding = Finding::new(&RULE, level, pipeline.anchor(break_.at), message)
            .label(break_.label)
            .why("a chain is checked after the run, when the work is done")
            .help(break_.help);
        finding.field = chain.endpoints().find_map(|endpoint| endpoint.field).map(|f| f.value);
        for producer in break_.producers {
            let producer = &scope.flow.producers[producer];
            finding = finding.related(producer.at, words::produced(producer));
        }
        if let Some((at, by)) = break_.fix {
            let intent = yaml::Intent::ReplaceScalar(at, by.as_str().to_owned());
            finding = finding.fix(Fix::offered(
                format!("name `{by}` as the source"),
                vec![offers::in_contract(pipeline, intent)],
            ));
        }
        findings.push(finding);
    }
}

/// Whether a chain holds, as far as can be told without a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Nothing stands in its way.
    Holds,
    /// It cannot hold; why.
    Broken(String),
    /// A part of it cannot be read.
    Unknown,
}

/// Whether a chain holds, whichever rule has a finding about it.
#[must_use]
pub fn standing(flow: &Flow<'_>, chain: &Chain) -> Standing {
    if chain.source.is_none() || chain.destination.is_none() {
        return Standing::Unknown;
    }
    for endpoint in chain.endpoints() {
        let (Some(phase), Some(field)) = (endpoint.phase, endpoint.field) else {
            return Standing::Unknown;
        };
        if flow.pipeline.phase(phase.value).is_none() {
            return Standing::Broken(format!("there is no phase `{}`", phase.value));
        }
        if !unknown_field::is_known(flow, field.value) {
            return Standing::Broken(format!("no phase produces or reads `{}`", field.value));
        }
    }
    let ends: Vec<End<'_>> = chain.endpoints().filter_map(|one| end(flow, one)).collect();
    let (Some(source), Some(destination)) = (ends.first(), ends.last()) else {
        return Standing::Unknown;
    };
    let broken = order_break(flow, &ends)
        .or_else(|| source_break(flow, source, destination))
        .or_else(|| destination_break(flow, destination));
    broken.map_or(Standing::Holds, |broken| Standing::Broken(broken.what))
}

/// Why a chain cannot hold.
struct Break {
    at: NodeId,
    what: String,
    label: &'static str,
    help: String,
    producers: Vec<usize>,
    /// The phase that may be named in place of what stands at the node.
    fix: Option<(NodeId, Name)>,
}

/// One end of a chain whose names are known.
struct End<'p> {
    phase: &'p Phase,
    named: Located<Name>,
    field: FieldPath,
}

/// The first thing that breaks the chain; none where a name in it has a finding of its own.
fn first_break(scope: &PipelineScope<'_, '_>, chain: &Chain) -> Option<Break> {
    let flow = scope.flow;
    let ends: Vec<End<'_>> =
        chain.endpoints().map(|endpoint| end(flow, endpoint)).collect::<Option<_>>()?;
    if let Some(broken) = order_break(flow, &ends) {
        return Some(broken);
    }
    chain.source.as_ref()?;
    chain.destination.as_ref()?;
    let (source, destination) = (ends.first()?, ends.last()?);
    source_break(flow, source, destination)
        .filter(|_| !is_told(scope, destination))
        .or_else(|| destination_break(flow, destination))
}

fn order_break(flow: &Flow<'_>, ends: &[End<'_>]) -> Option<Break> {
    let pair = ends.windows(2).find(|pair| !in_order(flow, &pair[0], &pair[1]))?;
    Some(Break {
        at: pair[1].named.at,
        what: format!("`{}` does not run after `{}`", pair[1].phase.name, pair[0].phase.name),
        label: "out of order",
        fix: None,
        help: "name the phases of the chain in the order they run".to_owned(),
        producers: Vec::new(),
    })
}

fn end<'p>(flow: &Flow<'p>, endpoint: &Endpoint) -> Option<End<'p>> {
    let named = endpoint.phase?;
    let field = endpoint.field?.value;
    let phase = flow.pipeline.phase(named.value)?;
    unknown_field::is_known(flow, field).then_some(End { phase, named, field })
}

/// A chain may stay in one phase, but it may not go back.
fn in_order(flow: &Flow<'_>, first: &End<'_>, then: &End<'_>) -> bool {
    first.phase.index == then.phase.index || runs_before(flow, first.phase, then.phase)
}

fn source_break(flow: &Flow<'_>, source: &End<'_>, destination: &End<'_>) -> Option<Break> {
    if may_produce(flow, source.phase, source.field) {
        return None;
    }
    let produced = flow.producers_of_path(source.field).next().is_some();
    let by = producing(flow, source.field).filter(|by| runs_before(flow, by, destination.phase));
    Some(Break {
        at: source.named.at,
        what: format!("`{}` does not produce `{}`", source.phase.name, source.field),
        label: "not the source",
        help: match by {
            Some(by) => format!("name `{}` (quick fix)", by.name),
            None if produced => format!("name the phase that produces `{}`", source.field),
            None => format!("let `{}` produce `{}`", source.phase.name, source.field),
        },
        fix: by.map(|by| (source.named.at, by.name)),
        producers: flow.producers_of_path(source.field).collect(),
    })
}

/// Whether the destination's own entry is not met: that entry's finding tells the same story.
fn is_told(scope: &PipelineScope<'_, '_>, destination: &End<'_>) -> bool {
    scope.judged.iter().any(|judged| {
        judged.demand.phase.index == destination.phase.index
            && judged.demand.path.relation(destination.field).is_some()
            && judged.verdict != Verdict::Met
    })
}

/// The one phase that produces the field.
fn producing<'p>(flow: &Flow<'p>, field: FieldPath) -> Option<&'p Phase> {
    let mut phases =
        flow.producers_of_path(field).filter_map(|index| flow.producers[index].phase());
    let first = phases.next()?;
    phases.all(|by| by.index == first.index).then_some(first)
}

fn destination_break(flow: &Flow<'_>, destination: &End<'_>) -> Option<Break> {
    let asks = flow
        .demands_for(destination.field)
        .any(|demand| demand.phase.index == destination.phase.index);
    if asks || destination.phase.is_open_for_reads() {
        return None;
    }
    let phase = destination.phase.name;
    Some(Break {
        at: destination.named.at,
        what: format!("`{phase}` does not ask for `{}`", destination.field),
        label: "does not ask for the field",
        fix: None,
        help: format!(
            "declare `{}` in the entry of `{phase}`, or end the chain elsewhere",
            destination.field
        ),
        producers: Vec::new(),
    })
}
