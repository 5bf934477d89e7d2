//! The extension for pipelines that branch: which phase leads to which, and what survives on the way.

use crate::schema::{
    Enumeration, Key, MapKeys, Presence, Range, Record, Relation, Shape, Sort, Text,
};
use crate::shared_keys::DESCRIPTION;

/// `graph_topology` of a contract.
pub(super) const GRAPH_TOPOLOGY: Key = Key {
    name: "graph_topology",
    shape: Shape::Record(&TOPOLOGY),
    presence: Presence::Extension,
    example: "{graph_id: graph_name, nodes: {}, edges: []}",
    prose: "The graph in which the phases run. Without it they run in the order in which they \
            stand under `phases`.",
};

pub(crate) static TOPOLOGY: Record = Record {
    name: "graph",
    prose: "The graph of a pipeline: its nodes are phases, its edges the ways from one to another.",
    keys: &[
        Key {
            name: "graph_id",
            shape: Shape::Text(Text::Defines(Sort::Label)),
            presence: Presence::Required,
            example: "graph_name",
            prose: "Name of the graph, in reports.",
        },
        DESCRIPTION,
        Key {
            name: "nodes",
            shape: Shape::map(MapKeys::Refers(Sort::Phase), &Shape::Record(&NODE)),
            presence: Presence::Required,
            example: "{}",
            prose: "The phases that take part, each with the fields that it takes and makes. A \
                    node that no edge leads to is where the pipeline starts.",
        },
        Key {
            name: "edges",
            shape: Shape::list(&Shape::Record(&EDGE)),
            presence: Presence::Required,
            example: "[]",
            prose: "The ways from one node to another.",
        },
        Key {
            name: "merge_points",
            shape: Shape::list(&Shape::Record(&MERGE_POINT)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Nodes where branches come together, and what becomes of fields that differ.",
        },
        Key {
            name: "cycle_invariants",
            shape: Shape::list(&Shape::Record(&CYCLE)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Loops, and the fields that must come out of them as they went in.",
        },
    ],
    ..Record::PLAIN
};

pub(crate) static NODE: Record = Record {
    name: "node",
    prose: "One phase of the graph.",
    keys: &[
        Key {
            name: "node_id",
            shape: Shape::Text(Text::Refers(Sort::Phase)),
            presence: Presence::Optional,
            example: "phase_name",
            prose: "The phase, as the key of the node has it already.",
        },
        DESCRIPTION,
        Key {
            name: "requires",
            shape: FIELDS,
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Fields that must reach the node on every way to it.",
        },
        Key {
            name: "produces",
            shape: FIELDS,
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Fields that the node leaves behind.",
        },
        Key {
            name: "optional",
            shape: FIELDS,
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Fields that the node makes use of where they reach it.",
        },
    ],
    ..Record::PLAIN
};

pub(crate) static EDGE: Record = Record {
    name: "edge",
    prose: "A way from one node to another.",
    keys: &[
        Key {
            name: "from",
            shape: Shape::Text(Text::Refers(Sort::Phase)),
            presence: Presence::Required,
            example: "phase_name",
            prose: "The phase that ends.",
        },
        Key {
            name: "to",
            shape: Shape::Text(Text::Refers(Sort::Phase)),
            presence: Presence::Required,
            example: "phase_name",
            prose: "The phase that begins.",
        },
        Key {
            name: "condition",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "\"\"",
            prose: "When this way is taken, in words or as an expression over fields. Without one, \
                    it is taken always.",
        },
        Key {
            name: "preserves",
            shape: FIELDS,
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Fields that are promised to survive the way: they have to be there when the \
                    phase ends. What no list names passes as well.",
        },
        Key {
            name: "drops",
            shape: FIELDS,
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Fields that stay behind. A field is either preserved or dropped.",
        },
        DESCRIPTION,
    ],
    relations: &[Relation::Disjoint { key: "drops", other: "preserves" }],
    ..Record::PLAIN
};

pub(crate) static MERGE_POINT: Record = Record {
    name: "merge point",
    prose: "A node where branches come together.",
    keys: &[
        Key {
            name: "node",
            shape: Shape::Text(Text::Refers(Sort::Phase)),
            presence: Presence::Required,
            example: "phase_name",
            prose: "The phase that all branches lead to.",
        },
        Key {
            name: "sources",
            shape: Shape::list_of(2, &Shape::Text(Text::Refers(Sort::Phase))),
            presence: Presence::Required,
            example: "[first_phase, second_phase]",
            prose: "The last phases of the branches, two at least.",
        },
        Key {
            name: "merge_policy",
            shape: Shape::map(MapKeys::Refers(Sort::Field), &Shape::OneOf(&MERGE_POLICY)),
            presence: Presence::Required,
            example: "{}",
            prose: "For each field, which branches have to bring it and whose value counts.",
        },
        DESCRIPTION,
    ],
    ..Record::PLAIN
};

pub(crate) static CYCLE: Record = Record {
    name: "cycle",
    prose: "A loop through several nodes.",
    keys: &[
        Key {
            name: "cycle_id",
            shape: Shape::Text(Text::Defines(Sort::Label)),
            presence: Presence::Required,
            example: "cycle_name",
            prose: "Name of the loop, in reports.",
        },
        Key {
            name: "nodes",
            shape: Shape::list_of(2, &Shape::Text(Text::Refers(Sort::Phase))),
            presence: Presence::Required,
            example: "[first_phase, second_phase]",
            prose: "The phases of the loop, in the order in which they run.",
        },
        Key {
            name: "max_iterations",
            shape: Shape::Number(Range::from(1.0).whole()),
            presence: Presence::Required,
            example: "10",
            prose: "How often the loop runs at most.",
        },
        Key {
            name: "invariant_fields",
            shape: FIELDS,
            presence: Presence::Required,
            example: "[]",
            prose: "Fields that each round begins with: they are there before the first, and no \
                    phase or edge of the loop drops them.",
        },
        DESCRIPTION,
    ],
    ..Record::PLAIN
};

static MERGE_POLICY: Enumeration = Enumeration {
    name: "merge policy",
    values: &[
        ("required_from_any", "One branch at least brings the field; its value counts."),
        ("required_from_all", "Every branch brings the field."),
        ("prefer_latest", "Of several values the one that was written last counts."),
        ("union_all", "The items that any branch brings, together; for lists and sets."),
        ("optional", "No branch has to bring the field."),
    ],
};

const FIELDS: Shape = Shape::list(&Shape::Text(Text::FieldPath));
