//! Goes through what a function does.

use contracts::path::FieldPath;
use facts::places::{Anchor, LocalAnchor};
use facts::python::{Access, Action, Effect, Function, Place, Root, Written};

use super::place::{Fields, Scope, fields};
use super::record::{Dropping, Reading, Record, Writing};
use super::state::{Path, Point, State};
use super::{Folder, Unit, made};
use crate::summary::{Site, Strength, WrittenValue};
use control::{leave, meet};

mod call;
mod control;
mod object;
mod target;

/// The states at the points that leave a block early.
#[derive(Debug, Default)]
struct Exits {
    returns: Point,
    /// Where the caller is told that something failed.
    fails: Point,
    breaks: Point,
    continues: Point,
    raises: Point,
}

/// What is known already of a read, by the callee that does it.
#[derive(Clone, Default)]
struct Inner {
    /// As in [`Reading::maybe_own`].
    maybe_own: bool,
    /// As in [`Reading::follows_own`].
    follows_own: bool,
    /// As in [`Reading::chosen`].
    chosen: bool,
    /// As in [`Reading::conditional`].
    conditional: bool,
    /// As in [`Reading::aside`].
    aside: bool,
    /// As in [`Reading::lacking`], as paths from here.
    lacking: Vec<FieldPath>,
}

/// One way through a function.
pub(super) struct Walk<'w, 'l, 'a> {
    folder: &'w mut Folder<'l, 'a>,
    unit: &'w Unit,
    function: &'a Function,
    record: Record,
    exits: Exits,
    /// How many `try` around this point catch a missing key.
    catching: usize,
    /// How many loops there are around this point.
    loops: usize,
    /// How many branches there are around this point; what follows an early end is in none.
    branches: usize,
}

impl<'w, 'l, 'a> Walk<'w, 'l, 'a> {
    /// Nothing has been gone through yet.
    pub(super) fn new(
        folder: &'w mut Folder<'l, 'a>,
        unit: &'w Unit,
        function: &'a Function,
    ) -> Self {
        Walk {
            folder,
            unit,
            function,
            record: Record::default(),
            exits: Exits::default(),
            catching: 0,
            loops: 0,
            branches: 0,
        }
    }

    /// What the function does with what `unit` follows.
    pub(super) fn fold(
        folder: &'w mut Folder<'l, 'a>,
        unit: &'w Unit,
        function: &'a Function,
    ) -> super::record::Folded {
        let mut walk = Walk::new(folder, unit, function);
        if function.open {
            let site = walk.site(function.at);
            walk.record.open_reads(&site);
            walk.record.open_writes(&site);
        }
        let end = walk.effect(&function.effect, Box::default());
        let exit = meet(end, walk.exits.returns.take());
        let failed = walk.exits.fails.take();
        walk.record.finish(exit, failed)
    }

    fn effect(&mut self, effect: &'a Effect, state: Box<State>) -> Point {
        if !self.folder.step() {
            let site = self.site(self.function.at);
            self.record.open_reads(&site);
            self.record.open_writes(&site);
            return Some(state);
        }
        let end = self.effect_within(effect, state);
        self.folder.step_out();
        end
    }

    fn effect_within(&mut self, effect: &'a Effect, mut state: Box<State>) -> Point {
        match effect {
            Effect::Sequence(effects) => self.sequence(effects, state),
            Effect::Branch(arms) => {
                self.branches += 1;
                let end = self.branch(arms, state);
                self.branches -= 1;
                end
            }
            Effect::Loop { body, rounds } => {
                self.loops += 1;
                let end = self.repeat(body, *rounds, state);
                self.loops -= 1;
                end
            }
            Effect::Try { body, handlers, otherwise, finally } => {
                self.attempt(body, handlers, otherwise, finally, state)
            }
            Effect::Access(access) => {
                self.access(access, &mut state);
                Some(state)
            }
            Effect::Assume(place) => {
                self.assume(place, &mut state);
                Some(state)
            }
            Effect::Choose => {
                state.chosen = true;
                Some(state)
            }
            Effect::Lack(place) => {
                self.lack(place, &mut state);
                Some(state)
            }
            Effect::Aside(asked) => {
                let around = std::mem::replace(&mut state.aside, true);
                let mut end = self.effect(asked, state);
                end.iter_mut().for_each(|state| state.aside = around);
                end
            }
            Effect::Call(call) => self.call(call, state),
            Effect::Return => leave(&mut self.exits.returns, state),
            Effect::Fail => leave(&mut self.exits.fails, state),
            Effect::Raise => leave(&mut self.exits.raises, state),
            Effect::Break => leave(&mut self.exits.breaks, state),
            Effect::Continue => leave(&mut self.exits.continues, state),
        }
    }

    fn sequence(&mut self, effects: &'a [Effect], state: Box<State>) -> Point {
        // What follows a point that is not passed is dead.
        effects.iter().try_fold(state, |state, effect| self.effect(effect, state))
    }

    fn assume(&self, place: &'a Place, state: &mut State) {
        let Some(fields) = self.fields(place) else {
            return;
        };
        if !fields.choice || self.loops > 0 {
            let paths = fields.paths.iter().flatten();
            // That some key of a pattern is there says nothing of any one of them.
            let known = paths.filter(|path| !path.is_rooted_in_pattern());
            known.for_each(|path| state.assume(*path));
        }
    }

    /// What the code itself may have put there says nothing of what arrives.
    fn lack(&self, place: &'a Place, state: &mut State) {
        let fields = self.fields(place).filter(|fields| !fields.open && !fields.choice);
        for path in fields.into_iter().flat_map(|fields| fields.paths).flatten() {
            if !path.has_wildcard() && !self.record.may_have_written(path, state) {
                state.lacking.insert(path);
            }
        }
    }

    fn access(&mut self, access: &'a Access, state: &mut State) {
        if self.binds_attribute(access) {
            return;
        }
        let Some(fields) = self.fields(&access.place) else {
            return;
        };
        let site = self.site(access.at);
        if fields.open {
            self.open_access(&access.action, &site);
            return;
        }
        // Outside a loop, a key that is one of several is not each of them.
        let certain = !fields.choice || self.loops > 0;
        for path in fields.paths {
            match &access.action {
                Action::ReadHard if certain => self.read(path, Strength::Hard, &site, state),
                Action::ReadHard | Action::ReadSoft => {
                    self.read(path, Strength::Soft, &site, state);
                }
                Action::ReadDefaulted(default) => {
                    self.read(path, Strength::Defaulted(default.as_deref().cloned()), &site, state);
                }
                Action::Write(written) => {
                    let value = self.value(written);
                    let onward = self.is_onward(path, state);
                    if let Some(path) = path {
                        self.record.settle_write(path, certain, state);
                    }
                    let (must, site) = (certain, site.clone());
                    let writing = Writing { path, must, onward, value, site };
                    let number = self.record.write(writing);
                    number.into_iter().for_each(|number| state.writes.add(number));
                }
                Action::Drop if path.is_none() => {}
                Action::Drop => {
                    let dropping = Dropping { path, must: certain, site: site.clone() };
                    self.record.drop(dropping, state);
                }
                Action::Clear => {
                    let path = path.map(|path| path.child(text::name::Name::new("*")));
                    let dropping = Dropping { path, must: certain, site: site.clone() };
                    self.record.drop(dropping, state);
                }
                Action::EscapeRead => {
                    if path.is_none() {
                        self.record.open_reads(&site);
                    }
                }
                Action::Escape => self.escape(path, &site),
            }
        }
    }

    /// An access to a field that nothing is known of.
    fn open_access(&mut self, action: &Action, site: &Site) {
        match action {
            Action::ReadHard | Action::ReadSoft | Action::ReadDefaulted(_) | Action::EscapeRead => {
                self.record.open_reads(site);
            }
            Action::Write(_) | Action::Drop | Action::Clear => self.record.open_writes(site),
            Action::Escape => {
                self.record.open_reads(site);
                self.record.open_writes(site);
            }
        }
    }

    /// `self.attribute = ...`: where the attribute is followed, this is how it came to be; where it
    /// is not, whoever uses it later cannot be seen.
    fn binds_attribute(&mut self, access: &'a Access) -> bool {
        let Action::Write(written) = &access.action else {
            return false;
        };
        if !matches!(access.place.root, Root::SelfAttribute(_)) || !access.place.keys.is_empty() {
            return false;
        }
        if self.unit.roots.get(access.place.root).is_none()
            && let Written::Copied(source) = written
            && let Some(fields) = self.fields(source)
        {
            let site = self.site(access.at);
            fields.paths.iter().for_each(|path| self.escape(*path, &site));
        }
        true
    }

    fn read(&mut self, path: Path, strength: Strength, site: &Site, state: &State) {
        self.note_read(path, strength, Inner::default(), site, state);
    }

    fn note_read(
        &mut self,
        path: Path,
        strength: Strength,
        inner: Inner,
        site: &Site,
        state: &State,
    ) {
        let is_safe = self.catching > 0 || path.is_some_and(|path| state.known.contains(&path));
        let strength = match strength {
            Strength::Hard if is_safe => Strength::Soft,
            strength => strength,
        };
        let exposed = !path.is_some_and(|path| state.is_written(path));
        let maybe_own =
            inner.maybe_own || path.is_some_and(|path| self.record.may_have_written(path, state));
        let follows_own = inner.follows_own || maybe_own || !exposed;
        let chosen = inner.chosen || state.chosen;
        let conditional = inner.conditional || self.branches > 0;
        let site = site.clone();
        self.record.read(Reading {
            path,
            strength,
            exposed,
            maybe_own,
            follows_own,
            chosen,
            conditional,
            aside: inner.aside || state.aside,
            lacking: state.lacking(inner.lacking),
            site,
        });
    }

    /// Whether what is written here was there before, and not by code of this function.
    fn is_onward(&self, path: Path, state: &State) -> bool {
        path.is_some_and(|path| {
            state.known.contains(&path) && !self.record.may_have_brought(path, state)
        })
    }

    fn escape(&mut self, path: Path, site: &Site) {
        match path {
            Some(path) => self.record.open_part(path, site),
            None => {
                self.record.open_reads(site);
                self.record.open_writes(site);
            }
        }
    }

    fn value(&mut self, written: &'a Written) -> WrittenValue {
        match written {
            Written::Literal(value) => WrittenValue::Literal(value.as_ref().clone()),
            Written::Dict(names, others) => WrittenValue::Dict(names.clone(), *others),
            Written::Builtin(name) => WrittenValue::Builtin(name),
            Written::Called(_) | Written::CalledWith(..) | Written::Fields(_) => {
                made::value(self.folder.lookup, self.unit.function.file, written)
            }
            Written::Copied(place) => match self.fields(place).map(|fields| fields.paths) {
                Some(paths) => match paths.as_slice() {
                    [Some(only)] => WrittenValue::Field(*only),
                    _ => WrittenValue::Unknown,
                },
                None => WrittenValue::Unknown,
            },
            Written::Unknown => WrittenValue::Unknown,
        }
    }

    /// The fields that a place is; none where it is no part of what is followed.
    fn fields(&self, place: &'a Place) -> Option<Fields> {
        let start = self.unit.roots.get(place.root)?;
        let scope = Scope { file: self.unit.function.file, class: self.unit.class };
        Some(fields(self.folder.lookup, scope, start, place))
    }

    fn anchor(&self, local: LocalAnchor) -> Anchor {
        Anchor { file: self.unit.function.file, local }
    }

    fn site(&self, local: LocalAnchor) -> Site {
        Site { at: self.anchor(local), function: self.function.qualified, through: Vec::new() }
    }
}
