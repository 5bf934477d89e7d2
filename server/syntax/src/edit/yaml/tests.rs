//! Tests of YAML edits: small cases before and after; [`properties`] holds what must always be so.

mod additions;
mod json;
mod properties;
mod rewrites;

use text::edit::apply;

use super::*;
use crate::yaml::{Data, Limits, parse};

/// Key and value at the path, whose steps are keys and indexes.
fn find(yaml: &Yaml, path: &str) -> (NodeId, NodeId) {
    let mut at = (yaml.documents[0], yaml.documents[0]);
    for step in path.split('/').filter(|step| !step.is_empty()) {
        at = match &yaml.node(at.1).data {
            Data::Sequence(items) => {
                let item = items[step.parse::<usize>().unwrap()];
                (item, item)
            }
            Data::Mapping(entries) => {
                let named = |id| yaml.text_of(id).is_some_and(|text| text.as_str() == step);
                let entry = entries.iter().find(|entry| named(entry.key)).unwrap();
                (entry.key, entry.value)
            }
            other => panic!("{step} leads nowhere in {other:?}"),
        };
    }
    at
}

fn try_edit(
    text: &str,
    intent: impl Fn(&dyn Fn(&str) -> NodeId, &dyn Fn(&str) -> NodeId) -> Intent,
) -> Result<String, CannotEdit> {
    try_edit_of(&parse(text, &Limits::default()), text, intent)
}

fn try_edit_of(
    yaml: &Yaml,
    text: &str,
    intent: impl Fn(&dyn Fn(&str) -> NodeId, &dyn Fn(&str) -> NodeId) -> Intent,
) -> Result<String, CannotEdit> {
    let key = |path: &str| find(yaml, path).0;
    let value = |path: &str| find(yaml, path).1;
    let edits = render(text, yaml, &intent(&key, &value))?;
    Ok(apply(text, &edits).0)
}

#[track_caller]
fn rename(text: &str, path: &str, new: &str) -> String {
    try_edit(text, |_, value| Intent::ReplaceScalar(value(path), new.into())).unwrap()
}

#[track_caller]
fn revalue(text: &str, path: &str, new: &str) -> String {
    try_edit(text, |_, value| Intent::ReplaceValue(value(path), new.into())).unwrap()
}

#[track_caller]
fn remove_entry(text: &str, path: &str) -> String {
    try_edit(text, |key, _| Intent::RemoveEntry(key(path))).unwrap()
}

#[track_caller]
fn remove_item(text: &str, path: &str) -> String {
    try_edit(text, |_, value| Intent::RemoveItem(value(path))).unwrap()
}

#[track_caller]
fn insert(text: &str, path: &str, key: &str, new: &str) -> String {
    try_edit(text, |_, value| Intent::InsertEntry(value(path), key.into(), new.into())).unwrap()
}

#[track_caller]
fn append(text: &str, path: &str, keys: &str) -> String {
    let keys: Vec<String> = keys.split('/').map(str::to_owned).collect();
    let pairs = vec![("name".into(), "x".into()), ("severity".into(), "warning".into())];
    try_edit(text, |_, value| Intent::AppendItem(value(path), keys.clone(), pairs.clone())).unwrap()
}

#[track_caller]
fn reorder(text: &str, from: &str, to: &str) -> String {
    try_edit(text, |key, _| Intent::MoveEntryBefore(key(from), key(to))).unwrap()
}

#[test]
fn scalars_keep_their_quotes() {
    assert_eq!(rename("a: one # c\n", "a", "two"), "a: two # c\n");
    assert_eq!(rename("a: 'one'\n", "a", "it's"), "a: 'it''s'\n");
    assert_eq!(rename("a: \"one\"\n", "a", "t\"wo"), "a: \"t\\\"wo\"\n");
    assert_eq!(rename("a: [one, b]\n", "a/0", "x, y"), "a: [\"x, y\", b]\n");
    assert_eq!(rename("a: >-\n  one\n  two\nb: 1\n", "a", "x"), "a: x\nb: 1\n");
    assert_eq!(rename("a: &k !!str one\nb: *k\n", "a", "x"), "a: &k !!str x\nb: *k\n");
}

#[test]
fn keys_can_be_replaced() {
    let edit = |text: &str, path: &str| {
        try_edit(text, |key, _| Intent::ReplaceScalar(key(path), "severity".into())).unwrap()
    };
    assert_eq!(edit("- name: a\n  severty: b\n", "0/severty"), "- name: a\n  severity: b\n");
    assert_eq!(edit("{\"severty\":1}\n", "severty"), "{\"severity\":1}\n");
    assert_eq!(edit("severty :  b # c\n", "severty"), "severity :  b # c\n");
}

#[test]
fn text_that_would_not_be_text_is_quoted() {
    assert_eq!(rename("a: one\n", "a", "on"), "a: \"on\"\n");
    assert_eq!(rename("a: one\nb: 'x'\n", "a", "1:30"), "a: '1:30'\nb: 'x'\n");
    assert_eq!(rename("a: one\n", "a", "0.1"), "a: \"0.1\"\n");
    assert_eq!(rename("a: one\n", "a", ""), "a: \"\"\n");
}

#[test]
fn values_become_what_is_written() {
    assert_eq!(revalue("a: one # c\n", "a", "0.7"), "a: 0.7 # c\n");
    assert_eq!(revalue("a:\nb: 1\n", "a", "[]"), "a: []\nb: 1\n");
    assert_eq!(revalue("a:   # c\nb: 1\n", "a", "{}"), "a: {}   # c\nb: 1\n");
    assert_eq!(revalue("a:\n  - x\n  - y\nb: 1\n", "a", "[]"), "a: []\nb: 1\n");
    assert_eq!(revalue("a: # c\n- x\n\n- y\n\nb: 1\n", "a", "[]"), "a: [] # c\n\nb: 1\n");
    assert_eq!(revalue("- x: 1\n  y: 2 # c\n- z\n", "0", "{}"), "- {} # c\n- z\n");
    assert_eq!(revalue("a: |\n  x\n  y\n\nb: 1\n", "a", "z"), "a: z\n\nb: 1\n");
    assert_eq!(revalue("a:", "a", "z"), "a: z");
}

#[test]
fn quoting_makes_text() {
    let quote = |text| try_edit(text, |_, value| Intent::Quote(value("a")));
    assert_eq!(quote("a: on # c\n"), Ok("a: \"on\" # c\n".into()));
    assert_eq!(quote("a: 1:30\n"), Ok("a: \"1:30\"\n".into()));
    assert_eq!(quote("a: 'x'\n"), Ok("a: 'x'\n".into()));
    assert_eq!(quote("a:\n"), Ok("a: \"\"\n".into()));
    assert_eq!(quote("a: !!int 5\n"), Err(CannotEdit::ChangesMore));
    assert_eq!(quote("a: [1]\n"), Err(CannotEdit::NotThere));
}

#[test]
fn an_entry_goes_with_its_lines() {
    let text = "a: 1\n# about b\nb:\n  c: 2 # x\n  # more\nd: 3\n";
    assert_eq!(remove_entry(text, "b"), "a: 1\nd: 3\n");
    assert_eq!(remove_entry(text, "a"), "# about b\nb:\n  c: 2 # x\n  # more\nd: 3\n");
    assert_eq!(remove_entry(text, "d"), "a: 1\n# about b\nb:\n  c: 2 # x\n  # more\n");
    assert_eq!(remove_entry("a: 1\r\nb: 2\r\n", "a"), "b: 2\r\n");
    assert_eq!(remove_entry("a: 1\nb: 2", "b"), "a: 1");
    assert_eq!(remove_entry("a: 1\nb: |\n  x\n\nc: 2\n", "b"), "a: 1\n\nc: 2\n");
}

#[test]
fn blank_lines_do_not_pile_up() {
    let text = "a: 1\n\nb: 2\n\nc: 3\n";
    assert_eq!(remove_entry(text, "a"), "b: 2\n\nc: 3\n");
    assert_eq!(remove_entry(text, "b"), "a: 1\n\nc: 3\n");
    assert_eq!(remove_entry(text, "c"), "a: 1\n\nb: 2\n");
    assert_eq!(remove_entry("a: 1\n\n# far\n\nb: 2\n", "b"), "a: 1\n\n# far\n");
}

#[test]
fn the_first_entry_of_an_item_makes_room() {
    let text = "- name: a # c\n  # d\n  type: b\n- x\n";
    assert_eq!(remove_entry(text, "0/name"), "- # d\n  type: b\n- x\n");
    assert_eq!(remove_entry("-   name: a\n    type: b\n", "0/name"), "-   type: b\n");
    assert_eq!(remove_entry("- name: a # c\n", "0/name"), "- {} # c\n");
}

#[test]
fn an_item_goes_with_its_lines() {
    let text = "r:\n  # one\n  - name: a\n    type: b # t\n  - name: c\n  # last\n  - d\n";
    assert_eq!(remove_item(text, "r/0"), "r:\n  - name: c\n  # last\n  - d\n");
    assert_eq!(remove_item(text, "r/1"), text.replace("  - name: c\n", ""));
    assert_eq!(remove_item(text, "r/2"), text.replace("  # last\n  - d\n", ""));
    assert_eq!(remove_item("r:\n- a\n-\n  b: 1\ns: 1\n", "r/1"), "r:\n- a\ns: 1\n");
    assert_eq!(remove_item("- - a\n  - b\n- c\n", "0/0"), "- - b\n- c\n");
}

#[test]
fn a_list_without_items_is_empty() {
    assert_eq!(remove_item("r: # c\n  - a # d\ns: 1\n", "r/0"), "r: [] # c\ns: 1\n");
    assert_eq!(remove_item("r: &x\r\n- a: 1\r\n  b: 2\r\n", "r/0"), "r: &x []\r\n");
    assert_eq!(remove_item("r:\n  - a", "r/0"), "r: []");
    assert_eq!(remove_item("# top\n- a\n", "0"), "# top\n[]\n");
    assert_eq!(remove_item("---\n- a\n", "0"), "--- []\n");
    assert_eq!(
        remove_entry("p:\n  entry:\n    x: 1\nq: 1\n", "p/entry/x"),
        "p:\n  entry: {}\nq: 1\n"
    );
}

#[test]
fn parts_leave_brackets() {
    assert_eq!(remove_item("r: [a, b, c] # x\n", "r/0"), "r: [b, c] # x\n");
    assert_eq!(remove_item("r: [a, b, c]\n", "r/1"), "r: [a, c]\n");
    assert_eq!(remove_item("r: [ a, b ]\n", "r/1"), "r: [ a ]\n");
    assert_eq!(remove_item("r: [ a, ]\n", "r/0"), "r: []\n");
    assert_eq!(remove_item("r: [\n  a,\n  b,\n]\n", "r/1"), "r: [\n  a,\n]\n");
    assert_eq!(remove_entry("{a: 1, b: {c: 2}, d: 3}\n", "b"), "{a: 1, d: 3}\n");
    assert_eq!(remove_entry("x: {a: 1}\n", "x/a"), "x: {}\n");
}

#[test]
fn what_others_refer_to_stays() {
    let text = "a: &k 1\nb: *k\n";
    let removed = try_edit(text, |key, _| Intent::RemoveEntry(key("a")));
    assert_eq!(removed, Err(CannotEdit::ChangesMore));
}

#[test]
fn places_that_are_not_there_are_refused() {
    let text = "a: [1]\n";
    let yaml = parse(text, &Limits::default());
    let far = NodeId::new(99);
    let root = yaml.documents[0];
    for intent in [
        Intent::ReplaceScalar(far, "x".into()),
        Intent::ReplaceScalar(root, "x".into()),
        Intent::RemoveEntry(far),
        Intent::RemoveEntry(root),
        Intent::RemoveItem(root),
        Intent::MoveEntryBefore(root, far),
        Intent::InsertEntry(far, "k".into(), "1".into()),
        Intent::AppendItem(far, vec![], vec![]),
    ] {
        assert!(render(text, &yaml, &intent).is_err(), "{intent:?}");
    }
    let broken = Intent::ReplaceValue(find(&yaml, "a").1, "[".into());
    assert_eq!(render(text, &yaml, &broken), Err(CannotEdit::ChangesMore));
}
