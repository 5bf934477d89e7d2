//! Who is called.

use facts::places::FileId;
use facts::python::{Callee, Constant, Function};
use text::name::Name;

use super::Walk;
use crate::fold::Unit;
use crate::fold::known::{Doing, doing};
use crate::fold::place::Roots;
use crate::handler::{ClassRef, FunctionRef};
use crate::names::Definition;

/// Who is called.
pub(super) enum Target {
    /// A function of the project.
    Function(Callable),
    /// One outside whose doings are known.
    Known(Doing),
    /// What an object does of itself with what it holds.
    Holder(Roots),
    /// Somebody who cannot be seen.
    Unknown,
}

/// A function of the project, as it is called.
pub(super) struct Callable {
    pub(super) function: FunctionRef,
    /// The class that `self` is of there.
    pub(super) class: Option<ClassRef>,
    /// How many parameters stand before the first argument.
    pub(super) skipped: usize,
    /// Whether `self` there is `self` here.
    pub(super) same_self: bool,
    /// What `self` holds there, where that is another one.
    pub(super) held: Roots,
}

impl Callable {
    /// The function with what it is handed.
    pub(super) fn unit(&self, roots: Roots) -> Unit {
        Unit { function: self.function, class: self.class, roots }
    }
}

impl<'a> Walk<'_, '_, 'a> {
    pub(super) fn target(&mut self, callee: &'a Callee) -> Target {
        match callee {
            Callee::Name(dotted) => self.named(dotted),
            Callee::SelfMethod(name) => self.own_method(*name, None),
            Callee::SuperMethod(name) => {
                let Some(class) = self.defining_class() else {
                    return Target::Unknown;
                };
                self.own_method(*name, Some(class))
            }
            Callee::Nested(index) => Target::Function(Callable {
                function: FunctionRef { file: self.unit.function.file, index: *index },
                class: self.unit.class,
                skipped: 0,
                same_self: true,
                held: Roots::default(),
            }),
            Callee::Made(made) => self.made(made),
            Callee::Member(member) => self.member(member),
            Callee::Unknown => Target::Unknown,
        }
    }

    pub(super) fn named(&mut self, dotted: &[Name]) -> Target {
        let lookup = self.folder.lookup;
        let meaning = lookup.resolve(self.unit.function.file, dotted);
        match meaning.definition {
            Definition::Function(function) if meaning.rest == 0 => self.plain(function, dotted),
            Definition::Class(class) if meaning.rest == 0 => {
                match lookup.method(class, Name::new("__init__"), None) {
                    Some((_, function)) => Target::Function(Callable {
                        function,
                        class: Some(class),
                        skipped: 1,
                        same_self: false,
                        held: Roots::default(),
                    }),
                    None => Target::Unknown,
                }
            }
            Definition::Constant(file, index) if meaning.rest == 1 => {
                self.method_of_constant(file, index, dotted)
            }
            Definition::Outside(name) => {
                doing(name.as_str()).map_or(Target::Unknown, Target::Known)
            }
            _ => Target::Unknown,
        }
    }

    /// A method of what a module-level name holds, where that is made by a call:
    /// `STORE = Store()`, and here `STORE.put(context)`.
    fn method_of_constant(&self, file: FileId, index: u32, dotted: &[Name]) -> Target {
        let lookup = self.folder.lookup;
        let made = lookup.module(file).and_then(|module| module.constant(index));
        let (Some(Constant::Call(made)), Some(name)) = (made, dotted.last()) else {
            return Target::Unknown;
        };
        match lookup.resolve(file, &made.callee).definition {
            Definition::Class(class) => match lookup.method(class, *name, None) {
                Some((_, function)) => self.method_of(function, class),
                None => Target::Unknown,
            },
            // What a module makes whose functions only read, is taken to only read as well.
            Definition::Outside(maker) => {
                doing(maker.as_str()).map_or(Target::Unknown, Target::Known)
            }
            _ => Target::Unknown,
        }
    }

    /// A method called on an object of this class that is not `self`.
    fn method_of(&self, function: FunctionRef, class: ClassRef) -> Target {
        let Some(facts) = self.folder.function(function) else {
            return Target::Unknown;
        };
        let skipped = usize::from(!is_static(facts));
        let held = Roots::default();
        Target::Function(Callable { function, class: Some(class), skipped, same_self: false, held })
    }

    /// A function called by its name, `Class.method` included.
    fn plain(&mut self, function: FunctionRef, dotted: &[Name]) -> Target {
        let Some(facts) = self.folder.function(function) else {
            return Target::Unknown;
        };
        if facts.class.is_none() {
            return Target::Function(Callable {
                function,
                class: None,
                skipped: 0,
                same_self: false,
                held: Roots::default(),
            });
        }
        let lookup = self.folder.lookup;
        let outer = dotted.split_last().map_or(dotted, |(_, outer)| outer);
        let meaning = lookup.resolve(self.unit.function.file, outer);
        let Definition::Class(class) = meaning.definition else {
            return Target::Unknown;
        };
        // `Base.method(self, context)` goes on with the `self` at hand.
        let own = self.unit.class.filter(|own| lookup.chain(*own).classes.contains(&class));
        Target::Function(Callable {
            function,
            class: own.or(Some(class)),
            skipped: usize::from(!is_static(facts)),
            same_self: own.is_some() && !is_static(facts),
            held: Roots::default(),
        })
    }

    fn own_method(&mut self, name: Name, after: Option<ClassRef>) -> Target {
        let lookup = self.folder.lookup;
        let Some(class) = self.unit.class.or_else(|| self.defining_class()) else {
            return Target::Unknown;
        };
        if let Some((_, function)) = lookup.method(class, name, after) {
            let Some(facts) = self.folder.function(function) else {
                return Target::Unknown;
            };
            let skipped = usize::from(!is_static(facts));
            return Target::Function(Callable {
                function,
                class: Some(class),
                skipped,
                same_self: true,
                held: Roots::default(),
            });
        }
        // `object` has nothing that would touch a context.
        if after.is_some() && !lookup.chain(class).leads_out() {
            return Target::Known(Doing::Nothing);
        }
        Target::Unknown
    }

    /// The class in whose body this function stands.
    fn defining_class(&self) -> Option<ClassRef> {
        let file = self.unit.function.file;
        let name = self.function.class.or_else(|| {
            let outer = self.function.qualified.as_str().split(".<locals>").next()?;
            outer.rsplit_once('.').map(|(class, _)| Name::new(class))
        })?;
        self.folder.lookup.class_named(file, name)
    }
}

pub(super) fn is_static(function: &Function) -> bool {
    function
        .decorators
        .iter()
        .any(|call| call.callee.last().is_some_and(|name| name.as_str() == "staticmethod"))
}
