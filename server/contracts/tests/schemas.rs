//! The JSON Schemas say what our own checks say, of all recorded cases and fixtures.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

use contracts::decode::check;
use contracts::json_schema;
use contracts::kinds;
use contracts::problem::ProblemKind;
use contracts::schema::Kind;
use contracts::value::Value;
use syntax::yaml::{self, Limits, NodeId, Yaml};

/// Contracts and the kind of each.
fn documents() -> Vec<(PathBuf, &'static Kind)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in ["tests/compat", "fixtures"] {
        gather(&root.join(folder), &mut found);
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found
}

fn gather(folder: &Path, found: &mut Vec<(PathBuf, &'static Kind)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.extend(kind_of(&path).map(|kind| (path, kind)));
        }
    }
}

/// The kind that stands in a file, whatever case it is of.
fn kind_of(path: &Path) -> Option<&'static Kind> {
    let text = text::bytes::decode(fs::read(path).unwrap()).ok()?;
    let yaml = yaml::parse(&text, &Limits::default());
    let root = yaml.documents.first().copied()?;
    let has = |key: &str| {
        let entries = yaml.written(root).iter();
        entries.into_iter().any(|entry| yaml.text_of(entry.key).is_some_and(|n| n.as_str() == key))
    };
    let by_keys = [
        ("mappings", "schema-compatibility"),
        ("evolution_rules", "schema-compatibility"),
        ("namespace", "semantic-conventions"),
        ("dependencies", "causal-ordering"),
        ("capabilities", "capability-propagation"),
        ("budgets", "budget-propagation"),
        ("chains", "data-lineage"),
        ("phases", "propagation"),
    ];
    let (_, name) = by_keys.iter().find(|(key, _)| has(key))?;
    kinds::by_name(name)
}

/// Whether our own checks take the document, as far as a schema could say.
fn is_taken(text: &str, yaml: &Yaml, root: NodeId, kind: &'static Kind) -> bool {
    let problems = check(text, yaml, root, kind);
    // Of two equal keys, JSON has the last alone.
    problems.iter().all(|problem| matches!(problem.kind, ProblemKind::DuplicateKey { .. }))
}

#[test]
fn schemas_and_checks_agree() {
    let (mut valid, mut invalid) = (0, 0);
    for (path, kind) in documents() {
        let text = text::bytes::decode(fs::read(&path).unwrap()).unwrap();
        let yaml = yaml::parse(&text, &Limits::default());
        if !yaml.problems.is_empty() {
            continue;
        }
        let root = yaml.documents[0];
        let validator = jsonschema::validator_for(&json_schema::of(kind)).unwrap();
        // A date, a key that is a number and a list in itself are nothing that JSON could say.
        let Some(document) = Value::from_yaml(&yaml, root).to_json() else { continue };
        let theirs = validator.is_valid(&document);
        let ours = is_taken(&text, &yaml, root, kind);
        assert_eq!(theirs, ours, "{}: {}", kind.name, path.display());
        *(if ours { &mut valid } else { &mut invalid }) += 1;
    }
    assert!(valid >= 15 && invalid >= 5, "{valid} valid and {invalid} invalid documents were held");
}
