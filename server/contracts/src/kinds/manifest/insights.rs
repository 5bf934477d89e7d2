//! What people and tools have found out about a project.

use super::keys::{moment, optional, required, texts};
use crate::schema::{Enumeration, Key, Presence, Range, Record, Shape, Sort, Text};

pub(in crate::kinds) static INSIGHT: Record = Record {
    name: "insight",
    prose: "Something that was found out.",
    keys: &[
        Key {
            name: "id",
            shape: Shape::Text(Text::Defines(Sort::Label)),
            presence: Presence::Required,
            example: "INS-1",
            prose: "The insight's id.",
        },
        TYPE,
        SUMMARY,
        CONFIDENCE,
        SOURCE,
        SEVERITY,
        OBSERVED_AT,
        EXPIRES_AT,
        IMPACT,
        EVIDENCE,
        RECOMMENDED_ACTIONS,
    ],
    ..Record::PLAIN
};

pub(in crate::kinds) const TYPE: Key =
    required("type", "pattern", "What it is: `risk`, `pattern`, `opportunity`, ...");

pub(in crate::kinds) const SUMMARY: Key = required("summary", "\"\"", "What was found out.");

pub(in crate::kinds) const CONFIDENCE: Key = Key {
    name: "confidence",
    shape: Shape::Number(Range::SHARE),
    presence: Presence::Required,
    example: "0.8",
    prose: "How sure it is.",
};

pub(in crate::kinds) const SOURCE: Key = required("source", "\"human:name\"", "Who found it out.");

pub(in crate::kinds) const SEVERITY: Key = Key {
    name: "severity",
    shape: Shape::OneOf(&INSIGHT_SEVERITY),
    presence: Presence::Default("medium"),
    example: "medium",
    prose: "How much it matters.",
};

pub(in crate::kinds) const OBSERVED_AT: Key = moment("observedAt", "When it was found out.");

pub(in crate::kinds) const EXPIRES_AT: Key = moment("expiresAt", "From when on it counts no more.");

pub(in crate::kinds) const IMPACT: Key = optional("impact", "\"\"", "What follows from it.");

pub(in crate::kinds) const EVIDENCE: Key = Key {
    name: "evidence",
    shape: Shape::list(&ONE_EVIDENCE),
    presence: Presence::Default("[]"),
    example: "[]",
    prose: "How one knows.",
};

pub(in crate::kinds) const RECOMMENDED_ACTIONS: Key =
    texts("recommendedActions", "What should be done.");

static ONE_EVIDENCE: Shape = Shape::Record(&EVIDENCE_RECORD);

static EVIDENCE_RECORD: Record = Record {
    name: "evidence item",
    prose: "How one knows.",
    keys: &[
        required("type", "file", "What it is: `file`, `url`, `query`, `metric`, ..."),
        required("ref", "\"\"", "Where it is."),
        optional("description", "\"\"", "What it shows."),
    ],
    ..Record::PLAIN
};

static INSIGHT_SEVERITY: Enumeration = Enumeration {
    name: "insight severity",
    values: &[
        ("critical", "Drop everything."),
        ("high", "Soon."),
        ("medium", "In time."),
        ("low", "Some day."),
        ("info", "Good to know."),
    ],
};
