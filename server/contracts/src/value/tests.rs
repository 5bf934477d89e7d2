//! Tests of values.

use super::*;

fn text(text: &str) -> Value {
    Value::Text(Name::new(text))
}

#[test]
fn numbers_are_equal_as_in_python() {
    let ones = [Value::Int(1), Value::Float(1.0), Value::Bool(true)];
    assert!(ones.iter().all(|one| one.equals(&ones[0])));
    assert!(Value::Float(0.0).equals(&Value::Float(-0.0)));
    assert!(Value::Float(f64::NAN).equals(&Value::Float(-f64::NAN)));
    assert!(!Value::Int(1).equals(&text("1")));
}

#[test]
fn what_is_written_differently_is_not_the_same() {
    assert_ne!(Value::Int(1), Value::Bool(true));
    assert_ne!(Value::Int(1), Value::Float(1.0));
    assert_eq!(Value::Float(f64::NAN), Value::Float(f64::NAN));
}

#[test]
fn large_numbers_are_compared_exactly() {
    let float = Value::Float(9_007_199_254_740_992.0);
    assert!(Value::Int(9_007_199_254_740_992).equals(&float));
    assert!(!Value::Int(9_007_199_254_740_993).equals(&float));
    let order = |left: Value, right: Value| left.order(&right);
    assert!(order(Value::Int(i64::MAX), Value::Float(TWO_TO_63)).is_lt());
    assert!(order(Value::Int(i64::MIN), Value::Float(-1e300)).is_gt());
    assert!(order(Value::Int(-1), Value::Float(-1.5)).is_gt());
    assert!(order(Value::Int(-2), Value::Float(-1.5)).is_lt());
}

#[test]
fn mappings_are_equal_in_any_order() {
    let forth = Value::Map(vec![(text("a"), Value::Null), (text("b"), Value::Int(2))]);
    let back = Value::Map(vec![(text("b"), Value::Float(2.0)), (text("a"), Value::Null)]);
    assert!(forth.equals(&back));
    assert_ne!(forth, back);
}

#[test]
fn sentinels_are_those_of_the_chain_check() {
    assert!(Value::sentinels().iter().all(Value::is_sentinel));
    for value in [Value::Int(0), Value::Bool(false), text("UNKNOWN"), Value::Other("()".into())] {
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
        Value::Map(vec![(text("k"), Value::List(vec![Value::List(vec![Value::Null])]))]),
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

#[test]
fn literals_of_python_are_values() {
    let read = |text: &str| Value::from_expr(&syntax::expr::parse(text).unwrap());
    assert_eq!(read("-1_000"), Some(Value::Int(-1000)));
    assert_eq!(read("0x10"), Some(Value::Int(16)));
    assert_eq!(read("-9223372036854775808"), Some(Value::Int(i64::MIN)));
    assert_eq!(read("1e3"), Some(Value::Float(1000.0)));
    assert_eq!(read("'a' 'b'"), Some(text("ab")));
    assert_eq!(
        read("[None, {'k': True}]").map(|value| value.to_string()).as_deref(),
        Some("[None, {\"k\": True}]")
    );
    assert_eq!(read("{1: 'a', True: 'b'}"), Some(Value::Map(vec![(Value::Int(1), text("b"))])));
    assert_eq!(read("('a',)").map(|value| value.to_string()).as_deref(), Some("(\"a\",)"));
    let long = |last: &str| {
        read(&format!("({}, {last})", "'a long text', ".repeat(9).trim_end_matches(", ")))
    };
    assert_ne!(long("1"), long("2"));
    for text in ["x", "f()", "[x]", "{**a}", "1 + 1", "f'a'"] {
        assert_eq!(read(text), None, "{text}");
    }
}
