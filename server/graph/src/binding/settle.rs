//! Decides about handlers whose binding may have changed.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use facts::places::FileId;
use rustc_hash::FxHashMap;
use text::name::Name;

use super::places::Nearest;
use super::{Binding, Changed, Registered, Seat, Settled, Wish};
use crate::discovery::{FoundHandler, NamedPhase};
use crate::files::{folder_of, is_test};
use crate::handler::{Code, ContractRef};

/// Registrations that stand together.
type Group = (FileId, u32);

/// A phase that a handler is to carry out.
#[derive(Debug)]
struct Wanted {
    phase: NamedPhase,
    /// Whether the code names the phase; else it is read off the class's name.
    is_explicit: bool,
    /// The groups that it is registered in.
    groups: Vec<Group>,
}

/// What a group of registrations agrees on.
#[derive(Clone, Copy, Debug)]
struct Decision {
    contract: ContractRef,
    /// Whether it also takes members whose phase the contract lacks.
    takes_strays: bool,
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
        let mut round = Round {
            binding: self,
            checks_tests,
            decisions: FxHashMap::default(),
        };
        let settled: Vec<(Code, Settled)> = dirty
            .into_iter()
            .map(|code| (code, round.settle(code)))
            .collect();
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
            };
            let concerned = |code: &&Code| {
                let path = self
                    .files
                    .get(&code.file())
                    .map_or("", |known| known.path.as_str());
                places.is_none_or(|places| places.reaches(folder_of(path), changed.as_str()))
            };
            dirty.extend(
                self.wanting
                    .get(&wish)
                    .into_iter()
                    .flatten()
                    .filter(concerned),
            );
        }
        let round = Round {
            binding: self,
            checks_tests,
            decisions: FxHashMap::default(),
        };
        let groups: BTreeSet<Group> = dirty.iter().flat_map(|code| round.groups(*code)).collect();
        // Of a group that lost a member only the others know by now.
        for (file, group) in groups {
            let Some(known) = self.files.get(&file) else {
                continue;
            };
            let members = known
                .found
                .registrations
                .iter()
                .filter(|one| one.group == group);
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
            self.ambiguous
                .extend(new.ambiguous.iter().map(|key| (*key, at)));
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
        if !self.counts(code, path) {
            return settled;
        }
        let wanted = self.wanted(handler);
        settled.wishes = wanted
            .iter()
            .map(|one| Wish::Phase(one.phase.name))
            .collect();
        settled
            .wishes
            .extend(handler.pipelines.iter().map(|id| Wish::Id(*id)));
        for one in &wanted {
            let contracts = self.contracts(handler, path, one);
            if contracts.is_empty() && binding.claims(handler, path, one.phase.name).is_some() {
                settled.ambiguous.push((path, code, one.phase.name));
            }
            settled.seats.extend(contracts.into_iter().map(|contract| {
                let phase = one.phase;
                (
                    contract,
                    Seat {
                        path,
                        code,
                        phase: phase.name,
                        phase_at: phase.at,
                    },
                )
            }));
        }
        settled
    }

    /// A handler in a test counts where settings say so, or where code that is no test uses it.
    fn counts(&self, code: Code, path: Name) -> bool {
        self.checks_tests
            || !is_test(Utf8Path::new(path.as_str()))
            || self.registrations(code).next().is_some()
    }

    /// The registrations of a handler that count, by path.
    fn registrations(&self, code: Code) -> impl Iterator<Item = &'b Registered> + use<'b> {
        let checks_tests = self.checks_tests;
        let registered = match code {
            Code::Class(class) => self.binding.registered.get(&class),
            Code::Function(_) => None,
        };
        registered
            .into_iter()
            .flatten()
            .filter(move |(path, ..)| checks_tests || !is_test(Utf8Path::new(path.as_str())))
    }

    fn groups(&self, code: Code) -> Vec<Group> {
        let groups = self.registrations(code).filter_map(|registered| {
            let registration = self.binding.registration(registered)?;
            Some((registered.1, registration.group))
        });
        groups.collect()
    }

    /// The phases of a handler: by an attribute, else by registrations, else by decorators, else by
    /// its name.
    fn wanted(&self, handler: &FoundHandler) -> Vec<Wanted> {
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
            let phase = NamedPhase {
                name: handler.by_name,
                at: handler.at,
            };
            return vec![Wanted {
                phase,
                is_explicit: false,
                groups,
            }];
        }
        let wanted = |phase| Wanted {
            phase,
            is_explicit: true,
            groups: groups.clone(),
        };
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
            let phase = NamedPhase {
                name,
                at: registration.at,
            };
            let wanted = by_name.entry(name).or_insert_with(|| Wanted {
                phase,
                is_explicit: true,
                groups: Vec::new(),
            });
            wanted.groups.push((registered.1, registration.group));
        }
        by_name.into_values().collect()
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
        if !handler.pipelines.is_empty() {
            // A class's name alone is no evidence that its pipeline lacks a phase.
            return self
                .fixed(handler, path)
                .into_iter()
                .filter(|contract| wanted.is_explicit || binding.declares(*contract, phase))
                .collect();
        }
        let own = binding.nearest_by_phase(phase, path);
        let mut contracts = BTreeMap::new();
        for group in &wanted.groups {
            let Some(decision) = self.decision(*group) else {
                continue;
            };
            let declares = binding.declares(decision.contract, phase);
            let strays =
                wanted.is_explicit && decision.takes_strays && matches!(own, Nearest::None);
            if declares || strays {
                let path = binding
                    .contracts
                    .get(&decision.contract)
                    .map(|known| known.path);
                contracts.insert((path, decision.contract), decision.contract);
            }
        }
        match own {
            Nearest::One(contract) if contracts.is_empty() => vec![contract],
            _ => contracts.into_values().collect(),
        }
    }

    /// The contracts that an attribute or the settings bind a handler to.
    fn fixed(&self, handler: &FoundHandler, path: Name) -> Vec<ContractRef> {
        let nearest =
            handler
                .pipelines
                .iter()
                .filter_map(|id| match self.binding.nearest_by_id(*id, path) {
                    Nearest::One(contract) => Some(contract),
                    Nearest::None | Nearest::Many(_) => None,
                });
        nearest.collect()
    }

    fn decision(&mut self, group: Group) -> Option<Decision> {
        if let Some(known) = self.decisions.get(&group) {
            return *known;
        }
        let decision = self.decide(group);
        self.decisions.insert(group, decision);
        decision
    }

    /// What the members agree on: the pipeline that one of them is bound to, else the contract that
    /// alone is nearest to those for whom one is.
    fn decide(&self, group: Group) -> Option<Decision> {
        let binding = self.binding;
        let registrations = &binding.files.get(&group.0)?.found.registrations;
        let members: BTreeSet<Code> = registrations
            .iter()
            .filter(|registration| registration.group == group.1)
            .map(|registration| Code::Class(registration.class))
            .collect();
        let mut fixed = BTreeSet::new();
        let mut near = BTreeSet::new();
        let mut phases = Vec::new();
        for code in &members {
            let Some(handler) = binding.handler(*code) else {
                continue;
            };
            let Some(path) = binding.files.get(&code.file()).map(|known| known.path) else {
                continue;
            };
            if !handler.pipelines.is_empty() {
                fixed.extend(self.fixed(handler, path));
                continue;
            }
            for wanted in self
                .wanted(handler)
                .iter()
                .filter(|one| one.groups.contains(&group))
            {
                let phase = wanted.phase.name;
                phases.push(phase);
                if let Nearest::One(contract) = binding.nearest_by_phase(phase, path) {
                    near.insert(contract);
                }
            }
        }
        if let Some(contract) = fixed.first() {
            let decision = Decision {
                contract: *contract,
                takes_strays: true,
            };
            return (fixed.len() == 1).then_some(decision);
        }
        let contract = *near.first()?;
        // One that knows but few of them may have been found by chance.
        let known = phases
            .iter()
            .filter(|phase| binding.declares(contract, **phase))
            .count();
        let takes_strays = known * 2 >= phases.len();
        (near.len() == 1).then_some(Decision {
            contract,
            takes_strays,
        })
    }
}

impl Binding {
    fn declares(&self, contract: ContractRef, phase: Name) -> bool {
        self.contracts
            .get(&contract)
            .is_some_and(|declared| declared.has(Wish::Phase(phase)))
    }
}
