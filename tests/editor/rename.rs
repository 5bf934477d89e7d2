//! Another name for a thing, in contracts, code and settings.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use expect_test::{Expect, expect};
use graph::sources::Sources;
use ide::place::Cursor;
use ide::rename::{Change, prepare, rename};
use text::edit::apply;
use workspace::engine::Engine;
use workspace::memory::Memory;

use super::kinds::{PROJECT, at};
use super::{Editor, demo};

mod fixtures;

/// The lines that change when the thing at the cursor gets another name, or why it cannot.
#[track_caller]
pub(super) fn check(text: &str, name: &str, expected: &Expect) {
    let editor = Editor::new(text);
    let told = match rename(&editor.engine, editor.cursor, name) {
        Ok(Some(changes)) => changes.iter().map(|change| lines(&editor.engine, change)).collect(),
        Ok(None) => "nothing\n".to_owned(),
        Err(why) => format!("refused: {why}\n"),
    };
    expected.assert_eq(&told);
}

fn lines(engine: &Engine, change: &Change) -> String {
    let path = engine.path(change.file);
    let before = engine.text(change.file);
    let (after, left_out) = apply(&before, &change.edits);
    assert_eq!(left_out, 0, "{change:?}");
    let pairs = before.lines().zip(after.lines()).enumerate();
    let changed = pairs.filter(|(_, (old, new))| old != new);
    changed.map(|(line, (_, new))| format!("{path}:{} {}\n", line + 1, new.trim())).collect()
}

/// The files after a rename.
fn renamed(memory: &Memory, engine: &Engine, changes: &[Change]) -> Memory {
    let mut after = memory.clone();
    for change in changes {
        let (text, left_out) = apply(&engine.text(change.file), &change.edits);
        assert_eq!(left_out, 0, "{change:?}");
        after.files.insert(engine.path(change.file).to_owned(), text.into_bytes());
    }
    after
}

#[test]
fn a_field_in_contracts_and_code() {
    check(
        &demo("notes\n          type: list\n  design"),
        "remarks",
        &expect![[r#"
        handlers/plan.py:6 context["remarks"] = []
        handlers/prompts.py:2 return ctx["domain"]["label"], ctx.get("remarks", [])
        pipeline.contract.yaml:20 - name: remarks
        pipeline.contract.yaml:29 - name: remarks
    "#]],
    );
}

#[test]
fn a_segment_of_a_path_in_all_paths_through_it() {
    check(
        &demo("domain.label\n          description"),
        "area",
        &expect![[r#"
        handlers/plan.py:3 context["area"] = {}
        handlers/plan.py:4 context["area"]["label"] = guess(context["seed"])
        handlers/prompts.py:2 return ctx["area"]["label"], ctx.get("notes", [])
        pipeline.contract.yaml:12 - name: area
        pipeline.contract.yaml:17 - name: area.label
        pipeline.contract.yaml:26 - name: area.label
        pipeline.contract.yaml:35 source: {phase: plan, field: area.label}
        pipeline.contract.yaml:36 destination: {phase: build, field: area.label}
    "#]],
    );
    check(
        &demo("label\n          description"),
        "title",
        &expect![[r#"
        handlers/plan.py:4 context["domain"]["title"] = guess(context["seed"])
        handlers/prompts.py:2 return ctx["domain"]["title"], ctx.get("notes", [])
        pipeline.contract.yaml:17 - name: domain.title
        pipeline.contract.yaml:26 - name: domain.title
        pipeline.contract.yaml:35 source: {phase: plan, field: domain.title}
        pipeline.contract.yaml:36 destination: {phase: build, field: domain.title}
    "#]],
    );
    check(
        &demo("\"label\"] = "),
        "title",
        &expect![[r#"
        handlers/plan.py:4 context["domain"]["title"] = guess(context["seed"])
        handlers/prompts.py:2 return ctx["domain"]["title"], ctx.get("notes", [])
        pipeline.contract.yaml:17 - name: domain.title
        pipeline.contract.yaml:26 - name: domain.title
        pipeline.contract.yaml:35 source: {phase: plan, field: domain.title}
        pipeline.contract.yaml:36 destination: {phase: build, field: domain.title}
    "#]],
    );
}

#[test]
fn a_field_of_other_kinds_and_of_settings() {
    let settings = "#- contextcore.toml\n[pipelines.demo]\noutputs = ['tasks', \"domain\"]\n";
    check(
        &(at("demo.lineage.yaml", "tasks\n", 0) + settings),
        "work",
        &expect![[r#"
        contextcore.toml:2 outputs = ['work', "domain"]
        demo.lineage.yaml:6 field: work
        handlers.py:7 context["work"] = []
        pipeline.contract.yaml:8 - name: work
        pipeline.contract.yaml:13 - name: work
    "#]],
    );
}

#[test]
fn a_phase_through_all_kinds() {
    let text = at("demo.budget.yaml", "build", 0);
    check(
        &text,
        "make",
        &expect![[r#"
        demo.budget.yaml:9 - phase: make
        demo.capability.yaml:12 make:
        demo.capability.yaml:19 destination_phase: make
        demo.ordering.yaml:6 after: {phase: make, event: started}
        pipeline.contract.yaml:10 make:
    "#]],
    );
    check(
        &text,
        "on",
        &expect![[r#"
        demo.budget.yaml:9 - phase: "on"
        demo.capability.yaml:12 "on":
        demo.capability.yaml:19 destination_phase: "on"
        demo.ordering.yaml:6 after: {phase: "on", event: started}
        pipeline.contract.yaml:10 "on":
    "#]],
    );
    check(
        &text,
        "a: b",
        &expect![[r#"
        demo.budget.yaml:9 - phase: "a: b"
        demo.capability.yaml:12 "a: b":
        demo.capability.yaml:19 destination_phase: "a: b"
        demo.ordering.yaml:6 after: {phase: "a: b", event: started}
        pipeline.contract.yaml:10 "a: b":
    "#]],
    );
}

#[test]
fn a_phase_that_code_names() {
    let handlers = r#"#- handlers.py
from enum import Enum

class Phase(str, Enum):
    PLAN = "plan"
    BUILD = "build"

class Plan:
    context_requires = []
    phase = Phase.PLAN

@phase_handler("design")
class Design:
    context_requires = []

class Build:
    context_requires = []

register_handler(Phase.BUILD, Build())
"#;
    let at = |word: &str| {
        let contract = super::CONTRACT.replacen(word, &format!("$0{word}"), 1);
        contract + handlers
    };
    check(
        &at("plan:\n    description"),
        "outline",
        &expect![[r#"
        handlers.py:4 PLAN = "outline"
        pipeline.contract.yaml:5 outline:
        pipeline.contract.yaml:27 source_phase: outline
        pipeline.contract.yaml:35 source: {phase: outline, field: domain.label}
    "#]],
    );
    check(
        &at("design: {}"),
        "draft",
        &expect![[r#"
        handlers.py:11 @phase_handler("draft")
        pipeline.contract.yaml:22 draft: {}
    "#]],
    );
    check(
        &at("build:\n    entry"),
        "make",
        &expect![[r#"
        handlers.py:5 BUILD = "make"
        pipeline.contract.yaml:23 make:
        pipeline.contract.yaml:36 destination: {phase: make, field: domain.label}
    "#]],
    );
}

#[test]
fn capabilities_chains_budgets_events_and_attributes() {
    check(
        &at("demo.capability.yaml", "call_model", 2),
        "ask",
        &expect![[r#"
        demo.capability.yaml:5 - name: ask
        demo.capability.yaml:11 plan: {provides: [ask]}
        demo.capability.yaml:14 - ask
        demo.capability.yaml:17 capability: ask
    "#]],
    );
    check(
        &at("demo.capability.yaml", "model_to_build", 0),
        "model",
        &expect![[r#"
        demo.capability.yaml:16 - chain_id: model
    "#]],
    );
    check(
        &at("demo.budget.yaml", "money", 0),
        "means",
        &expect![[r#"
        demo.budget.yaml:5 - budget_id: means
    "#]],
    );
    check(
        &at("demo.ordering.yaml", "seeded", 1),
        "sown",
        &expect![[r#"
        demo.ordering.yaml:5 - before: {phase: plan, event: sown}
        demo.ordering.yaml:9 event: sown
    "#]],
    );
    check(
        &at("demo.semconv.yaml", "demo.run.id", 0),
        "demo.id",
        &expect![[r#"
        demo.semconv.yaml:5 - name: demo.id
        handlers.py:6 span.set_attribute("demo.id", 1)
    "#]],
    );
    check(
        &at("handlers.py", "demo.run.id", 0),
        "demo.id",
        &expect![[r#"
        demo.semconv.yaml:5 - name: demo.id
        handlers.py:6 span.set_attribute("demo.id", 1)
    "#]],
    );
}

#[test]
fn an_event_that_a_handler_emits() {
    let line = "span.set_attribute";
    let text = at("demo.ordering.yaml", "seeded", 0);
    let text =
        text.replacen(line, &format!("span.add_event('seeded', {{'n': 1}})\n        {line}"), 1);
    check(
        &text,
        "sown",
        &expect![[r#"
            demo.ordering.yaml:5 - before: {phase: plan, event: sown}
            demo.ordering.yaml:9 event: sown
            handlers.py:6 span.add_event('sown', {'n': 1})
        "#]],
    );
}

#[test]
fn the_id_of_a_pipeline() {
    let settings = "#- contextcore.toml\n[pipelines.demo]\noutputs = []\n";
    let text = at("demo.ordering.yaml", "demo\n", 0) + settings;
    check(
        &text,
        "show",
        &expect![[r#"
        contextcore.toml:1 [pipelines.show]
        demo.budget.yaml:3 pipeline_id: show
        demo.capability.yaml:3 pipeline_id: show
        demo.lineage.yaml:3 pipeline_id: show
        demo.ordering.yaml:3 pipeline_id: show
        pipeline.contract.yaml:2 pipeline_id: show
    "#]],
    );
    check(
        &text,
        "a show",
        &expect![[r#"
        contextcore.toml:1 [pipelines."a show"]
        demo.budget.yaml:3 pipeline_id: a show
        demo.capability.yaml:3 pipeline_id: a show
        demo.lineage.yaml:3 pipeline_id: a show
        demo.ordering.yaml:3 pipeline_id: a show
        pipeline.contract.yaml:2 pipeline_id: a show
    "#]],
    );
    let quoted = text.replace("[pipelines.demo]", "[pipelines.\"demo\"]");
    check(
        &quoted,
        "show",
        &expect![[r#"
        contextcore.toml:1 [pipelines."show"]
        demo.budget.yaml:3 pipeline_id: show
        demo.capability.yaml:3 pipeline_id: show
        demo.lineage.yaml:3 pipeline_id: show
        demo.ordering.yaml:3 pipeline_id: show
        pipeline.contract.yaml:2 pipeline_id: show
    "#]],
    );
}

#[test]
fn names_that_are_taken_or_are_none() {
    let text = at("demo.capability.yaml", "call_model", 0);
    for name in ["", " a", "a\nb", "write_files", "call_model"] {
        check(&text, name, &expect_of(name));
    }
    check(
        &demo("seed\n    exit"),
        "domain",
        &expect![[r#"
        refused: `pipeline.contract.yaml:12` means another field by `domain` already
    "#]],
    );
    check(
        &demo("seed\n    exit"),
        "a.b",
        &expect![[r#"
        refused: one segment of a path has neither dots nor stars
    "#]],
    );
    check(
        &demo("design: {}"),
        "plan",
        &expect![[r#"
        refused: `pipeline.contract.yaml:5` names another phase so already
    "#]],
    );
}

fn expect_of(name: &str) -> Expect {
    match name {
        "" => expect![[r#"
            refused: a name is never empty
        "#]],
        " a" => expect![[r#"
            refused: a name neither begins nor ends with a blank
        "#]],
        "a\nb" => expect![[r#"
            refused: a name stands on one line, without control characters
        "#]],
        "write_files" => expect![[r#"
            refused: `demo.capability.yaml:8` names another capability so already
        "#]],
        _ => expect![[r#""#]],
    }
}

#[test]
fn what_is_no_name() {
    check(
        &demo("required:"),
        "x",
        &expect![[r#"
        nothing
    "#]],
    );
    check(
        &demo("PlanPhaseHandler"),
        "x",
        &expect![[r#"
        nothing
    "#]],
    );
    check(
        &demo("guess"),
        "x",
        &expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn a_handler_that_its_class_binds() {
    check(
        &demo("plan:\n"),
        "outline",
        &expect![[r#"
        refused: `handlers/plan.py:1` is bound to the phase by the name of the class; name the phase there first
    "#]],
    );
}

const KEYS: &str = r#"#- a.contract.yaml
schema_version: "0.1.0"
pipeline_id: a
phases:
  plan:
    exit:
      required:
        - name: $0one
        - name: two
        - name: three
        - name: four
"#;

/// A handler with these lines in it, and what becomes of them.
#[track_caller]
fn keys(code: &str, field: &str, expected: &Expect) {
    let contract = KEYS.replace("$0", "").replacen(field, &format!("$0{field}"), 1);
    check(&format!("{contract}#- handlers.py\n{code}"), "other", expected);
}

#[test]
fn keys_that_are_written_in_other_ways() {
    let class = "class PlanPhaseHandler:\n    def execute(self, phase, context):\n";
    let code = format!(
        "{class}        context.update(one=1)\n        context |= {{'one': 2}}\n        if r'one' in context: pass\n        context.pop(\"\"\"one\"\"\")\n"
    );
    keys(
        &code,
        "one",
        &expect![[r#"
        a.contract.yaml:7 - name: other
        handlers.py:3 context.update(other=1)
        handlers.py:4 context |= {'other': 2}
        handlers.py:5 if r'other' in context: pass
        handlers.py:6 context.pop("""other""")
    "#]],
    );
    let code = format!("ONE = 'one'\n{class}        context[ONE] = 1\n");
    keys(
        &code,
        "one",
        &expect![[r#"
        a.contract.yaml:7 - name: other
        handlers.py:1 ONE = 'other'
    "#]],
    );
    let code = format!("class K:\n    ONE = 'one'\n{class}        context[K.ONE] = 1\n");
    keys(
        &code,
        "one",
        &expect![[r#"
        a.contract.yaml:7 - name: other
        handlers.py:2 ONE = 'other'
    "#]],
    );
    let code = format!("{class}        for key in ('one', 'two'):\n            context[key] = 1\n");
    keys(
        &code,
        "one",
        &expect![[r#"
        a.contract.yaml:7 - name: other
        handlers.py:3 for key in ('other', 'two'):
    "#]],
    );
    let code = format!(
        "ALL = [('a', 'one'), ('b', 'two')]\n{class}        for _, key in ALL:\n            context[key] = 1\n"
    );
    keys(
        &code,
        "one",
        &expect![[r#"
        a.contract.yaml:7 - name: other
        handlers.py:1 ALL = [('a', 'other'), ('b', 'two')]
    "#]],
    );
    let code = format!(
        "{class}        match context:\n            case {{'one': found}}:\n                pass\n        context['one'] = 1\n"
    );
    keys(
        &code,
        "one",
        &expect![[r#"
        a.contract.yaml:7 - name: other
        handlers.py:4 case {'other': found}:
        handlers.py:6 context['other'] = 1
    "#]],
    );
}

#[test]
fn keys_that_cannot_follow() {
    let class = "class PlanPhaseHandler:\n    def execute(self, phase, context):\n";
    let code = format!("{class}        context[f\"o{{phase}}\"] = 1\n");
    keys(
        &code,
        "one",
        &expect![[r#"
        refused: `handlers.py:3` computes a key that may be it
    "#]],
    );
    let code = format!("ONE = 'one'\n{class}        context[ONE] = 1\n        print(ONE)\n");
    keys(
        &code,
        "one",
        &expect![[r#"
        refused: `handlers.py:5` uses `ONE`, which holds it, for something else
    "#]],
    );
    let code =
        format!("{class}        for key in ('one', 'two'):\n            context[key] = key\n");
    keys(
        &code,
        "one",
        &expect![[r#"
        refused: `handlers.py:4` uses `key`, which holds it, for something else
    "#]],
    );
}

#[test]
fn code_of_two_pipelines_is_left_alone() {
    let other = "#- b/b.contract.yaml\nschema_version: \"0.1.0\"\npipeline_id: b\nphases:\n  plan:\n    exit: {required: [{name: one}]}\n#- b/handlers.py\nfrom shared import work\nclass PlanPhaseHandler:\n    def execute(self, phase, context):\n        work(context)\n#- a/handlers.py\nfrom shared import work\nclass PlanPhaseHandler:\n    def execute(self, phase, context):\n        work(context)\n#- shared.py\ndef work(context):\n    context['one'] = 1\n";
    let text = KEYS.replacen("#- a.contract", "#- a/a.contract", 1) + other;
    check(
        &text,
        "other",
        &expect![[r#"
        refused: `work` in `shared.py` also works for the pipeline of `b/b.contract.yaml`
    "#]],
    );
}

#[test]
fn what_an_anchor_shares_changes_once() {
    let text = "#- a.contract.yaml\nschema_version: \"0.1.0\"\npipeline_id: a\nphases:\n  plan:\n    exit: &exit\n      required:\n        - name: $0one\n  build:\n    entry:\n      required: [{name: 'one', source_phase: &plan plan}]\n    exit: *exit\n";
    check(
        text,
        "two",
        &expect![[r#"
        a.contract.yaml:7 - name: two
        a.contract.yaml:10 required: [{name: 'two', source_phase: &plan plan}]
    "#]],
    );
    let text =
        text.replace("$0", "").replace("description", "").replace("  plan:\n", "  $0plan:\n");
    let shared = text.replace("    exit: *exit\n", "    description: *plan\n");
    check(
        &shared,
        "outline",
        &expect![[r#"
        refused: `a.contract.yaml:11` takes the name for something else
    "#]],
    );
}

#[test]
fn half_typed_contracts_keep_what_is_wrong() {
    check(
        "#- demo.budget.yaml\ncontract_type: budget_propagation\nbudgets:\n  - budget_id: $0money\n    budget_t\n    total:\n",
        "means",
        &expect![[r#"
            demo.budget.yaml:3 - budget_id: means
        "#]],
    );
    let text = PROJECT.replacen("    allocations:\n", "    alloc\n", 1);
    let text = text.replacen(
        "  - chain_id: tasks_history\n    field: tasks",
        "  - chain_id: tasks_history\n    field: $0tasks",
        1,
    );
    check(
        &text,
        "work",
        &expect![[r#"
        demo.lineage.yaml:6 field: work
        handlers.py:7 context["work"] = []
        pipeline.contract.yaml:8 - name: work
        pipeline.contract.yaml:13 - name: work
    "#]],
    );
}
