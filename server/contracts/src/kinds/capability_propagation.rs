//! The capability kind: which permissions phases need and hand on.

use crate::body::Body;
use crate::schema::{
    Became, Enumeration, Former, Key, Kind, Loader, MapKeys, Presence, Record, Shape, Signs, Sort,
    Text,
};
use crate::shared_keys::{
    DESCRIPTION, PIPELINE_ID, SCHEMA_VERSION, contract_type, description, severity,
};

mod view;

pub use view::{Attenuation, Capability, Chain, Contract, Phase};

/// Which permissions the phases of a pipeline need and hand on.
pub static KIND: Kind = Kind {
    name: "capability-propagation",
    title: "capability contract",
    prose: "Says which permissions the phases of a pipeline need, which they hand on, and where \
            a permission gets narrower on its way.",
    signs: Signs {
        says: Some(("contract_type", &["capability_propagation"])),
        words: &["capability", "capabilities"],
        root_keys: &[
            &["pipeline_id", "capabilities"],
            &["capabilities", "phases"],
            &["pipeline_id", "capability_chains"],
        ],
        ..Signs::NONE
    },
    loader: Loader::Contract,
    root: &CONTRACT,
    read: |view| Body::CapabilityPropagation(Box::new(view::contract(view))),
};

static CONTRACT: Record = Record {
    name: "capability contract",
    prose: "The document: the permissions of one pipeline.",
    keys: &[
        SCHEMA_VERSION,
        contract_type(&CONTRACT_TYPE, Presence::Required),
        PIPELINE_ID,
        DESCRIPTION,
        Key {
            name: "capabilities",
            shape: Shape::list(&Shape::Record(&CAPABILITY)),
            presence: Presence::Required,
            example: "[{name: capability_name, scope: read}]",
            prose: "The permissions that there are. Phases and chains name them.",
        },
        Key {
            name: "phases",
            shape: Shape::map(MapKeys::Refers(Sort::Phase), &Shape::Record(&PHASE)),
            presence: Presence::Required,
            example: "{}",
            prose: "What single phases need and hand on, by the names of the phases.",
        },
        Key {
            name: "chains",
            shape: Shape::list(&Shape::Record(&CHAIN)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Permissions that must get from one phase to another.",
        },
    ],
    former: &[Former::renamed("capability_chains", "chains")],
    ..Record::PLAIN
};

static CONTRACT_TYPE: Enumeration = Enumeration {
    name: "contract type",
    values: &[("capability_propagation", "A contract about permissions.")],
};

static CAPABILITY: Record = Record {
    name: "capability",
    prose: "One permission.",
    keys: &[
        Key {
            name: "name",
            shape: Shape::Text(Text::Defines(Sort::Capability)),
            presence: Presence::Required,
            example: "capability_name",
            prose: "Name of the capability; phases, chains and code give this name.",
        },
        Key {
            name: "scope",
            shape: Shape::Text(Text::Word),
            presence: Presence::Required,
            example: "read",
            prose: "How far it reaches. From narrow to broad the known words are `none`, `read`, \
                    `read-only`, `write`, `read-write` and `admin`; others are not compared.",
        },
        Key {
            name: "parent",
            shape: Shape::Text(Text::MayRefer(Sort::Capability)),
            presence: Presence::Optional,
            example: "capability_name",
            prose: "The capability that this one is a part of. Nothing looks at it at run time.",
        },
        Key {
            name: "attenuable",
            shape: Shape::Flag,
            presence: Presence::Default("true"),
            example: "true",
            prose: "Whether phases may hand it on with a narrower scope.",
        },
        description("What it permits, for people."),
    ],
    ..Record::PLAIN
};

static PHASE: Record = Record {
    name: "phase",
    prose: "What one phase does with permissions.",
    keys: &[
        Key {
            name: "requires",
            shape: Shape::list(&Shape::Text(Text::MayRefer(Sort::Capability))),
            presence: Presence::Default("[]"),
            example: "[capability_name]",
            prose: "Capabilities that must have been granted when the phase starts.",
        },
        Key {
            name: "provides",
            shape: Shape::list(&Shape::Text(Text::MayRefer(Sort::Capability))),
            presence: Presence::Default("[]"),
            example: "[capability_name]",
            prose: "Capabilities that are there for the phases after it.",
        },
        Key {
            name: "attenuations",
            shape: Shape::list(&Shape::Record(&ATTENUATION)),
            presence: Presence::Default("[]"),
            example: "[{from_scope: write, to_scope: read}]",
            prose: "Scopes that the phase makes narrower.",
        },
    ],
    ..Record::PLAIN
};

static ATTENUATION: Record = Record {
    name: "attenuation",
    prose: "A scope that becomes narrower.",
    keys: &[
        Key {
            name: "from_scope",
            shape: Shape::Text(Text::Word),
            presence: Presence::Required,
            example: "write",
            prose: "The scope before.",
        },
        Key {
            name: "to_scope",
            shape: Shape::Text(Text::Word),
            presence: Presence::Required,
            example: "read",
            prose: "The scope afterwards.",
        },
        description("Why less is enough from here on, for people."),
    ],
    former: &[
        Former { name: "capability", became: Became::Kin("from_scope", SCOPES) },
        Former { name: "narrowed_to", became: Became::Kin("to_scope", SCOPES) },
        Former::renamed("reason", "description"),
        Former::dropped("constraints", "an attenuation has two scopes and no conditions"),
    ],
    ..Record::PLAIN
};

/// How attenuations of former notes differ from today's.
const SCOPES: &str = "the notes named capabilities, and the loader compares scopes such as `write` \
                      and `read`";

static CHAIN: Record = Record {
    name: "capability chain",
    prose: "One permission on its way from a phase to another.",
    keys: &[
        Key {
            name: "chain_id",
            shape: Shape::Text(Text::Defines(Sort::Chain)),
            presence: Presence::Required,
            example: "chain-name",
            prose: "Name of the chain, in reports.",
        },
        Key {
            name: "capability",
            shape: Shape::Text(Text::Refers(Sort::Capability)),
            presence: Presence::Required,
            example: "capability_name",
            prose: "The capability that must arrive.",
        },
        Key {
            name: "source_phase",
            shape: Shape::Text(Text::Refers(Sort::Phase)),
            presence: Presence::Required,
            example: "phase_name",
            prose: "The phase that grants it.",
        },
        Key {
            name: "destination_phase",
            shape: Shape::Text(Text::Refers(Sort::Phase)),
            presence: Presence::Required,
            example: "phase_name",
            prose: "The phase that needs it. The phase has to list the capability in `requires`, \
                    or the chain is broken.",
        },
        Key {
            name: "expected_attenuation",
            shape: Shape::Record(&ATTENUATION),
            presence: Presence::Optional,
            example: "{from_scope: write, to_scope: read}",
            prose: "The scope with which it is to arrive, where that is not the whole.",
        },
        severity("blocking", "How much it matters when the chain breaks."),
    ],
    former: &[
        Former { name: "source", became: Became::Lifted("source_phase", "phase") },
        Former { name: "destination", became: Became::Lifted("destination_phase", "phase") },
        Former::dropped("waypoints", "a chain has two ends, and nothing looks between them"),
        Former::dropped("attenuation_policy", "no capability may become wider, in any chain"),
        Former::dropped("description", "a capability has a description, its chains have none"),
    ],
    ..Record::PLAIN
};

#[cfg(test)]
mod tests;
