//! A payload: an artifact that is wanted, before anybody makes it.

use crate::body::Body;
use crate::payload_keys::{ACCEPTANCE_CRITERIA, SCHEMA_VERSION, optional, required};
use crate::schema::{
    Enumeration, Items, Key, Kind, Loader, MapKeys, Presence, Record, Shape, Signs,
};

/// An artifact that is wanted.
pub static KIND: Kind = Kind {
    name: "artifact-intent",
    title: "artifact intent",
    prose: "An artifact that is wanted: what it is, who wants it, and where its parameters come \
            from.",
    signs: Signs { words: &["artifact-intent"], ..Signs::NONE },
    loader: Loader::Payload,
    root: &INTENT,
    read: Body::plain,
};

static INTENT: Record = Record {
    name: "artifact intent",
    prose: "The document: one artifact.",
    keys: &[
        SCHEMA_VERSION,
        required("artifact_id", "artifact_name", "The artifact's id."),
        required("artifact_type", "dashboard", "What it is."),
        Key {
            name: "artifact_category",
            shape: Shape::OneOf(&CATEGORY),
            presence: Presence::Optional,
            example: "observability",
            prose: "What it is for. The schema has this key; the Python model of the payload \
                    lacks it.",
        },
        Key {
            name: "intent",
            shape: Shape::OneOf(&INTENTS),
            presence: Presence::Required,
            example: "create",
            prose: "What is to be done with it.",
        },
        required("owner", "team_name", "The team that answers for it."),
        optional("task_id", "task_name", "The task in which it is made."),
        Key {
            name: "promoted_to_task",
            shape: Shape::Flag,
            presence: Presence::Default("false"),
            example: "false",
            prose: "Whether it is a task of its own.",
        },
        Key {
            name: "promotion_reason",
            shape: Shape::OneOf(&REASON),
            presence: Presence::Default("none"),
            example: "none",
            prose: "Why it is a task of its own.",
        },
        Key {
            name: "parameter_sources",
            shape: Shape::Map(MapKeys::Free, Items { of: &Shape::Anything, least: 1 }),
            presence: Presence::Required,
            example: "{parameter_name: where_from}",
            prose: "Where each of its parameters comes from, one at least.",
        },
        Key {
            name: "output_convention",
            shape: Shape::Record(&OUTPUT),
            presence: Presence::Optional,
            example: "{}",
            prose: "Where it is written.",
        },
        Key {
            name: "semantic_conventions",
            shape: Shape::map(MapKeys::Free, &Shape::Anything),
            presence: Presence::Optional,
            example: "{}",
            prose: "Names that it has to keep to.",
        },
        ACCEPTANCE_CRITERIA,
    ],
    ..Record::PLAIN
};

static OUTPUT: Record = Record {
    name: "output convention",
    prose: "Where an artifact is written.",
    keys: &[
        optional("output_path", "out/artifact.json", "The path."),
        optional("output_ext", ".json", "What the file's name ends with."),
    ],
    ..Record::PLAIN
};

static CATEGORY: Enumeration = Enumeration {
    name: "artifact category",
    values: &[
        ("observability", "It is made of what the business says."),
        ("onboarding", "It tells newcomers about the project."),
        ("integrity", "It tells that nothing was tampered with."),
    ],
};

static INTENTS: Enumeration = Enumeration {
    name: "intent",
    values: &[
        ("create", "It is to be made."),
        ("update", "It is to be made anew."),
        ("validate", "It is to be checked."),
        ("deprecate", "It is to be given up."),
    ],
};

static REASON: Enumeration = Enumeration {
    name: "promotion reason",
    values: &[
        ("lifecycle", "It lives on after the task."),
        ("dependency", "Others wait for it."),
        ("risk", "Much may go wrong."),
        ("ownership", "Somebody else answers for it."),
        ("traceability", "It has to be found again."),
        ("none", "It is none."),
    ],
};
