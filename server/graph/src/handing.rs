//! By which calls a pipeline's context goes from function to function.
//!
//! Checks do not need it: a summary keeps one way to each access. Editors show all of them.

use std::collections::BTreeSet;

use facts::places::Anchor;

use crate::fold::Folder;
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
