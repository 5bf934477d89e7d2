//! The compatibility kind: how payloads of one service become those of another, and how they may
//! change from version to version.

use crate::body::Body;
use crate::schema::{
    Enumeration, Key, Kind, Loader, MapKeys, Presence, Record, Shape, Signs, Sort, Text,
};
use crate::shared_keys::{DESCRIPTION, SCHEMA_VERSION, contract_type, description, severity};

pub mod evolution;
mod view;

pub use view::{Contract, EvolutionRule, FieldMapping, SchemaVersion, Side, ValuePair};

/// What services may expect of each other's payloads.
pub static KIND: Kind = Kind {
    name: "schema-compatibility",
    title: "schema compatibility contract",
    prose: "Says how fields of one service's payloads become fields of another's, and which \
            changes of payloads are allowed from one version to the next.",
    signs: Signs {
        says: Some(("contract_type", &["schema_compatibility"])),
        words: &["compat"],
        root_keys: &[
            &["schema_version", "mappings"],
            &["schema_version", "evolution_rules"],
            &["schema_version", "versions"],
        ],
        foreign_keys: &["pipeline_id"],
        ..Signs::NONE
    },
    loader: Loader::Contract,
    root: &CONTRACT,
    read: |view| Body::SchemaCompatibility(Box::new(view::contract(view))),
};

static CONTRACT: Record = Record {
    name: "compatibility contract",
    prose: "The document: what services may expect of each other's payloads.",
    keys: &[
        SCHEMA_VERSION,
        contract_type(&CONTRACT_TYPE, Presence::Default("schema_compatibility")),
        DESCRIPTION,
        Key {
            name: "mappings",
            shape: Shape::list(&Shape::Record(&MAPPING)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Fields of one service that become fields of another.",
        },
        Key {
            name: "evolution_rules",
            shape: Shape::list(&Shape::Record(&RULE)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Which changes are allowed from version to version. Of several rules that \
                    speak of a service the first one governs it.",
        },
        Key {
            name: "versions",
            shape: Shape::list(&Shape::Record(&VERSION)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "What payloads look like, version by version, the older ones first.",
        },
    ],
    ..Record::PLAIN
};

static CONTRACT_TYPE: Enumeration = Enumeration {
    name: "contract type",
    values: &[("schema_compatibility", "A contract about payloads of services.")],
};

static MAPPING: Record = Record {
    name: "field mapping",
    prose: "One field of a service that becomes a field of another.",
    keys: &[
        Key {
            name: "source_service",
            shape: Shape::Text(Text::Refers(Sort::Service)),
            presence: Presence::Required,
            example: "service_name",
            prose: "The service that sends the payload.",
        },
        Key {
            name: "source_field",
            shape: Shape::Text(Text::Refers(Sort::ServiceField)),
            presence: Presence::Required,
            example: "field_name",
            prose: "The field of the payload, with dots into nested mappings.",
        },
        Key {
            name: "source_type",
            shape: Shape::Text(Text::Type),
            presence: Presence::Default("str"),
            example: "str",
            prose: "The type of the value that is sent. `str`, `int`, `float`, `bool`, `list` and \
                    `dict` are checked at run time.",
        },
        Key {
            name: "source_values",
            shape: Shape::list(&Shape::Text(Text::Free)),
            presence: Presence::Optional,
            example: "[first, second]",
            prose: "The values that may be sent, as text. Without the key any value will do.",
        },
        Key {
            name: "target_service",
            shape: Shape::Text(Text::Refers(Sort::Service)),
            presence: Presence::Required,
            example: "service_name",
            prose: "The service that receives the payload.",
        },
        Key {
            name: "target_field",
            shape: Shape::Text(Text::Refers(Sort::ServiceField)),
            presence: Presence::Required,
            example: "field_name",
            prose: "What the field is called there.",
        },
        Key {
            name: "target_type",
            shape: Shape::Text(Text::Type),
            presence: Presence::Default("str"),
            example: "str",
            prose: "The type of the value that is received. Nothing checks it at run time.",
        },
        Key {
            name: "target_values",
            shape: Shape::list(&Shape::Text(Text::Free)),
            presence: Presence::Optional,
            example: "[first, second]",
            prose: "The values that the receiver knows, as text. Nothing checks them at run time.",
        },
        Key {
            name: "mapping",
            shape: Shape::map(MapKeys::Free, &Shape::Text(Text::Free)),
            presence: Presence::Optional,
            example: "{sent: received}",
            prose: "What becomes of each value that is sent.",
        },
        severity("warning", "What follows when a payload does not fit."),
        description("Why the two belong together, for people."),
        Key {
            name: "bidirectional",
            shape: Shape::Flag,
            presence: Presence::Default("false"),
            example: "false",
            prose: "Whether `mapping` is to work backwards too. Then no two values may become the \
                    same one.",
        },
    ],
    ..Record::PLAIN
};

static RULE: Record = Record {
    name: "evolution rule",
    prose: "Which changes some services may make to their payloads.",
    keys: &[
        Key {
            name: "rule_id",
            shape: Shape::Text(Text::Defines(Sort::EvolutionRule)),
            presence: Presence::Required,
            example: "rule-name",
            prose: "Name of the rule, in reports.",
        },
        Key {
            name: "scope",
            // The beginning of names, not a name.
            shape: Shape::Text(Text::Word),
            presence: Presence::Required,
            example: "service_name",
            prose: "What the names of the services begin with that the rule governs: `order` \
                    speaks of `order`, `orders-v2` and `orderbook`.",
        },
        Key {
            name: "policy",
            shape: Shape::OneOf(&POLICY),
            presence: Presence::Required,
            example: "backward_compatible",
            prose: "Which changes are allowed, as long as the lists below do not say otherwise.",
        },
        Key {
            name: "allowed_changes",
            shape: Shape::list(&Shape::Text(Text::Free)),
            presence: Presence::Default("[]"),
            example: "[deprecate_field]",
            prose: "Changes that are allowed over and above the policy: `add_field`, \
                    `remove_field`, `change_field_type`, `add_enum_value`, `remove_enum_value`, \
                    `make_required`, `deprecate_field`. Other words have no effect.",
        },
        Key {
            name: "forbidden_changes",
            shape: Shape::list(&Shape::Text(Text::Free)),
            presence: Presence::Default("[]"),
            example: "[remove_field]",
            prose: "Changes that are not allowed, whatever else is said; the words are those of \
                    `allowed_changes`.",
        },
        description("Why, for people."),
    ],
    ..Record::PLAIN
};

static POLICY: Enumeration = Enumeration {
    name: "policy",
    values: &[
        ("additive_only", "Fields and values may be added, and nothing else may change."),
        ("backward_compatible", "Besides, fields may be marked as deprecated."),
        ("full", "Everything may change."),
    ],
};

static VERSION: Record = Record {
    name: "schema version",
    prose: "What the payloads of a service look like in one version.",
    keys: &[
        Key {
            name: "service",
            shape: Shape::Text(Text::Defines(Sort::Service)),
            presence: Presence::Required,
            example: "service_name",
            prose: "The service.",
        },
        Key {
            name: "version",
            shape: Shape::Text(Text::Word),
            presence: Presence::Required,
            example: "\"1.0\"",
            prose: "The version. Quote it: a bare `1.0` is a number.",
        },
        Key {
            name: "fields",
            shape: Shape::map(MapKeys::Defines(Sort::ServiceField), &Shape::Text(Text::Type)),
            presence: Presence::Required,
            example: "{field_name: str}",
            prose: "The fields, each with the type of its value.",
        },
        Key {
            name: "enums",
            shape: Shape::map(
                MapKeys::Refers(Sort::ServiceField),
                &Shape::list(&Shape::Text(Text::Free)),
            ),
            presence: Presence::Default("{}"),
            example: "{field_name: [first, second]}",
            prose: "The values of fields that have a closed set of them.",
        },
        Key {
            name: "required_fields",
            shape: Shape::list(&Shape::Text(Text::MayRefer(Sort::ServiceField))),
            presence: Presence::Default("[]"),
            example: "[field_name]",
            prose: "Fields that are always there.",
        },
        Key {
            name: "deprecated_fields",
            shape: Shape::list(&Shape::Text(Text::MayRefer(Sort::ServiceField))),
            presence: Presence::Default("[]"),
            example: "[field_name]",
            prose: "Fields that are to go.",
        },
        Key {
            name: "timestamp",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "\"2026-01-31T12:00:00Z\"",
            prose: "When the version was taken down, for people. Quote it: a bare date is no text.",
        },
    ],
    ..Record::PLAIN
};

#[cfg(test)]
mod tests;
