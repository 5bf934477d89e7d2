//! `late-producer`: only a later phase produces what a phase asks for.

use graph::flow::verdict::Verdict;
use syntax::edit::yaml;

use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "late-producer",
    weight: Weight::BySeverity,
    summary: "a field is asked for before the phase that produces it has run",
    page: include_str!("../../../../docs/rules/late-producer.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    for judged in scope.judged {
        let Verdict::Late(producer) = judged.verdict else { continue };
        let producer = &scope.flow.producers[producer];
        let Some(later) = producer.phase() else { continue };
        let demand = judged.demand;
        let (phase, path) = (demand.phase.name, demand.path);
        let level = words::level_of(scope.flow, demand);
        let message = format!(
            "`{phase}` {} `{path}`, which only the later phase `{}` produces",
            words::asks(demand),
            later.name
        );
        let declared = pipeline.declared(later);
        let before = pipeline.declared(demand.phase).name.at;
        let intent = yaml::Intent::MoveEntryBefore(declared.name.at, before);
        findings.push(
            Finding::new(&RULE, level, demand.at, message)
                .label(words::asked_here(demand))
                .about(phase, path)
                .related(producer.at, words::produced(producer))
                .why("phases run in the order of the contract, so the field is not there yet")
                .help(format!("move `{}` before `{phase}`, if it does not need what `{phase}` gives (quick fix)", later.name))
                .help(format!("or let an earlier phase produce `{path}`"))
                .fix(Fix::offered(
                    format!("move phase `{}` before `{phase}`", later.name),
                    vec![Intent::Yaml(pipeline.file(), intent)],
                )),
        );
    }
}
