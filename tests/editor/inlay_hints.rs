//! Hints within lines: the phases of handlers, and defaults that always win.

use expect_test::{Expect, expect};
use graph::sources::Sources;
use ide::inlay_hints::{HintKind, inlay_hints};
use text::span::Span;

use super::Editor;

const KINDS: [HintKind; 2] = [HintKind::Phase, HintKind::Default];

/// The hints of the cursor's file, each in its line, with what is told of it.
#[track_caller]
fn check(text: &str, expected: &Expect) {
    let editor = Editor::new(text);
    let file = editor.cursor.file;
    let source = editor.engine.text(file);
    let mut told = String::new();
    for kind in KINDS {
        let range = (file, Span::new(0, source.len()));
        for hint in inlay_hints(&editor.engine, range, kind, editor.engine.findings(file)) {
            let start = source[..hint.at].rfind('\n').map_or(0, |at| at + 1);
            let end = source[hint.at..].find('\n').map_or(source.len(), |at| hint.at + at);
            let (before, after) = (&source[start..hint.at], &source[hint.at..end]);
            let target = hint.target.map_or(String::new(), |place| {
                format!(" -> {}", editor.place(place.file, place.span))
            });
            told += &format!("{}[{}]{after}{target}\n", before.trim_start(), hint.label);
            hint.tooltip.lines().for_each(|line| told += &format!("    {line}\n"));
        }
    }
    expected.assert_eq(&told);
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
      enrichment:
        - {name: mode, type: str, severity: warning}
";

#[test]
fn the_phase_by_the_name_of_the_class() {
    check(
        &format!(
            "{CONTRACT}#- handlers.py
class PlanPhaseHandler(Base):
    def execute(self, phase, context):
        context['domain'] = {{}}$0
class BuildPhaseHandler:
    phase = \"build\"
    def execute(self, phase, context):
        return context['domain']
"
        ),
        &expect![[r#"
            class PlanPhaseHandler[: phase plan](Base): -> demo.contract.yaml:4:3 plan
                phase `plan` of pipeline `demo`
        "#]],
    );
}

#[test]
fn the_phase_by_a_registration_elsewhere() {
    check(
        &format!(
            "{CONTRACT}#- handlers.py
class SharedPhaseHandler:
    def execute(self, phase, context):
        context['domain'] = {{}}$0
#- register.py
from handlers import SharedPhaseHandler
register_handler('plan', SharedPhaseHandler())
register_handler('build', SharedPhaseHandler())
"
        ),
        &expect![[r#"
            class SharedPhaseHandler[: phases build, plan]: -> demo.contract.yaml:8:3 build
                phase `build` of pipeline `demo`
                phase `plan` of pipeline `demo`
        "#]],
    );
}

#[test]
fn defaults_that_always_win() {
    check(
        &format!(
            "{CONTRACT}#- handlers.py
class BuildPhaseHandler:
    def execute(self, phase, context):
        first = context.get('domian', 'unknown')$0
        return context.get('domain', None)
class PlanPhaseHandler:
    def execute(self, phase, context):
        context['domain'] = {{}}
"
        ),
        &expect![[r#"
            class BuildPhaseHandler[: phase build]: -> demo.contract.yaml:8:3 build
                phase `build` of pipeline `demo`
            class PlanPhaseHandler[: phase plan]: -> demo.contract.yaml:4:3 plan
                phase `plan` of pipeline `demo`
            first = context.get('domian', 'unknown')[always "unknown"]
                `domian` always falls back to "unknown" in `build`
        "#]],
    );
}

#[test]
fn in_a_helper_the_phase_is_told() {
    check(
        &format!(
            "{CONTRACT}#- handlers.py
from prompts import prompt
class BuildPhaseHandler:
    def execute(self, phase, context):
        return prompt(context)
#- prompts.py
def prompt(context):
    return context.get('domian', 'unknown')$0
"
        ),
        &expect![[r#"
            return context.get('domian', 'unknown')[always "unknown" in build]
                `domian` always falls back to "unknown" in `build`
        "#]],
    );
}

#[test]
fn defaults_of_entries() {
    check(
        &CONTRACT.replace("severity: warning", "severity: warning, default: fast$0"),
        &expect![[r#"
            - {name: mode, type: str, severity: warning, default: fast[always wins]}
                `mode` always falls back to "fast" in `build`
        "#]],
    );
}

#[test]
fn of_the_part_that_is_asked_for() {
    let text = format!(
        "{CONTRACT}#- handlers.py
class PlanPhaseHandler:
    def execute(self, phase, context):
        context['domain'] = {{}}
class $0BuildPhaseHandler:
    def execute(self, phase, context):
        return context['domain']
"
    );
    let editor = Editor::new(&text);
    let at = editor.cursor.offset;
    let range = (editor.cursor.file, Span::new(at, at + 40));
    let hints = inlay_hints(&editor.engine, range, HintKind::Phase, &[]);
    let labels: Vec<&str> = hints.iter().map(|hint| &*hint.label).collect();
    assert_eq!(labels, [": phase build"]);
}
