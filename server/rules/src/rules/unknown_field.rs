//! `unknown-field`: a chain follows a field that no phase produces or reads.

use graph::flow::Flow;
use graph::flow::verdict::near_path;
use graph::pipeline::Phase;
use syntax::edit::yaml;

use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(crate) static RULE: Rule = Rule {
    name: "unknown-field",
    weight: Weight::Always(Level::Warning),
    summary: "a chain follows a field that no phase produces or reads",
    page: include_str!("../../../../docs/rules/unknown-field.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let flow = scope.flow;
    let pipeline = flow.pipeline;
    for chain in &pipeline.contract().chains {
        let mut seen = Vec::new();
        for field in chain.endpoints().filter_map(|endpoint| endpoint.field) {
            // A name that both ends of a chain get wrong is one mistake.
            if is_known(flow, field.value) || seen.contains(&field.value) {
                continue;
            }
            seen.push(field.value);
            let message = format!("no phase produces or reads `{}`", field.value);
            let mut finding =
                Finding::new(&RULE, Level::Warning, pipeline.anchor(field.at), message)
                    .label("followed by the chain, known to no phase")
                    .why("a chain over a field that does not exist is broken in every run");
            finding.field = Some(field.value);
            match nearest(flow, field.value) {
                Some((near, at)) => {
                    let ends = chain.endpoints().filter_map(|end| end.field);
                    let rename = ends.filter(|end| end.value == field.value).map(|end| {
                        let to = near.as_str().to_owned();
                        let intent = yaml::Intent::ReplaceScalar(end.at, to);
                        offers::in_contract(pipeline, intent)
                    });
                    finding = finding
                        .related(at, format!("`{near}` is the nearest that is known"))
                        .help(format!("rename to `{near}` (quick fix)"))
                        .fix(Fix::offered(format!("rename to `{near}`"), rename.collect()));
                }
                None => finding = finding.help("name a field that the chain's phases declare"),
            }
            findings.push(finding);
        }
    }
}

/// Whether some phase has to do with the field, or may in code that cannot be seen through.
pub(super) fn is_known(flow: &Flow<'_>, path: contracts::path::FieldPath) -> bool {
    flow.producers_of_path(path).next().is_some()
        || flow.demands_for(path).next().is_some()
        || flow.pipeline.phases.iter().any(Phase::is_open_for_writes)
}

fn nearest(
    flow: &Flow<'_>,
    path: contracts::path::FieldPath,
) -> Option<(contracts::path::FieldPath, facts::places::Anchor)> {
    let produced = flow.producers.iter().map(|producer| (producer.path, producer.at));
    let wanted = flow.demands.iter().map(|demand| (demand.path, demand.at));
    let mut near: Vec<_> = produced
        .chain(wanted)
        .filter_map(|(other, at)| Some((near_path(path, other)?, other, at)))
        .collect();
    near.sort_by_key(|(nearness, other, _)| (*nearness, *other));
    let (best, found, at) = near.first().copied()?;
    let tied = near.iter().any(|(nearness, other, _)| *nearness == best && *other != found);
    (!tied).then_some((found, at))
}
