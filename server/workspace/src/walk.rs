//! The files of a project.

use std::collections::BTreeSet;
use std::sync::Mutex;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use contracts::recognise;
use ignore::{DirEntry, WalkBuilder, WalkState};
use settings::settings::{OWN_FILE, PYPROJECT_FILE, Settings};

use crate::project::settings_in;

/// Folders that hold what others made, or what was made from sources.
const LEFT_OUT: &[&str] =
    &["node_modules", "__pycache__", "venv", "site-packages", "dist", "build", "__pypackages__"];

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walked {
    /// YAML and Python files, by their path from the project's root, in order.
    pub files: Vec<Found>,
    /// Folders inside that are projects of their own, absolute, in order.
    pub nested: Vec<Utf8PathBuf>,
    /// All folders that were entered, absolute, in order; what is new in them may concern us.
    pub folders: Vec<Utf8PathBuf>,
    /// What could not be looked at, and why.
    pub trouble: Vec<String>,
}

/// A file that a walk found.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Found {
    /// Its path from the project's root, with `/`.
    pub path: Utf8PathBuf,
    /// Whether settings leave it out: it gives no findings, and is read only where other files
    /// import it.
    pub excluded: bool,
}

/// Whether a file's name says that it may concern us.
#[must_use]
pub fn language(path: &Utf8Path) -> Option<Language> {
    match path.extension()? {
        "yaml" | "yml" => Some(Language::Yaml),
        "py" | "pyi" => Some(Language::Python),
        "json" => Some(Language::Json),
        _ => None,
    }
}

/// The languages that are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// Contracts.
    Yaml,
    /// Payloads; only those that are called so by their names or by settings.
    Json,
    /// Handlers.
    Python,
}

/// Lists the files of the project at `root`. Links to folders are not followed, so no loop of links
/// can trap the walk.
#[must_use]
pub fn walk(root: &Utf8Path, settings: &Settings) -> Walked {
    let own_root = root.to_owned();
    walk_where(root, settings, move |entry| is_entered(entry, &own_root))
}

/// What a walk of the project at `root` would find at the `wanted` paths, absolute, and below those
/// that are folders. It goes nowhere else, so that a file that turns up is met as a walk meets it.
#[must_use]
pub fn walk_to(root: &Utf8Path, settings: &Settings, wanted: BTreeSet<Utf8PathBuf>) -> Walked {
    let own_root = root.to_owned();
    walk_where(root, settings, move |entry| {
        is_entered(entry, &own_root) && utf8(entry).is_some_and(|path| leads_to(&path, &wanted))
    })
}

/// Whether `path` is one of those wanted, lies below one, or on the way to one.
fn leads_to(path: &Utf8Path, wanted: &BTreeSet<Utf8PathBuf>) -> bool {
    // What lies below a path follows it at once, in this order.
    wanted.range(path.to_owned()..).next().is_some_and(|next| next.starts_with(path))
        || path.ancestors().any(|above| wanted.contains(above))
}

fn walk_where(
    root: &Utf8Path,
    settings: &Settings,
    is_entered: impl Fn(&DirEntry) -> bool + Send + Sync + 'static,
) -> Walked {
    let gathered = Mutex::new(Walked::default());
    let walker = WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        .threads(2)
        .filter_entry(is_entered)
        .build_parallel();
    walker.run(|| {
        let gathered = &gathered;
        Box::new(move |entry| {
            match entry {
                Err(error) => lock(gathered).trouble.push(error.to_string()),
                Ok(entry) => {
                    if is_nested_project(&entry, root) {
                        lock(gathered).nested.extend(utf8(&entry));
                        return WalkState::Skip;
                    }
                    if is_folder(&entry) {
                        lock(gathered).folders.extend(utf8(&entry));
                    } else if let Some(found) = found(&entry, root, settings) {
                        lock(gathered).files.push(found);
                    }
                }
            }
            WalkState::Continue
        })
    });
    let mut walked = gathered.into_inner().unwrap_or_default();
    walked.files.sort();
    walked.folders.sort();
    walked.nested.sort();
    walked.trouble.sort();
    walked
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A walker thread that panics ends the process; a poisoned lock is never seen.
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn utf8(entry: &DirEntry) -> Option<Utf8PathBuf> {
    Utf8PathBuf::from_path_buf(entry.path().to_owned()).ok()
}

fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
}

fn is_entered(entry: &DirEntry, root: &Utf8Path) -> bool {
    let Some(name) = entry.file_name().to_str() else { return false };
    // Of hidden files, a few are ours by their whole name.
    if entry.path() == root.as_std_path() || recognise::is_whole_name(name) {
        return true;
    }
    if name.starts_with('.') {
        return false;
    }
    !is_folder(entry) || !(LEFT_OUT.contains(&name) || entry.path().join("pyvenv.cfg").exists())
}

fn is_nested_project(entry: &DirEntry, root: &Utf8Path) -> bool {
    entry.depth() > 0
        && is_folder(entry)
        && utf8(entry).is_some_and(|path| path != *root && settings_in(&path).is_some())
}

fn found(entry: &DirEntry, root: &Utf8Path, settings: &Settings) -> Option<Found> {
    let path = utf8(entry)?;
    let language = language(&path)?;
    if language == Language::Json && !is_payload(&relative(&path, root)?, settings) {
        return None;
    }
    // Reading a pipe or a device may never end, and a link may point at one, or at nothing.
    let is_file = entry.file_type().is_some_and(|kind| kind.is_file())
        || entry.path_is_symlink() && path.is_file();
    if !is_file {
        return None;
    }
    let path = relative(&path, root)?;
    let excluded = settings.leaves_out(path.as_str());
    Some(Found { path, excluded })
}

/// Whether a JSON file is read: all others are nobody's concern here.
fn is_payload(path: &Utf8Path, settings: &Settings) -> bool {
    let by_name = path.file_name().is_some_and(|name| recognise::payload(name).is_some());
    by_name || settings.contracts.kind_of(path.as_str()).is_some()
}

/// `path` from `root`, with `/` on every system.
#[must_use]
pub fn relative(path: &Utf8Path, root: &Utf8Path) -> Option<Utf8PathBuf> {
    let inner = path.strip_prefix(root).ok()?;
    Some(inner.components().map(|part| part.as_str()).collect::<Vec<_>>().join("/").into())
}

/// `path` without `.`, `..` and doubled slashes, so that equal files have equal paths and what lies
/// below a folder can be told by its beginning.
#[must_use]
pub fn normal(path: &Utf8Path) -> Utf8PathBuf {
    let mut normal = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// Whether a file of this name holds settings.
#[must_use]
pub fn is_settings_name(name: &str) -> bool {
    name == OWN_FILE || name == PYPROJECT_FILE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files that are found among these, each made empty; a folder ends with `/`.
    fn found(files: &[(&str, &str)], settings: &Settings) -> (Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().canonicalize().unwrap()).unwrap();
        for (path, text) in files {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(&root, root.join("loop")).unwrap();
        let walked = walk(&root, settings);
        assert_eq!(walked.trouble, Vec::<String>::new());
        let show =
            |file: &Found| format!("{}{}", file.path, if file.excluded { " excluded" } else { "" });
        let nested = walked.nested.iter().map(|path| relative(path, &root).unwrap().to_string());
        (walked.files.iter().map(show).collect(), nested.collect())
    }

    #[test]
    fn what_others_made_is_left_out() {
        let files = [
            ("a.yaml", ""),
            ("b.txt", ""),
            ("src/h.py", ""),
            (".venv/x.py", ""),
            ("tools/x.py", ""),
            ("tools/pyvenv.cfg", ""),
            ("node_modules/x.yaml", ""),
            (".hidden/x.yaml", ""),
            (".contextcore.yaml", ""),
            (".gitignore", "ignored/\n"),
            ("ignored/x.py", ""),
        ];
        let (found, _) = found(&files, &Settings::default());
        assert_eq!(found, [".contextcore.yaml", "a.yaml", "src/h.py"]);
    }

    #[test]
    fn a_file_that_turns_up_is_met_as_a_walk_meets_it() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().canonicalize().unwrap()).unwrap();
        for path in ["a/b.yaml", "a.c/d.py", "a/x/c.py", "ignored/d.py", ".hidden/e.py"] {
            std::fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            std::fs::write(root.join(path), "").unwrap();
        }
        std::fs::write(root.join(".gitignore"), "ignored/\n").unwrap();
        let at = |wanted: &[&str]| {
            let wanted = wanted.iter().map(|path| root.join(path)).collect();
            let walked = walk_to(&root, &Settings::default(), wanted);
            walked.files.into_iter().map(|found| found.path.into_string()).collect::<Vec<_>>()
        };
        assert_eq!(at(&["a/b.yaml"]), ["a/b.yaml"]);
        assert_eq!(at(&["a"]), ["a/b.yaml", "a/x/c.py"]);
        assert_eq!(at(&["a.c/d.py", "ignored/d.py", "gone.py", ".hidden/e.py"]), ["a.c/d.py"]);
    }

    #[test]
    fn a_project_inside_is_its_own() {
        let files = [("a.yaml", ""), ("in/contextcore.toml", ""), ("in/b.yaml", "")];
        let (found, nested) = found(&files, &Settings::default());
        assert_eq!(found, ["a.yaml"]);
        assert_eq!(nested, ["in"]);
    }

    #[test]
    fn settings_mark_what_they_leave_out() {
        let text = "exclude = [\"old/**\"]\n";
        let (settings, problems) = settings::read::read(text, settings::read::Form::Own);
        assert!(problems.is_empty());
        let (found, _) = found(&[("a.py", ""), ("old/b.py", "")], &settings);
        assert_eq!(found, ["a.py", "old/b.py excluded"]);
    }
}
