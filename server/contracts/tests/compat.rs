//! Contracts against the recorded verdicts of the existing loader.
//!
//! Each case is a folder with a contract and the errors that the loader gives for it. Ours must
//! agree on every one of them, by key path and rule. What ours says besides has a line in
//! `docs/compatibility.md`. What changes between versions of a service is held against recorded
//! verdicts too.

#![expect(clippy::unwrap_used, reason = "a case that cannot be read fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use contracts::body::Body;
use contracts::decode::check;
use contracts::document::{self, Document};
use contracts::kinds;
use contracts::kinds::schema_compatibility::{self, SchemaVersion, evolution};
use contracts::problem::{Problem, ProblemKind};
use contracts::propagation::Located;
use contracts::schema::{Became, Kind};
use contracts::verification;
use serde_json::Value as Json;
use syntax::yaml::{self, Data, Limits, NodeId, PathStep, Scalar, Yaml};
use text::name::Name;

/// A key path, its steps joined, and the name of a rule.
type Verdict = (String, &'static str);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn verdicts_agree_with_the_recorded_ones() {
    let listed = fs::read_to_string(root().join("docs/compatibility.md")).unwrap();
    let cases = cases("tests/compat/schema");
    assert!(cases.len() >= 19, "cases are missing");
    for case in cases {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let kind = kind(&json(&case, "case.json"));
        let theirs = recorded(&case, kind);
        let ours = found(&case, kind);
        let missed: Vec<_> = theirs.iter().filter(|verdict| !agrees(&ours, verdict)).collect();
        assert!(missed.is_empty(), "{name}: {missed:?} is missing among {ours:?}");
        for extra in ours.iter().filter(|verdict| !agrees(&theirs, verdict)) {
            let told = |line: &str| {
                line.contains(&format!("`{name}`")) && line.contains(&format!("`{}`", extra.1))
            };
            assert!(listed.lines().any(told), "{name}: {extra:?} is stricter and not listed");
        }
    }
}

fn cases(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn json(case: &Path, file: &str) -> Json {
    serde_json::from_str(&fs::read_to_string(case.join(file)).unwrap()).unwrap()
}

/// The kind of a case's contract, by the name of its loader.
fn kind(case: &Json) -> &'static Kind {
    let name = match case["contract_kind"].as_str().unwrap() {
        "propagation" => "propagation",
        "schema_compat" => "schema-compatibility",
        "semconv" => "semantic-conventions",
        "ordering" => "causal-ordering",
        "capability" => "capability-propagation",
        "budget" => "budget-propagation",
        "lineage" => "data-lineage",
        other => panic!("no kind for {other}"),
    };
    kinds::by_name(name).unwrap()
}

/// Where a word of a closed set belongs, theirs calls everything else an unknown word; ours says
/// of a list, a mapping and nothing at all that the type is wrong.
fn agrees(verdicts: &BTreeSet<Verdict>, (path, rule): &Verdict) -> bool {
    let rules = match *rule {
        "wrong-word" => &["wrong-word", "invalid-value", "wrong-type"][..],
        "invalid-value" | "wrong-type" => &[*rule, "wrong-word"],
        _ => &[*rule],
    };
    rules.iter().any(|rule| verdicts.contains(&(path.clone(), rule)))
}

fn recorded(case: &Path, kind: &Kind) -> BTreeSet<Verdict> {
    let expected = json(case, "expected.json");
    let errors = expected["errors"].as_array().unwrap();
    assert_eq!(errors.is_empty(), expected["valid"].as_bool().unwrap());
    errors
        .iter()
        .map(|error| {
            let steps = error["loc"].as_array().unwrap().iter();
            let steps = steps.map(|step| step.as_str().map_or(step.to_string(), str::to_owned));
            let rule = match error["type"].as_str().unwrap() {
                "value_error" if kind.name == "schema-compatibility" => "mapping-not-injective",
                "value_error" => "invalid-expression",
                other => rule_of_type(other),
            };
            (steps.collect::<Vec<_>>().join("/"), rule)
        })
        .collect()
}

fn rule_of_type(error_type: &str) -> &'static str {
    match error_type {
        "missing" => "missing-key",
        "extra_forbidden" => "unknown-key",
        "enum" | "literal_error" => "wrong-word",
        "string_type" | "list_type" | "dict_type" | "model_type" | "root_not_a_mapping"
        | "float_type" | "float_parsing" | "bool_type" | "bool_parsing" | "invalid_key" => {
            "wrong-type"
        }
        "string_too_short" | "greater_than_equal" => "invalid-value",
        other if other.starts_with("yaml.") => "yaml-syntax",
        other => panic!("no rule for {other}"),
    }
}

fn found(case: &Path, kind: &'static Kind) -> BTreeSet<Verdict> {
    let Ok(text) = text::bytes::decode(fs::read(case.join("contract.yaml")).unwrap()) else {
        return BTreeSet::from([(String::new(), "yaml-syntax")]);
    };
    let yaml = yaml::parse(&text, &Limits::default());
    let syntax = yaml.problems.iter().map(|_| (String::new(), "yaml-syntax"));
    let Some(root) = yaml.documents.first().copied() else {
        return syntax.chain([(String::new(), "wrong-type")]).collect();
    };
    let problems = check(&text, &yaml, root, kind);
    let problems = problems.iter().map(|problem| (place(&yaml, problem), rule(&problem.kind)));
    let document = document::read(&yaml, root, kind);
    let refused = refused(&document).into_iter().map(|(at, rule)| {
        let steps: Vec<String> = yaml.key_path(at).iter().map(spelled).collect();
        (steps.join("/"), rule)
    });
    syntax.chain(problems).chain(refused).collect()
}

/// What the loader refuses that a declaration cannot say: each kind's own conditions.
fn refused(document: &Document) -> Vec<(NodeId, &'static str)> {
    match &document.body {
        Body::Propagation(contract) => {
            let held = contract.chains.iter().filter_map(|chain| chain.verification);
            let refused = held.filter(|held| verification::check(held.value.as_str()).is_err());
            refused.map(|held| (held.at, "invalid-expression")).collect()
        }
        Body::SchemaCompatibility(contract) => {
            let mappings = contract.mappings.iter();
            let refused = mappings.filter(|mapping| !mapping.collisions().is_empty());
            refused.map(|mapping| (mapping.at, "mapping-not-injective")).collect()
        }
        _ => Vec::new(),
    }
}

fn rule(kind: &ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Outdated(form) => match form.former.became {
            Became::Word(..) => "invalid-value",
            Became::List(_) => "wrong-type",
            _ => "unknown-key",
        },
        ProblemKind::UnknownKey { .. } => "unknown-key",
        ProblemKind::MissingKey { .. } => "missing-key",
        ProblemKind::WrongType { .. } | ProblemKind::KeyNotText { .. } | ProblemKind::Cyclic => {
            "wrong-type"
        }
        ProblemKind::NotOneOf { .. }
        | ProblemKind::Empty { .. }
        | ProblemKind::OutOfRange { .. }
        | ProblemKind::TooFew { .. }
        | ProblemKind::Malformed { .. }
        | ProblemKind::Clash(_) => "invalid-value",
        ProblemKind::DuplicateKey { .. } => "duplicate-key",
    }
}

/// The key path in the loader's spelling.
fn place(yaml: &Yaml, problem: &Problem) -> String {
    let mut steps: Vec<String> = yaml.key_path(problem.at).iter().map(spelled).collect();
    let is_key = matches!(problem.kind, ProblemKind::KeyNotText { .. });
    if let Some(last) = steps.last_mut().filter(|_| is_key) {
        *last = key_in_python(yaml, problem.at).unwrap_or(last.clone());
    }
    steps.extend(problem.step.map(|step| step.to_string()));
    steps.join("/")
}

fn spelled(step: &PathStep) -> String {
    match step {
        PathStep::Key(name) => name.to_string(),
        PathStep::Index(index) => index.to_string(),
    }
}

fn key_in_python(yaml: &Yaml, key: NodeId) -> Option<String> {
    let Data::Scalar(Scalar { value, .. }) = &yaml.node(key).data else {
        return None;
    };
    match value {
        yaml::Value::Null => Some("None".to_owned()),
        yaml::Value::Bool(truth) => Some(u8::from(*truth).to_string()),
        _ => None,
    }
}

#[test]
fn changes_between_versions_agree_with_the_recorded_ones() {
    let cases = cases("tests/compat/schema_compat");
    assert!(cases.len() >= 3, "cases are missing");
    for case in cases {
        let text = fs::read_to_string(case.join("contract.yaml")).unwrap();
        let yaml = yaml::parse(&text, &Limits::default());
        let kind = &schema_compatibility::KIND;
        let document = document::read(&yaml, yaml.documents[0], kind);
        let Body::SchemaCompatibility(contract) = document.body else { panic!("{case:?}") };
        let verdict = evolved(&contract, &json(&case, "case.json")["args"]);
        assert_eq!(verdict, json(&case, "expected.json"), "{case:?}");
    }
}

/// The verdict about the change from one version to another, as it is recorded.
fn evolved(contract: &schema_compatibility::Contract, args: &Json) -> Json {
    let version = |which: &str| {
        let is = |name: Option<Located<Name>>, key: &str| {
            name.is_some_and(|name| Some(name.value.as_str()) == args[which][key].as_str())
        };
        let is_it =
            |held: &&SchemaVersion| is(held.service, "service") && is(held.version, "version");
        contract.versions.iter().find(is_it).unwrap()
    };
    let changes = evolution::changes(version("old"), version("new"));
    let rule = contract.governing(args["new"]["service"].as_str().unwrap());
    let (allowed, broken): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| rule.is_none_or(|rule| rule.allows(change.kind)));
    let told =
        |changes: Vec<&evolution::Change>| -> Json { changes.into_iter().map(change).collect() };
    serde_json::json!({
        "compatible": broken.is_empty(),
        "total_changes": changes.len(),
        "applicable_rule": rule.and_then(|rule| Some(rule.id?.value.as_str())),
        "breaking_changes": told(broken),
        "compatible_changes": told(allowed),
    })
}

fn change(change: &evolution::Change) -> Json {
    let mut told = serde_json::json!({
        "type": change.kind.as_str(),
        "field": change.field.as_str(),
    });
    for (key, value) in [("old", change.old), ("new", change.new)] {
        if let Some(value) = value {
            told[key] = value.value.as_str().into();
        }
    }
    told
}
