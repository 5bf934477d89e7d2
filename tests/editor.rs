//! What an editor is told, asked of small projects in memory with a cursor in them.

use camino::Utf8Path;
use facts::places::FileId;
use fixture::Fixture;
use graph::sources::Sources;
use ide::place::Cursor;
use text::lines::{Encoding, LineTable};
use text::span::Span;
use workspace::engine::Engine;
use workspace::memory::Memory;

mod accesses;
mod actions;
mod anywhere;
mod call_hierarchy;
mod code_first;
mod code_lenses;
mod completion;
mod definition;
mod hover;
mod inlay_hints;
mod kinds;
mod references;
mod rename;
mod symbols;
mod told;

/// A pipeline whose fields are declared and accessed in every way that matters here.
const CONTRACT: &str = r#"#- pipeline.contract.yaml
schema_version: "0.1.0"
pipeline_id: demo
description: Turns seeds into code.
phases:
  plan:
    description: Reads the seed.
    entry:
      required:
        - name: seed
    exit:
      required:
        - name: domain
          type: dict
          description: >-
            What the code
            is about.
        - name: domain.label
          description: Its name.
      optional:
        - name: notes
          type: list
  design: {}
  build:
    entry:
      required:
        - name: domain.label
          source_phase: plan
      enrichment:
        - name: notes
          type: list
          severity: warning
          default: []
propagation_chains:
  - chain_id: label_to_build
    source: {phase: plan, field: domain.label}
    destination: {phase: build, field: domain.label}
    verification: source == dest
"#;

const CODE: &str = r#"#- handlers/plan.py
class PlanPhaseHandler:
    def execute(self, phase, context):
        context["domain"] = {}
        context["domain"]["label"] = guess(context["seed"])
        if phase:
            context["notes"] = []
#- handlers/build.py
from handlers.prompts import prompt

class BuildPhaseHandler:
    def execute(self, phase, context):
        return prompt(context)
#- handlers/prompts.py
def prompt(ctx):
    return ctx["domain"]["label"], ctx.get("notes", [])
"#;

/// The demonstration project with the cursor before the first `place` in it.
#[track_caller]
fn demo(place: &str) -> String {
    let files = format!("{CONTRACT}{CODE}");
    assert!(files.contains(place), "{place}");
    files.replacen(place, &format!("$0{place}"), 1)
}

/// A project with a cursor in it.
struct Editor {
    engine: Engine,
    cursor: Cursor,
}

impl Editor {
    /// The project that a fixture draws; `$0` is the cursor.
    #[track_caller]
    fn new(text: &str) -> Editor {
        let fixture = fixture::parse(text);
        assert!(fixture.mistakes.is_empty(), "{:?}", fixture.mistakes);
        let cursor = fixture.cursor.clone().expect("`$0` says where the cursor is");
        Editor::at(&fixture, &cursor.path, cursor.offset)
    }

    /// The project of a fixture, with the cursor at an offset of a file.
    #[track_caller]
    fn at(fixture: &Fixture, path: &str, offset: usize) -> Editor {
        let files = fixture.files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
        let engine = Memory::new(files).open();
        let file = engine.file(Utf8Path::new(path)).expect("the cursor's file is there");
        Editor { engine, cursor: Cursor { file, offset } }
    }

    /// A place as `path:line:columns text`, all counted from 1.
    fn place(&self, file: FileId, span: Span) -> String {
        let text = self.engine.text(file);
        let table = LineTable::new(&text);
        let start = table.position(&text, span.start as usize, Encoding::Utf32);
        let (line, column) = (start.line + 1, start.column + 1);
        let words = span.of(&text).lines().next().unwrap_or_default().to_owned();
        format!("{}:{line}:{column} {words}", self.engine.path(file))
    }
}
