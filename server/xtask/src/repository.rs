//! Files of this repository.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository's root, as cargo knows it.
pub(crate) fn root() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.ancestors().nth(2).unwrap_or(crate_folder).to_owned()
}

/// The text of the file at `path` below `root`.
pub(crate) fn read(root: &Path, path: &str) -> Result<String> {
    std::fs::read_to_string(root.join(path)).with_context(|| format!("cannot read {path}"))
}

/// The paths of all files below `folder`, relative to `root`, with `/`, in order.
pub(crate) fn files(root: &Path, folder: &str) -> Vec<String> {
    let mut files: Vec<String> = ignore::WalkBuilder::new(root.join(folder))
        .hidden(false)
        .build()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(root).ok()?;
            let parts = path.iter().map(|part| part.to_str());
            Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
        })
        .collect();
    files.sort();
    files
}

/// A file's name without folders and extension.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}
