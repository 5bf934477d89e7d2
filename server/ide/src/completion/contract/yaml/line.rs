//! The parts of one line of YAML.

/// A key at the start of some text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct FoundKey<'t> {
    /// Without quotes.
    pub(super) name: &'t str,
    /// Where its last letter, or quote, ends.
    pub(super) end: usize,
    /// Right behind the colon.
    pub(super) value: usize,
}

/// The key that `content` begins with.
pub(super) fn key_of(content: &str) -> Option<FoundKey<'_>> {
    let first = content.chars().next()?;
    if let '"' | '\'' = first {
        let close = quote_end(content, 1, first)?;
        let colon = close + 1 + blanks(&content[close + 1..]);
        let is_key = is_colon(content, colon);
        return is_key.then(|| FoundKey {
            name: &content[1..close],
            end: close + 1,
            value: colon + 1,
        });
    }
    if matches!(first, '{' | '[' | '}' | ']' | '&' | '*' | '!' | '|' | '>' | '#' | '%' | ',') {
        return None;
    }
    for (index, letter) in content.char_indices() {
        match letter {
            ':' if is_colon(content, index) => {
                let name = content[..index].trim_end();
                return Some(FoundKey { name, end: name.len(), value: index + 1 });
            }
            '#' if content[..index].ends_with(' ') => return None,
            _ => {}
        }
    }
    None
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}

/// Whether a colon that ends a key stands at `index`.
fn is_colon(content: &str, index: usize) -> bool {
    let behind = content.get(index..).and_then(|rest| rest.strip_prefix(':'));
    behind.is_some_and(|behind| behind.is_empty() || behind.starts_with([' ', '\t']))
}

/// Where the quote that closes a scalar stands; `from` is behind the one that opens it.
pub(super) fn quote_end(content: &str, from: usize, quote: char) -> Option<usize> {
    let mut letters = content.get(from..)?.char_indices().peekable();
    while let Some((index, letter)) = letters.next() {
        if letter == '\\' && quote == '"' {
            letters.next();
        } else if letter == quote {
            let is_doubled =
                quote == '\'' && letters.peek().is_some_and(|(_, next)| *next == quote);
            if !is_doubled {
                return Some(from + index);
            }
            letters.next();
        }
    }
    None
}

/// Whether a dash with an item, or for one, begins here.
pub(super) fn is_dash(content: &str) -> bool {
    content.strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Whether nothing but a comment stands here.
pub(super) fn is_bare(content: &str) -> bool {
    let content = content.trim();
    content.is_empty() || content.starts_with('#')
}

/// Whether a document begins or ends with this line.
pub(super) fn is_boundary(line: &str) -> bool {
    ["---", "..."].into_iter().any(|mark| {
        line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// `content` behind blanks, anchors and tags.
pub(super) fn skip_properties(content: &str) -> &str {
    let mut rest = content.trim_start();
    while rest.starts_with(['&', '!']) {
        rest = rest.find([' ', '\t']).map_or("", |blank| rest[blank..].trim_start());
    }
    rest
}

/// The scalar that stands behind a colon, without quotes.
pub(super) fn value_of(rest: &str) -> &str {
    let content = skip_properties(rest);
    match content.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            content.get(1..quote_end(content, 1, quote).unwrap_or(content.len())).unwrap_or("")
        }
        _ => plain(content),
    }
}

/// The plain scalar that `content` begins with, up to a comment.
pub(super) fn plain(content: &str) -> &str {
    let end = if content.starts_with('#') { Some(0) } else { content.find(" #") };
    content[..end.unwrap_or(content.len())].trim_end()
}
