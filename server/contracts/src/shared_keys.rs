//! Keys that several kinds have, and how they are read.

use syntax::yaml::NodeId;

use crate::decode::view::View;
use crate::propagation::Severity;
use crate::schema::{Enumeration, Key, Place, Presence, Shape, Sort, Text};

/// `schema_version`, as all contracts have it.
pub(crate) const SCHEMA_VERSION: Key = Key {
    name: "schema_version",
    shape: Shape::Text(Text::Word),
    presence: Presence::Required,
    example: "\"0.1.0\"",
    prose: "Version of the contract format. Quote it: a bare `0.1` is a number.",
};

/// `pipeline_id`, as contracts have it that belong to a pipeline.
pub(crate) const PIPELINE_ID: Key = Key {
    name: "pipeline_id",
    shape: Shape::Text(Text::Refers(Sort::Pipeline)),
    presence: Presence::Required,
    example: "my-pipeline",
    prose: "Name of the pipeline that this belongs to, as its propagation contract gives it.",
};

/// `contract_type`, which says what kind of contract a document is: the only word there is.
pub(crate) const fn contract_type(word: &'static Enumeration, presence: Presence) -> Key {
    Key {
        name: "contract_type",
        shape: Shape::OneOf(word),
        presence,
        example: word.values[0].0,
        prose: "Says what kind of contract this is.",
    }
}

/// `description` of a whole contract.
pub(crate) const DESCRIPTION: Key = description("What this is about, for people.");

/// `description` of a part, with what it is there to tell.
pub(crate) const fn description(prose: &'static str) -> Key {
    Key {
        name: "description",
        shape: Shape::Text(Text::Free),
        presence: Presence::Optional,
        example: "\"\"",
        prose,
    }
}

/// `severity` of a part that has this one where none is written.
pub(crate) const fn severity(default: &'static str, prose: &'static str) -> Key {
    Key {
        name: "severity",
        shape: Shape::OneOf(&SEVERITY),
        presence: Presence::Default(default),
        example: default,
        prose,
    }
}

/// `phase`, where a part belongs to one.
pub(crate) const fn phase(prose: &'static str) -> Key {
    Key {
        name: "phase",
        shape: Shape::Text(Text::Refers(Sort::Phase)),
        presence: Presence::Required,
        example: "phase_name",
        prose,
    }
}

/// How much something matters, from light to grave.
pub(crate) static SEVERITY: Enumeration = Enumeration {
    name: "severity",
    values: &[
        ("advisory", "Noted and nothing more."),
        ("warning", "Reported; a default stands in where there is one, and the phase goes on."),
        ("blocking", "The phase must not go on."),
    ],
};

/// Where a record has a key; one that it lacks does not compile.
macro_rules! key {
    ($record:ident.$key:ident) => {
        const { $record.place(stringify!($key)) }
    };
}
pub(crate) use key;

/// What `read` makes of each record in the list of a key.
pub(crate) fn all_of<T>(view: &View<'_>, key: Place, read: fn(&View<'_>) -> T) -> Vec<T> {
    let items = view.records(key).into_iter().flat_map(|(_, items)| items);
    items.map(|view| read(&view)).collect()
}

/// What `read` makes of each record in the list of a key, but for those that it makes nothing of.
pub(crate) fn some_of<T>(view: &View<'_>, key: Place, read: fn(&View<'_>) -> Option<T>) -> Vec<T> {
    all_of(view, key, read).into_iter().flatten().collect()
}

/// The severity at a key, its default filled in, and where it is written if it is.
pub(crate) fn severity_of(view: &View<'_>, key: Place) -> (Severity, Option<NodeId>) {
    let (word, at) = view.word(key);
    (Severity::parse(word).unwrap_or(Severity::Blocking), at)
}
