//! Tests of reading JSON.

use std::fmt::Write;

use super::*;

/// The tree in one line, and the problem with the text at fault.
fn shown(text: &str) -> String {
    let yaml = parse(text, &Limits::default());
    let mut shown = String::new();
    for root in &yaml.documents {
        show(&yaml, *root, &mut shown);
    }
    for problem in &yaml.problems {
        let (ProblemKind::Syntax(message) | ProblemKind::OverBudget(message)) = &problem.kind
        else {
            panic!("{problem:?}");
        };
        write!(shown, " @`{}` {message}", problem.span.of(text)).unwrap();
    }
    shown.trim_start().to_owned()
}

fn show(yaml: &Yaml, id: NodeId, shown: &mut String) {
    match &yaml.node(id).data {
        Data::Scalar(Scalar { value, .. }) => match value.as_text() {
            Some(text) => write!(shown, "{text:?}").unwrap(),
            None => write!(shown, "{value:?}").unwrap(),
        },
        Data::Sequence(items) => {
            shown.push('[');
            for item in items {
                show(yaml, *item, shown);
                shown.push(',');
            }
            shown.push(']');
        }
        Data::Mapping(entries) => {
            shown.push('{');
            for entry in entries {
                show(yaml, entry.key, shown);
                shown.push(':');
                show(yaml, entry.value, shown);
                shown.push(',');
            }
            shown.push('}');
        }
        Data::Alias(_) | Data::Unreadable => shown.push('?'),
    }
}

fn text(said: &str) -> String {
    let yaml = parse(&format!("\"{said}\""), &Limits::default());
    assert_eq!(yaml.problems, [], "{said}");
    let Data::Scalar(Scalar { value, .. }) = &yaml.nodes[0].data else { panic!("{said}") };
    value.as_text().unwrap().to_owned()
}

#[test]
fn values_are_those_of_json() {
    assert_eq!(
        shown(" [null, true, false, 0, -7, 1e3, 0.5E-1] "),
        "[Null,Bool(true),Bool(false),Int(0),Int(-7),Float(1000.0),Float(0.05),]"
    );
    assert_eq!(shown("1E400"), "Float(inf)");
    assert_eq!(shown("12345678901234567890"), "BigInt(\"12345678901234567890\")");
    assert_eq!(shown("{\"on\": {}, \"on\":\t[]}"), r#"{"on":{},"on":[],}"#);
}

#[test]
fn escapes_stand_for_characters() {
    assert_eq!(text(r#"a\/\"\\\n\u00e9"#), "a/\"\\\n\u{e9}");
    assert_eq!(text(r"\ud83d\ude00"), "\u{1f600}");
    assert_eq!(text(r"\ud83dx"), "\u{fffd}x");
    assert_eq!(text("a: b # c, 'd'"), "a: b # c, 'd'");
    assert_eq!(text(&"x".repeat(3000)), "x".repeat(3000));
}

#[test]
fn what_yaml_would_take_is_refused() {
    let quotes = "stands without quotes; text stands in double quotes in JSON";
    for word in ["yes", "on", "NaN", "True", "Infinity"] {
        assert_eq!(shown(word), format!("@`{word}` `{word}` {quotes}"));
    }
    for number in ["01", "1_000", "-", "1.", "0x10", "1:30", "+1"] {
        assert!(shown(number).contains('@'), "{number}");
    }
    assert_eq!(shown("'a'"), "@`'` text stands in double quotes in JSON; change the quotes");
    assert_eq!(shown("# a\n{}"), "@`#` JSON has no comments; remove it");
    assert_eq!(shown("a: b"), format!("@`a` `a` {quotes}"));
    assert_eq!(shown(""), "@`` a value is missing here");
    assert_eq!(shown("{} {}"), "{} @`{` a JSON file holds one value, and something follows it");
}

#[test]
fn what_stands_before_a_fault_is_kept() {
    assert_eq!(
        shown("{\"a\": 1 \"b\": 2}"),
        "{\"a\":Int(1),} @`\"` a `,` or a `}` is missing here"
    );
    assert_eq!(shown("[1, [2,"), "[Int(1),[Int(2),],] @`` a value is missing here");
    assert_eq!(shown("{\"a\": }"), "{\"a\":?,} @`}` a value cannot begin with this character");
    assert_eq!(
        shown("{\"a\": 1,}"),
        "{\"a\":Int(1),} @`,` nothing follows this comma, which JSON does not allow; remove it"
    );
    assert_eq!(shown("[\"a\nb\"]"), "[] @`\"a` this quote is not closed; add the closing quote");
}

#[test]
fn every_beginning_of_a_file_is_read() {
    let whole = r#"{"a": [1, {"b": "\u00e9\ud83d\ude00"}, null], "c": {"d": -0.5e-3}, "é": true}"#;
    for end in (0..=whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let yaml = parse(&whole[..end], &Limits::default());
        assert_eq!(yaml.problems.is_empty(), end == whole.len(), "{}", &whole[..end]);
    }
}

#[test]
fn depth_is_bounded() {
    let deep = "[".repeat(100_000);
    assert!(shown(&deep).contains("more than 200 collections inside each other"));
}
