//! What an inferred contract is called, and where it would stand.

use camino::{Utf8Path, Utf8PathBuf};
use graph::workflow::Workflow;

/// Folders whose names say what is in them and not whose it is.
const PLAIN_FOLDERS: [&str; 8] =
    ["handlers", "phases", "steps", "stages", "nodes", "agents", "src", "lib"];

/// The end of a contract's file name.
const SUFFIX: &str = ".contract.yaml";

/// The folder of a workflow, and what it is called.
pub(super) struct Home {
    pub(super) folder: Utf8PathBuf,
    pub(super) name: String,
}

/// The folder in which a workflow is put together, or else in which its handlers are.
pub(super) fn home(workflow: &Workflow, project: &str) -> Home {
    let registered: Vec<&str> = workflow
        .members
        .iter()
        .filter_map(|member| member.registered.map(|registered| registered.path.as_str()))
        .collect();
    let folder = match registered.as_slice() {
        [] => common_folder(workflow.members.iter().map(|member| member.path.as_str())),
        paths => common_folder(paths.iter().copied()),
    };
    let named = folder
        .ancestors()
        .find(|folder| folder.file_name().is_none_or(|name| !PLAIN_FOLDERS.contains(&name)));
    let folder = named.unwrap_or(Utf8Path::new("")).to_owned();
    let name = folder.file_name().unwrap_or(project).to_owned();
    Home { folder, name }
}

/// The path of the contract of a pipeline in `folder`.
pub(super) fn path(folder: &Utf8Path, pipeline: &str) -> Utf8PathBuf {
    let plain = |c: char| if c.is_alphanumeric() || "_-.".contains(c) { c } else { '-' };
    let name: String = pipeline.chars().map(plain).collect();
    folder.join(format!("{}{SUFFIX}", name.trim_start_matches('.')))
}

/// The path, with a number where it is taken.
#[must_use]
pub fn free_path(path: &Utf8Path, is_taken: impl Fn(&Utf8Path) -> bool) -> Utf8PathBuf {
    let name = path.file_name().unwrap_or_default();
    let stem = name.strip_suffix(SUFFIX).unwrap_or(name);
    let numbered = |number: usize| path.with_file_name(format!("{stem}-{number}{SUFFIX}"));
    let mut candidates = std::iter::once(path.to_owned()).chain((2..).map(numbered));
    candidates.find(|path| !is_taken(path)).unwrap_or_else(|| path.to_owned())
}

fn common_folder<'p>(paths: impl Iterator<Item = &'p str>) -> Utf8PathBuf {
    let mut folders = paths.map(|path| Utf8Path::new(path).parent().unwrap_or(Utf8Path::new("")));
    let mut common = folders.next().unwrap_or(Utf8Path::new(""));
    for folder in folders {
        common =
            common.ancestors().find(|above| folder.starts_with(above)).unwrap_or(Utf8Path::new(""));
    }
    common.to_owned()
}
