//! Phases in branches, joins and loops.
//!
//! Nothing here follows path after path, of which there may be very many: every question is answered
//! by visiting each phase and each edge a few times.

use contracts::path::FieldPath;
use petgraph::Direction::{self, Incoming, Outgoing};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::order::plan::{Ask, Edge, Merge, Passage, Plan, Product, Taken};
use crate::order::{Entrance, Merging, Phases, Way};

/// A graph of phases; a node's index is its phase's.
#[derive(Clone, Debug)]
pub(super) struct Web {
    graph: DiGraph<(), Passage>,
    /// Where the pipeline may begin, ascending.
    pub(super) starts: Vec<usize>,
    /// Where it may end, ascending.
    pub(super) lasts: Vec<usize>,
    /// What can be reached from a start.
    pub(super) reachable: Phases,
    /// An order to visit phases in, loops from the start on.
    pub(super) sequence: Vec<usize>,
    /// Whether there are loops.
    pub(super) loops: bool,
    /// How fields come together before a phase.
    pub(super) merges: FxHashMap<usize, Vec<Merging>>,
    /// By phase.
    pub(super) asks: Vec<Ask>,
    /// By phase.
    pub(super) products: Vec<Product>,
    /// Whether all that was drawn is here.
    pub(super) is_whole: bool,
}

impl Web {
    pub(super) fn new(phases: usize, plan: Plan) -> Web {
        let mut graph = DiGraph::with_capacity(phases, plan.edges.len() + plan.ordered.len());
        for _ in 0..phases {
            graph.add_node(());
        }
        for Edge { from, to, passage } in plan.edges {
            graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), passage);
        }
        let starts = plan.starts.unwrap_or_else(|| starts(&graph));
        let lasts = lasts(&graph);
        let reachable = search(&graph, &starts, Outgoing, |passage| passage.taken != Taken::Never);
        add_ordered(&mut graph, plan.ordered);
        let sequence = sequence(&graph, &starts);
        let mut asks = plan.asks;
        asks.sort_by_key(|ask| ask.phase);
        let mut products = plan.products;
        products.sort_by_key(|product| product.phase);
        Web {
            loops: loops(&graph, &sequence),
            sequence,
            starts,
            lasts,
            reachable: Phases::Marked(reachable),
            graph,
            merges: merges(plan.merges),
            asks,
            products,
            is_whole: plan.is_whole,
        }
    }

    pub(super) fn leads_to(&self, first: usize, then: usize) -> bool {
        let [first, then] = [first, then].map(NodeIndex::new);
        petgraph::algo::has_path_connecting(&self.graph, first, then, None)
    }

    pub(super) fn before(&self, phase: usize) -> Phases {
        Phases::Marked(self.beyond(phase, Incoming))
    }

    pub(super) fn behind(&self, phase: usize) -> Phases {
        Phases::Marked(self.beyond(phase, Outgoing))
    }

    /// What lies beyond a phase; itself only where a loop leads back.
    fn beyond(&self, phase: usize, direction: Direction) -> Vec<bool> {
        let next = self.graph.neighbors_directed(NodeIndex::new(phase), direction);
        let next: Vec<usize> = next.map(NodeIndex::index).collect();
        search(&self.graph, &next, direction, |_| true)
    }

    pub(super) fn apart_from(&self, phase: usize) -> Phases {
        let before = self.beyond(phase, Incoming);
        let after = self.beyond(phase, Outgoing);
        let apart = |other: usize| !before[other] && !after[other] && other != phase;
        Phases::Marked((0..before.len()).map(apart).collect())
    }

    /// Phases apart from this one that run whenever it does, and the other way round: both follow
    /// from one phase on edges that are always taken, or both from phases that begin the pipeline.
    pub(super) fn at_once(&self, phase: usize) -> Phases {
        let is_certain = |passage: &Passage| passage.taken == Taken::Always;
        let causes = search(&self.graph, &[phase], Incoming, is_certain);
        let mut causes: Vec<usize> = (0..causes.len()).filter(|cause| causes[*cause]).collect();
        let begins = |start: &usize| {
            self.graph.neighbors_directed(NodeIndex::new(*start), Incoming).next().is_none()
        };
        if causes.iter().any(|cause| self.starts.binary_search(cause).is_ok() && begins(cause)) {
            causes.extend(self.starts.iter().filter(|start| begins(start)));
        }
        let effects = search(&self.graph, &causes, Outgoing, is_certain);
        let apart = self.apart_from(phase);
        Phases::Marked((0..effects.len()).map(|one| effects[one] && apart.contains(one)).collect())
    }

    pub(super) fn entrances(&self) -> Vec<Entrance<'_>> {
        let phases = self.graph.node_indices();
        let entrance = |node: NodeIndex| {
            let edges = self.graph.edges_directed(node, Incoming);
            let mut ways: SmallVec<[Way<'_>; 1]> = edges
                .map(|edge| Way { from: edge.source().index(), passage: Some(edge.weight()) })
                .collect();
            ways.sort_by_key(|way| way.from);
            let merges = self.merges.get(&node.index()).map_or(&[][..], Vec::as_slice);
            let is_start = self.starts.binary_search(&node.index()).is_ok();
            Entrance { is_start, ways, merges }
        };
        phases.map(entrance).collect()
    }

    pub(super) fn after(&self, phase: usize) -> SmallVec<[(usize, Option<&Passage>); 2]> {
        let edges = self.graph.edges_directed(NodeIndex::new(phase), Outgoing);
        let mut after: SmallVec<[(usize, Option<&Passage>); 2]> =
            edges.map(|edge| (edge.target().index(), Some(edge.weight()))).collect();
        after.sort_by_key(|(next, _)| *next);
        after
    }
}

/// What can be reached from some phases, themselves included, on edges that fit.
fn search(
    graph: &DiGraph<(), Passage>,
    from: &[usize],
    direction: Direction,
    fits: impl Fn(&Passage) -> bool,
) -> Vec<bool> {
    let mut reached = vec![false; graph.node_count()];
    let mut waiting: Vec<usize> = from.to_vec();
    while let Some(phase) = waiting.pop() {
        if std::mem::replace(&mut reached[phase], true) {
            continue;
        }
        for edge in graph.edges_directed(NodeIndex::new(phase), direction) {
            let next = if direction == Outgoing { edge.target() } else { edge.source() };
            if fits(edge.weight()) && !reached[next.index()] {
                waiting.push(next.index());
            }
        }
    }
    reached
}

/// Where the pipeline may begin: phases that an edge leads out of and none in, and the first of the
/// contract where none but loops lead back to it. Where a loop leads into everything, its first.
fn starts(graph: &DiGraph<(), Passage>) -> Vec<usize> {
    let others = |node: NodeIndex, direction: Direction| {
        graph.neighbors_directed(node, direction).any(|other| other != node)
    };
    let mut starts: Vec<usize> = graph
        .node_indices()
        .filter(|node| !others(*node, Incoming) && others(*node, Outgoing))
        .map(NodeIndex::index)
        .collect();
    if graph.node_count() > 0 {
        let after = search(graph, &[0], Outgoing, |_| true);
        let mut before = graph.neighbors_directed(NodeIndex::new(0), Incoming);
        if before.all(|phase| after[phase.index()]) {
            starts.push(0);
        }
    }
    if starts.is_empty() {
        starts = heads_of_outer_loops(graph);
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// The first phase of each loop that nothing else leads into.
fn heads_of_outer_loops(graph: &DiGraph<(), Passage>) -> Vec<usize> {
    let (components, of_phase) = components(graph);
    let mut is_inner = vec![false; components.len()];
    for edge in graph.raw_edges() {
        let [from, to] = [edge.source(), edge.target()].map(|node| of_phase[node.index()]);
        is_inner[to] |= from != to;
    }
    let outer = components.iter().zip(is_inner).filter(|(_, is_inner)| !is_inner);
    let loops = outer.filter(|(component, _)| component.len() > 1);
    loops.filter_map(|(component, _)| component.iter().copied().min()).collect()
}

/// Where the pipeline may end: phases that no edge leads out of, or none that is always taken, and
/// all of a loop that no edge leads out of.
fn lasts(graph: &DiGraph<(), Passage>) -> Vec<usize> {
    let (components, of_phase) = components(graph);
    let mut has_exit = vec![false; components.len()];
    let mut goes_on = vec![false; graph.node_count()];
    for edge in graph.raw_edges() {
        let [from, to] = [edge.source().index(), edge.target().index()];
        has_exit[of_phase[from]] |= of_phase[from] != of_phase[to];
        goes_on[from] |= from != to && edge.weight.taken == Taken::Always;
    }
    let ends = |phase: &usize| !goes_on[*phase] || !has_exit[of_phase[*phase]];
    (0..graph.node_count()).filter(ends).collect()
}

/// Phases that lead to each other, and for each phase the place of those it belongs to.
fn components<E>(graph: &DiGraph<(), E>) -> (Vec<Vec<usize>>, Vec<usize>) {
    let found = kosaraju_scc(graph).into_iter();
    let components: Vec<Vec<usize>> =
        found.map(|nodes| nodes.into_iter().map(NodeIndex::index).collect()).collect();
    let mut of_phase = vec![0; graph.node_count()];
    for (place, component) in components.iter().enumerate() {
        for phase in component {
            of_phase[*phase] = place;
        }
    }
    (components, of_phase)
}

/// Adds what is known of the order beside the edges. What they say already, and what contradicts
/// them or itself, is left out.
fn add_ordered(graph: &mut DiGraph<(), Passage>, mut ordered: Vec<(usize, usize)>) {
    ordered.sort_unstable();
    ordered.dedup();
    let mut all = graph.map(|_, ()| (), |_, _| ());
    for (first, then) in &ordered {
        all.add_edge(NodeIndex::new(*first), NodeIndex::new(*then), ());
    }
    let (_, of_phase) = components(&all);
    let mut new = Vec::new();
    for pairs in ordered.chunk_by(|(one, _), (other, _)| one == other) {
        let after = search(graph, &[pairs[0].0], Outgoing, |_| true);
        let said =
            |(first, then): &&(usize, usize)| after[*then] || of_phase[*first] == of_phase[*then];
        new.extend(pairs.iter().filter(|pair| !said(pair)));
    }
    for (first, then) in new {
        let passage = Passage { taken: Taken::Never, ..Passage::default() };
        graph.add_edge(NodeIndex::new(first), NodeIndex::new(then), passage);
    }
}

/// All phases, each after those that lead to it, but for edges that lead back.
fn sequence(graph: &DiGraph<(), Passage>, starts: &[usize]) -> Vec<usize> {
    let mut visit = petgraph::visit::DfsPostOrder::empty(graph);
    let mut sequence = Vec::with_capacity(graph.node_count());
    let starts = starts.iter().map(|start| NodeIndex::new(*start));
    for node in starts.chain(graph.node_indices()) {
        visit.move_to(node);
        while let Some(found) = visit.next(graph) {
            sequence.push(found.index());
        }
    }
    sequence.reverse();
    sequence
}

/// Whether any edge leads back in this sequence.
fn loops(graph: &DiGraph<(), Passage>, sequence: &[usize]) -> bool {
    let mut place = vec![0; sequence.len()];
    for (number, phase) in sequence.iter().enumerate() {
        place[*phase] = number;
    }
    let mut edges = graph.raw_edges().iter();
    edges.any(|edge| place[edge.target().index()] <= place[edge.source().index()])
}

fn merges(drawn: Vec<Merge>) -> FxHashMap<usize, Vec<Merging>> {
    let mut merges: FxHashMap<usize, Vec<Merging>> = FxHashMap::default();
    for Merge { phase, sources, policies } in drawn {
        let merging =
            |(field, policy): (FieldPath, _)| Merging { field, sources: sources.clone(), policy };
        merges.entry(phase).or_default().extend(policies.into_iter().map(merging));
    }
    merges
}
