//! `ordering-cycle`: events that are each to come before the others.

use contracts::body::Body;
use contracts::kinds::causal_ordering::{Contract, Dependency};
use facts::contract::ContractFacts;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;
use text::name::Name;

use crate::declared;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "ordering-cycle",
    weight: Weight::Always(Level::Error),
    summary: "events that are each to come before the others",
    page: include_str!("../../../../docs/rules/ordering-cycle.md"),
    check: Check::File(check),
};

/// A phase and an event in it.
type Event = (Name, Name);

/// Events, and the dependencies between them by their index.
type Events = DiGraph<Event, usize>;

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for facts in &scope.facts.contracts {
        let Body::CausalOrdering(contract) = &facts.document.body else { continue };
        let events = events(contract);
        let mut cycles: Vec<Vec<usize>> = tarjan_scc(&events)
            .into_iter()
            .filter(|together| together.len() > 1)
            .map(|together| dependencies_among(&events, &together))
            .collect();
        cycles.sort();
        findings.extend(cycles.iter().filter_map(|cycle| report(scope, facts, contract, cycle)));
    }
}

fn events(contract: &Contract) -> Events {
    let mut events = Events::new();
    let mut nodes: FxHashMap<Event, NodeIndex> = FxHashMap::default();
    for (index, dependency) in contract.dependencies.iter().enumerate() {
        let Some((before, after)) = ends(dependency) else { continue };
        let before = *nodes.entry(before).or_insert_with(|| events.add_node(before));
        let after = *nodes.entry(after).or_insert_with(|| events.add_node(after));
        events.add_edge(before, after, index);
    }
    events
}

fn ends(dependency: &Dependency) -> Option<(Event, Event)> {
    dependency.before.as_ref()?.identity().zip(dependency.after.as_ref()?.identity())
}

/// The dependencies that hold such events together, in the order of the file.
fn dependencies_among(events: &Events, together: &[NodeIndex]) -> Vec<usize> {
    let inside = |node: NodeIndex| together.contains(&node);
    let mut found: Vec<usize> = events
        .edge_indices()
        .filter(|edge| events.edge_endpoints(*edge).is_some_and(|(a, b)| inside(a) && inside(b)))
        .map(|edge| events[edge])
        .collect();
    found.sort_unstable();
    found
}

fn report(
    scope: &FileScope<'_>,
    facts: &ContractFacts,
    contract: &Contract,
    cycle: &[usize],
) -> Option<Finding> {
    let (last, others) = cycle.split_last()?;
    let last = &contract.dependencies[*last];
    let ((_, before), (_, after)) = ends(last)?;
    let at = last.before.as_ref()?.name?.at;
    let message = format!("`{before}` is to come before `{after}`, which comes before it");
    let mut finding = declared::finding(&RULE, scope, facts, at, message)
        .label("closes a circle")
        .why("no run can satisfy all of these dependencies")
        .help("remove the dependency that is wrong, or turn it round");
    for index in others {
        let dependency = &contract.dependencies[*index];
        let Some(((_, before), (_, after))) = ends(dependency) else { continue };
        let Some(named) = dependency.before.as_ref().and_then(|event| event.name) else { continue };
        finding = finding.related(scope.anchor(named.at), format!("`{before}` before `{after}`"));
    }
    Some(finding)
}
