//! `dropped-field`: removed on the way to a phase that needs it.

use std::collections::BTreeMap;

use facts::places::Anchor;
use graph::flow::Flow;
use graph::flow::verdict::{Judged, Verdict};

use crate::finding::Finding;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::select;
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "dropped-field",
    weight: Weight::BySeverity,
    summary: "a field is removed before a phase that needs it",
    page: include_str!("../../../../docs/rules/dropped-field.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    // One removal is one cause, however many phases miss the field.
    let mut missed: BTreeMap<Anchor, Vec<&Judged<'_, '_>>> = BTreeMap::new();
    for judged in select::first_of_each_field(scope.judged) {
        if let Verdict::Dropped(places) = &judged.verdict
            && let Some(place) = places.last()
        {
            missed.entry(*place).or_default().push(judged);
        }
    }
    for (place, demands) in missed {
        findings.extend(report(scope.flow, place, &demands));
    }
}

/// Who needs what is removed: a phase that comes later, or else the edge that is to preserve it.
fn needed(flow: &Flow<'_>, missed: &[&Judged<'_, '_>]) -> Option<String> {
    let mut demands = missed.iter().map(|judged| judged.demand);
    let first = demands.clone().next()?;
    if let Some(demand) = demands.find(|demand| demand.handed_to().is_none()) {
        return Some(format!("`{}` {} later", demand.phase.name, words::asks(demand)));
    }
    let to = &flow.pipeline.phases[first.handed_to()?];
    Some(format!("the edge from `{}` to `{}` preserves", first.phase.name, to.name))
}

fn report(flow: &Flow<'_>, place: Anchor, missed: &[&Judged<'_, '_>]) -> Option<Finding> {
    let first = missed.first()?;
    let path = first.demand.path;
    let removal = first.arrival.drops.iter().find(|removal| removal.at == place)?;
    let phase = flow.pipeline.phases[removal.phase].name;
    let level = missed.iter().map(|judged| words::level_of(flow, judged.demand)).max()?;
    let (by, verb, label) = match removal.on_way_to {
        Some(to) => {
            let edge = format!("the edge from `{phase}` to `{}`", flow.pipeline.phases[to].name);
            (edge, "drops", "dropped here")
        }
        None => (format!("`{phase}`"), "removes", "removed here"),
    };
    let message = format!("{by} {verb} `{path}`, which {}", needed(flow, missed)?);
    let mut finding = Finding::new(&RULE, level, place, message).label(label).about(phase, path);
    finding = if removal.on_way_to.is_some() {
        finding
            .why("what an edge drops is gone for all that follow on it")
            .help("let it pass, or let a phase behind the edge produce it again")
    } else {
        finding
            .why("the context is shared: what one phase removes is gone for all that follow")
            .help("read it without removing it, or remove it in the last phase that needs it")
    };
    for judged in missed {
        let demand = judged.demand;
        finding = finding.related(
            demand.at,
            format!("`{}` {} `{}`", demand.phase.name, words::asks(demand), demand.path),
        );
    }
    Some(finding)
}
