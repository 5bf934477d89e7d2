//! Tests of whole files.

use proptest::prelude::*;
use text::span::Span;

use super::*;

const WHOLE: &str = "\
schema_version: \"0.1.0\"
pipeline_id: p
phases:
  plan:
    exit:
      required:
        - name: tasks
          type: list
          severity: bloking
          description: some words
            that go on
  build:
    entry:
      required: [{name: tasks}]
propagation_chains:
  - {chain_id: c, source: {phase: plan, field: tasks}, destination: {phase: build, field: tasks},
     verification: \"foo(dest)\"}
";

fn parse_python(text: &str) -> Tree {
    syntax::python::parse(text, None)
}

fn facts(text: &str) -> FileFacts {
    lower_yaml("a.contract.yaml", text, None).unwrap().facts
}

#[test]
fn spaces_comments_and_line_breaks_are_no_facts() {
    let facts_of_whole = facts(WHOLE);
    let variants = [
        WHOLE.replace('\n', "\r\n"),
        WHOLE.replace("\n  ", "\n\n  ").replace("words\n\n", "words\n"),
        WHOLE.replace("words\n            that", "words that"),
        WHOLE.replace("\n  plan", "  # comment\n  plan").replace("  build:", "  # more\n  build:"),
        WHOLE.replace("    ", "      "),
        format!("\u{feff}# above\n---\n{WHOLE}"),
        WHOLE.replace("phase: plan,", "phase:   plan ,\n    "),
    ];
    for variant in variants {
        assert_eq!(facts(&variant), facts_of_whole, "{variant}");
    }
}

#[test]
fn what_means_something_is_a_fact() {
    for (from, to) in
        [("tasks", "task"), ("bloking", "blocking"), ("list", "dict"), ("  build", "  make")]
    {
        assert_ne!(facts(&WHOLE.replacen(from, to, 1)), facts(WHOLE), "{from}");
    }
}

#[test]
fn anchors_beyond_the_nodes_have_places() {
    let text = "# contextcore: ignore-file[dead-write]\npipeline_id: p\nphases:\n  a: *nowhere\n";
    let lowered = lower_yaml("a.contract.yaml", text, None).unwrap();
    let told = |at| lowered.places.span(at).map(|span: Span| span.of(text));
    assert_eq!(told(lowered.facts.yaml_problems[0].at), Some("*nowhere"));
    let directive = &lowered.facts.suppressions[0];
    assert_eq!(told(directive.at), Some("# contextcore: ignore-file[dead-write]"));
    assert_eq!(told(directive.rules[0].at), Some("dead-write"));
}

#[test]
fn files_of_others_have_no_facts() {
    assert_eq!(lower_yaml("ci.yaml", "jobs: {}", None), None);
    assert_eq!(lower_yaml("ci.yaml", "key: [broken\n", None), None);
    let text = "# contextcore: ignore[unknown-contract-kind]\nkind: DataContract\n";
    let unknown = lower_yaml("orders.contract.yaml", text, None).unwrap();
    let at = unknown.facts.unknown_kind.and_then(|at| unknown.places.span(at)).unwrap();
    assert_eq!(at.of(text), "kind");
    assert_eq!(unknown.facts.suppressions.len(), 1);
    let empty = lower_yaml("orders.contract.yaml", "", None).unwrap();
    assert_eq!(empty.places.span(empty.facts.unknown_kind.unwrap()), Some(Span::empty(0)));
}

#[test]
fn each_document_is_looked_at_by_itself() {
    let text = format!("{WHOLE}---\nkind: Deployment\n---\n{WHOLE}");
    assert_eq!(lower_yaml("all.yaml", &text, None).unwrap().facts.contracts.len(), 2);
}

#[test]
fn a_broken_line_costs_no_more_than_itself() {
    let broken = WHOLE.replace("  build:\n", "  build:\n    descr [\n");
    let facts = facts(&broken);
    let contract = facts.contracts[0].propagation().unwrap();
    assert_eq!(contract.phases.len(), 2);
    assert_eq!(contract.chains.len(), 1);
}

#[test]
fn directives_of_python_follow_its_anchors() {
    let text = "def run(context):\n    context['x'] = 1  # contextcore: ignore[dead-write]\n";
    let lowered = lower_python(text, &parse_python(text));
    let directive = &lowered.facts.suppressions[0];
    let at = lowered.places.span(directive.at).unwrap();
    assert_eq!(at.of(text), "# contextcore: ignore[dead-write]");
    assert_eq!(lowered.facts.python.unwrap().functions.len(), 1);
}

/// Pieces that contracts and trouble are made of.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "schema_version",
        "pipeline_id",
        "phases",
        "entry",
        "exit",
        "required",
        "enrichment",
        "name",
        "severity",
        "default",
        "constraints",
        "quality",
        "threshold",
        "propagation_chains",
        "verification",
        "source",
        "blocking",
        ":",
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "\n      - ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "&a ",
        "*a",
        "&b ",
        "*b",
        "<<: ",
        "# ",
        "# contextcore: ignore[",
        "'",
        "\"",
        "|\n",
        ">-\n",
        "---\n",
        "0.1",
        "on",
        "~",
        "2026-01-31",
        "!!binary ",
        "!x ",
        "\t",
        "\u{e9}",
        "\r\n",
        "\0",
    ])
}

proptest! {
    #[test]
    fn no_text_is_too_much(text in "\\PC*") {
        let _ = lower_yaml("a.contract.yaml", &text, None);
        let _ = lower_python(&text, &parse_python(&text));
    }

    #[test]
    fn no_contract_is_too_much(pieces in prop::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        for text in [text.clone(), format!("pipeline_id: p\nphases: {text}"), format!("{WHOLE}{text}")] {
            if let Some(lowered) = lower_yaml("a.contract.yaml", &text, None) {
                prop_assert!((0..).map_while(|index| lowered.places.file.get(index)).all(|span| text.get(span.range()).is_some()));
            }
        }
        let _ = lower_python(&text, &parse_python(&text));
    }

    #[test]
    fn a_cut_contract_is_read(length in 0..WHOLE.len()) {
        let _ = lower_yaml("a.contract.yaml", &WHOLE[..length], None);
    }
}
