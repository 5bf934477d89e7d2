//! `mapping-type-conflict`: the types of a field mapping exclude each other or its values.

use contracts::kinds::schema_compatibility::{FieldMapping, Side};
use contracts::propagation::Located;
use contracts::types::spelled::Spelling;
use contracts::types::{self, Type};
use facts::contract::ContractFacts;
use syntax::edit::yaml;
use text::name::Name;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "mapping-type-conflict",
    weight: Weight::Always(Level::Warning),
    summary: "the types of a field mapping exclude each other, or its values",
    page: include_str!("../../../../docs/rules/mapping-type-conflict.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for (contract, body) in declared::compatibility(scope) {
        for mapping in body.mappings.iter().filter(|mapping| contract.is_sound(mapping.at)) {
            findings.extend(ends(scope, contract, mapping));
            let keys = mapping.values.iter().map(|pair| pair.0);
            let results = mapping.values.iter().map(|pair| pair.1);
            for (side, mapped, spelling) in [
                (&mapping.source, keys.collect::<Vec<_>>(), Spelling::Python),
                (&mapping.target, results.collect(), Spelling::Any),
            ] {
                // What is mapped and not among the values is another rule's.
                let values = if side.values.is_empty() { &mapped } else { &side.values };
                values_of(scope, contract, (side, values, spelling), findings);
            }
        }
    }
}

/// The two ends against each other, where no mapping makes one of the other.
fn ends(
    scope: &FileScope<'_>,
    contract: &ContractFacts,
    mapping: &FieldMapping,
) -> Option<Finding> {
    let (sent, received) = (mapping.source.type_name?, mapping.target.type_name?);
    if !mapping.values.is_empty() || !types::conflicts(sent.value, received.value) {
        return None;
    }
    let message = format!("what is sent as `{}` is received as `{}`", sent.value, received.value);
    Some(
        declared::finding(&RULE, scope, contract, received.at, message)
            .label("no value is of both types")
            .related(scope.anchor(sent.at), format!("`{}` is sent", sent.value))
            .why("there is no `mapping`, so the value arrives as it is")
            .help("correct one of the types, or say in `mapping` what becomes of each value"),
    )
}

/// The values of one side against its type.
fn values_of(
    scope: &FileScope<'_>,
    contract: &ContractFacts,
    (side, values, spelling): (&Side, &[Located<Name>], Spelling),
    findings: &mut Vec<Finding>,
) {
    let Some(written) = side.type_name else { return };
    let Some(of) = Type::named(written.value) else { return };
    for value in values {
        let text = value.value.as_str();
        if of.may_be_spelled(text, spelling) {
            continue;
        }
        let message = format!("`{text}` is no `{}`", written.value);
        let finding = declared::finding(&RULE, scope, contract, value.at, message)
            .related(scope.anchor(written.at), "the type")
            .help("correct the value or the type");
        let finding = match spelling {
            Spelling::Python => finding.label("never sent").why(
                "values are compared as Python's `str` writes them, and no value of the type is \
                 written so",
            ),
            Spelling::Any => finding.why("nothing checks it at run time"),
        };
        let truth = of.may_be_spelled("True", spelling).then(|| capitalised(text)).flatten();
        findings.push(match truth {
            None => finding,
            Some(word) => {
                let intent = yaml::Intent::ReplaceScalar(value.at, word.to_owned());
                let edit = declared::edit(scope, intent);
                finding.fix(Fix::offered(format!("change to `{word}`"), edit))
            }
        });
    }
}

/// The truth value as Python writes it.
fn capitalised(text: &str) -> Option<&'static str> {
    match text {
        "true" => Some("True"),
        "false" => Some("False"),
        _ => None,
    }
}
