//! What a contract file declares.

use contracts::problem::Problem;
use contracts::propagation::Contract;

/// One document of a contract file.
#[derive(Clone, PartialEq, Debug)]
pub struct ContractFacts {
    /// The contract, as far as it can be read.
    pub contract: Contract,
    /// What is wrong with it by itself.
    pub problems: Vec<Problem>,
}
