//! What a project strives for, and what is done about it.

use super::keys::{formed, moment, optional, required, texts};
use super::objectives::OBJECTIVE;
use crate::forms::URL;
use crate::schema::{
    Condition, Enumeration, Key, MapKeys, Presence, Range, Record, Shape, Sort, Text,
};

pub(in crate::kinds) static STRATEGY: Record = Record {
    name: "strategy section",
    prose: "What a project strives for, and what is done about it.",
    keys: &[
        Key {
            name: "objectives",
            shape: Shape::list(&Shape::Record(&OBJECTIVE)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "What the project strives for.",
        },
        Key {
            name: "tactics",
            shape: Shape::list(&Shape::Record(&TACTIC)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "What is done about it.",
        },
        Key {
            name: "strategyGroups",
            shape: Shape::list(&Shape::map(MapKeys::Free, &Shape::Anything)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "Tactics gathered under a common thought. Nothing looks inside.",
        },
    ],
    ..Record::PLAIN
};

static TACTIC: Record = Record {
    name: "tactic",
    prose: "Something that is done to reach an objective.",
    keys: &[
        Key {
            name: "id",
            shape: Shape::Text(Text::Defines(Sort::Tactic)),
            presence: Presence::Required,
            example: "TAC-NAME",
            prose: "The tactic's id.",
        },
        DESCRIPTION,
        STATUS,
        OWNER,
        START_DATE,
        DUE_DATE,
        COMPLETED_DATE,
        BLOCKED_REASON,
        PROGRESS,
        Key {
            name: "linkedObjectives",
            shape: Shape::list(&Shape::Text(Text::Refers(Sort::Objective))),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "The objectives that it serves, by their ids.",
        },
        ARTIFACTS,
        texts("satisfies", "The requirements that it meets, by their ids."),
        optional("dependsOn", "TAC-NAME", "What has to be done before."),
        optional("repo", "repository_name", "The repository in which it is done."),
        Key {
            name: "deliverables",
            shape: Shape::map(MapKeys::Free, &Shape::Anything),
            presence: Presence::Optional,
            example: "{}",
            prose: "What is there when it is done.",
        },
    ],
    conditions: &[BLOCKED_NEEDS_REASON],
    ..Record::PLAIN
};

/// Who waits says what for.
pub(in crate::kinds) const BLOCKED_NEEDS_REASON: Condition =
    Condition { key: "blockedReason", when: "status", is: "blocked" };

pub(in crate::kinds) const DESCRIPTION: Key = required("description", "\"\"", "What is done.");

pub(in crate::kinds) const STATUS: Key = Key {
    name: "status",
    shape: Shape::OneOf(&TACTIC_STATUS),
    presence: Presence::Default("planned"),
    example: "planned",
    prose: "How far it is.",
};

pub(in crate::kinds) const OWNER: Key = optional("owner", "team_name", "Who does it.");

pub(in crate::kinds) const START_DATE: Key = moment("startDate", "When it was begun.");

pub(in crate::kinds) const DUE_DATE: Key = moment("dueDate", "When it should be done.");

pub(in crate::kinds) const COMPLETED_DATE: Key = moment("completedDate", "When it was done.");

pub(in crate::kinds) const BLOCKED_REASON: Key =
    optional("blockedReason", "\"\"", "What it waits for, while its status is `blocked`.");

pub(in crate::kinds) const PROGRESS: Key = Key {
    name: "progress",
    shape: Shape::Number(Range::FROM_ZERO.to(100.0)),
    presence: Presence::Optional,
    example: "0",
    prose: "How much is done, in percent.",
};

pub(in crate::kinds) const ARTIFACTS: Key = Key {
    name: "artifacts",
    shape: Shape::list(&ONE_ARTIFACT),
    presence: Presence::Default("[]"),
    example: "[]",
    prose: "What came of it, wherever that is kept.",
};

static ONE_ARTIFACT: Shape = Shape::Record(&ARTIFACT);

static ARTIFACT: Record = Record {
    name: "artifact",
    prose: "Something that came of a tactic.",
    keys: &[
        Key {
            name: "type",
            shape: Shape::OneOf(&ARTIFACT_TYPE),
            presence: Presence::Required,
            example: "pr",
            prose: "What it is.",
        },
        required("id", "pr-1", "Its id where it is kept."),
        formed("url", &URL, "https://example.com/pull/1", "Where to find it."),
        optional("title", "\"\"", "What it is called."),
    ],
    ..Record::PLAIN
};

static TACTIC_STATUS: Enumeration = Enumeration {
    name: "tactic status",
    values: &[
        ("planned", "Not begun."),
        ("in_progress", "Under way."),
        ("blocked", "Waiting; `blockedReason` says for what."),
        ("in_review", "Done, and looked at."),
        ("done", "Done."),
        ("cancelled", "Not to be done."),
    ],
};

static ARTIFACT_TYPE: Enumeration = Enumeration {
    name: "artifact type",
    values: &[
        ("issue", "An issue."),
        ("pr", "A pull request."),
        ("commit", "A commit."),
        ("deployment", "A deployment."),
        ("dashboard", "A dashboard."),
        ("runbook", "A runbook."),
        ("adr", "A decision record."),
        ("doc", "A document."),
    ],
};
