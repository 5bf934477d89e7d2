//! Keys of a `match` statement's patterns.

use text::name::Name;

use super::part::{Part, Parts};
use super::tokens::Token;

impl Parts<'_, '_> {
    /// The part in which the pattern around the cursor looks for keys: `case {"a": {"`.
    pub(super) fn matched(&self) -> Option<Part> {
        let words = self.words;
        let token = |index: usize| words.tokens.get(index).copied();
        let mut keys: Vec<Name> = Vec::new();
        for open in words.open.iter().rev() {
            let before = |back: usize| open.checked_sub(back).and_then(token);
            if token(*open)? != Token::Mark("{") {
                return None;
            }
            match (before(1)?, before(2)) {
                (Token::Name("case") | Token::Mark("|"), _) => {
                    let mut part = self.subject(*open)?;
                    part.keys.extend(keys.into_iter().rev());
                    return Some(part);
                }
                (Token::Mark(":"), Some(Token::Text(Some(key)))) => keys.push(Name::new(key)),
                _ => return None,
            }
        }
        None
    }

    /// What the last `match` statement before a word is about.
    fn subject(&self, before: usize) -> Option<Part> {
        let tokens = &self.words.tokens;
        let is_it = |index: &usize| {
            let starts = index.checked_sub(1).is_none_or(|last| tokens[last] == Token::Break);
            starts && tokens[*index] == Token::Name("match")
        };
        let start = (0..before).rev().find(is_it)? + 1;
        let end = (start..before).find(|index| tokens[*index] == Token::Break)?;
        let colon = end.checked_sub(1).filter(|last| tokens[*last] == Token::Mark(":"))?;
        self.ending(colon).filter(|part| part.start == start)
    }
}
