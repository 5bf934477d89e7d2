//! One cause, one finding.

use std::collections::BTreeSet;

use contracts::path::FieldPath;
use facts::places::Anchor;
use rustc_hash::FxHashMap;
use text::name::Name;

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
    let mut first: FxHashMap<Place, usize> = FxHashMap::default();
    for finding in &findings {
        if let Some(rank) = rank(finding) {
            let first = first.entry(place(finding)).or_insert(rank);
            *first = rank.min(*first);
        }
    }
    findings.retain(|finding| {
        rank(finding).is_none_or(|rank| first.get(&place(finding)) == Some(&rank))
    });
    let mut said = BTreeSet::new();
    findings
        .retain(|finding| said.insert((finding.rule.name, finding.at, finding.message.clone())));
    findings
}

fn rank(finding: &Finding) -> Option<usize> {
    RANKED.iter().position(|name| *name == finding.rule.name)
}

/// What two findings have in common that may have one cause.
type Place = (Anchor, Option<Name>, Option<FieldPath>, Option<Name>);

fn place(finding: &Finding) -> Place {
    (finding.at, finding.phase, finding.field, finding.pipeline)
}
