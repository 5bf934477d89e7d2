//! The kind that says which role may hand which work to whom: an announced extension.

use crate::body::Body;
use crate::schema::{
    Condition, Enumeration, Key, Kind, Loader, Presence, Range, Record, Shape, Signs, Sort, Text,
};
use crate::shared_keys::SCHEMA_VERSION;

/// Who may delegate what to whom.
pub static KIND: Kind = Kind {
    name: "delegation-authority",
    title: "delegation authority contract",
    prose: "Says which role may hand which capability to which other roles, how risky each \
            capability is, and which agents may use it. No loader reads it yet.",
    signs: Signs {
        says: Some(("contract_type", &["delegation_authority"])),
        words: &["delegation-authority"],
        file_names: &["delegation-authority"],
        root_keys: &[
            &["delegation_authority", "capability_risk_tiers"],
            &["delegation_authority", "tool_access_policies"],
        ],
        ..Signs::NONE
    },
    loader: Loader::Announced,
    root: &CONTRACT,
    read: Body::plain,
};

static CONTRACT: Record = Record {
    name: "contract",
    prose: "The document: who may delegate what to whom.",
    keys: &[
        Key { presence: Presence::Default("1.0.0"), example: "\"1.0.0\"", ..SCHEMA_VERSION },
        Key {
            name: "contract_type",
            shape: Shape::OneOf(&CONTRACT_TYPE),
            presence: Presence::Required,
            example: "delegation_authority",
            prose: "What kind of contract this is.",
        },
        Key {
            name: "delegation_authority",
            shape: Shape::list(&Shape::Record(&AUTHORITY)),
            presence: Presence::Required,
            example: "[]",
            prose: "Who may hand what to whom. What is not said here is refused.",
        },
        Key {
            name: "capability_risk_tiers",
            shape: Shape::list(&Shape::Record(&RISK_TIER)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "How much harm a capability may do, and who answers for it.",
        },
        Key {
            name: "tool_access_policies",
            shape: Shape::list(&Shape::Record(&ACCESS_POLICY)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Which agents may use a capability, and how much.",
        },
    ],
    ..Record::PLAIN
};

static CONTRACT_TYPE: Enumeration = Enumeration {
    name: "contract type",
    values: &[("delegation_authority", "Who may delegate what to whom.")],
};

static AUTHORITY: Record = Record {
    name: "delegation",
    prose: "What one role may hand to others.",
    keys: &[
        Key {
            name: "from_role",
            shape: Shape::Text(Text::Refers(Sort::Role)),
            presence: Presence::Required,
            example: "orchestrator",
            prose: "The role that hands over.",
        },
        Key {
            name: "to_roles",
            shape: Shape::list_of(1, &Shape::Text(Text::Refers(Sort::Role))),
            presence: Presence::Required,
            example: "[researcher]",
            prose: "The roles that may take over, one at least.",
        },
        Key {
            name: "capabilities",
            shape: Shape::list_of(1, &Shape::Text(Text::Refers(Sort::Capability))),
            presence: Presence::Required,
            example: "[web_search]",
            prose: "What is handed over, one capability at least.",
        },
        Key {
            name: "requires_approval",
            shape: Shape::Flag,
            presence: Presence::Default("false"),
            example: "false",
            prose: "Whether somebody has to agree.",
        },
        Key {
            name: "approval_policy",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "human_or_orchestrator",
            prose: "Who may agree.",
        },
    ],
    conditions: &[Condition { key: "approval_policy", when: "requires_approval", is: "true" }],
    ..Record::PLAIN
};

static RISK_TIER: Record = Record {
    name: "risk tier",
    prose: "How much harm a capability may do.",
    keys: &[
        Key {
            name: "capability_id",
            shape: Shape::Text(Text::Refers(Sort::Capability)),
            presence: Presence::Required,
            example: "web_search",
            prose: "The capability.",
        },
        Key {
            name: "risk_tier",
            shape: Shape::OneOf(&TIER),
            presence: Presence::Required,
            example: "low",
            prose: "How much harm it may do.",
        },
        Key {
            name: "required_gates",
            shape: Shape::list(&Shape::Text(Text::Free)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Gates that must have been passed before it is handed over.",
        },
        Key {
            name: "owner",
            shape: Shape::Text(Text::Free),
            presence: Presence::Required,
            example: "team_name",
            prose: "The team that answers for it.",
        },
        Key {
            name: "slo_handoff_success_rate",
            shape: Shape::Number(Range::SHARE),
            presence: Presence::Optional,
            example: "0.95",
            prose: "The share of handoffs that are to succeed.",
        },
    ],
    ..Record::PLAIN
};

static ACCESS_POLICY: Record = Record {
    name: "access policy",
    prose: "Which agents may use a capability, and how much.",
    keys: &[
        Key {
            name: "capability_id",
            shape: Shape::Text(Text::Refers(Sort::Capability)),
            presence: Presence::Required,
            example: "web_search",
            prose: "The capability.",
        },
        Key {
            name: "rate_limit_per_minute",
            shape: Shape::Number(Range::FROM_ZERO.whole()),
            presence: Presence::Optional,
            example: "30",
            prose: "How often it may be used in a minute.",
        },
        agents("allowed_agents", "Agents that may use it; all of them if none is named."),
        agents("denied_agents", "Agents that may not. This wins over `allowed_agents`."),
        Key {
            name: "max_concurrent",
            shape: Shape::Number(Range::FROM_ZERO.whole()),
            presence: Presence::Optional,
            example: "5",
            prose: "How many may use it at once.",
        },
    ],
    ..Record::PLAIN
};

const fn agents(name: &'static str, prose: &'static str) -> Key {
    let shape = Shape::list(&Shape::Text(Text::Refers(Sort::Role)));
    Key { name, shape, presence: Presence::Default("[]"), example: "[]", prose }
}

static TIER: Enumeration = Enumeration {
    name: "risk tier",
    values: &[
        ("low", "Little harm, easily undone."),
        ("medium", "Some harm, or hard to undo."),
        ("high", "Great harm."),
    ],
};
