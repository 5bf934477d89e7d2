//! Tests of values.

use std::collections::HashSet;

use super::*;

fn text(text: &str) -> Value {
    Value::Text(Name::new(text))
}

fn hash(value: &Value) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn numbers_are_equal_as_in_python() {
    let ones = [Value::Int(1), Value::Float(1.0), Value::Bool(true)];
    assert_eq!(ones.iter().map(hash).collect::<HashSet<_>>().len(), 1);
    assert!(ones.iter().all(|one| *one == ones[0]));
    assert_eq!(Value::Float(0.0), Value::Float(-0.0));
    assert_eq!(Value::Float(f64::NAN), Value::Float(-f64::NAN));
    assert_ne!(Value::Int(1), text("1"));
}

#[test]
fn large_numbers_are_compared_exactly() {
    let float = 9_007_199_254_740_992.0;
    assert_eq!(Value::Int(9_007_199_254_740_992), Value::Float(float));
    assert_ne!(Value::Int(9_007_199_254_740_993), Value::Float(float));
    assert!(Value::Int(i64::MAX) < Value::Float(TWO_TO_63));
    assert!(Value::Int(i64::MIN) > Value::Float(-1e300));
    assert!(Value::Int(-1) > Value::Float(-1.5) && Value::Int(-2) < Value::Float(-1.5));
}

#[test]
fn mappings_are_equal_in_any_order() {
    let forth = Value::Map(vec![(text("a"), Value::Null), (text("b"), Value::Int(2))]);
    let back = Value::Map(vec![
        (text("b"), Value::Float(2.0)),
        (text("a"), Value::Null),
    ]);
    assert_eq!(forth, back);
    assert_eq!(hash(&forth), hash(&back));
}

#[test]
fn sentinels_are_those_of_the_chain_check() {
    assert!(Value::sentinels().iter().all(Value::is_sentinel));
    for value in [
        Value::Int(0),
        Value::Bool(false),
        text("UNKNOWN"),
        Value::Other("()".into()),
    ] {
        assert!(!value.is_sentinel(), "{value}");
    }
}

#[test]
fn values_show_as_in_messages() {
    let long = text(&"x".repeat(60));
    let shown: Vec<String> = [
        Value::Null,
        text("unknown"),
        text("a\"\n"),
        Value::List(vec![]),
        Value::Map(vec![]),
        Value::Float(1.0),
        Value::Int(-3),
        Value::List((0..9).map(Value::Int).collect()),
        Value::Map(vec![(
            text("k"),
            Value::List(vec![Value::List(vec![Value::Null])]),
        )]),
    ]
    .iter()
    .map(ToString::to_string)
    .collect();
    let expected = [
        "None",
        "\"unknown\"",
        "\"a\\\"\\n\"",
        "[]",
        "{}",
        "1.0",
        "-3",
        "[0, 1, 2, 3, ...]",
        "{\"k\": [[...]]}",
    ];
    assert_eq!(shown, expected);
    assert_eq!(long.to_string().len(), 42);
}
