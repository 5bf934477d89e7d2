//! `unknown-rule`: a setting or a directive names a rule that does not exist.

use facts::places::Anchor;
use text::near::nearest;

use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::level::Level;
use crate::rule::{Check, Rule, Weight};

pub(crate) static RULE: Rule = Rule {
    name: "unknown-rule",
    weight: Weight::Always(Level::Warning),
    summary: "a setting or a directive names a rule that does not exist",
    page: include_str!("../../../../docs/rules/unknown-rule.md"),
    check: Check::Elsewhere,
};

/// The finding about `name` at `at`, which people would look up as `written`.
pub(crate) fn finding(at: Anchor, name: &str, written: &str) -> Finding {
    let known = super::ALL.iter().map(|rule| rule.name);
    let Some((near, _)) = nearest(name, known) else {
        let message = format!("`{written}` names no rule");
        return Finding::new(&RULE, Level::Warning, at, message)
            .help("see the list of rules for the one that is meant");
    };
    let message = format!("`{written}` names no rule; the nearest is `{near}`");
    Finding::new(&RULE, Level::Warning, at, message)
        .help(format!("write `{near}`, if that is meant (quick fix)"))
        .fix(Fix::offered(format!("change to `{near}`"), vec![Intent::Word(at, near.to_owned())]))
}
