//! `type-conflict`: producer and consumer disagree about a field's type.

use contracts::path::FieldPath;
use contracts::propagation::Field;
use contracts::types;
use graph::flow::producer::By;

use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "type-conflict",
    weight: Weight::Always(Level::Warning),
    summary: "producer and consumer of a field declare types that exclude each other",
    page: include_str!("../../../../docs/rules/type-conflict.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    for judged in scope.judged {
        let Some((consumer, _)) = judged.demand.entry() else { continue };
        let path = judged.demand.path;
        let conflict = judged.arrival.producers.iter().find_map(|index| {
            let producer = &scope.flow.producers[*index];
            let (By::Exit(_, field, _) | By::Caller(field, _)) = producer.by else { return None };
            (disagree(field, consumer, path) && field.at != consumer.at).then_some((producer, field))
        });
        let Some((producer, field)) = conflict else { continue };
        let (produced, wanted) = (type_of(field), type_of(consumer));
        let phase = judged.demand.phase.name;
        let by = producer.phase().map_or("the pipeline's start", |phase| phase.name.as_str());
        let message = format!("`{phase}` takes `{path}` as {wanted}, but `{by}` gives {produced}");
        let at = consumer.type_name.map_or(consumer.path.at, |name| name.at);
        let mut finding = Finding::new(&RULE, Level::Warning, pipeline.anchor(at), message)
            .label(format!("{wanted} here"))
            .about(phase, path)
            .related(
                pipeline.anchor(field.type_name.map_or(field.path.at, |name| name.at)),
                format!("{produced} here"),
            )
            .why("types are not checked at run time: the phase works on a value it does not expect")
            .help("declare the type that is really passed, on both sides");
        if let Some(name) = consumer.type_name {
            let intent = syntax::edit::yaml::Intent::ReplaceScalar(name.at, produced.to_owned());
            finding = finding.fix(Fix::offered(
                format!("declare {produced}, as the producer does"),
                vec![Intent::Yaml(pipeline.file(), intent)],
            ));
        }
        findings.push(finding);
    }
}

/// Whether two entries for the same field exclude each other. A parent and its child cannot.
fn disagree(producer: &Field, consumer: &Field, path: FieldPath) -> bool {
    producer.path.value == path && types::conflicts(type_of(producer), type_of(consumer))
}

/// The declared type; without one a field is text.
fn type_of(field: &Field) -> &'static str {
    field.type_name.map_or("str", |name| name.value.as_str())
}
