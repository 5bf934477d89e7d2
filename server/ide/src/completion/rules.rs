//! Names of rules: in settings, and in directives that silence them.

use ::rules::rule::{Rule, Weight};
use ::rules::rules::ALL;
use text::edit::TextEdit;
use text::span::Span;

use super::{Item, ItemKind, Request};

/// Every rule that is not among `there`; `write` says how its name is put in place of `span`.
pub(super) fn items(
    there: &[&str],
    span: Span,
    write: impl Fn(&'static Rule) -> (String, bool),
) -> Vec<Item> {
    let missing = ALL.iter().filter(|rule| !there.contains(&rule.name));
    let item = |(index, rule): (usize, &&'static Rule)| {
        let (new_text, snippet) = write(rule);
        Item {
            label: rule.name.to_owned(),
            kind: ItemKind::Rule,
            detail: Some(weight(rule.weight)),
            documentation: Some(rule.summary.to_owned()),
            edit: TextEdit::replace(span, new_text),
            filter: rule.name.to_owned(),
            sort: format!("0{index:03}"),
            also: None,
            snippet,
        }
    };
    missing.enumerate().map(item).collect()
}

fn weight(weight: Weight) -> String {
    match weight {
        Weight::Always(level) => level.as_str().to_owned(),
        Weight::BySeverity => "by severity".to_owned(),
        Weight::Between(from, to) => format!("{} to {}", from.as_str(), to.as_str()),
    }
}

/// What a directive at the cursor may say; none where there is no directive.
pub(super) fn in_directive(request: &Request<'_>) -> Option<Vec<Item>> {
    let text = &*request.text;
    let before = &text[..request.offset];
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    let comment = line.rfind('#')?;
    let is_behind = line[..comment].chars().next_back();
    if is_behind.is_some_and(|letter| !letter.is_whitespace() && letter != '#') {
        return None;
    }
    let rest = line[comment + 1..].trim_start().strip_prefix("contextcore:")?.trim_start();
    let words = rest.strip_prefix("ignore").map(|rest| rest.strip_prefix("-file").unwrap_or(rest));
    match words.map(str::trim_start).and_then(|list| list.strip_prefix('[')) {
        Some(list) if !list.contains(']') => Some(of_list(request, list)),
        Some(_) => Some(Vec::new()),
        None => Some(of_directive(request, rest)),
    }
}

fn of_list(request: &Request<'_>, list: &str) -> Vec<Item> {
    let typed = list.rsplit(',').next().unwrap_or(list).trim_start();
    let behind = &request.text[request.offset..];
    let behind = &behind[..behind.find(['\n', '\r']).unwrap_or(behind.len())];
    let word = behind.find(|letter| !is_part(letter)).unwrap_or(behind.len());
    let span = Span::new(request.offset - typed.len(), request.offset + word);
    let (rest, closed) = match behind[word..].split_once(']') {
        Some((rest, _)) => (rest, true),
        None => ("", false),
    };
    let earlier = list[..list.len() - typed.len()].split(',');
    let there: Vec<&str> = earlier.chain(rest.split(',')).map(str::trim).collect();
    let close = if closed { "" } else { "]" };
    items(&there, span, |rule| (format!("{}{close}", rule.name), false))
}

fn of_directive(request: &Request<'_>, typed: &str) -> Vec<Item> {
    let behind = &request.text[request.offset..];
    let is_free = !behind.starts_with(|letter| is_part(letter) || letter == '[');
    let words = [
        ("ignore", "Silences rules about this line, or about the next one if it stands alone."),
        ("ignore-file", "Silences rules about the whole file; it stands at the top."),
    ];
    let fitting = words.into_iter().filter(|(word, _)| is_free && word.starts_with(typed));
    let item = |(word, prose): (&str, &str)| {
        let list = if request.snippets { "[$1]" } else { "[" };
        let span = Span::new(request.offset - typed.len(), request.offset);
        Item {
            label: word.to_owned(),
            kind: ItemKind::Key,
            detail: None,
            documentation: Some(prose.to_owned()),
            edit: TextEdit::replace(span, format!("{word}{list}")),
            filter: word.to_owned(),
            sort: word.to_owned(),
            also: None,
            snippet: request.snippets,
        }
    };
    fitting.map(item).collect()
}

/// Whether the letter may be one of a rule's name.
pub(super) fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_')
}
