//! What a project is called and who answers for it.

use super::keys::{moment, optional, required};
use crate::schema::{Key, MapKeys, Presence, Record, Shape, Text};

/// `kind` of a manifest.
pub(in crate::kinds) const KIND_KEY: Key = Key {
    name: "kind",
    shape: Shape::Text(Text::Free),
    presence: Presence::Default("ContextManifest"),
    example: "ContextManifest",
    prose: "What the document is: a `ContextManifest`.",
};

pub(in crate::kinds) static METADATA: Record = Record {
    name: "metadata section",
    prose: "What a project is called and who answers for it.",
    keys: &[
        required("name", "project_name", "Name of the project."),
        Key {
            name: "owners",
            shape: Shape::list(&Shape::Record(&OWNER)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "The teams that answer for the project.",
        },
        Key {
            name: "changelog",
            shape: Shape::list(&Shape::Record(&CHANGE)),
            presence: Presence::Default("[]"),
            example: "[]",
            prose: "How the manifest came to be what it is.",
        },
        moment("lastUpdated", "When the manifest was last changed."),
        Key {
            name: "links",
            shape: Shape::map(MapKeys::Free, &Shape::Text(Text::Free)),
            presence: Presence::Default("{}"),
            example: "{}",
            prose: "Where to find more: repository, wiki, dashboard.",
        },
    ],
    ..Record::PLAIN
};

static OWNER: Record = Record {
    name: "owner",
    prose: "A team that answers for the project.",
    keys: &[
        required("team", "team_name", "Name of the team."),
        optional("slack", "\"#channel\"", "Where to write to it."),
        optional("email", "team@example.com", "Where to write letters to it."),
        optional("oncall", "rotation_name", "Who of it is called at night."),
    ],
    ..Record::PLAIN
};

static CHANGE: Record = Record {
    name: "change",
    prose: "A change of the manifest.",
    keys: &[
        required(
            "date",
            "\"2026-01-31\"",
            "The day. Quote it: a bare one is a date and no text, which is refused.",
        ),
        required(
            "version",
            "\"2.0\"",
            "Version of the manifest from then on. Quote it: a bare `2.0` is a number.",
        ),
        optional("actor", "\"human:name\"", "Who made the change: `human:...` or `agent:...`."),
        required("summary", "\"\"", "What was changed."),
    ],
    ..Record::PLAIN
};
