//! `invalid-settings`: a settings file that cannot be followed.

use facts::places::Anchor;
use settings::problem::Problem;

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, Rule, Weight};

pub(crate) static RULE: Rule = Rule {
    name: "invalid-settings",
    weight: Weight::Always(Level::Error),
    summary: "a settings file has a mistake in syntax, types or values",
    page: include_str!("../../../../docs/rules/invalid-settings.md"),
    check: Check::Elsewhere,
};

/// The finding about `problem`, which stands at `at`.
pub(crate) fn finding(at: Anchor, problem: &Problem) -> Finding {
    let finding = Finding::new(&RULE, Level::Error, at, problem.message.clone())
        .why("what the setting speaks of keeps its default, and a check ends with exit code 2");
    match &problem.help {
        Some(help) => finding.help(help.clone()),
        None => finding,
    }
}
