//! What lies between two texts of one document.

use tree_sitter::{InputEdit, Point};

use super::{Tree, parse};

/// `tree`, which is that of `old_text`, prepared for the parse of `new_text`.
///
/// The texts' common beginning and end are taken as unchanged, so no record of edits is needed.
#[must_use]
pub fn edit(tree: &Tree, old_text: &str, new_text: &str) -> Tree {
    let mut tree = tree.clone();
    if let (Ok(parsed), Some(change)) = (&mut tree.parsed, between(old_text, new_text)) {
        parsed.edit(&change);
    }
    tree
}

/// The tree of `new_text`, made from that of `old_text`.
#[must_use]
pub fn reparse(tree: &Tree, old_text: &str, new_text: &str) -> Tree {
    parse(new_text, Some(&edit(tree, old_text, new_text)))
}

/// The one replacement that turns `old` into `new`; none where they are equal.
fn between(old: &str, new: &str) -> Option<InputEdit> {
    if old == new {
        return None;
    }
    let mut start = common(old.bytes(), new.bytes());
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let tails = (&old.as_bytes()[start..], &new.as_bytes()[start..]);
    let mut same = common(tails.0.iter().rev(), tails.1.iter().rev());
    while !old.is_char_boundary(old.len() - same) || !new.is_char_boundary(new.len() - same) {
        same -= 1;
    }
    let (old_end, new_end) = (old.len() - same, new.len() - same);
    let start_position = point(old, start, Point::new(0, 0), 0);
    Some(InputEdit {
        start_byte: start,
        old_end_byte: old_end,
        new_end_byte: new_end,
        start_position,
        old_end_position: point(old, old_end, start_position, start),
        new_end_position: point(new, new_end, start_position, start),
    })
}

fn common<T: PartialEq>(left: impl Iterator<Item = T>, right: impl Iterator<Item = T>) -> usize {
    left.zip(right).take_while(|(one, other)| one == other).count()
}

/// The row and column of `offset`, counted on from a known place before it.
fn point(text: &str, offset: usize, known: Point, known_offset: usize) -> Point {
    let between = &text.as_bytes()[known_offset..offset];
    match between.iter().rposition(|byte| *byte == b'\n') {
        None => Point::new(known.row, known.column + between.len()),
        Some(last) => {
            let rows = between.iter().filter(|byte| **byte == b'\n').count();
            Point::new(known.row + rows, between.len() - last - 1)
        }
    }
}
