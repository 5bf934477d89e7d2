//! Words that a declaration does not have, and which of its words may have been meant.

use rustc_hash::FxHashSet;
use syntax::yaml::NodeId;
use text::name::Name;
use text::near::{Nearness, nearest, nearness};

use crate::kinds::KINDS;
use crate::problem::{Home, ProblemKind};
use crate::schema::{Enumeration, Kind, Loader, Record};

use super::slots::Slots;
use super::{Checker, found};

/// Among how many unknown keys one may be sure what was meant: each is held against all others.
const MOST_COMPARED: usize = 100;

impl Checker<'_> {
    /// Keys that the record lacks.
    pub(super) fn unknown_keys(&mut self, mapping: NodeId, record: &'static Record, slots: &Slots) {
        if slots.unknown.is_empty() {
            return;
        }
        let written = self.yaml.written(mapping);
        let merge = written.iter().find(|entry| self.yaml.is_merge(entry.key));
        let own: FxHashSet<NodeId> = match merge {
            Some(_) => written.iter().map(|entry| entry.key).collect(),
            None => FxHashSet::default(),
        };
        for (name, entry) in &slots.unknown {
            let mut kind = unknown_key(*name, record, slots, self.kind);
            let Some(merge) = merge.filter(|_| !own.contains(&entry.key)) else {
                self.report(entry.key, kind);
                continue;
            };
            // Where the key is written it may well be right, so nothing there is to be renamed.
            if let ProblemKind::UnknownKey { nearest, certain, .. } = &mut kind {
                (*nearest, *certain) = (None, false);
            }
            self.report_at(merge.key, Some(*name), kind);
        }
    }
}

/// The problem of a key that `record` lacks, in a mapping with these entries of a `kind`.
fn unknown_key(
    key: Name,
    record: &'static Record,
    slots: &Slots,
    kind: &'static Kind,
) -> ProblemKind {
    let keys = record.keys.iter().enumerate();
    let absent = keys.filter(|(index, _)| slots.get(*index).is_none());
    let absent: Vec<&'static str> = absent.map(|(_, key)| key.name).collect();
    let word = key.as_str();
    let found = nearest(word, absent.iter().copied());
    let meant = found.and_then(|(near, _)| absent.iter().copied().find(|name| *name == near));
    let certain = meant.is_some_and(|meant| {
        let only = absent.iter().filter(|name| nearness(word, name).is_some()).count() == 1;
        // Two keys that both want to be the same one cannot both be renamed.
        only && slots.unknown.len() <= MOST_COMPARED
            && one_edit_apart(word, meant)
            && !slots
                .unknown
                .iter()
                .any(|(other, _)| *other != key && nearness(other.as_str(), meant).is_some())
    });
    let home = home(key, record, kind);
    ProblemKind::UnknownKey { key, record: record.name, nearest: meant, certain, home }
}

/// Where a key would be at home that `record`, in a document of this kind, does not have.
fn home(key: Name, record: &'static Record, kind: &'static Kind) -> Home {
    if matches!(kind.loader, Loader::Manifest | Loader::Policy) {
        return Home::Ignored;
    }
    let is_root = std::ptr::eq(record, kind.root);
    let is_akin = |other: &Kind| {
        other.loader == kind.loader
            || (other.loader.is_of_contracts() && kind.loader.is_of_contracts())
    };
    let has_it = |other: &&&Kind| is_akin(other) && other.root.key(key.as_str()).is_some();
    let mut others = KINDS.iter().filter(has_it);
    match (others.next(), others.next()) {
        (Some(only), None) if is_root => Home::OtherKind(only),
        _ => Home::Nowhere,
    }
}

/// The problem of a key that belongs to an extension which is not admitted.
pub(super) fn extension(key: &'static str, record: &'static Record) -> ProblemKind {
    ProblemKind::UnknownKey {
        key: Name::new(key),
        record: record.name,
        nearest: None,
        certain: false,
        home: Home::Extension,
    }
}

/// The problem of a word that a closed set lacks.
pub(super) fn not_one_of(word: &str, words: &'static Enumeration) -> ProblemKind {
    let known = || words.values.iter().map(|(word, _)| *word);
    let same = known().find(|known| known.eq_ignore_ascii_case(word));
    let near = || {
        let (near, how) = nearest(word, known())?;
        // A shared word of two says little about short words of a set.
        (how != Nearness::Words).then_some(near)
    };
    let nearest = same.or_else(|| near().and_then(|near| known().find(|known| *known == near)));
    ProblemKind::NotOneOf {
        set: words.name,
        word: Name::new(word),
        allowed: Name::new(&found::alternatives(words)),
        nearest,
        case_only: same.is_some(),
    }
}

/// Whether one insertion, removal, replacement or swap of neighbours makes one the other.
fn one_edit_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = one.iter().zip(&other).take_while(|(left, right)| left == right).count();
    let (one, other) = (&one[start..], &other[start..]);
    let backwards = one.iter().rev().zip(other.iter().rev());
    let end = backwards.take_while(|(left, right)| left == right).count();
    match (&one[..one.len() - end], &other[..other.len() - end]) {
        ([a, b], [c, d]) => a == d && b == c,
        (one, other) => one.len() <= 1 && other.len() <= 1,
    }
}
