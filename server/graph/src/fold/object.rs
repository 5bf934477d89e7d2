//! Objects that are made of the context: which of their attributes hold it.

use std::collections::BTreeMap;

use contracts::path::FieldPath;
use facts::places::FileId;
use facts::python::{
    Action, Callee, Effect, Function, Gives, Key, ParameterKind, Passed, Place, Root, Slot, Written,
};
use text::name::Name;

use super::Folder;
use super::place::Roots;
use super::state::{Path, below};
use crate::handler::{ClassRef, FunctionRef};
use crate::names::Definition;

/// By how many functions an object may be given, and how many constructors may call each other.
const LONGEST_WAY: usize = 8;

/// Classes outside the project that add no code which would touch an attribute.
const HARMLESS_BASES: [&str; 5] = ["ABC", "Generic", "NamedTuple", "Protocol", "object"];

/// Decorators by which a class gets a constructor that keeps what it is handed.
const KEEPING: [&str; 5] = ["attrs", "dataclass", "define", "frozen", "mutable"];

/// What is handed over, and which part of the followed object it is.
pub(super) type Handed = Vec<(Slot, Path)>;

/// An object that holds the context, or parts of it.
#[derive(Clone, Debug)]
pub(super) struct Object {
    /// Its class.
    pub(super) class: ClassRef,
    /// Its attributes that hold something.
    pub(super) attributes: Roots,
}

impl Folder<'_, '_> {
    /// The object that `maker` gives for what it is handed; none where that cannot be told, or where
    /// more of it may be used than can be seen.
    pub(super) fn object(&self, file: FileId, maker: &[Name], handed: Handed) -> Option<Object> {
        let (class, handed) = self.class_made(file, maker, handed)?;
        let chain = self.lookup.chain(class);
        let is_harmless = |base: &Name| {
            let last = base.as_str().rsplit('.').next().unwrap_or("");
            HARMLESS_BASES.contains(&last)
        };
        if chain.unknown || !chain.outside.iter().all(is_harmless) {
            return None;
        }
        let mut kept = Kept { folder: self, class, found: BTreeMap::new(), seen: Vec::new() };
        match self.lookup.method(class, Name::new("__init__"), None) {
            Some((owner, function)) => kept.construct(owner, function, &handed)?,
            None => kept.fields(&handed)?,
        }
        kept.others();
        let mut attributes = Roots::default();
        for (name, path) in kept.found {
            if let Some(path) = path {
                attributes.insert(Root::SelfAttribute(name), path);
            }
        }
        Some(Object { class, attributes })
    }

    /// The class of what `maker` gives, with what its constructor is handed.
    fn class_made(
        &self,
        file: FileId,
        maker: &[Name],
        handed: Handed,
    ) -> Option<(ClassRef, Handed)> {
        let (mut file, mut maker, mut handed) = (file, maker.to_vec(), handed);
        for _ in 0..LONGEST_WAY {
            let meaning = self.lookup.resolve(file, &maker);
            match meaning.definition {
                Definition::Class(class) if meaning.rest == 0 => return Some((class, handed)),
                Definition::Function(function) if meaning.rest == 0 => {
                    let facts = self.function(function)?;
                    let (inner, passed) = only_call(facts)?;
                    handed = handed_on(facts, 0, passed, &handed)?;
                    (file, maker) = (function.file, inner.to_vec());
                }
                _ => return None,
            }
        }
        None
    }

    /// Whether a method gives the object that it is called on.
    pub(super) fn gives_itself(&self, class: ClassRef, method: &str) -> bool {
        let found = self.lookup.method(class, Name::new(method), None);
        let facts = found.and_then(|(_, function)| self.function(function));
        facts.is_some_and(|facts| facts.gives == Gives::Itself)
    }
}

/// The call that is all that a function does, where it gives what that gives.
fn only_call(function: &Function) -> Option<(&[Name], &[Passed])> {
    let plain = function.class.is_none() && function.decorators.is_empty() && !function.open;
    if !plain || function.gives != Gives::Call {
        return None;
    }
    match &function.effect {
        Effect::Sequence(effects) => match &**effects {
            [Effect::Call(call), Effect::Return] => match &call.callee {
                Callee::Name(name) => Some((name, &call.passed)),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// What a call in a function hands on of what the function was handed.
fn handed_on(
    function: &Function,
    skipped: usize,
    passed: &[Passed],
    handed: &[(Slot, Path)],
) -> Option<Handed> {
    let own = parameters(function, skipped, handed)?;
    let mut on = Vec::new();
    for passed in passed {
        let Root::Parameter(parameter) = passed.place.root else {
            return None;
        };
        if let Some((_, path)) = own.iter().find(|(known, _)| *known == parameter) {
            on.push((passed.slot, below(*path, static_path(&passed.place)?)));
        }
    }
    Some(on)
}

/// The parameters that take what is handed over.
fn parameters(
    function: &Function,
    skipped: usize,
    handed: &[(Slot, Path)],
) -> Option<Vec<(u32, Path)>> {
    let taken = |(slot, path): &(Slot, Path)| Some((parameter(function, skipped, *slot)?, *path));
    handed.iter().map(taken).collect()
}

/// The index of the parameter that takes an argument.
pub(super) fn parameter(function: &Function, skipped: usize, slot: Slot) -> Option<u32> {
    let index = match slot {
        Slot::Position(position) => {
            let index = skipped + position as usize;
            let kind = function.parameters.get(index)?.kind;
            (kind == ParameterKind::Normal).then_some(index)?
        }
        Slot::Keyword(name) => function.parameters.iter().position(|parameter| {
            parameter.name == name
                && matches!(parameter.kind, ParameterKind::Normal | ParameterKind::KeywordOnly)
        })?,
        Slot::Unclear => return None,
    };
    u32::try_from(index).ok()
}

/// The part that a place is, if all its keys are written out.
pub(super) fn static_path(place: &Place) -> Option<Path> {
    let mut names = Vec::with_capacity(place.keys.len());
    for key in place.keys.iter() {
        let Key::Text(text) = key else { return None };
        names.push(*text);
    }
    Some((!names.is_empty()).then(|| FieldPath::from_segments(names)))
}

/// The bindings of attributes of `self`.
pub(super) fn bindings(effect: &Effect) -> impl Iterator<Item = (Name, &Written)> {
    effect.accesses().filter_map(|access| match (access.place.root, &access.action) {
        (Root::SelfAttribute(name), Action::Write(written)) if access.place.keys.is_empty() => {
            Some((name, written))
        }
        _ => None,
    })
}

/// The attributes of an object, as far as they are looked at.
struct Kept<'k, 'l, 'a> {
    folder: &'k Folder<'l, 'a>,
    class: ClassRef,
    /// What each attribute holds; none where that is not one thing, or nothing that is followed.
    found: BTreeMap<Name, Option<Path>>,
    /// The constructors that were looked at.
    seen: Vec<FunctionRef>,
}

impl<'a> Kept<'_, '_, 'a> {
    /// What a constructor, which stands in the class `owner`, keeps, and those that it calls.
    fn construct(
        &mut self,
        owner: ClassRef,
        function: FunctionRef,
        handed: &[(Slot, Path)],
    ) -> Option<()> {
        if self.seen.len() >= LONGEST_WAY || self.seen.contains(&function) {
            return None;
        }
        self.seen.push(function);
        let facts = self.folder.function(function)?;
        let own = parameters(facts, 1, handed)?;
        for (name, written) in bindings(&facts.effect) {
            let held = match written {
                Written::Copied(place) => match place.root {
                    Root::Parameter(parameter) => own
                        .iter()
                        .find(|(known, _)| *known == parameter)
                        .and_then(|(_, path)| Some(below(*path, static_path(place)?))),
                    _ => None,
                },
                written if is_placeholder(written) => continue,
                _ => None,
            };
            self.note(name, held);
        }
        let above = Name::new("__init__");
        for call in facts.effect.calls() {
            if call.callee == Callee::SuperMethod(above) {
                let lookup = self.folder.lookup;
                let Some((owner, next)) = lookup.method(self.class, above, Some(owner)) else {
                    continue;
                };
                let on = handed_on(facts, 1, &call.passed, handed)?;
                self.construct(owner, next, &on)?;
            }
        }
        Some(())
    }

    /// What a constructor keeps that is made of the class's fields.
    fn fields(&mut self, handed: &[(Slot, Path)]) -> Option<()> {
        let lookup = self.folder.lookup;
        let chain = lookup.chain(self.class);
        let own = lookup.class(self.class)?;
        let is_keeping = own.decorators.iter().any(|decorator| {
            decorator.callee.last().is_some_and(|name| KEEPING.contains(&name.as_str()))
        });
        let is_tuple = chain.outside.iter().any(|base| base.as_str().ends_with("NamedTuple"));
        if !is_keeping && !is_tuple {
            return None;
        }
        // Those of bases come first. A field that is made by a call may be left out of the constructor.
        let mut names: Vec<Name> = Vec::new();
        let mut in_order = true;
        for class in chain.classes.iter().rev() {
            let class = lookup.class(*class)?;
            for name in class.fields.iter().map(|field| &field.name) {
                let value = class.attributes.iter().find(|(known, ..)| known == name);
                in_order &= name.as_str() != "_"
                    && !matches!(value, Some((_, facts::python::Constant::Call(_), _)));
                if !names.contains(name) {
                    names.push(*name);
                }
            }
        }
        for (slot, path) in handed {
            let name = match slot {
                Slot::Position(position) if in_order => names.get(*position as usize)?,
                Slot::Keyword(name) if names.contains(name) => name,
                _ => return None,
            };
            self.note(*name, Some(*path));
        }
        Some(())
    }

    /// What the other methods bind to something else is not followed.
    fn others(&mut self) {
        let lookup = self.folder.lookup;
        for class in &lookup.chain(self.class).classes {
            let Some(facts) = lookup.class(*class) else { continue };
            for (_, index) in &facts.methods {
                let Ok(index) = u32::try_from(*index) else { continue };
                let function = FunctionRef { file: class.file, index };
                let Some(function) = self.other(function) else { continue };
                for (name, written) in bindings(&function.effect) {
                    let says_nothing = is_placeholder(written)
                        || matches!(written, Written::Copied(place)
                            if place.root == Root::SelfAttribute(name) && place.keys.is_empty());
                    if !says_nothing {
                        self.found.insert(name, None);
                    }
                }
            }
        }
    }

    fn other(&self, function: FunctionRef) -> Option<&'a Function> {
        (!self.seen.contains(&function)).then(|| self.folder.function(function))?
    }

    fn note(&mut self, name: Name, held: Option<Path>) {
        let known = self.found.entry(name).or_insert(held);
        if *known != held {
            *known = None;
        }
    }
}

/// Whether it stands for what is bound later.
pub(super) fn is_placeholder(written: &Written) -> bool {
    match written {
        Written::Literal(value) => value.is_sentinel(),
        Written::Dict(names, false) => names.is_empty(),
        _ => false,
    }
}
