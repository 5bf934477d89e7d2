//! Letters of a query in the order in which a name has them.

/// What somebody looks for.
pub(super) struct Query {
    /// In lower case, without blanks.
    letters: Vec<char>,
}

/// How well a name fits; smaller is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Rank {
    /// 0: the same; 1: it begins so; 2: a word of it does; 3: it holds it; 4: letters between.
    class: u8,
    /// How many letters stand between the first and the last that fit, besides those.
    spread: usize,
    length: usize,
}

impl Query {
    pub(super) fn new(text: &str) -> Query {
        let letters = text.chars().filter(|letter| !letter.is_whitespace());
        Query { letters: letters.flat_map(char::to_lowercase).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// How well `name` fits, if it does.
    pub(super) fn rank(&self, name: &str) -> Option<Rank> {
        let length = name.len();
        let Some(first) = self.letters.first() else {
            return Some(Rank { class: 0, spread: 0, length: 0 });
        };
        if length < self.letters.len() {
            return None;
        }
        if !self.occurs_in(name) {
            return None;
        }
        let mut best: Option<Rank> = None;
        let mut before = None;
        for (start, letter) in name.char_indices() {
            if lower(letter) == *first {
                // What does not fit from here fits from nowhere later.
                let Some(spread) = self.spread(&name[start..]) else { break };
                let class = match (spread, start) {
                    (0, 0) if self.letters.len() == name.chars().count() => 0,
                    (0, 0) => 1,
                    (0, _) if is_word_start(before, letter) => 2,
                    (0, _) => 3,
                    _ => 4,
                };
                let rank = Rank { class, spread, length };
                best = Some(best.map_or(rank, |best| best.min(rank)));
            }
            before = Some(letter);
        }
        best
    }

    /// Whether the letters occur in `name` in their order. Most names are done with here.
    fn occurs_in(&self, name: &str) -> bool {
        let mut letters = name.chars();
        self.letters.iter().all(|wanted| letters.any(|letter| lower(letter) == *wanted))
    }

    /// How many letters of `rest`, whose first fits, stand between those that do.
    fn spread(&self, rest: &str) -> Option<usize> {
        let mut wanted = self.letters.iter();
        let mut next = wanted.next();
        let mut between = 0;
        for letter in rest.chars() {
            match next {
                None => break,
                Some(fits) if lower(letter) == *fits => next = wanted.next(),
                Some(_) => between += 1,
            }
        }
        next.is_none().then_some(between)
    }
}

fn lower(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    letter.to_lowercase().next().unwrap_or(letter)
}

fn is_word_start(before: Option<char>, letter: char) -> bool {
    before.is_none_or(|before| {
        !before.is_alphanumeric() || (before.is_lowercase() && letter.is_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(query: &str, names: &[&'static str]) -> Vec<&'static str> {
        let query = Query::new(query);
        let mut ranked: Vec<_> =
            names.iter().filter_map(|name| Some((query.rank(name)?, *name))).collect();
        ranked.sort();
        ranked.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn the_nearest_comes_first() {
        let names = ["subdomain", "d_o_m", "domain", "task_domain", "dom", "other", "DomHandler"];
        assert_eq!(
            ordered("dom", &names),
            ["dom", "domain", "DomHandler", "task_domain", "subdomain", "d_o_m"]
        );
    }

    #[test]
    fn case_and_blanks_do_not_matter() {
        assert_eq!(ordered("Plan H", &["PlanPhaseHandler", "plain"]), ["PlanPhaseHandler"]);
        assert_eq!(ordered("xyz", &["xy"]), [] as [&str; 0]);
    }

    #[test]
    fn letters_of_any_language_fit() {
        assert_eq!(ordered("äß", &["Änderungsmaß", "a"]), ["Änderungsmaß"]);
    }
}
