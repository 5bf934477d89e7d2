//! `late-producer`: only a later phase produces what a phase asks for.

use graph::flow::Flow;
use graph::flow::verdict::Verdict;
use graph::pipeline::{Phase, Pipeline};
use syntax::edit::yaml;

use crate::finding::Finding;
use crate::fix::Fix;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::select;
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "late-producer",
    weight: Weight::BySeverity,
    summary: "a field is asked for before the phase that produces it has run",
    page: include_str!("../../../../docs/rules/late-producer.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    for judged in select::first_of_each_field(scope.judged) {
        let Verdict::Late(producer) = judged.verdict else {
            continue;
        };
        let producer = &scope.flow.producers[producer];
        let Some(later) = producer.phase() else {
            continue;
        };
        let demand = judged.demand;
        let (phase, path) = (demand.phase.name, demand.path);
        let level = words::level_of(scope.flow, demand);
        let message = format!(
            "`{phase}` {} `{path}`, which only the later phase `{}` produces",
            words::asks(demand),
            later.name
        );
        let finding = Finding::new(&RULE, level, demand.at, message)
            .label(words::asked_here(demand))
            .about(phase, path)
            .related(producer.at, words::produced(producer))
            .why("phases run in the order of the contract, so the field is not there yet");
        let is_movable = scope.flow.pipeline.order.is_line();
        findings.push(if is_movable && is_free(scope.flow, demand.phase, later) {
            finding
                .help(format!("move `{}` before `{phase}` (quick fix)", later.name))
                .help(format!("or let an earlier phase produce `{path}`"))
                .fix(move_before(scope.flow.pipeline, later, demand.phase))
        } else {
            finding.help(format!("let an earlier phase produce `{path}`"))
        });
    }
}

/// Whether `later` could as well run before `phase`: it asks for nothing that `phase`, or a phase
/// between the two, may produce.
fn is_free(flow: &Flow<'_>, phase: &Phase, later: &Phase) -> bool {
    let between = |by: &Phase| (phase.index..later.index).contains(&by.index);
    let phases = flow.pipeline.phases.iter();
    let is_open = phases.filter(|by| between(by)).any(Phase::is_open_for_writes);
    let mut needs = flow.demands.iter().filter(|demand| demand.phase.index == later.index);
    let needs_any = needs.any(|demand| {
        let mut producers = flow.producers_of_path(demand.path);
        producers.any(|index| flow.producers[index].phase().is_some_and(between))
    });
    !is_open && !later.is_open_for_reads() && !needs_any
}

fn move_before(pipeline: &Pipeline, later: &Phase, phase: &Phase) -> Fix {
    let (moved, before) = (pipeline.declared(later).name.at, pipeline.declared(phase).name.at);
    let intent = yaml::Intent::MoveEntryBefore(moved, before);
    Fix::offered(
        format!("move phase `{}` before `{}`", later.name, phase.name),
        vec![offers::in_contract(pipeline, intent)],
    )
}
