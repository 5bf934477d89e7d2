//! What a contract file declares.

use contracts::decode;
use contracts::problem::Problem;
use contracts::propagation::{self, Contract};
use contracts::schema::Kind;
use syntax::yaml::{NodeId, Yaml};

/// One document of a contract file.
#[derive(Clone, PartialEq, Debug)]
pub struct ContractFacts {
    /// The contract, as far as it can be read.
    pub contract: Contract,
    /// What is wrong with it by itself, in the order of the nodes.
    pub problems: Vec<Problem>,
    /// False where aliases repeat so much that a part was left out.
    pub complete: bool,
}

/// Reads the document at `root`, which is a contract of this kind.
#[must_use]
pub fn lower(text: &str, yaml: &Yaml, root: NodeId, kind: &'static Kind) -> ContractFacts {
    let decoded = propagation::decode(yaml, root);
    ContractFacts {
        contract: decoded.contract,
        problems: decode::check(text, yaml, root, kind),
        complete: decoded.complete,
    }
}
