//! `undeclared-write`: code writes a field that its phase does not declare.

use contracts::path::{FieldPath, Relation};
use contracts::propagation::Boundary;
use facts::places::Anchor;
use facts::python::declarations::Side;
use graph::flow::Flow;
use graph::flow::demand::Demand;
use graph::flow::producer::By;
use graph::flow::verdict::{Verdict, is_passed_by, near_path};
use graph::pipeline::Phase;
use graph::summary::{Strength, Write};
use text::near::Nearness;

use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::offers;
use crate::rule::{Check, PipelineScope, Rule, Weight};
use crate::rules::unfulfilled_exit;
use crate::select;
use crate::words;

pub(super) static RULE: Rule = Rule {
    name: "undeclared-write",
    weight: Weight::Between(Level::Information, Level::Warning),
    summary: "a handler writes a field that its phase does not declare",
    page: include_str!("../../../../docs/rules/undeclared-write.md"),
    check: Check::Pipeline(check),
};

/// The fix that declares what a finding says that code writes.
#[must_use]
pub fn declaration(finding: &Finding) -> Option<&Fix> {
    (finding.rule.name == RULE.name).then(|| offers::declaration(finding)).flatten()
}

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let mut found: Vec<Undeclared<'_>> = Vec::new();
    for phase in &scope.flow.pipeline.phases {
        for handler in &phase.handlers {
            let writes = handler.summary.iter().flat_map(|summary| &summary.writes);
            let writes = select::first_write_of_each_field(writes);
            for write in &writes {
                if is_declared(scope.flow, phase, write.path)
                    || is_told(scope, write)
                    || is_part_of_entry(scope.flow, phase, write.path)
                    || is_part_of_another(&writes, write)
                {
                    continue;
                }
                found.extend(judge(scope.flow, phase, write));
            }
        }
    }
    for (one, others) in
        select::by_cause(found, |one| (one.write.site.at, one.write.path), |one| one.level)
    {
        findings.push(report(scope.flow, &one, &others));
    }
}

/// A write that its phase does not declare.
struct Undeclared<'p> {
    phase: &'p Phase,
    write: &'p Write,
    /// Who gets the value, as far as nobody has promised it.
    reader: Option<&'p Demand<'p>>,
    near: Option<(FieldPath, Anchor)>,
    asked_for: bool,
    level: Level,
}

fn is_declared(flow: &Flow<'_>, phase: &Phase, path: FieldPath) -> bool {
    let mut products = flow.pipeline.order.products(phase.index);
    let drawn = products.any(|product| product.field.relation(path).is_some());
    drawn
        || !flow.pipeline.is_declared(phase, Side::Produces)
        || flow.pipeline.declared(phase).all_fields().any(|(boundary, field)| {
            !boundary.is_entry() && field.path.value.relation(path).is_some()
        })
}

/// Whether the phase has an entry for the field.
fn asks_for(flow: &Flow<'_>, phase: &Phase, path: FieldPath) -> bool {
    let mut fields = flow.pipeline.declared(phase).all_fields();
    fields.any(|(boundary, field)| boundary.is_entry() && field.path.value == path)
}

/// Whether a part is set of what the phase asks for: tasks get their status, a list its results.
fn is_part_of_entry(flow: &Flow<'_>, phase: &Phase, path: FieldPath) -> bool {
    let fields = flow.pipeline.declared(phase).all_fields();
    fields
        .filter(|(boundary, _)| boundary.is_entry())
        .any(|(_, field)| field.path.value.relation(path) == Some(Relation::Parent))
}

/// Whether the same code writes the whole as well, which is then what has to be declared.
fn is_part_of_another(writes: &[&Write], write: &Write) -> bool {
    let mut wholes = std::iter::successors(write.path.parent(), |path| path.parent());
    wholes.any(|whole| writes.iter().any(|other| other.path == whole))
}

/// Whether a demand that misses its field already points at this write as its namesake.
fn is_told(scope: &PipelineScope<'_, '_>, write: &Write) -> bool {
    scope.judged.iter().any(|judged| {
        let (Verdict::Dangling(near) | Verdict::Shadowed(near)) = judged.verdict else {
            return false;
        };
        near.is_some_and(|index| scope.flow.producers[index].at == write.site.at)
    })
}

fn judge<'p>(flow: &'p Flow<'_>, phase: &'p Phase, write: &'p Write) -> Option<Undeclared<'p>> {
    let path = write.path;
    // A reserved key has a rule of its own.
    if words::is_reserved(path) {
        return None;
    }
    let reader = reader(flow, phase, write);
    let near = near_exit(flow, phase, path, reader.is_some());
    let private = words::is_private(path);
    // No exit can have a name of which a part is not known.
    let is_pattern = path.segments().first().is_some_and(|name| name.as_str().contains('*'));
    if (private || is_pattern) && reader.is_none() {
        return None;
    }
    // The promise that this write should have kept has the finding, and points here.
    let broken = |(exit, _)| unfulfilled_exit::is_broken(flow, phase, exit);
    if reader.is_none() && near.is_some_and(broken) {
        return None;
    }
    // A phase that asks for the field goes on from it, and has told its readers half of it.
    let asked_for = asks_for(flow, phase, path);
    let grave = !private && !asked_for && (near.is_some() || is_relied_on(flow, phase, write));
    let level = if grave { Level::Warning } else { Level::Information };
    Some(Undeclared { phase, write, reader, near, asked_for, level })
}

/// The first in another phase that gets what is written here; one that looks whether it is there
/// only where nobody relies on it.
fn reader<'p>(flow: &'p Flow<'_>, phase: &'p Phase, write: &'p Write) -> Option<&'p Demand<'p>> {
    let relying = readers(flow, phase, write).find(|demand| relies(flow, demand, phase, write));
    relying.or_else(|| readers(flow, phase, write).next())
}

/// Whether somebody in another phase relies on what is written here.
fn is_relied_on(flow: &Flow<'_>, phase: &Phase, write: &Write) -> bool {
    readers(flow, phase, write).any(|demand| relies(flow, demand, phase, write))
}

/// Whether a demand takes the field to be there: an entry names it, or code cannot do without. What
/// is always written is relied on by whoever looks for it; what is written for one setting alone may
/// well be looked for under the same one.
fn relies(flow: &Flow<'_>, demand: &Demand<'_>, phase: &Phase, write: &Write) -> bool {
    let Some((_, read)) = demand.read() else { return true };
    let needs = read.strength == Strength::Hard && !read.conditional;
    !read.chosen && !is_passed_by(flow, demand) && (needs || is_left(phase, write))
}

/// Whether the phase leaves the field on every path, wherever it comes from.
fn is_left(phase: &Phase, write: &Write) -> bool {
    let mut summaries = phase.handlers.iter().filter_map(|handler| handler.summary.as_ref());
    write.must || summaries.any(|summary| summary.ensures(write.path))
}

/// Whether code of the phase that asks for the field reads it.
fn is_read_by(flow: &Flow<'_>, reader: &Demand<'_>, phase: &Phase, write: &Write) -> bool {
    readers(flow, phase, write)
        .any(|demand| demand.phase.index == reader.phase.index && demand.read().is_some())
}

/// Who in another phase gets what is written here, where no contract or setting promises the field
/// to it anyway.
fn readers<'f, 'p>(
    flow: &'f Flow<'p>,
    phase: &'f Phase,
    write: &'f Write,
) -> impl Iterator<Item = &'f Demand<'p>> {
    flow.demands_for(write.path).filter(move |demand| {
        let arrivals = flow.arrivals(demand.path);
        let mut arrived = arrivals[demand.phase.index].producers.iter();
        let reached = arrived.clone().any(|index| {
            matches!(flow.producers[*index].by, By::Code(by, _, other)
                if by.index == phase.index && other.path == write.path)
        });
        let promised = arrived.any(|index| !matches!(flow.producers[*index].by, By::Code(..)));
        demand.phase.index != phase.index && reached && !promised
    })
}

fn report(flow: &Flow<'_>, one: &Undeclared<'_>, others: &[Undeclared<'_>]) -> Finding {
    let Undeclared { phase, write, reader, near, asked_for, level } = *one;
    let path = write.path;
    let because = match (reader, near) {
        (Some(reader), _) => {
            let reads = if is_read_by(flow, reader, phase, write) { "reads" } else { "asks for" };
            format!(", though `{}` {reads} it", reader.phase.name)
        }
        (None, Some((near, _))) => format!(", but for its near namesake `{near}`"),
        (None, None) => String::new(),
    };
    let what = if asked_for { "declares as an entry only" } else { "does not declare" };
    let message = format!("`{}` writes `{path}`, which it {what}{because}", phase.name);
    let how = if write.must { "written on every path" } else { "written on some paths" };
    let mut finding = Finding::new(&RULE, level, write.site.at, message)
        .label(how)
        .about(phase.name, path)
        .why("what is not declared is not checked: its loss goes unnoticed");
    for call in &write.site.through {
        finding = finding.related(*call, "through this call");
    }
    for other in others {
        finding = words::does_so_too(finding, other.phase, &other.write.site);
    }
    if let Some(reader) = reader {
        finding = finding
            .related(reader.at, format!("`{}` {} it", reader.phase.name, words::asks(reader)));
    }
    if let Some((near, at)) = near {
        finding = finding
            .related(at, format!("`{near}` is declared here"))
            .help(format!("rename to `{near}`, if that is meant (quick fix)"));
        finding.fixes.extend(offers::rename_key(write.site.at, path, near));
    }
    let phases = words::phases(std::iter::once(phase).chain(others.iter().map(|one| one.phase)));
    // No exit can have a name of which a part is not known.
    if path.has_wildcard() {
        return finding.help(format!("declare what it writes in exit.optional of {phases}"));
    }
    let declare = |one: &Undeclared<'_>| {
        offers::add_exit(flow.pipeline, one.phase, exit_for(one.write), one.write)
    };
    let title = || format!("declare `{path}` as an exit of {phases}");
    let fix = offers::together(declare(one), others.iter().map(declare), title);
    let boundary = exit_for(write).as_str();
    finding.help(format!("declare it in {boundary} of {phases} (quick fix)")).fix(fix)
}

/// The exit that says what a write does.
fn exit_for(write: &Write) -> Boundary {
    if write.must { Boundary::ExitRequired } else { Boundary::ExitOptional }
}

/// The exit of the phase that may be meant: one that its code does not write under its own name.
fn near_exit(
    flow: &Flow<'_>,
    phase: &Phase,
    path: FieldPath,
    is_read: bool,
) -> Option<(FieldPath, Anchor)> {
    let summaries = || phase.handlers.iter().filter_map(|handler| handler.summary.as_ref());
    let is_written = |exit: FieldPath| {
        let mut writes = summaries().flat_map(|summary| &summary.writes);
        writes.any(|write| write.path == exit)
            || flow.producers_of_path(exit).any(|index| {
                let producer = &flow.producers[index];
                let is_own = producer.phase().is_some_and(|by| by.index == phase.index);
                is_own && producer.exit().is_none() && producer.concerns(exit)
            })
    };
    let mut near: Vec<(Nearness, FieldPath, Anchor)> = flow
        .pipeline
        .declared(phase)
        .all_fields()
        .filter(|(boundary, _)| !boundary.is_entry())
        .filter_map(|(_, field)| {
            let exit = field.path.value;
            let nearness = near_path(path, exit)?;
            // A slip of the finger counts even where the right name is written too, unless others
            // know the field by this name.
            let is_slip = nearness != Nearness::Words && !is_read;
            (is_slip || !is_written(exit))
                .then(|| (nearness, exit, flow.pipeline.anchor(field.path.at)))
        })
        .collect();
    near.sort_by_key(|(nearness, exit, _)| (*nearness, *exit));
    let (best, exit, at) = near.first().copied()?;
    let tied = near.iter().any(|(nearness, other, _)| *nearness == best && *other != exit);
    (!tied).then_some((exit, at))
}
