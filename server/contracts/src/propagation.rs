//! The propagation contract, decoded: what phases of a pipeline require and produce.
//!
//! The shape is declared in [`crate::kinds::propagation`]; this is its typed view. A part that does
//! not fit its declaration is left out here (its problem is reported), and everything else stays.

pub mod topology;

use std::ops::Deref;

use syntax::yaml::NodeId;
use text::exact::fitted;
use text::name::Name;

use crate::decode::view::View;
use crate::kinds::propagation::field::{EVALUATION, FIELD, QUALITY};
use crate::kinds::propagation::{CHAIN, CONTRACT, ENDPOINT, ENTRY, EXIT, PHASE};
use crate::path::FieldPath;
use crate::propagation::topology::Topology;
use crate::schema::Place;
use crate::shared_keys::{all_of, key, severity_of};
use crate::value::Value;

/// A value and the node it stands at.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its node.
    pub at: NodeId,
}

/// One propagation contract: one pipeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Contract {
    /// Where `description` is written; its text is read when somebody asks for it.
    pub description: Option<NodeId>,
    /// The phases, in the order of the file, which is the order they run in where no topology says
    /// otherwise. Where there are none, they are the nodes of the topology.
    pub phases: Vec<Phase>,
    /// `propagation_chains`.
    pub chains: Vec<Chain>,
    /// `graph_topology`.
    pub topology: Option<Box<Topology>>,
}

/// One phase.
#[derive(Clone, PartialEq, Debug)]
pub struct Phase {
    /// Its name, at its key.
    pub name: Located<Name>,
    /// The mapping that describes it.
    pub at: NodeId,
    /// Where `description` is written; its text is read when somebody asks for it.
    pub description: Option<NodeId>,
    /// The four lists, each with the node of the list where it is written.
    pub lists: [FieldList; 4],
}

/// The lists of fields that a phase has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Boundary {
    /// `entry.required`
    EntryRequired,
    /// `entry.enrichment`
    EntryEnrichment,
    /// `exit.required`
    ExitRequired,
    /// `exit.optional`
    ExitOptional,
}

impl Boundary {
    /// All of them, in the order of [`Phase::lists`].
    pub const ALL: [Boundary; 4] = [
        Boundary::EntryRequired,
        Boundary::EntryEnrichment,
        Boundary::ExitRequired,
        Boundary::ExitOptional,
    ];

    /// As people write it: `entry.required`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Boundary::EntryRequired => "entry.required",
            Boundary::EntryEnrichment => "entry.enrichment",
            Boundary::ExitRequired => "exit.required",
            Boundary::ExitOptional => "exit.optional",
        }
    }

    /// Whether fields of this list come in.
    #[must_use]
    pub fn is_entry(self) -> bool {
        matches!(self, Boundary::EntryRequired | Boundary::EntryEnrichment)
    }
}

/// One list of fields.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FieldList {
    /// The sequence's node, where the list is written.
    pub at: Option<NodeId>,
    /// Its fields.
    pub fields: Vec<Field>,
}

impl Phase {
    /// The fields of one list.
    #[must_use]
    pub fn fields(&self, boundary: Boundary) -> &[Field] {
        &self.lists[boundary as usize].fields
    }

    /// All fields with the list each stands in, in the order of [`Boundary::ALL`].
    pub fn all_fields(&self) -> impl Iterator<Item = (Boundary, &Field)> {
        Boundary::ALL
            .into_iter()
            .flat_map(|boundary| self.fields(boundary).iter().map(move |field| (boundary, field)))
    }
}

/// One field of a list.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// The mapping's node.
    pub at: NodeId,
    /// `name`, a dot path.
    pub path: Located<FieldPath>,
    /// `type`, as written; absent means `str`.
    pub type_name: Option<Located<Name>>,
    /// `severity`, its default filled in.
    pub severity: Severity,
    /// Where `severity` is written, if it is.
    pub severity_at: Option<NodeId>,
    /// Where `description` is written; its text is read when somebody asks for it.
    pub description: Option<NodeId>,
    /// What few fields have, and all may be asked for.
    rare: Option<Box<Rare>>,
}

impl Field {
    /// A field that is declared elsewhere than in a contract's text. Its nodes are those of whoever
    /// declares it.
    #[must_use]
    pub fn declared(
        path: Located<FieldPath>,
        at: NodeId,
        type_name: Option<Located<Name>>,
        severity: (Severity, Option<NodeId>),
        default: Option<Located<Value>>,
    ) -> Field {
        let rare =
            default.map(|default| Box::new(Rare { default: Some(default), ..NOTHING.clone() }));
        let (severity, severity_at) = severity;
        Field { at, path, type_name, severity, severity_at, description: None, rare }
    }
}

/// What few fields have. Facts hold fields by the hundred thousand, so that it stands apart.
#[derive(Clone, PartialEq, Debug)]
pub struct Rare {
    /// `default`; `null` is none, as the loader takes it.
    pub default: Option<Located<Value>>,
    /// `source_phase`.
    pub source_phase: Option<Located<Name>>,
    /// The key node of `constraints`, where written.
    pub constraints: Option<NodeId>,
    /// `quality`.
    pub quality: Option<Quality>,
    /// `evaluation`.
    pub evaluation: Option<Evaluation>,
}

/// What a field has that has nothing rare.
static NOTHING: Rare =
    Rare { default: None, source_phase: None, constraints: None, quality: None, evaluation: None };

impl Deref for Field {
    type Target = Rare;

    fn deref(&self) -> &Rare {
        self.rare.as_deref().unwrap_or(&NOTHING)
    }
}

/// How much the absence of a field matters. Ordered from light to grave.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Noted.
    Advisory,
    /// Reported, and a default applied where there is one.
    Warning,
    /// The phase must not start.
    Blocking,
}

impl Severity {
    /// As contracts write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Advisory => "advisory",
            Severity::Warning => "warning",
            Severity::Blocking => "blocking",
        }
    }

    /// The severity that contracts write so.
    #[must_use]
    pub fn parse(word: &str) -> Option<Severity> {
        match word {
            "advisory" => Some(Severity::Advisory),
            "warning" => Some(Severity::Warning),
            "blocking" => Some(Severity::Blocking),
            _ => None,
        }
    }
}

/// `quality` of a field.
#[derive(Clone, PartialEq, Debug)]
pub struct Quality {
    /// The mapping's node.
    pub at: NodeId,
    /// `metric`.
    pub metric: Option<Located<Name>>,
    /// `threshold`.
    pub threshold: Option<Located<f64>>,
}

/// `evaluation` of a field.
#[derive(Clone, PartialEq, Debug)]
pub struct Evaluation {
    /// The mapping's node.
    pub at: NodeId,
    /// `policy`.
    pub policy: Option<Located<Name>>,
    /// `threshold`.
    pub threshold: Option<Located<f64>>,
}

/// One propagation chain.
#[derive(Clone, PartialEq, Debug)]
pub struct Chain {
    /// The mapping's node.
    pub at: NodeId,
    /// `chain_id`.
    pub id: Option<Located<Name>>,
    /// `source`.
    pub source: Option<Endpoint>,
    /// `waypoints`.
    pub waypoints: Vec<Endpoint>,
    /// `destination`.
    pub destination: Option<Endpoint>,
    /// `severity`, its default filled in.
    pub severity: Severity,
    /// `verification`, as decoded text.
    pub verification: Option<Located<Name>>,
}

impl Chain {
    /// Source, waypoints and destination, in that order, as far as they can be read.
    pub fn endpoints(&self) -> impl Iterator<Item = &Endpoint> {
        self.source.iter().chain(&self.waypoints).chain(&self.destination)
    }
}

/// One end, or a waypoint, of a chain.
#[derive(Clone, PartialEq, Debug)]
pub struct Endpoint {
    /// The mapping's node.
    pub at: NodeId,
    /// `phase`.
    pub phase: Option<Located<Name>>,
    /// `field`.
    pub field: Option<Located<FieldPath>>,
}

/// Reads the document that `view` is the root of. What does not fit the declaration is left out; a
/// phase whose mapping does not fit keeps its name, so that it can still be referred to.
pub(crate) fn contract(view: &View<'_>) -> Contract {
    let phases = view.map(key!(CONTRACT.phases));
    let mut phases: Vec<Phase> =
        phases.map(|(name, at, view)| phase(name, at, view.as_ref())).collect();
    let topology =
        view.record(key!(CONTRACT.graph_topology)).map(|view| Box::new(topology::read(&view)));
    if phases.is_empty() {
        phases.extend(topology.iter().flat_map(|topology| &topology.nodes).map(phase_of_node));
    }
    Contract {
        description: view.place(key!(CONTRACT.description)),
        phases: fitted(phases),
        chains: all_of(view, key!(CONTRACT.propagation_chains), chain),
        topology,
    }
}

/// A phase of which no more is said than what stands in the topology.
fn phase_of_node(node: &topology::Node) -> Phase {
    Phase {
        name: node.name,
        at: node.at,
        description: node.description,
        lists: std::array::from_fn(|_| FieldList::default()),
    }
}

fn phase(name: Located<Name>, at: NodeId, view: Option<&View<'_>>) -> Phase {
    let entry = view.and_then(|view| view.record(key!(PHASE.entry)));
    let exit = view.and_then(|view| view.record(key!(PHASE.exit)));
    let (entry, exit) = (entry.as_ref(), exit.as_ref());
    Phase {
        name,
        at,
        description: view.and_then(|view| view.place(key!(PHASE.description))),
        lists: [
            field_list(entry, key!(ENTRY.required)),
            field_list(entry, key!(ENTRY.enrichment)),
            field_list(exit, key!(EXIT.required)),
            field_list(exit, key!(EXIT.optional)),
        ],
    }
}

fn field_list(view: Option<&View<'_>>, key: Place) -> FieldList {
    match view.and_then(|view| view.records(key)) {
        Some((at, items)) => {
            let mut fields = Vec::with_capacity(items.size_hint().1.unwrap_or_default());
            fields.extend(items.filter_map(|view| field(&view)));
            FieldList { at: Some(at), fields: fitted(fields) }
        }
        None => FieldList::default(),
    }
}

fn field(view: &View<'_>) -> Option<Field> {
    let (severity, severity_at) = severity_of(view, key!(FIELD.severity));
    Some(Field {
        at: view.at,
        path: view.path(key!(FIELD.name))?,
        type_name: view.text(key!(FIELD.type)),
        severity,
        severity_at,
        description: view.place(key!(FIELD.description)),
        rare: has_rare(view).then(|| Box::new(rare(view))),
    })
}

fn has_rare(view: &View<'_>) -> bool {
    let keys = [
        key!(FIELD.default),
        key!(FIELD.source_phase),
        key!(FIELD.constraints),
        key!(FIELD.quality),
        key!(FIELD.evaluation),
    ];
    keys.into_iter().any(|key| view.key_node(key).is_some())
}

fn rare(view: &View<'_>) -> Rare {
    Rare {
        default: view.anything(key!(FIELD.default)),
        source_phase: view.text(key!(FIELD.source_phase)),
        constraints: view.key_node(key!(FIELD.constraints)),
        quality: view.record(key!(FIELD.quality)).map(|view| Quality {
            at: view.at,
            metric: view.text(key!(QUALITY.metric)),
            threshold: view.number(key!(QUALITY.threshold)),
        }),
        evaluation: view.record(key!(FIELD.evaluation)).map(|view| Evaluation {
            at: view.at,
            policy: view.text(key!(EVALUATION.policy)),
            threshold: view.number(key!(EVALUATION.threshold)),
        }),
    }
}

fn chain(view: &View<'_>) -> Chain {
    Chain {
        at: view.at,
        id: view.text(key!(CHAIN.chain_id)),
        source: view.record(key!(CHAIN.source)).as_ref().map(endpoint),
        waypoints: all_of(view, key!(CHAIN.waypoints), endpoint),
        destination: view.record(key!(CHAIN.destination)).as_ref().map(endpoint),
        severity: severity_of(view, key!(CHAIN.severity)).0,
        verification: view.text(key!(CHAIN.verification)),
    }
}

fn endpoint(view: &View<'_>) -> Endpoint {
    Endpoint {
        at: view.at,
        phase: view.text(key!(ENDPOINT.phase)),
        field: view.path(key!(ENDPOINT.field)),
    }
}

#[cfg(test)]
mod tests;
