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
    let mut start = common_start(old.as_bytes(), new.as_bytes());
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let tails = (&old.as_bytes()[start..], &new.as_bytes()[start..]);
    let mut same = common_end(tails.0, tails.1);
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

/// How many bytes are compared at once: nearly all of two texts is the same.
const BLOCK: usize = 64;

fn common_start(one: &[u8], other: &[u8]) -> usize {
    let blocks = common(one.chunks_exact(BLOCK), other.chunks_exact(BLOCK)) * BLOCK;
    blocks + common(&one[blocks..], &other[blocks..])
}

fn common_end(one: &[u8], other: &[u8]) -> usize {
    let blocks = common(one.rchunks_exact(BLOCK), other.rchunks_exact(BLOCK)) * BLOCK;
    let left = |bytes: &'_ [u8]| bytes.len() - blocks;
    blocks + common(one[..left(one)].iter().rev(), other[..left(other)].iter().rev())
}

fn common<T: PartialEq>(
    one: impl IntoIterator<Item = T>,
    other: impl IntoIterator<Item = T>,
) -> usize {
    one.into_iter().zip(other).take_while(|(one, other)| one == other).count()
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
