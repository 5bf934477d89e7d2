//! What a request is answered from: the state at its place in the queue.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use facts::places::FileId;
use graph::sources::Sources;
use ide::place::{Cursor, Place};
use rules::finding::Finding;
use text::lines::LineTable;
use text::span::Span;
use tokio::sync::OwnedRwLockReadGuard;
use tower_lsp::ls_types::{Location, Position, Range, TextDocumentIdentifier, Uri};
use workspace::check::is_asked;
use workspace::engine::Engine;

use super::capabilities::Capabilities;
use super::configuration::ClientSettings;
use super::convert::{self, Lines};
use super::delivery::Delivery;
use super::documents::Documents;
use super::ledger::Ledger;
use super::outgoing::Outgoing;
use super::paths::path_of;
use super::reply::Cancel;
use super::router::Failure;
use super::uri;

/// The state of everything, or of the part of it that a request is about. While one of these lives,
/// its projects do not change.
#[derive(Debug)]
pub(crate) struct World {
    /// What the client can do.
    pub(crate) client: Arc<Capabilities>,
    /// What the client has open.
    pub(crate) documents: Documents,
    /// The projects that the request is about.
    pub(crate) projects: Vec<ProjectView>,
    /// How findings reach the client.
    pub(crate) delivery: Arc<Delivery>,
    /// Where parts of an answer may go before the whole.
    pub(crate) outgoing: Outgoing,
    /// How many changes of findings there have been.
    pub(crate) revision: u64,
    /// What the client settles.
    pub(crate) settings: ClientSettings,
    /// Whether the request is still wanted.
    pub(crate) cancel: Cancel,
}

/// One project, held still.
#[derive(Debug)]
pub(crate) struct ProjectView {
    /// Its engine.
    pub(crate) engine: OwnedRwLockReadGuard<Engine>,
    /// Whether somebody waits to change it.
    pub(crate) awaited: Arc<AtomicBool>,
    /// The paths whose files are reported, absolute.
    pub(crate) asked: Arc<[Utf8PathBuf]>,
    /// What the client knows of it.
    pub(crate) ledger: Arc<Ledger>,
    /// How often it had been read.
    pub(crate) round: u64,
    /// Whether it holds nothing but what the client has open.
    pub(crate) alone: bool,
}

/// One document of a project.
#[derive(Debug)]
pub(crate) struct DocumentView<'a> {
    /// Everything.
    pub(crate) world: &'a World,
    /// Its project.
    pub(crate) project: &'a ProjectView,
    /// Its number there.
    pub(crate) file: FileId,
    /// Its text, as it was analysed.
    pub(crate) lines: Lines,
}

impl World {
    /// The document that a request names, if it belongs to a project.
    pub(crate) fn document(&self, document: &TextDocumentIdentifier) -> Option<DocumentView<'_>> {
        let path = path_of(&document.uri, &self.documents)?;
        self.projects.iter().find_map(|project| {
            let file = project.file(&path)?;
            let lines = Lines::new(project.engine.text(file), self.client.encoding);
            Some(DocumentView { world: self, project, file, lines })
        })
    }

    /// What the client calls the file at `path`, which is absolute.
    pub(crate) fn uri(&self, path: &Utf8Path) -> Option<Uri> {
        match self.documents.get(path) {
            Some(document) => Some(document.uri.clone()),
            None => uri::uri_of(path),
        }
    }

    /// Comes back only if the answer is still wanted.
    pub(crate) fn wanted(&self) -> Result<(), Failure> {
        if self.cancel.is_cancelled() { Err(Failure::Cancelled) } else { Ok(()) }
    }

    /// Comes back only if the answer is still wanted and keeps no edit waiting. This is for long work
    /// that may as well begin anew: a question about a place is about the text as it was then.
    pub(crate) fn checkpoint(&self) -> Result<(), Failure> {
        self.wanted()?;
        let awaited = self.projects.iter().any(ProjectView::is_awaited);
        if awaited { Err(Failure::Again) } else { Ok(()) }
    }

    /// A place of a project in the client's words.
    pub(crate) fn location(&self, project: &ProjectView, place: Place) -> Option<Location> {
        let text = project.engine.text(place.file);
        let table = LineTable::new(&text);
        let range = convert::range(&text, &table, place.span, self.client.encoding);
        Some(Location { uri: self.uri(&project.path(place.file))?, range })
    }
}

impl ProjectView {
    /// The number of the file at `path`, which is absolute. Settings count as a file.
    pub(crate) fn file(&self, path: &Utf8Path) -> Option<FileId> {
        let inner = workspace::walk::relative(path, &self.engine.root)?;
        self.engine.known_file(&inner).or_else(|| self.engine.known_file(path))
    }

    /// The path of a file, absolute.
    pub(crate) fn path(&self, file: FileId) -> Utf8PathBuf {
        self.engine.root.join(self.engine.path(file))
    }

    /// Whether the client is told what is found in a file.
    pub(crate) fn is_reported(&self, file: FileId) -> bool {
        is_asked(&self.engine.root, &self.asked, self.engine.path(file))
    }

    /// Whether somebody waits to change the project.
    pub(crate) fn is_awaited(&self) -> bool {
        self.awaited.load(Ordering::Relaxed)
    }
}

impl DocumentView<'_> {
    /// Whether the file is the project's settings and is being edited. Settings are read from the
    /// disk: until they are saved, places in them are those of another text.
    pub(crate) fn is_dirty_settings(&self, file: FileId) -> bool {
        let path = self.project.path(file);
        let text = self.project.engine.text(file);
        self.project.engine.settings_path() == Some(&*path)
            && self.world.documents.get(&path).is_some_and(|open| open.text != *text)
    }

    /// The project's state, as editors' questions ask it.
    pub(crate) fn sources(&self) -> &Engine {
        &self.project.engine
    }

    /// Where somebody points.
    pub(crate) fn cursor(&self, position: Position) -> Cursor {
        Cursor { file: self.file, offset: self.lines.offset(position) }
    }

    /// What is shown of this document.
    pub(crate) fn findings(&self) -> &[Finding] {
        if self.project.is_reported(self.file) { self.sources().findings(self.file) } else { &[] }
    }

    /// The position of an offset in this document.
    pub(crate) fn position(&self, offset: usize) -> Position {
        self.range(Span::empty(offset)).start
    }

    /// The range of a span of this document.
    pub(crate) fn range(&self, span: Span) -> Range {
        self.lines.range(span)
    }

    /// A place of the project in the client's words.
    pub(crate) fn location(&self, place: Place) -> Option<Location> {
        if place.file == self.file {
            let uri = self.world.uri(&self.project.path(place.file))?;
            return Some(Location { uri, range: self.range(place.span) });
        }
        self.world.location(self.project, place)
    }
}
