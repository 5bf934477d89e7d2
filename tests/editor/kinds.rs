//! Contracts of other kinds: whatever editors ask, names lead from one kind to another.

use expect_test::{Expect, expect};
use graph::sources::Sources;
use ide::symbols::{DocumentSymbol, document_symbols};
use ide::workspace_symbols::workspace_symbols;

use super::Editor;

mod completion;
mod configuration;

/// A pipeline with contracts of five other kinds, and code that sets an attribute.
pub(super) const PROJECT: &str = r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan:
    exit:
      required:
        - name: domain
        - name: tasks
          type: list
  build:
    entry:
      required:
        - name: tasks
          type: list
#- demo.budget.yaml
schema_version: "0.1.0"
contract_type: budget_propagation
pipeline_id: demo
budgets:
  - budget_id: money
    budget_type: cost_dollars
    total: 5
    allocations:
      - phase: build
        amount: 3
#- demo.capability.yaml
schema_version: "0.1.0"
contract_type: capability_propagation
pipeline_id: demo
capabilities:
  - name: call_model
    scope: write
    description: Ask a model, and pay for it.
  - name: write_files
    scope: read
phases:
  plan: {provides: [call_model]}
  build:
    requires:
      - call_model
chains:
  - chain_id: model_to_build
    capability: call_model
    source_phase: plan
    destination_phase: build
#- demo.ordering.yaml
schema_version: "0.1.0"
contract_type: causal_ordering
pipeline_id: demo
dependencies:
  - before: {phase: plan, event: seeded}
    after: {phase: build, event: started}
  - before:
      phase: plan
      event: seeded
    after: {phase: plan, event: finished}
#- demo.lineage.yaml
schema_version: "0.1.0"
contract_type: data_lineage
pipeline_id: demo
chains:
  - chain_id: tasks_history
    field: tasks
    stages:
      - phase: plan
        operation: derive
#- demo.semconv.yaml
schema_version: "0.1.0"
contract_type: semantic_conventions
namespace: demo
attributes:
  - name: demo.run.id
    requirement_level: required
    description: The run.
  - name: demo.outcome
enums:
  - name: demo.outcome
    values: [good, bad]
#- handlers.py
from opentelemetry import trace

class PlanPhaseHandler:
    def execute(self, phase, context):
        span = trace.get_current_span()
        span.set_attribute("demo.run.id", 1)
        context["tasks"] = []
"#;

/// The project with the cursor before the `nth` occurrence of `word` in a file.
#[track_caller]
pub(super) fn at(file: &str, word: &str, nth: usize) -> String {
    let start = PROJECT.find(&format!("#- {file}\n")).expect("the file is there");
    let found = PROJECT[start..].match_indices(word).nth(nth).expect("the word is there").0;
    let (before, after) = PROJECT.split_at(start + found);
    format!("{before}$0{after}")
}

#[track_caller]
fn hover(text: &str, expected: &Expect) {
    let editor = Editor::new(text);
    let told = match ide::hover::hover(&editor.engine, editor.cursor, &|_, _| None) {
        Some(hover) => hover.plain() + "\n",
        None => "nothing\n".to_owned(),
    };
    expected.assert_eq(&told);
}

#[track_caller]
fn references(text: &str, expected: &Expect) {
    let editor = Editor::new(text);
    let all = ide::references::references(&editor.engine, editor.cursor, true);
    let used = ide::references::references(&editor.engine, editor.cursor, false);
    let mut told = String::new();
    for place in &all {
        let declares = if used.contains(place) { "" } else { "  declares" };
        told += &format!("{}{declares}\n", editor.place(place.file, place.span));
    }
    expected.assert_eq(&told);
}

#[track_caller]
fn definition(text: &str, expected: &Expect) {
    let editor = Editor::new(text);
    let mut told = String::new();
    for place in
        ide::definition::definition(&editor.engine, editor.cursor).iter().flat_map(|it| &it.places)
    {
        assert!(place.whole.contains(place.name), "{place:?}");
        told += &format!("{}\n", editor.place(place.file, place.name));
    }
    expected.assert_eq(&told);
}

#[test]
fn a_key_and_a_word_have_their_prose() {
    hover(
        &at("demo.budget.yaml", "total", 0),
        &expect![[r#"
        `total` of a budget: number, required

        How much there is for the whole pipeline. A budget counts as used up when exactly this much is spent, so that one of 0 is used up from the start.
    "#]],
    );
    hover(
        &at("demo.budget.yaml", "cost_dollars", 0),
        &expect![[r#"
        `cost_dollars`, a budget type

        Money, in dollars.

        Or: `latency_ms`, `token_count`, `error_rate`, `custom`.
    "#]],
    );
    hover(
        &at("demo.lineage.yaml", "derive", 0),
        &expect![[r#"
        `derive`, an operation

        Computes a new value from it.

        Or: `passthrough`, `classify`, `transform`, `aggregate`, `filter`.
    "#]],
    );
    hover(
        &at("demo.semconv.yaml", "requirement_level", 0),
        &expect![[r#"
        `requirement_level` of an attribute: requirement level, default `recommended`

        Whether the attribute has to be set.

        - `opt_in`: Set where somebody asks for it.
        - `recommended`: Better set than not.
        - `required`: Always set; validation fails without it.
    "#]],
    );
}

#[test]
fn a_name_has_the_facts_of_its_record_and_its_users() {
    hover(
        &at("demo.capability.yaml", "call_model", 3),
        &expect![[r#"
        capability call_model   pipeline demo

        scope    write
        defined  demo.capability.yaml:5

        capability contract  3x  demo.capability.yaml:11, demo.capability.yaml:14, demo.capability.yaml:17

        Ask a model, and pay for it.
    "#]],
    );
    hover(
        &at("demo.budget.yaml", "money", 0),
        &expect![[r#"
        budget money   pipeline demo

        budget_type  cost_dollars
        total        5
        allocations  1 item
        defined      demo.budget.yaml:5
    "#]],
    );
    hover(
        &at("demo.ordering.yaml", "seeded", 0),
        &expect![[r#"
        event seeded of phase plan   pipeline demo

        causal ordering contract  2x  demo.ordering.yaml:5, demo.ordering.yaml:9
    "#]],
    );
    hover(
        &at("handlers.py", "demo.run.id", 0),
        &expect![[r#"
        attribute demo.run.id

        requirement_level  required
        defined            demo.semconv.yaml:5

        set in code  1x  handlers.py:6

        The run.
    "#]],
    );
}

#[test]
fn a_phase_and_a_field_are_those_of_the_pipeline() {
    hover(
        &at("demo.budget.yaml", "build", 0),
        &expect![[r#"
        build   phase 2 of 2   pipeline demo

        requires  tasks  list, blocking
        declared                         pipeline.contract.yaml:10
        no handler was found

        budget contract           1x  demo.budget.yaml:9
        capability contract       2x  demo.capability.yaml:12, demo.capability.yaml:19
        causal ordering contract  1x  demo.ordering.yaml:6
    "#]],
    );
    hover(
        &at("demo.lineage.yaml", "field: tasks", 0).replace("$0field: tasks", "field: $0tasks"),
        &expect![[r#"
        tasks   list   pipeline demo

        plan   produces  exit.required             pipeline.contract.yaml:8
               writes    always                    handlers.py:7
        build  requires  entry.required, blocking  pipeline.contract.yaml:13

        lineage contract  1x  demo.lineage.yaml:6
    "#]],
    );
    hover(
        &at("demo.ordering.yaml", "demo", 1),
        &expect![[r#"
        pipeline demo   2 phases, 1 handler

        plan   PlanPhaseHandler  pipeline.contract.yaml:4
        build  -                 pipeline.contract.yaml:10

        inputs: none
        outputs: none

        budget contract           1x  demo.budget.yaml:3
        capability contract       1x  demo.capability.yaml:3
        lineage contract          1x  demo.lineage.yaml:3
        causal ordering contract  1x  demo.ordering.yaml:3
    "#]],
    );
}

#[test]
fn definitions_lead_to_what_gives_the_name() {
    definition(
        &at("demo.budget.yaml", "build", 0),
        &expect![[r#"
        pipeline.contract.yaml:10:3 build
    "#]],
    );
    definition(
        &at("demo.capability.yaml", "call_model", 2),
        &expect![[r#"
        demo.capability.yaml:5:11 call_model
    "#]],
    );
    definition(
        &at("demo.lineage.yaml", "tasks", 1),
        &expect![[r#"
        pipeline.contract.yaml:8:17 tasks
        handlers.py:7:17 "tasks"
    "#]],
    );
    definition(
        &at("demo.semconv.yaml", "demo.outcome", 1),
        &expect![[r#"
        demo.semconv.yaml:8:11 demo.outcome
    "#]],
    );
    definition(
        &at("handlers.py", "demo.run.id", 0),
        &expect![[r#"
        demo.semconv.yaml:5:11 demo.run.id
    "#]],
    );
    definition(
        &at("demo.ordering.yaml", "demo\n", 0),
        &expect![[r#"
        pipeline.contract.yaml:2:14 demo
    "#]],
    );
}

#[test]
fn references_go_through_all_kinds() {
    references(
        &at("pipeline.contract.yaml", "plan", 0),
        &expect![[r#"
        demo.capability.yaml:11:3 plan
        demo.capability.yaml:18:19 plan
        demo.lineage.yaml:8:16 plan
        demo.ordering.yaml:5:21 plan
        demo.ordering.yaml:8:14 plan
        demo.ordering.yaml:10:20 plan
        handlers.py:3:7 PlanPhaseHandler
        pipeline.contract.yaml:4:3 plan  declares
    "#]],
    );
    references(
        &at("demo.lineage.yaml", "tasks\n", 0),
        &expect![[r#"
        demo.lineage.yaml:6:12 tasks
        handlers.py:7:17 "tasks"
        pipeline.contract.yaml:8:17 tasks  declares
        pipeline.contract.yaml:13:17 tasks
    "#]],
    );
    references(
        &at("demo.capability.yaml", "call_model", 0),
        &expect![[r#"
        demo.capability.yaml:5:11 call_model  declares
        demo.capability.yaml:11:21 call_model
        demo.capability.yaml:14:9 call_model
        demo.capability.yaml:17:17 call_model
    "#]],
    );
    references(
        &at("demo.ordering.yaml", "seeded", 1),
        &expect![[r#"
        demo.ordering.yaml:5:34 seeded
        demo.ordering.yaml:9:14 seeded
    "#]],
    );
    references(
        &at("demo.semconv.yaml", "demo.run.id", 0),
        &expect![[r#"
        demo.semconv.yaml:5:11 demo.run.id  declares
        handlers.py:6:28 "demo.run.id"
    "#]],
    );
    references(
        &at("pipeline.contract.yaml", "demo", 0),
        &expect![[r#"
        demo.budget.yaml:3:14 demo
        demo.capability.yaml:3:14 demo
        demo.lineage.yaml:3:14 demo
        demo.ordering.yaml:3:14 demo
        pipeline.contract.yaml:2:14 demo  declares
    "#]],
    );
}

#[test]
fn an_event_of_another_phase_is_another() {
    let text = PROJECT.replacen("event: started", "event: seeded", 1);
    let text = text.replacen("event: seeded", "event: $0seeded", 1);
    references(
        &text,
        &expect![[r#"
        demo.ordering.yaml:5:34 seeded
        demo.ordering.yaml:9:14 seeded
    "#]],
    );
}

#[test]
fn an_event_that_a_handler_emits() {
    let emits = |word: &str| {
        let line = "span.set_attribute";
        let text = PROJECT.replacen(
            line,
            &format!("span.add_event(\"seeded\", {{\"n\": 1}})\n        {line}"),
            1,
        );
        text.replacen(word, &format!("$0{word}"), 1)
    };
    references(
        &emits("seeded\", "),
        &expect![[r#"
        demo.ordering.yaml:5:34 seeded
        demo.ordering.yaml:9:14 seeded
        handlers.py:6:24 "seeded"
    "#]],
    );
    hover(
        &emits("seeded}"),
        &expect![[r#"
            event seeded of phase plan   pipeline demo

            causal ordering contract  2x  demo.ordering.yaml:5, demo.ordering.yaml:9
            emitted in code           1x  handlers.py:6
        "#]],
    );
}

#[test]
fn contracts_without_their_pipeline_belong_together() {
    let text = PROJECT.replace("pipeline_id: demo\nphases", "pipeline_id: other\nphases");
    let text = text.replacen("source_phase: plan", "source_phase: $0plan", 1);
    references(
        &text,
        &expect![[r#"
        demo.capability.yaml:11:3 plan
        demo.capability.yaml:18:19 plan
        demo.lineage.yaml:8:16 plan
        demo.ordering.yaml:5:21 plan
        demo.ordering.yaml:8:14 plan
        demo.ordering.yaml:10:20 plan
    "#]],
    );
}

#[test]
fn an_outline_of_what_has_a_name() {
    fn show(text: &str, symbol: &DocumentSymbol, depth: usize, shown: &mut String) {
        assert!(symbol.whole.contains(symbol.name_span));
        let at = symbol.name_span.of(text).lines().next().unwrap_or_default();
        let (name, detail, kind) = (&symbol.name, &symbol.detail, symbol.kind);
        let indent = "  ".repeat(depth);
        shown.push_str(&format!("{indent}{kind:?} {name} ({detail}) `{at}`\n"));
        symbol.children.iter().for_each(|child| show(text, child, depth + 1, shown));
    }
    let editor = Editor::new(&at("demo.budget.yaml", "demo", 1));
    let mut shown = String::new();
    for name in
        ["demo.budget.yaml", "demo.capability.yaml", "demo.ordering.yaml", "demo.semconv.yaml"]
    {
        let file = editor.engine.file(name.into()).expect("the file is there");
        let text = editor.engine.text(file);
        for symbol in document_symbols(&editor.engine, file) {
            show(&text, &symbol, 0, &mut shown);
        }
    }
    expect![[r#"
        Contract demo (budget contract) `demo`
          List budgets (1 budget) `budgets`
            Name(Budget) money () `money`
              List allocations (1 allocation) `allocations`
                Name(Phase) build () `build`
        Contract demo (capability contract) `demo`
          List capabilities (2 capabilities) `capabilities`
            Name(Capability) call_model () `call_model`
            Name(Capability) write_files () `write_files`
          List phases (2 phases) `phases`
            Name(Phase) plan () `plan`
              List provides (1 entry) `provides`
                Name(Capability) call_model () `call_model`
            Name(Phase) build () `build`
              List requires (1 entry) `requires`
                Name(Capability) call_model () `call_model`
          List chains (1 capability chain) `chains`
            Name(Chain) model_to_build () `model_to_build`
        Contract demo (causal ordering contract) `demo`
          List dependencies (2 dependencies) `dependencies`
            Entry dependency () ``
            Entry dependency () ``
        Contract demo.semconv.yaml (semantic conventions contract) ``
          List attributes (2 attributes) `attributes`
            Name(Attribute) demo.run.id () `demo.run.id`
            Name(Attribute) demo.outcome () `demo.outcome`
          List enums (1 enum) `enums`
            Name(Attribute) demo.outcome () `demo.outcome`
    "#]]
    .assert_eq(&shown);
}

#[test]
fn names_of_the_project() {
    let editor = Editor::new(&at("demo.budget.yaml", "demo", 1));
    let mut shown = String::new();
    for query in ["model", "money", "demo.run"] {
        for symbol in workspace_symbols(&editor.engine, query, 10) {
            shown += &format!("{:?} {} ({})\n", symbol.kind, symbol.name, symbol.container);
        }
    }
    expect![[r#"
        Name(Chain) model_to_build (capability contract of demo)
        Name(Capability) call_model (capability contract of demo)
        Name(Budget) money (budget contract of demo)
        Name(Attribute) demo.run.id (semantic conventions contract of demo.semconv.yaml)
    "#]]
    .assert_eq(&shown);
}

#[test]
fn a_payload_is_asked_like_a_contract() {
    hover(
        "#- review.handoff.json\n{\"schema_version\": \"v1\", \"prior$0ity\": \"high\"}\n",
        &expect![[r#"
            `priority` of a handoff: priority, default `normal`

            How soon.

            - `low`: Some day.
            - `normal`: In time.
            - `high`: Soon.
            - `critical`: At once.
        "#]],
    );
    hover(
        "#- review.handoff.json\n{\"schema_version\": \"v1\", \"priority\": \"hi$0gh\"}\n",
        &expect![[r#"
            `high`, a priority

            Soon.

            Or: `low`, `normal`, `critical`.
        "#]],
    );
    hover(
        "#- contextcore.toml\n[contracts.files]\n\"asked/*.json\" = \"handoff\"\n\
         #- asked/one.json\n{\"priority\": \"hi$0gh\"}\n",
        &expect![[r#"
            `high`, a priority

            Soon.

            Or: `low`, `normal`, `critical`.
        "#]],
    );
}

#[test]
fn half_typed_contracts_are_answered() {
    hover(
        "#- demo.budget.yaml\ncontract_type: budget_propagation\npipeline_id: demo\nbudgets:\n  - budget_id: $0money\n    budget_t\n    total:\n",
        &expect![[r#"
            budget money   pipeline demo

            total
            defined  demo.budget.yaml:4
        "#]],
    );
    hover(
        "#- demo.capability.yaml\ncontract_type: capability_propagation\ncapabilities:\n  - name: $0a\n    scope: [\nchains: {capability: a\n",
        &expect![[r#"
            capability a

            defined  demo.capability.yaml:3
        "#]],
    );
    references(
        "#- demo.lineage.yaml\ncontract_type: data_lineage\npipeline_id: x\nchains:\n  - field: $0tasks\n    stages:\n      - phase\n  - field: tasks\n",
        &expect![[r#"
            demo.lineage.yaml:4:12 tasks
            demo.lineage.yaml:7:12 tasks
        "#]],
    );
}
