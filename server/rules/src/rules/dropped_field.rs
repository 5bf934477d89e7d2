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

fn report(flow: &Flow<'_>, place: Anchor, missed: &[&Judged<'_, '_>]) -> Option<Finding> {
    let first = missed.first()?;
    let path = first.demand.path;
    let (index, _) = first.arrival.drops.iter().find(|(_, at)| *at == place)?;
    let phase = flow.pipeline.phases[*index].name;
    let level = missed.iter().map(|judged| words::level_of(flow, judged.demand)).max()?;
    let message = format!(
        "`{phase}` removes `{path}`, which `{}` {} later",
        first.demand.phase.name,
        words::asks(first.demand)
    );
    let mut finding = Finding::new(&RULE, level, place, message)
        .label("removed here")
        .about(phase, path)
        .why("the context is shared: what one phase removes is gone for all that follow")
        .help("read it without removing it, or remove it in the last phase that needs it");
    for judged in missed {
        let demand = judged.demand;
        finding = finding.related(
            demand.at,
            format!("`{}` {} `{}`", demand.phase.name, words::asks(demand), demand.path),
        );
    }
    Some(finding)
}
