//! Which files have to do with handlers, told by the names of classes alone.
//!
//! A handler need not look like one: its class may come from a base of the project's own, and the
//! file that registers it may know no more than its name. So the heads of all classes are kept, and
//! whatever descends from a handler base, by name, is worth reading; so is every file that mentions
//! such a class. Following names properly is the graph's business.

use std::collections::{BTreeMap, BTreeSet};

use facts::places::FileId;
use facts::prefilter::ClassHead;
use text::name::Name;

/// The head of a class, kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// The class's name.
    pub name: Name,
    bases: Box<[Name]>,
}

impl From<ClassHead<'_>> for Head {
    fn from(head: ClassHead<'_>) -> Head {
        let bases = head.bases.into_iter().map(Name::new).collect();
        Head { name: Name::new(head.name), bases }
    }
}

/// The heads of a project's classes, and which of them may be handlers.
#[derive(Debug, Default)]
pub struct Lineage {
    /// Names that make a handler base, by what settings say.
    named: BTreeSet<Name>,
    heads: BTreeMap<FileId, Box<[Head]>>,
    descendants: BTreeSet<Name>,
    stale: bool,
}

/// The end of a name that makes a handler base by itself.
const SUFFIX: &str = "PhaseHandler";

impl Lineage {
    /// An empty project whose settings name these bases.
    pub fn new<'a>(bases: impl IntoIterator<Item = &'a str>) -> Lineage {
        let last = |name: &'a str| Name::new(name.rsplit('.').next().unwrap_or(name));
        Lineage { named: bases.into_iter().map(last).collect(), ..Lineage::default() }
    }

    /// Sets the classes of a file.
    pub fn set(&mut self, file: FileId, heads: &[Head]) {
        let known = self.heads.get(&file).map_or(&[][..], |heads| heads);
        if known == heads {
            return;
        }
        self.stale = true;
        if heads.is_empty() {
            self.heads.remove(&file);
        } else {
            self.heads.insert(file, heads.into());
        }
    }

    /// The files with a class that may be a handler, and names of such classes that no file has been
    /// searched for; nothing where no class has changed since the last time.
    ///
    /// Names that say themselves what they are need no search: files are read for those anyway.
    pub fn settle(&mut self) -> Option<(BTreeSet<FileId>, Vec<Name>)> {
        if !std::mem::take(&mut self.stale) {
            return None;
        }
        let before = std::mem::take(&mut self.descendants);
        self.descendants = self.close();
        let is_kin = |head: &Head| self.descendants.contains(&head.name);
        let files = self.heads.iter().filter(|(_, heads)| heads.iter().any(is_kin));
        let files = files.map(|(file, _)| *file).collect();
        let quiet = |name: &&Name| !name.as_str().contains(SUFFIX) && !before.contains(*name);
        Some((files, self.descendants.iter().filter(quiet).copied().collect()))
    }

    /// Whether a text mentions a class that may be a handler and does not say so itself.
    #[must_use]
    pub fn is_mentioned(&self, bytes: &[u8]) -> bool {
        let quiet = self.descendants.iter().filter(|name| !name.as_str().contains(SUFFIX));
        mentions(bytes, quiet.copied())
    }

    /// All names that descend from a handler base.
    fn close(&self) -> BTreeSet<Name> {
        let heads = || self.heads.values().flat_map(|heads| heads.iter());
        let mut children: BTreeMap<Name, Vec<Name>> = BTreeMap::new();
        for head in heads() {
            for base in &head.bases {
                children.entry(*base).or_default().push(head.name);
            }
        }
        let is_base = |name: &Name| name.as_str().ends_with(SUFFIX) || self.named.contains(name);
        let mut open: Vec<Name> = children.keys().copied().filter(is_base).collect();
        let mut found = BTreeSet::new();
        while let Some(name) = open.pop() {
            for child in children.get(&name).into_iter().flatten() {
                if found.insert(*child) {
                    open.push(*child);
                }
            }
        }
        found
    }
}

/// Whether one of the names stands in the text as a word of its own.
pub fn mentions(bytes: &[u8], names: impl IntoIterator<Item = Name>) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    names.into_iter().any(|name| {
        let word = name.as_str().as_bytes();
        memchr::memmem::find_iter(bytes, word).any(|at| {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            !is_part(before) && !is_part(bytes.get(at + word.len()))
        })
    })
}

#[cfg(test)]
mod tests {
    use facts::prefilter::class_heads;

    use super::*;

    fn heads(source: &str) -> Vec<Head> {
        class_heads(source).map(Head::from).collect()
    }

    #[test]
    fn descendants_are_found_through_files() {
        let mut lineage = Lineage::new(["sdk.Step"]);
        lineage.set(FileId(0), &heads("class Base(AbstractPhaseHandler): ...\n"));
        lineage.set(FileId(1), &heads("class Plan(Base): ...\nclass Other: ...\n"));
        lineage.set(FileId(2), &heads("class Build(Step): ...\n"));
        lineage.set(FileId(3), &heads("class Unrelated(Other): ...\n"));
        let (files, names) = lineage.settle().unwrap();
        assert_eq!(files, BTreeSet::from([FileId(0), FileId(1), FileId(2)]));
        assert_eq!(names, ["Base", "Build", "Plan"].map(Name::new));
        assert_eq!(lineage.settle(), None, "nothing changed");
        assert!(lineage.is_mentioned(b"register('plan', Plan())"));
        assert!(!lineage.is_mentioned(b"Planner, MyPlan, Plans"));
    }

    #[test]
    fn circles_come_to_an_end() {
        let mut lineage = Lineage::default();
        lineage.set(FileId(0), &heads("class A(B, XPhaseHandler): ...\nclass B(A): ...\n"));
        let (_, names) = lineage.settle().unwrap();
        assert_eq!(names, ["A", "B"].map(Name::new));
    }
}
