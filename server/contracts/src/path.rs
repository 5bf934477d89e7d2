//! Dot paths of context fields.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use dashmap::{DashMap, DashSet};
use rustc_hash::FxBuildHasher;
use text::name::Name;
use text::recent::Recent;

/// A field of the context: `domain_summary.domain`, `design_results.*.design_mode`.
///
/// A segment `*` stands for any one key, and `onboarding_*` for any that begins so. Equal paths share
/// one allocation and are copied like numbers; they order segment by segment.
#[derive(Clone, Copy)]
pub struct FieldPath(&'static Segments);

struct Segments {
    names: Box<[Name]>,
    text: Name,
    /// The first of the names. This and the following are asked for all the time.
    root: Name,
    has_pattern: bool,
    root_is_pattern: bool,
}

impl Segments {
    fn new(names: Box<[Name]>, text: Name) -> Segments {
        let root = names.first().copied().unwrap_or(text);
        let is_pattern = |name: Name| name.as_str().contains('*');
        let (has_pattern, root_is_pattern) = (is_pattern(text), is_pattern(root));
        Segments { names, text, root, has_pattern, root_is_pattern }
    }
}

// Everything else follows from the names.
impl PartialEq for Segments {
    fn eq(&self, other: &Segments) -> bool {
        self.names == other.names
    }
}

impl Eq for Segments {}

impl Hash for Segments {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.names.hash(state);
    }
}

static PARSED: LazyLock<DashMap<Name, FieldPath, FxBuildHasher>> = LazyLock::new(DashMap::default);
static PATHS: LazyLock<DashSet<&'static Segments, FxBuildHasher>> = LazyLock::new(DashSet::default);

thread_local! {
    /// Paths that this thread met last; asking here needs no lock.
    static RECENT: RefCell<Recent<FieldPath, 1024>> = const { RefCell::new(Recent::new()) };
}

/// How two paths lie to each other, wildcards counted as any key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// The same field.
    Same,
    /// The first holds the second: `a` to `a.b`.
    Parent,
    /// The first lies inside the second: `a.b` to `a`.
    Child,
}

impl FieldPath {
    /// The path that contracts write with dots. Empty segments are kept as they are.
    #[must_use]
    pub fn parse(text: &str) -> FieldPath {
        FieldPath::of(Name::new(text))
    }

    /// As [`FieldPath::parse`], for text that is stored already.
    #[must_use]
    pub fn of(text: Name) -> FieldPath {
        // Contracts name the same fields over and over.
        RECENT.with_borrow_mut(|recent| recent.get_or(text, || FieldPath::shared(text)))
    }

    /// The path that reads `text`, found or stored for all threads.
    fn shared(text: Name) -> FieldPath {
        if let Some(known) = PARSED.get(&text) {
            return *known;
        }
        let segments = text.as_str().split('.').map(Name::new).collect();
        let path = FieldPath::from_segments(segments);
        PARSED.insert(text, path);
        path
    }

    /// The path of these segments, each one key; a key may itself hold a dot.
    ///
    /// There must be at least one.
    #[must_use]
    pub fn from_segments(names: Vec<Name>) -> FieldPath {
        let text = match names.as_slice() {
            [only] => *only,
            several => {
                let words: Vec<&str> = several.iter().map(|name| name.as_str()).collect();
                Name::new(&words.join("."))
            }
        };
        let wanted = Segments::new(names.into_boxed_slice(), text);
        if let Some(known) = PATHS.get(&wanted) {
            return FieldPath(*known);
        }
        let leaked: &'static Segments = Box::leak(Box::new(wanted));
        PATHS.insert(leaked);
        FieldPath(PATHS.get(leaked).map_or(leaked, |known| *known))
    }

    /// The segments, from the outermost.
    #[must_use]
    pub fn segments(self) -> &'static [Name] {
        &self.0.names
    }

    /// The first segment: the key in the context itself.
    #[must_use]
    pub fn root(self) -> Name {
        self.0.root
    }

    /// Whether the first segment stands for more than one key.
    #[must_use]
    pub fn is_rooted_in_pattern(self) -> bool {
        self.0.root_is_pattern
    }

    /// The path with dots.
    #[must_use]
    pub fn as_name(self) -> Name {
        self.0.text
    }

    /// The path with dots.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0.text.as_str()
    }

    /// Whether a segment stands for more than one key.
    #[must_use]
    pub fn has_wildcard(self) -> bool {
        self.0.has_pattern
    }

    /// The path that holds this one, if it is not at the top.
    #[must_use]
    pub fn parent(self) -> Option<FieldPath> {
        let (_, rest) = self.0.names.split_last()?;
        (!rest.is_empty()).then(|| FieldPath::from_segments(rest.to_vec()))
    }

    /// This path with `segment` below it.
    #[must_use]
    pub fn child(self, segment: Name) -> FieldPath {
        let mut names = self.0.names.to_vec();
        names.push(segment);
        FieldPath::from_segments(names)
    }

    /// How this path lies to `other`, if one holds the other at all.
    #[must_use]
    pub fn relation(self, other: FieldPath) -> Option<Relation> {
        if self == other {
            return Some(Relation::Same);
        }
        let agree = self
            .segments()
            .iter()
            .zip(other.segments())
            .all(|(mine, theirs)| same_key(*mine, *theirs));
        agree.then(|| match self.segments().len().cmp(&other.segments().len()) {
            Ordering::Equal => Relation::Same,
            Ordering::Less => Relation::Parent,
            Ordering::Greater => Relation::Child,
        })
    }
}

/// Whether two segments may name one key.
fn same_key(one: Name, other: Name) -> bool {
    one == other || matches(one.as_str(), other.as_str()) || matches(other.as_str(), one.as_str())
}

fn matches(pattern: &str, key: &str) -> bool {
    pattern.split_once('*').is_some_and(|(prefix, suffix)| {
        key.len() >= prefix.len() + suffix.len() && key.starts_with(prefix) && key.ends_with(suffix)
    })
}

impl PartialEq for FieldPath {
    fn eq(&self, other: &FieldPath) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for FieldPath {}

impl Hash for FieldPath {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}

impl PartialOrd for FieldPath {
    fn partial_cmp(&self, other: &FieldPath) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for FieldPath {
    fn cmp(&self, other: &FieldPath) -> Ordering {
        if self == other { Ordering::Equal } else { self.segments().cmp(other.segments()) }
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.text.fmt(f)
    }
}

impl fmt::Debug for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0.text, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(one: &str, other: &str) -> Option<Relation> {
        FieldPath::parse(one).relation(FieldPath::parse(other))
    }

    #[test]
    fn paths_hold_each_other_by_segment() {
        assert_eq!(relation("a", "a"), Some(Relation::Same));
        assert_eq!(relation("a", "a.b"), Some(Relation::Parent));
        assert_eq!(relation("a.b.c", "a.b"), Some(Relation::Child));
        assert_eq!(relation("a.b", "a.c"), None);
        assert_eq!(relation("ab", "a"), None);
    }

    #[test]
    fn a_wildcard_is_any_one_key() {
        assert_eq!(relation("a.*.c", "a.x.c"), Some(Relation::Same));
        assert_eq!(relation("a.*", "a.x.c"), Some(Relation::Parent));
        assert_eq!(relation("a.*.c", "a.x.d"), None);
        assert_eq!(relation("onboarding_*", "onboarding_rules"), Some(Relation::Same));
        assert_eq!(relation("onboarding_*", "rules"), None);
    }

    #[test]
    fn a_key_with_a_dot_is_not_a_path() {
        let key = FieldPath::from_segments(vec![Name::new("a.b")]);
        assert_ne!(key, FieldPath::parse("a.b"));
        assert_eq!(key.as_str(), "a.b");
    }
}
