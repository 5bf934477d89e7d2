//! A new item in a list of TOML, written like those before it.

use toml_edit::{Array, Value};

/// Adds `text` to the list, unless it is there.
pub(super) fn add(list: &mut Array, text: &str) {
    if list.iter().any(|item| item.as_str() == Some(text)) {
        return;
    }
    let mut item = like_neighbours(list, text);
    let trailing = list.trailing().as_str().unwrap_or("").to_owned();
    let last = list.iter_mut().last();
    // Without a comma at the end, what stands before the bracket belongs to the last item.
    let suffix = last.and_then(|value| {
        let suffix = value.decor().suffix().and_then(|raw| raw.as_str()).unwrap_or("").to_owned();
        value.decor_mut().set_suffix("");
        Some(suffix).filter(|suffix| !suffix.is_empty())
    });
    let close = suffix.as_deref().unwrap_or(&trailing);
    if let Some((comment, bracket)) = close.rsplit_once('\n') {
        let indent = indent_of(list, bracket);
        item.decor_mut().set_prefix(format!("{comment}\n{indent}"));
        let (comma, bracket) = (list.trailing_comma() || list.is_empty(), format!("\n{bracket}"));
        list.push_formatted(item);
        if suffix.is_some() {
            list.iter_mut().last().into_iter().for_each(|v| v.decor_mut().set_suffix(&bracket));
        } else {
            list.set_trailing(bracket);
        }
        list.set_trailing_comma(comma);
        return;
    }
    item.decor_mut().set_prefix(if list.is_empty() { "" } else { " " });
    let (padding, comma) = (close.to_owned(), list.trailing_comma());
    list.push_formatted(item);
    if suffix.is_some() {
        list.iter_mut().last().into_iter().for_each(|v| v.decor_mut().set_suffix(&padding));
    }
    list.set_trailing_comma(comma);
}

/// The spaces before an item on a line of its own.
fn indent_of(list: &Array, bracket: &str) -> String {
    let prefix = list.iter().last().and_then(|item| item.decor().prefix()?.as_str());
    match prefix.and_then(|prefix| prefix.rsplit_once('\n')) {
        Some((_, indent)) => indent.to_owned(),
        None => format!("{bracket}    "),
    }
}

/// The text in single quotes where the others are and it can be, else in double quotes.
fn like_neighbours(list: &Array, text: &str) -> Value {
    let single = list.iter().last().is_some_and(|item| item.to_string().trim().starts_with('\''));
    let fits = single && !text.contains(|c: char| c == '\'' || c.is_control());
    let literal = fits.then(|| format!("'{text}'").parse().ok()).flatten();
    literal.unwrap_or_else(|| Value::from(text))
}
