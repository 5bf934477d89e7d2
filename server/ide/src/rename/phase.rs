//! A phase: its key in the contract, and whatever names it.

use contracts::schema::Sort;
use facts::places::Anchor;
use graph::handler::{Code as Handled, ContractRef, Handler};
use text::name::Name;

use super::code::Code;
use super::draft::Draft;
use super::{Refusal, contract, told};
use crate::named::{self, Reach};
use crate::target::contracts_of;

pub(super) fn rename(
    draft: &mut Draft<'_, '_>,
    contract: ContractRef,
    old: Name,
    new: &str,
) -> Result<(), Refusal> {
    let Some(pipeline) = draft.question.pipeline(contract) else { return Ok(()) };
    let reach = Reach::Pipeline(contract);
    let graph = draft.question.graph();
    let all = named::uses_of(graph, Sort::Phase, reach);
    if let Some(known) = all.iter().find(|found| found.named.name.as_str() == new) {
        return Err(draft.refused_at(known.at(), "names another phase so already"));
    }
    let handlers = || {
        let phases = pipeline.phases.iter().flat_map(|phase| &phase.handlers);
        phases.chain(&pipeline.stray_handlers)
    };
    if let Some(handler) = handlers().find(|handler| handler.phase.as_str() == new) {
        return Err(draft.refused_at(handler.phase_at, "carries out a phase of this name already"));
    }
    contract::rename(draft, &named::contracts(graph, reach), &|found| {
        let is_it = found.named.sort == Sort::Phase && found.named.name == old;
        Ok(is_it.then(|| new.to_owned()))
    })?;
    told::rename(draft, contract, Sort::Phase, &|told| {
        Ok((told.name == old).then(|| new.to_owned()))
    })?;
    let mut code = Code::new(old, new);
    for handler in handlers().filter(|handler| handler.phase == old) {
        is_own(draft, contract, handler)?;
        in_code(draft, handler, &mut code)?;
    }
    others_keep_theirs(draft, contract, old, &code)?;
    code.forget_uses();
    code.finish(draft)
}

/// Whether the handler carries out phases of this pipeline alone.
fn is_own(draft: &Draft<'_, '_>, contract: ContractRef, handler: &Handler) -> Result<(), Refusal> {
    let seats = draft.question.graph().seats_of(handler.code);
    match seats.iter().find(|(other, _)| *other != contract) {
        Some((other, _)) => {
            let path = draft.question.sources.path(other.file);
            let why = format!("carries out a phase of `{path}` as well");
            Err(draft.refused_at(handler.at, &why))
        }
        None => Ok(()),
    }
}

/// The place in code that names a handler's phase.
fn in_code(draft: &mut Draft<'_, '_>, handler: &Handler, code: &mut Code) -> Result<(), Refusal> {
    let at = handler.phase_at;
    if at != handler.at {
        let is_registered = draft.question.graph().registrations_in(at.file).iter();
        return match is_registered.into_iter().any(|found| found.at == at) {
            true => code.expression(draft, at),
            false => code.value(draft, at),
        };
    }
    if code.decorator(draft, at)? {
        return Ok(());
    }
    let what = if matches!(handler.code, Handled::Class(_)) { "class" } else { "function" };
    let why =
        format!("is bound to the phase by the name of the {what}; name the phase there first");
    Err(draft.refused_at(at, &why))
}

/// Whether no handler of another pipeline takes its phase from a constant that changes.
fn others_keep_theirs(
    draft: &Draft<'_, '_>,
    contract: ContractRef,
    old: Name,
    code: &Code,
) -> Result<(), Refusal> {
    let graph = draft.question.graph();
    for (file, _) in graph.files().by_path() {
        let named = graph.handlers_in(file).iter().flat_map(|handler| {
            let seats = graph.seats_of(handler.code).iter();
            seats.filter(|(other, seat)| *other != contract && seat.phase == old)
        });
        for (_, seat) in named {
            let at: Anchor = seat.phase_at;
            if code.leads_to_changed(draft, at)? {
                return Err(draft.refused_at(at, "names a phase of another pipeline by it"));
            }
        }
        if contracts_of(draft.question.sources, file).next().is_none() {
            code.is_no_key(draft, file)?;
        }
    }
    Ok(())
}
