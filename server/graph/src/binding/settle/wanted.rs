//! The phases that a handler is to carry out.

use std::collections::BTreeMap;

use facts::places::FileId;
use text::name::Name;

use super::{Group, Round};
use crate::binding::Registered;
use crate::discovery::{FoundHandler, NamedPhase};
use crate::handler::Code;

/// A phase that a handler is to carry out.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) phase: NamedPhase,
    /// Whether the code names the phase; else it is read off the class's name.
    pub(super) is_explicit: bool,
    /// The groups that it is registered in.
    pub(super) groups: Vec<Group>,
}

impl<'b> Round<'b> {
    /// A handler in a test counts where settings say so, or where code that is no test uses it.
    pub(super) fn counts(&self, code: Code) -> bool {
        self.looks_at(code.file()) || self.registrations(code).next().is_some()
    }

    /// Whether a file is no test, or tests are looked at too.
    fn looks_at(&self, file: FileId) -> bool {
        self.checks_tests || self.binding.files.get(&file).is_some_and(|known| !known.is_test)
    }

    /// The registrations of a handler that count, by path.
    pub(super) fn registrations(&self, code: Code) -> impl Iterator<Item = &'b Registered> {
        let registered = match code {
            Code::Class(class) => self.binding.registered.get(&class),
            Code::Function(_) => None,
        };
        registered.into_iter().flatten().filter(|(_, file, _)| self.looks_at(*file))
    }

    pub(super) fn groups(&self, code: Code) -> Vec<Group> {
        let groups = self.registrations(code).filter_map(|registered| {
            let registration = self.binding.registration(registered)?;
            Some((registered.1, registration.group))
        });
        groups.collect()
    }

    /// The phases of a handler: by an attribute, else by registrations, else by decorators, else by
    /// its name, for which one that is met is enough.
    pub(super) fn wanted(&self, handler: &FoundHandler) -> Vec<Wanted> {
        let explicit: Vec<NamedPhase> = match handler.attribute {
            Some(phase) => vec![phase],
            None => {
                let registered = self.registered_phases(handler.code);
                if !registered.is_empty() {
                    return registered;
                }
                handler.decorators.clone()
            }
        };
        let groups = self.groups(handler.code);
        if explicit.is_empty() {
            let named = |name: &Name| NamedPhase { name: *name, at: handler.at };
            let wanted = |phase| Wanted { phase, is_explicit: false, groups: groups.clone() };
            return handler.by_name.iter().map(named).map(wanted).collect();
        }
        let wanted = |phase| Wanted { phase, is_explicit: true, groups: groups.clone() };
        explicit.into_iter().map(wanted).collect()
    }

    fn registered_phases(&self, code: Code) -> Vec<Wanted> {
        let mut by_name: BTreeMap<Name, Wanted> = BTreeMap::new();
        for registered in self.registrations(code) {
            let Some(registration) = self.binding.registration(registered) else {
                continue;
            };
            let Some(name) = registration.phase else {
                continue;
            };
            let phase = NamedPhase { name, at: registration.at };
            let wanted = by_name.entry(name).or_insert_with(|| Wanted {
                phase,
                is_explicit: true,
                groups: Vec::new(),
            });
            wanted.groups.push((registered.1, registration.group));
        }
        by_name.into_values().collect()
    }
}
