//! The extension for runs that go on from a checkpoint.

use super::staleness::SECONDS;
use crate::schema::{Condition, Enumeration, Key, Presence, Record, Shape, Sort, Text};
use crate::shared_keys::{DESCRIPTION, SEVERITY};

/// `checkpoint_integrity` of a contract.
pub(super) const CHECKPOINT_INTEGRITY: Key = Key {
    name: "checkpoint_integrity",
    shape: Shape::list(&ONE_CHECKPOINT),
    presence: Presence::Extension,
    example: "[]",
    prose: "What is looked at again before a run goes on from a checkpoint.",
};

static ONE_CHECKPOINT: Shape = Shape::Record(&CHECKPOINT);

static CHECKPOINT: Record = Record {
    name: "checkpoint",
    prose: "A place where a run can be taken up again.",
    keys: &[
        Key {
            name: "checkpoint_id",
            shape: Shape::Text(Text::Defines(Sort::Checkpoint)),
            presence: Presence::Required,
            example: "checkpoint_name",
            prose: "Name of the checkpoint; no other has it.",
        },
        Key {
            name: "phase",
            shape: Shape::Text(Text::Refers(Sort::Phase)),
            presence: Presence::Required,
            example: "phase_name",
            prose: "The phase after which the checkpoint is.",
        },
        Key {
            name: "on_resume",
            shape: Shape::Record(&RESUME),
            presence: Presence::Required,
            example: "{}",
            prose: "What happens before the run goes on.",
        },
        DESCRIPTION,
    ],
    ..Record::PLAIN
};

static RESUME: Record = Record {
    name: "resumption",
    prose: "What happens before a run goes on.",
    keys: &[
        Key {
            name: "revalidate_entry",
            shape: Shape::Flag,
            presence: Presence::Default("true"),
            example: "true",
            prose: "Whether the entry of the next phase is checked again.",
        },
        Key {
            name: "staleness_checks",
            shape: Shape::list(&Shape::Record(&STALENESS)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Fields that may be too old by now.",
        },
        Key {
            name: "approval_required",
            shape: Shape::Flag,
            presence: Presence::Default("false"),
            example: "false",
            prose: "Whether somebody has to agree first.",
        },
        Key {
            name: "approval_policy",
            shape: Shape::OneOf(&APPROVAL_POLICY),
            presence: Presence::Optional,
            example: "human",
            prose: "Who may agree.",
        },
    ],
    conditions: &[Condition { key: "approval_policy", when: "approval_required", is: "true" }],
    ..Record::PLAIN
};

static STALENESS: Record = Record {
    name: "staleness check",
    prose: "How old one field may be when a run goes on.",
    keys: &[
        Key {
            name: "field",
            shape: Shape::Text(Text::FieldPath),
            presence: Presence::Required,
            example: "field_name",
            prose: "The field, with dots into nested mappings.",
        },
        Key {
            name: "max_age_seconds",
            shape: SECONDS,
            presence: Presence::Required,
            example: "3600",
            prose: "How many seconds old it may be.",
        },
        Key {
            name: "on_stale",
            shape: Shape::OneOf(&SEVERITY),
            presence: Presence::Required,
            example: "warning",
            prose: "What follows when it is older.",
        },
        Key {
            name: "recovery",
            shape: Shape::OneOf(&RECOVERY),
            presence: Presence::Required,
            example: "re_retrieve",
            prose: "What is done about it.",
        },
        DESCRIPTION,
    ],
    ..Record::PLAIN
};

static RECOVERY: Enumeration = Enumeration {
    name: "recovery",
    values: &[
        ("log_and_continue", "It is noted, and the run goes on."),
        ("re_retrieve", "The value is fetched again."),
        ("re_generate", "The value is made again."),
        ("fail", "The run does not go on."),
    ],
};

static APPROVAL_POLICY: Enumeration = Enumeration {
    name: "approval policy",
    values: &[
        ("human", "A person has to agree."),
        ("orchestrator", "The orchestrating agent has to agree."),
        ("human_or_orchestrator", "Either of them may agree."),
        ("auto_if_fresh", "Nobody has to, unless a value is stale at severity `blocking`."),
    ],
};
