//! `unreachable-phase`: no way leads from the start of the pipeline to a phase.

use graph::pipeline::{Phase, Pipeline};

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "unreachable-phase",
    weight: Weight::Always(Level::Warning),
    summary: "no way leads from the start of the pipeline to a phase",
    page: include_str!("../../../../docs/rules/unreachable-phase.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    // Where an edge could not be read, it may be the one that leads there.
    if !pipeline.order.is_whole() {
        return;
    }
    for phase in &pipeline.phases {
        if !pipeline.order.is_reachable(phase.index) {
            findings.extend(report(pipeline, phase));
        }
    }
}

/// The finding, where the phase is the first that lacks a way. What follows from it alone lacks
/// nothing else.
fn report(pipeline: &Pipeline, phase: &Phase) -> Option<Finding> {
    let order = &pipeline.order;
    let (before, behind) = (order.before(phase.index), order.behind(phase.index));
    let lost = || pipeline.phases.iter().filter(|other| !order.is_reachable(other.index));
    let mut leading = lost().filter(|other| before.contains(other.index));
    let is_cause = leading.clone().all(|other| behind.contains(other.index));
    if !is_cause || leading.next().is_some_and(|first| first.index < phase.index) {
        return None;
    }
    let name = phase.name;
    let because = if before.contains(phase.index) {
        "nothing leads to it but phases that follow from it"
    } else {
        "no edge leads to it"
    };
    let message = format!("`{name}` is never reached: {because}");
    let at = pipeline.anchor(pipeline.declared(phase).name.at);
    let starts = words::phases(pipeline.start_phases());
    let mut finding = Finding::new(&RULE, Level::Warning, at, message)
        .label("no way leads here")
        .why("a phase that never runs produces nothing, and nobody is told")
        .help(format!("let an edge lead to it; the pipeline begins with {starts}"))
        .help("or remove the phase");
    finding.phase = Some(name);
    let followers = lost().filter(|other| other.index != phase.index);
    for other in followers.filter(|other| behind.contains(other.index)) {
        let at = pipeline.anchor(pipeline.declared(other).name.at);
        finding = finding.related(at, format!("`{}` is not reached either", other.name));
    }
    Some(finding)
}
