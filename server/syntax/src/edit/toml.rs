//! Edits of settings.

mod list;

use text::edit::TextEdit;
use text::span::Span;
use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::{CannotEdit, difference};

/// What should become of a settings file.
#[derive(Clone, PartialEq, Debug)]
pub enum Intent {
    /// `value` is added to the list that the keys lead to; what is missing on the way is created.
    AddToList(Vec<String>, String),
}

/// The edits of `text` that do what `intent` says; none where it is so already.
///
/// # Errors
/// Where the text does not parse, or something else stands on the way to the list.
pub fn render(text: &str, intent: &Intent) -> Result<Vec<TextEdit>, CannotEdit> {
    let Intent::AddToList(keys, value) = intent;
    // toml_edit ends its lines with a bare line feed: it works on a text without carriage returns,
    // and the edit is carried over.
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut document: DocumentMut = plain.parse().map_err(|_| CannotEdit::ChangesMore)?;
    let at_end = Ending { blank: plain.trim().is_empty(), family: false };
    let created = add(document.as_item_mut(), keys, value, at_end)?;
    if let Some(path) = created {
        take_trailing(&mut document, path);
    }
    let after = document.to_string();
    Ok(difference(&plain, &after).map(|edit| carried_over(text, &edit)).into_iter().collect())
}

/// What a new table header has to know about its surroundings.
#[derive(Clone, Copy)]
struct Ending {
    /// The text has no content.
    blank: bool,
    /// A parent table has a header of its own: the new one stands behind its family, else at the
    /// end.
    family: bool,
}

/// Adds the value below `item`; the keys of a new table that went to the end of the text, if one
/// did.
fn add<'k>(
    item: &mut Item,
    keys: &'k [String],
    value: &str,
    ending: Ending,
) -> Result<Option<&'k [String]>, CannotEdit> {
    let [key, rest @ ..] = keys else {
        return Err(CannotEdit::NotThere);
    };
    let kind = TableKind::of(item).ok_or(CannotEdit::Layout)?;
    let has_header = item.as_table().is_some_and(|table| table.position().is_some());
    let ending = Ending { family: ending.family || has_header, ..ending };
    let table = item.as_table_like_mut().ok_or(CannotEdit::Layout)?;
    let is_new = !table.contains_key(key);
    if is_new && kind == TableKind::Inline {
        close_up(table);
    }
    if rest.is_empty() {
        let list =
            table.entry(key).or_insert_with(|| Item::Value(Value::Array(Default::default())));
        list::add(list.as_array_mut().ok_or(CannotEdit::Layout)?, value);
        return Ok(None);
    }
    let below = table.entry(key).or_insert_with(|| kind.empty(rest.len() > 1, ending));
    let went_to_end = is_new && kind == TableKind::Header && !ending.family && rest.len() == 1;
    let inner = add(below, rest, value, ending)?;
    Ok(if went_to_end { Some(keys) } else { inner })
}

/// The space before the brace belongs to the last value; no comma shall stand behind it.
fn close_up(table: &mut dyn TableLike) {
    if let Some((_, Item::Value(last))) = table.iter_mut().last() {
        last.decor_mut().set_suffix("");
    }
}

/// How a table is written; new ones below it follow.
#[derive(Clone, Copy, PartialEq)]
enum TableKind {
    Header,
    Dotted,
    Inline,
}

impl TableKind {
    fn of(item: &Item) -> Option<TableKind> {
        match item {
            Item::Table(table) if table.is_dotted() => Some(TableKind::Dotted),
            Item::Table(_) => Some(TableKind::Header),
            Item::Value(Value::InlineTable(_)) => Some(TableKind::Inline),
            _ => None,
        }
    }

    fn empty(self, only_leads_on: bool, ending: Ending) -> Item {
        match self {
            TableKind::Inline => Item::Value(Value::InlineTable(InlineTable::new())),
            TableKind::Dotted => {
                let mut table = Table::new();
                table.set_dotted(true);
                Item::Table(table)
            }
            TableKind::Header => {
                let mut table = Table::new();
                table.set_implicit(only_leads_on);
                table.decor_mut().set_prefix(if ending.blank { "" } else { "\n" });
                if !ending.family && !only_leads_on {
                    table.set_position(Some(isize::MAX));
                }
                Item::Table(table)
            }
        }
    }
}

/// Comments at the end of the text stay above a table that is added behind them.
fn take_trailing(document: &mut DocumentMut, created: &[String]) {
    let trailing = document.trailing().as_str().unwrap_or("").to_owned();
    if trailing.trim().is_empty() {
        return;
    }
    let Some(last) = created.first() else { return };
    let moved = find_last_new(document.as_item_mut(), last);
    if let Some(table) = moved {
        let separator = if trailing.ends_with('\n') { "\n" } else { "\n\n" };
        table.decor_mut().set_prefix(format!("{trailing}{separator}"));
        document.set_trailing("");
    }
}

/// The table of this name that was put at the end.
fn find_last_new<'a>(item: &'a mut Item, name: &str) -> Option<&'a mut Table> {
    let table = item.as_table_mut()?;
    if table.get(name).and_then(Item::as_table).is_some_and(|t| t.position() == Some(isize::MAX)) {
        return table.get_mut(name)?.as_table_mut();
    }
    table.iter_mut().find_map(|(_, item)| find_last_new(item, name))
}

/// An edit of the text without byte-order mark and carriage returns, as one of `text` itself.
fn carried_over(text: &str, edit: &TextEdit) -> TextEdit {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let place = |offset: u32| {
        let mut plain = 0;
        let mut at = mark;
        while plain < offset as usize && at < text.len() {
            at += if text[at..].starts_with("\r\n") { 2 } else { 1 };
            plain += 1;
            while !text.is_char_boundary(at) {
                at += 1;
                plain += 1;
            }
        }
        at
    };
    let span = Span::new(place(edit.span.start), place(edit.span.end));
    let crlf = text.contains("\r\n");
    let new_text = if crlf { edit.new_text.replace('\n', "\r\n") } else { edit.new_text.clone() };
    TextEdit { span, new_text }
}

#[cfg(test)]
mod tests;
