//! Handlers that were found and of whose code nothing is checked.

use facts::places::FileId;
use graph::files::is_test;
use graph::fold::Folder;
use graph::names::Lookup;

use crate::check::Opened;

/// Handlers that were found and of whose code nothing is checked, by name and in the order of files.
#[derive(Debug, Default)]
pub(crate) struct Unchecked {
    /// They are bound to a phase, and have no entry point that takes the context.
    pub(crate) idle: Vec<String>,
    /// They are bound to no phase.
    pub(crate) unbound: Vec<String>,
    /// How many are bound to one.
    pub(crate) bound: usize,
}

impl Unchecked {
    /// What there is in the files asked for.
    pub(crate) fn of(project: &Opened) -> Unchecked {
        let graph = project.engine.graph();
        let lookup = Lookup::new(graph.files(), graph.settings());
        let folder = Folder::new(&lookup);
        let mut unchecked = Unchecked::default();
        for (file, entry) in (0..).map(FileId).zip(&project.engine.files) {
            let left_out = is_test(&entry.path) && !graph.settings().python.check_tests;
            if left_out || !entry.is_there || !project.is_asked(&entry.path) {
                continue;
            }
            for handler in graph.handlers_in(file).iter().filter(|handler| !handler.is_abstract) {
                let name = handler.name.as_str().to_owned();
                if graph.seats_of(handler.code).is_empty() {
                    unchecked.unbound.push(name);
                    continue;
                }
                unchecked.bound += 1;
                if !folder.is_started(handler.code) {
                    unchecked.idle.push(name);
                }
            }
        }
        unchecked
    }
}
