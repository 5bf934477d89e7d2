//! `duplicate-name`: a name that may stand once stands twice.

use contracts::body::Body;
use contracts::decode::names::{Named, Role};
use contracts::kinds::causal_ordering::{Dependency, Event};
use contracts::propagation::{Boundary, Field, Phase};
use contracts::schema::Sort;
use facts::contract::ContractFacts;
use rustc_hash::FxHashMap;
use syntax::edit::yaml;
use syntax::yaml::NodeId;
use text::name::Name;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-name",
    weight: Weight::Always(Level::Warning),
    summary: "a name is given twice where one of the two counts",
    page: include_str!("../../../../docs/rules/duplicate-name.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        for phase in declared::phases(contract) {
            for sides in [&Boundary::ALL[..2], &Boundary::ALL[2..]] {
                of_side(scope, contract, (phase, sides), findings);
            }
        }
        chains(scope, contract, findings);
        names(scope, contract, findings);
        dependencies(scope, contract, findings);
    }
}

/// What stands once in a document: everything that others name without saying which of two they
/// mean. A service has a name for each of its versions.
const ONCE: [Sort; 10] = [
    Sort::Chain,
    Sort::Budget,
    Sort::Capability,
    Sort::EvolutionRule,
    Sort::Attribute,
    Sort::Checkpoint,
    Sort::Configuration,
    Sort::Objective,
    Sort::Strategy,
    Sort::Tactic,
];

/// Names that contracts of other kinds, and extensions, give twice.
fn names(scope: &FileScope<'_>, contract: &ContractFacts, findings: &mut Vec<Finding>) {
    let is_once = |named: &&Named| named.role == Role::Defines && ONCE.contains(&named.sort);
    let mut seen: FxHashMap<(Sort, Name), &Named> = FxHashMap::default();
    for named in contract.document.names.iter().filter(is_once) {
        let first = *seen.entry((named.sort, named.name)).or_insert(named);
        if std::ptr::eq(first, named) {
            continue;
        }
        let message = format!("two {} have the name `{}`", plural(named.sort), named.name);
        let finding = twice(scope, contract, (named.at, first.at), message);
        let finding = without(scope, finding, (named.within, first.within));
        findings.push(finding.help("or give it another name"));
    }
}

fn plural(sort: Sort) -> String {
    match sort.noun().strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{}s", sort.noun()),
    }
}

/// Dependencies of an ordering contract between the same two events.
fn dependencies(scope: &FileScope<'_>, contract: &ContractFacts, findings: &mut Vec<Finding>) {
    let Body::CausalOrdering(ordering) = &contract.document.body else { return };
    let mut seen = FxHashMap::default();
    for dependency in &ordering.dependencies {
        let ends = |event: &Option<Event>| event.as_ref().and_then(Event::identity);
        let (Some(before), Some(after)) = (ends(&dependency.before), ends(&dependency.after))
        else {
            continue;
        };
        let first: &Dependency = seen.entry((before, after)).or_insert(dependency);
        let named = |held: &Dependency| Some(held.after.as_ref()?.name?.at);
        if let (Some(at), Some(first_at)) = (named(dependency), named(first))
            && !std::ptr::eq(first, dependency)
        {
            let message = format!("`{}` before `{}` is asked for already", before.1, after.1);
            let finding = twice(scope, contract, (at, first_at), message);
            findings.push(without(scope, finding, (dependency.at, first.at)));
        }
    }
}

/// Of the two lists of one side of a phase.
fn of_side(
    scope: &FileScope<'_>,
    contract: &ContractFacts,
    (phase, sides): (&Phase, &[Boundary]),
    findings: &mut Vec<Finding>,
) {
    let mut seen: Vec<(Boundary, &Field)> = Vec::new();
    let fields =
        sides.iter().flat_map(|side| phase.fields(*side).iter().map(|field| (*side, field)));
    for (side, field) in fields {
        let path = field.path.value;
        let Some((first_side, first)) = seen.iter().find(|(_, held)| held.path.value == path)
        else {
            seen.push((side, field));
            continue;
        };
        let name = phase.name.value;
        let message = match side {
            _ if side == *first_side => {
                format!("`{path}` stands twice in {} of `{name}`", side.as_str())
            }
            Boundary::EntryEnrichment => {
                format!("`{path}` is both required and an enrichment of `{name}`")
            }
            _ => format!("`{path}` is both promised and optional at the exit of `{name}`"),
        };
        let finding = twice(scope, contract, (field.path.at, first.path.at), message);
        findings.push(without(scope, finding, (field.at, first.at)).about(name, path));
    }
}

fn chains(scope: &FileScope<'_>, contract: &ContractFacts, findings: &mut Vec<Finding>) {
    for (index, chain) in declared::chains(contract).iter().enumerate() {
        let Some(id) = chain.id else { continue };
        let before = &declared::chains(contract)[..index];
        let first = before.iter().find_map(|held| {
            held.id.filter(|held| held.value == id.value).map(|id| (held.at, id.at))
        });
        if let Some((first, first_id)) = first {
            let message = format!("two chains have the id `{}`", id.value);
            let finding = twice(scope, contract, (id.at, first_id), message);
            findings.push(without(scope, finding, (chain.at, first)).help("or give it another id"));
        }
    }
}

fn twice(
    scope: &FileScope<'_>,
    contract: &ContractFacts,
    (later, first): (NodeId, NodeId),
    message: String,
) -> Finding {
    let finding = declared::finding(&RULE, scope, contract, later, message)
        .label("the second time")
        .why("the loader takes both without a word, and readers take one of them for the whole truth");
    if later == first { finding } else { finding.related(scope.anchor(first), "the first time") }
}

/// With the fix that removes the later item. Where an alias repeats the first, the two are one
/// node, and removing it would remove both.
fn without(scope: &FileScope<'_>, finding: Finding, (later, first): (NodeId, NodeId)) -> Finding {
    if later == first {
        return finding.help("remove one of the two");
    }
    finding.help("remove the later (quick fix)").fix(Fix::offered(
        "remove the later",
        declared::edit(scope, yaml::Intent::RemoveItem(later)),
    ))
}
