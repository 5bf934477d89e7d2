//! The propagation kind: what phases require and produce.

use std::sync::Arc;

use self::field::FIELD;
use crate::body::Body;
use crate::propagation::contract;
use crate::schema::{Key, Kind, Loader, MapKeys, Presence, Record, Shape, Signs, Sort, Text};
use crate::shared_keys::{DESCRIPTION, SCHEMA_VERSION, SEVERITY};

mod budgets;
mod checkpoints;
pub(crate) mod field;
pub(crate) mod graph_topology;
mod staleness;
mod version_lineage;

/// What the phases of one pipeline promise each other.
pub static KIND: Kind = Kind {
    name: "propagation",
    title: "context propagation contract",
    prose: "Says for every phase of a pipeline which fields of the shared context it relies on \
            and which it leaves behind, and which values must travel unharmed from one phase to \
            another.",
    signs: Signs {
        root_keys: &[
            &["pipeline_id", "phases"],
            &["schema_version", "phases"],
            &["propagation_chains", "phases"],
            &["propagation_chains", "pipeline_id"],
        ],
        foreign_keys: &[
            "capabilities",
            "dependencies",
            "budgets",
            "chains",
            "mappings",
            "evolution_rules",
            "namespace",
            "attributes",
        ],
        ..Signs::NONE
    },
    loader: Loader::Contract,
    root: &CONTRACT,
    read: |view| Body::Propagation(Arc::new(contract(view))),
};

pub(crate) static CONTRACT: Record = Record {
    name: "contract",
    prose: "The document: one pipeline.",
    keys: &[
        SCHEMA_VERSION,
        Key {
            name: "pipeline_id",
            shape: Shape::Text(Text::Defines(Sort::Pipeline)),
            presence: Presence::Required,
            example: "my-pipeline",
            prose: "Name of the pipeline. Contracts of other kinds refer to the pipeline by it.",
        },
        DESCRIPTION,
        Key {
            name: "phases",
            shape: Shape::map(MapKeys::Defines(Sort::Phase), &Shape::Record(&PHASE)),
            presence: Presence::Required,
            example: "{}",
            prose: "The phases by name. Unless something else says otherwise, they run in the \
                    order in which they stand here.",
        },
        Key {
            name: "propagation_chains",
            shape: Shape::list(&Shape::Record(&CHAIN)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Values that must arrive: each chain follows one value from the phase that \
                    makes it to the phase that needs it.",
        },
        graph_topology::GRAPH_TOPOLOGY,
        budgets::BUDGET_PROPAGATION,
        checkpoints::CHECKPOINT_INTEGRITY,
        version_lineage::VERSION_COMPATIBILITY,
        staleness::ORDERING_CONSTRAINTS,
        staleness::DEFAULT_BUDGET,
        staleness::APPROVAL_REQUIRED,
        staleness::APPROVAL_POLICY,
    ],
    conditions: &[staleness::NEEDS_POLICY],
    ..Record::PLAIN
};

pub(crate) static PHASE: Record = Record {
    name: "phase",
    prose: "One step of the pipeline: what it needs when it starts and what it promises when it \
            ends.",
    keys: &[
        Key {
            name: "description",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "\"\"",
            prose: "What the phase does, for people.",
        },
        Key {
            name: "entry",
            shape: Shape::Record(&ENTRY),
            presence: Presence::Default("{}"),
            example: "{}",
            prose: "The fields that come in. Leave the key out where nothing does; an empty value \
                    is refused.",
        },
        Key {
            name: "exit",
            shape: Shape::Record(&EXIT),
            presence: Presence::Default("{}"),
            example: "{}",
            prose: "The fields that are there when the phase has ended. Leave the key out where \
                    there are none; an empty value is refused.",
        },
    ],
    ..Record::PLAIN
};

pub(crate) static ENTRY: Record = Record {
    name: "entry",
    prose: "What a phase reads.",
    keys: &[
        Key {
            name: "required",
            shape: Shape::list(&Shape::Record(&FIELD)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Fields that the phase cannot do without.",
        },
        Key {
            name: "enrichment",
            shape: Shape::list(&Shape::Record(&FIELD)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Fields that make the result better where they are there. A `default` stands \
                    in for an absent one at severity `warning`.",
        },
    ],
    ..Record::PLAIN
};

pub(crate) static EXIT: Record = Record {
    name: "exit",
    prose: "What a phase leaves behind.",
    keys: &[
        Key {
            name: "required",
            shape: Shape::list(&Shape::Record(&FIELD)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Fields that are certainly there afterwards.",
        },
        Key {
            name: "optional",
            shape: Shape::list(&Shape::Record(&FIELD)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Fields that are there afterwards on some runs. Nothing checks them at run \
                    time.",
        },
    ],
    ..Record::PLAIN
};

pub(crate) static CHAIN: Record = Record {
    name: "chain",
    prose: "One value on its way through the pipeline.",
    keys: &[
        Key {
            name: "chain_id",
            shape: Shape::Text(Text::Defines(Sort::Chain)),
            presence: Presence::Required,
            example: "chain-name",
            prose: "Name of the chain, in reports.",
        },
        Key {
            name: "description",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "\"\"",
            prose: "Why the value must arrive, for people.",
        },
        Key {
            name: "source",
            shape: Shape::Record(&ENDPOINT),
            presence: Presence::Required,
            example: "{phase: phase_name, field: field_name}",
            prose: "Where the value is made.",
        },
        Key {
            name: "waypoints",
            shape: Shape::list(&Shape::Record(&ENDPOINT)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Where the value passes by, in order.",
        },
        Key {
            name: "destination",
            shape: Shape::Record(&ENDPOINT),
            presence: Presence::Required,
            example: "{phase: phase_name, field: field_name}",
            prose: "Where the value is needed.",
        },
        Key {
            name: "severity",
            shape: Shape::OneOf(&SEVERITY),
            presence: Presence::Default("warning"),
            example: "warning",
            prose: "How much it matters when the chain breaks.",
        },
        Key {
            name: "verification",
            shape: Shape::Text(Text::Expression),
            presence: Presence::Optional,
            example: "\"source == dest\"",
            prose: "A Python expression that holds when the value arrived unharmed. It may use \
                    `source`, `dest` and `context`, comparisons, and a few methods of these three.",
        },
    ],
    ..Record::PLAIN
};

pub(crate) static ENDPOINT: Record = Record {
    name: "endpoint",
    prose: "A field at a phase.",
    keys: &[
        Key {
            name: "phase",
            shape: Shape::Text(Text::Refers(Sort::Phase)),
            presence: Presence::Required,
            example: "phase_name",
            prose: "The phase.",
        },
        Key {
            name: "field",
            shape: Shape::Text(Text::FieldPath),
            presence: Presence::Required,
            example: "field_name",
            prose: "The field, with dots into nested mappings.",
        },
        version_lineage::CONFIGURATION_LINEAGE,
    ],
    ..Record::PLAIN
};
