//! `dead-write`: produced, and of no use to anybody.

use contracts::propagation::Boundary;
use graph::flow::liveness::use_of;
use syntax::edit::yaml;

use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::select;
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "dead-write",
    weight: Weight::Always(Level::Information),
    summary: "a field is produced that nobody reads",
    page: include_str!("../../../../docs/rules/dead-write.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    for boundary in [Boundary::ExitRequired, Boundary::ExitOptional] {
        for (phase, field) in pipeline.fields(boundary) {
            let path = field.path.value;
            if use_of(scope.flow, path).is_some() || select::is_namesake(scope, path) {
                continue;
            }
            let message = format!("`{}` produces `{path}`, and nobody reads it", phase.name);
            let mut finding =
                Finding::new(&RULE, Level::Information, pipeline.anchor(field.path.at), message)
                    .label(format!("{}, read by no phase", boundary.as_str()))
                    .about(phase.name, path)
                    .why("work is done for nothing, or its reader looks under another name");
            for (at, told) in words::writes_in_code(scope.flow, phase, path) {
                finding = finding.related(at, told);
            }
            let remove = yaml::Intent::RemoveItem(field.at);
            findings.push(
                finding
                    .help(format!("remove `{path}`, if it is not needed (quick fix)"))
                    .help(format!("or declare it as an output of pipeline `{}`", pipeline.name))
                    .fix(Fix::offered(
                        format!("remove `{path}` from {}", boundary.as_str()),
                        vec![offers::in_contract(pipeline, remove)],
                    ))
                    .fix(offers::declare(pipeline, "output", path)),
            );
        }
    }
}
