//! `default-type-mismatch`: a default that is not of the field's type.

use contracts::types::Type;
use syntax::edit::yaml;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "default-type-mismatch",
    weight: Weight::Always(Level::Error),
    summary: "a default does not fit the type of its field",
    page: include_str!("../../../../docs/rules/default-type-mismatch.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for contract in &scope.facts.contracts {
        for (phase, _, field) in declared::fields(contract) {
            // A field without a type says nothing about its values that anybody wrote down.
            let (Some(default), Some(written)) = (&field.default, field.type_name) else {
                continue;
            };
            let fits = |wanted: &Type| wanted.accepts(&default.value);
            if Type::named(written.value).is_none_or(fits) {
                continue;
            }
            let (value, path) = (&default.value, field.path.value);
            let message = format!(
                "the default `{value}` of `{path}` does not fit its type `{}`",
                written.value
            );
            let remove = yaml::Intent::RemoveEntry(declared::key_of(default.at));
            findings.push(
                declared::finding(&RULE, scope, contract, default.at, message)
                    .label(format!("{} here", value.noun()))
                    .related(scope.anchor(written.at), format!("`{}` is asked for", written.value))
                    .why("code that reads the field meets a value that it was told it would not")
                    .help("give a default of the type, or correct the type")
                    .about(phase, path)
                    .fix(Fix::offered("remove the default", declared::edit(scope, remove))),
            );
        }
    }
}
