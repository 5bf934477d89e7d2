//! What the rules about attributes of telemetry share.

use contracts::body::Body;
use contracts::kinds::semantic_conventions::{Attribute, AttributeEnum, Contract};
use contracts::propagation::Located;
use facts::contract::ContractFacts;
use facts::python::attributes::Carrier;
use graph::attributes::Group;
use text::name::Name;

use crate::rule::ContractScope;

/// The contract, if it is about attributes.
pub(crate) fn of(facts: &ContractFacts) -> Option<&Contract> {
    match &facts.document.body {
        Body::SemanticConventions(contract) => Some(contract),
        _ => None,
    }
}

/// All contracts about attributes in the project.
fn all<'a>(scope: &ContractScope<'a>) -> impl Iterator<Item = &'a Contract> {
    let graph = scope.graph;
    graph.attributes().conventions().filter_map(move |contract| of(graph.contract(contract)?))
}

/// Whether some contract of the project has an attribute of this name.
pub(crate) fn is_canonical(scope: &ContractScope<'_>, name: Name) -> bool {
    all(scope)
        .any(|contract| contract.attributes.iter().any(|attribute| attribute.name.value == name))
}

/// The aliases of an attribute that stand for nothing else in the project.
pub(crate) fn clear_aliases<'a>(
    scope: &ContractScope<'a>,
    attribute: &'a Attribute,
) -> impl Iterator<Item = Located<Name>> {
    let canonical = attribute.name.value;
    attribute.aliases.iter().copied().filter(move |alias| {
        let mut others = all(scope).flat_map(|contract| &contract.attributes);
        others.all(|other| {
            other.name.value != alias.value
                && (other.name.value == canonical || !has_alias(other, alias.value))
        })
    })
}

/// Whether the attribute has this alias.
pub(crate) fn has_alias(attribute: &Attribute, alias: Name) -> bool {
    attribute.aliases.iter().any(|known| known.value == alias)
}

/// The values that an attribute may have, and what says so; none where any value will do.
pub(crate) fn allowed<'a>(
    contract: &'a Contract,
    attribute: &'a Attribute,
) -> Option<&'a [Located<Name>]> {
    if !attribute.allowed_values.is_empty() {
        return Some(&attribute.allowed_values);
    }
    let mut enums = contract.enums.iter();
    let found = enums.find(|values| is_for(values, attribute))?;
    (!found.extensible && !found.values.is_empty()).then_some(&found.values)
}

/// Whether an enum is meant for an attribute: it bears its name, or that of its type.
pub(crate) fn is_for(values: &AttributeEnum, attribute: &Attribute) -> bool {
    values.attribute.value == attribute.name.value
        || attribute.type_name.is_some_and(|name| name.value == values.attribute.value)
}

/// What a group is called in messages, after an article of its own.
pub(crate) fn a(group: &Group) -> String {
    let article = if matches!(group.carrier, Carrier::Event(_)) { "an" } else { "a" };
    format!("{article} {}", noun(group))
}

/// What a group is called in messages, its name included.
pub(crate) fn title(group: &Group) -> String {
    let noun = noun(group);
    group.name.map_or_else(|| noun.to_owned(), |name| format!("{noun} `{name}`"))
}

fn noun(group: &Group) -> &'static str {
    match group.carrier {
        Carrier::Span(_) => "span",
        Carrier::Event(_) => "event",
        Carrier::Link => "link",
        Carrier::Measurement => "measurement",
        Carrier::Resource => "resource",
        Carrier::Log => "log record",
    }
}
