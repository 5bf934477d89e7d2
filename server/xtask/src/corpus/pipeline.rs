//! A pipeline that is written as a contract and as handlers.

use super::words::{self, Names};
use crate::random::Random;

/// One pipeline.
pub(super) struct Pipeline {
    /// Its id, which is also the name of its folder.
    pub(super) id: String,
    /// The version, as written.
    pub(super) version: String,
    /// Its phases, in order.
    pub(super) phases: Vec<Phase>,
    /// Its chains.
    pub(super) chains: Vec<Chain>,
}

/// One phase.
pub(super) struct Phase {
    pub(super) name: String,
    pub(super) required: Vec<Entry>,
    pub(super) enrichment: Vec<Entry>,
    pub(super) exit: Vec<Entry>,
    /// Lines of the handler's own, at the end of its work.
    pub(super) code: Vec<String>,
}

/// One field of a list.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) kind: &'static Kind,
    /// `severity`, where it is written.
    pub(super) severity: Option<&'static str>,
    /// Whether the entry falls back to its kind's default.
    pub(super) falls_back: bool,
    /// What the code falls back to, if not to that.
    pub(super) code_default: Option<&'static str>,
    pub(super) source_phase: Option<String>,
    pub(super) description: Option<&'static str>,
    /// Lines as they are.
    pub(super) extra: Vec<String>,
}

/// One chain.
pub(super) struct Chain {
    pub(super) source: (String, String),
    pub(super) destination: (String, String),
}

/// A type, with a default in both languages and another one.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) yaml: &'static str,
    pub(super) python: &'static str,
    pub(super) other: &'static str,
}

const KINDS: &[Kind] = &[
    Kind { name: "str", yaml: "neutral", python: "\"neutral\"", other: "\"formal\"" },
    Kind { name: "int", yaml: "3", python: "3", other: "5" },
    Kind { name: "float", yaml: "0.5", python: "0.5", other: "0.8" },
    Kind {
        name: "dict",
        yaml: "{mode: full}",
        python: "{\"mode\": \"full\"}",
        other: "{\"mode\": \"brief\"}",
    },
    Kind { name: "list", yaml: "[first]", python: "[\"first\"]", other: "[\"last\"]" },
];

impl Kind {
    /// The type, where an entry has to say it: text is what fields are by default.
    pub(super) fn written(&self) -> Option<&'static str> {
        (self.name != "str").then_some(self.name)
    }
}

impl Pipeline {
    /// A pipeline in which all is well: what a phase produces, the next one asks for; inputs feed
    /// the first, outputs leave the last.
    pub(super) fn new(id: String, phases: usize, fields: usize, random: &mut Random) -> Pipeline {
        let mut names = Names::new(random);
        let groups: Vec<Vec<Entry>> = (0..=phases)
            .map(|group| {
                // Fields spread evenly over the borders between phases, both ends included.
                let count = fields * (group + 1) / (phases + 1) - fields * group / (phases + 1);
                (0..count).map(|_| Entry::new(names.next(), random)).collect()
            })
            .collect();
        let mut pipeline = Pipeline {
            id,
            version: "\"0.1.0\"".to_owned(),
            phases: (0..phases).map(|index| Phase::new(words::phase(index, phases))).collect(),
            chains: Vec::new(),
        };
        for index in 0..phases {
            pipeline.take_in(index, &groups[index]);
            pipeline.phases[index].exit = groups[index + 1].iter().map(Entry::produced).collect();
        }
        pipeline.add_chains();
        pipeline
    }

    fn take_in(&mut self, index: usize, group: &[Entry]) {
        let producer = index.checked_sub(1).map(|before| self.phases[before].name.clone());
        for entry in group {
            let mut entry = Entry { description: None, ..entry.clone() };
            if entry.falls_back {
                entry.source_phase.clone_from(&producer);
                self.phases[index].enrichment.push(entry);
            } else {
                self.phases[index].required.push(entry);
            }
        }
    }

    /// A chain for every fourth phase, over one border.
    fn add_chains(&mut self) {
        for index in (1..self.phases.len()).step_by(4) {
            let [from, to] = [&self.phases[index - 1], &self.phases[index]];
            if let Some(entry) = to.required.iter().find(|entry| entry.kind.name == "str") {
                self.chains.push(Chain {
                    source: (from.name.clone(), entry.name.clone()),
                    destination: (to.name.clone(), entry.name.clone()),
                });
            }
        }
    }
}

impl Phase {
    fn new(name: String) -> Phase {
        Phase {
            name,
            required: Vec::new(),
            enrichment: Vec::new(),
            exit: Vec::new(),
            code: Vec::new(),
        }
    }
}

impl Entry {
    fn new(name: String, random: &mut Random) -> Entry {
        let falls_back = random.one_in(8);
        let nested = !falls_back && random.one_in(12);
        let name = if nested { format!("{name}.{}", random.pick(words::KEYS)) } else { name };
        let severity = match random.below(10) {
            _ if falls_back => Some("warning"),
            0 => Some("blocking"),
            _ => None,
        };
        let description = random.one_in(16).then(|| *random.pick(words::REMARKS));
        Entry {
            name,
            kind: if random.one_in(4) { &KINDS[0] } else { random.pick(KINDS) },
            severity,
            falls_back,
            code_default: None,
            source_phase: None,
            description,
            extra: Vec::new(),
        }
    }

    /// The same field where it is produced.
    fn produced(&self) -> Entry {
        Entry { falls_back: false, ..self.clone() }
    }

    /// A required entry for text.
    pub(super) fn text(name: String) -> Entry {
        Entry {
            name,
            kind: &KINDS[0],
            severity: None,
            falls_back: false,
            code_default: None,
            source_phase: None,
            description: None,
            extra: Vec::new(),
        }
    }
}
