//! Places in a function to fields of what is followed.

use contracts::path::FieldPath;
use facts::places::FileId;
use facts::python::{Key, Place, Root};
use smallvec::{SmallVec, smallvec};
use text::name::Name;

use super::state::{Path, below};
use crate::constants::Texts;
use crate::handler::ClassRef;
use crate::names::Lookup;

/// How many fields one place may be.
const MOST_FIELDS: usize = 256;

/// How deep a field may lie.
const DEEPEST: usize = 12;

/// Where in a function the followed object is found: a root, and which part of the object it is.
/// Sorted, and each root once.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Roots(SmallVec<[(Root, Path); 2]>);

impl Roots {
    /// Adds a root; one that is there already is replaced.
    pub(super) fn insert(&mut self, root: Root, path: Path) {
        match self.0.binary_search_by_key(&root, |(known, _)| *known) {
            Ok(index) => {
                if let Some(known) = self.0.get_mut(index) {
                    known.1 = path;
                }
            }
            Err(index) => self.0.insert(index, (root, path)),
        }
    }

    /// Which part of the object a root is.
    pub(super) fn get(&self, root: Root) -> Option<Path> {
        let index = self.0.binary_search_by_key(&root, |(known, _)| *known).ok()?;
        self.0.get(index).map(|(_, path)| *path)
    }

    /// All roots, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Root, Path)> + '_ {
        self.0.iter().copied()
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The part that all roots are, taken out, so that one result serves for every part that a
    /// function is called with.
    pub(super) fn normalised(mut self) -> (Roots, Path) {
        let Some((_, first)) = self.0.first().copied() else {
            return (self, None);
        };
        if self.0.iter().any(|(_, path)| *path != first) {
            return (self, None);
        }
        for (_, path) in &mut self.0 {
            *path = None;
        }
        (self, first)
    }
}

/// The fields that a place is.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Fields {
    /// Each of them.
    pub(super) paths: SmallVec<[Path; 1]>,
    /// Whether it is one of them and not each in turn.
    pub(super) choice: bool,
    /// Whether it may be any other field of the context.
    pub(super) open: bool,
}

/// Where keys are looked up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope {
    /// The module.
    pub(super) file: FileId,
    /// The class that `self` is of.
    pub(super) class: Option<ClassRef>,
}

/// The fields that `place` is, where `start` is what its root holds.
pub(super) fn fields<'a>(
    lookup: &Lookup<'a>,
    scope: Scope,
    start: Path,
    place: &'a Place,
) -> Fields {
    let mut fields = Fields { paths: smallvec![start], choice: false, open: false };
    for key in place.keys.iter() {
        let texts = match lookup.texts_in_class(scope.file, scope.class, key) {
            Texts::Known(texts) => texts,
            Texts::Pattern(prefix, suffix) => pattern(prefix, suffix),
            Texts::Unknown => vec![Name::new("*")],
        };
        let is_any = texts.iter().all(|text| text.as_str() == "*") && !matches!(key, Key::Text(_));
        if is_any && fields.paths.iter().any(Option::is_none) {
            return Fields { paths: SmallVec::new(), choice: false, open: true };
        }
        fields.choice |= texts.len() > 1;
        if fields.paths.len() * texts.len() > MOST_FIELDS {
            return Fields { paths: SmallVec::new(), choice: false, open: true };
        }
        if too_deep(&fields.paths) {
            return fields;
        }
        fields.paths = fields
            .paths
            .iter()
            .flat_map(|path| {
                let add = |text| below(*path, Some(FieldPath::from_segments(vec![text])));
                texts.iter().copied().map(add)
            })
            .collect();
    }
    fields
}

fn too_deep(paths: &[Path]) -> bool {
    paths.iter().flatten().any(|path| path.segments().len() >= DEEPEST)
}

/// The segment that stands for any text that begins and ends so.
fn pattern(prefix: Name, suffix: Name) -> Vec<Name> {
    vec![Name::new(&format!("{prefix}*{suffix}"))]
}
