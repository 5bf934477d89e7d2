//! What the payloads that agents send each other have in common.

use crate::forms::DATE_TIME;
use crate::schema::{Enumeration, Key, Presence, Shape, Text};

/// `schema_version` of a payload.
pub(crate) const SCHEMA_VERSION: Key = Key {
    name: "schema_version",
    shape: Shape::OneOf(&VERSION),
    presence: Presence::Required,
    example: "v1",
    prose: "Version of the payload's format.",
};

static VERSION: Enumeration =
    Enumeration { name: "schema version", values: &[("v1", "The only one there is.")] };

/// `phase` of a payload.
pub(crate) const PHASE: Key = Key {
    name: "phase",
    shape: Shape::OneOf(&PHASES),
    presence: Presence::Required,
    example: "OTHER",
    prose: "The step of the work that this is about.",
};

static PHASES: Enumeration = Enumeration {
    name: "phase",
    values: &[
        ("INIT_BASELINE", "The project's manifest is made."),
        ("EXPORT_CONTRACT", "The manifest is exported."),
        ("CONTRACT_INTEGRITY", "The export is checked."),
        ("INGEST_PARSE_ASSESS", "The export is read and judged."),
        ("ROUTING_DECISION", "It is decided who does the work."),
        ("ARTISAN_DESIGN", "The work is designed."),
        ("ARTISAN_IMPLEMENT", "The work is done."),
        ("TEST_VALIDATE", "The work is tested."),
        ("REVIEW_CALIBRATE", "The work is reviewed."),
        ("FINALIZE_VERIFY", "The work is closed."),
        ("OTHER", "Any other step."),
    ],
};

/// `acceptance_criteria` of a payload.
pub(crate) const ACCEPTANCE_CRITERIA: Key = Key {
    name: "acceptance_criteria",
    shape: Shape::list(&WORD),
    presence: Presence::Default("[]"),
    example: "[]",
    prose: "How one sees that the work is done.",
};

pub(crate) static WORD: Shape = Shape::Text(Text::Word);

/// A text that must be there and must not be empty.
pub(crate) const fn required(
    name: &'static str,
    example: &'static str,
    prose: &'static str,
) -> Key {
    Key { name, shape: Shape::Text(Text::Word), presence: Presence::Required, example, prose }
}

/// A text that may be absent, but not empty.
pub(crate) const fn optional(
    name: &'static str,
    example: &'static str,
    prose: &'static str,
) -> Key {
    Key { name, shape: Shape::Text(Text::Word), presence: Presence::Optional, example, prose }
}

/// A point in time.
pub(crate) const fn moment(name: &'static str, presence: Presence, prose: &'static str) -> Key {
    let shape = Shape::Text(Text::Matching(&DATE_TIME));
    Key { name, shape, presence, example: "\"2026-01-31T10:00:00Z\"", prose }
}
