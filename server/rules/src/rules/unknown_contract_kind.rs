//! `unknown-contract-kind`: called a contract, and like none that is known.

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "unknown-contract-kind",
    weight: Weight::Always(Level::Hint),
    summary: "a file is called a contract and matches no kind of contract",
    page: include_str!("../../../../docs/rules/unknown-contract-kind.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    if let Some(at) = scope.facts.unknown_kind {
        let message = "the file is called a contract, and looks like no kind that is known";
        findings.push(
            Finding::new(&RULE, Level::Hint, scope.local(at), message.to_owned())
                .why("nothing in it is checked")
                .help("give it the keys `schema_version`, `pipeline_id` and `phases`")
                .help("or, if it belongs to another tool, `exclude` it in the settings"),
        );
    }
}
