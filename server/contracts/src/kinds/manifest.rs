//! The manifest of a project, version 2: why it exists, what it strives for, what agents must heed.

use self::guidance::GUIDANCE;
use self::insights::INSIGHT;
use self::keys::moment;
use self::metadata::METADATA;
use self::spec::SPEC;
use self::strategy::STRATEGY;
use crate::body::Body;
use crate::schema::{Key, Kind, Loader, Presence, Range, Record, Shape, Signs, Text};

mod guidance;
pub(super) mod insights;
pub(super) mod keys;
pub(super) mod metadata;
pub(super) mod objectives;
mod observability;
mod security;
pub(super) mod spec;
pub(super) mod strategy;

/// What a project is for, in the form of today.
pub static KIND: Kind = Kind {
    name: "manifest",
    title: "context manifest",
    prose: "Says of a project what it runs, how much it matters, what it strives for, and which \
            rules agents that work on it have to heed.",
    signs: Signs {
        says: Some(("apiVersion", &["contextcore.io/v1alpha2", "contextcore.io/v2"])),
        agrees: &[("kind", &["ContextManifest"])],
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
            presence: Presence::Default("contextcore.io/v1alpha2"),
            example: "contextcore.io/v1alpha2",
            prose: "Version of the manifest format. Without it, and without a `version` that begins \
                    with `2`, the manifest is read as version 1.1.",
        },
        metadata::KIND_KEY,
        Key {
            name: "version",
            shape: Shape::Anything,
            presence: Presence::Optional,
            example: "\"2.0\"",
            prose: "Version of the manifest format, where `apiVersion` does not say it: a text that \
                    begins with `2`. Beside such an `apiVersion` nothing reads it.",
        },
        Key {
            name: "metadata",
            shape: Shape::Record(&METADATA),
            presence: Presence::Required,
            example: "{name: project_name}",
            prose: "What the project is called and who answers for it.",
        },
        Key {
            name: "spec",
            shape: Shape::Record(&SPEC),
            presence: Presence::Required,
            example: "{project: {id: project_name}, targets: [{kind: Deployment, name: app}]}",
            prose: "What the project runs, and how much depends on it.",
        },
        Key {
            name: "strategy",
            shape: Shape::Record(&STRATEGY),
            presence: Presence::Default("{}"),
            example: "{objectives: [], tactics: []}",
            prose: "What the project strives for, and what is done about it.",
        },
        Key {
            name: "guidance",
            shape: Shape::Record(&GUIDANCE),
            presence: Presence::Default("{}"),
            example: "{constraints: []}",
            prose: "What agents that work on the project have to heed.",
        },
        Key {
            name: "insights",
            shape: Shape::list(&Shape::Record(&INSIGHT)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "What people and tools have found out about the project.",
        },
        Key {
            name: "state",
            shape: Shape::Record(&STATE),
            presence: Presence::Optional,
            example: "{}",
            prose: "How up to date the manifest is; written by tools.",
        },
    ],
    ..Record::PLAIN
};

static STATE: Record = Record {
    name: "state section",
    prose: "How up to date the manifest is.",
    keys: &[
        moment("lastSyncTime", "When it was last held against other systems."),
        Key {
            name: "syncStatus",
            shape: Shape::Text(Text::Free),
            presence: Presence::Default("unknown"),
            example: "unknown",
            prose: "How that went.",
        },
        count("objectiveCount", "How many objectives there are."),
        count("activeTacticCount", "How many tactics are under way."),
        count("openQuestionCount", "How many questions are open."),
    ],
    ..Record::PLAIN
};

const fn count(name: &'static str, prose: &'static str) -> Key {
    let shape = Shape::Number(Range::ANY.whole());
    Key { name, shape, presence: Presence::Optional, example: "0", prose }
}
