//! A pipeline as its author thinks of it, before it is written down: what phases declare, and what
//! their code does to the context, in which words.

use super::step::{Action, Step};
use crate::random::Random;

/// One pipeline.
#[derive(Clone)]
pub(super) struct Model {
    /// Its id.
    pub(super) id: String,
    /// Its phases, in order.
    pub(super) phases: Vec<Phase>,
    /// Its chains.
    pub(super) chains: Vec<Chain>,
    /// How its files are laid out.
    pub(super) layout: Layout,
    /// Names that nothing bears; none is near another, or near one in use.
    pub(super) spare: Vec<String>,
    /// Numbers given so far.
    pub(super) numbers: u32,
}

/// How files are laid out and dressed; it changes nothing of what they say.
#[derive(Clone, Copy, Default)]
pub(super) struct Layout {
    /// All handlers in one module, not one module each.
    pub(super) one_module: bool,
    /// The modules are a package with relative imports.
    pub(super) package: bool,
    /// Fields of the contract as flow mappings, each on one line.
    pub(super) flow: bool,
    /// Names of the contract in quotes.
    pub(super) quoted: bool,
    /// Comments that name other things.
    pub(super) comments: bool,
    /// Locals with other names.
    pub(super) renamed: bool,
    /// Handlers in the other order.
    pub(super) reversed: bool,
}

/// One phase, with its handler.
#[derive(Clone)]
pub(super) struct Phase {
    pub(super) number: u32,
    pub(super) name: String,
    pub(super) required: Vec<Declared>,
    pub(super) enrichment: Vec<Declared>,
    pub(super) exit: Vec<Declared>,
    pub(super) optional: Vec<Declared>,
    /// What the handler does, in order.
    pub(super) steps: Vec<Step>,
    pub(super) handler: Handler,
    /// What the handler's class declares of its own entries and exits, if it does.
    pub(super) in_code: Option<[Vec<Declared>; 2]>,
}

/// Whether a phase has a handler.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Handler {
    There,
    Missing,
    /// It says that it carries out another phase.
    Of(String),
}

/// A field in a list of a phase.
#[derive(Clone)]
pub(super) struct Declared {
    pub(super) number: u32,
    pub(super) field: String,
    /// The type as written.
    pub(super) kind: &'static Type,
    /// None stands for blocking.
    pub(super) severity: Option<&'static str>,
    /// As written in the contract.
    pub(super) default: Option<&'static str>,
    pub(super) source: Option<String>,
    /// A line that the kind does not have, or has already.
    pub(super) extra: Option<String>,
}

/// A chain; each link is a phase and a field.
#[derive(Clone)]
pub(super) struct Chain {
    pub(super) number: u32,
    pub(super) source: (String, String),
    pub(super) waypoints: Vec<(String, String)>,
    pub(super) destination: (String, String),
}

/// A type, with values in both languages.
pub(super) struct Type {
    pub(super) name: &'static str,
    /// A default in YAML and in Python.
    pub(super) default: (&'static str, &'static str),
    /// Another one.
    pub(super) other: (&'static str, &'static str),
    /// A value that is no start value.
    pub(super) value: &'static str,
    /// The place in [`TYPES`] of one that excludes it.
    pub(super) rival: usize,
}

/// All types.
pub(super) const TYPES: &[Type] = &[
    Type {
        name: "str",
        default: ("plain", "\"plain\""),
        other: ("formal", "\"formal\""),
        value: "\"ready to go\"",
        rival: 3,
    },
    Type { name: "int", default: ("3", "3"), other: ("7", "7"), value: "12", rival: 0 },
    Type {
        name: "float",
        default: ("0.5", "0.5"),
        other: ("0.75", "0.75"),
        value: "2.25",
        rival: 4,
    },
    Type {
        name: "list[str]",
        default: ("[alpha]", "[\"alpha\"]"),
        other: ("[beta]", "[\"beta\"]"),
        value: "[\"one\", \"two\"]",
        rival: 4,
    },
    Type {
        name: "dict",
        default: ("{mode: alpha}", "{\"mode\": \"alpha\"}"),
        other: ("{mode: beta}", "{\"mode\": \"beta\"}"),
        value: "{\"kind\": \"file\", \"size\": 3}",
        rival: 3,
    },
];

impl Model {
    /// A number that nothing else has.
    pub(super) fn number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }

    /// A name that is not near any other.
    pub(super) fn fresh(&mut self) -> Option<String> {
        self.spare.pop()
    }

    /// The index of the phase of this name.
    pub(super) fn index(&self, phase: &str) -> Option<usize> {
        self.phases.iter().position(|candidate| candidate.name == phase)
    }

    /// The phase whose exit holds the field.
    pub(super) fn producer(&self, field: &str) -> Option<usize> {
        self.phases.iter().position(|phase| phase.exits().any(|exit| exit.field == field))
    }

    /// Whether a chain follows the field.
    pub(super) fn is_chained(&self, field: &str) -> bool {
        self.chains.iter().any(|chain| chain.source.1 == field)
    }
}

impl Phase {
    pub(super) fn entries(&self) -> impl Iterator<Item = &Declared> {
        self.required.iter().chain(&self.enrichment)
    }

    pub(super) fn exits(&self) -> impl Iterator<Item = &Declared> {
        self.exit.iter().chain(&self.optional)
    }

    /// The read of this field.
    pub(super) fn read(&mut self, field: &str) -> Option<&mut Step> {
        let is_read = |step: &&mut Step| matches!(step.action, Action::Read(_));
        self.steps.iter_mut().filter(is_read).find(|step| step.field == field)
    }

    /// The write of this field.
    pub(super) fn write(&mut self, field: &str) -> Option<&mut Step> {
        let is_write = |step: &&mut Step| matches!(step.action, Action::Write(..));
        self.steps.iter_mut().filter(is_write).find(|step| step.field == field)
    }
}

/// One of those for which something holds.
pub(super) fn one_of<T: Clone>(random: &mut Random, from: impl Iterator<Item = T>) -> Option<T> {
    let all: Vec<T> = from.collect();
    if all.is_empty() { None } else { Some(random.pick(&all).clone()) }
}
