//! Classes, their bases, and what they inherit.

use std::rc::Rc;

use facts::places::{FileId, LocalAnchor};
use facts::python::{Class, Constant, Function};
use rustc_hash::FxHashSet;
use text::name::Name;

use crate::files::module_name;
use crate::handler::{ClassRef, FunctionRef};
use crate::keys::Key;
use crate::names::{Definition, Lookup};

/// The end of the name of every class that is a handler by its name.
const HANDLER_SUFFIX: &str = "PhaseHandler";

/// Attributes that only a handler has.
const HANDLER_ATTRIBUTES: [&str; 3] = ["context_requires", "context_produces", "context_contract"];

/// How many classes a class may inherit from.
const LONGEST_CHAIN: usize = 64;

/// A class and what it inherits from, in the order in which Python looks (its own bases from left
/// to right, each with its bases).
#[derive(Debug, Default)]
pub struct Chain {
    /// The class and its bases of the project.
    pub classes: Vec<ClassRef>,
    /// Bases that the project does not define, by their dotted names.
    pub outside: Vec<Name>,
    /// Whether a base could not be made out at all.
    pub unknown: bool,
}

impl Chain {
    /// Whether methods may be inherited from code that cannot be seen.
    #[must_use]
    pub fn leads_out(&self) -> bool {
        self.unknown || self.outside.iter().any(|base| base.as_str() != "builtins.object")
    }
}

/// An attribute of a class.
#[derive(Clone, Copy, Debug)]
pub struct Attribute<'a> {
    /// The class whose body binds it.
    pub class: ClassRef,
    /// Its value.
    pub value: &'a Constant,
    /// Its place.
    pub at: LocalAnchor,
}

impl<'a> Lookup<'a> {
    /// What a class's file says of it.
    pub fn class(&self, class: ClassRef) -> Option<&'a Class> {
        let found = self.module(class.file)?.facts().classes.get(class.index as usize)?;
        self.ask(Key::Symbol(class.file, found.name));
        Some(found)
    }

    /// The class of this name, dotted if it is nested, that a file defines at module level.
    pub fn class_named(&self, file: FileId, name: Name) -> Option<ClassRef> {
        self.ask(Key::Symbol(file, name));
        let index = self.module(file)?.meanings(name)?.class?;
        Some(ClassRef { file, index })
    }

    /// A class and what it inherits from.
    pub fn chain(&self, class: ClassRef) -> Rc<Chain> {
        if let Some(known) = self.chains.borrow().get(&class) {
            return Rc::clone(known);
        }
        let mut chain = Chain::default();
        self.extend_chain(class, &mut chain);
        let chain = Rc::new(chain);
        self.chains.borrow_mut().insert(class, Rc::clone(&chain));
        chain
    }

    fn extend_chain(&self, class: ClassRef, chain: &mut Chain) {
        if chain.classes.contains(&class) {
            return;
        }
        if chain.classes.len() >= LONGEST_CHAIN {
            chain.unknown = true;
            return;
        }
        chain.classes.push(class);
        let Some(facts) = self.class(class) else {
            chain.unknown = true;
            return;
        };
        chain.unknown |= facts.broken;
        for base in &facts.bases {
            let meaning = self.resolve(class.file, base);
            match meaning.definition {
                Definition::Class(base) if meaning.rest == 0 => self.extend_chain(base, chain),
                Definition::Outside(name) => chain.outside.push(name),
                _ => {
                    chain.unknown = true;
                    chain.outside.extend(base.last());
                }
            }
        }
    }

    /// The method of a class, and the class that defines it. With `after`, the one that
    /// `super()` in that class means.
    pub fn method(
        &self,
        class: ClassRef,
        name: Name,
        after: Option<ClassRef>,
    ) -> Option<(ClassRef, FunctionRef)> {
        let chain = self.chain(class);
        let start = match after {
            Some(after) => chain.classes.iter().position(|class| *class == after)? + 1,
            None => 0,
        };
        chain.classes.iter().skip(start).find_map(|class| {
            let methods = &self.class(*class)?.methods;
            let (_, index) = methods.iter().rev().find(|(known, _)| *known == name)?;
            let index = u32::try_from(*index).ok()?;
            Some((*class, FunctionRef { file: class.file, index }))
        })
    }

    /// An attribute of a class, its own or inherited.
    pub fn attribute(&self, class: ClassRef, name: Name) -> Option<Attribute<'a>> {
        self.chain(class).classes.iter().find_map(|class| {
            let attributes = &self.class(*class)?.attributes;
            let (_, value, at) = attributes.iter().rev().find(|(known, ..)| *known == name)?;
            Some(Attribute { class: *class, value, at: *at })
        })
    }

    /// Whether a class leaves an abstract method to those that inherit from it, and so is never made.
    pub fn is_abstract(&self, class: ClassRef) -> bool {
        let mut seen = FxHashSet::default();
        self.chain(class).classes.iter().any(|class| {
            let Some(facts) = self.class(*class) else {
                return false;
            };
            let Some(module) = self.module(class.file) else {
                return false;
            };
            facts.methods.iter().rev().any(|(name, index)| {
                let is_first = seen.insert(*name);
                let function = module.facts().functions.get(*index);
                is_first && function.is_some_and(|function| is_abstract_method(function))
            })
        })
    }

    /// Whether a class is a handler.
    pub fn is_handler(&self, class: ClassRef) -> bool {
        let chain = self.chain(class);
        chain.classes.iter().any(|class| self.makes_handlers(*class))
            || chain.outside.iter().any(|name| self.is_handler_base(name.as_str()))
    }

    /// Whether a class of the project, and so whatever inherits from it, is a handler.
    fn makes_handlers(&self, class: ClassRef) -> bool {
        let Some(facts) = self.class(class) else {
            return false;
        };
        facts.name.as_str().ends_with(HANDLER_SUFFIX)
            || facts.attributes.iter().any(|(name, ..)| HANDLER_ATTRIBUTES.contains(&name.as_str()))
            || facts.decorators.iter().any(|decorator| self.is_handler_decorator(&decorator.callee))
            || self.is_listed_base(class, facts.name)
    }

    fn is_handler_base(&self, dotted: &str) -> bool {
        let last = dotted.rsplit('.').next().unwrap_or(dotted);
        last.ends_with(HANDLER_SUFFIX)
            || self.settings.python.handler_bases.iter().any(|base| names(&base.value, dotted))
    }

    /// Whether settings list a class of the project itself.
    pub(crate) fn is_listed_base(&self, class: ClassRef, name: Name) -> bool {
        let bases = &self.settings.python.handler_bases;
        if bases.is_empty() {
            return false;
        }
        let dotted = format!("{}.{name}", module_name(self.files.path(class.file)));
        bases.iter().any(|base| names(&base.value, &dotted))
    }

    /// Whether settings say that this decorator makes a handler.
    pub fn is_handler_decorator(&self, dotted: &[Name]) -> bool {
        let decorators = &self.settings.python.handler_decorators;
        if decorators.is_empty() {
            return false;
        }
        let words: Vec<&str> = dotted.iter().map(|name| name.as_str()).collect();
        let dotted = words.join(".");
        decorators.iter().any(|known| names(&known.value, &dotted) || names(&dotted, &known.value))
    }
}

fn is_abstract_method(function: &Function) -> bool {
    function
        .decorators
        .iter()
        .any(|call| call.callee.last().is_some_and(|name| name.as_str() == "abstractmethod"))
}

/// Whether `listed`, a name or one with its module before it, means what is called `dotted` in full.
fn names(listed: &str, dotted: &str) -> bool {
    dotted.strip_suffix(listed).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}
