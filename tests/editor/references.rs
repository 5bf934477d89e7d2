//! References and highlights: every place that speaks of one thing.

use expect_test::{Expect, expect};

use super::{Editor, demo};

/// All places that speak of the thing under the cursor.
#[track_caller]
fn check(text: &str, expected: &Expect) {
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

/// What is marked in the file of the cursor.
#[track_caller]
fn marks(text: &str, expected: &Expect) {
    let editor = Editor::new(text);
    let mut told = String::new();
    for (span, access) in ide::highlight::highlight(&editor.engine, editor.cursor) {
        told += &format!("{} {access:?}\n", editor.place(editor.cursor.file, span));
    }
    expected.assert_eq(&told);
}

#[test]
fn of_a_field() {
    check(
        &demo("\"label\"] = "),
        &expect![[r#"
        handlers/plan.py:4:27 "label"
        handlers/prompts.py:2:26 "label"
        pipeline.contract.yaml:17:17 domain.label  declares
        pipeline.contract.yaml:26:17 domain.label
        pipeline.contract.yaml:35:34 domain.label
        pipeline.contract.yaml:36:40 domain.label
    "#]],
    );
    check(
        &demo("notes\n          type: list\n  design"),
        &expect![[r#"
        handlers/plan.py:6:21 "notes"
        handlers/prompts.py:2:44 "notes"
        pipeline.contract.yaml:20:17 notes  declares
        pipeline.contract.yaml:29:17 notes
    "#]],
    );
}

#[test]
fn of_a_field_that_settings_name() {
    let settings =
        "#- contextcore.toml\n[pipelines.demo]\ninputs = [\"seed\"]\noutputs = [\"$0notes\"]\n";
    let text = demo("schema_version").replace("$0", "") + settings;
    check(
        &text,
        &expect![[r#"
        contextcore.toml:3:12 "notes"
        handlers/plan.py:6:21 "notes"
        handlers/prompts.py:2:44 "notes"
        pipeline.contract.yaml:20:17 notes  declares
        pipeline.contract.yaml:29:17 notes
    "#]],
    );
}

#[test]
fn of_a_phase() {
    check(
        &demo("plan, field"),
        &expect![[r#"
        handlers/plan.py:1:7 PlanPhaseHandler
        pipeline.contract.yaml:5:3 plan  declares
        pipeline.contract.yaml:27:25 plan
        pipeline.contract.yaml:35:21 plan
    "#]],
    );
}

#[test]
fn of_a_chain_and_a_pipeline() {
    check(
        &demo("label_to_build"),
        &expect![[r#"
        pipeline.contract.yaml:34:15 label_to_build  declares
    "#]],
    );
    check(
        &demo("demo"),
        &expect![[r#"
        pipeline.contract.yaml:2:14 demo  declares
    "#]],
    );
}

#[test]
fn of_a_field_with_a_wildcard() {
    let text = r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan:
    exit:
      optional:
        - name: results.*.mode
  build:
    entry:
      enrichment:
        - name: results.$0first.mode
        - name: results.first
        - name: results.first.tone
#- handlers.py
class PlanPhaseHandler:
    def execute(self, phase, context):
        for task in tasks():
            context["results"][task]["mode"] = 1
"#;
    check(
        text,
        &expect![[r#"
        handlers.py:4:38 "mode"
        pipeline.contract.yaml:7:17 results.*.mode  declares
        pipeline.contract.yaml:11:17 results.first.mode
    "#]],
    );
}

#[test]
fn of_a_field_in_several_pipelines() {
    let text = r#"#- a/pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: a
phases:
  build: {entry: {required: [{name: seed}]}}
#- a/handlers.py
from shared import seed_of

class BuildPhaseHandler:
    def execute(self, phase, context):
        return seed_of(context)
#- b/pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: b
phases:
  build: {entry: {required: [{name: seed}]}}
#- b/handlers.py
from shared import seed_of

class BuildPhaseHandler:
    def execute(self, phase, context):
        return seed_of(context)
#- shared.py
def seed_of(context):
    return context["se$0ed"]
"#;
    check(
        text,
        &expect![[r#"
        a/pipeline.contract.yaml:4:37 seed
        b/pipeline.contract.yaml:4:37 seed
        shared.py:2:20 "seed"
    "#]],
    );
}

#[test]
fn of_writes_that_do_not_stand() {
    let text = r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
phases:
  plan: {exit: {required: [{name: seed}]}}
#- handlers.py
class PlanPhaseHandler:
    def execute(self, phase, context):
        context["seed"] = None
        self.again(context)
        del context["$0seed"]
        context["seed"] = 1

    def again(self, context):
        context.setdefault("seed", 0)
"#;
    check(
        text,
        &expect![[r#"
        handlers.py:3:17 "seed"
        handlers.py:5:21 "seed"
        handlers.py:6:17 "seed"
        handlers.py:9:28 "seed"
        pipeline.contract.yaml:4:35 seed  declares
    "#]],
    );
}

#[test]
fn marks_of_a_field_and_of_a_phase() {
    marks(
        &demo("\"label\"] = "),
        &expect![[r#"
        handlers/plan.py:4:27 "label" Write
    "#]],
    );
    marks(
        &demo("domain.label}\n    destination"),
        &expect![[r#"
        pipeline.contract.yaml:17:17 domain.label Write
        pipeline.contract.yaml:26:17 domain.label Read
        pipeline.contract.yaml:35:34 domain.label Text
        pipeline.contract.yaml:36:40 domain.label Text
    "#]],
    );
    marks(
        &demo("plan:\n"),
        &expect![[r#"
        pipeline.contract.yaml:5:3 plan Write
        pipeline.contract.yaml:27:25 plan Text
        pipeline.contract.yaml:35:21 plan Text
    "#]],
    );
}
