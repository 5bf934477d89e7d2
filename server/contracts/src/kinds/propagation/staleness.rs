//! The extension for values that grow old while a run is paused.

use crate::schema::{Condition, Key, MapKeys, Presence, Range, Record, Shape, Sort, Text};
use crate::shared_keys::{DESCRIPTION, SEVERITY};

/// `ordering_constraints` of a contract.
pub(super) const ORDERING_CONSTRAINTS: Key = Key {
    name: "ordering_constraints",
    shape: Shape::list_of(1, &ONE_CONSTRAINT),
    presence: Presence::Extension,
    example: "[{constraint_id: constraint_name, field: field_name, staleness_budget_seconds: 3600, \
              on_stale: warning}]",
    prose: "How old single fields may be when a run goes on from a checkpoint.",
};

/// `default_staleness_budget_seconds` of a contract.
pub(super) const DEFAULT_BUDGET: Key = Key {
    name: "default_staleness_budget_seconds",
    shape: SECONDS,
    presence: Presence::Extension,
    example: "604800",
    prose: "How old a field may be that has no constraint of its own.",
};

/// `approval_required` of a contract.
pub(super) const APPROVAL_REQUIRED: Key = Key {
    name: "approval_required",
    shape: Shape::Flag,
    presence: Presence::Extension,
    example: "false",
    prose: "Whether somebody has to agree before a run goes on from a checkpoint.",
};

/// `approval_policy` of a contract.
pub(super) const APPROVAL_POLICY: Key = Key {
    name: "approval_policy",
    shape: Shape::Text(Text::Word),
    presence: Presence::Extension,
    example: "human_required",
    prose: "Who may agree: `auto`, `human_required`, `orchestrator`, or a word of your own.",
};

/// Where approval is asked for, somebody must be there to give it.
pub(super) const NEEDS_POLICY: Condition =
    Condition { key: "approval_policy", when: "approval_required", is: "true" };

static ONE_CONSTRAINT: Shape = Shape::Record(&CONSTRAINT);

static CONSTRAINT: Record = Record {
    name: "staleness constraint",
    prose: "How old one field may be.",
    keys: &[
        Key {
            name: "constraint_id",
            shape: Shape::Text(Text::Defines(Sort::Label)),
            presence: Presence::Required,
            example: "constraint_name",
            prose: "Name of the constraint, in reports.",
        },
        Key {
            name: "field",
            shape: Shape::Text(Text::FieldPath),
            presence: Presence::Required,
            example: "field_name",
            prose: "The field, with dots into nested mappings.",
        },
        Key {
            name: "staleness_budget_seconds",
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
        DESCRIPTION,
        Key {
            name: "phase_overrides",
            shape: Shape::map(MapKeys::Refers(Sort::Phase), &SECONDS),
            presence: Presence::Optional,
            example: "{}",
            prose: "Phases that take it older, or want it younger: seconds for each.",
        },
    ],
    ..Record::PLAIN
};

pub(super) const SECONDS: Shape = Shape::Number(Range::ABOVE_ZERO.whole());
