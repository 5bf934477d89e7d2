//! `lineage-order`: the stages of a lineage chain do not stand in the order of the phases.

use contracts::body::Body;
use contracts::kinds::data_lineage::Chain;
use contracts::propagation::Located;
use graph::companions::Companion;
use graph::flow::verdict::runs_before;
use text::name::Name;

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "lineage-order",
    weight: Weight::Always(Level::Warning),
    summary: "the stages of a lineage chain are out of order, or one phase has two",
    page: include_str!("../../../../docs/rules/lineage-order.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    for companion in &scope.flow.pipeline.companions {
        let Body::DataLineage(contract) = &companion.facts.document.body else { continue };
        for chain in &contract.chains {
            of_chain(scope, companion, chain, findings);
        }
    }
}

fn of_chain(
    scope: &PipelineScope<'_, '_>,
    companion: &Companion,
    chain: &Chain,
    findings: &mut Vec<Finding>,
) {
    let phases: Vec<Located<Name>> = chain.stages.iter().filter_map(|stage| stage.phase).collect();
    for (index, phase) in phases.iter().enumerate() {
        let before = &phases[..index];
        let found = before
            .iter()
            .find(|other| other.value == phase.value)
            .map(|first| repeated(companion, *phase, *first))
            .or_else(|| misplaced(scope, companion, *phase, *before.last()?));
        findings.extend(found.map(|mut finding| {
            finding.field = chain.field.map(|field| field.value);
            finding
        }));
    }
}

fn repeated(companion: &Companion, phase: Located<Name>, first: Located<Name>) -> Finding {
    let message = format!("`{}` has a stage already", phase.value);
    Finding::new(&RULE, Level::Warning, companion.anchor(phase.at), message)
        .label("the second time")
        .related(companion.anchor(first.at), "the first")
        .why("the audit finds a stage by its phase alone, so both are held to one record")
        .help("put the two stages together")
}

fn misplaced(
    scope: &PipelineScope<'_, '_>,
    companion: &Companion,
    phase: Located<Name>,
    before: Located<Name>,
) -> Option<Finding> {
    let pipeline = scope.flow.pipeline;
    let (this, last) = (pipeline.phase(phase.value)?, pipeline.phase(before.value)?);
    if !runs_before(scope.flow, this, last) || runs_before(scope.flow, last, this) {
        return None;
    }
    let message = format!("`{}` runs before `{}`, whose stage comes first", this.name, last.name);
    Some(
        Finding::new(&RULE, Level::Warning, companion.anchor(phase.at), message)
            .label("out of order")
            .related(companion.anchor(before.at), "the stage before")
            .related(pipeline.anchor(pipeline.declared(this).name.at), "this phase runs first")
            .why("nothing compares the order at run time, so the chain tells a wrong story")
            .help("order the stages as the phases run"),
    )
}
