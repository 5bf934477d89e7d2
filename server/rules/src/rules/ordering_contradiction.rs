//! `ordering-contradiction`: an event is to come before another whose phase has ended by then.

use contracts::body::Body;
use contracts::kinds::causal_ordering::Dependency;
use graph::companions::Companion;
use graph::flow::verdict::runs_before;

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "ordering-contradiction",
    weight: Weight::Always(Level::Error),
    summary: "a dependency goes against the order of the phases",
    page: include_str!("../../../../docs/rules/ordering-contradiction.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    for companion in &scope.flow.pipeline.companions {
        let Body::CausalOrdering(contract) = &companion.facts.document.body else { continue };
        let dependencies = contract.dependencies.iter();
        findings.extend(dependencies.filter_map(|held| report(scope, companion, held)));
    }
}

fn report(
    scope: &PipelineScope<'_, '_>,
    companion: &Companion,
    dependency: &Dependency,
) -> Option<Finding> {
    let pipeline = scope.flow.pipeline;
    let (before, after) = (dependency.before.as_ref()?, dependency.after.as_ref()?);
    let (before, after) = (before.phase?, after.phase?);
    let (early, late) = (pipeline.phase(before.value)?, pipeline.phase(after.value)?);
    // In a loop each runs before the other.
    if !runs_before(scope.flow, late, early) || runs_before(scope.flow, early, late) {
        return None;
    }
    let message = format!("`{}` runs after `{}`, not before it", early.name, late.name);
    Some(
        Finding::new(&RULE, Level::Error, companion.anchor(before.at), message)
            .label("to come first, by this dependency")
            .related(pipeline.anchor(pipeline.declared(late).name.at), "this phase runs first")
            .related(pipeline.anchor(pipeline.declared(early).name.at), "and this one later")
            .why("the dependency is violated in every run")
            .help("turn the dependency round, or change the order of the phases"),
    )
}
