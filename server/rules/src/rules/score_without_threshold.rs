//! `score-without-threshold`: a score is asked for, and any will do.

use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "score-without-threshold",
    weight: Weight::Always(Level::Warning),
    summary: "policy score_threshold without a threshold: any score passes",
    page: include_str!("../../../../docs/rules/score-without-threshold.md"),
    check: Check::File(check),
};

/// The policy that looks at scores.
pub(super) const SCORE: &str = "score_threshold";

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        for (phase, _, field) in declared::fields(contract) {
            let Some(evaluation) = &field.evaluation else {
                continue;
            };
            let policy = evaluation.policy.filter(|policy| policy.value.as_str() == SCORE);
            let Some(policy) = policy.filter(|_| evaluation.threshold.is_none()) else {
                continue;
            };
            // One that is no number is reported as such.
            if declared::has_problem(contract, field, "threshold") {
                continue;
            }
            let path = field.path.value;
            let message = format!("`{path}` is held to a score, but no threshold is given");
            let intent =
                yaml::Intent::InsertEntry(evaluation.at, "threshold".to_owned(), "0.7".to_owned());
            findings.push(
                declared::finding(&RULE, scope, contract, policy.at, message)
                    .label("any score passes")
                    .why("a value that was judged as worthless goes through")
                    .help("add a `threshold` (quick fix)")
                    .help("or take policy `any_evaluator`, if a judgement is all that is asked")
                    .about(phase, path)
                    .fix(Fix::offered("add `threshold: 0.7`", declared::edit(scope, intent))),
            );
        }
    }
}
