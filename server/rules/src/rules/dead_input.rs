//! `dead-input`: given at the start, and used by nobody.

use contracts::path::FieldPath;
use facts::places::Anchor;
use graph::flow::Flow;
use graph::flow::liveness::{is_chained, is_output};
use graph::pipeline::Phase;
use syntax::edit::yaml;

use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::select;

pub(super) static RULE: Rule = Rule {
    name: "dead-input",
    weight: Weight::Always(Level::Information),
    summary: "a field is given to the pipeline that nobody uses",
    page: include_str!("../../../../docs/rules/dead-input.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let flow = scope.flow;
    for (path, at) in &flow.pipeline.settings_inputs {
        if !is_used(flow, *path, None) && !select::is_namesake(scope, *path) {
            findings.push(report(flow, *path, *at, "named as an input here"));
        }
    }
    for phase in flow.pipeline.start_phases() {
        // What a start phase asks for is a use by itself, unless its code shows that it is none.
        if phase.handlers.is_empty() || phase.is_open_for_reads() {
            continue;
        }
        for (boundary, field) in flow.pipeline.declared(phase).all_fields() {
            let path = field.path.value;
            let wanted = is_used(flow, path, Some(phase)) || select::is_namesake(scope, path);
            if boundary.is_entry() && !wanted {
                let at = flow.pipeline.anchor(field.path.at);
                let label = format!("{}, and not read by `{}`", boundary.as_str(), phase.name);
                let remove = yaml::Intent::RemoveItem(field.at);
                findings.push(report(flow, path, at, &label).about(phase.name, path).fix(
                    Fix::offered(
                        format!("remove `{path}` from {}", boundary.as_str()),
                        vec![offers::in_contract(flow.pipeline, remove)],
                    ),
                ));
            }
        }
    }
}

/// Whether anybody uses the field; the entries of `start` itself do not count.
fn is_used(flow: &Flow<'_>, path: FieldPath, start: Option<&Phase>) -> bool {
    let by_start = |index: usize| start.is_some_and(|phase| phase.index == index);
    let demanded = flow
        .demands_for(path)
        .any(|demand| demand.read().is_some() || !by_start(demand.phase.index));
    let unseen = flow.pipeline.phases.iter().any(Phase::is_open_for_reads);
    // A field that a phase hands on under the same name is used by being handed on.
    let handed_on =
        flow.producers_of_path(path).any(|index| flow.producers[index].phase().is_some());
    demanded || unseen || handed_on || is_chained(flow, path) || is_output(flow, path)
}

fn report(flow: &Flow<'_>, path: FieldPath, at: Anchor, label: &str) -> Finding {
    let message =
        format!("input `{path}` of pipeline `{}` is used by no phase", flow.pipeline.name);
    let mut finding = Finding::new(&RULE, Level::Information, at, message)
        .label(label)
        .why("whoever starts the pipeline takes care of it for nothing")
        .help("remove it, or let the phase that needs it declare it");
    finding.field = Some(path);
    finding
}
