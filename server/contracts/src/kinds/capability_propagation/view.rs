//! A capability contract, decoded.

use syntax::yaml::NodeId;
use text::name::Name;

use super::{ATTENUATION, CAPABILITY, CHAIN, CONTRACT, PHASE};
use crate::decode::view::View;
use crate::propagation::{Located, Severity};
use crate::shared_keys::{all_of, key, severity_of, some_of};

/// One capability contract.
#[derive(Clone, PartialEq, Debug)]
pub struct Contract {
    /// The document's root.
    pub at: NodeId,
    /// `capabilities`, those that have a name.
    pub capabilities: Vec<Capability>,
    /// `phases`, in the order of the file.
    pub phases: Vec<Phase>,
    /// `chains`.
    pub chains: Vec<Chain>,
}

impl Contract {
    /// The capability of this name; of several the last, as at run time.
    #[must_use]
    pub fn capability(&self, name: Name) -> Option<&Capability> {
        self.capabilities.iter().rfind(|capability| capability.name.value == name)
    }

    /// The phase of this name.
    #[must_use]
    pub fn phase(&self, name: Name) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.name.value == name)
    }
}

/// One permission.
#[derive(Clone, PartialEq, Debug)]
pub struct Capability {
    /// The mapping's node.
    pub at: NodeId,
    /// `name`.
    pub name: Located<Name>,
    /// `scope`.
    pub scope: Option<Located<Name>>,
    /// `parent`; an empty one is none.
    pub parent: Option<Located<Name>>,
    /// `attenuable`, its default filled in.
    pub attenuable: bool,
    /// The key `attenuable`, where it is written.
    pub attenuable_at: Option<NodeId>,
}

/// What one phase does with permissions.
#[derive(Clone, PartialEq, Debug)]
pub struct Phase {
    /// Its name, at its key.
    pub name: Located<Name>,
    /// The mapping's node.
    pub at: NodeId,
    /// `requires`; empty names are none.
    pub requires: Vec<Located<Name>>,
    /// `provides`; empty names are none.
    pub provides: Vec<Located<Name>>,
    /// `attenuations`.
    pub attenuations: Vec<Attenuation>,
}

/// A scope that becomes narrower.
#[derive(Clone, PartialEq, Debug)]
pub struct Attenuation {
    /// The mapping's node.
    pub at: NodeId,
    /// `from_scope`.
    pub from: Option<Located<Name>>,
    /// `to_scope`.
    pub to: Option<Located<Name>>,
}

/// The scopes that are compared, from narrow to broad.
const SCOPES: [&str; 6] = ["none", "read", "read-only", "write", "read-write", "admin"];

impl Attenuation {
    /// Whether the scope gets broader instead. Of scopes that are not compared it is not known.
    #[must_use]
    pub fn widens(&self) -> bool {
        let rank = |scope: Option<Located<Name>>| {
            let word = scope?.value;
            SCOPES.iter().position(|scope| *scope == word.as_str())
        };
        rank(self.from).zip(rank(self.to)).is_some_and(|(from, to)| to > from)
    }
}

/// One permission on its way.
#[derive(Clone, PartialEq, Debug)]
pub struct Chain {
    /// The mapping's node.
    pub at: NodeId,
    /// `chain_id`.
    pub id: Option<Located<Name>>,
    /// `capability`.
    pub capability: Option<Located<Name>>,
    /// `source_phase`.
    pub source: Option<Located<Name>>,
    /// `destination_phase`.
    pub destination: Option<Located<Name>>,
    /// `expected_attenuation`.
    pub expected: Option<Attenuation>,
    /// `severity`, its default filled in.
    pub severity: Severity,
}

pub(super) fn contract(view: &View<'_>) -> Contract {
    let phases = view.map(key!(CONTRACT.phases));
    Contract {
        at: view.at,
        capabilities: some_of(view, key!(CONTRACT.capabilities), capability),
        phases: phases.map(|(name, at, view)| phase(name, at, view.as_ref())).collect(),
        chains: all_of(view, key!(CONTRACT.chains), chain),
    }
}

fn capability(view: &View<'_>) -> Option<Capability> {
    Some(Capability {
        at: view.at,
        name: view.text(key!(CAPABILITY.name))?,
        scope: view.text(key!(CAPABILITY.scope)),
        parent: view.text(key!(CAPABILITY.parent)).filter(is_name),
        attenuable: view.flag(key!(CAPABILITY.attenuable)).unwrap_or(true),
        attenuable_at: view.key_node(key!(CAPABILITY.attenuable)),
    })
}

/// A phase whose mapping does not fit keeps its name.
fn phase(name: Located<Name>, at: NodeId, view: Option<&View<'_>>) -> Phase {
    let names = |key| {
        let names = view.map_or_else(Vec::new, |view| view.texts(key));
        names.into_iter().filter(is_name).collect()
    };
    Phase {
        name,
        at,
        requires: names(key!(PHASE.requires)),
        provides: names(key!(PHASE.provides)),
        attenuations: view
            .map_or_else(Vec::new, |view| all_of(view, key!(PHASE.attenuations), attenuation)),
    }
}

fn attenuation(view: &View<'_>) -> Attenuation {
    Attenuation {
        at: view.at,
        from: view.text(key!(ATTENUATION.from_scope)),
        to: view.text(key!(ATTENUATION.to_scope)),
    }
}

fn chain(view: &View<'_>) -> Chain {
    Chain {
        at: view.at,
        id: view.text(key!(CHAIN.chain_id)),
        capability: view.text(key!(CHAIN.capability)),
        source: view.text(key!(CHAIN.source_phase)),
        destination: view.text(key!(CHAIN.destination_phase)),
        expected: view.record(key!(CHAIN.expected_attenuation)).as_ref().map(attenuation),
        severity: severity_of(view, key!(CHAIN.severity)).0,
    }
}

/// The loader takes an empty text where a capability is named.
fn is_name(text: &Located<Name>) -> bool {
    !text.value.as_str().is_empty()
}
