//! `inert-change`: a word in an evolution rule that is no sort of change.

use contracts::kinds::schema_compatibility::evolution::ChangeKind;
use contracts::propagation::Located;
use facts::contract::ContractFacts;
use syntax::edit::yaml;
use text::name::Name;
use text::near::nearest;

use crate::declared;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::level::Level;
use crate::rule::{Check, FileScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "inert-change",
    weight: Weight::Always(Level::Warning),
    summary: "an evolution rule names a change that nothing knows",
    page: include_str!("../../../../docs/rules/inert-change.md"),
    check: Check::File(check),
};

fn check(scope: &FileScope<'_>, findings: &mut Vec<Finding>) {
    for (contract, body) in declared::compatibility(scope) {
        for rule in &body.rules {
            let lists = [(&rule.allowed, "allows nothing"), (&rule.forbidden, "forbids nothing")];
            for (list, label) in lists {
                let unknown =
                    list.iter().filter(|word| ChangeKind::parse(word.value.as_str()).is_none());
                findings.extend(unknown.map(|word| {
                    report(scope, contract, (*word, list)).label(label).fix(Fix::offered(
                        "remove it",
                        declared::edit(scope, yaml::Intent::RemoveItem(word.at)),
                    ))
                }));
            }
        }
    }
}

fn report(
    scope: &FileScope<'_>,
    contract: &ContractFacts,
    (word, list): (Located<Name>, &[Located<Name>]),
) -> Finding {
    let name = word.value;
    let say = |message: String| {
        declared::finding(&RULE, scope, contract, word.at, message)
            .why("versions are compared for seven sorts of change, and other words are passed over")
    };
    if name.as_str().starts_with("rename") {
        return say(format!("`{name}` is no change that is looked for"))
            .help("a rename is seen as `remove_field` and `add_field`; name these");
    }
    let absent = ChangeKind::ALL.into_iter().map(ChangeKind::as_str);
    let absent = absent.filter(|known| list.iter().all(|held| held.value.as_str() != *known));
    match nearest(name.as_str(), absent) {
        Some((near, _)) => {
            let intent = yaml::Intent::ReplaceScalar(word.at, near.to_owned());
            say(format!("`{name}` is no change that is looked for; the nearest is `{near}`"))
                .help(format!("write `{near}`, if that is meant (quick fix)"))
                .fix(Fix::offered(format!("change to `{near}`"), declared::edit(scope, intent)))
        }
        None => say(format!("`{name}` is no change that is looked for")).help(format!(
            "changes are {}",
            ChangeKind::ALL.map(|kind| format!("`{}`", kind.as_str())).join(", ")
        )),
    }
}
