//! Entries and items that are added or moved, before and after.

use super::*;

#[test]
fn an_entry_is_added_below_the_last() {
    assert_eq!(insert("a: 1 # c\n# end\n", "", "b", "[]"), "a: 1 # c\nb: []\n# end\n");
    assert_eq!(insert("a: 1", "", "b", "2"), "a: 1\nb: 2");
    assert_eq!(
        insert("p:\r\n    x: 1\r\n    # in\r\nq: 1\r\n", "p", "y", "2"),
        "p:\r\n    x: 1\r\n    y: 2\r\n    # in\r\nq: 1\r\n"
    );
    assert_eq!(insert("- name: a\n\n- b\n", "0", "type", "str"), "- name: a\n  type: str\n\n- b\n");
    assert_eq!(insert("a: 1\n\nb: 2\n", "", "c", "3"), "a: 1\n\nb: 2\n\nc: 3\n");
    assert_eq!(
        insert("a:\n  b: |\n    x\nc: 1\n", "a", "d", "2"),
        "a:\n  b: |\n    x\n  d: 2\nc: 1\n"
    );
}

#[test]
fn an_entry_follows_its_neighbours() {
    assert_eq!(insert("a: {b: 1} # c\n", "a", "on", "2"), "a: {b: 1, \"on\": 2} # c\n");
    assert_eq!(insert("{\"a\": 1}\n", "", "b", "2"), "{\"a\": 1, \"b\": 2}\n");
    assert_eq!(insert("{\n  a: 1,\n}\n", "", "b", "2"), "{\n  a: 1,\n  b: 2,\n}\n");
    assert_eq!(insert("a: {} # c\nb: 1\n", "a", "x", "2"), "a: # c\n  x: 2\nb: 1\n");
    assert_eq!(insert("a:\nb: 1\n", "a", "x", "2"), "a:\n  x: 2\nb: 1\n");
    assert_eq!(insert("- {}\n", "0", "x", "2"), "- x: 2\n");
    assert_eq!(insert("{}\n", "", "x", "2"), "x: 2\n");
    assert_eq!(insert("[{}]\n", "0", "x", "2"), "[{x: 2}]\n");
}

/// The text after items were added together, to lists given as `entry.required`.
#[track_caller]
fn append_all(text: &str, path: &str, lists: &[&str]) -> String {
    let all = |_: &dyn Fn(&str) -> NodeId, value: &dyn Fn(&str) -> NodeId| {
        let item = |(index, list): (usize, &&str)| {
            let keys = list.split('.').map(str::to_owned).collect();
            Intent::AppendItem(value(path), keys, vec![("name".into(), format!("x{index}"))])
        };
        Intent::All(lists.iter().enumerate().map(item).collect())
    };
    try_edit(text, all).unwrap()
}

#[test]
fn items_that_need_the_same_lists_are_added_together() {
    let lists = ["entry.required", "exit.optional", "entry.required", "exit.required"];
    assert_eq!(
        append_all("p:\n  exit:\n    required:\n      - name: a\n# end\n", "p", &lists),
        "p:\n  exit:\n    required:\n      - name: a\n      - name: x3\n    optional:\n      - name: x1\n  \
         entry:\n    required:\n      - name: x0\n      - name: x2\n# end\n"
    );
    assert_eq!(
        append_all("p: {}\n", "p", &lists),
        "p:\n  entry:\n    required:\n      - name: x0\n      - name: x2\n  exit:\n    optional:\n      \
         - name: x1\n    required:\n      - name: x3\n"
    );
    assert_eq!(
        append_all("p: {entry: {required: [{name: a}]}}\n", "p", &lists),
        "p: {entry: {required: [{name: a}, {name: x0}, {name: x2}]}, exit: {optional: [{name: x1}], \
         required: [{name: x3}]}}\n"
    );
    assert_eq!(
        append_all(
            "p:\n  entry:\n    required:\n    - name: a\n\n    - name: b\n",
            "p",
            &lists[..3]
        ),
        "p:\n  entry:\n    required:\n    - name: a\n\n    - name: b\n\n    - name: x0\n\n    \
         - name: x2\n  exit:\n    optional:\n    - name: x1\n"
    );
}

#[test]
fn an_item_is_added_below_the_last() {
    assert_eq!(
        append("p:\n  r:\n    - name: a # c\n      type: b\n  s: 1\n", "p", "r"),
        "p:\n  r:\n    - name: a # c\n      type: b\n    - name: x\n      severity: warning\n  s: 1\n"
    );
    assert_eq!(
        append("r:\n-   name: a\ns: 1", "", "r"),
        "r:\n-   name: a\n-   name: x\n    severity: warning\ns: 1"
    );
    assert_eq!(
        append("r:\n  - name: a\n\n  - name: b\n", "", "r"),
        "r:\n  - name: a\n\n  - name: b\n\n  - name: x\n    severity: warning\n"
    );
    assert_eq!(
        append("r:\n  - {name: a}\n", "", "r"),
        "r:\n  - {name: a}\n  - {name: x, severity: warning}\n"
    );
    assert_eq!(
        append("r: [{name: a}]\n", "", "r"),
        "r: [{name: a}, {name: x, severity: warning}]\n"
    );
    assert_eq!(
        append("r:\r\n  - a", "", "r"),
        "r:\r\n  - a\r\n  - name: x\r\n    severity: warning"
    );
}

#[test]
fn what_is_missing_on_the_way_is_created() {
    let phase = "p:\n    entry:\n        required: [] # none\n    d: x\n";
    assert_eq!(
        append(phase, "p", "entry/required"),
        "p:\n    entry:\n        required: # none\n            - name: x\n              \
         severity: warning\n    d: x\n"
    );
    assert_eq!(
        append("p:\n  d: x\n  entry: {}\nq:\n  r:\n  - a\n", "p", "entry/required"),
        "p:\n  d: x\n  entry:\n    required:\n    - name: x\n      severity: warning\nq:\n  r:\n  - a\n"
    );
    assert_eq!(
        append("p:\n  d: x\n# end\n", "p", "exit/optional"),
        "p:\n  d: x\n  exit:\n    optional:\n      - name: x\n        severity: warning\n# end\n"
    );
    assert_eq!(
        append("p: {d: x}\n", "p", "exit/optional"),
        "p: {d: x, exit: {optional: [{name: x, severity: warning}]}}\n"
    );
    assert_eq!(append("p:\n", "p", "r"), "p:\n  r:\n    - name: x\n      severity: warning\n");
}

#[test]
fn another_value_on_the_way_is_refused() {
    for text in ["p:\n  r: word\n", "p: &a\n  r: *a\n", "p:\n  <<: {r: []}\n", "p: [1]\n"] {
        let pairs = vec![("name".into(), "x".into())];
        let edit = try_edit(text, |_, value| {
            Intent::AppendItem(value("p"), vec!["r".into()], pairs.clone())
        });
        assert!(edit.is_err(), "{text}");
    }
}

#[test]
fn an_entry_moves_with_its_comments() {
    let text = "p:\n  a: 1\n\n  # on b\n  b:\n    x: 2\n\n  # far\n\n  c: 3 # c\nd: 4\n";
    assert_eq!(
        reorder(text, "p/c", "p/b"),
        "p:\n  a: 1\n\n  # far\n\n  c: 3 # c\n\n  # on b\n  b:\n    x: 2\nd: 4\n"
    );
    assert_eq!(
        reorder(text, "p/a", "p/c"),
        "p:\n  # on b\n  b:\n    x: 2\n\n  a: 1\n\n  # far\n\n  c: 3 # c\nd: 4\n"
    );
    assert_eq!(reorder(text, "p/a", "p/b"), text);
    assert_eq!(reorder("a: 1\nb: 2\nc: 3", "c", "a"), "c: 3\na: 1\nb: 2");
    assert_eq!(reorder("{a: 1, b: 2, c: 3}\n", "c", "a"), "{c: 3, a: 1, b: 2}\n");
    assert_eq!(reorder("a: 1\r\nb: 2\r\n", "b", "a"), "b: 2\r\na: 1\r\n");
}
