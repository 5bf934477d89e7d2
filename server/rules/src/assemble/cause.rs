//! One cause, one finding.

use std::collections::BTreeSet;

use crate::finding::Finding;

/// Rules that may speak about one place for one reason: where several do, the first is kept.
const RANKED: [&str; 8] = [
    "unknown-phase",
    "wrong-source-phase",
    "late-producer",
    "dropped-field",
    "shadow-default",
    "conditional-read",
    "dangling-read",
    "broken-chain",
];

/// Leaves one finding of those that say the same, and of those that give other names to one cause.
///
/// What stands behind an anchor of YAML is met once for each alias, so that a rule may come by it
/// more than once.
pub(super) fn one_for_each(mut findings: Vec<Finding>) -> Vec<Finding> {
    let ranked = findings
        .iter()
        .filter_map(|finding| Some((place(finding), rank(finding)?)));
    let ranked: Vec<_> = ranked.collect();
    findings.retain(|finding| {
        let place = place(finding);
        let first = |rank| {
            !ranked
                .iter()
                .any(|(other, held)| *held < rank && *other == place)
        };
        rank(finding).is_none_or(first)
    });
    let mut said = BTreeSet::new();
    findings
        .retain(|finding| said.insert((finding.rule.name, finding.at, finding.message.clone())));
    findings
}

fn rank(finding: &Finding) -> Option<usize> {
    RANKED.iter().position(|name| *name == finding.rule.name)
}

fn place(finding: &Finding) -> impl PartialEq + use<> {
    (finding.at, finding.phase, finding.field, finding.pipeline)
}
