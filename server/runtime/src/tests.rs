//! Limits, places of faults, and whatever no recording can hold.

use std::time::{Duration, Instant};

use contracts::verification::{LONGEST, check};
use proptest::prelude::*;

use crate::evaluate::{Environment, Variables, evaluate};
use crate::failure::{Cause, Exception, Failure, Limit};
use crate::limits::Limits;
use crate::value::Value;

fn variables() -> Variables {
    let json = |text: &str| {
        let read: serde_json::Value = serde_json::from_str(text).unwrap();
        Value::of_json(&read).unwrap()
    };
    Variables {
        context: json(r#"{"a": 1, "rows": [{"id": 1}, {"id": 2}]}"#),
        source: json(r#"[1, 2, 3]"#),
        dest: json(r#""title""#),
    }
}

fn run(text: &str) -> Result<Value, Failure> {
    let expression = check(text).unwrap_or_else(|refused| panic!("{text} loads: {refused:?}"));
    evaluate(&expression, &variables(), Environment::Whole, Limits::USUAL)
}

fn shown(text: &str) -> String {
    run(text).unwrap().shown().unwrap()
}

#[test]
fn what_is_too_much_is_refused_soon() {
    // The parser refuses these already.
    assert!(check(&("[".repeat(240) + "dest" + &"]".repeat(240))).is_err());
    for (text, limit) in [
        ("9**9**9", Limit::Size),
        ("9 ** 9 ** 9 ** 9 > 0", Limit::Size),
        ("2**(2**40)", Limit::Size),
        ("(2**100000)**100000", Limit::Size),
        ("1 << 10**20", Limit::Size),
        ("(1 << 199000) * (1 << 199000)", Limit::Size),
        ("'a' * 10**12", Limit::Size),
        ("b'ab' * 10**12", Limit::Size),
        ("[0] * 10**9", Limit::Size),
        ("(0,) * 10**18", Limit::Size),
        ("'%1000000000d' % 1", Limit::Size),
        ("'%.*f' % (10**9, 1.0)", Limit::Size),
        ("'%99999999999999999999999d' % 1", Limit::Size),
        ("[(x, y, z) for x in 'a' * 1000 for y in 'a' * 1000 for z in 'a' * 1000]", Limit::Steps),
        ("[1 for x in [0] * 10000 for y in [0] * 10000 if y]", Limit::Steps),
        ("1 in (y for x in [0] * 10000 for y in [0] * 10000)", Limit::Steps),
        (
            "{x: [0] * 10000 for x in [*(a + b * 99 for a in 'ab' for b in 'c' * 9999)]}",
            Limit::Steps,
        ),
        ("(y := []) == [(y := [y]) for x in [0] * 9999]", Limit::Depth),
        ("(y := []) or [(y := [y, y]) for x in [0] * 99] == 1 or str(y)", Limit::Steps),
        ("(y := ()) or [(y := (y, y)) for x in [0] * 99] and {y}", Limit::Steps),
        (
            "(y := []) or (z := []) or [(y := [y, y]) and (z := [z, z]) for x in [0] * 99] and y == z",
            Limit::Steps,
        ),
        ("(len := lambda n: len(n + 1)) and len(0)", Limit::Depth),
        ("(len := lambda n: [*(len(x) for x in [n])]) and len(0)", Limit::Depth),
        ("(len := lambda n: n and len(n - 1) + len(n - 1)) and len(50)", Limit::Steps),
    ] {
        let start = Instant::now();
        let outcome = run(text);
        let Err(failure) = outcome else { panic!("{text} has a value: {outcome:?}") };
        assert_eq!(failure.cause, Cause::Limit(limit), "{text}: {failure:?}");
        assert!(start.elapsed() < Duration::from_secs(5), "{text}: {:?}", start.elapsed());
    }
}

#[test]
fn what_is_large_and_within_the_limits_is_evaluated() {
    assert_eq!(shown("len([x for x in [0] * 100000])"), "100000");
    assert_eq!(shown("len('a' * 900000)"), "900000");
    assert_eq!(shown("(2**100000 // 2**99999, 2**100000 % 7)"), "(2, 2)");
    assert_eq!(shown("len({x * 2: x for x in [*(a + b for a in 'abc' for b in 'abc')]})"), "9");
}

/// Half of what a thread has, in an unoptimised build.
const STACK: usize = 1 << 20;

#[test]
fn the_deepest_expressions_need_little_stack() {
    let deep = [
        "-".repeat(LONGEST - 1) + "1",
        "not ".repeat(120) + "dest",
        "1+".repeat(249) + "1",
        "[".repeat(180) + &"]".repeat(180),
        "dest".to_owned() + &"[0]".repeat(160),
        "(x for x in ".repeat(30) + "dest" + &")".repeat(30),
        "[x for x in ".repeat(30) + "dest" + &"]".repeat(30),
        "(len := lambda n: len([n])) and len(0)".to_owned(),
        "(len := lambda n: [*(len(x) for x in [n])]) and len(0)".to_owned(),
        "(len := lambda n: {0: [len(x) for x in [n] if 1 or 0]}) and len(0)".to_owned(),
        "(len := lambda n: -(1 + (1 if n else len(n)))) and len(0)".to_owned(),
        "(y := []) or [(y := [y]) for x in [0] * 190] and str(y) and y == [y]".to_owned(),
        "1 if 1 else ".repeat(40) + "1",
    ];
    let run_all = move || {
        for text in &deep {
            if let Ok(expression) = check(text) {
                let environment = Environment::Whole;
                let outcome = evaluate(&expression, &variables(), environment, Limits::USUAL);
                assert!(
                    !matches!(outcome, Err(Failure { cause: Cause::Unsupported, .. })),
                    "{text}"
                );
            }
        }
    };
    std::thread::Builder::new().stack_size(STACK).spawn(run_all).unwrap().join().unwrap();
}

#[test]
fn the_part_at_fault_is_blamed() {
    for (text, part, exception) in [
        ("dest == 'a' or foo", "foo", Exception::NameError),
        ("1 < len(dest) < len(3)", "len(3)", Exception::TypeError),
        ("context['rows'][5]['id'] == 1", "context['rows'][5]", Exception::IndexError),
        ("[row['x'] for row in context['rows']]", "row['x']", Exception::KeyError),
        ("source + (dest > 0)", "dest > 0", Exception::TypeError),
        ("source == [y for x in dest for y in 1]", "1", Exception::TypeError),
        ("dest and {dest: 1, source: 2}", "source", Exception::TypeError),
        ("(dest, (yield dest))", "yield dest", Exception::SyntaxError),
        ("(g := (1 // x for x in [0])) and [*g]", "1 // x", Exception::ZeroDivisionError),
    ] {
        let failure = run(text).unwrap_err();
        assert_eq!(failure.cause, Cause::Raised(exception), "{text}: {failure:?}");
        assert_eq!(failure.span.of(text), part, "{text}");
    }
}

#[test]
fn variables_come_from_json_and_contracts() {
    assert_eq!(shown("context"), "{'a': 1, 'rows': [{'id': 1}, {'id': 2}]}");
    assert_eq!(shown("[row['id'] for row in context['rows']]"), "[1, 2]");
    let mut deep = serde_json::Value::Null;
    for _ in 0..300 {
        deep = serde_json::Value::Array(vec![deep]);
    }
    assert!(Value::of_json(&deep).is_none());
    let written = contracts::value::Value::from_expr(&check("{'a': [1, 2.5, None]}").unwrap());
    let value = Value::of_written(&written.unwrap()).unwrap();
    assert_eq!(value.shown().unwrap(), "{'a': [1, 2.5, None]}");
    let tuple = contracts::value::Value::from_expr(&check("(1, 2)").unwrap()).unwrap();
    assert!(Value::of_written(&tuple).is_none());
}

const PIECES: &[&str] = &[
    "dest",
    "source",
    "context",
    "x",
    "y",
    "1",
    "0",
    "-2",
    "2.5",
    "'a'",
    "'%s'",
    "''",
    "None",
    "True",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    ", ",
    ":",
    " + ",
    " - ",
    " * ",
    " ** ",
    " // ",
    " % ",
    " / ",
    " << ",
    " >> ",
    " & ",
    " | ",
    " == ",
    " < ",
    " in ",
    " is ",
    " not in ",
    " and ",
    " or ",
    " not ",
    " if ",
    " else ",
    " for x in ",
    " for x, *y in ",
    "len(",
    "str(",
    "int(",
    "isinstance(",
    ".get(",
    ".keys()",
    ".items()",
    ".strip()",
    "lambda x: ",
    "(y := ",
    "*",
    "10**9",
    "b'a'",
    "...",
    "int",
    "dest[",
    "[0]",
    "[::-1]",
    "(x for x in ",
];

/// Expressions, most of which are ones.
fn expressions() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(&PIECES[..14]).prop_map(str::to_owned);
    leaf.prop_recursive(5, 40, 4, |inner| {
        let operator = prop::sample::select(&PIECES[22..40]);
        let two = (inner.clone(), operator, inner.clone());
        let shapes = prop::sample::select(
            &[
                "(@)",
                "[@, @]",
                "(@, @)",
                "{@: @}",
                "{@, @}",
                "[@ for x in @]",
                "{@ for x in @ if @}",
                "len(@)",
                "str(@)",
                "int(@)",
                "[*@]",
                "@[@]",
                "@[@:@:@]",
                "(@ if @ else @)",
                "(lambda x: @)",
                "(y := @)",
                "isinstance(@, @)",
                "dest.get(@, @)",
                "{**@}",
                "(not @)",
                "-(@)",
                "(@ for x in @)",
                "{x: @ for x, y in @}",
                "dest.startswith(@)",
                "'%5r' % (@)",
            ][..],
        );
        let filled = (shapes, prop::collection::vec(inner, 4)).prop_map(|(shape, parts)| {
            let mut parts = parts.iter();
            let mut text = String::new();
            for piece in shape.split_inclusive('@') {
                text.push_str(piece.trim_end_matches('@'));
                if piece.ends_with('@') {
                    text.push_str(parts.next().unwrap());
                }
            }
            text
        });
        prop_oneof![
            two.prop_map(|(left, operator, right)| format!("({left}{operator}{right})")),
            filled,
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn no_expression_panics(text in expressions()) {
        ends_well(&text)?;
    }

    #[test]
    fn no_text_panics(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..16)) {
        ends_well(&pieces.concat())?;
    }
}

fn ends_well(text: &str) -> Result<(), TestCaseError> {
    let Ok(expression) = check(text) else { return Ok(()) };
    for environment in [Environment::Whole, Environment::Checker] {
        let limits = Limits { steps: 20_000, ..Limits::USUAL };
        let first = evaluate(&expression, &variables(), environment, limits);
        let again = evaluate(&expression, &variables(), environment, limits);
        match (first, again) {
            (Err(failure), Err(other)) => {
                prop_assert_eq!(&failure, &other);
                prop_assert!(failure.span.end as usize <= text.len());
                prop_assert!(!failure.message.is_empty());
            }
            (Ok(value), Ok(other)) => prop_assert_eq!(value.shown(), other.shown()),
            (first, again) => prop_assert!(false, "{:?} and {:?}", first, again),
        }
    }
    Ok(())
}
