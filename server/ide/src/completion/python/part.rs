//! Which part of the context an expression stands for, told from its words.

use graph::fold::{is_context_name, is_context_type};
use settings::python::PythonSettings;
use text::name::Name;

use super::handed::Handed;
use super::tokens::{Scope, Token, Words};

/// How many variables are followed for one answer.
const MOST_STEPS: usize = 8;

/// Methods that hand out what a key holds.
const LOOKUPS: [&str; 3] = ["get", "setdefault", "pop"];

/// A part of the context.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// The keys on the way; `*` where one is not known. Empty: the whole.
    pub(super) keys: Vec<Name>,
    /// The index of the expression's first word.
    pub(super) start: usize,
}

/// Tells parts of the context.
pub(super) struct Parts<'w, 't> {
    pub(super) words: &'w Words<'t>,
    pub(super) python: &'w PythonSettings,
    /// What the functions around are handed.
    pub(super) handed: &'w Handed<'w>,
}

impl<'t> Parts<'_, 't> {
    /// The part that the expression before the word `end` stands for.
    pub(super) fn ending(&self, end: usize) -> Option<Part> {
        self.ending_within(end, MOST_STEPS)
    }

    fn token(&self, index: usize) -> Option<Token<'t>> {
        self.words.tokens.get(index).copied()
    }

    fn is_mark(&self, index: usize, mark: &str) -> bool {
        self.token(index) == Some(Token::Mark(mark))
    }

    fn ending_within(&self, end: usize, steps: usize) -> Option<Part> {
        let last = end.checked_sub(1)?;
        match self.token(last)? {
            Token::Mark("]") => {
                let open = self.opening(last)?;
                let key = match (last - open, self.token(open + 1)?) {
                    (2, Token::Text(Some(key))) => Name::new(key),
                    _ => Name::new("*"),
                };
                self.ending_within(open, steps)?.below(key)
            }
            Token::Mark(")") => self.bracketed(last, steps),
            Token::Mark("}") => self.unpacked(last, steps),
            Token::Name(name) if last > 0 && self.is_mark(last - 1, ".") => {
                let owner = last.checked_sub(2)?;
                let is_own = self.token(owner)? == Token::Name("self")
                    && is_context_name(self.python, name.trim_start_matches('_'));
                is_own.then_some(Part { keys: Vec::new(), start: owner })
            }
            Token::Name(name) => {
                let keys = self.variable(name, last, steps.checked_sub(1)?)?;
                Some(Part { keys, start: last })
            }
            _ => None,
        }
    }

    /// `x.get("a", {})`, or an expression in brackets.
    fn bracketed(&self, close: usize, steps: usize) -> Option<Part> {
        let open = self.opening(close)?;
        let before = open.checked_sub(1).and_then(|before| self.token(before));
        match before {
            // What is copied has the same parts.
            Some(Token::Name(name)) if self.copies(name, open) => {
                let end = self.end(open + 1, close, &|token| token == Token::Mark(","));
                let keys = self.value(open + 1, end, steps)?;
                let is_attribute = open >= 3 && self.is_mark(open - 2, ".");
                Some(Part { keys, start: if is_attribute { open - 3 } else { open - 1 } })
            }
            Some(Token::Name(method)) if open >= 2 && self.is_mark(open - 2, ".") => {
                let owner = self.ending_within(open - 2, steps)?;
                match (LOOKUPS.contains(&method), self.token(open + 1)?) {
                    (true, Token::Text(Some(key))) => owner.below(Name::new(key)),
                    (true, _) => owner.below(Name::new("*")),
                    (false, _) if method == "copy" => Some(owner),
                    _ => None,
                }
            }
            Some(Token::Name("in" | "not" | "and" | "or" | "return" | "if" | "else" | "await"))
            | Some(Token::Mark(_) | Token::Break)
            | None => {
                let keys = self.value(open + 1, close, steps)?;
                Some(Part { keys, start: open })
            }
            Some(_) => None,
        }
    }

    /// Whether the function of this name, whose bracket opens at `open`, copies what it is given.
    fn copies(&self, name: &str, open: usize) -> bool {
        let is_module = || open >= 3 && self.token(open - 3) == Some(Token::Name("copy"));
        let is_plain = || open < 2 || !self.is_mark(open - 2, ".");
        match name {
            "dict" => is_plain(),
            "deepcopy" => is_plain() || is_module(),
            "copy" => is_module() && !is_plain(),
            _ => false,
        }
    }

    /// `{**x, "a": 1}`.
    fn unpacked(&self, close: usize, steps: usize) -> Option<Part> {
        let open = self.opening(close)?;
        if !self.is_mark(open + 1, "**") {
            return None;
        }
        let end = self.end(open + 2, close, &|token| token == Token::Mark(","));
        Some(Part { keys: self.value(open + 2, end, steps)?, start: open })
    }

    /// What the expression from `from` to `to` stands for, its fallback left aside.
    fn value(&self, from: usize, to: usize, steps: usize) -> Option<Vec<Name>> {
        let mut depth = 0_usize;
        let mut end = to;
        for index in from..to {
            match self.token(index)? {
                Token::Mark("(" | "[" | "{") => depth += 1,
                Token::Mark(")" | "]" | "}") => depth = depth.checked_sub(1)?,
                Token::Name("or") if depth == 0 => {
                    end = index;
                    break;
                }
                _ => {}
            }
        }
        let from = from + usize::from(self.token(from)? == Token::Name("await"));
        let part = self.ending_within(end, steps)?;
        (part.start == from).then_some(part.keys)
    }

    /// The bracket that the one at `close` closes.
    fn opening(&self, close: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for index in (0..=close).rev() {
            match self.token(index)? {
                Token::Mark(")" | "]" | "}") => depth += 1,
                Token::Mark("(" | "[" | "{") => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(index);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// What the variable `name` holds at the word `at`: what was last assigned to it, or else what
    /// a function around is handed.
    fn variable(&self, name: &str, at: usize, steps: usize) -> Option<Vec<Name>> {
        let functions = self.words.scopes.iter().rev().filter(|scope| !scope.is_class);
        let mut before = at;
        for (number, scope) in functions.enumerate() {
            for index in (scope.at..before).rev() {
                if self.token(index) == Some(Token::Name(name))
                    && let Some(bound) = self.binding(index, at, steps)
                {
                    return bound;
                }
            }
            if let Some(annotation) = self.parameter(*scope, name) {
                let is_context =
                    is_context_name(self.python, name) || annotation.is_some_and(is_context_type);
                return match is_context {
                    true => Some(Vec::new()),
                    false => self.handed.part(number, name),
                };
            }
            before = scope.at;
        }
        None
    }

    /// What the name at `index` is bound to, if it is bound there and that is a part of the context.
    fn binding(&self, index: usize, at: usize, steps: usize) -> Option<Option<Vec<Name>>> {
        let before = self.token(index.checked_sub(1)?)?;
        let end = |from: usize, is_end: &dyn Fn(Token<'_>) -> bool| self.end(from, at, is_end);
        if before == Token::Name("for") && self.token(index + 1) == Some(Token::Name("in")) {
            let from = index + 2;
            let to = end(from, &|token| {
                matches!(token, Token::Break | Token::Mark(":") | Token::Name("if"))
            });
            let each = self.value(from, to, steps).map(|mut keys| {
                keys.push(Name::new("*"));
                keys
            });
            return Some(each);
        }
        let is_statement = before == Token::Break;
        let equals = match self.token(index + 1)? {
            Token::Mark("=") if is_statement => index + 1,
            Token::Mark(":=") => index + 1,
            Token::Mark(":") if is_statement => {
                let equals =
                    end(index + 2, &|token| matches!(token, Token::Mark("=") | Token::Break));
                self.is_mark(equals, "=").then_some(equals)?
            }
            _ => return None,
        };
        let is_walrus = self.is_mark(equals, ":=");
        let to = end(equals + 1, &|token| {
            token == Token::Break || (is_walrus && matches!(token, Token::Mark(":" | ",")))
        });
        // The statement being typed binds nothing yet.
        if to == at && !is_walrus {
            return None;
        }
        Some(self.value(equals + 1, to, steps))
    }

    /// The first word from `from` on, before `to`, that ends an expression: by itself, or because it
    /// closes a bracket around it.
    fn end(&self, from: usize, to: usize, is_end: &dyn Fn(Token<'_>) -> bool) -> usize {
        let mut depth = 0_usize;
        for index in from..to {
            match self.token(index) {
                Some(token) if depth == 0 && is_end(token) => return index,
                Some(Token::Mark("(" | "[" | "{")) => depth += 1,
                Some(Token::Mark(")" | "]" | "}")) if depth == 0 => return index,
                Some(Token::Mark(")" | "]" | "}")) => depth -= 1,
                _ => {}
            }
        }
        to
    }

    /// The last name of the annotation of a parameter of `scope`, if it has the parameter.
    fn parameter(&self, scope: Scope<'_>, name: &str) -> Option<Option<&'t str>> {
        let mut depth = 0_usize;
        for index in scope.at + 1..self.words.tokens.len() {
            match self.token(index)? {
                Token::Mark("(" | "[" | "{") => depth += 1,
                Token::Mark(")" | "]" | "}") => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return None;
                    }
                }
                Token::Name(found) if depth == 1 && found == name => {
                    let is_one = matches!(self.token(index - 1)?, Token::Mark("(" | ","));
                    if is_one {
                        return Some(self.annotation(index + 1));
                    }
                }
                Token::Break if depth == 0 => return None,
                _ => {}
            }
        }
        None
    }

    fn annotation(&self, colon: usize) -> Option<&'t str> {
        if !self.is_mark(colon, ":") {
            return None;
        }
        let mut last = None;
        for index in colon + 1..self.words.tokens.len() {
            match self.token(index)? {
                Token::Name(name) => last = Some(name),
                Token::Mark(".") => {}
                _ => break,
            }
        }
        last
    }
}

impl Part {
    fn below(mut self, key: Name) -> Option<Part> {
        self.keys.push(key);
        Some(self)
    }
}
