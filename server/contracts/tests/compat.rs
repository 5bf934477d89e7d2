//! Contracts against the recorded verdicts of the existing loader.
//!
//! Each case is a folder with a contract and the errors that the loader gives for it. Ours must
//! agree on every one of them, by key path and rule. What ours says besides has a line in
//! `docs/compatibility.md`.

#![expect(clippy::unwrap_used, reason = "a case that cannot be read fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use contracts::decode::check;
use contracts::document;
use contracts::kinds::propagation;
use contracts::problem::{Problem, ProblemKind};
use contracts::verification;
use serde_json::Value as Json;
use syntax::yaml::{self, Data, Limits, NodeId, PathStep, Scalar, Yaml};

/// A key path, its steps joined, and the name of a rule.
type Verdict = (String, &'static str);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn verdicts_agree_with_the_recorded_ones() {
    let listed = fs::read_to_string(root().join("docs/compatibility.md")).unwrap();
    let mut cases: Vec<PathBuf> = fs::read_dir(root().join("tests/compat/schema"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 11, "cases are missing");
    for case in cases {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let theirs = recorded(&case);
        let ours = found(&case);
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

fn recorded(case: &Path) -> BTreeSet<Verdict> {
    let text = fs::read_to_string(case.join("expected.json")).unwrap();
    let expected: Json = serde_json::from_str(&text).unwrap();
    let errors = expected["errors"].as_array().unwrap();
    assert_eq!(errors.is_empty(), expected["valid"].as_bool().unwrap());
    errors
        .iter()
        .map(|error| {
            let steps = error["loc"].as_array().unwrap().iter();
            let steps = steps.map(|step| step.as_str().map_or(step.to_string(), str::to_owned));
            (steps.collect::<Vec<_>>().join("/"), rule_of_type(error["type"].as_str().unwrap()))
        })
        .collect()
}

fn rule_of_type(error_type: &str) -> &'static str {
    match error_type {
        "missing" => "missing-key",
        "extra_forbidden" => "unknown-key",
        "enum" | "literal_error" => "wrong-word",
        "string_type" | "list_type" | "dict_type" | "model_type" | "float_type"
        | "float_parsing" | "bool_type" | "bool_parsing" | "invalid_key" => "wrong-type",
        "string_too_short" | "greater_than_equal" => "invalid-value",
        "value_error" => "invalid-expression",
        other if other.starts_with("yaml.") => "yaml-syntax",
        other => panic!("no rule for {other}"),
    }
}

fn found(case: &Path) -> BTreeSet<Verdict> {
    let Ok(text) = text::bytes::decode(fs::read(case.join("contract.yaml")).unwrap()) else {
        return BTreeSet::from([(String::new(), "yaml-syntax")]);
    };
    let yaml = yaml::parse(&text, &Limits::default());
    let syntax = yaml.problems.iter().map(|_| (String::new(), "yaml-syntax"));
    let Some(root) = yaml.documents.first().copied() else {
        return syntax.chain([(String::new(), "wrong-type")]).collect();
    };
    let problems = check(&text, &yaml, root, &propagation::KIND);
    let problems = problems.iter().map(|problem| (place(&yaml, problem), rule(&problem.kind)));
    let document = document::read(&yaml, root, &propagation::KIND);
    let chains = document.propagation().map_or(&[][..], |contract| &contract.chains);
    let expressions = chains.iter().filter_map(|chain| chain.verification);
    let refused = expressions.filter(|held| verification::check(held.value.as_str()).is_err());
    let refused = refused.map(|held| {
        let steps: Vec<String> = yaml.key_path(held.at).iter().map(spelled).collect();
        (steps.join("/"), "invalid-expression")
    });
    syntax.chain(problems).chain(refused).collect()
}

fn rule(kind: &ProblemKind) -> &'static str {
    match kind {
        ProblemKind::UnknownKey { .. } => "unknown-key",
        ProblemKind::MissingKey { .. } => "missing-key",
        ProblemKind::WrongType { .. } | ProblemKind::KeyNotText { .. } | ProblemKind::Cyclic => {
            "wrong-type"
        }
        ProblemKind::NotOneOf { .. }
        | ProblemKind::Empty { .. }
        | ProblemKind::OutOfRange { .. }
        | ProblemKind::TooFew { .. }
        | ProblemKind::Malformed { .. } => "invalid-value",
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
