//! Fields found by the first segment of their path.

use contracts::path::FieldPath;
use rustc_hash::FxHashMap;
use text::name::Name;

/// An index over a list of paths. A path can only relate to paths with its own first segment, or
/// with a first segment that is a pattern.
#[derive(Debug, Default)]
pub(super) struct ByRoot {
    exact: FxHashMap<Name, Vec<usize>>,
    patterns: Vec<usize>,
    count: usize,
}

impl ByRoot {
    /// The index of `paths`, by their place in the list.
    pub(super) fn new(paths: impl Iterator<Item = FieldPath>) -> ByRoot {
        let mut index = ByRoot::default();
        for (place, path) in paths.enumerate() {
            if path.root().as_str().contains('*') {
                index.patterns.push(place);
            } else {
                index.exact.entry(path.root()).or_default().push(place);
            }
            index.count += 1;
        }
        index
    }

    /// The places, ascending, of all paths that may relate to `path`.
    pub(super) fn candidates(&self, path: FieldPath) -> Vec<usize> {
        if path.root().as_str().contains('*') {
            return (0..self.count).collect();
        }
        let mut places = self.exact.get(&path.root()).cloned().unwrap_or_default();
        if !self.patterns.is_empty() {
            places.extend(&self.patterns);
            places.sort_unstable();
        }
        places
    }
}
