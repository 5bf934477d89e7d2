//! The pipelines and phases that the code around the cursor works for.

use std::collections::BTreeSet;

use contracts::path::FieldPath;
use facts::places::Anchor;
use graph::handler::{Code, ContractRef};
use graph::pipeline::Pipeline;
use text::name::Name;

use super::super::Request;
use super::super::fields::Catalogue;
use super::tokens::Words;

/// How many pipelines are asked.
pub(super) const MOST_PIPELINES: usize = 4;

/// A pipeline, and the phases in it that the code works for.
pub(super) struct Seated {
    pub(super) pipeline: Pipeline,
    /// By index.
    phases: BTreeSet<usize>,
}

/// The pipelines and phases of the class or function around the cursor, by what they are called: a
/// function that does not parse for the moment is still known by its name.
pub(super) fn seats(request: &Request<'_>, words: &Words<'_>) -> Vec<Seated> {
    let graph = request.sources.graph();
    let handlers = graph.handlers_in(request.file);
    let (class, qualified) = names(words);
    let is_it = |code: &Code, name: Name| match code {
        Code::Class(_) => class.as_deref() == Some(name.as_str()),
        Code::Function(_) => qualified.iter().any(|own| own == name.as_str()),
    };
    let bound = |wanted: &dyn Fn(&Code, Name) -> bool| {
        let handlers = handlers.iter().filter(|handler| wanted(&handler.code, handler.name));
        let seats = handlers.flat_map(|handler| graph.seats_of(handler.code));
        seats.map(|(contract, seat)| (*contract, seat.phase)).collect::<BTreeSet<_>>()
    };
    let own = bound(&is_it);
    if !own.is_empty() {
        return built(request, &own);
    }
    let through = qualified
        .iter()
        .flat_map(|name| graph.pipelines_through(request.file, Name::new(name), MOST_PIPELINES).0)
        .collect::<BTreeSet<ContractRef>>();
    if through.is_empty() {
        // Nobody comes by here yet; whoever shall is probably near.
        return built(request, &bound(&|_, _| true));
    }
    through
        .into_iter()
        .take(MOST_PIPELINES)
        .filter_map(|contract| {
            let pipeline = graph.build(contract)?.pipeline;
            let functions = functions(request, &qualified);
            let is_here =
                |at: Anchor| at.file == request.file && functions.contains(&at.local.unit);
            let phases = pipeline.phases.iter().filter(|phase| {
                phase.handlers.iter().filter_map(|handler| handler.summary.as_ref()).any(
                    |summary| {
                        summary.reads.iter().any(|read| is_here(read.site.at))
                            || summary.writes.iter().any(|write| is_here(write.site.at))
                    },
                )
            });
            let phases = phases.map(|phase| phase.index).collect();
            Some(Seated { pipeline, phases })
        })
        .collect()
}

fn built(request: &Request<'_>, seats: &BTreeSet<(ContractRef, Name)>) -> Vec<Seated> {
    let mut contracts: Vec<ContractRef> = seats.iter().map(|(contract, _)| *contract).collect();
    contracts.dedup();
    let seated = contracts.into_iter().take(MOST_PIPELINES).filter_map(|contract| {
        let pipeline = request.sources.graph().build(contract)?.pipeline;
        let phases = pipeline.phases.iter().filter(|phase| seats.contains(&(contract, phase.name)));
        let phases = phases.map(|phase| phase.index).collect();
        Some(Seated { pipeline, phases })
    });
    seated.collect()
}

/// The class around the cursor, by its dotted name, and the functions around it by their qualified
/// names, innermost first.
pub(super) fn names(words: &Words<'_>) -> (Option<String>, Vec<String>) {
    let mut class: Option<String> = None;
    let mut prefix = String::new();
    let mut functions = Vec::new();
    for scope in &words.scopes {
        let name = format!("{prefix}{}", scope.name);
        if scope.is_class {
            prefix = format!("{name}.");
            if functions.is_empty() {
                class = Some(name);
            }
        } else {
            prefix = format!("{name}.<locals>.");
            functions.push(name);
        }
    }
    functions.reverse();
    (class, functions)
}

/// The units of the functions with these qualified names.
fn functions(request: &Request<'_>, qualified: &[String]) -> BTreeSet<u32> {
    let known = request.sources.graph().files().get(request.file);
    let facts = known.and_then(|file| file.facts.as_ref()?.python.as_ref());
    let Some(facts) = facts else {
        return BTreeSet::new();
    };
    let units = (1..).zip(&facts.functions);
    let named = units
        .filter(|(_, function)| qualified.iter().any(|name| name == function.qualified.as_str()));
    named.map(|(unit, _)| unit).collect()
}

impl Seated {
    /// How likely code of these phases means `path`; smaller is likelier.
    pub(super) fn group(&self, all: &Catalogue<'_>, path: FieldPath, is_write: bool) -> usize {
        let own = self.phases.iter().map(|index| &self.pipeline.phases[*index]);
        let (mut enters, mut leaves, mut arrives) = (false, false, false);
        for phase in own {
            for (boundary, field) in self.pipeline.declared(phase).all_fields() {
                let declared = field.path.value;
                let is_it = declared.relation(path).is_some();
                enters |= is_it && boundary.is_entry();
                leaves |= is_it && !boundary.is_entry();
            }
            arrives |= all.arrives(path, &all.before(phase.index));
        }
        let order = if is_write { [leaves, enters, arrives] } else { [enters, arrives, leaves] };
        order.into_iter().position(|holds| holds).unwrap_or(order.len())
    }
}
