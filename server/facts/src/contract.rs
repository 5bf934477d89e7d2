//! What a contract file declares.

use contracts::decode;
use contracts::document::{self, Document};
use contracts::path::FieldPath;
use contracts::problem::{Clash, Problem, ProblemKind};
use contracts::propagation::Contract;
use contracts::schema::Kind;
use contracts::verification;
use rustc_hash::FxHashMap;
use syntax::yaml::{Data, NodeId, SourceOffsets, Yaml};
use text::name::Name;
use text::span::Span;

use crate::places::{LocalAnchor, Places};

/// One document of a contract file.
#[derive(Clone, PartialEq, Debug)]
pub struct ContractFacts {
    /// What it says, as far as it can be read.
    pub document: Document,
    /// What is wrong with it by itself, in the order of the nodes.
    pub problems: Vec<ContractProblem>,
    /// The verifications of its chains, in order.
    pub verifications: Vec<Verification>,
}

/// A problem of the document, and what it is about.
#[derive(Clone, PartialEq, Debug)]
pub struct ContractProblem {
    /// The problem.
    pub problem: Problem,
    /// The smallest node to show it at: for what a mapping lacks, the mapping's first key.
    pub at: NodeId,
    /// The nodes from the document's root down to the one at fault.
    pub way: Box<[NodeId]>,
    /// The phase it lies in.
    pub phase: Option<Name>,
    /// The field it lies in.
    pub field: Option<FieldPath>,
}

/// The verification of one chain.
#[derive(Clone, PartialEq, Debug)]
pub struct Verification {
    /// The chain's index.
    pub chain: usize,
    /// Parts of the expression that can be pointed at, by their place in its text.
    pub spots: Vec<(Span, LocalAnchor)>,
}

impl ContractFacts {
    /// The propagation contract, if it is one: what a pipeline is made of.
    #[must_use]
    pub fn propagation(&self) -> Option<&Contract> {
        self.document.propagation()
    }

    /// The id of the pipeline that the contract is or belongs to.
    #[must_use]
    pub fn pipeline(&self) -> Option<Name> {
        self.document.pipeline_id.map(|id| id.value)
    }

    /// Whether nothing is wrong with a part of the document, so that it was read whole.
    #[must_use]
    pub fn is_sound(&self, part: NodeId) -> bool {
        !self.problems.iter().any(|problem| problem.way.contains(&part))
    }

    /// The anchor of a part of a chain's verification; none where it cannot be told apart.
    #[must_use]
    pub fn spot(&self, chain: usize, part: Span) -> Option<LocalAnchor> {
        let verification = self.verifications.iter().find(|held| held.chain == chain)?;
        verification.spots.iter().find(|(span, _)| *span == part).map(|(_, at)| *at)
    }
}

/// Reads the document at `root`, which is a contract of this kind. What has no node of its own gets
/// an anchor in `places`.
#[must_use]
pub fn lower(
    text: &str,
    yaml: &Yaml,
    root: NodeId,
    kind: &'static Kind,
    places: &mut Places,
) -> ContractFacts {
    let document = document::read(yaml, root, kind);
    let contract = document.propagation();
    let subjects = Subjects::of(contract);
    let problems = decode::check(text, yaml, root, kind);
    ContractFacts {
        problems: problems.into_iter().map(|problem| subjects.place(yaml, problem)).collect(),
        verifications: contract
            .map_or_else(Vec::new, |contract| verifications(text, yaml, contract, places)),
        document,
    }
}

/// The phases and fields of a contract, by node.
struct Subjects(FxHashMap<NodeId, (Name, Option<FieldPath>)>);

impl Subjects {
    fn of(contract: Option<&Contract>) -> Subjects {
        let mut subjects = FxHashMap::default();
        for phase in contract.into_iter().flat_map(|contract| &contract.phases) {
            let name = phase.name.value;
            subjects.entry(phase.at).or_insert((name, None));
            for (_, field) in phase.all_fields() {
                subjects.entry(field.at).or_insert((name, Some(field.path.value)));
            }
        }
        Subjects(subjects)
    }

    fn place(&self, yaml: &Yaml, problem: Problem) -> ContractProblem {
        let way = yaml.way_down(problem.at);
        let subject = way.iter().rev().find_map(|node| self.0.get(node)).copied();
        let at = match problem.kind {
            ProblemKind::MissingKey { .. } | ProblemKind::Clash(Clash::NothingAsked { .. }) => {
                first_key(yaml, problem.at)
            }
            _ => problem.at,
        };
        ContractProblem {
            problem,
            at,
            way: way.into_boxed_slice(),
            phase: subject.map(|(phase, _)| phase),
            field: subject.and_then(|(_, field)| field),
        }
    }
}

fn first_key(yaml: &Yaml, mapping: NodeId) -> NodeId {
    match &yaml.node(mapping).data {
        Data::Mapping(entries) => entries.first().map_or(mapping, |entry| entry.key),
        _ => mapping,
    }
}

fn verifications(
    text: &str,
    yaml: &Yaml,
    contract: &Contract,
    places: &mut Places,
) -> Vec<Verification> {
    let mut all = Vec::new();
    for (chain, expression) in contract
        .chains
        .iter()
        .enumerate()
        .filter_map(|(index, chain)| Some((index, chain.verification?)))
    {
        let words = expression.value.as_str();
        let mut spots = Vec::new();
        let node = yaml.node(expression.at);
        // What stands behind an alias is written elsewhere, for another purpose.
        let is_written = matches!(node.data, Data::Scalar(_));
        if is_written && words.len() <= verification::LONGEST {
            let sources = SourceOffsets::new(text, node);
            let offset = |at: u32| sources.of(at as usize);
            for part in verification::spots_of(expression.value).iter() {
                let span = Span::new(offset(part.start), offset(part.end));
                spots.push((*part, places.append(span)));
            }
        }
        all.push(Verification { chain, spots });
    }
    all
}
