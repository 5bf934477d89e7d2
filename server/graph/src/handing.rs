//! By which calls a pipeline's context goes from function to function.
//!
//! Checks do not need it: a summary keeps one way to each access. Editors show all of them.

use std::collections::BTreeSet;

use contracts::path::FieldPath;
use facts::places::Anchor;
use facts::python::Root;

use crate::fold::{Folder, below};
use crate::handler::{Code, ContractRef, FunctionRef};
use crate::names::Lookup;
use crate::project::Graph;

/// The ways of a pipeline's context.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ways {
    /// The functions that handlers are started with.
    pub starts: BTreeSet<(Code, FunctionRef)>,
    /// The calls that hand it on.
    pub calls: BTreeSet<Handing>,
    /// What parameters get by them.
    pub(crate) handed: BTreeSet<Handed>,
}

/// What a parameter gets by a call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Handed {
    /// The function that the call stands in.
    pub(crate) from: Option<FunctionRef>,
    /// The function that is called.
    pub(crate) to: FunctionRef,
    /// The part that the called function works on, of what the calling one does.
    pub(crate) part: Option<FieldPath>,
    /// Its parameter, attribute or variable.
    pub(crate) root: Root,
    /// What that holds of the part.
    pub(crate) inner: Option<FieldPath>,
}

/// How many parts of the context a function may be handed for them to be told apart.
const MOST_PARTS: usize = 32;

impl Ways {
    /// The parts of the context that a function is handed as its parameter with this index, the whole
    /// among them.
    #[must_use]
    pub fn handed(&self, function: FunctionRef, parameter: u32) -> BTreeSet<Option<FieldPath>> {
        let worked_on = self.worked_on();
        let root = Root::Parameter(parameter);
        let own = self.handed.iter().filter(|one| one.to == function && one.root == root);
        let parts = own.flat_map(|one| {
            let outer = worked_on.iter().filter(|(known, _)| *known == function);
            outer.map(|(_, part)| below(*part, one.inner))
        });
        parts.collect()
    }

    /// The parts of the context that each function works on.
    fn worked_on(&self) -> BTreeSet<(FunctionRef, Option<FieldPath>)> {
        let mut known: BTreeSet<_> =
            self.starts.iter().map(|(_, function)| (*function, None)).collect();
        let mut new: Vec<(FunctionRef, Option<FieldPath>)> = known.iter().copied().collect();
        while let Some((function, part)) = new.pop() {
            for one in self.handed.iter().filter(|one| one.from == Some(function)) {
                let next = (one.to, below(part, one.part));
                let count = known.iter().filter(|(known, _)| *known == one.to).count();
                if count < MOST_PARTS && known.insert(next) {
                    new.push(next);
                }
            }
        }
        known
    }
}

/// A call that hands the context on, or a part of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Handing {
    /// The call.
    pub at: Anchor,
    /// The function that is called.
    pub to: FunctionRef,
}

impl Handing {
    /// The function that the call stands in; none where it stands in no function.
    #[must_use]
    pub fn from(&self) -> Option<FunctionRef> {
        FunctionRef::around(self.at)
    }
}

impl Graph {
    /// The ways that the context of a pipeline goes through its handlers.
    #[must_use]
    pub fn ways(&self, pipeline: ContractRef) -> Ways {
        let lookup = Lookup::new(self.files(), self.settings());
        let mut folder = Folder::tracing(&lookup);
        for code in self.handlers_bound_to(pipeline) {
            folder.handler(code);
        }
        folder.into_ways()
    }
}
