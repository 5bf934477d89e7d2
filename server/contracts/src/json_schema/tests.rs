//! Tests of the JSON Schemas: of their shape, and of what they say beside our own verdict.

use jsonschema::Validator;
use syntax::yaml::{self, Limits};

use super::*;
use crate::decode;
use crate::kinds::{self, KINDS, propagation};
use crate::value::Value as Written;

fn validator(kind: &'static Kind) -> Validator {
    jsonschema::validator_for(&of(kind)).unwrap()
}

#[track_caller]
fn agree(kind: &'static Kind, text: &str, is_valid: bool) {
    let yaml = yaml::parse(text, &Limits::default());
    let root = yaml.documents[0];
    let ours = decode::check(text, &yaml, root, kind).is_empty();
    // A document that JSON cannot say, for a date in it, is no object.
    let document = Written::from_yaml(&yaml, root).to_json().unwrap_or_default();
    let theirs = validator(kind).validate(&document).map_err(|error| error.to_string());
    assert_eq!((ours, theirs.is_ok()), (is_valid, is_valid), "{text}: {theirs:?}");
}

#[test]
fn every_schema_is_one() {
    for kind in KINDS {
        let schema = of(kind);
        assert!(jsonschema::meta::is_valid(&schema), "{}", kind.name);
        assert_eq!(schema["title"], kind.title);
        validator(kind);
    }
}

#[test]
fn defaults_and_examples_are_valid() {
    for kind in KINDS {
        let schema = of(kind);
        let records = schema["$defs"].as_object().into_iter().flat_map(Map::values);
        for record in records.chain([&schema]) {
            for key in record["properties"].as_object().unwrap().values() {
                let Some(default) = key.get("default") else { continue };
                let whole = json!({"$ref": "#/$defs/it", "$defs": {"it": key}});
                let mut whole = whole.as_object().cloned().unwrap();
                let definitions = whole.get_mut("$defs").and_then(Value::as_object_mut).unwrap();
                definitions.extend(schema["$defs"].as_object().cloned().unwrap_or_default());
                assert!(
                    jsonschema::is_valid(&Value::Object(whole), default),
                    "{}: {default} of {key}",
                    kind.name
                );
            }
        }
    }
}

const HEAD: &str = "schema_version: \"0.1.0\"\npipeline_id: p\n";

#[test]
fn a_propagation_contract_is_judged_alike() {
    let field = |field: &str| format!("{HEAD}phases: {{p: {{exit: {{required: [{field}]}}}}}}\n");
    let valid = [
        "{name: x}",
        "{name: x, type: banana, severity: advisory, default: [1], source_phase: ''}",
        "{name: x, source_phase: , constraints: , quality: }",
        "{name: x, quality: {metric: '', threshold: \"0.7\"}}",
        "{name: x, quality: {metric: m, threshold: yes}}",
        "{name: x, evaluation: {required: \"No\", policy: any_evaluator}}",
        "{name: x, evaluation: {required: 1, policy: any_evaluator, threshold: 1_0.5}}",
    ];
    let invalid = [
        "{}",
        "{name: ''}",
        "{name: 5}",
        "{name: x, severity: BLOCKING}",
        "{name: x, severity: }",
        "{name: x, colour: red}",
        "{name: x, description: 2026-01-31}",
        "{name: x, quality: {metric: m, threshold: much}}",
        "{name: x, quality: {metric: m, threshold: }}",
        "{name: x, evaluation: {required: 2, policy: any_evaluator}}",
        "{name: x, evaluation: {required: maybe, policy: any_evaluator}}",
        "x",
    ];
    for text in valid {
        agree(&propagation::KIND, &field(text), true);
    }
    for text in invalid {
        agree(&propagation::KIND, &field(text), false);
    }
    for text in ["phases: {}", "phases: {a: {}}\npropagation_chains: []"] {
        agree(&propagation::KIND, &format!("{HEAD}{text}\n"), true);
    }
    for text in ["", "phases: ", "phases: {a: }", "phases: {a: {entry: }}", "phases: []"] {
        agree(&propagation::KIND, &format!("{HEAD}{text}\n"), false);
    }
}

#[test]
fn what_values_ask_of_each_other_is_judged_alike() {
    let evolution = kinds::by_name("configuration-evolution").unwrap();
    let rule = |requirements: &str| {
        format!(
            "schema_version: '1'\nevolution_rules: [{{rule_id: r, scope: s, policy: unrestricted, \
             requirements: {requirements}}}]\n"
        )
    };
    for text in
        ["{quality_threshold: 0}", "{schema_compatible: 'on'}", "{human_approval: optional}"]
    {
        agree(evolution, &rule(text), true);
    }
    for text in ["{}", "{quality_threshold: }", "{regression_check: no, human_approval: none}"] {
        agree(evolution, &rule(text), false);
    }
    let manifest = kinds::by_name("manifest").unwrap();
    let strategy = |strategy: &str| {
        format!(
            "metadata: {{name: n}}\nspec: {{project: {{id: n}}, targets: [{{kind: Job, name: n}}]}}\n\
             strategy: {{{strategy}}}\n"
        )
    };
    let result = |name: &str, unit: &str| {
        strategy(&format!(
            "objectives: [{{id: o, description: '', key_results: \
             [{{metric_key: {name}, unit: \"{unit}\", target: 1}}]}}]"
        ))
    };
    for (name, unit, is_valid) in [
        ("availability", "%", true),
        ("availability", "ms", false),
        ("latency.p50", "s", true),
        ("latency.p50", "rps", false),
        ("errors", "count", true),
    ] {
        agree(manifest, &result(name, unit), is_valid);
    }
    let tactic = |rest: &str| {
        strategy(&format!("tactics: [{{id: t, description: '', status: blocked, {rest}}}]"))
    };
    agree(manifest, &tactic("blocked_reason: money"), true);
    agree(manifest, &tactic("blockedReason: "), false);
    agree(manifest, &tactic("owner: me"), false);
}

#[test]
fn versions_that_admit_no_extensions_are_known() {
    let regex = regex::Regex::new(WITHOUT_EXTENSIONS).unwrap();
    for version in ["0.1.0", "0.1", "0", "0.0.9", "0.1.9"] {
        assert!(regex.is_match(version), "{version}");
    }
    for version in ["0.2.0", "0.2", "0.10.0", "1.0", "1", "1.1", "10.0"] {
        assert!(!regex.is_match(version), "{version}");
    }
}
