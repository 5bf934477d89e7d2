//! `graph_topology`, decoded: how the phases of a pipeline follow each other.

use syntax::yaml::NodeId;
use text::name::Name;

use crate::decode::view::View;
use crate::kinds::propagation::graph_topology::{CYCLE, EDGE, MERGE_POINT, NODE, TOPOLOGY};
use crate::path::FieldPath;
use crate::propagation::Located;
use crate::schema::Place;
use crate::shared_keys::{all_of, key};

/// How the phases of a pipeline follow each other.
#[derive(Clone, PartialEq, Debug)]
pub struct Topology {
    /// The mapping's node.
    pub at: NodeId,
    /// `nodes`.
    pub nodes: Vec<Node>,
    /// `edges`.
    pub edges: Vec<Edge>,
    /// False where something stands among the edges, or in their place, that is none.
    pub has_all_edges: bool,
    /// `merge_points`.
    pub merges: Vec<MergePoint>,
    /// `cycle_invariants`.
    pub cycles: Vec<Cycle>,
}

/// One phase of the graph.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// Its name, at its key.
    pub name: Located<Name>,
    /// The node of what is said of it.
    pub at: NodeId,
    /// Where `description` is written.
    pub description: Option<NodeId>,
    /// `requires`.
    pub requires: Vec<Located<FieldPath>>,
    /// `produces`.
    pub produces: Vec<Located<FieldPath>>,
    /// `optional`: fields that it takes where they are there.
    pub optional: Vec<Located<FieldPath>>,
}

/// One way from a phase to another.
#[derive(Clone, PartialEq, Debug)]
pub struct Edge {
    /// The mapping's node.
    pub at: NodeId,
    /// `from`.
    pub from: Option<Located<Name>>,
    /// `to`.
    pub to: Option<Located<Name>>,
    /// Where `condition` is written; its text is read when somebody asks for it.
    pub condition: Option<NodeId>,
    /// `preserves`.
    pub preserves: Vec<Located<FieldPath>>,
    /// `drops`.
    pub drops: Vec<Located<FieldPath>>,
}

/// One place where branches come together.
#[derive(Clone, PartialEq, Debug)]
pub struct MergePoint {
    /// The mapping's node.
    pub at: NodeId,
    /// `node`.
    pub node: Option<Located<Name>>,
    /// `sources`.
    pub sources: Vec<Located<Name>>,
    /// `merge_policy`: fields with the word for each, as far as there is such a word.
    pub policies: Vec<(Located<FieldPath>, MergePolicy)>,
}

/// How a field of several branches is brought together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MergePolicy {
    /// One branch has to bring it.
    RequiredFromAny,
    /// Every branch has to bring it.
    RequiredFromAll,
    /// What was written last counts.
    PreferLatest,
    /// The items of all branches together.
    UnionAll,
    /// No branch has to bring it.
    Optional,
}

impl MergePolicy {
    /// The policy that contracts write so.
    #[must_use]
    pub fn parse(word: &str) -> Option<MergePolicy> {
        match word {
            "required_from_any" => Some(MergePolicy::RequiredFromAny),
            "required_from_all" => Some(MergePolicy::RequiredFromAll),
            "prefer_latest" => Some(MergePolicy::PreferLatest),
            "union_all" => Some(MergePolicy::UnionAll),
            "optional" => Some(MergePolicy::Optional),
            _ => None,
        }
    }
}

/// One loop.
#[derive(Clone, PartialEq, Debug)]
pub struct Cycle {
    /// The mapping's node.
    pub at: NodeId,
    /// `cycle_id`.
    pub id: Option<Located<Name>>,
    /// `nodes`.
    pub nodes: Vec<Located<Name>>,
    /// `invariant_fields`.
    pub invariants: Vec<Located<FieldPath>>,
}

pub(super) fn read(view: &View<'_>) -> Topology {
    let nodes = view.map(key!(TOPOLOGY.nodes));
    let edges = all_of(view, key!(TOPOLOGY.edges), edge);
    let written = view.records(key!(TOPOLOGY.edges)).and_then(|(_, items)| items.size_hint().1);
    Topology {
        at: view.at,
        nodes: nodes.map(|(name, at, view)| node(name, at, view.as_ref())).collect(),
        has_all_edges: match written {
            Some(written) => written == edges.len(),
            None => view.key_node(key!(TOPOLOGY.edges)).is_none(),
        },
        edges,
        merges: all_of(view, key!(TOPOLOGY.merge_points), merge_point),
        cycles: all_of(view, key!(TOPOLOGY.cycle_invariants), cycle),
    }
}

fn node(name: Located<Name>, at: NodeId, view: Option<&View<'_>>) -> Node {
    let fields = |key| view.map_or_else(Vec::new, |view| paths(view, key));
    Node {
        name,
        at,
        description: view.and_then(|view| view.place(key!(NODE.description))),
        requires: fields(key!(NODE.requires)),
        produces: fields(key!(NODE.produces)),
        optional: fields(key!(NODE.optional)),
    }
}

fn edge(view: &View<'_>) -> Edge {
    Edge {
        at: view.at,
        from: view.text(key!(EDGE.from)),
        to: view.text(key!(EDGE.to)),
        condition: view.key_node(key!(EDGE.condition)),
        preserves: paths(view, key!(EDGE.preserves)),
        drops: paths(view, key!(EDGE.drops)),
    }
}

fn merge_point(view: &View<'_>) -> MergePoint {
    let words = view.words(key!(MERGE_POINT.merge_policy)).into_iter();
    let policy = |(field, word): (Located<Name>, Located<Name>)| {
        Some((as_path(field), MergePolicy::parse(word.value.as_str())?))
    };
    MergePoint {
        at: view.at,
        node: view.text(key!(MERGE_POINT.node)),
        sources: view.texts(key!(MERGE_POINT.sources)),
        policies: words.filter_map(policy).collect(),
    }
}

fn cycle(view: &View<'_>) -> Cycle {
    Cycle {
        at: view.at,
        id: view.text(key!(CYCLE.cycle_id)),
        nodes: view.texts(key!(CYCLE.nodes)),
        invariants: paths(view, key!(CYCLE.invariant_fields)),
    }
}

fn paths(view: &View<'_>, key: Place) -> Vec<Located<FieldPath>> {
    view.texts(key).into_iter().map(as_path).collect()
}

fn as_path(name: Located<Name>) -> Located<FieldPath> {
    Located { value: FieldPath::of(name.value), at: name.at }
}
