//! Whatever is offered may be accepted: the text still parses, and no key is unknown.

use camino::Utf8Path;
use graph::sources::Sources;
use ide::completion::{ItemKind, completion};
use proptest::prelude::*;
use syntax::yaml;
use workspace::memory::Memory;

use super::{accept, at};
use crate::editor::Editor;
use crate::project::root;

const PATH: &str = "contracts/artisan.contract.yaml";

fn artisan() -> Memory {
    let contract = std::fs::read_to_string(root().join("fixtures/artisan").join(PATH)).unwrap();
    Memory::new([(PATH, contract.as_str())])
}

/// Contracts in several styles.
const STYLES: [&str; 4] = [
    "schema_version: \"1\"\npipeline_id: p\n\nphases:\n    a:\n        exit:\n            required:\n            - name: x\n\n            - {name: y, type: \"list[str]\"}\n\n    b:\n        entry: {required: [{name: x, severity: warning}], enrichment: []}\n        exit:\n\n            optional:\n            -   name: z\n                severity:   advisory   # light\n\npropagation_chains:\n- chain_id: c\n  source: {phase: a,\n           field: x}\n  destination:\n    phase: b\n\n    field: 'x'\n",
    "{schema_version: '1', pipeline_id: p, phases: {a: {exit: {required: [{name: x}]}}}}\n",
    "# top\n---\nschema_version: '1'\npipeline_id: p\ndescription: >-\n  folded\n\n  text\nphases: {}\npropagation_chains: []\n...\n",
    "schema_version: '1'\r\npipeline_id: p\r\nphases:\r\n  a: &a\r\n    entry:\r\n      required:\r\n      - name: x\r\n        default: [1, 2]\r\n        quality: {metric: length, threshold: 1}\r\n  b: *a\r\n  c:\r\n    <<: *a\r\n",
];

fn unknown_keys(memory: &Memory) -> usize {
    let findings = memory.findings();
    findings.iter().filter(|finding| finding.rule.name == "unknown-key").count()
}

/// Accepts every offer at `offset` of the file at `PATH`, which must be a valid contract.
fn hold(memory: &Memory, text: &str, offset: usize, snippets: bool) {
    let engine = memory.open();
    let file = engine.file(Utf8Path::new(PATH)).unwrap();
    let cursor = at(ide::place::Cursor { file, offset: 0 }, offset);
    for item in completion(&engine, cursor, snippets).items {
        let span = item.edit.span;
        assert!(span.touches(offset) && !span.of(text).contains('\n'), "{item:?}");
        let after = accept(text, &item, "");
        let tree = yaml::parse(&after, &yaml::Limits::default());
        assert!(tree.problems.is_empty(), "{:?} at {offset}\n{item:?}\n{after}", tree.problems);
        if item.kind == ItemKind::Key {
            let found = unknown_keys(&Memory::new([(PATH, after.as_str())]));
            assert_eq!(found, 0, "at {offset}\n{item:?}\n{after}");
        }
    }
}

/// `text` with a line of blanks put in somewhere, and the cursor at its end.
fn with_blank_line(text: &str, line: usize, column: usize) -> (String, usize) {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = line % (lines.len() + 1);
    let blanks = " ".repeat(column);
    let new = format!("{blanks}\n");
    let offset = lines[..line].iter().map(|line| line.len()).sum::<usize>() + column;
    lines.insert(line, &new);
    (lines.concat(), offset)
}

#[test]
fn everywhere_in_contracts_of_several_styles() {
    for text in STYLES {
        let memory = Memory::new([(PATH, text)]);
        assert_eq!(unknown_keys(&memory), 0);
        for offset in 0..=text.len() {
            hold(&memory, text, offset, offset % 2 == 0);
        }
        for line in 0..=text.lines().count() {
            for column in 0..18 {
                let (text, offset) = with_blank_line(text, line, column);
                if yaml::parse(&text, &yaml::Limits::default()).problems.is_empty() {
                    hold(&Memory::new([(PATH, text.as_str())]), &text, offset, line % 2 == 0);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_a_real_contract(place in any::<prop::sample::Index>(), line: usize, column in 0_usize..16) {
        let memory = artisan();
        let text = String::from_utf8_lossy(&memory.files[Utf8Path::new(PATH)]).into_owned();
        hold(&memory, &text, place.index(text.len() + 1), line % 2 == 0);
        let (text, offset) = with_blank_line(&text, line, column);
        hold(&Memory::new([(PATH, text.as_str())]), &text, offset, line % 2 == 0);
    }

    #[test]
    fn no_text_and_no_place_is_too_broken(
        style in 0_usize..4,
        cut in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        typed in "[ a-z:{}\\[\\],\"'#|>&*!-]{0,6}|\u{feff}|é|\r|\t|context\\[\"",
    ) {
        let whole = STYLES[style];
        let cut = cut.index(whole.len() + 1);
        for (path, body) in [(PATH, format!("{}{typed}", &whole[..cut])), (PATH, format!("{}{typed}{}", &whole[..cut], &whole[cut..]))] {
            let memory = Memory::new([(path, body.as_str())]);
            let engine = memory.open();
            let Some(file) = engine.file(Utf8Path::new(path)) else { continue };
            for offset in [cut + typed.len(), place.index(body.len() + 2), body.len() + 7] {
                let cursor = ide::place::Cursor { file, offset };
                let _ = completion(&engine, cursor, true);
            }
        }
    }
}

/// A handler with the oddities of the language.
const CODE: &str = "class PlanPhaseHandler:\n    phase = 'plan'\n\n    async def execute(self, phase, context: dict[str, object]):\n        \"\"\"Long, with context[\"x\"].\"\"\"\n        é = context['x'] if \"x\" in context else {}\n        s = f\"{context['x']!r:>{len('a')}} {{\"\n        if (y := (context.get('x') or {}).get(\"y\")) and y[0][\"z\"]:\n            context.update({'x': 1, **y})\n        for z in context[\"x\"]: z['q'] = r'\\'\n\n    def more(self, ctx): return ctx.pop('x', \"\"\"a\nb\"\"\")\n";

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_code_and_no_place_is_too_broken(
        cut in any::<prop::sample::Index>(),
        typed in "[a-z()\\[\\]{}\"'.=:\n\\\\# f]{0,6}|é|context\\[\"|\"\"\"|f'\\{",
        place in any::<prop::sample::Index>(),
    ) {
        let mut cut = cut.index(CODE.len() + 1);
        while !CODE.is_char_boundary(cut) {
            cut -= 1;
        }
        let (before, rest) = CODE.split_at(cut);
        for body in [format!("{before}{typed}"), format!("{before}{typed}{rest}")] {
            let memory = Memory::new([(PATH, STYLES[0]), ("handlers.py", body.as_str())]);
            let engine = memory.open();
            let Some(file) = engine.file(Utf8Path::new("handlers.py")) else { continue };
            for offset in [cut + typed.len(), place.index(body.len() + 2), body.len() + 7] {
                let cursor = ide::place::Cursor { file, offset };
                for item in completion(&engine, cursor, false).items {
                    prop_assert!(item.edit.span.touches(offset));
                }
            }
        }
    }
}

/// Settings, and a part of somebody else's.
const SETTINGS: &str = "include = ['a', \"b\"]\n[rules]\ndead-write = \"off\" # é\n[paths.\"x/**\"]\r\ndead-input = 'hint'\n[python]\ncheck-tests = true\n[pipelines.p]\ninputs = [\n  \"x\", # why\n]\n[[other]]\n";

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_settings_and_no_place_are_too_broken(
        cut in any::<prop::sample::Index>(),
        typed in "[a-z.=\\[\\]\"'# \n]{0,6}|é|\r|'''|\\\\",
        place in any::<prop::sample::Index>(),
    ) {
        let mut cut = cut.index(SETTINGS.len() + 1);
        while !SETTINGS.is_char_boundary(cut) {
            cut -= 1;
        }
        let (before, rest) = SETTINGS.split_at(cut);
        for body in [format!("{before}{typed}"), format!("{before}{typed}{rest}")] {
            let memory = Memory::new([(PATH, STYLES[0]), ("contextcore.toml", body.as_str())]);
            let engine = memory.open();
            let file = engine.file(Utf8Path::new("contextcore.toml")).unwrap();
            for offset in [cut + typed.len(), place.index(body.len() + 2), body.len() + 7] {
                let cursor = ide::place::Cursor { file, offset };
                let _ = completion(&engine, cursor, true);
            }
        }
    }
}

#[test]
fn the_editor_is_one() {
    // The scenarios' own way to a project and this one give the same.
    let text = STYLES[1];
    let fixture = fixture::parse(&format!("#- {PATH}\n{text}"));
    let editor = Editor::at(&fixture, PATH, 1);
    assert!(editor.completion(true).complete);
}
