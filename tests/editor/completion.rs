//! What is offered where somebody types.

use ide::completion::{Completion, Item, completion};
use ide::place::Cursor;

use super::Editor;

mod accepted;
mod json;
mod python;
mod settings;
mod told;
mod yaml;

impl Editor {
    fn completion(&self, snippets: bool) -> Completion {
        completion(&self.engine, self.cursor, snippets)
    }
}

/// What is offered at `$0`: label, words beside it, in the order shown.
#[track_caller]
pub(super) fn offered(text: &str) -> String {
    let mut shown = String::new();
    for item in Editor::new(text).completion(false).items {
        shown.push_str(&item.label);
        if let Some(detail) = item.detail {
            shown.push_str(" | ");
            shown.push_str(&detail);
        }
        shown.push('\n');
    }
    shown
}

/// The labels of what is offered at `$0`.
#[track_caller]
pub(super) fn labels(text: &str) -> String {
    let items = Editor::new(text).completion(false).items;
    items.iter().map(|item| item.label.as_str()).collect::<Vec<&str>>().join(" ")
}

/// The lines that change when the offer of this label is accepted at `$0`; `·` is a blank at
/// either end of a line, `|` a place to fill in.
#[track_caller]
pub(super) fn after(text: &str, label: &str, snippets: bool) -> String {
    let editor = Editor::new(text);
    let items = editor.completion(snippets).items;
    let shown: Vec<&str> = items.iter().map(|item| item.label.as_str()).collect();
    let item = items.iter().find(|item| item.label == label);
    let item = item.unwrap_or_else(|| panic!("`{label}` is not among {shown:?}"));
    use graph::sources::Sources;
    let before = editor.engine.text(editor.cursor.file);
    let after = accept(&before, item, "|");
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let same = old.iter().zip(after.split_inclusive('\n')).take_while(|(old, new)| *old == new);
    let from: usize = same.map(|(old, _)| old.len()).sum();
    let tail = before[item.edit.span.end as usize..].find('\n');
    let tail = tail.map_or(0, |at| before.len() - item.edit.span.end as usize - at);
    let visible = |line: &str| {
        let content = line.trim_start_matches(' ');
        let (lead, words) = (line.len() - content.len(), content.trim_end_matches(' '));
        format!("{}{words}{}", "·".repeat(lead), "·".repeat(content.len() - words.len()))
    };
    let lines: Vec<String> = after[from..after.len() - tail].split('\n').map(visible).collect();
    lines.join("\n")
}

/// The text after an offer was accepted, as clients do it.
fn accept(text: &str, item: &Item, place: &str) -> String {
    let mut new_text = item.edit.new_text.clone();
    let range = item.edit.span.range();
    if item.snippet {
        let line = &text[text[..range.start].rfind('\n').map_or(0, |at| at + 1)..range.start];
        let indent = &line[..line.len() - line.trim_start_matches(' ').len()];
        for number in (0..20).rev() {
            new_text = new_text.replace(&format!("${number}"), place);
        }
        new_text = new_text.replace('\n', &format!("\n{indent}"));
    }
    let after = format!("{}{new_text}{}", &text[..range.start], &text[range.end..]);
    match &item.also {
        // It comes before, so that its place is the same as it was.
        Some(also) => text::edit::apply(&after, std::slice::from_ref(also)).0,
        None => after,
    }
}

fn at(cursor: Cursor, offset: usize) -> Cursor {
    Cursor { offset, ..cursor }
}
