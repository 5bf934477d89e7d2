//! Lenses above handlers and phases.

use expect_test::{Expect, expect};
use ide::code_lenses::code_lenses;

use super::Editor;

/// The lenses of the cursor's file, with the places that they lead to.
#[track_caller]
fn check(text: &str, expected: &Expect) {
    let editor = Editor::new(text);
    let mut told = String::new();
    for lens in code_lenses(&editor.engine, editor.cursor.file) {
        told += &format!("{}: {}\n", editor.place(editor.cursor.file, lens.span), lens.title);
        for place in lens.places {
            told += &format!("    {}\n", editor.place(place.file, place.span));
        }
    }
    expected.assert_eq(&told);
}

#[test]
fn above_phases() {
    check(
        &super::demo("pipeline_id"),
        &expect![[r#"
        pipeline.contract.yaml:5:3 plan: reads 1, writes 3
            handlers/plan.py:3:17 "domain"
            handlers/plan.py:4:27 "label"
            handlers/plan.py:4:52 "seed"
            handlers/plan.py:6:21 "notes"
        pipeline.contract.yaml:23:3 build: reads 2
            handlers/prompts.py:2:26 "label"
            handlers/prompts.py:2:44 "notes"
    "#]],
    );
}

#[test]
fn above_handlers() {
    check(
        &super::demo("class BuildPhaseHandler"),
        &expect![[r#"
        handlers/build.py:3:7 BuildPhaseHandler: reads 2
            handlers/prompts.py:2:26 "label"
            handlers/prompts.py:2:44 "notes"
    "#]],
    );
}

const CONTRACT: &str = "#- demo.contract.yaml
schema_version: '0.1.0'
pipeline_id: demo
phases:
  plan:
    exit:
      required:
        - {name: domain, type: dict}
  build:
    entry:
      required:
        - {name: domain, type: dict}
";

#[test]
fn what_nobody_declares_is_counted() {
    check(
        &format!(
            "{CONTRACT}#- handlers.py
class $0PlanPhaseHandler:
    def execute(self, phase, context):
        context['domain'] = {{'a': 1}}
        context['extra'] = {{}}
        context['extra']['part'] = 1
        context['_own'] = context['domain']['a']
        return context.get('seed')
class BuildPhaseHandler:
    def execute(self, phase, context):
        unknown(context)
class Helper:
    def execute(self, phase, context):
        return context['domain']
"
        ),
        &expect![[r#"
            handlers.py:1:7 PlanPhaseHandler: reads 1, writes 4, 2 undeclared
                handlers.py:3:17 'domain'
                handlers.py:4:17 'extra'
                handlers.py:5:26 'part'
                handlers.py:6:17 '_own'
                handlers.py:7:28 'seed'
            handlers.py:8:7 BuildPhaseHandler: reads what cannot be seen, writes what cannot be seen
        "#]],
    );
}

#[test]
fn one_handler_of_several_phases() {
    check(
        &format!(
            "{CONTRACT}#- handlers.py
class $0SharedPhaseHandler:
    def execute(self, phase, context):
        return context['domain']
#- register.py
from handlers import SharedPhaseHandler
register_handler('plan', SharedPhaseHandler())
register_handler('build', SharedPhaseHandler())
"
        ),
        &expect![[r#"
            handlers.py:1:7 SharedPhaseHandler: build: reads 1
                handlers.py:3:24 'domain'
            handlers.py:1:7 SharedPhaseHandler: plan: reads 1, 1 undeclared
                handlers.py:3:24 'domain'
        "#]],
    );
}

#[test]
fn a_phase_without_a_handler_has_none() {
    check(&CONTRACT.replace("pipeline_id", "$0pipeline_id"), &expect![[r""]]);
}
