//! Decides about handlers whose binding may have changed.

use std::collections::{BTreeMap, BTreeSet};

use facts::places::FileId;
use rustc_hash::FxHashMap;
use text::name::Name;

use super::places::Nearest;
use super::{Binding, Changed, Seat, Settled, Wish};
use crate::discovery::FoundHandler;
use crate::files::folder_of;
use crate::handler::{Code, ContractRef};
use group::Decision;
use wanted::Wanted;

mod group;
mod wanted;
mod workflows;

/// Registrations that stand together.
type Group = (FileId, u32);

/// The group where it stands for a contract.
fn group_ref((file, index): Group) -> ContractRef {
    ContractRef { file, index }
}

/// One round of decisions.
struct Round<'b> {
    binding: &'b Binding,
    checks_tests: bool,
    decisions: FxHashMap<Group, Option<Decision>>,
}

impl Binding {
    /// Decides anew about everything that changes may have concerned.
    pub(crate) fn settle(&mut self, checks_tests: bool) -> Changed {
        let dirty = self.concerned(checks_tests);
        let mut round = Round { binding: self, checks_tests, decisions: FxHashMap::default() };
        let settled: Vec<(Code, Settled)> =
            dirty.into_iter().map(|code| (code, round.settle(code))).collect();
        let mut contracts = BTreeSet::new();
        let mut changed = Changed::default();
        for (code, new) in settled {
            self.replace(code, new, &mut contracts, &mut changed);
        }
        changed.contracts = contracts.into_iter().collect();
        changed
    }

    /// The handlers to decide about: those that changed, those that want something that changed,
    /// and whoever is registered together with one of them.
    fn concerned(&mut self, checks_tests: bool) -> BTreeSet<Code> {
        let mut dirty = std::mem::take(&mut self.dirty);
        for (wish, changed) in std::mem::take(&mut self.dirty_wishes) {
            let places = match wish {
                Wish::Phase(name) => self.by_phase.get(&name),
                Wish::Id(name) => self.by_id.get(&name),
                Wish::File(name) => self.by_file.get(&name),
            };
            let concerned = |code: &&Code| {
                let path = self.files.get(&code.file()).map_or("", |known| known.path.as_str());
                places.is_none_or(|places| places.reaches(folder_of(path), changed.as_str()))
            };
            dirty.extend(self.wanting.get(&wish).into_iter().flatten().filter(concerned));
        }
        let round = Round { binding: self, checks_tests, decisions: FxHashMap::default() };
        let groups: BTreeSet<Group> = dirty.iter().flat_map(|code| round.groups(*code)).collect();
        // Of a group that lost a member only the others know by now.
        for (file, group) in groups {
            let Some(known) = self.files.get(&file) else {
                continue;
            };
            let members = known.found.registrations.iter().filter(|one| one.group == group);
            dirty.extend(members.map(|one| Code::Class(one.class)));
        }
        dirty
    }

    fn replace(
        &mut self,
        code: Code,
        new: Settled,
        contracts: &mut BTreeSet<ContractRef>,
        changed: &mut Changed,
    ) {
        let old = self.settled.remove(&code).unwrap_or_default();
        changed.ambiguous |= !old.ambiguous.is_empty() || !new.ambiguous.is_empty();
        if old.wishes != new.wishes {
            self.replace_wishes(code, &old.wishes, &new.wishes);
        }
        if old.seats != new.seats {
            for (contract, seat) in &old.seats {
                contracts.insert(*contract);
                if let Some(seats) = self.seats.get_mut(contract) {
                    seats.remove(seat);
                    if seats.is_empty() {
                        self.seats.remove(contract);
                    }
                }
            }
            for (contract, seat) in &new.seats {
                contracts.insert(*contract);
                self.seats.entry(*contract).or_default().insert(*seat);
            }
        }
        for key in &old.ambiguous {
            self.ambiguous.remove(key);
        }
        if let Some(at) = self.handler(code).map(|handler| handler.at) {
            self.ambiguous.extend(new.ambiguous.iter().map(|key| (*key, at)));
        }
        if new != Settled::default() {
            self.settled.insert(code, new);
        }
    }

    fn replace_wishes(&mut self, code: Code, old: &[Wish], new: &[Wish]) {
        for wish in old {
            if let Some(known) = self.wanting.get_mut(wish) {
                known.remove(&code);
                if known.is_empty() {
                    self.wanting.remove(wish);
                }
            }
        }
        for wish in new {
            self.wanting.entry(*wish).or_default().insert(code);
        }
    }
}

impl<'b> Round<'b> {
    fn settle(&mut self, code: Code) -> Settled {
        let binding = self.binding;
        let mut settled = Settled::default();
        let Some(handler) = binding.handler(code) else {
            return settled;
        };
        let Some(path) = binding.files.get(&code.file()).map(|known| known.path) else {
            return settled;
        };
        if handler.is_abstract || !self.counts(code) {
            return settled;
        }
        let wanted = self.wanted(handler);
        settled.wishes = wanted.iter().map(|one| Wish::Phase(one.phase.name)).collect();
        settled.wishes.extend(handler.pipelines.iter().map(|id| Wish::Id(*id)));
        settled.wishes.extend(handler.contract.map(Wish::File));
        for one in &wanted {
            let contracts = self.contracts(handler, path, one);
            if contracts.is_empty() && binding.claims(handler, path, one.phase.name).is_some() {
                settled.ambiguous.push((path, code, one.phase.name));
            }
            let is_met = !one.is_explicit && !contracts.is_empty();
            settled.seats.extend(contracts.into_iter().map(|contract| {
                let phase = one.phase;
                (contract, Seat { path, code, phase: phase.name, phase_at: phase.at })
            }));
            if is_met {
                break;
            }
        }
        settled
    }

    /// The contracts that a handler belongs to for one of its phases; none where that is not clear.
    fn contracts(
        &mut self,
        handler: &FoundHandler,
        path: Name,
        wanted: &Wanted,
    ) -> Vec<ContractRef> {
        let binding = self.binding;
        let phase = wanted.phase.name;
        if handler.names_contracts() {
            // A class's name alone is no evidence that its pipeline lacks a phase.
            let fixed: Vec<ContractRef> = self
                .fixed(handler, path)
                .into_iter()
                .filter(|contract| wanted.is_explicit || binding.declares(*contract, phase))
                .collect();
            return if fixed.is_empty() { self.alone(wanted) } else { fixed };
        }
        let own = binding.nearest_by_phase(phase, path);
        if wanted.groups.is_empty() {
            return match own {
                Nearest::One(contract) => vec![contract],
                Nearest::None | Nearest::Many(_) => Vec::new(),
            };
        }
        let mut contracts = BTreeMap::new();
        for group in &wanted.groups {
            let Some(decision) = self.decision(*group) else {
                continue;
            };
            let declares = binding.declares(decision.contract, phase);
            let strays =
                wanted.is_explicit && decision.takes_strays && matches!(own, Nearest::None);
            if declares || strays {
                let path = binding.contracts.get(&decision.contract).map(|known| known.path);
                contracts.insert((path, decision.contract), decision.contract);
            }
        }
        match own {
            Nearest::One(contract) if contracts.is_empty() => vec![contract],
            Nearest::None if contracts.is_empty() => self.alone(wanted),
            _ => contracts.into_values().collect(),
        }
    }

    /// The groups of its registrations that are pipelines without a contract.
    fn alone(&self, wanted: &Wanted) -> Vec<ContractRef> {
        let alone = wanted.groups.iter().filter(|group| self.stands_alone(**group));
        let mut groups: Vec<ContractRef> = alone.copied().map(group_ref).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }
}

impl Binding {
    fn declares(&self, contract: ContractRef, phase: Name) -> bool {
        self.contracts.get(&contract).is_some_and(|declared| declared.has(Wish::Phase(phase)))
    }
}
