//! Every question at every place of the fixture project: whatever stands there, there is an answer.

use std::fs;

use camino::Utf8Path;
use graph::sources::Sources;
use ide::inlay_hints::{HintKind, inlay_hints};
use ide::place::Cursor;
use text::span::Span;
use workspace::memory::Memory;

use crate::project::root;

fn project() -> Memory {
    let mut memory = Memory::default();
    let root = root().join("fixtures/artisan");
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8().expect("a folder can be read") {
            let path = entry.expect("an entry can be read").into_path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).expect("a file can be read");
                let path = path.strip_prefix(&root).expect("it is below the root").to_owned();
                memory.files.insert(path, bytes);
            }
        }
    }
    memory
}

/// Asks everything at each `step`th offset of a file, and past its end. Gives how often there was a
/// story.
fn ask(memory: &Memory, path: &str, step: usize) -> usize {
    let engine = memory.open();
    let file = engine.file(Utf8Path::new(path)).expect("the file is there");
    let text = engine.text(file);
    for lens in ide::code_lenses::code_lenses(&engine, file) {
        assert!(!lens.span.of(&text).is_empty() && !lens.title.is_empty(), "{path}: {lens:?}");
    }
    for kind in [HintKind::Phase, HintKind::Default] {
        let whole = (file, Span::new(0, text.len()));
        for hint in inlay_hints(&engine, whole, kind, engine.findings(file)) {
            assert!(text.is_char_boundary(hint.at) && hint.at > 0, "{path}: {hint:?}");
        }
    }
    let mut told = 0;
    let offsets = (0..text.len()).step_by(step).chain([text.len(), text.len() + 9]);
    for offset in offsets.filter(|offset| *offset > text.len() || text.is_char_boundary(*offset)) {
        let cursor = Cursor { file, offset };
        let Some(hover) = ide::hover::hover(&engine, cursor, &|_, _| None) else {
            continue;
        };
        told += 1;
        assert!(hover.span.touches(offset), "{path}:{offset}: {hover:?}");
        let found = ide::references::references(&engine, cursor, true);
        for place in &found {
            let text = engine.text(place.file);
            assert!(!place.span.of(&text).is_empty(), "{path}:{offset}: {place:?}");
        }
        for place in ide::definition::definition(&engine, cursor).iter().flat_map(|it| &it.places) {
            assert!(place.whole.contains(place.name), "{path}:{offset}: {place:?}");
        }
        let renamable = ide::rename::prepare(&engine, cursor);
        if let Ok(Some(name)) = &renamable {
            // The quotes around it count as the name.
            let (start, end) = (name.span.start as usize, name.span.end as usize);
            assert!(start <= offset + 3 && offset <= end + 3, "{path}:{offset}: {name:?}");
            assert_eq!(name.span.of(&text), name.name);
        }
        for item in ide::call_hierarchy::prepare(&engine, cursor) {
            assert!(item.whole.contains(item.name_span), "{path}:{offset}: {item:?}");
            let before = ide::call_hierarchy::incoming(&engine, item.step);
            let after = ide::call_hierarchy::outgoing(&engine, item.step);
            let calls = before.iter().chain(&after);
            assert!(calls.into_iter().all(|call| !call.at.is_empty()), "{path}:{offset}: {item:?}");
        }
        let marks = ide::highlight::highlight(&engine, cursor);
        assert!(marks.iter().all(|(span, _)| found.iter().any(|place| place.span == *span)));
    }
    told
}

#[test]
fn in_the_contract() {
    assert!(ask(&project(), "contracts/artisan.contract.yaml", 131) > 80);
}

/// Contracts of other kinds that belong to the project, with how often there is a story at least.
const OTHERS: [(&str, usize); 6] = [
    ("contracts/artisan.budget.yaml", 20),
    ("contracts/artisan.capability.yaml", 20),
    ("contracts/artisan.compat.yaml", 20),
    ("contracts/artisan.lineage.yaml", 15),
    ("contracts/artisan.ordering.yaml", 15),
    ("contracts/artisan.semconv.yaml", 15),
];

#[test]
fn in_contracts_of_other_kinds() {
    let memory = project();
    for (path, least) in OTHERS {
        let told = ask(&memory, path, 17);
        assert!(told >= least, "{path}: {told}");
    }
}

#[test]
fn in_contracts_of_other_kinds_while_they_are_typed() {
    for (path, _) in OTHERS {
        let mut memory = project();
        let text =
            String::from_utf8(memory.files[Utf8Path::new(path)].clone()).expect("it is text");
        for part in 1..6 {
            let end = text.len() * part / 6;
            let end = (0..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            memory.files.insert(path.into(), text.as_bytes()[..end].to_vec());
            ask(&memory, path, 61);
            let engine = memory.open();
            let file = engine.file(Utf8Path::new(path)).expect("the file is there");
            let cursor = Cursor { file, offset: end };
            for item in ide::completion::completion(&engine, cursor, true).items {
                assert!(item.edit.span.touches(end), "{path}:{end}: {item:?}");
            }
            assert!(
                !ide::symbols::document_symbols(&engine, file).is_empty() || part == 1,
                "{path}"
            );
        }
    }
}

#[test]
fn in_handlers_and_helpers() {
    let memory = project();
    for (path, least) in [
        ("artisan/handlers/implement.py", 5),
        ("artisan/prompts.py", 2),
        ("artisan/handlers/plan.py", 5),
        ("contextcore.toml", 1),
    ] {
        let told = ask(&memory, path, 23);
        assert!(told > least, "{path}: {told}");
    }
}

#[test]
fn in_broken_text() {
    let mut memory = project();
    for (path, cut) in [
        ("contracts/artisan.contract.yaml", "          severity: blocking\n"),
        ("artisan/handlers/implement.py", "context"),
    ] {
        let path = Utf8Path::new(path);
        let text = String::from_utf8(memory.files[path].clone()).expect("it is text");
        let broken = text.replacen(cut, "          sev\n", 3);
        assert_ne!(broken, text);
        memory.files.insert(path.to_owned(), broken.into_bytes());
    }
    assert!(ask(&memory, "contracts/artisan.contract.yaml", 301) > 20);
    ask(&memory, "artisan/handlers/implement.py", 101);
}
