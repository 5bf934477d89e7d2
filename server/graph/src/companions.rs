//! Which pipeline a contract of another kind belongs to.
//!
//! It names a pipeline by id, and belongs to the nearest propagation contract with that id; to none
//! where several are equally near.

use std::collections::BTreeSet;
use std::sync::Arc;

use facts::contract::ContractFacts;
use facts::places::{Anchor, FileId};
use rustc_hash::FxHashMap;
use syntax::yaml::NodeId;
use text::name::Name;

use crate::handler::ContractRef;

/// A contract of another kind that belongs to a pipeline.
#[derive(Clone, Debug)]
pub struct Companion {
    /// Which contract it is.
    pub contract: ContractRef,
    /// What it says.
    pub facts: Arc<ContractFacts>,
}

impl Companion {
    /// The contract's file.
    #[must_use]
    pub fn file(&self) -> FileId {
        self.contract.file
    }

    /// The anchor of a node of the contract.
    #[must_use]
    pub fn anchor(&self, node: NodeId) -> Anchor {
        self.contract.anchor(node)
    }
}

/// Contracts of other kinds, and the pipelines they belong to.
#[derive(Debug, Default)]
pub(crate) struct Companions {
    known: FxHashMap<ContractRef, Known>,
    /// By the id they name, then by path.
    by_id: FxHashMap<Name, BTreeSet<(Name, ContractRef)>>,
    /// By the pipeline they belong to, then by path.
    of: FxHashMap<ContractRef, BTreeSet<(Name, ContractRef)>>,
    /// Ids of which a contract came, went or moved since they were last settled.
    dirty: BTreeSet<Name>,
}

#[derive(Debug)]
struct Known {
    id: Name,
    path: Name,
    pipeline: Option<ContractRef>,
}

impl Companions {
    /// Sets the id that a contract of another kind names, and its path; none removes it. Gives the
    /// pipeline that it belonged to.
    pub(crate) fn set(
        &mut self,
        contract: ContractRef,
        named: Option<(Name, Name)>,
    ) -> Option<ContractRef> {
        let before = self.known.remove(&contract);
        if let Some(known) = &before {
            self.dirty.insert(known.id);
            remove(&mut self.by_id, known.id, (known.path, contract));
            if let Some(pipeline) = known.pipeline {
                remove(&mut self.of, pipeline, (known.path, contract));
            }
        }
        if let Some((id, path)) = named {
            self.dirty.insert(id);
            self.by_id.entry(id).or_default().insert((path, contract));
            self.known.insert(contract, Known { id, path, pipeline: None });
        }
        before.and_then(|known| known.pipeline)
    }

    /// Says that propagation contracts with this id came, went or moved.
    pub(crate) fn touch(&mut self, id: Name) {
        if self.by_id.contains_key(&id) {
            self.dirty.insert(id);
        }
    }

    /// Finds the pipelines anew of contracts whose id is dirty. `nearest` gives the pipeline with an
    /// id that is nearest to a path. Gives the pipelines whose companions are others now.
    pub(crate) fn settle(
        &mut self,
        nearest: impl Fn(Name, Name) -> Option<ContractRef>,
    ) -> BTreeSet<ContractRef> {
        let mut changed = BTreeSet::new();
        for id in std::mem::take(&mut self.dirty) {
            for named in self.by_id.get(&id).into_iter().flatten() {
                let (path, contract) = *named;
                let Some(known) = self.known.get_mut(&contract) else { continue };
                let pipeline = nearest(id, path);
                let before = std::mem::replace(&mut known.pipeline, pipeline);
                if before == pipeline {
                    continue;
                }
                if let Some(before) = before {
                    remove(&mut self.of, before, (path, contract));
                }
                if let Some(pipeline) = pipeline {
                    self.of.entry(pipeline).or_default().insert((path, contract));
                }
                changed.extend(before);
                changed.extend(pipeline);
            }
        }
        changed
    }

    /// The pipeline that a contract of another kind belongs to.
    pub(crate) fn pipeline_of(&self, contract: ContractRef) -> Option<ContractRef> {
        self.known.get(&contract)?.pipeline
    }

    /// The contracts that belong to a pipeline, by path.
    pub(crate) fn of(&self, pipeline: ContractRef) -> impl Iterator<Item = ContractRef> {
        self.of.get(&pipeline).into_iter().flatten().map(|(_, contract)| *contract)
    }

    /// All contracts of other kinds that name this id, by path.
    pub(crate) fn named(&self, id: Name) -> impl Iterator<Item = ContractRef> {
        self.by_id.get(&id).into_iter().flatten().map(|(_, contract)| *contract)
    }
}

type Held = BTreeSet<(Name, ContractRef)>;

fn remove<K: std::hash::Hash + Eq + Copy>(
    index: &mut FxHashMap<K, Held>,
    key: K,
    held: (Name, ContractRef),
) {
    if let Some(known) = index.get_mut(&key) {
        known.remove(&held);
        if known.is_empty() {
            index.remove(&key);
        }
    }
}
