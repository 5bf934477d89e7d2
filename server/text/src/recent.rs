//! What was looked up last.

use crate::name::Name;

/// Values by name, as many as fit: a newcomer takes the place of one that falls together with it.
///
/// Files say the same few things over and over. A thread that keeps a table of its own needs no lock
/// to know them again.
#[derive(Debug)]
pub struct Recent<V, const N: usize>([Option<(Name, V)>; N]);

impl<V: Clone, const N: usize> Recent<V, N> {
    /// A table without values.
    #[must_use]
    pub const fn new() -> Recent<V, N> {
        Recent([const { None }; N])
    }

    /// The value of `name`; `make` makes it where it is not known.
    pub fn get_or(&mut self, name: Name, make: impl FnOnce() -> V) -> V {
        let slot = &mut self.0[name.mixed() % N];
        match slot {
            Some((known, value)) if *known == name => value.clone(),
            _ => slot.insert((name, make())).1.clone(),
        }
    }
}

impl<V: Clone, const N: usize> Default for Recent<V, N> {
    fn default() -> Recent<V, N> {
        Recent::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_is_known() {
        let mut recent: Recent<usize, 1> = Recent::new();
        let [first, second] = ["first", "second"].map(Name::new);
        assert_eq!(recent.get_or(first, || 1), 1);
        assert_eq!(recent.get_or(first, || 2), 1);
        assert_eq!(recent.get_or(second, || 3), 3);
        assert_eq!(recent.get_or(first, || 4), 4);
    }
}
