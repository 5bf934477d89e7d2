//! The names of one Python module, indexed.

use std::collections::BTreeMap;
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
    names: BTreeMap<Name, Meanings>,
    functions: BTreeMap<Name, SmallVec<[u32; 1]>>,
    /// Star imports, in order.
    pub stars: Vec<u32>,
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
        let mut names: BTreeMap<Name, Meanings> = BTreeMap::new();
        let mut functions: BTreeMap<Name, SmallVec<[u32; 1]>> = BTreeMap::new();
        let mut stars = Vec::new();
        for (index, import) in (0..).zip(&facts.imports) {
            if import.binding == star {
                stars.push(index);
            } else {
                names.entry(import.binding).or_default().imports.push(index);
            }
        }
        for (index, (name, _)) in (0..).zip(&facts.constants) {
            names.entry(*name).or_default().constant = Some(index);
        }
        for (index, class) in (0..).zip(&facts.classes) {
            names.entry(class.name).or_default().class = Some(index);
        }
        for (index, function) in (0..).zip(&facts.functions) {
            functions.entry(function.qualified).or_default().push(index);
            if function.class.is_none() && function.name == function.qualified {
                names.entry(function.name).or_default().function = Some(index);
            }
        }
        Some(Module {
            names,
            functions,
            stars,
            file,
        })
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
    pub fn meanings(&self, name: Name) -> Option<&Meanings> {
        self.names.get(&name)
    }

    /// The constant with this index.
    #[must_use]
    pub fn constant(&self, index: u32) -> Option<&Constant> {
        self.facts()
            .constants
            .get(index as usize)
            .map(|(_, value)| value)
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
    for name in union(
        old.map(|module| &module.names),
        new.map(|module| &module.names),
    ) {
        if !same_symbol(name, old, new) {
            keys.push(Key::Symbol(file, name));
        }
    }
    for name in union(
        old.map(|module| &module.functions),
        new.map(|module| &module.functions),
    ) {
        if !same_functions(name, old, new) {
            keys.push(Key::Function(file, name));
        }
    }
    if !same_stars(old, new) {
        keys.push(Key::Symbol(file, Name::new(STAR)));
    }
}

fn union<V>(old: Option<&BTreeMap<Name, V>>, new: Option<&BTreeMap<Name, V>>) -> Vec<Name> {
    let mut names: Vec<Name> = [old, new]
        .into_iter()
        .flatten()
        .flat_map(BTreeMap::keys)
        .copied()
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn same_symbol(name: Name, old: Option<&Module>, new: Option<&Module>) -> bool {
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    let (Some(before), Some(after)) = (old.meanings(name), new.meanings(name)) else {
        return false;
    };
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
        .filter_map(|(_, index)| Some(module.facts().functions.get(*index)?.decorators.as_slice()))
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

fn same_functions(name: Name, old: Option<&Module>, new: Option<&Module>) -> bool {
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    let (Some(before), Some(after)) = (old.functions.get(&name), new.functions.get(&name)) else {
        return false;
    };
    before == after
        && before.iter().zip(after).all(|(before, after)| {
            match (old.function(*before), new.function(*after)) {
                (Some(before), Some(after)) => Arc::ptr_eq(before, after) || before == after,
                _ => false,
            }
        })
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
