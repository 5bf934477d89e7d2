//! The plan that a contract draws with `graph_topology`.
//!
//! A name that no phase has is told by a rule. An edge that uses one may be anywhere, so that the
//! plan is not whole without it.

use std::collections::BTreeSet;

use contracts::path::FieldPath;
use contracts::propagation::topology::{self, Cycle, MergePoint, Topology};
use contracts::propagation::{Boundary, Contract, Located};
use rustc_hash::FxHashMap;
use text::name::Name;

use crate::order::plan::{Ask, AskedBy, Edge, Merge, MergePolicy, Passage, Plan, Product, Taken};

/// The plan of a contract, with pairs of phases of which the first is known to run before the second.
#[must_use]
pub fn plan(contract: &Contract, ordered: &[(Name, Name)]) -> Plan {
    let Some(topology) = &contract.topology else { return Plan::default() };
    let mut drawing = Drawing { contract, phases: phases(contract), plan: Plan::default() };
    drawing.plan.is_whole = topology.has_all_edges;
    drawing.edges(topology);
    drawing.nodes(topology);
    topology.merges.iter().for_each(|merge| drawing.merge(merge));
    drawing.cycles(&topology.cycles);
    let known = |(first, then): &(Name, Name)| {
        Some((*drawing.phases.get(first)?, *drawing.phases.get(then)?))
    };
    drawing.plan.ordered = ordered.iter().filter_map(known).collect();
    drawing.plan
}

/// The index of each phase by its name; of two with one name, the first.
fn phases(contract: &Contract) -> FxHashMap<Name, usize> {
    let mut phases = FxHashMap::default();
    for (index, phase) in contract.phases.iter().enumerate() {
        phases.entry(phase.name.value).or_insert(index);
    }
    phases
}

struct Drawing<'c> {
    contract: &'c Contract,
    phases: FxHashMap<Name, usize>,
    plan: Plan,
}

impl Drawing<'_> {
    fn index(&self, name: Option<Located<Name>>) -> Option<usize> {
        self.phases.get(&name?.value).copied()
    }

    fn edges(&mut self, topology: &Topology) {
        for edge in &topology.edges {
            let (Some(from), Some(to)) = (self.index(edge.from), self.index(edge.to)) else {
                self.plan.is_whole = false;
                continue;
            };
            let taken = if edge.condition.is_some() { Taken::Sometimes } else { Taken::Always };
            let drops = edge.drops.iter().map(|field| (field.value, field.at)).collect();
            self.plan.edges.push(Edge { from, to, passage: Passage { taken, drops } });
            for field in &edge.preserves {
                self.ask(*field, from, AskedBy::Edge(to));
            }
        }
    }

    /// What nodes say beside the entries and exits of their phases.
    fn nodes(&mut self, topology: &Topology) {
        for node in &topology.nodes {
            let Some(phase) = self.index(Some(node.name)) else { continue };
            for field in &node.requires {
                if !self.declares(phase, field.value, Boundary::is_entry) {
                    self.ask(*field, phase, AskedBy::Node);
                }
            }
            for field in &node.optional {
                self.ask(*field, phase, AskedBy::NodeIfThere);
            }
            for field in &node.produces {
                if !self.declares(phase, field.value, |boundary| !boundary.is_entry()) {
                    let (field, at) = (field.value, field.at);
                    self.plan.products.push(Product { field, phase, at });
                }
            }
        }
    }

    fn merge(&mut self, drawn: &MergePoint) {
        let Some(phase) = self.index(drawn.node) else { return };
        let sources = drawn.sources.iter().filter_map(|source| self.index(Some(*source)));
        let sources = sources.collect();
        let policies = drawn.policies.iter().map(|(field, policy)| (field.value, meaning(*policy)));
        self.plan.merges.push(Merge { phase, sources, policies: policies.collect() });
        for (field, policy) in &drawn.policies {
            use topology::MergePolicy::{RequiredFromAll, RequiredFromAny};
            let is_required = matches!(policy, RequiredFromAny | RequiredFromAll);
            if is_required && !self.declares(phase, field.value, Boundary::is_entry) {
                self.ask(*field, phase, AskedBy::Merge);
            }
        }
    }

    /// What loops keep has to be there where they are entered, and when they come around.
    fn cycles(&mut self, cycles: &[Cycle]) {
        let mut before: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for edge in &self.plan.edges {
            before.entry(edge.to).or_default().push(edge.from);
        }
        for cycle in cycles {
            let nodes = cycle.nodes.iter().filter_map(|name| self.index(Some(*name)));
            let inside: BTreeSet<usize> = nodes.collect();
            let is_entered = |node: &usize| {
                before.get(node).is_some_and(|from| from.iter().any(|one| !inside.contains(one)))
            };
            let mut heads: Vec<usize> = inside.iter().copied().filter(is_entered).collect();
            if heads.is_empty() {
                heads.extend(inside.first());
            }
            for head in heads {
                for field in &cycle.invariants {
                    self.ask(*field, head, AskedBy::Loop(cycle.id.map(|id| id.value)));
                }
            }
        }
    }

    fn ask(&mut self, field: Located<FieldPath>, phase: usize, by: AskedBy) {
        self.plan.asks.push(Ask { field: field.value, phase, by, at: field.at });
    }

    /// Whether the phase says the same of a field by itself.
    fn declares(&self, phase: usize, field: FieldPath, list: fn(Boundary) -> bool) -> bool {
        let mut fields = self.contract.phases[phase].all_fields();
        fields.any(|(boundary, declared)| list(boundary) && declared.path.value == field)
    }
}

fn meaning(policy: topology::MergePolicy) -> MergePolicy {
    match policy {
        topology::MergePolicy::RequiredFromAny
        | topology::MergePolicy::PreferLatest
        | topology::MergePolicy::UnionAll => MergePolicy::Any,
        topology::MergePolicy::RequiredFromAll => MergePolicy::All,
        topology::MergePolicy::Optional => MergePolicy::Optional,
    }
}
