//! Edits of JSON, before and after.

use proptest::prelude::*;

use super::*;
use crate::json;

type Find<'a> = &'a dyn Fn(&str) -> NodeId;

#[track_caller]
fn edit(text: &str, intent: impl Fn(Find<'_>, Find<'_>) -> Intent) -> String {
    try_edit_of(&json::parse(text, &Limits::default()), text, intent).unwrap()
}

#[track_caller]
fn insert(text: &str, path: &str, key: &str, new: &str) -> String {
    edit(text, |_, value| Intent::InsertEntry(value(path), key.into(), new.into()))
}

#[test]
fn an_entry_is_written_as_its_neighbours_are() {
    assert_eq!(insert("{\"a\": 1}", "", "b", "word"), "{\"a\": 1, \"b\": \"word\"}");
    assert_eq!(insert("{\n  \"a\": 1\n}\n", "", "b", "2"), "{\n  \"a\": 1,\n  \"b\": 2\n}\n");
    assert_eq!(
        insert("{\r\n\t\"a\": {\"x\": 1}\r\n}\r\n", "", "b", "{}"),
        "{\r\n\t\"a\": {\"x\": 1},\r\n\t\"b\": {}\r\n}\r\n"
    );
    assert_eq!(
        insert("{\n\t\"a\": {\n\t\t\"x\": 1\n\t}\n}\n", "a", "y", "null"),
        "{\n\t\"a\": {\n\t\t\"x\": 1,\n\t\t\"y\": null\n\t}\n}\n"
    );
    assert_eq!(insert("{\"a\": {\"x\": 1}}", "a", "y", "2"), "{\"a\": {\"x\": 1, \"y\": 2}}");
}

#[test]
fn an_empty_object_is_filled_as_its_neighbours_are() {
    assert_eq!(insert("{}", "", "a", "b"), "{\n  \"a\": \"b\"\n}");
    assert_eq!(insert("{\n}\n", "", "a", "b"), "{\n  \"a\": \"b\"\n}\n");
    assert_eq!(insert("[{}]", "0", "a", "1"), "[{\"a\": 1}]");
    assert_eq!(insert("{\"a\": {}}", "a", "b", "1"), "{\"a\": {\"b\": 1}}");
    assert_eq!(
        insert("{\n    \"a\": {},\n    \"b\": 1\n}\n", "a", "x", "[y]"),
        "{\n    \"a\": {\n        \"x\": [\"y\"]\n    },\n    \"b\": 1\n}\n"
    );
    assert_eq!(
        insert("{\n\t\"l\": [\n\t\t{}\n\t]\n}", "l/0", "x", "1"),
        "{\n\t\"l\": [\n\t\t{\n\t\t\t\"x\": 1\n\t\t}\n\t]\n}"
    );
}

#[test]
fn values_of_yaml_become_json() {
    let values = [
        ("{type: code}", "{\"type\": \"code\"}"),
        ("[1, 'two', yes]", "[1, \"two\", true]"),
        ("\"a \\\" \\u00e9\"", "\"a \\\" é\""),
        ("0.50", "0.5"),
        ("~", "null"),
    ];
    for (yaml, json) in values {
        assert_eq!(insert("{\"a\": 1}", "", "b", yaml), format!("{{\"a\": 1, \"b\": {json}}}"));
        let replaced =
            edit("{\"a\": [1]}", |_, value| Intent::ReplaceValue(value("a"), yaml.to_owned()));
        assert_eq!(replaced, format!("{{\"a\": {json}}}"));
    }
}

#[test]
fn what_json_cannot_say_is_not_written() {
    let text = "{\n  \"a\": 1,\n  \"b\": 2\n}\n";
    let yaml = json::parse(text, &Limits::default());
    let try_edit = |intent: &dyn Fn(Find<'_>) -> Intent| {
        try_edit_of(&yaml, text, |key, _| intent(key)).is_ok()
    };
    assert!(!try_edit(&|key| Intent::CommentOut(key("a"))));
    for value in [".inf", "2026-01-31", "[*a]"] {
        let value = value.to_owned();
        assert!(!try_edit(&|_| Intent::InsertEntry(NodeId::new(0), "c".into(), value.clone())));
    }
}

#[test]
fn words_are_quoted() {
    let word = |text: &str, new: &str| {
        edit(text, |_, value| Intent::ReplaceScalar(value("a"), new.to_owned()))
    };
    assert_eq!(word("{\"a\": 1}", "v1"), "{\"a\": \"v1\"}");
    assert_eq!(word("{\"a\": \"x\"}", "q\"\n"), "{\"a\": \"q\\\"\\n\"}");
    let quoted = edit("{\"a\": 1.50}", |_, value| Intent::Quote(value("a")));
    assert_eq!(quoted, "{\"a\": \"1.50\"}");
}

#[test]
fn commas_go_with_what_they_part() {
    let remove = |text: &str, path: &str| edit(text, |key, _| Intent::RemoveEntry(key(path)));
    let text = "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n";
    assert_eq!(remove(text, "a"), "{\n  \"b\": 2,\n  \"c\": 3\n}\n");
    assert_eq!(remove(text, "b"), "{\n  \"a\": 1,\n  \"c\": 3\n}\n");
    assert_eq!(remove(text, "c"), "{\n  \"a\": 1,\n  \"b\": 2\n}\n");
    assert_eq!(remove("{ \"a\": 1 }", "a"), "{}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_json_breaks_the_renderer(
        text in "(\"[ab]\": |\"[ab]\"|1|\"|\\[|\\]|\\{|\\}|,| |\t|\\\\|\n|\r\n){0,24}",
        choice in 0..12_usize, node: usize, other: usize,
    ) {
        let yaml = json::parse(&text, &Limits::default());
        if !yaml.nodes.is_empty() {
            let intent = properties::intent(&yaml, choice, node, other, "x");
            if let Ok(edits) = render(&text, &yaml, &intent) {
                let after = json::parse(&apply(&text, &edits).0, &Limits::default());
                prop_assert!(after.problems.len() <= yaml.problems.len());
            }
        }
    }
}
