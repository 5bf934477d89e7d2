//! Places inside of brackets.

use text::span::Span;

use super::flow::{Flow, FlowLevel};
use super::line::quote_end;
use super::{Found, Reading};
use crate::completion::contract::place::{Behind, Place, What};

/// How far behind the cursor a mapping's other keys are looked for.
const AHEAD: usize = 4096;

/// What could stand at the cursor in the brackets that `flow` was read up to; it goes on at `from`.
pub(super) fn places<'t>(reading: &Reading<'t, '_>, flow: Flow<'t>, from: usize) -> Found<'t> {
    let mut flow = flow;
    flow.read(from, reading.offset);
    let level = flow.levels.last().filter(|_| !flow.in_comment)?;
    let word = word(reading, &flow, level)?;
    let mut typed = reading.typed(word.span, word.quote);
    typed.in_flow = true;
    typed.blank_before &= level.in_value;
    let mut steps = reading.layout.steps();
    steps.extend(flow.steps());
    let end = limit(reading.text(), word.end + AHEAD);
    let entries = flow.rest_of(word.end, end);
    let what = match level.is_mapping && !level.in_value {
        true => What::Key(word.behind),
        false => What::Inline,
    };
    Some((vec![Place { steps, what, entries }], typed))
}

/// What is typed at the cursor.
struct Word {
    span: Span,
    quote: Option<(char, bool)>,
    /// Where it ends, its quote included.
    end: usize,
    behind: Behind,
}

fn word(reading: &Reading<'_, '_>, flow: &Flow<'_>, level: &FlowLevel<'_>) -> Option<Word> {
    let (text, offset) = (reading.text(), reading.offset);
    let line_end = reading.span.end as usize;
    let rest = text.get(offset..line_end)?;
    let (span, quote, end) = match (flow.token, flow.quote) {
        (Some(token), Some(quote)) => {
            let close = quote_end(&text[..line_end], token + 1, quote);
            let end = close.unwrap_or(offset);
            (
                Span::new(token + 1, end),
                Some((quote, close.is_some())),
                end + usize::from(close.is_some()),
            )
        }
        // Behind the quote that closes it.
        (Some(token), None) if text[token..].starts_with(['"', '\'']) => return None,
        (Some(token), None) => {
            let end = offset + plain_end(rest);
            // Blanks between the word and the cursor.
            if text[token..offset].ends_with([' ', '\t']) && end == offset {
                return None;
            }
            (Span::new(token, end), None, end)
        }
        (None, _) => {
            let before = text[..offset].trim_end();
            let is_due =
                before.ends_with(['{', '[', ',']) || (level.in_value && before.ends_with(':'));
            if !is_due || rest.starts_with(['"', '\'', '{', '[', '*', '&', '!']) {
                return None;
            }
            let end = offset + plain_end(rest);
            (Span::new(offset, end), None, end)
        }
    };
    if (span.start as usize) < reading.span.start as usize {
        return None;
    }
    let behind = text.get(end..line_end)?.trim_start();
    let has_colon = behind.starts_with(':');
    let ends =
        behind.starts_with([',', '}', ']', '#']) || (behind.is_empty() && ends_here(reading));
    let is_key = level.is_mapping && !level.in_value;
    if !(ends || (is_key && has_colon)) {
        return None;
    }
    let value = behind.trim_start_matches(':').trim_start();
    let behind = match has_colon {
        false => Behind::Nothing,
        true if value.starts_with(['{', '[', '*', '&']) || value.is_empty() => Behind::Collection,
        true if value.starts_with([',', '}']) => Behind::Colon,
        true => Behind::Scalar,
    };
    Some(Word { span, quote, end, behind })
}

/// Where a plain scalar ends.
fn plain_end(rest: &str) -> usize {
    let ends = |(index, letter): (usize, char)| match letter {
        ',' | '{' | '}' | '[' | ']' => true,
        ':' => rest[index + 1..].is_empty() || rest[index + 1..].starts_with([' ', ',', '}', ']']),
        '#' => rest[..index].ends_with(' '),
        _ => false,
    };
    let end = rest.char_indices().find(|found| ends(*found)).map_or(rest.len(), |(index, _)| index);
    rest[..end].trim_end().len()
}

/// Whether the next line, if it belongs to the brackets, goes on with a comma or closes them.
fn ends_here(reading: &Reading<'_, '_>) -> bool {
    let parent = reading.layout.levels.last().map(|level| level.indent);
    let below = reading.text().get(reading.span.end as usize..).unwrap_or("");
    let next = below.trim_start();
    let is_outside = match reading.next_line() {
        None => true,
        Some(next) => parent.is_some_and(|parent| next.indent <= parent),
    };
    is_outside || next.starts_with([',', '}', ']'])
}

/// `at`, or the last place before it where a character begins.
fn limit(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
