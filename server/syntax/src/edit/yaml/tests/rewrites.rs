//! Entries that take another form, before and after.

use super::*;

#[track_caller]
fn comment_out(text: &str, paths: &[&str]) -> Result<String, CannotEdit> {
    try_edit(text, |key, _| match paths {
        [only] => Intent::CommentOut(key(only)),
        _ => Intent::All(paths.iter().map(|path| Intent::CommentOut(key(path))).collect()),
    })
}

fn pairs(text: &str, path: &str) -> Result<String, CannotEdit> {
    let names = ["phase".to_owned(), "amount".to_owned()];
    try_edit(text, |_, value| Intent::MapToList(value(path), names.clone()))
}

fn lift(text: &str, path: &str) -> Result<String, CannotEdit> {
    try_edit(text, |key, _| Intent::LiftEntry(key(path), "phase".into(), "source_phase".into()))
}

#[test]
fn an_entry_becomes_a_comment() {
    let check = |text: &str, path: &str, after: &str| {
        assert_eq!(comment_out(text, &[path]), Ok(after.to_owned()), "{text}");
    };
    check("a: 1\nb: 2 # c\nd: 3\n", "b", "a: 1\n# b: 2 # c\nd: 3\n");
    check("a: 1\nb: 2", "b", "a: 1\n# b: 2");
    check("a: 1\nb: 2\n", "a", "# a: 1\nb: 2\n");
    check(
        "p:\r\n  a: 1\r\n  b:\r\n    # in\r\n    c: 2\r\n\r\n    d: [\r\n    3]\r\n  e: 4\r\n",
        "p/b",
        "p:\r\n  a: 1\r\n  # b:\r\n  #   # in\r\n  #   c: 2\r\n\r\n  #   d: [\r\n  #   3]\r\n  e: 4\r\n",
    );
    check("p:\n  a: 1\n  b:\n  - c\n  - d\n", "p/b", "p:\n  a: 1\n  # b:\n  # - c\n  # - d\n");
    check("a: >\n  x\n\n  y\nb: 1\n", "a", "# a: >\n#   x\n\n#   y\nb: 1\n");
    check("- a: 1\n  b: 2\n", "0/b", "- a: 1\n  # b: 2\n");
}

#[test]
fn in_front_behind_a_dash_the_comment_goes_above() {
    let check = |text: &str, paths: &[&str], after: &str| {
        assert_eq!(comment_out(text, paths), Ok(after.to_owned()), "{text}");
    };
    check("l:\n  - a: 1 # x\n    b: 2\n", &["l/0/a"], "l:\n  # a: 1 # x\n  - b: 2\n");
    check("- a:\n    x: 1\n  b: 2\n", &["0/a"], "# a:\n#   x: 1\n- b: 2\n");
    check("- a: 1\n  # on b\n  b: 2\n", &["0/a"], "# a: 1\n- # on b\n  b: 2\n");
    check(
        "- a: 1\n  b: 2\n  c: 3\n  d: 4\n",
        &["0/a", "0/b", "0/d"],
        "# a: 1\n# b: 2\n- c: 3\n  # d: 4\n",
    );
    check("- - a: 1\n    b: 2\n", &["0/0/a"], "# a: 1\n- - b: 2\n");
}

#[test]
fn in_brackets_the_comment_goes_above() {
    let check = |text: &str, paths: &[&str], after: &str| {
        assert_eq!(comment_out(text, paths), Ok(after.to_owned()), "{text}");
    };
    check("l:\n  - {a: 1, b: 2} # x\n", &["l/0/b"], "l:\n  # b: 2\n  - {a: 1} # x\n");
    check("l: [{a: 1, b: 2, c: 3}]\n", &["l/0/a", "l/0/b"], "# a: 1\n# b: 2\nl: [{c: 3}]\n");
    check("{a: 1, b: 2, c: 3, d: 4}\n", &["b", "c"], "# b: 2\n# c: 3\n{a: 1, d: 4}\n");
    check("{\n  \"a\": 1,\n  \"b\": 2\n}\n", &["b"], "# \"b\": 2\n{\n  \"a\": 1\n}\n");
}

#[test]
fn what_is_needed_is_no_comment() {
    assert_eq!(comment_out("a: 1\n", &["a"]), Err(CannotEdit::Layout));
    assert_eq!(comment_out("{a: 1, b: 2}\n", &["a", "b"]), Err(CannotEdit::Layout));
    assert_eq!(comment_out("a: &k 1\nb: *k\n", &["a"]), Err(CannotEdit::ChangesMore));
}

#[test]
fn a_mapping_becomes_a_list_of_records() {
    let check = |text: &str, after: &str| {
        assert_eq!(pairs(text, "x"), Ok(after.to_owned()), "{text}");
    };
    check(
        "x:\n  plan: 5000   # 5 s\n  # the rest\n  \"implement\": 0.3\n\n  on:\ny: 1\n",
        "x:\n  - phase: plan\n    amount: 5000   # 5 s\n  # the rest\n  - phase: \"implement\"\n    \
         amount: 0.3\n\n  - phase: on\n    amount:\ny: 1\n",
    );
    check("x:\r\n    a: &k 1\r\n", "x:\r\n    - phase: a\r\n      amount: &k 1\r\n");
    check(
        "x: { plan: 1, \"test\":2 }\n",
        "x: [ {phase: plan, amount: 1}, {phase: \"test\", amount: 2} ]\n",
    );
    check("x: {}\n", "x: []\n");
    check("x:\n  a: [1, 2]\n", "x:\n  - phase: a\n    amount: [1, 2]\n");
    for text in ["x:\n  <<: {a: 1}\n", "x:\n  a:\n    b: 1\n", "x:\n  a: |\n    b\n", "x: [1]\n"] {
        assert!(pairs(text, "x").is_err(), "{text}");
    }
}

#[test]
fn a_nested_scalar_is_lifted() {
    let check = |text: &str, after: &str| {
        assert_eq!(lift(text, "s"), Ok(after.to_owned()), "{text}");
    };
    check("s:\n  phase: plan\nt: 1\n", "source_phase: plan\nt: 1\n");
    check(
        "s: # from\n  by: user\n  # why\n  phase: \"plan\" # p\n  more:\n    - x\n\nt: 1\n",
        "source_phase: \"plan\" # p\n# from\n# by: user\n# why\n# more:\n#   - x\n\nt: 1\n",
    );
    check("s: {phase: plan, by: user} # c\nt: 1\n", "# by: user\nsource_phase: plan # c\nt: 1\n");
    check("s: {phase: plan}\n", "source_phase: plan\n");
    check("{a: 1, s: {by: user, phase: plan}}\n", "# by: user\n{a: 1, source_phase: plan}\n");
    for text in ["s: plan\n", "s: {by: user}\n", "s: {phase: [plan]}\n", "s: &k {phase: plan}\n"] {
        assert!(lift(text, "s").is_err(), "{text}");
    }
}

#[test]
fn rewrites_go_together() {
    let text = "chains:\n  - id: c\n    from: {phase: plan, by: user}\n    why: >\n      said\n    \
                level: warning\n";
    let edited = try_edit(text, |key, _| {
        Intent::All(Arc::from([
            Intent::ReplaceScalar(key("chains"), "new_chains".into()),
            Intent::CommentOut(key("chains/0/id")),
            Intent::LiftEntry(key("chains/0/from"), "phase".into(), "source_phase".into()),
            Intent::CommentOut(key("chains/0/why")),
        ]))
    });
    let after = "new_chains:\n  # id: c\n  - # by: user\n    source_phase: plan\n    # why: >\n    #   \
                 said\n    level: warning\n";
    assert_eq!(edited, Ok(after.to_owned()));
}
