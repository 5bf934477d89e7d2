//! Attributes of telemetry across files: which names are set where, and to what.
//!
//! They are followed only while a contract speaks about attributes, so that nobody else pays.

use std::collections::{BTreeMap, BTreeSet};

use contracts::value::Value;
use facts::places::{Anchor, FileId};
use facts::python::attributes::Carrier;
use rustc_hash::FxHashMap;
use text::name::Name;

use crate::files::Files;
use crate::handler::ContractRef;
use crate::keys::Key;

mod follow;
mod resolve;

/// What one piece of code sets on one span, event or the like.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// What carries the attributes.
    pub carrier: Carrier,
    /// The name of the span or event, where it is known.
    pub name: Option<Name>,
    /// The attributes that are set, in the order of the text.
    pub sets: Box<[Set]>,
    /// Whether the code sets nothing else on it and hands it to nobody.
    pub closed: bool,
    /// Where it begins or is named first.
    pub at: Anchor,
    /// Whether names that are not known may be set here on spans of all kinds.
    pub reaches_all: bool,
}

/// One attribute that is set.
#[derive(Clone, PartialEq, Debug)]
pub struct Set {
    /// Its name; one of several where the code chooses.
    pub names: Box<[Name]>,
    /// Where that is written.
    pub at: Anchor,
    /// Whether a literal stands there, and not a name for one.
    pub is_literal: bool,
    /// What it is set to: one of these; none where that is not known.
    pub values: Box<[Value]>,
    /// Where that is written.
    pub value_at: Anchor,
    /// Whether a literal stands there, and not a name for one.
    pub value_is_literal: bool,
}

/// The attributes that the files of a project set.
#[derive(Debug, Default)]
pub struct Attributes {
    /// The contracts that speak about attributes.
    conventions: BTreeSet<ContractRef>,
    /// Whether anything is followed.
    is_followed: bool,
    groups: BTreeMap<FileId, Box<[Group]>>,
    /// The files that set a name.
    by_name: FxHashMap<Name, BTreeSet<FileId>>,
    /// The files with a group that reaches all spans.
    reaching: BTreeSet<FileId>,
}

impl Attributes {
    /// What a file sets, in the order of the text, function by function.
    #[must_use]
    pub fn of_file(&self, file: FileId) -> &[Group] {
        self.groups.get(&file).map_or(&[], |groups| groups)
    }

    /// The groups that have an attribute of this name, by path.
    pub fn with_name<'a>(&'a self, files: &Files, name: Name) -> impl Iterator<Item = &'a Group> {
        let mut setting: Vec<FileId> =
            self.by_name.get(&name).into_iter().flatten().copied().collect();
        setting.sort_unstable_by_key(|file| files.path(*file));
        let groups = setting.into_iter().flat_map(|file| self.of_file(file));
        groups.filter(move |group| group.sets.iter().any(|set| set.names.contains(&name)))
    }

    /// Every attribute of this name that is set, with what it is set on, by path.
    pub fn uses<'a>(
        &'a self,
        files: &Files,
        name: Name,
    ) -> impl Iterator<Item = (&'a Group, &'a Set)> {
        self.with_name(files, name).flat_map(move |group| {
            let sets = group.sets.iter().filter(move |set| set.names.contains(&name));
            sets.map(move |set| (group, set))
        })
    }

    /// Whether some code sets attributes of names that are not known on spans that it does not know
    /// either, so that any span may have any attribute.
    #[must_use]
    pub fn any_span_may_have_any(&self) -> bool {
        !self.reaching.is_empty()
    }

    /// The contracts that speak about attributes, in no order that means anything.
    pub fn conventions(&self) -> impl Iterator<Item = ContractRef> {
        self.conventions.iter().copied()
    }

    /// Takes in what a file sets now; the names that are set differently from before are added to
    /// `keys`.
    fn set(&mut self, file: FileId, groups: Vec<Group>, keys: &mut Vec<Key>) {
        if *self.of_file(file) == *groups {
            return;
        }
        let before = self.groups.remove(&file).unwrap_or_default();
        let reached = self.any_span_may_have_any();
        for name in before.iter().flat_map(Group::names) {
            if let Some(files) = self.by_name.get_mut(&name) {
                files.remove(&file);
                if files.is_empty() {
                    self.by_name.remove(&name);
                }
            }
        }
        for name in groups.iter().flat_map(Group::names) {
            self.by_name.entry(name).or_default().insert(file);
        }
        let lost = before.iter().filter(|group| !groups.contains(group));
        let gained = groups.iter().filter(|group| !before.contains(group));
        keys.extend(lost.chain(gained).flat_map(Group::names).map(Key::Attribute));
        if groups.iter().any(|group| group.reaches_all) {
            self.reaching.insert(file);
        } else {
            self.reaching.remove(&file);
        }
        if !groups.is_empty() {
            self.groups.insert(file, groups.into());
        }
        if reached != self.any_span_may_have_any() {
            keys.push(Key::AnyAttribute);
        }
    }
}

impl Group {
    /// All names that are set.
    pub fn names(&self) -> impl Iterator<Item = Name> {
        self.sets.iter().flat_map(|set| set.names.iter().copied())
    }
}
