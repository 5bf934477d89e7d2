//! Calls: what comes of them here.

use std::rc::Rc;

use contracts::path::FieldPath;
use facts::places::Anchor;
use facts::python::{Call, Callee, Passed, Root};
use text::name::Name;

use super::control::leave;
use super::target::{Callable, Target};
use super::{Inner, Point, Walk};
use crate::fold::Unit;
use crate::fold::known::Doing;
use crate::fold::object::parameter;
use crate::fold::place::{Fields, Roots};
use crate::fold::record::{Dropping, Folded, Reading, Writing};
use crate::fold::state::{Path, State, below};
use crate::summary::{Site, Strength, WrittenValue};

/// How a callee's doings are seen from here.
#[derive(Clone, Copy)]
struct View {
    /// The call; none where the callee is started from outside.
    call: Option<Anchor>,
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
            Target::Holder(held) => {
                let site = self.site(call.at);
                self.let_go(call, &handed);
                held.iter().for_each(|(_, path)| self.escape(path, &site));
                Some(state)
            }
            Target::Function(callee) => {
                let returns = self.call_function(call, &callee, &handed, &mut state);
                if returns { Some(state) } else { leave(&mut self.exits.raises, state) }
            }
        }
    }

    /// Applies what a function does with all that it is handed; whether it returns.
    fn call_function(
        &mut self,
        call: &'a Call,
        callee: &Callable,
        handed: &[(&Passed, Fields)],
        state: &mut State,
    ) -> bool {
        let Some(facts) = self.folder.function(callee.function) else {
            self.let_go(call, handed);
            return true;
        };
        if !callee.same_self {
            self.let_go_of_self(call);
        }
        let mut roots = callee.held.clone();
        if callee.same_self {
            self.hand_self(&call.callee, &mut roots);
        }
        // What is one place is followed together with the others; what is several, one by one.
        let mut several = Vec::new();
        for (passed, fields) in handed {
            let Some(parameter) = parameter(facts, callee.skipped, passed.slot) else {
                // What a class makes of its fields is handed to no function.
                let is_kept = matches!(call.callee, Callee::Made(_)) && !callee.held.is_empty();
                if !is_kept {
                    self.let_go_of(call, fields);
                }
                continue;
            };
            if fields.open {
                self.open_call(call, callee, parameter);
            }
            match fields.paths.as_slice() {
                [only] => roots.insert(Root::Parameter(parameter), *only),
                _ => several.push((parameter, fields)),
            }
        }
        let mut returns = true;
        for (parameter, fields) in several {
            let certain = !fields.choice || self.loops > 0;
            for path in &fields.paths {
                let mut alone = Roots::default();
                alone.insert(Root::Parameter(parameter), *path);
                returns &= self.enter(call, callee.unit(alone), certain, state);
            }
        }
        if !roots.is_empty() {
            returns &= self.enter(call, callee.unit(roots), true, state);
        }
        returns
    }

    /// Applies what a function does; whether it returns.
    fn enter(&mut self, call: &'a Call, unit: Unit, certain: bool, state: &mut State) -> bool {
        let Unit { function, class, roots } = unit;
        let at = self.anchor(call.at);
        self.folder.note_call(at, function);
        let (roots, prefix) = roots.normalised();
        self.folder.note_handed(at, function, (prefix, &roots));
        let folded = self.folder.fold(&Unit { function, class, roots });
        let view = View { call: Some(self.anchor(call.at)), prefix, certain };
        self.apply(&folded, view, state);
        folded.returns || !certain
    }

    /// What comes of functions that are started with the whole context, one after another.
    pub(in crate::fold) fn in_turn(mut self, starts: &[Rc<Folded>]) -> Folded {
        let view = View { call: None, prefix: None, certain: true };
        let mut state: Box<State> = Box::default();
        for start in starts {
            self.apply(start, view, &mut state);
            if !start.returns {
                return self.record.finish(None, None);
            }
        }
        self.record.finish(Some(state), None)
    }

    fn apply(&mut self, folded: &Folded, view: View, state: &mut State) {
        for read in &folded.reads {
            let site = view.site(&read.site);
            let path = below(view.prefix, read.path);
            let strength = match &read.strength {
                Strength::Hard if !view.certain => Strength::Soft,
                strength => strength.clone(),
            };
            let lacking = read.lacking.iter().filter_map(|path| below(view.prefix, Some(*path)));
            let lacking = lacking.collect();
            if read.exposed {
                let Reading { maybe_own, follows_own, chosen, conditional, aside, .. } = *read;
                let inner = Inner { maybe_own, follows_own, chosen, conditional, aside, lacking };
                self.note_read(path, strength, inner, &site, state);
            } else {
                let reading = Reading {
                    path,
                    strength,
                    exposed: false,
                    maybe_own: true,
                    follows_own: true,
                    chosen: read.chosen || state.chosen,
                    conditional: read.conditional || self.branches > 0,
                    aside: read.aside || state.aside,
                    lacking: state.lacking(lacking),
                    site,
                };
                self.record.read(reading);
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
        for past in &folded.past {
            self.record.past(below(view.prefix, Some(past.path)), &view.site(&past.site));
        }
        if view.certain {
            for path in &folded.ensured {
                below(view.prefix, Some(*path)).into_iter().for_each(|path| state.assume(path));
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
            path.into_iter().for_each(|path| self.record.open_part(path, &view.site(site)));
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
        let onward: Vec<bool> = folded
            .writes
            .iter()
            .map(|write| write.onward || self.is_onward(below(view.prefix, write.path), state))
            .collect();
        paths.sort_by_key(|(path, _)| path.segments().len());
        for (path, must) in paths {
            self.record.settle_write(path, must, state);
        }
        for (write, onward) in folded.writes.iter().zip(onward) {
            let path = below(view.prefix, write.path);
            let must = write.must && view.certain;
            let value = seen(&write.value, view.prefix);
            let writing = Writing { path, must, onward, value, site: view.site(&write.site) };
            let number = self.record.write(writing);
            number.into_iter().for_each(|number| state.writes.add(number));
        }
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
        self.let_go_of_self(call);
    }

    /// Where `self` itself is handed over: whoever has it, has what it holds.
    fn let_go_of_self(&mut self, call: &Call) {
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
        fields.paths.iter().for_each(|path| self.escape(*path, &site));
    }

    /// A part that is not known which: what is read in it is one more unknown read, and what is
    /// written one more unknown write.
    fn open_call(&mut self, call: &Call, callee: &Callable, parameter: u32) {
        let mut roots = Roots::default();
        roots.insert(Root::Parameter(parameter), None);
        self.folder.note_call(self.anchor(call.at), callee.function);
        let folded = self.folder.fold(&callee.unit(roots));
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
        let shorter = site.through.iter().position(|call| Some(*call) == self.call);
        let through = match shorter {
            Some(start) => site.through[start..].to_vec(),
            None => self.call.into_iter().chain(site.through.iter().copied()).collect(),
        };
        Site { at: site.at, function: site.function, through }
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
