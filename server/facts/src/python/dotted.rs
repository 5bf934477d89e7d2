//! Dotted names, stored once.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::LazyLock;

use dashmap::DashMap;
use rustc_hash::FxBuildHasher;
use text::name::Name;

/// A dotted name as written: `WorkflowPhase.PLAN`.
///
/// Equal ones share one allocation and are one word, as [`Name`] is and for the same reasons.
#[derive(Clone, Copy)]
pub struct Dotted(&'static &'static [Name]);

static DOTTED: LazyLock<DashMap<&'static [Name], Dotted, FxBuildHasher>> =
    LazyLock::new(DashMap::default);

impl From<&[Name]> for Dotted {
    fn from(names: &[Name]) -> Dotted {
        if let Some(known) = DOTTED.get(names) {
            return *known;
        }
        let leaked: &'static [Name] = Box::leak(names.into());
        *DOTTED.entry(leaked).or_insert_with(|| Dotted(Box::leak(Box::new(leaked))))
    }
}

impl FromIterator<Name> for Dotted {
    fn from_iter<I: IntoIterator<Item = Name>>(names: I) -> Dotted {
        Dotted::from(names.into_iter().collect::<Vec<_>>().as_slice())
    }
}

impl Deref for Dotted {
    type Target = [Name];

    fn deref(&self) -> &[Name] {
        self.0
    }
}

impl PartialEq for Dotted {
    fn eq(&self, other: &Dotted) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Dotted {}

impl Hash for Dotted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}

impl fmt::Debug for Dotted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(*self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_one() {
        let dotted = |text: &str| text.split('.').map(Name::new).collect::<Dotted>();
        assert_eq!(dotted("Phase.PLAN"), dotted("Phase.PLAN"));
        assert_ne!(dotted("Phase.PLAN"), dotted("Phase"));
        assert_eq!(dotted("a.b").len(), 2);
    }
}
