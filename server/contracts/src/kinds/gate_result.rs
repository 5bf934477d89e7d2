//! A payload: what a gate between two phases decided.

use crate::body::Body;
use crate::payload_keys::{PHASE, SCHEMA_VERSION, moment, optional, required};
use crate::schema::{Enumeration, Key, Kind, Loader, Presence, Record, Shape, Signs, Text};

/// What a gate decided.
pub static KIND: Kind = Kind {
    name: "gate-result",
    title: "gate result",
    prose: "What a gate between two phases decided: whether the work may go on, why, and how one \
            knows.",
    signs: Signs { words: &["gate-result"], ..Signs::NONE },
    loader: Loader::Payload,
    root: &RESULT,
    read: Body::plain,
};

static RESULT: Record = Record {
    name: "gate result",
    prose: "The document: one decision.",
    keys: &[
        SCHEMA_VERSION,
        required("gate_id", "gate_name", "The gate's id."),
        optional("trace_id", "\"...\"", "The trace that it is told in."),
        optional("task_id", "task_name", "The task that was checked."),
        PHASE,
        Key {
            name: "result",
            shape: Shape::OneOf(&OUTCOME),
            presence: Presence::Required,
            example: "pass",
            prose: "What it decided.",
        },
        Key {
            name: "severity",
            shape: Shape::OneOf(&SEVERITY),
            presence: Presence::Required,
            example: "info",
            prose: "How much it matters.",
        },
        optional("reason", "\"...\"", "Why it decided so."),
        optional("next_action", "\"...\"", "What is to be done next."),
        Key {
            name: "blocking",
            shape: Shape::Flag,
            presence: Presence::Default("false"),
            example: "false",
            prose: "Whether the work must not go on.",
        },
        Key {
            name: "evidence",
            shape: Shape::list(&Shape::Record(&EVIDENCE)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "How one knows.",
        },
        moment("checked_at", Presence::Required, "When it decided."),
    ],
    ..Record::PLAIN
};

static EVIDENCE: Record = Record {
    name: "evidence item",
    prose: "How one knows.",
    keys: &[
        required("type", "file", "What it is."),
        required("ref", "\"...\"", "Where it is."),
        Key {
            name: "description",
            shape: Shape::Text(Text::Free),
            presence: Presence::Optional,
            example: "\"...\"",
            prose: "What it shows.",
        },
    ],
    ..Record::PLAIN
};

static OUTCOME: Enumeration = Enumeration {
    name: "gate outcome",
    values: &[("pass", "The work may go on."), ("fail", "Something is wrong.")],
};

static SEVERITY: Enumeration = Enumeration {
    name: "gate severity",
    values: &[
        ("info", "Good to know."),
        ("warning", "It should be looked at."),
        ("error", "It must be put right."),
        ("critical", "It must be put right before anything else."),
    ],
};
