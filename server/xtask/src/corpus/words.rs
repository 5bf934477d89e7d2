//! The words that names of a corpus are made of.

use crate::random::Random;

/// Phases, in the order in which they could run.
pub(super) const PHASES: &[&str] = &[
    "ingest",
    "normalize",
    "classify",
    "retrieve",
    "plan",
    "outline",
    "scaffold",
    "design",
    "draft",
    "implement",
    "integrate",
    "compile",
    "test",
    "validate",
    "review",
    "score",
    "refine",
    "document",
    "package",
    "publish",
    "deploy",
    "monitor",
    "summarize",
    "finalize",
];

const SUBJECTS: &[&str] = &[
    "account",
    "artifact",
    "audience",
    "baseline",
    "benchmark",
    "budget",
    "campaign",
    "catalog",
    "chapter",
    "claim",
    "cluster",
    "corpus",
    "customer",
    "dataset",
    "domain",
    "embedding",
    "evidence",
    "feature",
    "forecast",
    "glossary",
    "incident",
    "interview",
    "invoice",
    "ledger",
    "market",
    "migration",
    "module",
    "patent",
    "pipeline",
    "policy",
    "portfolio",
    "product",
    "project",
    "prompt",
    "query",
    "region",
    "release",
    "schema",
    "sensor",
    "shipment",
    "story",
    "supplier",
    "task",
    "template",
    "ticket",
    "topic",
    "traffic",
    "transcript",
    "vendor",
    "warehouse",
];

const ASPECTS: &[&str] = &[
    "bounds",
    "brief",
    "checks",
    "digest",
    "draft",
    "estimates",
    "facts",
    "findings",
    "gaps",
    "goals",
    "history",
    "index",
    "issues",
    "labels",
    "limits",
    "notes",
    "outline",
    "plan",
    "priorities",
    "profile",
    "ranking",
    "results",
    "risks",
    "scores",
    "signals",
    "sources",
    "summary",
    "targets",
    "timeline",
    "verdict",
];

/// What a field of a mapping may be called.
pub(super) const KEYS: &[&str] = &["domain", "status", "entries", "reason", "weights", "origin"];

/// Sentences for descriptions.
pub(super) const REMARKS: &[&str] = &[
    "As the customer gave it, without corrections.",
    "Ordered by weight, the heaviest first.",
    "One entry for each task of the run.",
    "Kept short, since it goes into every prompt.",
    "Never empty after a successful run.",
    "Taken from the seed where it has one.",
    "Agreed with the people who read the report.",
    "Numbers are per day unless a unit is given.",
];

/// The name of the phase at `index`; every corpus has as many as it asks for.
pub(super) fn phase(index: usize, count: usize) -> String {
    if count <= PHASES.len() {
        return PHASES[index * PHASES.len() / count].to_owned();
    }
    let round = index / PHASES.len();
    let word = PHASES[index % PHASES.len()];
    if round == 0 { word.to_owned() } else { format!("{word}_{round}") }
}

/// Names of fields, no two alike.
pub(super) struct Names {
    start: usize,
    stride: usize,
    taken: usize,
}

impl Names {
    pub(super) fn new(random: &mut Random) -> Names {
        // A stride that shares no factor with the number of names visits all of them.
        let strides = [7, 11, 13, 17, 19, 23, 29, 31, 37, 41];
        let stride = *random.pick(&strides);
        Names { start: random.below(COMBINATIONS), stride, taken: 0 }
    }

    pub(super) fn next(&mut self) -> String {
        let index = (self.start + self.taken * self.stride) % COMBINATIONS;
        let round = self.taken / COMBINATIONS;
        self.taken += 1;
        let name =
            format!("{}_{}", SUBJECTS[index % SUBJECTS.len()], ASPECTS[index / SUBJECTS.len()]);
        if round == 0 { name } else { format!("{name}_{round}") }
    }
}

const COMBINATIONS: usize = SUBJECTS.len() * ASPECTS.len();
