//! What holds for every text.

use proptest::prelude::*;
use syntax::python::{parse, reparse};

use super::super::{PythonFacts, lower, lower_again, lower_first};
use crate::places::Places;

const SAMPLE: &str = r#"
import os
from .base import PhaseHandler, KEYS as K

NAMES = ["a", "b"]

@phase("plan")
class PlanHandler(PhaseHandler):
    context_requires = {"a": Field(type=str)}

    def helper(self, context, x=1):
        for name in NAMES:
            if name in context:
                context[name] = x

    async def execute(self, phase, context):
        summary = context.get("summary") or {}
        try:
            with guard.phase("plan", context) as r:
                context["a"]["b"] += await self.helper(context)
        except (KeyError, ValueError) as e:
            logger.info("%s", context)
            return {**context, "x": summary.get("d", "unknown")}
        finally:
            context.pop("z", None)

        def inner(t, *rest, **more):
            return [context[k] for k in rest if k in context and t["x"]]

        match context:
            case {"x": [1, *y], "z": z} if z:
                del context["z"]
        attrs = {"a": "b", **more}
        with tracer.start_as_current_span("s", attributes=attrs) as span:
            attrs["c"] = x
            span.set_attribute(KEY, "v")
            span.add_event("e", {"d": 1} if x else None)
        context.update(sorted(summary, key=lambda s: context["o"][s]), b=f"{x!r}")
        return inner

def later(ctx):
    while ctx["q"] is not None:
        ctx = dict(ctx, w=1)
    else:
        ctx |= {"u": -1}

HANDLERS = {Phase.PLAN: PlanHandler(), "x": PlanHandler}
"#;

fn read(source: &str) -> (PythonFacts, Places) {
    lower(source, &parse(source, None))
}

/// Every anchor stands somewhere in the text.
fn assert_anchored(source: &str, facts: &PythonFacts, places: &Places) {
    assert_eq!(facts.functions.len(), places.functions.len());
    for (function, at) in facts.functions.iter().zip(&places.functions) {
        assert!(source.get(at.span.range()).is_some());
        let span = places.span(function.at).unwrap();
        assert!(source.get(span.range()).is_some());
        for anchor in at.anchors.iter() {
            assert!(at.span.contains(anchor.shifted(at.span.start)), "{anchor:?} in {:?}", at.span);
        }
    }
    assert!(
        (0..)
            .map_while(|index| places.file.get(index))
            .all(|span| source.get(span.range()).is_some())
    );
}

type Edit = (usize, usize, String);

fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    let pieces = prop_oneof![
        "[\\[\\](){}:\"' \\n,a-c=.#*@ä]{0,4}",
        Just("context[\"n\"]".to_owned()),
        Just("\n    def g(c):\n        c['x']\n".to_owned()),
        Just("lambda: ".to_owned()),
        Just("if context:\n".to_owned()),
    ];
    proptest::collection::vec((0..1600usize, 0..20usize, pieces), 1..most)
}

fn apply(text: &str, (at, length, insert): &Edit) -> String {
    let boundary = |mut offset: usize| {
        offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let (start, end) = (boundary(*at), boundary(at + length));
    format!("{}{insert}{}", &text[..start], &text[end..])
}

proptest! {
    #[test]
    fn any_text_can_be_read(text in "[\\PC\\n\\t]{0,200}") {
        let (facts, places) = read(&text);
        assert_anchored(&text, &facts, &places);
    }

    #[test]
    fn any_words_can_be_read(words in proptest::collection::vec(prop_oneof![
        Just("def f(context):"), Just("class A:"), Just("\n"), Just("\n    "), Just("\n        "),
        Just("context"), Just("[\"a\"]"), Just("("), Just(")"), Just("["), Just("]"), Just("{"),
        Just("}"), Just("**"), Just("*"), Just("="), Just(":"), Just(","), Just("."), Just("get"),
        Just("if "), Just("else:"), Just("for x in "), Just("lambda "), Just("await "), Just("try:"),
        Just("except:"), Just("match x:"), Just("case "), Just("'k'"), Just("f'{"), Just("}'"),
        Just(" in "), Just(" or "), Just(" and "), Just("not "), Just(":="), Just("|="), Just("|"),
        Just("del "), Just("import "), Just("from "), Just("return "), Just("yield "), Just("@"),
    ], 0..60)) {
        let text: String = words.concat();
        let (facts, places) = read(&text);
        assert_anchored(&text, &facts, &places);
    }

    #[test]
    fn what_is_taken_over_equals_what_is_read_afresh(edits in edits(6)) {
        let mut text = SAMPLE.to_owned();
        let mut tree = parse(&text, None);
        let mut known = lower_first(&text, &tree);
        for edit in &edits {
            let next = apply(&text, edit);
            tree = reparse(&tree, &text, &next);
            text = next;
            known = lower_again(&text, &tree, &known);
            let (facts, places) = read(&text);
            assert_anchored(&text, &facts, &places);
            prop_assert_eq!(&known.facts, &facts);
            prop_assert_eq!(&known.places, &places);
        }
    }

    #[test]
    fn blank_lines_and_comments_say_nothing(
        lines in proptest::collection::vec((0..60usize, 0..3usize), 1..8)
    ) {
        let mut text: Vec<String> = SAMPLE.lines().map(str::to_owned).collect();
        for (at, what) in lines {
            let line = ["", "    # context[\"a\"]", "\t"][what];
            text.insert(at.min(text.len()), line.to_owned());
        }
        let text = text.join("\n") + "\n";
        prop_assert_eq!(read(&text).0, read(SAMPLE).0);
    }
}

#[test]
fn functions_that_do_not_change_are_shared() {
    let tree = parse(SAMPLE, None);
    let first = lower_first(SAMPLE, &tree);
    let text = SAMPLE.replace("import os", "import os\n\n# more\nX = 1").replace("\"q\"", "\"r\"");
    let second = lower_again(&text, &parse(&text, None), &first);
    let shared: Vec<bool> = first
        .facts
        .functions
        .iter()
        .zip(&second.facts.functions)
        .map(|(old, new)| std::sync::Arc::ptr_eq(old, new))
        .collect();
    assert_eq!(shared, [true, true, true, true, false]);
}

#[test]
fn nesting_without_end_is_survived() {
    let many = 20_000;
    for (open, inner, close) in [
        ("[", "context['a']", "]"),
        ("(", "context", ")"),
        ("context[", "1", "]"),
        ("f(", "context", ")"),
        ("not ", "context", ""),
        ("lambda: ", "context", ""),
        ("-", "1", ""),
        ("{**", "context", "}"),
        ("x if y else ", "context", ""),
        ("x or ", "context", ""),
    ] {
        let text = format!(
            "def f(context):\n    return {}{inner}{}\n",
            open.repeat(many),
            close.repeat(many)
        );
        let (facts, places) = read(&text);
        assert_anchored(&text, &facts, &places);
        assert!(facts.functions.iter().all(|function| function.open));
    }
    for tail in [".b", "['b']", "()", " + 1", ".get('b')", " and x"] {
        let text = format!("def f(context):\n    return context{}\n", tail.repeat(many));
        let (facts, _) = read(&text);
        assert!(facts.functions.iter().all(|function| function.open));
    }
    let mut blocks = String::from("def f(context):\n");
    for level in 1..400 {
        blocks.push_str(&" ".repeat(level));
        blocks.push_str("if context['a']:\n");
    }
    blocks.push_str(&" ".repeat(400));
    blocks.push_str("pass\n");
    assert!(read(&blocks).0.functions[0].open);
    let chain = "    elif context['b']:\n        context['c']\n".repeat(5000);
    let text = format!("def f(context):\n    if context['a']:\n        pass\n{chain}");
    let (facts, _) = read(&text);
    assert_eq!(facts.functions.len(), 1);
}

#[test]
fn a_text_over_budget_says_nothing() {
    let (facts, places) = read(&"x = 1\n".repeat(800_000));
    assert!(facts.broken && facts.functions.is_empty());
    assert_eq!(places, Places::default());
}
