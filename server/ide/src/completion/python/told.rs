//! Names that code tells run-time checkers: `guard.phase("`.

use std::collections::BTreeSet;

use contracts::path::FieldPath;
use contracts::schema::Sort;
use facts::python::provenance::{Told, told};
use graph::handler::ContractRef;
use graph::pipeline::Pipeline;
use text::name::Name;

use super::super::fields::Catalogue;
use super::super::{ItemKind, Request, prose};
use super::seats::{MOST_PIPELINES, seats};
use super::tokens::{Token, Words};
use crate::named::{self, Reach};

/// A name that may be meant.
pub(super) struct Offer {
    pub(super) name: String,
    pub(super) kind: ItemKind,
    pub(super) detail: String,
    pub(super) documentation: Option<String>,
    /// How likely it is; smaller is likelier.
    pub(super) group: usize,
}

/// The call around the cursor.
struct Call<'w, 't> {
    words: &'w Words<'t>,
    /// The index of its bracket.
    open: usize,
    /// What its method names, by position and keyword.
    names: Told,
}

/// What may be named at the cursor; none where no checker is told anything there.
pub(super) fn offers(request: &Request<'_>, words: &Words<'_>) -> Option<Vec<Offer>> {
    let call = Call::around(words)?;
    let end = words.tokens.len();
    let sort = call.sort_at(call.argument(end)?)?;
    let phase = call.phase().map(Name::new);
    let contracts = contracts(request, words, phase.filter(|_| sort != Sort::Phase));
    let mut offers: Vec<Offer> = Vec::new();
    for contract in contracts.into_iter().take(MOST_PIPELINES) {
        let Some(built) = request.sources.graph().build(contract) else { continue };
        let of_it = match sort {
            Sort::Phase => phases(request, &built.pipeline),
            Sort::Field => fields(request, &built.pipeline, phase),
            sort => things(request, &built.pipeline, sort),
        };
        offers.extend(of_it);
    }
    let mut seen = BTreeSet::new();
    offers.retain(|offer| seen.insert(offer.name.clone()));
    Some(offers)
}

impl<'w, 't> Call<'w, 't> {
    fn around(words: &'w Words<'t>) -> Option<Call<'w, 't>> {
        let open = *words.open.last()?;
        let token = |back: usize| open.checked_sub(back).map(|index| words.tokens[index]);
        if words.tokens[open] != Token::Mark("(") {
            return None;
        }
        let Some(Token::Name(method)) = token(1) else { return None };
        let object = match (token(2), token(3), token(4), token(5)) {
            (Some(Token::Mark(".")), Some(Token::Name(object)), ..)
            | (
                Some(Token::Mark(".")),
                Some(Token::Mark(")")),
                Some(Token::Mark("(")),
                Some(Token::Name(object)),
            ) => object,
            _ => "",
        };
        Some(Call { words, open, names: told(method, object)? })
    }

    /// The argument that begins at the word `at`: its position, and its keyword if it has one.
    fn argument(&self, at: usize) -> Option<(usize, Option<&'t str>)> {
        let tokens = &self.words.tokens;
        let mut depth = 0_usize;
        let mut position = 0;
        for token in tokens.get(self.open + 1..at)? {
            match token {
                Token::Mark("(" | "[" | "{") => depth += 1,
                Token::Mark(")" | "]" | "}") => depth = depth.checked_sub(1)?,
                Token::Mark(",") if depth == 0 => position += 1,
                _ => {}
            }
        }
        match (tokens[at - 1], at.checked_sub(2).map(|index| tokens[index])) {
            (Token::Mark("="), Some(Token::Name(keyword))) => Some((position, Some(keyword))),
            (Token::Mark("(" | ","), _) => Some((position, None)),
            _ => None,
        }
    }

    /// What the method takes an argument for.
    fn sort_at(&self, (position, keyword): (usize, Option<&str>)) -> Option<Sort> {
        let mut names = self.names.iter();
        let found = names.find(|(_, index, name)| match keyword {
            Some(keyword) => *name == keyword,
            None => *index == position,
        });
        found.map(|(sort, ..)| *sort)
    }

    /// The phase that stands in the call, before the cursor.
    fn phase(&self) -> Option<&'t str> {
        let words = self.open + 1..self.words.tokens.len();
        words.into_iter().find_map(|at| {
            let Token::Text(text) = self.words.tokens[at] else { return None };
            let is_phase = self.sort_at(self.argument(at)?) == Some(Sort::Phase);
            text.filter(|_| is_phase)
        })
    }
}

/// The contracts that may be meant: those with the phase that stands beside the name, else those that
/// the file names elsewhere, else those of the handlers around, else the nearest.
fn contracts(request: &Request<'_>, words: &Words<'_>, phase: Option<Name>) -> Vec<ContractRef> {
    let graph = request.sources.graph();
    let path = Name::new(request.sources.path(request.file).as_str());
    let beside = phase.map_or_else(Vec::new, |phase| graph.contracts_with_phase(phase, path));
    let told = || {
        let told = graph.told_in(request.file).into_iter();
        let told = told.filter(|told| !request.is_here(told.at));
        told.flat_map(|told| told.contracts).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let around = || seats(request, words).iter().map(|seated| seated.pipeline.contract).collect();
    let ways: [&dyn Fn() -> Vec<ContractRef>; 4] =
        [&|| beside.clone(), &told, &around, &|| graph.contracts_near(path)];
    ways.into_iter().map(|way| way()).find(|found| !found.is_empty()).unwrap_or_default()
}

fn phases(request: &Request<'_>, pipeline: &Pipeline) -> Vec<Offer> {
    let offers = pipeline.phases.iter().map(|phase| {
        let description = pipeline.declared(phase).description;
        let described = description.map(|node| pipeline.anchor(node));
        Offer {
            name: phase.name.to_string(),
            kind: ItemKind::Phase,
            detail: format!("phase of {}", pipeline.name),
            documentation: described.and_then(|at| prose::text_at(request.sources, at)),
            group: 0,
        }
    });
    offers.collect()
}

/// The fields that phases declare, those of the phase in the call first.
fn fields(request: &Request<'_>, pipeline: &Pipeline, phase: Option<Name>) -> Vec<Offer> {
    let catalogue = Catalogue::new(pipeline, |at| request.is_here(at));
    let mut offers: Vec<(FieldPath, Offer)> = Vec::new();
    let own = |one: &&graph::pipeline::Phase| Some(one.name) != phase;
    let mut phases: Vec<_> = pipeline.phases.iter().collect();
    phases.sort_by_key(own);
    for one in phases {
        for (_, field) in pipeline.declared(one).all_fields() {
            let path = field.path.value;
            if path.has_wildcard() || offers.iter().any(|(known, _)| *known == path) {
                continue;
            }
            let offer = Offer {
                name: path.to_string(),
                kind: ItemKind::Field,
                detail: format!("{} of {}", catalogue.detail(path), pipeline.name),
                documentation: catalogue.description(request.sources, path),
                group: usize::from(phase.is_some_and(|phase| one.name != phase)),
            };
            offers.push((path, offer));
        }
    }
    offers.into_iter().map(|(_, offer)| offer).collect()
}

/// The names of another sort in the contracts of the pipeline, those that are defined first.
fn things(request: &Request<'_>, pipeline: &Pipeline, sort: Sort) -> Vec<Offer> {
    let reach = Reach::Pipeline(pipeline.contract);
    let uses = named::uses_of(request.sources.graph(), sort, reach).into_iter();
    let offers = uses.map(|found| Offer {
        name: found.named.name.to_string(),
        kind: ItemKind::Name,
        detail: format!("{} of {}", sort.noun(), pipeline.name),
        documentation: None,
        group: usize::from(!found.defines()),
    });
    let mut offers: Vec<Offer> = offers.collect();
    offers.sort_by_key(|offer| offer.group);
    offers
}
