//! What changes between two versions of a service, and whether the rule that governs it allows it.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use syntax::yaml::NodeId;
use text::name::Name;

use super::{Contract, EvolutionRule, SchemaVersion};
use crate::propagation::Located;

/// A sort of change, as rules speak of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ChangeKind {
    /// A field is there that was not.
    AddField,
    /// A field is gone.
    RemoveField,
    /// A field has another type.
    ChangeFieldType,
    /// A field may have a value that it could not have.
    AddEnumValue,
    /// A field may no longer have a value.
    RemoveEnumValue,
    /// A field is always there that was not.
    MakeRequired,
    /// A field is to go that was not.
    DeprecateField,
}

impl ChangeKind {
    /// All of them.
    pub const ALL: [ChangeKind; 7] = [
        ChangeKind::AddField,
        ChangeKind::RemoveField,
        ChangeKind::ChangeFieldType,
        ChangeKind::AddEnumValue,
        ChangeKind::RemoveEnumValue,
        ChangeKind::MakeRequired,
        ChangeKind::DeprecateField,
    ];

    /// As contracts write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::AddField => "add_field",
            ChangeKind::RemoveField => "remove_field",
            ChangeKind::ChangeFieldType => "change_field_type",
            ChangeKind::AddEnumValue => "add_enum_value",
            ChangeKind::RemoveEnumValue => "remove_enum_value",
            ChangeKind::MakeRequired => "make_required",
            ChangeKind::DeprecateField => "deprecate_field",
        }
    }

    /// The sort of change that contracts write so.
    #[must_use]
    pub fn parse(word: &str) -> Option<ChangeKind> {
        ChangeKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Which changes a rule allows as long as its lists do not say otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Policy {
    /// Additions alone.
    AdditiveOnly,
    /// Additions, and marking fields as deprecated.
    BackwardCompatible,
    /// Everything.
    Full,
}

impl Policy {
    /// As contracts write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Policy::AdditiveOnly => "additive_only",
            Policy::BackwardCompatible => "backward_compatible",
            Policy::Full => "full",
        }
    }

    /// The policy that contracts write so.
    #[must_use]
    pub fn parse(word: &str) -> Option<Policy> {
        let all = [Policy::AdditiveOnly, Policy::BackwardCompatible, Policy::Full];
        all.into_iter().find(|policy| policy.as_str() == word)
    }

    /// Whether it allows such a change.
    #[must_use]
    pub fn allows(self, kind: ChangeKind) -> bool {
        match kind {
            ChangeKind::AddField | ChangeKind::AddEnumValue => true,
            ChangeKind::DeprecateField => self != Policy::AdditiveOnly,
            _ => self == Policy::Full,
        }
    }
}

/// One change from a version to another.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// What it is.
    pub kind: ChangeKind,
    /// The field that it happens to.
    pub field: Name,
    /// The type or value that was there before.
    pub old: Option<Located<Name>>,
    /// The type or value that is there now.
    pub new: Option<Located<Name>>,
    /// Where it is seen: in the newer version, or in the older one where something is gone.
    pub at: NodeId,
}

/// What changes from `old` to `new`, sort by sort and each sort by name. A field under another name
/// is one that is gone and one that is new; a field that is no longer required, or no longer
/// deprecated, is no change.
#[must_use]
pub fn changes(old: &SchemaVersion, new: &SchemaVersion) -> Vec<Change> {
    let mut found = Vec::new();
    fields(old, new, &mut found);
    values(old, new, &mut found);
    for (kind, before, after) in [
        (ChangeKind::MakeRequired, &old.required, &new.required),
        (ChangeKind::DeprecateField, &old.deprecated, &new.deprecated),
    ] {
        let before = by_text(before);
        let added = by_text(after).into_iter().filter(|(name, _)| !before.contains_key(name));
        found.extend(added.map(|(_, field)| Change {
            kind,
            field: field.value,
            old: None,
            new: None,
            at: field.at,
        }));
    }
    found
}

fn fields(old: &SchemaVersion, new: &SchemaVersion, found: &mut Vec<Change>) {
    let sorted = |version: &SchemaVersion| -> BTreeMap<&'static str, _> {
        version.fields.iter().map(|pair| (pair.0.value.as_str(), *pair)).collect()
    };
    let (before, after) = (sorted(old), sorted(new));
    let change =
        |kind, at: Located<Name>| Change { kind, field: at.value, old: None, new: None, at: at.at };
    let added = after.iter().filter(|(name, _)| !before.contains_key(*name));
    found.extend(added.map(|(_, (field, _))| change(ChangeKind::AddField, *field)));
    let gone = before.iter().filter(|(name, _)| !after.contains_key(*name));
    found.extend(gone.map(|(_, (field, _))| change(ChangeKind::RemoveField, *field)));
    let both = before.iter().filter_map(|(name, (_, was))| Some((*was, *after.get(name)?)));
    found.extend(both.filter(|(was, (_, is))| was.value != is.value).map(|(was, (field, is))| {
        Change {
            old: Some(was),
            new: Some(is),
            at: is.at,
            ..change(ChangeKind::ChangeFieldType, field)
        }
    }));
}

fn values(old: &SchemaVersion, new: &SchemaVersion, found: &mut Vec<Change>) {
    let sorted = |version: &SchemaVersion| -> BTreeMap<&'static str, _> {
        let sets = version.enums.iter();
        sets.map(|(field, values)| (field.value.as_str(), (field.value, by_text(values)))).collect()
    };
    let (before, after) = (sorted(old), sorted(new));
    let fields: BTreeMap<_, _> =
        before.iter().chain(&after).map(|(name, (field, _))| (*name, *field)).collect();
    let none = BTreeMap::new();
    for (name, field) in fields {
        let was = before.get(name).map_or(&none, |(_, values)| values);
        let is = after.get(name).map_or(&none, |(_, values)| values);
        let added = is.iter().filter(|(value, _)| !was.contains_key(*value));
        found.extend(added.map(|(_, value)| Change {
            kind: ChangeKind::AddEnumValue,
            field,
            old: None,
            new: Some(*value),
            at: value.at,
        }));
        let gone = was.iter().filter(|(value, _)| !is.contains_key(*value));
        found.extend(gone.map(|(_, value)| Change {
            kind: ChangeKind::RemoveEnumValue,
            field,
            old: Some(*value),
            new: None,
            at: value.at,
        }));
    }
}

/// Each name once, by its text.
fn by_text(names: &[Located<Name>]) -> BTreeMap<&'static str, Located<Name>> {
    names.iter().rev().map(|name| (name.value.as_str(), *name)).collect()
}

impl EvolutionRule {
    /// Whether the rule speaks of a service of this name.
    #[must_use]
    pub fn covers(&self, service: &str) -> bool {
        self.scope.is_some_and(|scope| service.starts_with(scope.value.as_str()))
    }

    /// Whether the rule allows such a change: what is forbidden is not allowed, what is allowed by
    /// name is, and of all else the policy decides. A policy that cannot be read allows everything.
    #[must_use]
    pub fn allows(&self, kind: ChangeKind) -> bool {
        let names =
            |words: &[Located<Name>]| words.iter().any(|word| word.value.as_str() == kind.as_str());
        !names(&self.forbidden)
            && (names(&self.allowed) || self.policy.is_none_or(|policy| policy.value.allows(kind)))
    }
}

impl Contract {
    /// The rule that governs a service: the first that covers it. Without one all is allowed.
    #[must_use]
    pub fn governing(&self, service: &str) -> Option<&EvolutionRule> {
        self.rules.iter().find(|rule| rule.covers(service))
    }

    /// Each version with the next one of the same service, the older first: as their numbers say, or
    /// else in the order of the file.
    #[must_use]
    pub fn successions(&self) -> Vec<(&SchemaVersion, &SchemaVersion)> {
        let mut latest: FxHashMap<Name, &SchemaVersion> = FxHashMap::default();
        let mut pairs = Vec::new();
        for version in &self.versions {
            let Some(service) = version.service else { continue };
            let before = latest.insert(service.value, version);
            pairs.extend(before.map(|before| {
                if version.is_before(before) { (version, before) } else { (before, version) }
            }));
        }
        pairs
    }
}

impl SchemaVersion {
    /// Whether both versions are written as numbers, `1.2.0` or `v1.2.0`, and this has the lower.
    fn is_before(&self, other: &SchemaVersion) -> bool {
        let numbers = |of: &SchemaVersion| -> Option<Vec<u64>> {
            let text = of.version?.value.as_str();
            text.trim_start_matches('v').split('.').map(|number| number.parse().ok()).collect()
        };
        matches!((numbers(self), numbers(other)), (Some(own), Some(others)) if own < others)
    }
}
