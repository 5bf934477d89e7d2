//! `conditional-read`: a field that is there on some paths only is read as if it always were.

use graph::flow::verdict::Verdict;

use crate::finding::Finding;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::select;
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "conditional-read",
    weight: Weight::BySeverity,
    summary: "a field that is produced on some paths only is read as if it were always there",
    page: include_str!("../../../../docs/rules/conditional-read.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    for judged in select::first_of_each_field(scope.judged) {
        if judged.verdict != Verdict::Conditional {
            continue;
        }
        let demand = judged.demand;
        let (phase, path) = (demand.phase.name, demand.path);
        let level = words::level_of(scope.flow, demand).lower();
        let message = format!(
            "`{phase}` {} `{path}`, which is produced on some paths only",
            words::asks(demand)
        );
        let mut finding = Finding::new(&RULE, level, demand.at, message)
            .label(words::asked_here(demand))
            .about(phase, path)
            .why(format!("on the other paths `{phase}` begins without it"))
            .help(format!("write `{path}` on every path of its producer"))
            .help(format!("or read it with a default in `{phase}`"));
        for index in &judged.arrival.producers {
            let producer = &scope.flow.producers[*index];
            finding = finding.related(producer.at, words::produced(producer));
        }
        findings.push(finding);
    }
}
