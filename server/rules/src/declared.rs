//! What several rules about a contract by itself share: its problems, and findings about them.

use contracts::body::Body;
use contracts::kinds::schema_compatibility;
use contracts::problem::ProblemKind;
use contracts::propagation::{Chain, Field, Phase};
use contracts::schema::{Kind, Loader};
use facts::contract::{ContractFacts, ContractProblem};
use syntax::edit::yaml;
use syntax::yaml::NodeId;
use text::name::Name;

use crate::finding::Finding;
use crate::fix::Intent;
use crate::level::Level;
use crate::rule::{FileScope, Rule, Weight};

/// What follows from a mistake that the loader does not forgive.
pub(crate) const REFUSED: &str = "the loader refuses the whole contract over it";

/// What follows from one in what is announced.
const ANNOUNCED: &str = "no loader reads it yet; one that keeps to the design refuses it";

/// What follows from a mistake in a document of this kind.
pub(crate) fn consequence(kind: &Kind) -> &'static str {
    match kind.loader {
        Loader::Contract => REFUSED,
        Loader::Announced => ANNOUNCED,
        Loader::Manifest => "the loader refuses the whole manifest over it",
        Loader::Policy => "whoever reads the policy says nothing of it",
        Loader::Payload => "whoever checks the payload refuses it",
    }
}

/// The problems of all contracts in the file, each with its contract.
pub(crate) fn problems<'a>(
    scope: &FileScope<'a>,
) -> impl Iterator<Item = (&'a ContractFacts, &'a ContractProblem)> + use<'a> {
    let contracts = scope.facts.contracts.iter();
    contracts.flat_map(|facts| facts.problems.iter().map(move |problem| (&**facts, problem)))
}

/// A finding of `rule`, at its own level, about a node of a contract.
pub(crate) fn finding(
    rule: &'static Rule,
    scope: &FileScope<'_>,
    contract: &ContractFacts,
    at: NodeId,
    message: String,
) -> Finding {
    let level = match rule.weight {
        Weight::Always(level) | Weight::Between(_, level) => level,
        Weight::BySeverity => Level::Error,
    };
    let mut finding = Finding::new(rule, level, scope.anchor(at), message);
    finding.pipeline = contract.pipeline();
    finding
}

/// The finding about a problem, said of the phase and the field that it lies in.
pub(crate) fn problem(
    rule: &'static Rule,
    scope: &FileScope<'_>,
    (contract, problem): (&ContractFacts, &ContractProblem),
    message: String,
) -> Finding {
    let is_announced = problem.problem.is_announced;
    let why = if is_announced { ANNOUNCED } else { consequence(contract.document.kind) };
    let mut finding = finding(rule, scope, contract, problem.at, message).why(why);
    finding.phase = problem.phase;
    finding.field = problem.field;
    finding
}

/// A fix's only edit.
pub(crate) fn edit(scope: &FileScope<'_>, intent: yaml::Intent) -> Vec<Intent> {
    vec![Intent::Yaml(scope.file, intent)]
}

/// The node of the key that `value` belongs to. A key that a record declares is a scalar, and ids
/// follow the text, so it stands right before its value.
pub(crate) fn key_of(value: NodeId) -> NodeId {
    NodeId::new(value.place().saturating_sub(1))
}

/// The phases of a propagation contract; none in contracts of other kinds.
pub(crate) fn phases(contract: &ContractFacts) -> &[Phase] {
    contract.propagation().map_or(&[], |contract| &contract.phases)
}

/// The chains of a propagation contract; none in contracts of other kinds.
pub(crate) fn chains(contract: &ContractFacts) -> &[Chain] {
    contract.propagation().map_or(&[], |contract| &contract.chains)
}

/// The compatibility contracts of the file.
pub(crate) fn compatibility<'a>(
    scope: &FileScope<'a>,
) -> impl Iterator<Item = (&'a ContractFacts, &'a schema_compatibility::Contract)> + use<'a> {
    scope.facts.contracts.iter().filter_map(|facts| match &facts.document.body {
        Body::SchemaCompatibility(contract) => Some((&**facts, &**contract)),
        _ => None,
    })
}

/// Each phase's fields with the phase, in the order of the lists.
pub(crate) fn fields(
    contract: &ContractFacts,
) -> impl Iterator<Item = (Name, contracts::propagation::Boundary, &Field)> {
    phases(contract).iter().flat_map(|phase| {
        phase.all_fields().map(move |(boundary, field)| (phase.name.value, boundary, field))
    })
}

/// Whether the field's severity is as the contract says. One that is misspelt is reported, and what
/// is meant by it is not known.
pub(crate) fn severity_is_known(contract: &ContractFacts, field: &Field) -> bool {
    !contract.problems.iter().any(|held| {
        held.field == Some(field.path.value)
            && held.problem.at > field.at
            && match &held.problem.kind {
                ProblemKind::NotOneOf { set, .. } => *set == "severity",
                ProblemKind::WrongType { what, .. } => what.as_str() == "severity",
                ProblemKind::UnknownKey { nearest, .. } => *nearest == Some("severity"),
                _ => false,
            }
    })
}

/// Whether the value of `key` in a mapping of the field is reported as wrong.
pub(crate) fn has_problem(contract: &ContractFacts, field: &Field, key: &str) -> bool {
    let mut of_field = contract.problems.iter().filter(|held| held.field == Some(field.path.value));
    of_field.any(|held| match &held.problem.kind {
        ProblemKind::WrongType { what, .. } | ProblemKind::OutOfRange { what, .. } => {
            what.as_str() == key
        }
        ProblemKind::UnknownKey { nearest, .. } => *nearest == Some(key),
        _ => false,
    })
}
