//! A compatibility contract, decoded.

use rustc_hash::FxHashMap;
use syntax::yaml::NodeId;
use text::name::Name;

use super::evolution::Policy;
use super::{CONTRACT, MAPPING, RULE, VERSION};
use crate::decode::view::View;
use crate::path::FieldPath;
use crate::propagation::{Located, Severity};
use crate::shared_keys::{all_of, key, severity_of};

/// One compatibility contract.
#[derive(Clone, PartialEq, Debug)]
pub struct Contract {
    /// The document's root.
    pub at: NodeId,
    /// `mappings`.
    pub mappings: Vec<FieldMapping>,
    /// `evolution_rules`, in the order in which they are asked.
    pub rules: Vec<EvolutionRule>,
    /// `versions`.
    pub versions: Vec<SchemaVersion>,
}

/// One field of a service that becomes a field of another.
#[derive(Clone, PartialEq, Debug)]
pub struct FieldMapping {
    /// The mapping's node.
    pub at: NodeId,
    /// The keys that begin with `source_`.
    pub source: Side,
    /// The keys that begin with `target_`.
    pub target: Side,
    /// `mapping`: what is sent, and what becomes of it.
    pub values: Vec<ValuePair>,
    /// The key `mapping`, where it is written.
    pub values_key: Option<NodeId>,
    /// `severity`, its default filled in.
    pub severity: Severity,
    /// `bidirectional`, its default filled in.
    pub bidirectional: bool,
    /// The key `bidirectional`, where it is written.
    pub bidirectional_key: Option<NodeId>,
}

/// A value that is sent, and what becomes of it.
pub type ValuePair = (Located<Name>, Located<Name>);

impl FieldMapping {
    /// Values that become what an earlier one becomes already, each with that earlier one, where
    /// the mapping is to work backwards too: the loader refuses it then.
    #[must_use]
    pub fn collisions(&self) -> Vec<(ValuePair, ValuePair)> {
        let mut first: FxHashMap<Name, ValuePair> = FxHashMap::default();
        let pairs = self.values.iter().filter(|_| self.bidirectional);
        pairs
            .filter_map(|pair| {
                let earlier = *first.entry(pair.1.value).or_insert(*pair);
                (earlier.0.at != pair.0.at).then_some((earlier, *pair))
            })
            .collect()
    }
}

/// One end of a field mapping.
#[derive(Clone, PartialEq, Debug)]
pub struct Side {
    /// The service.
    pub service: Option<Located<Name>>,
    /// Its field, a dot path.
    pub field: Option<Located<FieldPath>>,
    /// The type, as written; absent means `str`.
    pub type_name: Option<Located<Name>>,
    /// The values; where there are none, any value will do.
    pub values: Vec<Located<Name>>,
}

/// Which changes some services may make.
#[derive(Clone, PartialEq, Debug)]
pub struct EvolutionRule {
    /// The mapping's node.
    pub at: NodeId,
    /// `rule_id`.
    pub id: Option<Located<Name>>,
    /// `scope`, the beginning of the names of services.
    pub scope: Option<Located<Name>>,
    /// `policy`.
    pub policy: Option<Located<Policy>>,
    /// `allowed_changes`.
    pub allowed: Vec<Located<Name>>,
    /// `forbidden_changes`.
    pub forbidden: Vec<Located<Name>>,
}

/// What payloads look like in one version.
#[derive(Clone, PartialEq, Debug)]
pub struct SchemaVersion {
    /// The mapping's node.
    pub at: NodeId,
    /// `service`.
    pub service: Option<Located<Name>>,
    /// `version`.
    pub version: Option<Located<Name>>,
    /// `fields`, each with its type.
    pub fields: Vec<(Located<Name>, Located<Name>)>,
    /// `enums`, each field with its values.
    pub enums: Vec<(Located<Name>, Vec<Located<Name>>)>,
    /// `required_fields`.
    pub required: Vec<Located<Name>>,
    /// `deprecated_fields`.
    pub deprecated: Vec<Located<Name>>,
}

pub(super) fn contract(view: &View<'_>) -> Contract {
    Contract {
        at: view.at,
        mappings: all_of(view, key!(CONTRACT.mappings), mapping),
        rules: all_of(view, key!(CONTRACT.evolution_rules), rule),
        versions: all_of(view, key!(CONTRACT.versions), version),
    }
}

fn mapping(view: &View<'_>) -> FieldMapping {
    FieldMapping {
        at: view.at,
        source: Side {
            service: view.text(key!(MAPPING.source_service)),
            field: view.path(key!(MAPPING.source_field)),
            type_name: view.text(key!(MAPPING.source_type)),
            values: view.texts(key!(MAPPING.source_values)),
        },
        target: Side {
            service: view.text(key!(MAPPING.target_service)),
            field: view.path(key!(MAPPING.target_field)),
            type_name: view.text(key!(MAPPING.target_type)),
            values: view.texts(key!(MAPPING.target_values)),
        },
        values: view.words(key!(MAPPING.mapping)),
        values_key: view.key_node(key!(MAPPING.mapping)),
        severity: severity_of(view, key!(MAPPING.severity)).0,
        bidirectional: view.flag(key!(MAPPING.bidirectional)).unwrap_or(false),
        bidirectional_key: view.key_node(key!(MAPPING.bidirectional)),
    }
}

fn rule(view: &View<'_>) -> EvolutionRule {
    let policy = view
        .text(key!(RULE.policy))
        .and_then(|word| Some(Located { value: Policy::parse(word.value.as_str())?, at: word.at }));
    EvolutionRule {
        at: view.at,
        id: view.text(key!(RULE.rule_id)),
        scope: view.text(key!(RULE.scope)),
        policy,
        allowed: view.texts(key!(RULE.allowed_changes)),
        forbidden: view.texts(key!(RULE.forbidden_changes)),
    }
}

fn version(view: &View<'_>) -> SchemaVersion {
    SchemaVersion {
        at: view.at,
        service: view.text(key!(VERSION.service)),
        version: view.text(key!(VERSION.version)),
        fields: view.words(key!(VERSION.fields)),
        enums: view.lists(key!(VERSION.enums)),
        required: view.texts(key!(VERSION.required_fields)),
        deprecated: view.texts(key!(VERSION.deprecated_fields)),
    }
}
