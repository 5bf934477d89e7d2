//! `blocking-enrichment`: an optional entry that claims to be indispensable.

use contracts::propagation::{Boundary, Severity};
use syntax::edit::yaml;

use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "blocking-enrichment",
    weight: Weight::Always(Level::Warning),
    summary: "an enrichment has severity blocking, which pre-flight and run treat differently",
    page: include_str!("../../../../docs/rules/blocking-enrichment.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    for (phase, field) in pipeline.fields(Boundary::EntryEnrichment) {
        if field.severity != Severity::Blocking {
            continue;
        }
        let path = field.path.value;
        let (at, label, intent) = match field.severity_at {
            Some(node) => (
                node,
                "blocking, in an enrichment",
                yaml::Intent::ReplaceScalar(node, "warning".to_owned()),
            ),
            None => (
                field.path.at,
                "blocking, since no severity is given",
                yaml::Intent::InsertEntry(field.at, "severity".to_owned(), "warning".to_owned()),
            ),
        };
        let message = format!("enrichment `{path}` of `{}` has severity blocking", phase.name);
        findings.push(
            Finding::new(&RULE, Level::Warning, pipeline.anchor(at), message)
                .label(label)
                .about(phase.name, path)
                .why("pre-flight fails without the field, while the run goes on without it")
                .help("give it severity warning or advisory (quick fix)")
                .help("or move it to entry.required, if the phase cannot do without")
                .fix(Fix::offered(
                    "give it severity warning",
                    vec![offers::in_contract(pipeline, intent)],
                )),
        );
    }
}
