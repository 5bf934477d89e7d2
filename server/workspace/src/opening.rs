//! A project's first reading: every file that belongs to it, once.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use crate::check::Overlaid;
use crate::engine::{Change, Engine};
use crate::project::{Project, ProjectSettings};
use crate::walk::{Found, language, relative, walk};

/// A project that was read.
#[derive(Debug)]
pub struct Filled {
    /// The engine, up to date.
    pub engine: Engine,
    /// Folders inside that are projects of their own, absolute, in order.
    pub nested: Vec<Utf8PathBuf>,
    /// The folders that belong to the project, absolute, in order.
    pub folders: Vec<Utf8PathBuf>,
    /// What stood in the way.
    pub trouble: Vec<String>,
}

/// Reads a project from the disk. Files among those `asked` for are read whatever would leave them
/// out. Where `texts`, by absolute path, has bytes for a file, they count in place of the disk's.
#[must_use]
pub fn open_project(
    project: &Project,
    settings: ProjectSettings,
    asked: &[Utf8PathBuf],
    texts: &BTreeMap<Utf8PathBuf, Vec<u8>>,
) -> Filled {
    let mut trouble = Vec::new();
    if let Some((path, _)) = &settings.file
        && !settings.problems.is_empty()
    {
        trouble.push(format!("{path}: settings are not valid"));
    }
    let mut walked = walk(&project.root, &settings.settings);
    trouble.append(&mut walked.trouble);
    // A file that was named is checked, whatever would leave it out.
    for path in asked.iter().filter(|path| path.is_file() && language(path).is_some()) {
        if let Some(path) = relative(path, &project.root) {
            walked.files.retain(|found| found.path != path);
            walked.files.push(Found { path, excluded: false });
        }
    }
    walked.files.sort();
    let loader = Overlaid { root: &project.root, texts };
    let change = |Found { path, excluded }| match texts.get(&project.root.join(&path)) {
        Some(bytes) => Change::Present { path, bytes: bytes.clone(), excluded },
        None => Change::Stored { path, excluded },
    };
    let changes = walked.files.into_iter().map(change).collect();
    let mut engine = Engine::new(project.root.clone(), settings);
    engine.update(changes, &loader);
    trouble.append(&mut engine.trouble);
    Filled { engine, nested: walked.nested, folders: walked.folders, trouble }
}
