//! What code does not say itself: the phase that a handler carries out, and that a default always
//! wins.
//!
//! Nothing is computed for it. How handlers are bound, and what is found, is known after each edit.

use std::collections::BTreeMap;

use facts::places::FileId;
use facts::python::{Access, Action, PythonFacts};
use graph::discovery::FoundHandler;
use graph::handler::{Code, FunctionRef};
use graph::sources::Sources;
use rules::finding::Finding;
use rules::rules::shadow_default;
use text::name::Name;
use text::span::Span;

use crate::place::Place;
use crate::question::{FEW_PIPELINES, Question};
use crate::target::contracts_of;

/// How many phases are named where a handler carries out several.
const MOST_PHASES: usize = 3;

/// Words that an editor shows within a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InlayHint {
    /// Where in the text.
    pub at: usize,
    /// What it is about.
    pub kind: HintKind,
    /// The words.
    pub label: String,
    /// More of it.
    pub tooltip: String,
    /// Where the words lead to.
    pub target: Option<Place>,
}

/// What a hint is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HintKind {
    /// The phase of a handler.
    Phase,
    /// A default that always wins.
    Default,
}

/// The hints of one kind in a part of a file. `findings` are what is shown of the file.
#[must_use]
pub fn inlay_hints(
    sources: &dyn Sources,
    (file, range): (FileId, Span),
    kind: HintKind,
    findings: &[Finding],
) -> Vec<InlayHint> {
    let question = Question::new(sources, FEW_PIPELINES);
    match kind {
        HintKind::Phase => {
            let handlers = sources.graph().handlers_in(file).iter();
            handlers.filter_map(|handler| phase_hint(&question, handler, range)).collect()
        }
        HintKind::Default => default_hints(&question, file, range, findings),
    }
}

/// The phases of a handler, unless they are written beside its name.
fn phase_hint(question: &Question<'_>, handler: &FoundHandler, range: Span) -> Option<InlayHint> {
    let name = question.sources.span(handler.at).filter(|name| range.touches(name.end as usize))?;
    let mut phases: Vec<Name> = Vec::new();
    let mut told = Vec::new();
    let mut target = None;
    for (contract, seat) in question.graph().seats_of(handler.code) {
        if is_written(question, handler, name, seat.phase) {
            continue;
        }
        if !phases.contains(&seat.phase) {
            phases.push(seat.phase);
        }
        if told.len() < MOST_PHASES {
            told.push(format!("phase `{}` of {}", seat.phase, question.called(*contract)));
        }
        target = target.or_else(|| question.phase_place(*contract, seat));
    }
    let label = match phases.as_slice() {
        [] => return None,
        [only] => format!(": phase {only}"),
        several => {
            let named: Vec<&str> =
                several.iter().take(MOST_PHASES).map(|name| name.as_str()).collect();
            let more = several.len().saturating_sub(MOST_PHASES);
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!(": phases {}{rest}", named.join(", "))
        }
    };
    let at = name.end as usize;
    Some(InlayHint { at, kind: HintKind::Phase, label, tooltip: told.join("\n"), target })
}

/// Whether an attribute or a decorator of the handler has the phase as text.
fn is_written(question: &Question<'_>, handler: &FoundHandler, name: Span, phase: Name) -> bool {
    let text = question.text(handler.at.file);
    let quoted =
        |part: &str| part.contains(&format!("\"{phase}\"")) || part.contains(&format!("'{phase}'"));
    let attribute = handler.attribute.filter(|named| named.at.file == handler.at.file);
    let attribute = attribute.and_then(|named| question.sources.span(named.at));
    if let Some(attribute) = attribute {
        let line = text.get(attribute.end as usize..).and_then(|rest| rest.lines().next());
        return line.is_some_and(quoted);
    }
    // Decorators stand in the lines above, up to a blank one.
    let above = text.get(..name.start as usize).unwrap_or_default();
    let above = above.rfind("\n\n").map_or(above, |blank| &above[blank..]);
    !handler.decorators.is_empty() && quoted(above)
}

/// Behind each default of which a finding says that it always wins.
fn default_hints(
    question: &Question<'_>,
    file: FileId,
    range: Span,
    findings: &[Finding],
) -> Vec<InlayHint> {
    let certain = findings.iter().filter(|finding| shadow_default::is_certain(finding));
    let python = question.graph().files().get(file).and_then(|known| known.facts.as_ref());
    let Some(python) = python.and_then(|facts| facts.python.as_deref()) else {
        let hints = certain.filter_map(|finding| of_entry(question, finding));
        return hints.filter(|hint| range.touches(hint.at)).collect();
    };
    let mut reads: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
    for finding in certain {
        reads.entry(finding.at).or_default().push(finding);
    }
    let hints = reads.into_iter().filter_map(|(at, found)| {
        let end = question.sources.span(at)?.end as usize;
        let unit = at.local.unit.checked_sub(1).filter(|_| range.touches(end))?;
        let access = access(python, unit, &found)?;
        let Action::ReadDefaulted(default) = &access.action else { return None };
        let value = default.as_ref().map_or("the default".to_owned(), ToString::to_string);
        let mut phases: Vec<Name> = found.iter().filter_map(|finding| finding.phase).collect();
        phases.dedup();
        let alone = is_of_one_handler(question, python, FunctionRef { file, index: unit }, &phases);
        let named = phases.iter().map(|phase| phase.as_str()).collect::<Vec<_>>().join(", ");
        let place = if alone { String::new() } else { format!(" in {named}") };
        Some(InlayHint {
            at: end,
            kind: HintKind::Default,
            label: format!("always {value}{place}"),
            tooltip: found.iter().map(|one| &*one.message).collect::<Vec<_>>().join("\n"),
            target: None,
        })
    });
    hints.collect()
}

/// Behind the default of the entry that a finding is about.
fn of_entry(question: &Question<'_>, finding: &Finding) -> Option<InlayHint> {
    contracts_of(question.sources, finding.at.file).find_map(|(contract, facts)| {
        let phases = facts.propagation()?.phases.iter();
        let mut fields = phases.flat_map(|phase| phase.all_fields()).map(|(_, field)| field);
        let field = fields.find(|field| contract.anchor(field.path.at) == finding.at)?;
        let default = question.place(contract.anchor(field.default.as_ref()?.at))?;
        Some(InlayHint {
            at: default.span.end as usize,
            kind: HintKind::Default,
            label: "always wins".to_owned(),
            tooltip: finding.message.clone(),
            target: None,
        })
    })
}

/// The read that findings are about.
fn access<'p>(python: &'p PythonFacts, unit: u32, found: &[&Finding]) -> Option<&'p Access> {
    let at = found.first()?.at.local;
    python.functions.get(unit as usize)?.effect.accesses().find(|access| access.at == at)
}

/// Whether the function is a handler's own, which carries out these phases and no others. What a
/// helper reads is told with the phase, since it may get a value in another.
fn is_of_one_handler(
    question: &Question<'_>,
    python: &PythonFacts,
    function: FunctionRef,
    phases: &[Name],
) -> bool {
    let Some(facts) = python.functions.get(function.index as usize) else { return false };
    let graph = question.graph();
    graph.handlers_in(function.file).iter().any(|handler| {
        let is_own = match handler.code {
            Code::Class(_) => facts.class == Some(handler.name),
            Code::Function(own) => own == function,
        };
        is_own && graph.seats_of(handler.code).iter().all(|(_, seat)| phases.contains(&seat.phase))
    })
}
