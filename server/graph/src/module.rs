//! The names of one Python module, indexed.

use std::sync::{Arc, LazyLock};

use facts::file::FileFacts;
use facts::places::FileId;
use facts::python::{Constant, ConstantCall, Function, Import, PythonFacts};
use smallvec::SmallVec;
use text::name::Name;

use crate::keys::Key;

/// The name that stands for all star imports of a module.
pub(crate) const STAR: &str = "*";

/// One Python module.
#[derive(Debug)]
pub struct Module {
    file: Arc<FileFacts>,
    /// What binds each name at module level, by name. One slice: a workspace has many modules, and
    /// most of them have few names.
    names: Box<[(Name, Item)]>,
    /// Star imports, in order.
    pub stars: Box<[u32]>,
}

/// One thing that binds a name, by its index in the facts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Item {
    Import(u32),
    Constant(u32),
    Class(u32),
    Function(u32),
}

/// What a module-level name may stand for, as indices into the facts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Meanings {
    /// The last class of this name.
    pub class: Option<u32>,
    /// The last function of this name.
    pub function: Option<u32>,
    /// The constant of this name.
    pub constant: Option<u32>,
    /// Imports that bind it.
    pub imports: SmallVec<[u32; 1]>,
}

impl Module {
    /// The index of a file's names; none where it is no Python file.
    #[must_use]
    pub fn new(file: Arc<FileFacts>) -> Option<Module> {
        let facts = file.python.as_deref()?;
        let star = Name::new(STAR);
        let imports = || (0..).zip(&facts.imports);
        let stars = imports().filter(|(_, import)| import.binding == star).map(|(index, _)| index);
        let mut names: Vec<(Name, Item)> = imports()
            .filter(|(_, import)| import.binding != star)
            .map(|(index, import)| (import.binding, Item::Import(index)))
            .collect();
        let constants = (0..).zip(&facts.constants);
        names.extend(constants.map(|(index, (name, _))| (*name, Item::Constant(index))));
        let classes = (0..).zip(&facts.classes);
        names.extend(classes.map(|(index, class)| (class.name, Item::Class(index))));
        let functions = (0..).zip(&facts.functions);
        names.extend(
            functions
                .filter(|(_, function)| {
                    function.class.is_none() && function.name == function.qualified
                })
                .map(|(index, function)| (function.name, Item::Function(index))),
        );
        names.sort_unstable();
        Some(Module { names: names.into_boxed_slice(), stars: stars.collect(), file })
    }

    /// What the file says.
    #[must_use]
    pub fn facts(&self) -> &PythonFacts {
        static NOTHING: LazyLock<PythonFacts> = LazyLock::new(PythonFacts::default);
        self.file.python.as_deref().unwrap_or_else(|| &NOTHING)
    }

    /// Whether this is the index of `file`.
    #[must_use]
    pub fn is_of(&self, file: &Arc<FileFacts>) -> bool {
        Arc::ptr_eq(&self.file, file)
    }

    /// What `name` may stand for.
    #[must_use]
    pub fn meanings(&self, name: Name) -> Option<Meanings> {
        let from = self.names.partition_point(|(known, _)| *known < name);
        let of_name = self.names[from..].iter().take_while(|(known, _)| *known == name);
        let mut meanings = None;
        for (_, item) in of_name {
            let meanings = meanings.get_or_insert_with(Meanings::default);
            match *item {
                Item::Import(index) => meanings.imports.push(index),
                Item::Constant(index) => meanings.constant = Some(index),
                Item::Class(index) => meanings.class = Some(index),
                Item::Function(index) => meanings.function = Some(index),
            }
        }
        meanings
    }

    fn names(&self) -> impl Iterator<Item = Name> {
        self.names.iter().map(|(name, _)| *name)
    }

    /// The functions by qualified name; those of one name in their order.
    fn by_qualified_name(&self) -> Vec<(Name, u32)> {
        let functions = (0..).zip(&self.facts().functions);
        let mut all: Vec<(Name, u32)> =
            functions.map(|(index, function)| (function.qualified, index)).collect();
        all.sort_unstable();
        all
    }

    /// The constant with this index.
    #[must_use]
    pub fn constant(&self, index: u32) -> Option<&Constant> {
        self.facts().constants.get(index as usize).map(|(_, value)| value)
    }

    /// The function with this index.
    #[must_use]
    pub fn function(&self, index: u32) -> Option<&Arc<Function>> {
        self.facts().functions.get(index as usize)
    }

    fn import(&self, index: u32) -> Option<&Import> {
        self.facts().imports.get(index as usize)
    }
}

/// Adds the keys whose answers differ between two states of a file; none is a file without facts.
pub(crate) fn differences(
    file: FileId,
    old: Option<&Module>,
    new: Option<&Module>,
    keys: &mut Vec<Key>,
) {
    if old.is_some() != new.is_some() {
        keys.push(Key::Read(file));
    }
    let mut names: Vec<Name> = [old, new].into_iter().flatten().flat_map(Module::names).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        if !same_symbol(name, old, new) {
            keys.push(Key::Symbol(file, name));
        }
    }
    function_differences(file, old, new, keys);
    if !same_builders(old, new) {
        keys.push(Key::Builders(file));
    }
    if !same_stars(old, new) {
        keys.push(Key::Symbol(file, Name::new(STAR)));
    }
}

fn function_differences(
    file: FileId,
    old: Option<&Module>,
    new: Option<&Module>,
    keys: &mut Vec<Key>,
) {
    let (before, after) =
        [old, new].map(|module| module.map(Module::by_qualified_name).unwrap_or_default()).into();
    let mut names: Vec<Name> = before.iter().chain(&after).map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let before = (old, of_name(&before, name));
        let after = (new, of_name(&after, name));
        if !same_functions(before, after) {
            keys.push(Key::Function(file, name));
        }
    }
}

/// The part of `all`, which is sorted, that is about `name`.
fn of_name(all: &[(Name, u32)], name: Name) -> &[(Name, u32)] {
    let from = all.partition_point(|(known, _)| *known < name);
    let to = all.partition_point(|(known, _)| *known <= name);
    &all[from..to]
}

fn same_symbol(name: Name, old: Option<&Module>, new: Option<&Module>) -> bool {
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    let (Some(before), Some(after)) = (old.meanings(name), new.meanings(name)) else {
        return false;
    };
    let (before, after) = (&before, &after);
    before.class == after.class
        && before.function == after.function
        && class(old, before) == class(new, after)
        && decorators(old, before).eq(decorators(new, after))
        && constant(old, before) == constant(new, after)
        && same_imports(old, &before.imports, new, &after.imports)
}

fn class<'m>(module: &'m Module, meanings: &Meanings) -> Option<&'m facts::python::Class> {
    module.facts().classes.get(meanings.class? as usize)
}

/// The decorators of a class's methods: they say what kind of methods these are.
fn decorators<'m>(
    module: &'m Module,
    meanings: &Meanings,
) -> impl Iterator<Item = &'m [ConstantCall]> {
    let methods = class(module, meanings).map_or(&[][..], |class| &class.methods);
    methods
        .iter()
        .filter_map(|(_, index)| Some(module.facts().functions.get(*index)?.decorators.as_ref()))
}

fn constant<'m>(module: &'m Module, meanings: &Meanings) -> Option<&'m Constant> {
    module.constant(meanings.constant?)
}

/// Where an import stands does not matter to what it binds.
fn same_imports(old: &Module, before: &[u32], new: &Module, after: &[u32]) -> bool {
    before.len() == after.len()
        && before.iter().zip(after).all(|(before, after)| {
            let (Some(before), Some(after)) = (old.import(*before), new.import(*after)) else {
                return false;
            };
            before.level == after.level
                && before.module == after.module
                && before.item == after.item
        })
}

type Named<'m> = (Option<&'m Module>, &'m [(Name, u32)]);

fn same_functions((old, before): Named<'_>, (new, after): Named<'_>) -> bool {
    let function = |module: Option<&'_ Module>, index| Some(Arc::clone(module?.function(index)?));
    before == after
        && before.iter().zip(after).all(|((_, before), (_, after))| {
            match (function(old, *before), function(new, *after)) {
                (Some(before), Some(after)) => Arc::ptr_eq(&before, &after) || before == after,
                _ => false,
            }
        })
}

fn same_builders(old: Option<&Module>, new: Option<&Module>) -> bool {
    let has_none =
        |module: Option<&Module>| module.is_none_or(|module| module.facts().builders.is_empty());
    match (old, new) {
        (Some(old), Some(new)) => old.facts().builders == new.facts().builders,
        _ => has_none(old) && has_none(new),
    }
}

fn same_stars(old: Option<&Module>, new: Option<&Module>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => {
            old.facts().broken == new.facts().broken
                && same_imports(old, &old.stars, new, &new.stars)
        }
        (None, None) => true,
        (Some(only), None) | (None, Some(only)) => only.stars.is_empty() && !only.facts().broken,
    }
}
