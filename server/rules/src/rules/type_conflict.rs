//! `type-conflict`: producer and consumer disagree about a field's type.

use contracts::path::FieldPath;
use contracts::propagation::Field;
use contracts::types;
use graph::flow::producer::By;
use syntax::edit::yaml;

use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::offers;
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
        let Some((consumer, _)) = judged.demand.entry() else {
            continue;
        };
        let path = judged.demand.path;
        let conflict = judged.arrival.producers.iter().find_map(|index| {
            let producer = &scope.flow.producers[*index];
            let (By::Exit(_, field, _) | By::Caller(field, _)) = producer.by else {
                return None;
            };
            (disagree(field, consumer, path) && field.at != consumer.at)
                .then_some((producer, field))
        });
        let Some((producer, field)) = conflict else {
            continue;
        };
        let (Some(given), Some(asked)) = (field.type_name, consumer.type_name) else {
            continue;
        };
        let (produced, wanted) = (given.value, asked.value);
        let phase = judged.demand.phase.name;
        let by = producer
            .phase()
            .map_or_else(|| "the pipeline's start".to_owned(), |phase| format!("`{}`", phase.name));
        let message = format!("`{phase}` takes `{path}` as {wanted}, but {by} gives {produced}");
        let as_producer = yaml::Intent::ReplaceScalar(asked.at, produced.as_str().to_owned());
        findings.push(
            Finding::new(&RULE, Level::Warning, pipeline.anchor(asked.at), message)
                .label(format!("{wanted} here"))
                .about(phase, path)
                .related(pipeline.anchor(given.at), format!("{produced} here"))
                .why("types are not checked at run time: the phase works on a value it does not expect")
                .help("declare the type that is really passed, on both sides")
                .fix(Fix::offered(
                    format!("declare {produced}, as the producer does"),
                    vec![offers::in_contract(pipeline, as_producer)],
                )),
        );
    }
}

/// Whether two entries for the same field exclude each other. A parent and its child cannot, and
/// where the type is left out nothing was said: the loader's `str` is no statement.
fn disagree(producer: &Field, consumer: &Field, path: FieldPath) -> bool {
    let (Some(given), Some(asked)) = (producer.type_name, consumer.type_name) else {
        return false;
    };
    producer.path.value == path && types::conflicts(given.value, asked.value)
}
