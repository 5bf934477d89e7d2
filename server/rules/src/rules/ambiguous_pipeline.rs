//! `ambiguous-pipeline`: a handler that two contracts claim equally.

use facts::places::Anchor;
use text::name::Name;

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "ambiguous-pipeline",
    weight: Weight::Always(Level::Hint),
    summary: "a handler that several contracts claim equally is bound to none",
    page: include_str!("../../../../docs/rules/ambiguous-pipeline.md"),
    check: Check::Elsewhere,
};

/// The finding about the handler at `at`, which `count` contracts claim equally, these among them.
#[must_use]
pub fn finding(phase: Name, at: Anchor, count: usize, candidates: &[Anchor]) -> Finding {
    let message = format!(
        "the handler may carry out `{phase}` of {count} contracts, and is held against none"
    );
    let mut finding = Finding::new(&RULE, Level::Hint, at, message)
        .label("claimed equally")
        .why("nothing tells them apart, and a guess would make wrong findings")
        .help("bind it in the settings, by folder, module or class");
    finding.phase = Some(phase);
    for candidate in candidates {
        finding = finding.related(*candidate, "this contract declares the phase");
    }
    finding
}
