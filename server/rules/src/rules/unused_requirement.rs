//! `unused-requirement`: an entry that the handler of its phase never reads.

use contracts::path::FieldPath;
use contracts::propagation::{Boundary, Field};
use graph::flow::Flow;
use graph::flow::verdict::Verdict;
use graph::pipeline::{Phase, Pipeline};
use graph::summary::Summary;
use syntax::edit::yaml;

use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::select;
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "unused-requirement",
    weight: Weight::Always(Level::Information),
    summary: "a phase declares on entry what its handler never reads",
    page: include_str!("../../../../docs/rules/unused-requirement.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    // Start phases declare what the pipeline is given; `dead-input` looks at that.
    let starts: Vec<usize> = pipeline.start_phases().map(|phase| phase.index).collect();
    for phase in pipeline.phases.iter().filter(|phase| !starts.contains(&phase.index)) {
        let Some(code) = visible(phase) else { continue };
        for (boundary, field) in pipeline.declared(phase).all_fields() {
            let path = field.path.value;
            let unused = boundary.is_entry()
                && !code.iter().any(|summary| touches(summary, path))
                && !is_passed_on(scope.flow, phase, path)
                && !select::is_namesake(scope, path)
                && !has_other_trouble(scope, field);
            if unused {
                findings.push(report(pipeline, phase, field, boundary));
            }
        }
    }
}

/// What the phase's code does, where all that it reads is known. Code that takes nothing from the
/// context may have it by another way.
fn visible(phase: &Phase) -> Option<Vec<&Summary>> {
    if phase.handlers.is_empty() || phase.is_open_for_reads() {
        return None;
    }
    let code: Vec<&Summary> =
        phase.handlers.iter().filter_map(|handler| handler.summary.as_ref()).collect();
    code.iter().any(|summary| !summary.reads.is_empty()).then_some(code)
}

/// Whether the code reads the field, what holds it or a part of it, or hands it to code that cannot
/// be seen. Whoever writes or removes it does something with it too.
fn touches(summary: &Summary, path: FieldPath) -> bool {
    let read = summary.reads.iter().map(|read| read.path);
    let written = summary.writes.iter().map(|write| write.path);
    let past = summary.past.iter().map(|past| past.path);
    let open = summary.open_parts.iter().map(|part| part.path);
    let mut touched = read.chain(written).chain(past).chain(open);
    touched.any(|other| other.relation(path).is_some())
        || summary
            .drops
            .iter()
            .any(|drop| drop.path.is_none_or(|gone| gone.relation(path).is_some()))
}

/// Whether the contract itself needs the entry: the phase promises the field further, a chain goes
/// through it, or the topology asks for it here.
fn is_passed_on(flow: &Flow<'_>, phase: &Phase, path: FieldPath) -> bool {
    let pipeline = flow.pipeline;
    let mut exits =
        pipeline.declared(phase).all_fields().filter(|(boundary, _)| !boundary.is_entry());
    let mut endpoints = pipeline.contract().chains.iter().flat_map(|chain| chain.endpoints());
    exits.any(|(_, exit)| exit.path.value.relation(path).is_some())
        || endpoints.any(|endpoint| {
            endpoint.phase.is_some_and(|named| named.value == phase.name)
                && endpoint.field.is_some_and(|field| field.value.relation(path).is_some())
        })
        || pipeline.order.asks(phase.index).any(|ask| ask.field.relation(path).is_some())
}

/// Whether nobody produces the field either, or not in time: the entry is wrong as a whole then.
fn has_other_trouble(scope: &PipelineScope<'_, '_>, field: &Field) -> bool {
    let own = scope.judged.iter().filter(|judged| {
        judged.demand.entry().is_some_and(|(entry, _)| std::ptr::eq(entry, field))
    });
    own.into_iter().any(|judged| judged.verdict != Verdict::Met)
}

fn report(pipeline: &Pipeline, phase: &Phase, field: &Field, boundary: Boundary) -> Finding {
    let path = field.path.value;
    let (asks, what) = match boundary {
        Boundary::EntryRequired => {
            ("requires", "a run is stopped or warned of for a field that nobody needs")
        }
        _ => ("is enriched with", "the contract tells of a need that is none"),
    };
    let message = format!("`{}` {asks} `{path}`, but its code never reads it", phase.name);
    let mut finding =
        Finding::new(&RULE, Level::Information, pipeline.anchor(field.path.at), message)
            .label(words::asked(boundary))
            .about(phase.name, path)
            .why(what);
    for handler in &phase.handlers {
        finding =
            finding.related(handler.at, format!("`{}` carries out `{}`", handler.name, phase.name));
    }
    finding.help("read it, or remove the entry (quick fix)").fix(Fix::offered(
        format!("remove `{path}` from {}", boundary.as_str()),
        vec![offers::in_contract(pipeline, yaml::Intent::RemoveItem(field.at))],
    ))
}
