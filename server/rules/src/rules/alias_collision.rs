//! `alias-collision`: an alias that stands for something else as well.

use contracts::kinds::semantic_conventions::Attribute;
use contracts::propagation::Located;
use text::name::Name;

use crate::conventions;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, ContractScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "alias-collision",
    weight: Weight::Always(Level::Warning),
    summary: "an alias of an attribute is another attribute's name or alias",
    page: include_str!("../../../../docs/rules/alias-collision.md"),
    check: Check::Contract(check),
};

fn check(scope: &ContractScope<'_>, findings: &mut Vec<Finding>) {
    let Some(contract) = conventions::of(scope.facts) else { return };
    for (index, attribute) in contract.attributes.iter().enumerate() {
        let mut seen: Vec<Name> = Vec::new();
        for alias in &attribute.aliases {
            // One that is given twice in one list is another rule's.
            if seen.contains(&alias.value) {
                continue;
            }
            seen.push(alias.value);
            let named = contract.attributes.iter().find(|other| other.name.value == alias.value);
            let before = contract.attributes[..index].iter();
            let shared = before
                .filter(|other| other.name.value != attribute.name.value)
                .find_map(|other| Some((other, alias_of(other, alias.value)?)));
            findings.extend(match (named, shared) {
                (Some(named), _) => Some(name_of(scope, attribute, *alias, named)),
                (None, Some((other, first))) => {
                    Some(alias_of_both(scope, attribute, *alias, (other, first)))
                }
                (None, None) => None,
            });
        }
    }
}

fn alias_of(attribute: &Attribute, alias: Name) -> Option<Located<Name>> {
    attribute.aliases.iter().copied().find(|known| known.value == alias)
}

fn name_of(
    scope: &ContractScope<'_>,
    attribute: &Attribute,
    alias: Located<Name>,
    named: &Attribute,
) -> Finding {
    let is_own = named.name.value == attribute.name.value;
    let message = if is_own {
        format!("`{}` is an alias of itself", alias.value)
    } else {
        let canonical = attribute.name.value;
        format!("`{}` is an alias of `{canonical}` and an attribute of its own", alias.value)
    };
    Finding::new(&RULE, Level::Warning, scope.anchor(alias.at), message)
        .label("this alias is never looked up")
        .related(scope.anchor(named.name.at), "an attribute has this name")
        .why("a name counts as the attribute of that name first, so the alias says nothing")
        .help("remove the alias")
}

fn alias_of_both(
    scope: &ContractScope<'_>,
    attribute: &Attribute,
    alias: Located<Name>,
    (other, first): (&Attribute, Located<Name>),
) -> Finding {
    let (one, two) = (other.name.value, attribute.name.value);
    let message = format!("`{}` is an alias of `{one}` and of `{two}`", alias.value);
    Finding::new(&RULE, Level::Warning, scope.anchor(alias.at), message)
        .label(format!("an alias of `{two}`"))
        .related(scope.anchor(first.at), format!("an alias of `{one}`"))
        .why("the last one wins without a word, and the other never gets its values")
        .help("remove one of the two")
}
