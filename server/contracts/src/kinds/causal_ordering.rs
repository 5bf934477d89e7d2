//! The ordering kind: which events come before which.

use syntax::yaml::NodeId;
use text::name::Name;

use crate::body::Body;
use crate::decode::view::View;
use crate::propagation::{Located, Severity};
use crate::schema::{
    Enumeration, Former, Key, Kind, Loader, Presence, Record, Shape, Signs, Sort, Text,
};
use crate::shared_keys::{
    DESCRIPTION, PIPELINE_ID, SCHEMA_VERSION, all_of, contract_type, description, key, phase,
    severity, severity_of,
};

/// Which events of a pipeline come before which.
pub static KIND: Kind = Kind {
    name: "causal-ordering",
    title: "causal ordering contract",
    prose: "Says which events of a pipeline must have happened before which others, whatever \
            phases or machines they happen in.",
    signs: Signs {
        says: Some(("contract_type", &["causal_ordering"])),
        words: &["ordering"],
        root_keys: &[
            &["pipeline_id", "dependencies"],
            &["schema_version", "dependencies"],
            &["constraints", "cross_pipeline"],
        ],
        foreign_keys: &["phases"],
        ..Signs::NONE
    },
    loader: Loader::Contract,
    root: &CONTRACT,
    read: |view| Body::CausalOrdering(Box::new(contract(view))),
};

static CONTRACT: Record = Record {
    name: "ordering contract",
    prose: "The document: the order of events in one pipeline.",
    keys: &[
        SCHEMA_VERSION,
        contract_type(&CONTRACT_TYPE, Presence::Required),
        PIPELINE_ID,
        DESCRIPTION,
        Key {
            name: "dependencies",
            shape: Shape::list(&Shape::Record(&DEPENDENCY)),
            presence: Presence::Required,
            example: "[]",
            prose: "Pairs of events, each with the one that comes first. What no pair speaks of \
                    may happen in any order.",
        },
    ],
    former: &[
        Former::renamed("constraints", "dependencies"),
        Former::dropped(
            "cross_pipeline",
            "an ordering contract speaks of one pipeline, and nothing waits for another",
        ),
    ],
    ..Record::PLAIN
};

static CONTRACT_TYPE: Enumeration = Enumeration {
    name: "contract type",
    values: &[("causal_ordering", "A contract about the order of events.")],
};

static DEPENDENCY: Record = Record {
    name: "dependency",
    prose: "One event that must have happened before another.",
    keys: &[
        Key {
            name: "before",
            shape: Shape::Record(&EVENT),
            presence: Presence::Required,
            example: "{phase: phase_name, event: event_name}",
            prose: "The event that comes first.",
        },
        Key {
            name: "after",
            shape: Shape::Record(&EVENT),
            presence: Presence::Required,
            example: "{phase: phase_name, event: event_name}",
            prose: "The event that waits for the other.",
        },
        severity(
            "warning",
            "What follows when the order is broken, or when either event never happens.",
        ),
        description("Why the order matters, for people."),
    ],
    former: &[
        Former::dropped("constraint_id", "reports name the two events; a dependency has no id"),
        Former::dropped("timeout_ms", "nothing waits for events"),
    ],
    ..Record::PLAIN
};

static EVENT: Record = Record {
    name: "event",
    prose: "Something that happens in a phase.",
    keys: &[
        phase("The phase in which it happens."),
        Key {
            name: "event",
            // Code emits events; a contract speaks of them and gives none its name.
            shape: Shape::Text(Text::Refers(Sort::Event)),
            presence: Presence::Required,
            example: "event_name",
            prose: "Name of the event, as the phase emits it. Where it happens several times, \
                    the first one counts.",
        },
    ],
    ..Record::PLAIN
};

/// One ordering contract.
#[derive(Clone, PartialEq, Debug)]
pub struct Contract {
    /// The document's root.
    pub at: NodeId,
    /// `dependencies`.
    pub dependencies: Vec<Dependency>,
}

/// One event that must have happened before another.
#[derive(Clone, PartialEq, Debug)]
pub struct Dependency {
    /// The mapping's node.
    pub at: NodeId,
    /// `before`, the event that comes first.
    pub before: Option<Event>,
    /// `after`, the event that waits.
    pub after: Option<Event>,
    /// `severity`, its default filled in.
    pub severity: Severity,
}

/// Something that happens in a phase.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// The mapping's node.
    pub at: NodeId,
    /// `phase`.
    pub phase: Option<Located<Name>>,
    /// `event`.
    pub name: Option<Located<Name>>,
}

impl Event {
    /// What makes it the same event wherever it is spoken of: its phase and its name.
    #[must_use]
    pub fn identity(&self) -> Option<(Name, Name)> {
        Some((self.phase?.value, self.name?.value))
    }
}

fn contract(view: &View<'_>) -> Contract {
    Contract { at: view.at, dependencies: all_of(view, key!(CONTRACT.dependencies), dependency) }
}

fn dependency(view: &View<'_>) -> Dependency {
    Dependency {
        at: view.at,
        before: view.record(key!(DEPENDENCY.before)).as_ref().map(event),
        after: view.record(key!(DEPENDENCY.after)).as_ref().map(event),
        severity: severity_of(view, key!(DEPENDENCY.severity)).0,
    }
}

fn event(view: &View<'_>) -> Event {
    Event { at: view.at, phase: view.text(key!(EVENT.phase)), name: view.text(key!(EVENT.event)) }
}

#[cfg(test)]
mod tests;
