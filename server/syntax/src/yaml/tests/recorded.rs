//! The reader against what `PyYAML` made of the same texts, recorded in `tests/recorded/pyyaml`.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use super::super::*;

/// Texts that the loader and we read differently; `differences.md` gives the reasons.
const DIFFERENCES: &str = "differences.jsonl";

fn recorded(name: &str) -> Vec<(String, Json)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/recorded/pyyaml");
    let path = PathBuf::from(folder).join(name);
    let lines = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The tree as a value, in the JSON of the fixtures.
fn encode(yaml: &Yaml, id: NodeId, way: &mut Vec<NodeId>) -> Json {
    let id = yaml.resolve(id);
    if way.contains(&id) {
        return json!({ "cycle": null });
    }
    way.push(id);
    let result = match &yaml.node(id).data {
        Data::Scalar(scalar) => match &scalar.value {
            Value::Null => Json::Null,
            Value::Bool(value) => json!(value),
            Value::Int(value) => json!({ "i": value.to_string() }),
            Value::BigInt(digits) => json!({ "i": digits }),
            Value::Float(value) => json!({ "f": value.to_string() }),
            Value::Timestamp(_) => json!({ "t": null }),
            Value::Binary(bytes) => {
                let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                json!({ "b": hex })
            }
            Value::Text(text) => json!(text.as_str()),
            Value::Prose(text) => json!(text),
            Value::Merge => json!({ "merge": null }),
        },
        Data::Sequence(items) => items.iter().map(|item| encode(yaml, *item, way)).collect(),
        Data::Mapping(_) => {
            let mut pair = |entry: Entry| {
                json!([encode(yaml, entry.key, way), encode(yaml, entry.value, way)])
            };
            json!({ "m": yaml.entries(id).into_iter().map(&mut pair).collect::<Vec<_>>() })
        }
        Data::Alias(_) | Data::Unreadable => json!({ "unreadable": null }),
    };
    way.pop();
    result
}

/// Whether `ours` is the recorded value; a set is recorded as its sorted keys.
fn same(theirs: &Json, ours: &Json) -> bool {
    match (theirs, ours) {
        (Json::Array(theirs), Json::Array(ours)) => {
            theirs.len() == ours.len() && theirs.iter().zip(ours).all(|(a, b)| same(a, b))
        }
        (Json::Object(left), Json::Object(right)) => {
            if let (Some(theirs), Some(ours)) = (left.get("f"), right.get("f")) {
                let parse = |json: &Json| json.as_str().unwrap().parse::<f64>().unwrap();
                return parse(theirs).to_bits() == parse(ours).to_bits()
                    || parse(theirs).is_nan() && parse(ours).is_nan();
            }
            if let (Some(theirs), Some(ours)) = (left.get("s"), right.get("m")) {
                let mut keys: Vec<Json> =
                    ours.as_array().unwrap().iter().map(|pair| pair[0].clone()).collect();
                keys.sort_by_key(ToString::to_string);
                return same(theirs, &Json::Array(keys));
            }
            match (left.get("m"), right.get("m")) {
                (Some(Json::Array(theirs)), Some(Json::Array(ours))) => {
                    theirs.len() == ours.len() && theirs.iter().zip(ours).all(same_entry)
                }
                _ => left == right,
            }
        }
        _ => theirs == ours,
    }
}

/// Of keys that are equal for Python, `1` and `true`, it keeps the first and we the last.
fn same_entry((theirs, ours): (&Json, &Json)) -> bool {
    let number = |key: &Json| match key {
        Json::Bool(value) => Some(f64::from(u8::from(*value))),
        Json::Object(value) => {
            let digits = value.get("i").or(value.get("f"))?;
            digits.as_str()?.parse().ok()
        }
        _ => None,
    };
    let equal = number(&theirs[0]).is_some_and(|key| Some(key) == number(&ours[0]));
    (equal || same(&theirs[0], &ours[0])) && same(&theirs[1], &ours[1])
}

/// What is different, in words; nothing where both agree.
fn difference(text: &str, theirs: &Json) -> Option<String> {
    let yaml = parse(text, &Limits::default());
    if let Some(error) = theirs.get("e") {
        let said = format!("{text:?}\n  theirs {error} at {}:{}", theirs["l"], theirs["c"]);
        return yaml.problems.is_empty().then(|| format!("{said}\n  ours no problem"));
    }
    let root = yaml.documents.first();
    let ours = root.map_or(Json::Null, |root| encode(&yaml, *root, &mut Vec::new()));
    let agree = yaml.problems.is_empty() && same(theirs, &ours);
    (!agree).then(|| {
        format!("{text:?}\n  theirs {theirs}\n  ours {ours}\n  problems {:?}", yaml.problems)
    })
}

fn compare(name: &str) {
    let listed: Vec<String> = recorded(DIFFERENCES).into_iter().map(|(text, _)| text).collect();
    let different: Vec<String> = recorded(name)
        .iter()
        .filter(|(text, _)| !listed.contains(text))
        .filter_map(|(text, theirs)| difference(text, theirs))
        .collect();
    assert!(different.is_empty(), "{} differences\n{}", different.len(), different.join("\n"));
}

#[test]
fn scalars_are_what_the_loader_makes_of_them() {
    compare("scalars.jsonl");
}

#[test]
fn documents_are_what_the_loader_makes_of_them() {
    compare("documents.jsonl");
}

/// Not a fixed text: `PYYAML_MORE` may name a file that `record.py more` wrote, to hunt with.
#[test]
fn more_documents_are_what_the_loader_makes_of_them() {
    if let Ok(path) = std::env::var("PYYAML_MORE") {
        compare(&path);
    }
}

/// Differences are few, and each is there for a reason that still holds.
#[test]
fn listed_differences_are_differences() {
    for (text, theirs) in recorded(DIFFERENCES) {
        assert!(difference(&text, &theirs).is_some(), "no difference any more: {text:?}");
    }
}
