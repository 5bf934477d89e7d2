//! `unbudgeted-phase`: a budget is divided among phases, and one of the pipeline has no share.

use contracts::body::Body;
use contracts::kinds::budget_propagation::{Budget, Overflow};
use graph::companions::Companion;
use graph::pipeline::Pipeline;
use text::name::Name;

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "unbudgeted-phase",
    weight: Weight::Between(Level::Information, Level::Warning),
    summary: "a budget is divided among phases, and some have no share",
    page: include_str!("../../../../docs/rules/unbudgeted-phase.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    for companion in &pipeline.companions {
        let Body::BudgetPropagation(contract) = &companion.facts.document.body else { continue };
        for budget in &contract.budgets {
            findings.extend(report(pipeline, companion, budget));
        }
    }
}

fn report(pipeline: &Pipeline, companion: &Companion, budget: &Budget) -> Option<Finding> {
    let id = budget.id?;
    let has_share = |phase: Name| {
        let mut shares = budget.allocations.iter().filter_map(|held| held.phase);
        shares.any(|share| share.value == phase)
    };
    let left_out: Vec<Name> =
        pipeline.phases.iter().map(|phase| phase.name).filter(|name| !has_share(*name)).collect();
    // A budget without allocations is one for the whole run.
    if budget.allocations.is_empty() || left_out.is_empty() {
        return None;
    }
    let names: Vec<&str> = left_out.iter().map(|name| name.as_str()).collect();
    let names = words::listed(&names, '`');
    let message = format!("`{}` has no allocation for {names}", id.value);
    let level = match budget.overflow {
        Overflow::Block => Level::Warning,
        Overflow::Warn | Overflow::Redistribute => Level::Information,
    };
    let mut finding = Finding::new(&RULE, level, companion.anchor(id.at), message)
        .label("divided among some phases")
        .why("what a phase without an allocation uses is never too much, until all is gone")
        .help("give each of them an allocation");
    let first = pipeline.phases.iter().find(|phase| Some(&phase.name) == left_out.first());
    if let Some(phase) = first {
        let at = pipeline.anchor(pipeline.declared(phase).name.at);
        finding = finding.related(at, format!("`{}` is declared here", phase.name));
    }
    Some(finding)
}
