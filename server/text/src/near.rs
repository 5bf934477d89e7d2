//! Which name somebody may have meant.
//!
//! Two names are near when they are equal after folding case and separators, share all but one of
//! their word tokens, or lie within a Damerau distance of `max(1, length / 4)`. An offer is made
//! only where one candidate is nearer than every other.

/// How many bytes the names may have of which one is taken for the other.
const LONGEST: usize = 256;

/// How far apart two names are; smaller is nearer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Nearness {
    /// Equal but for case and separators.
    Folded,
    /// This many insertions, deletions, replacements or swaps apart.
    Distance(usize),
    /// All words but one are the same.
    Words,
}

/// How near `other` is to `name`, if at all. Equal names are not near, they are the same.
#[must_use]
pub fn nearness(name: &str, other: &str) -> Option<Nearness> {
    if name == other || name.is_empty() || other.is_empty() {
        return None;
    }
    if folded(name).eq(folded(other)) {
        return Some(Nearness::Folded);
    }
    // What follows takes the product of the lengths, and nobody mistypes names that long.
    if name.len().max(other.len()) > LONGEST {
        return None;
    }
    let longest = name.chars().count().max(other.chars().count());
    let shortest = name.chars().count().min(other.chars().count());
    let limit = (longest / 4).max(1);
    // A single letter is one edit away from every other: no offer can rest on that.
    if shortest > 1 && letters_apart(name, other) <= limit {
        let distance = strsim::damerau_levenshtein(name, other);
        if distance <= limit {
            return Some(Nearness::Distance(distance));
        }
    }
    share_all_but_one_word(name, other).then_some(Nearness::Words)
}

/// The one candidate that is nearest to `name`, and how near; none where the best two tie.
pub fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<(&'a str, Nearness)> {
    let mut best: Option<(&str, Nearness)> = None;
    let mut tied = false;
    for candidate in candidates {
        let Some(near) = nearness(name, candidate) else { continue };
        match best {
            Some((known, _)) if known == candidate => {}
            Some((_, nearest)) if near > nearest => {}
            Some((_, nearest)) if near == nearest => tied = true,
            _ => {
                best = Some((candidate, near));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied)
}

fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// How many letters one of the names has that the other lacks: no distance is smaller. Nearly all
/// pairs of names are told apart by this, at a small part of what their distance costs.
fn letters_apart(name: &str, other: &str) -> usize {
    // Letters that fall together only make the bound lower.
    let mut surplus = [0_i32; 64];
    name.chars().for_each(|letter| surplus[letter as usize % 64] += 1);
    other.chars().for_each(|letter| surplus[letter as usize % 64] -= 1);
    let more: i32 = surplus.iter().map(|count| (*count).max(0)).sum();
    let fewer: i32 = surplus.iter().map(|count| (-*count).max(0)).sum();
    more.max(fewer).unsigned_abs() as usize
}

fn share_all_but_one_word(name: &str, other: &str) -> bool {
    let mut left = words(name);
    let mut right = words(other);
    let (long, short) =
        if left.len() >= right.len() { (&mut left, &mut right) } else { (&mut right, &mut left) };
    if long.len() < 2 || long.len() - short.len() > 1 {
        return false;
    }
    let shared = short
        .iter()
        .filter(|word| {
            let found = long.iter().position(|candidate| folded(candidate).eq(folded(word)));
            found.map(|index| long.swap_remove(index)).is_some()
        })
        .count();
    shared > 0 && long.len() == 1
}

/// The words of a name: `fooBar_baz` has three.
fn words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before_was_lower = false;
    for (index, character) in name.char_indices() {
        let is_between = !character.is_alphanumeric();
        if is_between || character.is_uppercase() && before_was_lower {
            words.push(&name[start..index]);
            start = if is_between { index + character.len_utf8() } else { index };
        }
        before_was_lower = character.is_lowercase();
    }
    words.push(&name[start..]);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_and_separators_fold() {
        assert_eq!(nearness("projectRoot", "project_root"), Some(Nearness::Folded));
    }

    #[test]
    fn a_slip_of_the_finger_is_near() {
        assert_eq!(nearness("domian", "domain"), Some(Nearness::Distance(1)));
        assert_eq!(nearness("severityy", "severity"), Some(Nearness::Distance(1)));
    }

    #[test]
    fn one_word_may_differ() {
        let near = nearness("prompt_constraints", "domain_constraints");
        assert_eq!(near, Some(Nearness::Words));
        assert_eq!(nearness("tasks", "results"), None);
        assert_eq!(nearness("a_b", "c_d"), None);
    }

    #[test]
    fn words_begin_at_separators_and_capitals() {
        assert_eq!(words("fooBar__baz-HTTPx.é"), ["foo", "Bar", "baz", "HTTPx", "é"]);
        assert_eq!(nearness("taskÄnderung", "planÄNDERUNG"), Some(Nearness::Words));
        assert_eq!(nearness("taskÄNDERUNG", "plan_änderung"), Some(Nearness::Words));
    }

    proptest! {
        /// The bound never hides a distance.
        #[test]
        fn letters_are_no_further_apart_than_names(name in "[a-cA_ä1q]{0,9}", other in "[a-cA_ä1q]{0,9}") {
            let distance = strsim::damerau_levenshtein(&name, &other);
            prop_assert!(letters_apart(&name, &other) <= distance);
        }
    }

    #[test]
    fn single_letters_are_near_to_nothing() {
        assert_eq!(nearness("a", "b"), None);
    }

    #[test]
    fn a_tie_offers_nothing() {
        assert_eq!(nearest("tast", ["task", "test"]), None);
        assert_eq!(nearest("tas", ["task", "other"]), Some(("task", Nearness::Distance(1))));
    }
}
