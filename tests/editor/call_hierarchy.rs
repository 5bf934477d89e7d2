//! By which calls the context comes to a function, and where it goes from there.

use expect_test::{Expect, expect};
use ide::call_hierarchy::{Call, Item, incoming, outgoing, prepare};

use super::Editor;

/// What stands at the cursor, what comes before it and what after.
#[track_caller]
fn check(text: &str, expected: &Expect) {
    let editor = Editor::new(text);
    let mut told = String::new();
    for item in prepare(&editor.engine, editor.cursor) {
        told += &format!("{}\n", show(&editor, &item));
        for (sign, calls) in [
            ("<-", incoming(&editor.engine, item.step)),
            ("->", outgoing(&editor.engine, item.step)),
        ] {
            for Call { item, at } in calls {
                told += &format!("  {sign} {}\n", show(&editor, &item));
                for place in at {
                    told += &format!("       {}\n", editor.place(place.file, place.span));
                }
            }
        }
    }
    expected.assert_eq(&told);
}

fn show(editor: &Editor, item: &Item) -> String {
    assert!(item.whole.contains(item.name_span), "{item:?}");
    format!("{} ({}) {}", item.name, item.detail, editor.place(item.file, item.name_span))
}

const PROJECT: &str = "#- demo.contract.yaml
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
#- base.py
class Base:
    def execute(self, phase, context):
        self.check(context)
        return self.work(context)

    def check(self, context):
        log('checked')
#- handlers.py
from functools import partial
from base import Base
from prompts import prompt

class PlanPhaseHandler(Base):
    def work(self, context):
        context['domain'] = {}

class BuildPhaseHandler(Base):
    def work(self, context):
        ask = partial(prompt, context)
        if ready():
            return prompt(context['domain']) + ask()
        return again(context, 3)

def again(context, count):
    return again(context, count - 1) if count else prompt(context)

def apart(text):
    return text
#- prompts.py
def prompt(ctx):
    def inner():
        return ctx['domain']
    return inner()
";

#[track_caller]
fn demo(before: &str, expected: &Expect) {
    assert!(PROJECT.contains(before), "{before}");
    check(&PROJECT.replacen(before, &format!("$0{before}"), 1), expected);
}

#[test]
fn a_helper_of_several_callers() {
    demo(
        "prompt(ctx)",
        &expect![[r#"
        prompt (prompts.py) prompts.py:1:5 prompt
          <- BuildPhaseHandler.work (handlers.py) handlers.py:10:9 work
               handlers.py:11:15 partial(prompt, context)
               handlers.py:13:20 prompt(context['domain'])
          <- again (handlers.py) handlers.py:16:5 again
               handlers.py:17:52 prompt(context)
          -> prompt.<locals>.inner (prompts.py) prompts.py:2:9 inner
               prompts.py:4:12 inner()
    "#]],
    );
}

#[test]
fn a_call_is_what_is_called() {
    demo(
        "prompt(context['domain'])",
        &expect![[r#"
        prompt (prompts.py) prompts.py:1:5 prompt
          <- BuildPhaseHandler.work (handlers.py) handlers.py:10:9 work
               handlers.py:11:15 partial(prompt, context)
               handlers.py:13:20 prompt(context['domain'])
          <- again (handlers.py) handlers.py:16:5 again
               handlers.py:17:52 prompt(context)
          -> prompt.<locals>.inner (prompts.py) prompts.py:2:9 inner
               prompts.py:4:12 inner()
    "#]],
    );
}

#[test]
fn an_access_is_the_function_around_it() {
    demo(
        "'domain']\n    return",
        &expect![[r#"
        prompt.<locals>.inner (prompts.py) prompts.py:2:9 inner
          <- prompt (prompts.py) prompts.py:1:5 prompt
               prompts.py:4:12 inner()
    "#]],
    );
}

#[test]
fn an_inherited_method_that_handlers_begin_with() {
    demo(
        "execute(self",
        &expect![[r#"
        Base.execute (base.py) base.py:2:9 execute
          <- plan (phase of pipeline `demo`) demo.contract.yaml:4:3 plan
               demo.contract.yaml:4:3 plan
          <- build (phase of pipeline `demo`) demo.contract.yaml:8:3 build
               demo.contract.yaml:8:3 build
          -> Base.check (base.py) base.py:6:9 check
               base.py:3:9 self.check(context)
          -> PlanPhaseHandler.work (handlers.py) handlers.py:6:9 work
               base.py:4:16 self.work(context)
          -> BuildPhaseHandler.work (handlers.py) handlers.py:10:9 work
               base.py:4:16 self.work(context)
    "#]],
    );
}

#[test]
fn a_function_that_calls_itself() {
    demo(
        "again(context, count)",
        &expect![[r#"
        again (handlers.py) handlers.py:16:5 again
          <- BuildPhaseHandler.work (handlers.py) handlers.py:10:9 work
               handlers.py:14:16 again(context, 3)
          <- again (handlers.py) handlers.py:16:5 again
               handlers.py:17:12 again(context, count - 1)
          -> again (handlers.py) handlers.py:16:5 again
               handlers.py:17:12 again(context, count - 1)
          -> prompt (prompts.py) prompts.py:1:5 prompt
               handlers.py:17:52 prompt(context)
    "#]],
    );
}

#[test]
fn a_phase_in_the_contract() {
    demo(
        "plan:",
        &expect![[r#"
        plan (phase of pipeline `demo`) demo.contract.yaml:4:3 plan
          -> Base.execute (base.py) base.py:2:9 execute
               demo.contract.yaml:4:3 plan
    "#]],
    );
}

#[test]
fn a_handler_is_its_phase() {
    demo(
        "BuildPhaseHandler",
        &expect![[r#"
        build (phase of pipeline `demo`) demo.contract.yaml:8:3 build
          -> Base.execute (base.py) base.py:2:9 execute
               demo.contract.yaml:8:3 build
    "#]],
    );
}

#[test]
fn a_field_in_the_contract_is_the_functions_that_access_it() {
    demo(
        "domain, type: dict}\n  build",
        &expect![[r#"
        PlanPhaseHandler.work (handlers.py) handlers.py:6:9 work
          <- Base.execute (base.py) base.py:2:9 execute
               base.py:4:16 self.work(context)
        prompt.<locals>.inner (prompts.py) prompts.py:2:9 inner
          <- prompt (prompts.py) prompts.py:1:5 prompt
               prompts.py:4:12 inner()
        BuildPhaseHandler.work (handlers.py) handlers.py:10:9 work
          <- Base.execute (base.py) base.py:2:9 execute
               base.py:4:16 self.work(context)
          -> again (handlers.py) handlers.py:16:5 again
               handlers.py:14:16 again(context, 3)
          -> prompt (prompts.py) prompts.py:1:5 prompt
               handlers.py:11:15 partial(prompt, context)
               handlers.py:13:20 prompt(context['domain'])
    "#]],
    );
}

#[test]
fn a_function_without_the_context_is_nothing() {
    demo("return text", &expect![[r""]]);
}
