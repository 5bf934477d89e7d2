//! A payload: a task, told as a span of a trace.

use crate::body::Body;
use crate::payload_keys::{ACCEPTANCE_CRITERIA, PHASE, SCHEMA_VERSION, moment, optional, required};
use crate::schema::{Enumeration, Key, Kind, Loader, Presence, Range, Record, Shape, Signs};

/// A task and how far it is.
pub static KIND: Kind = Kind {
    name: "task-span",
    title: "task span",
    prose: "A task that an agent works on: where it belongs, how far it is, and what it waits for.",
    signs: Signs { words: &["task-span"], ..Signs::NONE },
    loader: Loader::Payload,
    root: &TASK,
    read: Body::plain,
};

static TASK: Record = Record {
    name: "task span",
    prose: "The document: one task.",
    keys: &[
        SCHEMA_VERSION,
        required("project_id", "project_name", "The project that the task belongs to."),
        required("task_id", "task_name", "The task's id."),
        optional("parent_task_id", "task_name", "The task that it is a part of."),
        optional("trace_id", "\"...\"", "The trace that it is told in."),
        optional("span_id", "\"...\"", "The span that it is told as."),
        PHASE,
        Key {
            name: "status",
            shape: Shape::OneOf(&STATUS),
            presence: Presence::Required,
            example: "not_started",
            prose: "How far it is.",
        },
        ACCEPTANCE_CRITERIA,
        part("checksums", &CHECKSUMS, "What the files that it began with hash to."),
        part("metrics", &METRICS, "The task in numbers."),
        optional("blocked_reason", "\"...\"", "What it waits for, in words."),
        optional("blocked_on_span_id", "\"...\"", "The span that it waits for."),
        optional("next_action", "\"...\"", "What is to be done next."),
        moment("timestamp", Presence::Optional, "When this was written."),
    ],
    ..Record::PLAIN
};

const fn part(name: &'static str, record: &'static Record, prose: &'static str) -> Key {
    let shape = Shape::Record(record);
    Key { name, shape, presence: Presence::Optional, example: "{}", prose }
}

static CHECKSUMS: Record = Record {
    name: "checksums section",
    prose: "What files hash to.",
    keys: &[
        optional("source_checksum", "\"...\"", "Of the manifest."),
        optional("artifact_manifest_checksum", "\"...\"", "Of the list of artifacts."),
        optional("project_context_checksum", "\"...\"", "Of the project context."),
    ],
    ..Record::PLAIN
};

static METRICS: Record = Record {
    name: "metrics section",
    prose: "A task in numbers.",
    keys: &[
        count("gap_count", "How many artifacts are missing."),
        count("feature_count", "How many features it is about."),
        Key {
            name: "complexity_score",
            shape: Shape::Number(Range::FROM_ZERO.to(100.0)),
            presence: Presence::Optional,
            example: "40",
            prose: "How hard it is, from 0 to 100.",
        },
        count("artifact_count", "How many artifacts there are."),
    ],
    ..Record::PLAIN
};

const fn count(name: &'static str, prose: &'static str) -> Key {
    let shape = Shape::Number(Range::FROM_ZERO.whole());
    Key { name, shape, presence: Presence::Optional, example: "0", prose }
}

static STATUS: Enumeration = Enumeration {
    name: "task status",
    values: &[
        ("not_started", "Not begun."),
        ("in_progress", "Under way."),
        ("blocked", "Waiting."),
        ("completed", "Done."),
        ("failed", "Given up."),
    ],
};
