//! What registrations that stand together agree on.

use std::collections::BTreeSet;

use text::name::Name;

use super::{Group, Round};
use crate::binding::places::Nearest;
use crate::discovery::FoundHandler;
use crate::handler::{Code, ContractRef};

/// What a group of registrations agrees on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) contract: ContractRef,
    /// Whether it also takes members whose phase the contract lacks.
    pub(super) takes_strays: bool,
}

impl Round<'_> {
    /// The contracts that an attribute or the settings bind a handler to.
    pub(super) fn fixed(&self, handler: &FoundHandler, path: Name) -> Vec<ContractRef> {
        let nearest = self.binding.named(handler, path).filter_map(|nearest| match nearest {
            Nearest::One(contract) => Some(contract),
            Nearest::None | Nearest::Many(_) => None,
        });
        nearest.collect()
    }

    pub(super) fn decision(&mut self, group: Group) -> Option<Decision> {
        if let Some(known) = self.decisions.get(&group) {
            return *known;
        }
        let decision = self.decide(group);
        self.decisions.insert(group, decision);
        decision
    }

    /// The handlers that are registered in a group.
    fn members(&self, group: Group) -> BTreeSet<Code> {
        let known = self.binding.files.get(&group.0);
        let registrations = known.into_iter().flat_map(|known| &known.found.registrations);
        registrations
            .filter(|registration| registration.group == group.1)
            .map(|registration| Code::Class(registration.class))
            .collect()
    }

    /// What the members agree on: the pipeline that one of them is bound to, else the contract that
    /// alone is nearest to those for whom one is.
    fn decide(&self, group: Group) -> Option<Decision> {
        let binding = self.binding;
        let members = self.members(group);
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
            if handler.names_contracts() {
                fixed.extend(self.fixed(handler, path));
                continue;
            }
            for wanted in self.wanted(handler).iter().filter(|one| one.groups.contains(&group)) {
                let phase = wanted.phase.name;
                phases.push(phase);
                if let Nearest::One(contract) = binding.nearest_by_phase(phase, path) {
                    near.insert(contract);
                }
            }
        }
        if let Some(contract) = fixed.first() {
            let decision = Decision { contract: *contract, takes_strays: true };
            return (fixed.len() == 1).then_some(decision);
        }
        let contract = *near.first()?;
        // One that knows but few of them may have been found by chance.
        let known = phases.iter().filter(|phase| binding.declares(contract, **phase)).count();
        let takes_strays = known * 2 >= phases.len();
        (near.len() == 1).then_some(Decision { contract, takes_strays })
    }

    /// Whether a group is a pipeline of its own: its handlers carry out several phases that they
    /// name, one at least says what it does with the context, and no contract claims any.
    pub(super) fn stands_alone(&self, group: Group) -> bool {
        let mut phases = BTreeSet::new();
        let mut declares = false;
        for code in self.members(group) {
            let Some(handler) = self.binding.handler(code) else {
                continue;
            };
            let path = self.binding.files.get(&code.file()).map(|known| known.path);
            declares |= handler.declares;
            for wanted in self.wanted(handler).iter().filter(|one| one.groups.contains(&group)) {
                let phase = wanted.phase.name;
                let is_claimed = path.is_none_or(|path| self.binding.claimed(handler, path, phase));
                if is_claimed || !wanted.is_explicit {
                    return false;
                }
                phases.insert(wanted.phase.name);
            }
        }
        declares && phases.len() > 1
    }
}
