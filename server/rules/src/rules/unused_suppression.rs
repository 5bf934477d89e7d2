//! `unused-suppression`: a directive that silences nothing.

use facts::places::Anchor;

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, Rule, Weight};

pub(crate) static RULE: Rule = Rule {
    name: "unused-suppression",
    weight: Weight::Always(Level::Warning),
    summary: "a directive silences nothing",
    page: include_str!("../../../../docs/rules/unused-suppression.md"),
    check: Check::Elsewhere,
};

/// The finding at `at`.
pub(crate) fn finding(at: Anchor, message: String) -> Finding {
    Finding::new(&RULE, Level::Warning, at, message)
        .why("left in place, it would hide the next finding that comes up here")
}
