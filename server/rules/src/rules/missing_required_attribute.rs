//! `missing-required-attribute`: a span or event without an attribute that its convention requires.

use contracts::kinds::semantic_conventions::{Attribute, Contract, RequirementLevel};
use facts::python::attributes::{Carrier, Origin};
use graph::attributes::{Attributes, Group, Set};
use text::name::Name;

use crate::conventions;
use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, ContractScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "missing-required-attribute",
    weight: Weight::Always(Level::Warning),
    summary: "a span or event lacks an attribute that its convention requires",
    page: include_str!("../../../../docs/rules/missing-required-attribute.md"),
    check: Check::Contract(check),
};

fn check(scope: &ContractScope<'_>, findings: &mut Vec<Finding>) {
    let Some(contract) = conventions::of(scope.facts) else { return };
    let attributes = scope.graph.attributes();
    if attributes.any_span_may_have_any() {
        return;
    }
    let required = |attribute: &&Attribute| attribute.level == RequirementLevel::Required;
    for lacked in contract.attributes.iter().filter(required) {
        if !comes_from_elsewhere(scope, lacked) {
            of_attribute(scope, contract, lacked, findings);
        }
    }
}

/// Whether some code sets the attribute on spans that it does not begin: which ones, nobody can tell.
fn comes_from_elsewhere(scope: &ContractScope<'_>, lacked: &Attribute) -> bool {
    names(lacked).any(|name| {
        let mut groups = scope.graph.attributes().with_name(scope.graph.files(), name);
        groups.any(|group| matches!(group.carrier, Carrier::Span(Origin::Current | Origin::Given)))
    })
}

fn names(attribute: &Attribute) -> impl Iterator<Item = Name> {
    std::iter::once(attribute.name.value).chain(attribute.aliases.iter().map(|alias| alias.value))
}

fn of_attribute(
    scope: &ContractScope<'_>,
    contract: &Contract,
    lacked: &Attribute,
    findings: &mut Vec<Finding>,
) {
    let attributes = scope.graph.attributes();
    let beside = contract.attributes.iter().filter(|other| is_beside(other, lacked));
    let mut reported: Vec<&Group> = Vec::new();
    for other in beside {
        for (group, set) in attributes.uses(scope.graph.files(), other.name.value) {
            let is_new = !reported.iter().any(|known| known.at == group.at);
            if is_new && set.names.len() == 1 && lacks(attributes, group, (lacked, contract)) {
                reported.push(group);
                findings.push(report(scope, lacked, (group, set)));
            }
        }
    }
}

/// Whether two attributes stand side by side: their names differ in the last part alone.
fn is_beside(other: &Attribute, lacked: &Attribute) -> bool {
    let holder = |attribute: &Attribute| {
        attribute.name.value.as_str().rsplit_once('.').map(|(holder, _)| holder.to_owned())
    };
    other.name.value != lacked.name.value
        && holder(other).is_some_and(|of| Some(of) == holder(lacked))
}

/// Whether the group certainly ends up without the attribute.
fn lacks(
    attributes: &Attributes,
    group: &Group,
    (lacked, contract): (&Attribute, &Contract),
) -> bool {
    let sets = |group: &Group, attribute: &Attribute| {
        group.names().any(|set| names(attribute).any(|name| name == set))
    };
    if !group.closed || sets(group, lacked) {
        return false;
    }
    match group.carrier {
        Carrier::Span(Origin::Started | Origin::StartedCurrent) => true,
        // An event says what its span does not.
        Carrier::Event(Some(of)) => {
            let mut groups = attributes.of_file(group.at.file).iter();
            let span = groups.find(|other| other.at.local == of);
            span.is_some_and(|span| {
                let speaks = contract.attributes.iter().any(|attribute| sets(span, attribute));
                span.closed && !speaks
            })
        }
        _ => false,
    }
}

fn report(scope: &ContractScope<'_>, lacked: &Attribute, (group, set): (&Group, &Set)) -> Finding {
    let (name, title) = (lacked.name.value, conventions::title(group));
    let beside = set.names.first().map_or("", |name| name.as_str());
    let message = format!("the {title} has `{beside}`, but not `{name}`, which is required");
    Finding::new(&RULE, Level::Warning, group.at, message)
        .label(format!("`{name}` is never set on it"))
        .related(set.at, format!("`{beside}` is set here"))
        .related(scope.anchor(lacked.name.at), format!("`{name}` is required here"))
        .why("a check of the recorded attributes fails without it")
        .help(format!("set `{name}` as well"))
}
