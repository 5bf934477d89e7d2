//! Tests of parsing: trees, budgets, and reading again after an edit.

use std::fmt::Write;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::cst::{Cst, MAX_DEPTH, Node, Outline};
use super::kind::Kind;
use super::{Limits, OverBudget, parse, parse_within, reparse};

fn render(node: Node<'_>) -> String {
    let mut out = format!("{:?}", node.kind());
    let inside: Vec<String> = node.children().map(render).collect();
    if !inside.is_empty() {
        let _ = write!(out, "({})", inside.join(" "));
    }
    out
}

fn check(source: &str, expected: &Expect) {
    let tree = parse(source, None);
    let cst = Cst::file(source, &tree).unwrap();
    expected.assert_eq(&render(cst.root()));
}

#[test]
fn tokens_without_meaning_are_left_out() {
    check(
        "# note\nif x not in y: # why\n    a += f(1)\n",
        &expect![[
            "Module(IfStatement(ComparisonOperator(Identifier Operator Identifier) Block(ExpressionStatement(AugmentedAssignment(Identifier Operator Call(Identifier ArgumentList(Integer)))))))"
        ]],
    );
}

#[test]
fn a_fault_marks_what_is_around_it_alone() {
    let source = "def f():\n    x = context[\n\ndef g():\n    pass\n";
    let tree = parse(source, None);
    let outline = Outline::new(source, &tree).unwrap();
    assert!(tree.has_error());
    assert!(!outline.cst.root().is_broken());
    let broken: Vec<bool> = outline
        .functions
        .iter()
        .map(|function| Cst::function(source, *function).root().is_broken())
        .collect();
    assert_eq!(broken, [true, false]);
}

#[test]
fn an_outline_closes_functions_and_keeps_classes() {
    let source = "class A:\n    x = 1\n    @p\n    def f(self):\n        def g(): pass\n";
    let tree = parse(source, None);
    let outline = Outline::new(source, &tree).unwrap();
    assert_eq!(outline.functions.len(), 1);
    assert_eq!(
        outline.functions[0].span().of(source),
        "@p\n    def f(self):\n        def g(): pass"
    );
    let inside = outline.cst.root().descendants();
    assert_eq!(inside.filter(|node| node.kind() == Kind::FunctionDefinition).count(), 1);
}

fn levels(node: Node<'_>) -> usize {
    1 + node.children().map(levels).max().unwrap_or(0)
}

#[test]
fn depth_is_bounded() {
    let many = 100_000;
    let texts = [
        format!("x = {}1{}\n", "[".repeat(many), "]".repeat(many)),
        "(".repeat(1_000_000),
        format!("x = a{}\n", ".b".repeat(many)),
        format!("x = 1{}\n", " + 1".repeat(many)),
        format!("x = {}1\n", "not ".repeat(many)),
        format!("x = f{}\n", "()".repeat(many)),
    ];
    for text in texts {
        let tree = parse(&text, None);
        let Some(cst) = Cst::file(&text, &tree) else {
            continue;
        };
        assert!(levels(cst.root()) <= MAX_DEPTH + 1);
        assert!(cst.root().is_broken());
    }
}

#[test]
fn budgets_count_work() {
    let long = " ".repeat(4 * 1024 * 1024 + 1);
    assert_eq!(parse(&long, None).over_budget(), Some(OverBudget::Bytes));
    let few = Limits { steps: 1, bytes_per_step: usize::MAX, ..Limits::default() };
    let text = "x = 1\n".repeat(1000);
    assert_eq!(parse_within(&text, None, few).over_budget(), Some(OverBudget::Steps));
    // The parser that was stopped is fit for the next text.
    assert!(!parse("x = 1\n", None).has_error());
}

const SAMPLE: &str = "import a\nclass P(Base):\n    def execute(self, context):\n        x = context[\"tasks\"]\n        if 'ä' in context:\n            return f\"{x}\"\n        return {**context, 'b': [1, 2]}\n";

#[test]
fn broken_text_is_taken_apart_afresh() {
    let old = SAMPLE.replacen("in context", "in context [", 1);
    let new = old.replacen("'ä'", "\"ä'", 1);
    let tree = reparse(&parse(&old, None), &old, &new);
    let shape = |tree| render(Cst::file(&new, tree).unwrap().root());
    assert_eq!(shape(&tree), shape(&parse(&new, None)));
}

proptest! {
    #[test]
    fn an_incremental_tree_equals_a_fresh_one(
        edits in proptest::collection::vec((0usize..260, 0usize..12, "[\\[\\]():\"' \\n,a-d#ä=.]{0,4}"), 1..6)
    ) {
        let mut text = SAMPLE.to_owned();
        let mut tree = parse(&text, None);
        for (at, length, insert) in edits {
            let chars: Vec<char> = text.chars().collect();
            let at = at.min(chars.len());
            let end = (at + length).min(chars.len());
            let new: String = chars[..at].iter().chain(insert.chars().collect::<Vec<_>>().iter()).chain(&chars[end..]).collect();
            tree = reparse(&tree, &text, &new);
            text = new;
            let fresh = parse(&text, None);
            let left = Cst::file(&text, &tree).unwrap();
            let right = Cst::file(&text, &fresh).unwrap();
            prop_assert_eq!(render(left.root()), render(right.root()));
        }
    }
}
