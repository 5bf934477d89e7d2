//! The files of a project, and Python's way from a module's name to its file.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use facts::contract::ContractFacts;
use facts::file::FileFacts;
use facts::places::FileId;
use rustc_hash::FxHashMap;
use text::name::Name;

use crate::handler::ContractRef;
use crate::keys::{Key, path_number};
use crate::module::{self, Module};

/// What is known of a file.
#[derive(Clone, Debug)]
pub enum FileState {
    /// It is there, and was not read.
    Known,
    /// It was read.
    Read(Arc<FileFacts>),
}

/// One file.
#[derive(Debug)]
pub struct File {
    /// Its path from the project's root, with `/`.
    pub path: Utf8PathBuf,
    /// What it says, if it was read.
    pub facts: Option<Arc<FileFacts>>,
    /// Its names, if it is a Python file that was read.
    pub module: Option<Module>,
    /// The contracts in it.
    pub contracts: Vec<Arc<ContractFacts>>,
}

/// All files of a project.
#[derive(Debug, Default)]
pub struct Files {
    files: FxHashMap<FileId, File>,
    by_path: FxHashMap<Utf8PathBuf, FileId>,
    /// Python modules by their last name; a package counts under its folder's.
    stems: FxHashMap<Name, BTreeMap<Utf8PathBuf, FileId>>,
    /// How many Python files lie below folders of this name.
    folders: FxHashMap<Name, u32>,
    /// How many classes have this name.
    classes: FxHashMap<Name, u32>,
}

impl Files {
    /// The file with this number.
    #[must_use]
    pub fn get(&self, file: FileId) -> Option<&File> {
        self.files.get(&file)
    }

    /// The path of a file; empty for one that is not there.
    #[must_use]
    pub fn path(&self, file: FileId) -> &Utf8Path {
        self.files.get(&file).map_or(Utf8Path::new(""), |file| &file.path)
    }

    /// All files, in no order that means anything.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = FileId> {
        self.files.keys().copied()
    }

    /// All files, by path.
    #[must_use]
    pub fn by_path(&self) -> Vec<(FileId, &File)> {
        let mut all: Vec<(FileId, &File)> =
            self.files.iter().map(|(id, file)| (*id, file)).collect();
        all.sort_unstable_by(|(_, one), (_, other)| one.path.cmp(&other.path));
        all
    }

    /// The file at `path`.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<FileId> {
        self.by_path.get(Utf8Path::new(path)).copied()
    }

    /// Whether a Python module or a folder of Python files has this name.
    #[must_use]
    pub fn knows_stem(&self, name: Name) -> bool {
        self.stems.contains_key(&name) || self.folders.contains_key(&name)
    }

    /// The modules whose last name is this, by path.
    pub fn with_stem(&self, name: Name) -> impl Iterator<Item = (&Utf8Path, FileId)> {
        self.stems.get(&name).into_iter().flatten().map(|(path, file)| (path.as_path(), *file))
    }

    /// How many modules have this last name.
    #[must_use]
    pub fn count_stem(&self, name: Name) -> usize {
        self.stems.get(&name).map_or(0, BTreeMap::len)
    }

    /// Whether a file that was read has a class of this name, nested ones by their last name.
    #[must_use]
    pub fn has_class(&self, name: Name) -> bool {
        self.classes.contains_key(&name)
    }

    /// Sets, changes or (with no state) removes a file; what is different afterwards is added to
    /// `keys`.
    pub(crate) fn set(
        &mut self,
        id: FileId,
        path: &Utf8Path,
        state: Option<FileState>,
        keys: &mut Vec<Key>,
    ) {
        let moved = self.files.get(&id).is_some_and(|file| file.path != path);
        let Some(state) = state else {
            // A file that has moved in the meantime is not the one that is gone.
            if !moved {
                self.remove(id, keys);
            }
            return;
        };
        if moved {
            self.remove(id, keys);
        }
        // Another number at the same path: the path now belongs to the newcomer.
        if let Some(other) = self.by_path.get(path).copied().filter(|other| *other != id) {
            self.remove(other, keys);
        }
        let facts = match state {
            FileState::Known => None,
            FileState::Read(facts) => Some(facts),
        };
        let old = self.files.remove(&id);
        let is_new = old.is_none();
        let file = File {
            module: facts.as_ref().and_then(|facts| Module::new(Arc::clone(facts))),
            contracts: contracts_of(facts.as_ref(), old.as_ref()),
            facts,
            path: path.to_owned(),
        };
        let before = before_module(old.as_ref());
        module::differences(id, before, file.module.as_ref(), keys);
        let before = old.as_ref().map_or(&[][..], |old| &old.contracts);
        contract_differences(id, before, &file.contracts, keys);
        self.count_classes(before_module(old.as_ref()), false);
        self.count_classes(file.module.as_ref(), true);
        if is_new {
            self.register(id, path, keys);
        }
        self.files.insert(id, file);
    }

    fn remove(&mut self, id: FileId, keys: &mut Vec<Key>) {
        let Some(file) = self.files.remove(&id) else {
            return;
        };
        module::differences(id, file.module.as_ref(), None, keys);
        contract_differences(id, &file.contracts, &[], keys);
        self.count_classes(file.module.as_ref(), false);
        self.by_path.remove(&file.path);
        keys.push(Key::Path(path_number(file.path.as_str())));
        let Some(stem) = stem(&file.path) else { return };
        keys.push(Key::Stem(stem));
        if let Some(known) = self.stems.get_mut(&stem) {
            known.remove(&file.path);
            if known.is_empty() {
                self.stems.remove(&stem);
            }
        }
        for folder in folder_names(&file.path) {
            if let Some(count) = self.folders.get_mut(&folder) {
                *count -= 1;
                if *count == 0 {
                    self.folders.remove(&folder);
                    keys.push(Key::Stem(folder));
                }
            }
        }
    }

    fn count_classes(&mut self, module: Option<&Module>, add: bool) {
        for class in module.into_iter().flat_map(|module| &module.facts().classes) {
            let last = class.name.as_str().rsplit('.').next().map_or(class.name, Name::new);
            let count = self.classes.entry(last).or_default();
            *count = if add { *count + 1 } else { count.saturating_sub(1) };
            if *count == 0 {
                self.classes.remove(&last);
            }
        }
    }

    fn register(&mut self, id: FileId, path: &Utf8Path, keys: &mut Vec<Key>) {
        self.by_path.insert(path.to_owned(), id);
        keys.push(Key::Path(path_number(path.as_str())));
        let Some(stem) = stem(path) else { return };
        keys.push(Key::Stem(stem));
        self.stems.entry(stem).or_default().insert(path.to_owned(), id);
        for folder in folder_names(path) {
            let count = self.folders.entry(folder).or_default();
            if *count == 0 {
                keys.push(Key::Stem(folder));
            }
            *count += 1;
        }
    }
}

fn before_module(old: Option<&File>) -> Option<&Module> {
    old.and_then(|old| old.module.as_ref())
}

/// The contracts of a file; those that did not change keep their place in memory.
fn contracts_of(facts: Option<&Arc<FileFacts>>, old: Option<&File>) -> Vec<Arc<ContractFacts>> {
    let new = facts.map_or(&[][..], |facts| &facts.contracts);
    let share = |(index, contract): (usize, &Arc<ContractFacts>)| {
        let before = old.and_then(|old| old.contracts.get(index));
        match before.filter(|before| *before == contract) {
            Some(before) => Arc::clone(before),
            None => Arc::clone(contract),
        }
    };
    new.iter().enumerate().map(share).collect()
}

fn contract_differences(
    file: FileId,
    old: &[Arc<ContractFacts>],
    new: &[Arc<ContractFacts>],
    keys: &mut Vec<Key>,
) {
    for index in 0..old.len().max(new.len()) {
        let same = match (old.get(index), new.get(index)) {
            (Some(before), Some(after)) => Arc::ptr_eq(before, after),
            _ => false,
        };
        if !same {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            keys.push(Key::Contract(ContractRef { file, index }));
        }
    }
}

/// The last part of the name that a Python file is imported by.
fn stem(path: &Utf8Path) -> Option<Name> {
    let stem = path.file_name()?.strip_suffix(".py")?;
    match stem {
        "__init__" => path.parent()?.file_name().map(Name::new),
        stem => Some(Name::new(stem)),
    }
}

fn folder_names(path: &Utf8Path) -> impl Iterator<Item = Name> {
    path.ancestors().skip(1).filter_map(Utf8Path::file_name).map(Name::new)
}

/// The folder that a path lies in, as text; empty for the project's root.
#[must_use]
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The dotted name by which the file at `path` would be imported from the project's root; a leading
/// `src` is dropped.
#[must_use]
pub fn module_name(path: &Utf8Path) -> String {
    let path = path.as_str();
    let path = path.strip_prefix("src/").unwrap_or(path);
    let path = path.strip_suffix(".py").unwrap_or(path);
    path.strip_suffix("/__init__").unwrap_or(path).replace('/', ".")
}

/// Whether the file at `path` is a test by its name or place.
#[must_use]
pub fn is_test(path: &Utf8Path) -> bool {
    let name = path.file_name().unwrap_or("");
    let in_tests = path.ancestors().skip(1).any(|folder| folder.file_name() == Some("tests"));
    in_tests || name == "conftest.py" || name.starts_with("test_") || name.ends_with("_test.py")
}
