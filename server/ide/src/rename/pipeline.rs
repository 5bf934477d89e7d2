//! The id of a pipeline.

use contracts::schema::Sort;
use facts::places::{Anchor, FileId};
use facts::python::Constant;
use graph::handler::{Code as Handler, ContractRef};
use graph::names::Lookup;
use text::name::Name;

use super::code::Code;
use super::draft::Draft;
use super::{Refusal, contract, settings};
use crate::named::{self, Reach};

/// Attributes of handlers that name a pipeline.
const ATTRIBUTES: [&str; 2] = ["pipeline", "pipeline_id"];

pub(super) fn rename(
    draft: &mut Draft<'_, '_>,
    pipeline: ContractRef,
    new: &str,
) -> Result<(), Refusal> {
    let graph = draft.question.graph();
    let Some(old) = graph.contract(pipeline).and_then(|facts| facts.pipeline()) else {
        return Ok(());
    };
    is_free(draft, new)?;
    if graph.contracts_named(old).count() > 1 {
        let other = graph.contracts_named(old).find(|other| *other != pipeline);
        let path = other.map_or("", |other| draft.question.sources.path(other.file).as_str());
        return Err(Refusal::new(format!("`{path}` has the same pipeline id")));
    }
    let contracts = named::contracts(graph, Reach::Pipeline(pipeline));
    contract::rename(draft, &contracts, &|found| {
        let is_it = found.named.sort == Sort::Pipeline && found.named.name == old;
        Ok(is_it.then(|| new.to_owned()))
    })?;
    for section in graph.settings().pipelines.iter() {
        if section.name.value == old.as_str() {
            settings::key(draft, section.name.span, new)?;
        }
    }
    in_code(draft, old, new)
}

fn is_free(draft: &Draft<'_, '_>, new: &str) -> Result<(), Refusal> {
    let graph = draft.question.graph();
    let name = Name::new(new);
    let known = graph.contracts_named(name).chain(graph.companions_named(name)).next();
    if let Some(known) = known {
        let path = draft.question.sources.path(known.file);
        return Err(Refusal::new(format!("`{path}` names a pipeline `{new}` already")));
    }
    match graph.settings().pipeline(new) {
        Some(_) => Err(Refusal::new(format!("settings name a pipeline `{new}` already"))),
        None => Ok(()),
    }
}

/// The attributes of handlers that name the pipeline.
fn in_code(draft: &mut Draft<'_, '_>, old: Name, new: &str) -> Result<(), Refusal> {
    let graph = draft.question.graph();
    let lookup = Lookup::new(graph.files(), graph.settings());
    let files: Vec<FileId> = graph.files().by_path().into_iter().map(|(file, _)| file).collect();
    let mut code = Code::new(old, new);
    for file in files {
        for handler in graph.handlers_in(file) {
            let Handler::Class(class) = handler.code else { continue };
            let named = ATTRIBUTES.iter().find_map(|name| {
                let found = lookup.attribute(class, Name::new(name))?;
                let is_it = lookup.text_of(found.class.file, found.value) == Some(old);
                let at = Anchor { file: found.class.file, local: found.at };
                (is_it && !matches!(found.value, Constant::Unknown)).then_some(at)
            });
            if let Some(at) = named {
                code.value(draft, at)?;
            }
        }
    }
    code.finish(draft)
}
