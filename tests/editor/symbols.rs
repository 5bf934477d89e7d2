//! Outlines, and names of the whole project.

use camino::Utf8Path;
use expect_test::expect;
use graph::sources::Sources;
use ide::symbols::{DocumentSymbol, document_symbols};
use ide::workspace_symbols::workspace_symbols;
use workspace::engine::Engine;
use workspace::memory::Memory;

const PROJECT: &str = r#"#- shop.contract.yaml
schema_version: "0.1.0"
pipeline_id: shop
phases:
  plan:
    exit:
      required: # what it makes
        - name: tasks
          type: list
        - {name: notes, severity: advisory}
  build: &build
    entry:
      required:
      - name: tasks
  test: *build
propagation_chains:
  - chain_id: tasks_arrive
    source: {phase: plan, field: tasks}
    destination: {phase: build, field: tasks}
#- handlers.py
class PlanPhaseHandler:
    phase = "plan"

    @traced
    def execute(self, context):
        context["tasks"] = []
        self.more(context)

    def more(self, context):
        context["notes"] = context.get("notes", "")

@registered
class LostPhaseHandler:
    def execute(self, context):
        return context["tasks"]
"#;

fn engine(text: &str) -> Engine {
    let fixture = fixture::parse(text);
    Memory::new(fixture.files.iter().map(|file| (&*file.path, &*file.text))).open()
}

fn outline(engine: &Engine, path: &str) -> String {
    fn show(text: &str, symbol: &DocumentSymbol, depth: usize, shown: &mut String) {
        let lines = symbol.whole.of(text).lines().count();
        let at = symbol.name_span.of(text).lines().next().unwrap_or_default();
        assert!(symbol.whole.contains(symbol.name_span));
        let indent = "  ".repeat(depth);
        let (name, detail, kind) = (&symbol.name, &symbol.detail, symbol.kind);
        shown.push_str(&format!("{indent}{kind:?} {name} ({detail}) `{at}`, {lines}\n"));
        symbol.children.iter().for_each(|child| show(text, child, depth + 1, shown));
    }
    let file = engine.file(Utf8Path::new(path)).unwrap();
    let text = engine.text(file);
    let mut shown = String::new();
    for symbol in document_symbols(engine, file) {
        show(&text, &symbol, 0, &mut shown);
    }
    shown
}

#[test]
fn a_contract() {
    expect![[r#"
        Pipeline shop (3 phases) `shop`, 18
          Phase plan () `plan`, 6
            List exit.required (2 fields) `required`, 4
              Field tasks (list, blocking) `tasks`, 2
              Field notes (str, advisory) `notes`, 1
          Phase build () `build`, 4
            List entry.required (1 field) `required`, 2
              Field tasks (str, blocking) `tasks`, 1
          Phase test () `test`, 1
            List entry.required (1 field) `required`, 2
              Field tasks (str, blocking) `tasks`, 1
          Chain tasks_arrive (plan -> build) `tasks_arrive`, 3
    "#]]
    .assert_eq(&outline(&engine(PROJECT), "shop.contract.yaml"));
}

#[test]
fn handlers() {
    expect![[r#"
        Handler PlanPhaseHandler (plan of shop) `PlanPhaseHandler`, 10
          Field tasks (written) `"tasks"`, 1
          Field notes (read and written) `"notes"`, 1
        Handler LostPhaseHandler (bound to no pipeline) `LostPhaseHandler`, 4
    "#]]
    .assert_eq(&outline(&engine(PROJECT), "handlers.py"));
}

#[test]
fn names_of_the_project() {
    let engine = engine(PROJECT);
    let named = |query: &str, limit| {
        let mut shown = String::new();
        for symbol in workspace_symbols(&engine, query, limit) {
            let text = engine.text(symbol.place.file);
            let at = symbol.place.span.of(&text);
            let path = engine.path(symbol.place.file);
            shown.push_str(&format!(
                "{:?} {} ({}) `{at}` {path}\n",
                symbol.kind, symbol.name, symbol.container
            ));
        }
        shown
    };
    expect![[r#"
        Pipeline shop (shop.contract.yaml) `shop` shop.contract.yaml
        Phase plan (shop) `plan` shop.contract.yaml
        Phase build (shop) `build` shop.contract.yaml
        Phase test (shop) `test` shop.contract.yaml
    "#]]
    .assert_eq(&named("", 10));
    expect![[r#"
        Field tasks (shop, plan) `tasks` shop.contract.yaml
        Chain tasks_arrive (shop) `tasks_arrive` shop.contract.yaml
    "#]]
    .assert_eq(&named("task", 10));
    expect![[r#"
        Phase plan (shop) `plan` shop.contract.yaml
        Handler PlanPhaseHandler (handlers.py) `PlanPhaseHandler` handlers.py
    "#]]
    .assert_eq(&named("pla", 10));
    expect![[r#"
        Phase plan (shop) `plan` shop.contract.yaml
    "#]]
    .assert_eq(&named("plan", 1));
    expect![[""]].assert_eq(&named("zzz", 10));
}
