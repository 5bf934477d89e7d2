//! `inert-setting`: a key that has no effect where it stands.

use contracts::propagation::{Boundary, Evaluation, Field, Quality, Severity};
use facts::contract::ContractFacts;
use syntax::edit::yaml;
use syntax::yaml::NodeId;
use text::near::nearest;

use super::score_without_threshold::SCORE;
use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "inert-setting",
    weight: Weight::Always(Level::Information),
    summary: "a key that has no effect where it stands",
    page: include_str!("../../../../docs/rules/inert-setting.md"),
    check: Check::File(check),
};

/// The metrics that something measures.
const METRICS: [&str; 6] =
    ["line_count", "char_count", "section_count", "length", "success_rate", "total_passed"];

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        for (phase, boundary, field) in declared::fields(contract) {
            // Nearly every field has none of the keys in question.
            let asks = field.quality.is_some() || field.evaluation.is_some();
            if field.default.is_none() && field.constraints.is_none() && !asks {
                continue;
            }
            let found = [
                default(scope, contract, boundary, field),
                constraints(scope, contract, field),
                field.quality.as_ref().and_then(|quality| metric(scope, contract, quality)),
                field.evaluation.as_ref().and_then(|held| threshold(scope, contract, held)),
            ];
            let found = found.into_iter().flatten();
            findings.extend(found.map(|finding| finding.about(phase, field.path.value)));
        }
    }
}

/// Why a default at this boundary is never used; none where it may be.
///
/// A default stands in for an absent field of severity warning when a boundary is checked, and
/// optional exits are not.
pub(super) fn default_is_inert(
    contract: &ContractFacts,
    boundary: Boundary,
    field: &Field,
) -> Option<String> {
    if boundary == Boundary::ExitOptional {
        return Some("nothing checks an optional exit, so its default is never used".to_owned());
    }
    if field.severity == Severity::Warning || !declared::severity_is_known(contract, field) {
        return None;
    }
    let severity = field.severity.as_str();
    Some(match field.severity_at {
        Some(_) => format!("a field of severity {severity} never takes its default"),
        None => format!(
            "a field of severity {severity}, as it is for want of one, never takes its default"
        ),
    })
}

fn default(
    scope: &FileScope<'_>,
    contract: &ContractFacts,
    boundary: Boundary,
    field: &Field,
) -> Option<Finding> {
    let value = field.default.as_ref()?.at;
    // `blocking-enrichment` asks for another severity, and with that the default is used.
    if boundary == Boundary::EntryEnrichment && field.severity == Severity::Blocking {
        return None;
    }
    let message = default_is_inert(contract, boundary, field)?;
    let finding = inert(scope, contract, declared::key_of(value), message);
    if boundary == Boundary::ExitOptional {
        return Some(finding);
    }
    Some(finding.help("or give the field severity warning, if the default shall stand in"))
}

fn constraints(scope: &FileScope<'_>, contract: &ContractFacts, field: &Field) -> Option<Finding> {
    let message = "`constraints` are reserved, and nothing enforces them".to_owned();
    Some(
        inert(scope, contract, field.constraints?, message)
            .why("whoever reads the contract believes that the value is checked"),
    )
}

fn metric(scope: &FileScope<'_>, contract: &ContractFacts, quality: &Quality) -> Option<Finding> {
    let metric = quality.metric.filter(|metric| !METRICS.contains(&metric.value.as_str()))?;
    let name = metric.value;
    let finding = |message| {
        declared::finding(&RULE, scope, contract, metric.at, message)
            .label("measures nothing")
            .why("an unknown metric is passed over, so every value is good enough")
    };
    Some(match nearest(name.as_str(), METRICS) {
        Some((near, _)) => {
            let intent = yaml::Intent::ReplaceScalar(metric.at, near.to_owned());
            finding(format!("`{name}` is no metric; the nearest is `{near}`"))
                .help(format!("write `{near}`, if that is meant (quick fix)"))
                .fix(Fix::offered(format!("change to `{near}`"), declared::edit(scope, intent)))
        }
        None => finding(format!("`{name}` is no metric"))
            .help(format!("metrics are {}", METRICS.map(|name| format!("`{name}`")).join(", "))),
    })
}

fn threshold(
    scope: &FileScope<'_>,
    contract: &ContractFacts,
    evaluation: &Evaluation,
) -> Option<Finding> {
    let threshold = evaluation.threshold?;
    let policy = evaluation.policy.filter(|policy| policy.value.as_str() != SCORE)?;
    let message = format!("policy `{}` looks at no threshold", policy.value);
    let key = declared::key_of(threshold.at);
    Some(
        inert(scope, contract, key, message)
            .related(scope.anchor(policy.at), format!("`{SCORE}` is the only one that does"))
            .help(format!("or take policy `{SCORE}`")),
    )
}

fn inert(scope: &FileScope<'_>, contract: &ContractFacts, key: NodeId, message: String) -> Finding {
    declared::finding(&RULE, scope, contract, key, message)
        .label("no effect")
        .help("remove it (quick fix)")
        .fix(Fix::offered("remove it", declared::edit(scope, yaml::Intent::RemoveEntry(key))))
}
