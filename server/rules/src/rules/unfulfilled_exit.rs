//! `unfulfilled-exit`: a promise of the contract that the code does not keep.

use contracts::path::FieldPath;
use contracts::propagation::{Boundary, Field};
use graph::flow::Flow;
use graph::flow::availability::{Arrival, Presence, after_code};
use graph::flow::producer::By;
use graph::flow::verdict::near_path;
use graph::pipeline::Phase;
use graph::summary::Write;
use text::near::Nearness;

use crate::finding::Finding;
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "unfulfilled-exit",
    weight: Weight::BySeverity,
    summary: "a phase promises a field that its code does not certainly leave behind",
    page: include_str!("../../../../docs/rules/unfulfilled-exit.md"),
    check: Check::Pipeline(check),
};

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let flow = scope.flow;
    for phase in &flow.pipeline.phases {
        for field in flow.pipeline.declared(phase).fields(Boundary::ExitRequired) {
            if let Some(leaving) = broken(flow, phase, field.path.value) {
                findings.push(report(flow, phase, field, &leaving));
            }
        }
    }
}

/// Whether the phase promises the field and its code does nothing for it.
pub(super) fn is_broken(flow: &Flow<'_>, phase: &Phase, path: FieldPath) -> bool {
    let mut promises = flow.pipeline.declared(phase).fields(Boundary::ExitRequired).iter();
    promises.any(|field| field.path.value == path)
        && broken(flow, phase, path).is_some_and(|left| left.presence == Presence::Absent)
}

/// How the field leaves the phase, where that breaks a promise.
fn broken(flow: &Flow<'_>, phase: &Phase, path: FieldPath) -> Option<Arrival> {
    // Without code, or with code that cannot be seen through, nothing speaks against a promise.
    let unseen = phase.handlers.is_empty() || phase.is_open_for_writes();
    if unseen || path.has_wildcard() || brings_itself(flow, phase, path) || returns(phase, path) {
        return None;
    }
    let leaving = after_code(flow, phase, path, flow.arrivals(path).at(phase.index));
    let kept = match leaving.presence {
        Presence::Present => true,
        Presence::Maybe => leaving.doubt.within || leaving.open,
        Presence::Absent => leaving.open,
    };
    (!kept).then_some(leaving)
}

/// Whether the phase's code gives the field back in a dict of its own, or may do so among others:
/// whoever starts it may put that into the context.
fn returns(phase: &Phase, path: FieldPath) -> bool {
    phase.handlers.iter().any(|handler| {
        let returned = &handler.returned;
        returned.keys.iter().any(|key| key.name == path.root())
            || (returned.open.is_some() && !returned.keys.is_empty())
    })
}

/// A write of the phase's own code under a name that may be a slip for the promised one: nothing
/// declares it, and nobody asks for it.
fn near_write<'p>(flow: &Flow<'p>, phase: &Phase, path: FieldPath) -> Option<&'p Write> {
    let exits = flow.pipeline.declared(phase).all_fields();
    let exits: Vec<FieldPath> = exits.map(|(_, field)| field.path.value).collect();
    let mut near: Vec<(Nearness, &Write)> = flow
        .producers
        .iter()
        .filter_map(|producer| match producer.by {
            By::Code(by, _, write) if by.index == phase.index => Some(write),
            _ => None,
        })
        .filter(|write| exits.iter().all(|exit| exit.relation(write.path).is_none()))
        .filter(|write| flow.demands_for(write.path).next().is_none())
        .filter_map(|write| Some((near_path(path, write.path)?, write)))
        .collect();
    near.sort_by_key(|(nearness, write)| (*nearness, write.path));
    let (best, write) = near.first().copied()?;
    let tied = near.iter().any(|(nearness, other)| *nearness == best && other.path != write.path);
    (!tied).then_some(write)
}

/// Whether the phase asks for the field itself: it passes on what it gets, and if it gets nothing,
/// its entry's finding says so.
fn brings_itself(flow: &Flow<'_>, phase: &Phase, path: FieldPath) -> bool {
    let entries = flow.pipeline.declared(phase).fields(Boundary::EntryRequired);
    let asks = entries.iter().any(|entry| entry.path.value.relation(path).is_some());
    let drops =
        phase.handlers.iter().filter_map(|handler| handler.summary.as_ref()).any(|summary| {
            summary
                .drops
                .iter()
                .any(|drop| drop.path.is_none_or(|gone| gone.relation(path).is_some()))
        });
    asks && !drops
}

fn report(flow: &Flow<'_>, phase: &Phase, field: &Field, leaving: &Arrival) -> Finding {
    let pipeline = flow.pipeline;
    let path = field.path.value;
    let what = match leaving.presence {
        Presence::Maybe => "but its code leaves it behind on some paths only",
        _ => "but its code does not write it",
    };
    let message = format!("`{}` promises `{path}`, {what}", phase.name);
    let level = Level::from(field.severity);
    let mut finding = Finding::new(&RULE, level, pipeline.anchor(field.path.at), message)
        .label(format!("promised here, severity {}", field.severity.as_str()))
        .about(phase.name, path)
        .why("later phases rely on the promise");
    for (at, told) in words::writes_in_code(flow, phase, path) {
        finding = finding.related(at, told);
    }
    let own = leaving.drops.iter().filter(|drop| drop.phase == phase.index);
    for removal in own.filter(|drop| drop.on_way_to.is_none()) {
        finding = finding.related(removal.at, format!("`{path}` is removed here"));
    }
    for handler in &phase.handlers {
        finding =
            finding.related(handler.at, format!("`{}` carries out `{}`", handler.name, phase.name));
    }
    if let Some(write) =
        near_write(flow, phase, path).filter(|_| leaving.presence == Presence::Absent)
    {
        let told = format!("`{}` writes a near namesake, `{}`", phase.name, write.path);
        finding = finding
            .related(write.site.at, told)
            .help(format!("rename the key to `{path}`, if that is meant (quick fix)"));
        if let Some(fix) = offers::rename_key(write.site.at, write.path, path) {
            finding = finding.fix(fix);
        }
    }
    finding
        .help(format!("write `{path}` on every path of `{}`", phase.name))
        .help("or promise it in exit.optional")
}
