//! Imports to the files they lead to.

use camino::Utf8Path;
use facts::places::FileId;
use facts::python::Import;
use text::name::Name;

use super::{Lookup, Meaning, Way, outside};
use crate::files::folder_of;
use crate::keys::{Key, path_number};

/// A module that can be told by the end of its path alone must be one of at most this many.
const MOST_CANDIDATES: usize = 32;

/// Names longer than this are not looked for as modules.
const LONGEST_MODULE: usize = 12;

impl Lookup<'_> {
    /// What `import` binds, and `rest` below it.
    pub(super) fn through(
        &self,
        file: FileId,
        import: &Import,
        rest: &[Name],
        way: &mut Way,
    ) -> Meaning {
        match import.item {
            Some(item) => self.through_item(file, import, item, rest, way),
            None => self.through_module(file, import, rest, way),
        }
    }

    /// `from module import item`: a name in the module, or else a module below it.
    fn through_item(
        &self,
        file: FileId,
        import: &Import,
        item: Name,
        rest: &[Name],
        way: &mut Way,
    ) -> Meaning {
        let module = self.locate(file, import.level, &import.module);
        // `from . import tools` in a package's own file means the module below it.
        if let Some(module) = module.filter(|module| *module != file) {
            let whole: Vec<Name> = std::iter::once(item).chain(rest.iter().copied()).collect();
            if let Some(meaning) = self.search(module, &whole, way) {
                return meaning;
            }
        }
        let below: Vec<Name> = import.module.iter().copied().chain([item]).collect();
        match self.locate(file, import.level, &below) {
            Some(submodule) => self.in_module(submodule, rest, way).unwrap_or(Meaning::UNKNOWN),
            None if module.is_some() || import.level > 0 => Meaning::UNKNOWN,
            None => outside(&below, rest),
        }
    }

    /// `import a.b` or `import a.b as c`: the longest part of what follows that is a module.
    fn through_module(
        &self,
        file: FileId,
        import: &Import,
        rest: &[Name],
        way: &mut Way,
    ) -> Meaning {
        // `import a.b` binds `a`; with `as` the new name stands for the whole.
        let bound = match import.module.first() {
            Some(first) if *first == import.binding => &import.module[..1],
            _ => &import.module[..],
        };
        let whole: Vec<Name> = bound.iter().chain(rest).copied().collect();
        for length in (1..=whole.len().min(LONGEST_MODULE)).rev() {
            let (module, below) = whole.split_at(length);
            if let Some(module) = self.locate(file, import.level, module) {
                return self.in_module(module, below, way).unwrap_or(Meaning::UNKNOWN);
            }
        }
        outside(&whole, &[])
    }

    /// The file of a module, as an import in `from` names it; none where it leads out of the
    /// project, or nowhere.
    pub(super) fn locate(&self, from: FileId, level: u32, module: &[Name]) -> Option<FileId> {
        let folder = folder_of(self.files.path(from).as_str());
        if level > 0 {
            let base = (1..level).try_fold(folder, |folder, _| parent(folder))?;
            return self.below(base, module);
        }
        let first = module.first()?;
        // Most imports lead out of the project, and one question settles that.
        self.ask(Key::Stem(*first));
        if !self.files.knows_stem(*first) {
            return None;
        }
        let package_root = self.package_root(folder);
        [package_root, "", "src"]
            .into_iter()
            .find_map(|root| self.below(root, module))
            .or_else(|| self.below_ancestors(package_root, module))
            .or_else(|| self.only_one(module))
    }

    /// The folder from which the package of a file in `folder` is imported: the first upwards that
    /// is no package.
    fn package_root<'f>(&self, folder: &'f str) -> &'f str {
        let mut folder = folder;
        while !folder.is_empty() && self.stands(&join(folder, "__init__.py")).is_some() {
            folder = parent(folder).unwrap_or("");
        }
        folder
    }

    fn below_ancestors(&self, start: &str, module: &[Name]) -> Option<FileId> {
        let mut folder = start;
        while !folder.is_empty() {
            let found =
                self.below(folder, module).or_else(|| self.below(&join(folder, "src"), module));
            if found.is_some() {
                return found;
            }
            folder = parent(folder).unwrap_or("");
        }
        None
    }

    /// The module below `root`: a package, or a file.
    fn below(&self, root: &str, module: &[Name]) -> Option<FileId> {
        let mut path = root.to_owned();
        for name in module {
            path = join(&path, name.as_str());
        }
        let package = self.stands(&join(&path, "__init__.py"));
        if package.is_some() || module.is_empty() {
            return package;
        }
        path.push_str(".py");
        self.stands(&path)
    }

    fn stands(&self, path: &str) -> Option<FileId> {
        self.ask(Key::Path(path_number(path)));
        self.files.at(path)
    }

    /// The one file of the project that could be imported by this name from some root.
    fn only_one(&self, module: &[Name]) -> Option<FileId> {
        let last = module.last()?;
        self.ask(Key::Stem(*last));
        if self.files.count_stem(*last) > MOST_CANDIDATES {
            return None;
        }
        let words: Vec<&str> = module.iter().map(|name| name.as_str()).collect();
        let end = words.join("/");
        let mut fitting = self.files.with_stem(*last).filter(|(path, _)| {
            root_of(path, &end).is_some_and(|root| {
                root.is_empty() || self.stands(&join(root, "__init__.py")).is_none()
            })
        });
        let (_, only) = fitting.next()?;
        fitting.next().is_none().then_some(only)
    }
}

/// The folder above the module that `path` is, if its dotted name there ends in `end`.
fn root_of<'p>(path: &'p Utf8Path, end: &str) -> Option<&'p str> {
    let path = path.as_str().strip_suffix(".py")?;
    let path = path.strip_suffix("/__init__").unwrap_or(path);
    let root = path.strip_suffix(end)?;
    if root.is_empty() { Some(root) } else { root.strip_suffix('/') }
}

fn parent(folder: &str) -> Option<&str> {
    (!folder.is_empty()).then(|| folder_of(folder))
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
