//! What several kinds have in common.

use crate::schema::{Enumeration, Key, Presence, Shape, Sort, Text};

/// `schema_version`, as all contracts have it.
pub(super) const SCHEMA_VERSION: Key = Key {
    name: "schema_version",
    shape: Shape::Text(Text::Word),
    presence: Presence::Required,
    example: "\"0.1.0\"",
    prose: "Version of the contract format. Quote it: a bare `0.1` is a number.",
};

/// `pipeline_id`, as contracts have it that belong to a pipeline.
pub(super) const PIPELINE_ID: Key = Key {
    name: "pipeline_id",
    shape: Shape::Text(Text::Refers(Sort::Pipeline)),
    presence: Presence::Required,
    example: "my-pipeline",
    prose: "Name of the pipeline that this belongs to, as its propagation contract gives it.",
};

/// `description` of a whole contract.
pub(super) const DESCRIPTION: Key = Key {
    name: "description",
    shape: Shape::Text(Text::Free),
    presence: Presence::Optional,
    example: "\"\"",
    prose: "What this is about, for people.",
};

/// How much something matters, from light to grave.
pub(super) static SEVERITY: Enumeration = Enumeration {
    name: "severity",
    values: &[
        ("advisory", "Noted and nothing more."),
        ("warning", "Reported; a default stands in where there is one, and the phase goes on."),
        ("blocking", "The phase must not go on."),
    ],
};
