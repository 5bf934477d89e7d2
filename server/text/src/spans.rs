//! Lists of spans, kept small.

use crate::exact::fitted;
use crate::span::Span;

/// Spans in order, in two or three bytes each where they follow one another closely, as the nodes
/// of a file do. Looking one up takes a few steps.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Spans {
    /// For each span, how far its start lies from that of the one before, and its length.
    bytes: Vec<u8>,
    /// Where to begin reading for every so many spans.
    marks: Vec<Mark>,
    len: u32,
    last: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Mark {
    /// Index into the bytes.
    at: u32,
    /// The start of the span before.
    before: u32,
}

/// How many spans share a mark.
const STRIDE: u32 = 32;

impl Spans {
    /// Adds a span, and gives its index.
    pub fn push(&mut self, span: Span) -> u32 {
        let index = self.len;
        if index.is_multiple_of(STRIDE) {
            let at = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
            self.marks.push(Mark { at, before: self.last });
        }
        // Differences wrap around, so that any two numbers can follow each other.
        let step = span.start.wrapping_sub(self.last).cast_signed();
        let step = (step << 1 ^ step >> 31).cast_unsigned();
        let length = span.end.wrapping_sub(span.start);
        if let (Ok(step @ ..0x80), Ok(length @ ..0x80)) = (u8::try_from(step), u8::try_from(length))
        {
            // Nearly all are as near and as short.
            self.bytes.extend_from_slice(&[step, length]);
        } else {
            put(&mut self.bytes, step);
            put(&mut self.bytes, length);
        }
        self.last = span.start;
        self.len += 1;
        index
    }

    /// The span with this index.
    #[must_use]
    pub fn get(&self, index: u32) -> Option<Span> {
        if index >= self.len {
            return None;
        }
        let mark = self.marks.get((index / STRIDE) as usize)?;
        let mut bytes = self.bytes.get(mark.at as usize..)?.iter();
        let mut span = Span { start: mark.before, end: mark.before };
        for _ in 0..=index % STRIDE {
            let step = take(&mut bytes)?;
            let step = step >> 1 ^ (step & 1).wrapping_neg();
            span.start = span.start.wrapping_add(step);
            span.end = span.start.wrapping_add(take(&mut bytes)?);
        }
        Some(span)
    }

    /// Gives back the room to grow.
    pub fn shrink_to_fit(&mut self) {
        self.bytes = fitted(std::mem::take(&mut self.bytes));
        self.marks = fitted(std::mem::take(&mut self.marks));
    }
}

impl Extend<Span> for Spans {
    fn extend<I: IntoIterator<Item = Span>>(&mut self, spans: I) {
        let spans = spans.into_iter();
        self.bytes.reserve(spans.size_hint().0 * 3);
        for span in spans {
            self.push(span);
        }
    }
}

impl FromIterator<Span> for Spans {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Spans {
        let mut all = Spans::default();
        all.extend(spans);
        all
    }
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

fn take(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u32> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7f).wrapping_shl(shift);
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_goes_in_comes_out(numbers in prop::collection::vec(any::<(u32, u32)>(), 0..100)) {
            let given: Vec<Span> =
                numbers.iter().map(|(start, end)| Span { start: *start, end: *end }).collect();
            let spans: Spans = given.iter().copied().collect();
            for (index, span) in (0..).zip(&given) {
                prop_assert_eq!(spans.get(index), Some(*span));
            }
            prop_assert_eq!(spans.get(given.len() as u32), None);
        }
    }

    #[test]
    fn neighbours_take_two_bytes() {
        let spans: Spans = (0..1000).map(|at| Span::new(at * 9, at * 9 + 7)).collect();
        assert_eq!(spans.bytes.len(), 2000);
    }
}
