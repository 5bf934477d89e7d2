//! Dotted names to what they mean, through imports and re-exports.
//!
//! A [`Lookup`] answers questions for one computation and remembers what was asked, so that the
//! computation is done again when an answer changes.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use facts::places::FileId;
use facts::python::{Constant, Function, Import};
use rustc_hash::{FxHashMap, FxHashSet};
use settings::settings::Settings;
use smallvec::SmallVec;
use text::name::Name;

use crate::classes::Chain;
use crate::files::Files;
use crate::handler::{ClassRef, FunctionRef};
use crate::keys::Key;
use crate::module::{Module, STAR};

mod import;

/// What a dotted name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Definition {
    /// A module of the project.
    Module(FileId),
    /// A class of the project.
    Class(ClassRef),
    /// A function or method of the project.
    Function(FunctionRef),
    /// A module-level constant, by its index.
    Constant(FileId, u32),
    /// An attribute of a class: an enum's member.
    Attribute(ClassRef, Name),
    /// Something that no file of the project defines, by its full dotted name; a builtin has
    /// `builtins` before it.
    Outside(Name),
    /// Not known.
    Unknown,
}

/// What a dotted name stands for, and how many of its last segments are still to be followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Meaning {
    /// What the followed part stands for.
    pub definition: Definition,
    /// The number of segments that were not followed.
    pub rest: usize,
}

impl Meaning {
    pub(crate) const UNKNOWN: Meaning = Meaning { definition: Definition::Unknown, rest: 0 };

    fn is_of_project(self) -> bool {
        !matches!(self.definition, Definition::Outside(_) | Definition::Unknown)
    }
}

/// Questions to the files of a project, with a record of what was asked.
pub struct Lookup<'a> {
    /// The files.
    pub files: &'a Files,
    /// The project's settings.
    pub settings: &'a Settings,
    keys: RefCell<FxHashSet<Key>>,
    missing: RefCell<BTreeSet<FileId>>,
    pub(crate) chains: RefCell<FxHashMap<ClassRef, Rc<Chain>>>,
}

/// The names that were gone through on the way to a definition: no way leads twice through one, so
/// that imports in a circle come to an end.
type Way = SmallVec<[(FileId, Name); 8]>;

/// How many names one question may go through.
const LONGEST_WAY: usize = 64;

impl<'a> Lookup<'a> {
    /// Questions to `files`; nothing was asked yet.
    #[must_use]
    pub fn new(files: &'a Files, settings: &'a Settings) -> Lookup<'a> {
        Lookup {
            files,
            settings,
            keys: RefCell::default(),
            missing: RefCell::default(),
            chains: RefCell::default(),
        }
    }

    /// What was asked, sorted, and the files that have to be read for a full answer.
    #[must_use]
    pub fn finish(self) -> (Vec<Key>, BTreeSet<FileId>) {
        let mut keys: Vec<Key> = self.keys.into_inner().into_iter().collect();
        keys.sort_unstable();
        (keys, self.missing.into_inner())
    }

    /// Notes that the answer to `key` was used.
    pub fn ask(&self, key: Key) {
        self.keys.borrow_mut().insert(key);
    }

    /// The names of a Python file; none, and noted as missing, where it has not been read.
    pub fn module(&self, file: FileId) -> Option<&'a Module> {
        self.ask(Key::Read(file));
        let known = self.files.get(file)?;
        if known.facts.is_none() {
            self.missing.borrow_mut().insert(file);
        }
        known.module.as_ref()
    }

    /// What a function's file says of it.
    pub fn function(&self, function: FunctionRef) -> Option<&'a Function> {
        let facts = self.module(function.file)?.function(function.index)?;
        self.ask(Key::Function(function.file, facts.qualified));
        Some(facts)
    }

    /// What `dotted` means in the module `file`.
    pub fn resolve(&self, file: FileId, dotted: &[Name]) -> Meaning {
        let mut way = Way::new();
        self.search(file, dotted, &mut way).unwrap_or_else(|| self.not_found(file, dotted))
    }

    /// A name that the module does not bind is a builtin, unless it may come from somewhere that
    /// cannot be seen.
    fn not_found(&self, file: FileId, dotted: &[Name]) -> Meaning {
        let Some(module) = self.module(file) else {
            return Meaning::UNKNOWN;
        };
        if module.facts().broken || self.has_outside_star(file, module) {
            return Meaning::UNKNOWN;
        }
        outside(&[Name::new("builtins")], dotted)
    }

    fn has_outside_star(&self, file: FileId, module: &Module) -> bool {
        module.stars.iter().any(|star| {
            let import = module.facts().imports.get(*star as usize);
            import.is_none_or(|import| self.locate(file, import.level, &import.module).is_none())
        })
    }

    /// What `dotted` means in the module `file`; none where the module does not bind its first name.
    fn search(&self, file: FileId, dotted: &[Name], way: &mut Way) -> Option<Meaning> {
        let (head, rest) = dotted.split_first()?;
        let Some(module) = self.module(file) else {
            return Some(Meaning::UNKNOWN);
        };
        self.ask(Key::Symbol(file, *head));
        if way.len() > LONGEST_WAY || way.contains(&(file, *head)) {
            return Some(Meaning::UNKNOWN);
        }
        way.push((file, *head));
        let Some(meanings) = module.meanings(*head) else {
            return self.search_stars(file, module, dotted, way);
        };
        if let Some(index) = meanings.class {
            return Some(self.in_class(ClassRef { file, index }, rest));
        }
        if let Some(index) = meanings.function {
            let definition = Definition::Function(FunctionRef { file, index });
            return Some(Meaning { definition, rest: rest.len() });
        }
        if !meanings.imports.is_empty() {
            let imports = meanings
                .imports
                .iter()
                .filter_map(|index| module.facts().imports.get(*index as usize));
            return Some(self.search_imports(file, imports, rest, way));
        }
        let index = meanings.constant?;
        match module.constant(index) {
            Some(Constant::Name(alias)) => {
                let whole: Vec<Name> = alias.iter().chain(rest).copied().collect();
                Some(self.search(file, &whole, way).unwrap_or_else(|| self.not_found(file, &whole)))
            }
            _ => Some(Meaning { definition: Definition::Constant(file, index), rest: rest.len() }),
        }
    }

    /// Of several imports of one name (`try: ... except ImportError: ...`) the first that leads to
    /// a file of the project is the one that can be followed.
    fn search_imports<'i>(
        &self,
        file: FileId,
        imports: impl Iterator<Item = &'i Import>,
        rest: &[Name],
        way: &mut Way,
    ) -> Meaning {
        let mut first = None;
        for import in imports {
            let meaning = self.through(file, import, rest, way);
            if meaning.is_of_project() {
                return meaning;
            }
            first = first.or(Some(meaning));
        }
        first.unwrap_or(Meaning::UNKNOWN)
    }

    fn search_stars(
        &self,
        file: FileId,
        module: &Module,
        dotted: &[Name],
        way: &mut Way,
    ) -> Option<Meaning> {
        self.ask(Key::Symbol(file, Name::new(STAR)));
        if dotted.first()?.as_str().starts_with('_') {
            return None;
        }
        // The last star wins.
        module.stars.iter().rev().find_map(|star| {
            let import = module.facts().imports.get(*star as usize)?;
            let target = self.locate(file, import.level, &import.module)?;
            self.search(target, dotted, way)
        })
    }

    /// What `rest` means in a module of its own.
    fn in_module(&self, file: FileId, rest: &[Name], way: &mut Way) -> Option<Meaning> {
        if rest.is_empty() {
            return Some(Meaning { definition: Definition::Module(file), rest: 0 });
        }
        self.search(file, rest, way)
    }

    /// What `rest` means in a class: a nested class, a method, or an attribute.
    fn in_class(&self, class: ClassRef, rest: &[Name]) -> Meaning {
        let Some((head, after)) = rest.split_first() else {
            return Meaning { definition: Definition::Class(class), rest: 0 };
        };
        if let Some(nested) = self.nested_class(class, *head) {
            return self.in_class(nested, after);
        }
        if let Some((_, method)) = self.method(class, *head, None) {
            return Meaning { definition: Definition::Function(method), rest: after.len() };
        }
        match self.attribute(class, *head) {
            Some(found) => {
                Meaning { definition: Definition::Attribute(found.class, *head), rest: after.len() }
            }
            None => Meaning::UNKNOWN,
        }
    }

    fn nested_class(&self, class: ClassRef, name: Name) -> Option<ClassRef> {
        let outer = self.class(class)?;
        let qualified = Name::new(&format!("{}.{name}", outer.name));
        self.class_named(class.file, qualified)
    }
}

/// Something outside the project, with what follows it.
fn outside(before: &[Name], rest: &[Name]) -> Meaning {
    let words: Vec<&str> = before.iter().chain(rest).map(|name| name.as_str()).collect();
    Meaning { definition: Definition::Outside(Name::new(&words.join("."))), rest: 0 }
}
