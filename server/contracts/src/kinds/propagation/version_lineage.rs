//! The extension that tells which prompts, models and indexes a value was made with.

use crate::schema::{Key, Presence, Record, Shape, Sort, Text};
use crate::shared_keys::{DESCRIPTION, SEVERITY};

/// `version_compatibility` of a contract.
pub(super) const VERSION_COMPATIBILITY: Key = Key {
    name: "version_compatibility",
    shape: Shape::list(&ONE_COMPATIBILITY),
    presence: Presence::Extension,
    example: "[]",
    prose: "Which versions of a piece of configuration give results that fit together.",
};

/// `configuration_lineage` of a chain's endpoint.
pub(super) const CONFIGURATION_LINEAGE: Key = Key {
    name: "configuration_lineage",
    shape: Shape::list(&ONE_LINEAGE),
    presence: Presence::Extension,
    example: "[]",
    prose: "The configuration that the value here was made with.",
};

static ONE_COMPATIBILITY: Shape = Shape::Record(&COMPATIBILITY);

static COMPATIBILITY: Record = Record {
    name: "version compatibility",
    prose: "The versions of one piece of configuration.",
    keys: &[
        Key {
            name: "config_key",
            shape: Shape::Text(Text::Refers(Sort::Configuration)),
            presence: Presence::Required,
            example: "prompt_version",
            prose: "The piece of configuration, by a `key` of some `configuration_lineage`.",
        },
        Key {
            name: "compatible_versions",
            shape: VERSIONS,
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Versions that fit together. Where none is named, all of them do.",
        },
        Key {
            name: "breaking_versions",
            shape: VERSIONS,
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Versions that fit with no other.",
        },
        Key {
            name: "on_incompatible",
            shape: Shape::OneOf(&SEVERITY),
            presence: Presence::Default("warning"),
            example: "warning",
            prose: "What follows when versions meet that do not fit together.",
        },
        DESCRIPTION,
    ],
    ..Record::PLAIN
};

static ONE_LINEAGE: Shape = Shape::Record(&LINEAGE);

static LINEAGE: Record = Record {
    name: "configuration",
    prose: "One piece of configuration that had a hand in a value.",
    keys: &[
        Key {
            name: "key",
            shape: Shape::Text(Text::Refers(Sort::Configuration)),
            presence: Presence::Required,
            example: "prompt_version",
            prose: "What the piece of configuration is called.",
        },
        Key {
            name: "source",
            shape: Shape::Text(Text::FieldPath),
            presence: Presence::Required,
            example: "prompt.template.hash",
            prose: "The field of the context that holds its version.",
        },
        Key {
            name: "version_hash",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "\"\"",
            prose: "The version that is expected, as a hash of the content.",
        },
        Key {
            name: "version_label",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "\"\"",
            prose: "The version that is expected, as people call it.",
        },
    ],
    ..Record::PLAIN
};

const VERSIONS: Shape = Shape::list(&Shape::Text(Text::Free));
