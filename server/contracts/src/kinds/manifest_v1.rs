//! The manifest of a project, version 1.1: strategies hold their tactics, and agents get no guidance.

use super::manifest::keys::{optional, required};
use super::manifest::metadata::{KIND_KEY, METADATA};
use super::manifest::spec::SPEC;
use super::manifest::{self, insights, objectives, strategy};
use crate::body::Body;
use crate::schema::{
    Enumeration, GivesWay, Key, Kind, Loader, Pattern, Presence, Record, Relation, Shape, Signs,
    Sort, Text,
};

/// What a project is for, in the older form.
pub static KIND: Kind = Kind {
    name: "manifest-v1",
    title: "context manifest of version 1.1",
    prose: "Says of a project what it runs, how much it matters and what it strives for. A \
            manifest that does not say its version is read as this.",
    signs: Signs {
        says: Some(("apiVersion", &["contextcore.io/v1alpha1", "contextcore.io/v1"])),
        agrees: &[("kind", &["ContextManifest"])],
        words: &["contextcore"],
        file_names: &[".contextcore"],
        gives_way: Some(GivesWay {
            to: &manifest::KIND,
            says: &[
                ("apiVersion", |version| version == "2.0"),
                ("version", |version| version.starts_with('2')),
            ],
        }),
        ..Signs::NONE
    },
    loader: Loader::Manifest,
    root: &MANIFEST,
    read: Body::plain,
};

static MANIFEST: Record = Record {
    name: "manifest",
    prose: "The document: one project.",
    keys: &[
        Key {
            name: "apiVersion",
            shape: Shape::Text(Text::Free),
            presence: Presence::Default("contextcore.io/v1alpha1"),
            example: "contextcore.io/v1alpha2",
            prose: "Version of the manifest format; `contextcore.io/v1alpha2` is that of today.",
        },
        KIND_KEY,
        Key {
            name: "metadata",
            shape: Shape::Record(&METADATA),
            presence: Presence::Required,
            example: "{name: project_name}",
            prose: "What the project is called and who answers for it.",
        },
        Key {
            name: "version",
            shape: Shape::Text(Text::Free),
            presence: Presence::Default("\"1.1\""),
            example: "\"1.1\"",
            prose: "Version of the manifest format. Quote it: at a bare `1.1` the loader breaks \
                    off.",
        },
        Key {
            name: "spec",
            shape: Shape::Record(&SPEC),
            presence: Presence::Required,
            example: "{project: {id: project_name}, targets: [{kind: Deployment, name: app}]}",
            prose: "What the project runs, and how much depends on it.",
        },
        Key {
            name: "objectives",
            shape: Shape::list(&Shape::Record(&OBJECTIVE)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "What the project strives for.",
        },
        Key {
            name: "strategies",
            shape: Shape::list(&Shape::Record(&STRATEGY)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "How it goes about it.",
        },
        Key {
            name: "insights",
            shape: Shape::list(&Shape::Record(&INSIGHT)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "What people and tools have found out about the project.",
        },
    ],
    ..Record::PLAIN
};

static OBJECTIVE: Record = Record {
    name: "objective",
    prose: "Something that a project strives for.",
    keys: &[
        Key {
            name: "id",
            shape: Shape::Text(Text::Coins(Sort::Objective, &OBJECTIVE_ID)),
            presence: Presence::Required,
            example: "OBJ-NAME",
            prose: "The objective's id.",
        },
        objectives::DESCRIPTION,
        optional("metric", "\"\"", "What is measured. Outdated: write `keyResults`."),
        optional("target", "\"\"", "The number to reach. Outdated: write `keyResults`."),
        objectives::KEY_RESULTS,
    ],
    ..Record::PLAIN
};

static STRATEGY: Record = Record {
    name: "strategy",
    prose: "A way to reach objectives.",
    keys: &[
        Key {
            name: "id",
            shape: Shape::Text(Text::Coins(Sort::Strategy, &STRATEGY_ID)),
            presence: Presence::Required,
            example: "STRAT-NAME",
            prose: "The strategy's id.",
        },
        Key {
            name: "horizon",
            shape: Shape::OneOf(&HORIZON),
            presence: Presence::Default("now"),
            example: "now",
            prose: "How far ahead it is.",
        },
        required("description", "\"\"", "The way."),
        required("rationale", "\"\"", "Why this way."),
        Key {
            name: "tactics",
            shape: Shape::list(&Shape::Record(&TACTIC)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "What is done.",
        },
        Key {
            name: "objectiveRefs",
            shape: Shape::list(&Shape::Text(Text::Refers(Sort::Objective))),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "The objectives that it serves, by their ids.",
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
            shape: Shape::Text(Text::Coins(Sort::Tactic, &TACTIC_ID)),
            presence: Presence::Required,
            example: "TAC-NAME",
            prose: "The tactic's id.",
        },
        strategy::DESCRIPTION,
        strategy::STATUS,
        strategy::OWNER,
        strategy::START_DATE,
        strategy::DUE_DATE,
        strategy::COMPLETED_DATE,
        strategy::BLOCKED_REASON,
        strategy::PROGRESS,
        strategy::ARTIFACTS,
    ],
    conditions: &[strategy::BLOCKED_NEEDS_REASON],
    relations: &[Relation::NotBefore { key: "completedDate", start: "startDate" }],
    ..Record::PLAIN
};

static INSIGHT: Record = Record {
    name: "insight",
    prose: "Something that was found out.",
    keys: &[
        Key {
            name: "id",
            shape: Shape::Text(Text::Matching(&INSIGHT_ID)),
            presence: Presence::Optional,
            example: "INS-1",
            prose: "The insight's id.",
        },
        insights::TYPE,
        insights::SUMMARY,
        insights::CONFIDENCE,
        insights::SOURCE,
        insights::SEVERITY,
        insights::OBSERVED_AT,
        insights::EXPIRES_AT,
        insights::IMPACT,
        insights::EVIDENCE,
        insights::RECOMMENDED_ACTIONS,
    ],
    ..Record::PLAIN
};

static HORIZON: Enumeration = Enumeration {
    name: "horizon",
    values: &[("now", "This quarter."), ("next", "After that."), ("later", "In a year or more.")],
};

static OBJECTIVE_ID: Pattern = Pattern::new("an id such as `OBJ-RELIABILITY`", r"^OBJ-[A-Z0-9-]+$");

static STRATEGY_ID: Pattern = Pattern::new("an id such as `STRAT-ASYNC`", r"^STRAT-[A-Z0-9-]+$");

static TACTIC_ID: Pattern = Pattern::new("an id such as `TAC-QUEUE`", r"^TAC-[A-Z0-9-]+$");

static INSIGHT_ID: Pattern = Pattern::new("an id such as `INS-001`", r"^(INS-[A-Z0-9-]+)?$");
