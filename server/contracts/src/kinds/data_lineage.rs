//! The lineage kind: what phases do to a field on its way.

use syntax::yaml::NodeId;
use text::name::Name;

use crate::body::Body;
use crate::decode::view::View;
use crate::path::FieldPath;
use crate::propagation::Located;
use crate::schema::{
    Enumeration, Former, Key, Kind, Loader, Presence, Record, Shape, Signs, Sort, Text,
};
use crate::shared_keys::{
    DESCRIPTION, PIPELINE_ID, SCHEMA_VERSION, all_of, contract_type, description, key, phase,
};

/// What the phases of a pipeline do to its fields.
pub static KIND: Kind = Kind {
    name: "data-lineage",
    title: "lineage contract",
    prose: "Says through which phases a field goes, and what each of them does to it: hand it on \
            as it is, change it, or make something else of it.",
    signs: Signs {
        says: Some(("contract_type", &["data_lineage"])),
        words: &["lineage"],
        root_keys: &[
            &["pipeline_id", "chains"],
            &["schema_version", "chains"],
            &["pipeline_id", "lineage_chains"],
        ],
        foreign_keys: &["phases", "capabilities"],
        ..Signs::NONE
    },
    loader: Loader::Contract,
    root: &CONTRACT,
    read: |view| Body::DataLineage(Box::new(contract(view))),
};

static CONTRACT: Record = Record {
    name: "lineage contract",
    prose: "The document: where the fields of one pipeline come from.",
    keys: &[
        SCHEMA_VERSION,
        contract_type(&CONTRACT_TYPE, Presence::Default("data_lineage")),
        PIPELINE_ID,
        DESCRIPTION,
        Key {
            name: "chains",
            shape: Shape::list(&Shape::Record(&CHAIN)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "The fields that are followed, each through its own phases.",
        },
    ],
    former: &[Former::renamed("lineage_chains", "chains")],
    ..Record::PLAIN
};

static CONTRACT_TYPE: Enumeration = Enumeration {
    name: "contract type",
    values: &[("data_lineage", "A contract about what phases do to fields.")],
};

static CHAIN: Record = Record {
    name: "lineage chain",
    prose: "One field on its way through the pipeline.",
    keys: &[
        Key {
            name: "chain_id",
            shape: Shape::Text(Text::Defines(Sort::Chain)),
            presence: Presence::Required,
            example: "chain-name",
            prose: "Name of the chain, in reports.",
        },
        Key {
            name: "field",
            shape: Shape::Text(Text::FieldPath),
            presence: Presence::Required,
            example: "field_name",
            prose: "The field that is followed, with dots into nested mappings.",
        },
        Key {
            name: "stages",
            shape: Shape::list(&Shape::Record(&STAGE)),
            presence: Presence::Required,
            example: "[{phase: phase_name, operation: passthrough}]",
            prose: "What happens to the field, phase by phase, in the order in which they run.",
        },
        description("Why the field is followed, for people."),
    ],
    former: &[Former::dropped(
        "audit_requirements",
        "every audit looks for the same, whatever the chain",
    )],
    ..Record::PLAIN
};

static STAGE: Record = Record {
    name: "stage",
    prose: "What one phase does to the field.",
    keys: &[
        phase("The phase."),
        Key {
            name: "operation",
            shape: Shape::OneOf(&OPERATION),
            presence: Presence::Required,
            example: "passthrough",
            prose: "What it does. Run-time audits compare the values before and after a \
                    `passthrough` or a `transform`; the other words are for people.",
        },
        description("What is done and why, for people."),
    ],
    former: &[
        Former::dropped("input", ONE_FIELD),
        Former::dropped("output", ONE_FIELD),
        Former::dropped("expected_type", "types stand at the fields of the pipeline's phases"),
    ],
    ..Record::PLAIN
};

/// Why a stage has neither input nor output.
const ONE_FIELD: &str = "a chain follows the one field that it names";

static OPERATION: Enumeration = Enumeration {
    name: "operation",
    values: &[
        ("passthrough", "Hands the value on as it came."),
        ("classify", "Sorts the value into a class."),
        ("transform", "Makes another value of it."),
        ("derive", "Computes a new value from it."),
        ("aggregate", "Brings many values together."),
        ("filter", "Leaves parts of it out."),
    ],
};

/// One lineage contract.
#[derive(Clone, PartialEq, Debug)]
pub struct Contract {
    /// The document's root.
    pub at: NodeId,
    /// `chains`.
    pub chains: Vec<Chain>,
}

/// One field on its way.
#[derive(Clone, PartialEq, Debug)]
pub struct Chain {
    /// The mapping's node.
    pub at: NodeId,
    /// `chain_id`.
    pub id: Option<Located<Name>>,
    /// `field`, a dot path.
    pub field: Option<Located<FieldPath>>,
    /// `stages`.
    pub stages: Vec<Stage>,
}

/// What one phase does to the field.
#[derive(Clone, PartialEq, Debug)]
pub struct Stage {
    /// The mapping's node.
    pub at: NodeId,
    /// `phase`.
    pub phase: Option<Located<Name>>,
    /// `operation`.
    pub operation: Option<Located<Operation>>,
}

/// What a phase does to a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
    /// Hands it on as it came.
    Passthrough,
    /// Sorts it into a class.
    Classify,
    /// Makes another value of it.
    Transform,
    /// Computes a new value from it.
    Derive,
    /// Brings many values together.
    Aggregate,
    /// Leaves parts of it out.
    Filter,
}

impl Operation {
    /// The operation that contracts write so.
    #[must_use]
    pub fn parse(word: &str) -> Option<Operation> {
        Some(match word {
            "passthrough" => Operation::Passthrough,
            "classify" => Operation::Classify,
            "transform" => Operation::Transform,
            "derive" => Operation::Derive,
            "aggregate" => Operation::Aggregate,
            "filter" => Operation::Filter,
            _ => return None,
        })
    }
}

fn contract(view: &View<'_>) -> Contract {
    Contract { at: view.at, chains: all_of(view, key!(CONTRACT.chains), chain) }
}

fn chain(view: &View<'_>) -> Chain {
    Chain {
        at: view.at,
        id: view.text(key!(CHAIN.chain_id)),
        field: view.path(key!(CHAIN.field)),
        stages: all_of(view, key!(CHAIN.stages), stage),
    }
}

fn stage(view: &View<'_>) -> Stage {
    let operation = view.text(key!(STAGE.operation)).and_then(|word| {
        Some(Located { value: Operation::parse(word.value.as_str())?, at: word.at })
    });
    Stage { at: view.at, phase: view.text(key!(STAGE.phase)), operation }
}

#[cfg(test)]
mod tests;
