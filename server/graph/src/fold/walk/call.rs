//! Calls: who is called, and what comes of it here.

use contracts::path::FieldPath;
use facts::places::Anchor;
use facts::python::{Call, Callee, Function, ParameterKind, Passed, Root, Slot};
use text::name::Name;

use super::{Point, Walk, leave};
use crate::fold::Unit;
use crate::fold::known::{Doing, doing};
use crate::fold::place::{Fields, Roots};
use crate::fold::record::{Dropping, Folded, Reading, Writing};
use crate::fold::state::{Path, State, below};
use crate::handler::{ClassRef, FunctionRef};
use crate::names::Definition;
use crate::summary::{Site, Strength, WrittenValue};

/// Who is called.
enum Target {
    Function {
        function: FunctionRef,
        /// The class that `self` is of there.
        class: Option<ClassRef>,
        /// How many parameters stand before the first argument.
        skipped: usize,
        /// Whether `self` there is `self` here.
        same_self: bool,
    },
    Known(Doing),
    Unknown,
}

/// How a callee's doings are seen from here.
#[derive(Clone, Copy)]
struct View {
    /// The call.
    call: Anchor,
    /// The part that the callee was handed.
    prefix: Path,
    /// Whether the call is made for this part, and not for one of several.
    certain: bool,
}

impl<'a> Walk<'_, '_, 'a> {
    pub(super) fn call(&mut self, call: &'a Call, mut state: Box<State>) -> Point {
        let handed: Vec<(&Passed, Fields)> = call
            .passed
            .iter()
            .filter_map(|passed| Some((passed, self.fields(&passed.place)?)))
            .collect();
        match self.target(&call.callee) {
            Target::Known(Doing::Nothing) => Some(state),
            Target::Known(Doing::Reads) => {
                let site = self.site(call.at);
                if handed.iter().any(|(_, fields)| is_whole(fields)) {
                    self.record.open_reads(&site);
                }
                Some(state)
            }
            Target::Unknown => {
                self.let_go(call, &handed);
                Some(state)
            }
            Target::Function {
                function,
                class,
                skipped,
                same_self,
            } => {
                let Some(facts) = self.folder.function(function) else {
                    self.let_go(call, &handed);
                    return Some(state);
                };
                let mut roots = Roots::default();
                if same_self {
                    self.hand_self(&call.callee, &mut roots);
                }
                let several = handed.iter().any(|(_, fields)| fields.paths.len() != 1);
                let mut returns = true;
                for (passed, fields) in &handed {
                    let Some(parameter) = parameter(facts, skipped, passed.slot) else {
                        self.let_go_of(call, fields);
                        continue;
                    };
                    if fields.open {
                        self.open_call(call, function, class, parameter);
                    }
                    let root = Root::Parameter(parameter);
                    if !several {
                        fields
                            .paths
                            .iter()
                            .for_each(|path| roots.insert(root, *path));
                        continue;
                    }
                    let certain = !fields.choice || self.loops > 0;
                    for path in &fields.paths {
                        let mut alone = roots.clone();
                        alone.insert(root, *path);
                        let unit = Unit {
                            function,
                            class,
                            roots: alone,
                        };
                        returns &= self.enter(call, unit, certain, &mut state);
                    }
                }
                if !several && !roots.is_empty() {
                    returns &= self.enter(
                        call,
                        Unit {
                            function,
                            class,
                            roots,
                        },
                        true,
                        &mut state,
                    );
                }
                if returns {
                    Some(state)
                } else {
                    leave(&mut self.exits.raises, state)
                }
            }
        }
    }

    /// Applies what a function does; whether it returns.
    fn enter(&mut self, call: &'a Call, unit: Unit, certain: bool, state: &mut State) -> bool {
        let Unit {
            function,
            class,
            roots,
        } = unit;
        let (roots, prefix) = roots.normalised();
        let folded = self.folder.fold(&Unit {
            function,
            class,
            roots,
        });
        let view = View {
            call: self.anchor(call.at),
            prefix,
            certain,
        };
        self.apply(&folded, view, state);
        folded.returns || !certain
    }

    fn apply(&mut self, folded: &Folded, view: View, state: &mut State) {
        for read in &folded.reads {
            let site = view.site(&read.site);
            let path = below(view.prefix, read.path);
            let strength = match &read.strength {
                Strength::Hard if !view.certain => Strength::Soft,
                strength => strength.clone(),
            };
            if read.exposed {
                self.read(path, strength, &site, state);
            } else {
                self.record.read(Reading {
                    path,
                    strength,
                    exposed: false,
                    site,
                });
            }
        }
        for drop in &folded.drops {
            let path = match (view.prefix, drop.path) {
                (Some(prefix), None) => Some(prefix.child(Name::new("*"))),
                (prefix, path) => below(prefix, path),
            };
            let must = drop.must && view.certain;
            let site = view.site(&drop.site);
            self.record.drop(Dropping { path, must, site }, state);
        }
        self.apply_writes(folded, view, state);
        if view.certain {
            for path in &folded.ensured {
                below(view.prefix, Some(*path))
                    .into_iter()
                    .for_each(|path| state.assume(path));
            }
        }
        if let Some(site) = &folded.open_reads
            && view.prefix.is_none()
        {
            self.record.open_reads(&view.site(site));
        }
        if let Some(site) = &folded.open_writes {
            let site = view.site(site);
            match view.prefix {
                None => self.record.open_writes(&site),
                Some(path) => self.record.open_part(path, &site),
            }
        }
        for (path, site) in &folded.open_parts {
            let path = below(view.prefix, Some(*path));
            path.into_iter()
                .for_each(|path| self.record.open_part(path, &view.site(site)));
        }
    }

    /// One path may have two writes that stand, each on a way of its own; so all that went before
    /// goes first, parents before their parts, and then all of them stand.
    fn apply_writes(&mut self, folded: &Folded, view: View, state: &mut State) {
        let mut paths: Vec<(FieldPath, bool)> = folded
            .writes
            .iter()
            .filter_map(|write| Some((below(view.prefix, write.path)?, write.must && view.certain)))
            .collect();
        paths.sort_by_key(|(path, _)| path.segments().len());
        for (path, must) in paths {
            self.record.settle_write(path, must, state);
        }
        for write in &folded.writes {
            let path = below(view.prefix, write.path);
            let must = write.must && view.certain;
            let value = seen(&write.value, view.prefix);
            let writing = Writing {
                path,
                must,
                value,
                site: view.site(&write.site),
            };
            let number = self.record.write(writing);
            number
                .into_iter()
                .for_each(|number| state.writes.add(number));
        }
    }

    fn target(&mut self, callee: &Callee) -> Target {
        match callee {
            Callee::Name(dotted) => self.named(dotted),
            Callee::SelfMethod(name) => self.own_method(*name, None),
            Callee::SuperMethod(name) => {
                let Some(class) = self.defining_class() else {
                    return Target::Unknown;
                };
                self.own_method(*name, Some(class))
            }
            Callee::Nested(index) => Target::Function {
                function: FunctionRef {
                    file: self.unit.function.file,
                    index: *index,
                },
                class: self.unit.class,
                skipped: 0,
                same_self: true,
            },
            Callee::Unknown => Target::Unknown,
        }
    }

    fn named(&mut self, dotted: &[Name]) -> Target {
        let lookup = self.folder.lookup;
        let meaning = lookup.resolve(self.unit.function.file, dotted);
        match meaning.definition {
            Definition::Function(function) if meaning.rest == 0 => self.plain(function, dotted),
            Definition::Class(class) if meaning.rest == 0 => {
                match lookup.method(class, Name::new("__init__"), None) {
                    Some((_, function)) => Target::Function {
                        function,
                        class: Some(class),
                        skipped: 1,
                        same_self: false,
                    },
                    None => Target::Unknown,
                }
            }
            Definition::Outside(name) => {
                doing(name.as_str()).map_or(Target::Unknown, Target::Known)
            }
            _ => Target::Unknown,
        }
    }

    /// A function called by its name, `Class.method` included.
    fn plain(&mut self, function: FunctionRef, dotted: &[Name]) -> Target {
        let Some(facts) = self.folder.function(function) else {
            return Target::Unknown;
        };
        if facts.class.is_none() {
            return Target::Function {
                function,
                class: None,
                skipped: 0,
                same_self: false,
            };
        }
        let lookup = self.folder.lookup;
        let outer = dotted.split_last().map_or(dotted, |(_, outer)| outer);
        let class = match lookup.resolve(self.unit.function.file, outer).definition {
            Definition::Class(class) => class,
            _ => return Target::Unknown,
        };
        // `Base.method(self, context)` goes on with the `self` at hand.
        let own = self
            .unit
            .class
            .filter(|own| lookup.chain(*own).classes.contains(&class));
        Target::Function {
            function,
            class: own.or(Some(class)),
            skipped: usize::from(!is_static(facts)),
            same_self: own.is_some() && !is_static(facts),
        }
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
            return Target::Function {
                function,
                class: Some(class),
                skipped,
                same_self: true,
            };
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

    /// What is followed through `self`, and through the variables that a nested function sees.
    fn hand_self(&self, callee: &Callee, roots: &mut Roots) {
        let captures = matches!(callee, Callee::Nested(_));
        for (root, path) in self.unit.roots.iter() {
            match root {
                Root::SelfAttribute(_) => roots.insert(root, path),
                Root::Parameter(index) if captures => {
                    roots.insert(Root::Captured(self.unit.function.index, index), path);
                }
                Root::Captured(..) if captures => roots.insert(root, path),
                Root::Parameter(_) | Root::Captured(..) => {}
            }
        }
    }

    /// Everything handed over goes where it cannot be seen.
    fn let_go(&mut self, call: &Call, handed: &[(&Passed, Fields)]) {
        for (_, fields) in handed {
            self.let_go_of(call, fields);
        }
        // `self` itself: whoever has it, has what it holds.
        let hands_self = self.function.class.is_some()
            && call.passed.iter().any(|passed| {
                passed.place.keys.is_empty() && passed.place.root == Root::Parameter(0)
            });
        if hands_self {
            let site = self.site(call.at);
            let held: Vec<Path> = self
                .unit
                .roots
                .iter()
                .filter(|(root, _)| matches!(root, Root::SelfAttribute(_)))
                .map(|(_, path)| path)
                .collect();
            held.into_iter().for_each(|path| self.escape(path, &site));
        }
    }

    fn let_go_of(&mut self, call: &Call, fields: &Fields) {
        let site = self.site(call.at);
        if fields.open {
            self.record.open_reads(&site);
        }
        fields
            .paths
            .iter()
            .for_each(|path| self.escape(*path, &site));
    }

    /// A part that is not known which: what is read in it is one more unknown read, and what is
    /// written one more unknown write.
    fn open_call(
        &mut self,
        call: &Call,
        function: FunctionRef,
        class: Option<ClassRef>,
        parameter: u32,
    ) {
        let mut roots = Roots::default();
        roots.insert(Root::Parameter(parameter), None);
        let folded = self.folder.fold(&Unit {
            function,
            class,
            roots,
        });
        let site = self.site(call.at);
        self.record.open_reads(&site);
        let writes = !folded.writes.is_empty()
            || !folded.drops.is_empty()
            || folded.open_writes.is_some()
            || !folded.open_parts.is_empty();
        if writes {
            self.record.open_writes(&site);
        }
    }
}

impl View {
    /// A place in the callee as seen from here. A way that comes through one call twice is as good
    /// as the shorter one.
    fn site(&self, site: &Site) -> Site {
        let shorter = site.through.iter().position(|call| *call == self.call);
        let through = match shorter {
            Some(start) => site.through[start..].to_vec(),
            None => std::iter::once(self.call)
                .chain(site.through.iter().copied())
                .collect(),
        };
        Site {
            at: site.at,
            function: site.function,
            through,
        }
    }
}

fn is_whole(fields: &Fields) -> bool {
    fields.open || fields.paths.iter().any(Option::is_none)
}

/// A value that a callee writes, in the caller's terms.
fn seen(value: &WrittenValue, prefix: Path) -> WrittenValue {
    match value {
        WrittenValue::Field(path) => {
            below(prefix, Some(*path)).map_or(WrittenValue::Unknown, WrittenValue::Field)
        }
        other => other.clone(),
    }
}

fn is_static(function: &Function) -> bool {
    function.decorators.iter().any(|call| {
        call.callee
            .last()
            .is_some_and(|name| name.as_str() == "staticmethod")
    })
}

/// The index of the parameter that takes an argument.
fn parameter(function: &Function, skipped: usize, slot: Slot) -> Option<u32> {
    let index = match slot {
        Slot::Position(position) => {
            let index = skipped + position as usize;
            let kind = function.parameters.get(index)?.kind;
            (kind == ParameterKind::Normal).then_some(index)?
        }
        Slot::Keyword(name) => function.parameters.iter().position(|parameter| {
            parameter.name == name
                && matches!(
                    parameter.kind,
                    ParameterKind::Normal | ParameterKind::KeywordOnly
                )
        })?,
        Slot::Unclear => return None,
    };
    u32::try_from(index).ok()
}
