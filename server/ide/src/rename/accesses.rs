//! The keys of accesses in code.

use std::collections::{BTreeMap, BTreeSet};

use contracts::path::FieldPath;
use facts::places::{Anchor, FileId};
use graph::handler::ContractRef;
use graph::summary::WrittenValue;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::name::Name;

use super::Refusal;
use super::code::Code;
use super::display;
use super::draft::Draft;
use super::field::{Fate, Segment};
use super::page::{self, Page};
use crate::mention::{Mention, What};
use crate::place::Place;
use crate::question::MANY_PIPELINES;

/// What code does in one file.
#[derive(Default)]
struct Done<'m> {
    /// The paths that it means at each place.
    meant: BTreeMap<Anchor, BTreeSet<FieldPath>>,
    /// What it writes.
    writes: Vec<(&'m Mention<'m>, &'m WrittenValue)>,
}

pub(super) fn rename(
    draft: &mut Draft<'_, '_>,
    contract: ContractRef,
    segment: &Segment,
    mentions: &[Mention<'_>],
) -> Result<(), Refusal> {
    let mut files: BTreeMap<FileId, Done<'_>> = BTreeMap::new();
    let mut functions: BTreeSet<(FileId, Name)> = BTreeSet::new();
    for mention in mentions {
        let Some(site) = mention.what.site() else { continue };
        let done = files.entry(mention.at.file).or_default();
        done.meant.entry(mention.at).or_default().insert(mention.path);
        let mut is_changed = segment.fate(mention.path) != Fate::Stays;
        if let What::Write(write) = mention.what
            && write.path.segments().len() <= segment.index
        {
            let ways = segment.ways_from(mention.path);
            is_changed |= ways.iter().any(|way| display::holds(&write.value, way) != Some(false));
            done.writes.push((mention, &write.value));
        }
        if is_changed {
            functions.insert((mention.at.file, site.function));
        }
    }
    for (file, function) in functions {
        is_own(draft, contract, file, function)?;
    }
    let mut code = Code::new(segment.old, segment.new.as_str());
    for (file, done) in &files {
        let question = draft.question;
        let changed = page::open(question, *file, |page| {
            for (at, paths) in &done.meant {
                Keys { page, segment, at: *at, paths }.rename(draft, &mut code)?;
            }
            in_dicts(draft, &mut code, page, segment, &done.writes)
        });
        changed.unwrap_or(Ok(()))?;
    }
    code.finish(draft)
}

/// The keys of dicts that are written as a whole.
fn in_dicts(
    draft: &mut Draft<'_, '_>,
    code: &mut Code,
    page: &Page<'_>,
    segment: &Segment,
    writes: &[(&Mention<'_>, &WrittenValue)],
) -> Result<(), Refusal> {
    for (mention, value) in writes {
        for way in segment.ways_from(mention.path) {
            match display::holds(value, way) {
                Some(false) => {}
                held => display::rename(draft, code, page, mention.at, (way, held.is_some()))?,
            }
        }
    }
    Ok(())
}

/// Whether the function is run by this pipeline alone.
fn is_own(
    draft: &Draft<'_, '_>,
    contract: ContractRef,
    file: FileId,
    function: Name,
) -> Result<(), Refusal> {
    let graph = draft.question.graph();
    let (pipelines, _) = graph.pipelines_through(file, function, MANY_PIPELINES);
    match pipelines.iter().find(|other| **other != contract) {
        Some(other) => {
            let path = draft.question.sources.path(file);
            let other = draft.question.sources.path(other.file);
            let why = format!("`{function}` in `{path}` also works for the pipeline of `{other}`");
            Err(Refusal::new(why))
        }
        None => Ok(()),
    }
}

/// The keys of one access.
struct Keys<'k, 'c> {
    page: &'k Page<'c>,
    segment: &'k Segment,
    at: Anchor,
    /// What is meant there.
    paths: &'k BTreeSet<FieldPath>,
}

impl Keys<'_, '_> {
    fn rename(&self, draft: &mut Draft<'_, '_>, code: &mut Code) -> Result<(), Refusal> {
        for path in self.paths {
            match self.segment.fate(*path) {
                Fate::Stays => {}
                Fate::Becomes(_) => self.key(draft, code, *path)?,
                // What stands for every key asks for none by name.
                Fate::Fits | Fate::Loses if self.is_any(*path) => {}
                Fate::Fits | Fate::Loses => {
                    return Err(draft.refused_at(self.at, "computes a key that may be it"));
                }
            }
        }
        Ok(())
    }

    fn is_any(&self, path: FieldPath) -> bool {
        path.segments().get(self.segment.index).is_some_and(|name| name.as_str() == "*")
    }

    /// The key of the segment in an access to `path`, unless it stands in another expression: that
    /// of the variable which the access begins with.
    fn key(
        &self,
        draft: &mut Draft<'_, '_>,
        code: &mut Code,
        path: FieldPath,
    ) -> Result<(), Refusal> {
        let back = path.segments().len() - 1 - self.segment.index;
        let Some(keys) = self.page.keys_at(draft.question, self.at) else {
            return Err(draft.refused_at(self.at, "computes it"));
        };
        let Some(key) = keys.get(back).copied() else { return Ok(()) };
        if self.is_shared(back) && page::reads(key, self.segment.old.as_str()) {
            return Err(draft.refused_at(self.at, "means another field by the same key as well"));
        }
        match keyword(self.page, key) {
            Some(name) => code.keyword(draft, Place { file: self.page.file, span: name.span() }),
            None => code.node(draft, self.page, key),
        }
    }

    /// Whether the same key leads to a field that keeps its name.
    fn is_shared(&self, back: usize) -> bool {
        self.paths.iter().any(|path| {
            let segments = path.segments();
            let index = segments.len().checked_sub(back + 1);
            let key = index.and_then(|index| segments.get(index));
            key == Some(&self.segment.old) && self.segment.fate(*path) == Fate::Stays
        })
    }
}

/// The name in `f(name=value)`, where `node` is it, or the whole argument.
fn keyword<'c>(page: &Page<'c>, node: Node<'c>) -> Option<Node<'c>> {
    let is_argument = |node: &Node<'c>| node.kind() == Kind::KeywordArgument;
    if is_argument(&node) {
        return node.child(Field::Name);
    }
    let name =
        |argument: Node<'c>| argument.child(Field::Name).filter(|name| name.span() == node.span());
    page.nodes().filter(is_argument).find_map(name)
}
