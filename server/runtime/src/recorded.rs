//! Held against what CPython 3.11 makes of the same expressions, as recorded.

use std::collections::HashMap;

use contracts::verification::check;

use crate::evaluate::{Environment, Variables, evaluate};
use crate::failure::{Cause, Failure};
use crate::limits::Limits;
use crate::value::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/recorded/python-evaluation");

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let text = std::fs::read_to_string(format!("{FOLDER}/{name}")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn nothing() -> Variables {
    Variables { context: Value::None, source: Value::None, dest: Value::None }
}

fn literal(text: &str) -> Value {
    let expression = syntax::expr::parse(text).unwrap();
    evaluate(&expression, &nothing(), Environment::Whole, Limits::USUAL).unwrap()
}

/// The normal form that the recorder writes.
fn dump(value: &Value) -> String {
    let all = |values: &mut dyn Iterator<Item = &Value>| values.map(dump).collect::<Vec<_>>();
    match value {
        Value::List(items) | Value::Tuple(items) if !items.is_ordered() => "?order".into(),
        Value::List(items) => format!("[{}]", all(&mut items.values().iter()).join(", ")),
        Value::Tuple(items) => {
            let comma = if items.values().len() == 1 { "," } else { "" };
            format!("({}{comma})", all(&mut items.values().iter()).join(", "))
        }
        Value::Set(table) if !table.is_empty() => {
            let mut members = all(&mut table.keys());
            members.sort();
            format!("{{{}}}", members.join(", "))
        }
        Value::Dict(table) => {
            let entry = |(key, value): &(Value, Value)| format!("{}: {}", dump(key), dump(value));
            format!("{{{}}}", table.entries().iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Function(_) | Value::Generator(_) | Value::Builtin(_) | Value::Method(_) => {
            format!("<{}>", value.class().name())
        }
        _ => value.shown().unwrap_or_else(|| "?".into()),
    }
}

fn show(outcome: &Result<Value, Failure>) -> String {
    match outcome {
        Ok(value) => dump(value),
        Err(Failure { cause: Cause::Raised(exception), .. }) => format!("!{}", exception.name()),
        Err(failure) => format!("?{}", failure.message),
    }
}

#[test]
fn expressions_are_evaluated_as_cpython_does() {
    let variables: HashMap<String, HashMap<String, String>> = read("variables.json");
    let cases: Vec<[String; 4]> = read("evaluations.json");
    let differences: Vec<[String; 4]> = read("differences.json");
    assert!(cases.len() > 2500, "the recording is whole");
    let mut wrong = Vec::new();
    for [environment, given, text, expected] in &cases {
        let given = &variables[given.as_str()];
        let value = |name: &str| literal(&given[name]);
        let variables =
            Variables { context: value("context"), source: value("source"), dest: value("dest") };
        let environment_read = match environment.as_str() {
            "whole" => Environment::Whole,
            _ => Environment::Checker,
        };
        let expression = check(text).unwrap_or_else(|refused| panic!("{text}: {refused:?}"));
        let outcome = evaluate(&expression, &variables, environment_read, Limits::USUAL);
        let shown = show(&outcome);
        let known = differences.iter().find(|[place, different, ..]| {
            different == text && (place == environment || place == "both")
        });
        let expected = known.map_or(expected, |[_, _, here, _]| here);
        if shown != *expected {
            wrong.push(format!("{environment}: {text}\n  expected {expected}\n  here     {shown}"));
        }
    }
    let shown: Vec<_> = wrong.iter().take(40).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), shown.join("\n"));
}
