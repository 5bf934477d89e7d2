//! Tests of the conventions kind.

use super::*;
use crate::decode::tests::{names_of, problems_of, sound};

const WHOLE: &str = "schema_version: '1'\nnamespace: n\nattributes:\n  - name: a.b\n    type: int\n    \
                     requirement_level: required\n    aliases: [ab, '']\n    allowed_values: ['1']\n  \
                     - {name: c, allowed_values: }\nenums:\n  - {name: a.b, values: [x], extensible: yes}\n";

#[test]
fn all_of_a_contract_is_read() {
    let Body::SemanticConventions(contract) = sound(&KIND, WHOLE).body else { panic!() };
    assert_eq!(contract.namespace.unwrap().value.as_str(), "n");
    let [first, second] = &contract.attributes[..] else { panic!("{contract:?}") };
    assert_eq!(
        (first.level, second.level),
        (RequirementLevel::Required, RequirementLevel::Recommended)
    );
    assert!(first.level_at.is_some() && second.level_at.is_none());
    assert_eq!(first.aliases.len(), 2);
    assert_eq!(first.allowed_values[0].value.as_str(), "1");
    assert!(second.allowed_values.is_empty() && second.type_name.is_none());
    assert_eq!(contract.enums[0].values[0].value.as_str(), "x");
    assert!(contract.enums[0].extensible);
}

#[test]
fn what_has_no_name_is_left_out() {
    let text = "schema_version: '1'\nnamespace: n\nattributes: [{type: str}, 5, {name: x}]\nenums: [{values: []}]\n";
    let yaml = syntax::yaml::parse(text, &syntax::yaml::Limits::default());
    let document = crate::document::read(&yaml, yaml.documents[0], &KIND);
    let Body::SemanticConventions(contract) = document.body else { panic!() };
    assert_eq!((contract.attributes.len(), contract.enums.len()), (1, 0));
}

#[test]
fn a_set_of_values_names_its_attribute_and_an_alias_is_no_name() {
    assert_eq!(
        names_of(&sound(&KIND, WHOLE)),
        ["defines attribute a.b", "defines attribute c", "refers to attribute a.b"]
    );
}

#[test]
fn the_older_word_for_the_kind_is_refused_and_prose_is_not_null() {
    let text =
        "schema_version: '1'\nnamespace: n\ncontract_type: semantic_convention\ndescription: \n";
    assert_eq!(
        problems_of(&KIND, text),
        [
            "contract_type: a former key, today contract_type",
            "description: `description` is nothing, not text",
        ]
    );
}
