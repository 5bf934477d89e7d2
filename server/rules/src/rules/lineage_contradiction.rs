//! `lineage-contradiction`: a stage says that a field passes untouched, and the code writes it.

use contracts::body::Body;
use contracts::kinds::data_lineage::{Operation, Stage};
use contracts::path::{FieldPath, Relation};
use graph::companions::Companion;
use graph::pipeline::Phase;
use graph::summary::{Write, WrittenValue};

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "lineage-contradiction",
    weight: Weight::Always(Level::Warning),
    summary: "a stage of a lineage chain says otherwise than the phase's code does",
    page: include_str!("../../../../docs/rules/lineage-contradiction.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    for companion in &pipeline.companions {
        let Body::DataLineage(contract) = &companion.facts.document.body else { continue };
        for chain in &contract.chains {
            let Some(field) = chain.field else { continue };
            for stage in &chain.stages {
                let phase = stage.phase.and_then(|phase| pipeline.phase(phase.value));
                let found = phase.and_then(|phase| report(companion, phase, stage, field.value));
                findings.extend(found);
            }
        }
    }
}

fn report(
    companion: &Companion,
    phase: &Phase,
    stage: &Stage,
    field: FieldPath,
) -> Option<Finding> {
    let operation = stage.operation?;
    let (message, why, help, at) = match operation.value {
        Operation::Passthrough => {
            // One that reads the field may write back what it read.
            let write = writes(phase, field).find(|write| {
                let is_new =
                    matches!(write.value, WrittenValue::Literal(_)) || !reads(phase, field);
                write.must && is_new
            })?;
            (
                format!(
                    "`{}` writes `{field}` anew, and the stage says that it passes",
                    phase.name
                ),
                "the audit reports a mutation whenever the written value is another",
                "name the operation that the code carries out, such as `transform`",
                Some(write.site.at),
            )
        }
        Operation::Transform if writes_nothing(phase, field) => (
            format!("`{}` does not write `{field}`, and the stage says that it does", phase.name),
            "the audit reports a mutation that did not happen in every run",
            "say `passthrough`, or write the field",
            None,
        ),
        _ => return None,
    };
    let mut finding = Finding::new(&RULE, Level::Warning, companion.anchor(operation.at), message)
        .label("said of the phase here")
        .why(why)
        .help(help);
    if let Some(at) = at {
        finding = finding.related(at, "written here");
    }
    Some(finding.about(phase.name, field))
}

/// The places in code at which the phase writes the field itself.
fn writes(phase: &Phase, field: FieldPath) -> impl Iterator<Item = &Write> {
    let summaries = phase.handlers.iter().filter_map(|handler| handler.summary.as_ref());
    summaries
        .flat_map(|summary| &summary.writes)
        .filter(move |write| write.path.relation(field) == Some(Relation::Same))
}

/// Whether the phase's code reads the field, what holds it or a part of it, or may.
fn reads(phase: &Phase, field: FieldPath) -> bool {
    let mut summaries = phase.handlers.iter().filter_map(|handler| handler.summary.as_ref());
    phase.is_open_for_reads()
        || summaries
            .any(|summary| summary.reads.iter().any(|read| read.path.relation(field).is_some()))
}

/// Whether all of the phase's code is seen, and none of it has to do with writing the field.
fn writes_nothing(phase: &Phase, field: FieldPath) -> bool {
    let touches = |write: &Write| write.path.relation(field).is_some();
    let mut summaries = phase.handlers.iter().filter_map(|handler| handler.summary.as_ref());
    !phase.handlers.is_empty()
        && !phase.is_open_for_writes()
        && !summaries.any(|summary| summary.writes.iter().any(touches))
}
