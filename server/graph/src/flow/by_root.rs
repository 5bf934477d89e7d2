//! Fields found by the first segment of their path.

use std::borrow::Cow;

use contracts::path::FieldPath;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use text::name::Name;

/// An index over a list of paths. A path can only relate to paths with its own first segment, or
/// with a first segment that is a pattern.
#[derive(Debug, Default)]
pub(super) struct ByRoot {
    exact: FxHashMap<Name, SmallVec<[usize; 4]>>,
    patterns: Vec<usize>,
    count: usize,
}

impl ByRoot {
    /// The index of `paths`, by their place in the list.
    pub(super) fn new(paths: impl Iterator<Item = FieldPath>) -> ByRoot {
        let mut index = ByRoot::default();
        for (place, path) in paths.enumerate() {
            if path.is_rooted_in_pattern() {
                index.patterns.push(place);
            } else {
                index.exact.entry(path.root()).or_default().push(place);
            }
            index.count += 1;
        }
        index
    }

    /// The places, ascending, of all paths that may relate to `path`.
    pub(super) fn candidates(&self, path: FieldPath) -> Cow<'_, [usize]> {
        if path.is_rooted_in_pattern() {
            return (0..self.count).collect();
        }
        let exact = self.exact.get(&path.root()).map_or(&[][..], SmallVec::as_slice);
        if self.patterns.is_empty() {
            return Cow::Borrowed(exact);
        }
        let mut places = exact.to_vec();
        places.extend(&self.patterns);
        places.sort_unstable();
        Cow::Owned(places)
    }
}
