//! A payload: work that one agent hands to another.

use crate::body::Body;
use crate::payload_keys::{SCHEMA_VERSION, moment, optional, required};
use crate::schema::{
    Enumeration, Key, Kind, Loader, MapKeys, Presence, Record, Shape, Signs, Sort, Text,
};

/// Work that one agent hands to another.
pub static KIND: Kind = Kind {
    name: "handoff",
    title: "handoff",
    prose: "Work that one agent hands to another: what is asked for, with which inputs, and what \
            is to come back.",
    signs: Signs { words: &["handoff"], ..Signs::NONE },
    loader: Loader::Payload,
    root: &HANDOFF,
    read: Body::plain,
};

static HANDOFF: Record = Record {
    name: "handoff",
    prose: "The document: one piece of work.",
    keys: &[
        SCHEMA_VERSION,
        required("handoff_id", "handoff_name", "The handoff's id."),
        optional("project_id", "project_name", "The project that the work belongs to."),
        optional("trace_id", "\"...\"", "The trace that it is told in."),
        optional("parent_task_id", "task_name", "The task that it is a part of."),
        agent("from_agent", "The agent that asks."),
        agent("to_agent", "The agent that is asked."),
        Key {
            name: "capability_id",
            shape: Shape::Text(Text::Refers(Sort::Capability)),
            presence: Presence::Required,
            example: "capability_name",
            prose: "What the agent is asked to do.",
        },
        Key {
            name: "priority",
            shape: Shape::OneOf(&PRIORITY),
            presence: Presence::Default("normal"),
            example: "normal",
            prose: "How soon.",
        },
        Key {
            name: "inputs",
            shape: Shape::map(MapKeys::Free, &Shape::Anything),
            presence: Presence::Required,
            example: "{}",
            prose: "What it is to be done with.",
        },
        Key {
            name: "expected_output",
            shape: Shape::Record(&OUTPUT),
            presence: Presence::Required,
            example: "{type: code}",
            prose: "What is to come back.",
        },
        Key {
            name: "status",
            shape: Shape::OneOf(&STATUS),
            presence: Presence::Default("pending"),
            example: "pending",
            prose: "How far it is.",
        },
        optional("result_trace_id", "\"...\"", "The trace in which the result is told."),
        optional("error", "\"...\"", "Why it failed."),
        moment("created_at", Presence::Optional, "When it was asked for."),
        moment("deadline", Presence::Optional, "When it has to be done."),
    ],
    ..Record::PLAIN
};

const fn agent(name: &'static str, prose: &'static str) -> Key {
    let shape = Shape::Text(Text::Refers(Sort::Role));
    Key { name, shape, presence: Presence::Required, example: "agent_name", prose }
}

static OUTPUT: Record = Record {
    name: "expected output",
    prose: "What is to come back.",
    keys: &[
        required("type", "code", "What it is."),
        optional("schema_ref", "\"...\"", "The schema that it fits."),
    ],
    ..Record::PLAIN
};

static PRIORITY: Enumeration = Enumeration {
    name: "priority",
    values: &[
        ("low", "Some day."),
        ("normal", "In time."),
        ("high", "Soon."),
        ("critical", "At once."),
    ],
};

static STATUS: Enumeration = Enumeration {
    name: "handoff status",
    values: &[
        ("pending", "Asked for."),
        ("accepted", "Taken on."),
        ("in_progress", "Under way."),
        ("completed", "Done."),
        ("failed", "Given up."),
        ("expired", "Too late."),
    ],
};
