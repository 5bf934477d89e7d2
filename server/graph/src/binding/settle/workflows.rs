//! Handlers that belong together, as the code has it: what contracts say plays no part.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use text::name::Name;

use super::wanted::Wanted;
use super::{Group, Round};
use crate::binding::Binding;
use crate::discovery::FoundHandler;
use crate::files::folder_of;
use crate::handler::Code;
use crate::workflow::{Member, Registered, Workflow};

/// What makes handlers belong together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum Bond {
    Id(Name),
    Group(Group),
    Folder(Name),
}

/// A handler with its phases, and what it belongs to.
struct Candidate<'b> {
    handler: &'b FoundHandler,
    path: Name,
    wanted: Vec<Wanted>,
    bonds: Vec<Bond>,
}

impl Binding {
    /// All handlers, in no order that means anything.
    pub(crate) fn handlers(&self) -> impl Iterator<Item = &FoundHandler> {
        self.files.values().flat_map(|known| &known.found.handlers)
    }

    /// The workflows, by the path of their first handler. What `is_base` says yes to is there for
    /// others to inherit from, unless it is registered or names its phase.
    pub(crate) fn workflows(
        &self,
        checks_tests: bool,
        is_base: &dyn Fn(Code) -> bool,
    ) -> Vec<Workflow> {
        let round = Round { binding: self, checks_tests, decisions: FxHashMap::default() };
        let mut candidates = round.candidates(is_base);
        bind_by_folder(&mut candidates);
        let mut parts = Parts::default();
        for candidate in &candidates {
            parts.join(&candidate.bonds);
        }
        let mut workflows: BTreeMap<usize, Workflow> = BTreeMap::new();
        let mut numbers: FxHashMap<Bond, usize> = FxHashMap::default();
        for candidate in &candidates {
            let Some(bond) = candidate.bonds.first() else { continue };
            let next = numbers.len();
            let number = *numbers.entry(parts.of(*bond)).or_insert(next);
            let workflow = workflows
                .entry(number)
                .or_insert_with(|| Workflow { id: None, members: Vec::new() });
            workflow.id = workflow.id.or(candidate.handler.pipelines.first().copied());
            workflow.members.extend(round.seated(candidate));
        }
        workflows.into_values().collect()
    }
}

impl<'b> Round<'b> {
    /// The handlers that carry out something, by path and by their order in the file.
    fn candidates(&self, is_base: &dyn Fn(Code) -> bool) -> Vec<Candidate<'b>> {
        let files = self.binding.files.values();
        let handlers =
            files.flat_map(|known| known.found.handlers.iter().map(|found| (known.path, found)));
        let mut candidates: Vec<Candidate<'b>> = handlers
            .filter(|(_, handler)| !handler.is_abstract && self.counts(handler.code))
            .filter_map(|(path, handler)| {
                let wanted = self.wanted(handler);
                let groups = self.groups(handler.code);
                let is_named = !groups.is_empty() || wanted.iter().any(|one| one.is_explicit);
                let ids = handler.pipelines.iter().take(1).map(|id| Bond::Id(*id));
                let bonds = ids.chain(groups.into_iter().map(Bond::Group)).collect();
                (is_named || !is_base(handler.code)).then_some(Candidate {
                    handler,
                    path,
                    wanted,
                    bonds,
                })
            })
            .collect();
        candidates.sort_by_key(|one| (one.path, one.handler.code));
        candidates
    }

    fn seated<'c>(&'c self, candidate: &'c Candidate<'b>) -> impl Iterator<Item = Member> + 'c {
        let handler = candidate.handler;
        candidate.wanted.iter().map(move |wanted| Member {
            code: handler.code,
            name: handler.name,
            at: handler.at,
            path: candidate.path,
            phase: wanted.phase,
            registered: self.first_registration(handler.code, wanted.phase.name),
        })
    }

    /// The first registration of a handler for a phase, or for one that is not known.
    fn first_registration(&self, code: Code, phase: Name) -> Option<Registered> {
        let registrations = self.registrations(code).filter_map(|registered| {
            let found = self.binding.registration(registered)?;
            let (path, _, index) = *registered;
            let fits = found.phase.is_none_or(|named| named == phase);
            fits.then_some(Registered { path, index, at: found.at })
        });
        registrations.min()
    }
}

/// Has handlers that nothing else binds belong to the one workflow in their folder, or else to each
/// other. One that is alone in its folder goes by the folder around it, where its peers have theirs.
fn bind_by_folder(candidates: &mut [Candidate<'_>]) {
    let mut parts = Parts::default();
    for candidate in candidates.iter() {
        parts.join(&candidate.bonds);
    }
    let mut bound: BTreeMap<Name, Vec<Bond>> = BTreeMap::new();
    let mut alone: BTreeMap<Name, usize> = BTreeMap::new();
    for candidate in candidates.iter() {
        let folder = Name::new(folder_of(candidate.path.as_str()));
        match candidate.bonds.first() {
            Some(bond) => {
                let known = bound.entry(folder).or_default();
                let part = parts.of(*bond);
                if !known.contains(&part) {
                    known.push(part);
                }
            }
            None => *alone.entry(folder).or_default() += 1,
        }
    }
    for candidate in candidates.iter_mut().filter(|candidate| candidate.bonds.is_empty()) {
        let folder = Name::new(folder_of(candidate.path.as_str()));
        let bond = match bound.get(&folder).map(Vec::as_slice) {
            Some([only]) => *only,
            _ if alone.get(&folder) == Some(&1) && !folder.as_str().is_empty() => {
                Bond::Folder(Name::new(folder_of(folder.as_str())))
            }
            _ => Bond::Folder(folder),
        };
        candidate.bonds.push(bond);
    }
}

/// Bonds, and which of them come to the same.
#[derive(Default)]
struct Parts(FxHashMap<Bond, Bond>);

impl Parts {
    /// The bond that stands for all that come to the same as this one.
    fn of(&self, bond: Bond) -> Bond {
        let mut bond = bond;
        while let Some(next) = self.0.get(&bond) {
            bond = *next;
        }
        bond
    }

    /// These come to the same.
    fn join(&mut self, bonds: &[Bond]) {
        let Some((first, others)) = bonds.split_first() else { return };
        for other in others {
            let (one, other) = (self.of(*first), self.of(*other));
            if one != other {
                self.0.insert(other.max(one), other.min(one));
            }
        }
    }
}
