//! Findings about the names that code tells run-time checkers.

use contracts::decode::names::{Named, Role};
use contracts::path::FieldPath;
use contracts::schema::Sort;
use facts::contract::ContractFacts;
use facts::places::Anchor;
use graph::flow::verdict::near_path;
use graph::handler::ContractRef;
use graph::project::Graph;
use graph::told::Told;
use text::name::Name;
use text::near::nearest;

use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::rule::Rule;
use crate::rules::{unknown_capability, unknown_field, unknown_handler_phase, unknown_reference};

/// The findings about all names that code tells run-time checkers, by path.
#[must_use]
pub fn findings(graph: &Graph) -> Vec<Finding> {
    let told = graph.told().filter(|told| !told.in_test);
    told.filter_map(|told| finding(graph, &told)).collect()
}

fn finding(graph: &Graph, told: &Told) -> Option<Finding> {
    match told.sort {
        Sort::Phase => phase(graph, told),
        Sort::Field => field(graph, told),
        Sort::Capability => companion(graph, told, &unknown_capability::RULE),
        Sort::Budget => companion(graph, told, &unknown_reference::RULE),
        _ => None,
    }
}

/// A phase that no contract has.
fn phase(graph: &Graph, told: &Told) -> Option<Finding> {
    let known = graph.phase_names();
    if !told.contracts.is_empty() || known.is_empty() {
        return None;
    }
    let message = format!("`{}` names phase `{}`, which no contract has", told.method, told.name);
    let finding = new(&unknown_handler_phase::RULE, told, message);
    let near = nearest(told.name.as_str(), known.iter().map(|name| name.as_str()));
    Some(match near {
        Some((near, _)) => named(finding, told, near, None),
        None => finding.help("name a phase that a contract declares"),
    })
}

/// A field that the pipeline does not declare, and that is near to one that it does. Code may write
/// what no contract declares, so that another name alone is no mistake.
fn field(graph: &Graph, told: &Told) -> Option<Finding> {
    let (contract, facts) = only(graph, told)?;
    let path = FieldPath::of(told.name);
    let phases = facts.propagation().into_iter().flat_map(|contract| &contract.phases);
    let mut near: Vec<_> = Vec::new();
    for (_, field) in phases.flat_map(|phase| phase.all_fields()) {
        let other = field.path.value;
        if other.relation(path).is_some() {
            return None;
        }
        near.extend(near_path(path, other).map(|nearness| (nearness, other, field.path.at)));
    }
    near.sort();
    let (best, other, at) = near.first().copied()?;
    if near.iter().any(|(nearness, another, _)| *nearness == best && *another != other) {
        return None;
    }
    let message = format!("`{}` names field `{path}`, which no phase declares", told.method);
    let mut finding = new(&unknown_field::RULE, told, message);
    finding.field = Some(path);
    Some(named(finding, told, other.as_str(), Some(contract.anchor(at))))
}

/// A capability or budget that the contracts of the pipeline do not have.
fn companion(graph: &Graph, told: &Told, rule: &'static Rule) -> Option<Finding> {
    let (pipeline, _) = only(graph, told)?;
    let given: Vec<(&Named, Anchor)> = graph
        .companions(pipeline)
        .filter_map(|contract| Some((contract, graph.contract(contract)?)))
        .flat_map(|(contract, facts)| {
            let names = facts.document.names.iter();
            let given =
                names.filter(|named| named.sort == told.sort && named.role == Role::Defines);
            given.map(move |named| (named, contract.anchor(named.at)))
        })
        .collect();
    if given.is_empty() || given.iter().any(|(named, _)| named.name == told.name) {
        return None;
    }
    let (method, sort, name) = (told.method, told.sort.noun(), told.name);
    let finding =
        new(rule, told, format!("`{method}` names {sort} `{name}`, which is not declared"));
    let near = nearest(name.as_str(), given.iter().map(|(named, _)| named.name.as_str()));
    Some(match near {
        Some((near, _)) => {
            let at = given.iter().find(|(named, _)| named.name == Name::new(near));
            named(finding, told, near, at.map(|(_, at)| *at))
        }
        None => finding.help(format!("declare the {sort} in a contract of the pipeline")),
    })
}

/// The contract that is meant, where it is one.
fn only<'g>(graph: &'g Graph, told: &Told) -> Option<(ContractRef, &'g ContractFacts)> {
    let [contract] = *told.contracts.as_slice() else { return None };
    Some((contract, graph.contract(contract)?))
}

fn new(rule: &'static Rule, told: &Told, message: String) -> Finding {
    Finding::new(rule, Level::Warning, told.at, message)
        .label("told to a checker at run time")
        .why("checkers pass over names that they do not know: nothing is checked or recorded")
}

/// With the name that may be meant.
fn named(finding: Finding, told: &Told, near: &str, declared_at: Option<Anchor>) -> Finding {
    let finding = declared_at
        .into_iter()
        .fold(finding, |finding, at| finding.related(at, format!("`{near}` is declared here")));
    let rename = Intent::PythonString(told.at, near.to_owned());
    finding
        .help(format!("name `{near}`, if that is meant (quick fix)"))
        .fix(Fix::offered(format!("name `{near}`"), vec![rename]))
}
