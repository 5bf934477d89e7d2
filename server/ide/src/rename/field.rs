//! One segment of a field's path, in all paths that go through it.

use std::collections::BTreeMap;

use contracts::path::{FieldPath, Relation};
use contracts::schema::Sort;
use facts::places::Anchor;
use graph::handler::ContractRef;
use graph::pipeline::Pipeline;
use text::name::Name;

use super::draft::Draft;
use super::{Refusal, accesses, contract, settings, told};
use crate::mention::{self, Mention, What};
use crate::named::{self, Reach};

pub(super) fn rename(
    draft: &mut Draft<'_, '_>,
    contract: ContractRef,
    path: FieldPath,
    new: &str,
) -> Result<(), Refusal> {
    if new.contains(['.', '*']) {
        return Err(Refusal::new("one segment of a path has neither dots nor stars"));
    }
    let Some(pipeline) = draft.question.pipeline(contract) else { return Ok(()) };
    let mentions = mention::all(&pipeline);
    let Some(segment) = Segment::new(path, new, &mentions) else {
        return Err(Refusal::new("a star stands for any field, and has no name of its own"));
    };
    is_free(draft, &segment, &mentions)?;
    let contracts = named::contracts(draft.question.graph(), Reach::Pipeline(contract));
    contract::rename(draft, &contracts, &|found| match found.named.sort {
        Sort::Field => segment.written(FieldPath::of(found.named.name)),
        _ => Ok(None),
    })?;
    for mention in &mentions {
        if let What::Input | What::Output = mention.what {
            let text = segment.written(mention.path);
            if let Some(text) = text.map_err(|why| draft.refused_at(mention.at, &why))? {
                settings::text(draft, mention.at.local.settings_span(), &text)?;
            }
        }
    }
    in_declarations(draft, &segment, &pipeline)?;
    told::rename(draft, contract, Sort::Field, &|told| segment.written(FieldPath::of(told.name)))?;
    in_expressions(draft, &pipeline, segment.old)?;
    accesses::rename(draft, contract, &segment, &mentions)
}

/// The segment that gets another name.
pub(super) struct Segment {
    /// Its place in a path.
    pub(super) index: usize,
    /// Its name.
    pub(super) old: Name,
    /// Its name to be.
    pub(super) new: Name,
    /// The paths that end with it: where others have a star, they are the same field.
    paths: Vec<FieldPath>,
}

/// What becomes of a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    /// It does not go through the segment.
    Stays,
    /// It does, and is this one afterwards.
    Becomes(FieldPath),
    /// It does by a pattern that fits both names.
    Fits,
    /// It does by a pattern that does not fit the new name.
    Loses,
}

impl Segment {
    fn new(path: FieldPath, new: &str, mentions: &[Mention<'_>]) -> Option<Segment> {
        let old = *path.segments().last()?;
        if old.as_str().contains('*') {
            return None;
        }
        let index = path.segments().len() - 1;
        let mut paths = vec![path];
        let mut next = 0;
        while let Some(known) = paths.get(next).copied() {
            next += 1;
            for mention in mentions {
                let Some(start) = start(mention.path, index) else { continue };
                let is_same = start.relation(known) == Some(Relation::Same);
                if is_same && start.segments().last() == Some(&old) && !paths.contains(&start) {
                    paths.push(start);
                }
            }
        }
        Some(Segment { index, old, new: Name::new(new), paths })
    }

    /// What becomes of a path.
    pub(super) fn fate(&self, path: FieldPath) -> Fate {
        let Some(start) = start(path, self.index) else { return Fate::Stays };
        let is_through =
            self.paths.iter().any(|known| known.relation(start) == Some(Relation::Same));
        match path.segments().get(self.index) {
            Some(segment) if is_through && *segment == self.old => {
                let mut names = path.segments().to_vec();
                names[self.index] = self.new;
                Fate::Becomes(FieldPath::from_segments(names))
            }
            Some(segment) if is_through => {
                let alone = |name: Name| FieldPath::from_segments(vec![name]);
                match alone(*segment).relation(alone(self.new)) {
                    Some(_) => Fate::Fits,
                    None => Fate::Loses,
                }
            }
            _ => Fate::Stays,
        }
    }

    /// What a path reads afterwards where it is written; none where it stays.
    fn written(&self, path: FieldPath) -> Result<Option<String>, String> {
        match self.fate(path) {
            Fate::Stays | Fate::Fits => Ok(None),
            Fate::Becomes(path) => Ok(Some(path.to_string())),
            Fate::Loses => Err(format!("means it by a pattern, which `{}` does not fit", self.new)),
        }
    }

    /// The ways from `path` on to the segment; none where it does not hold it.
    pub(super) fn ways_from(&self, path: FieldPath) -> Vec<&'static [Name]> {
        let depth = path.segments().len();
        let holds = |known: &&FieldPath| {
            depth <= self.index
                && start(**known, depth - 1).and_then(|start| start.relation(path))
                    == Some(Relation::Same)
        };
        let held = self.paths.iter().filter(holds);
        let mut ways: Vec<&[Name]> = held.map(|known| &known.segments()[depth..]).collect();
        ways.sort();
        ways.dedup();
        ways
    }

    /// Whether a path would be the same as one with the new name.
    fn is_taken_by(&self, path: FieldPath) -> bool {
        let Some(start) = start(path, self.index) else { return false };
        self.paths.iter().any(|known| {
            let mut names = known.segments().to_vec();
            names[self.index] = self.new;
            let is_same = FieldPath::from_segments(names).relation(start) == Some(Relation::Same);
            is_same && self.fate(path) == Fate::Stays
        })
    }
}

/// The path up to the segment at `index`.
fn start(path: FieldPath, index: usize) -> Option<FieldPath> {
    let segments = path.segments().get(..=index)?;
    Some(FieldPath::from_segments(segments.to_vec()))
}

fn is_free(
    draft: &Draft<'_, '_>,
    segment: &Segment,
    mentions: &[Mention<'_>],
) -> Result<(), Refusal> {
    match mentions.iter().find(|mention| segment.is_taken_by(mention.path)) {
        Some(known) => {
            let why = format!("means another field by `{}` already", known.path);
            Err(draft.refused_at(known.at, &why))
        }
        None => Ok(()),
    }
}

/// What handlers declare in code: keys of a dict.
fn in_declarations(
    draft: &mut Draft<'_, '_>,
    segment: &Segment,
    pipeline: &Pipeline,
) -> Result<(), Refusal> {
    let phases = pipeline.phases.iter().flat_map(|phase| &phase.handlers);
    let handlers = phases.chain(&pipeline.stray_handlers);
    let fields: BTreeMap<Anchor, FieldPath> = handlers
        .flat_map(|handler| &handler.declares.sides)
        .flat_map(|side| &side.fields)
        .map(|field| (field.at, field.path))
        .collect();
    for (at, path) in fields {
        let text = segment.written(path).map_err(|why| draft.refused_at(at, &why))?;
        let Some(new) = text else { continue };
        let Some(place) = draft.question.place(at) else { continue };
        draft.put_string(place, new, "computes it")?;
    }
    Ok(())
}

/// Refuses where a verification names the field: what it does with the context is its own.
fn in_expressions(draft: &Draft<'_, '_>, pipeline: &Pipeline, old: Name) -> Result<(), Refusal> {
    let quoted = [format!("'{old}'"), format!("\"{old}\"")];
    for chain in &pipeline.contract().chains {
        let Some(verification) = chain.verification else { continue };
        let text = verification.value.as_str();
        if quoted.iter().any(|quoted| text.contains(quoted.as_str())) {
            let at = pipeline.anchor(verification.at);
            return Err(draft.refused_at(at, "names it in an expression"));
        }
    }
    Ok(())
}
