//! What an editor is told, asked of small projects in memory with a cursor in them.

use camino::Utf8Path;
use fixture::Fixture;
use graph::sources::Sources;
use ide::place::Cursor;
use workspace::engine::Engine;
use workspace::memory::Memory;

mod completion;
mod symbols;

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
}
