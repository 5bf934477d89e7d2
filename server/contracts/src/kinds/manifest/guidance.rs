//! What agents that work on a project have to heed.

use super::keys::{moment, optional, required, texts};
use crate::schema::{Enumeration, Key, Presence, Record, Shape, Sort, Text};
use crate::shared_keys::SEVERITY;

pub(super) static GUIDANCE: Record = Record {
    name: "guidance section",
    prose: "What agents that work on a project have to heed.",
    keys: &[
        Key {
            name: "focus",
            shape: Shape::Record(&FOCUS),
            presence: Presence::Optional,
            example: "{areas: [reliability]}",
            prose: "What matters most right now.",
        },
        Key {
            name: "constraints",
            shape: Shape::list(&Shape::Record(&CONSTRAINT)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "What must or must not be done.",
        },
        Key {
            name: "preferences",
            shape: Shape::list(&Shape::Record(&PREFERENCE)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "What is better done in a certain way.",
        },
        Key {
            name: "questions",
            shape: Shape::list(&Shape::Record(&QUESTION)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "What people want to know from agents.",
        },
    ],
    ..Record::PLAIN
};

static FOCUS: Record = Record {
    name: "focus",
    prose: "What matters most right now.",
    keys: &[
        Key {
            name: "areas",
            shape: Shape::list_of(1, &Shape::Text(Text::Free)),
            presence: Presence::Required,
            example: "[reliability]",
            prose: "The areas, one at least.",
        },
        optional("reason", "\"\"", "Why these."),
        optional("until", "\"2026-01-31\"", "The last day on which this holds. Quote it."),
    ],
    ..Record::PLAIN
};

static CONSTRAINT: Record = Record {
    name: "constraint",
    prose: "Something that must or must not be done.",
    keys: &[
        id("C-NAME", "The constraint's id."),
        required("rule", "\"\"", "What must or must not be done."),
        Key {
            name: "severity",
            shape: Shape::OneOf(&SEVERITY),
            presence: Presence::Default("blocking"),
            example: "blocking",
            prose: "How strictly.",
        },
        optional("rationale", "\"\"", "Why."),
        texts("appliesTo", "Files and modules that it is about; all of them if none is named."),
    ],
    ..Record::PLAIN
};

static PREFERENCE: Record = Record {
    name: "preference",
    prose: "Something that is better done in a certain way.",
    keys: &[
        id("P-NAME", "The preference's id."),
        required("description", "\"\"", "The better way."),
        optional("example", "\"\"", "What it looks like."),
    ],
    ..Record::PLAIN
};

static QUESTION: Record = Record {
    name: "question",
    prose: "Something that people want to know.",
    keys: &[
        id("Q-NAME", "The question's id."),
        required("question", "\"\"", "The question."),
        Key {
            name: "status",
            shape: Shape::OneOf(&QUESTION_STATUS),
            presence: Presence::Default("open"),
            example: "open",
            prose: "Whether it is answered.",
        },
        Key {
            name: "priority",
            shape: Shape::OneOf(&PRIORITY),
            presence: Presence::Default("medium"),
            example: "medium",
            prose: "How soon the answer is needed.",
        },
        optional("answer", "\"\"", "The answer."),
        optional("answeredBy", "agent_name", "Who gave it."),
        moment("answeredAt", "When it was given."),
    ],
    ..Record::PLAIN
};

const fn id(example: &'static str, prose: &'static str) -> Key {
    let shape = Shape::Text(Text::Defines(Sort::Label));
    Key { name: "id", shape, presence: Presence::Required, example, prose }
}

static QUESTION_STATUS: Enumeration = Enumeration {
    name: "question status",
    values: &[
        ("open", "Nobody has answered it."),
        ("answered", "It is answered."),
        ("deferred", "It waits."),
    ],
};

static PRIORITY: Enumeration = Enumeration {
    name: "priority",
    values: &[
        ("critical", "At once."),
        ("high", "Soon."),
        ("medium", "In time."),
        ("low", "Some day."),
    ],
};
