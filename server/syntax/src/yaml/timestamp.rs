//! Dates and times of YAML 1.1.

/// What a text that may be a date or time is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Timestamp {
    /// A date or time that exists.
    Is,
    /// It is written like one, but there is no such day, hour or zone.
    Refused,
    /// It is none.
    Not,
}

/// Whether a bare `text` is a date or time: a date alone needs two digits for month and day.
pub(super) fn implicit(text: &str) -> Timestamp {
    let strict =
        text.len() != 10 || matches!(text.as_bytes(), [_, _, _, _, b'-', _, _, b'-', _, _]);
    let verdict = explicit(text);
    if text.len() < 10 || (!strict && !text.contains(':')) {
        // `2001-1-1` is text, unless a time follows.
        return Timestamp::Not;
    }
    verdict
}

/// Whether `text` under the tag `!!timestamp` is a date or time.
pub(super) fn explicit(text: &str) -> Timestamp {
    let mut cursor = Cursor { rest: text.as_bytes() };
    match timestamp(&mut cursor) {
        None => Timestamp::Not,
        Some(true) => Timestamp::Is,
        Some(false) => Timestamp::Refused,
    }
}

struct Cursor<'a> {
    rest: &'a [u8],
}

impl Cursor<'_> {
    /// A number of at least `least` and at most `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let count = self.rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        if count < least {
            return None;
        }
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        Some(digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.rest.first() == Some(&byte);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    fn blanks(&mut self) -> usize {
        let count = self.rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        self.rest = &self.rest[count..];
        count
    }
}

/// Whether what is written exists; nothing where it is not written like a timestamp.
fn timestamp(cursor: &mut Cursor<'_>) -> Option<bool> {
    let year = cursor.number(4, 4)?;
    let month = cursor.eat(b'-').then(|| cursor.number(1, 2))??;
    let day = cursor.eat(b'-').then(|| cursor.number(1, 2))??;
    let exists = day_exists(year, month, day);
    if cursor.rest.is_empty() {
        return Some(exists);
    }
    if !cursor.eat(b'T') && !cursor.eat(b't') && cursor.blanks() == 0 {
        return None;
    }
    let hour = cursor.number(1, 2)?;
    let minute = cursor.eat(b':').then(|| cursor.number(2, 2))??;
    let second = cursor.eat(b':').then(|| cursor.number(2, 2))??;
    if cursor.eat(b'.') {
        let digits = cursor.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        cursor.rest = &cursor.rest[digits..];
    }
    let exists = exists && hour < 24 && minute < 60 && second < 60;
    if cursor.rest.is_empty() {
        return Some(exists);
    }
    cursor.blanks();
    let zone = cursor.eat(b'Z') || zone(cursor)?;
    cursor.rest.is_empty().then_some(exists && zone)
}

fn zone(cursor: &mut Cursor<'_>) -> Option<bool> {
    if !cursor.eat(b'-') && !cursor.eat(b'+') {
        // Blanks alone may end the text.
        return cursor.rest.is_empty().then_some(true);
    }
    let hours = cursor.number(1, 2)?;
    let minutes = if cursor.eat(b':') { cursor.number(2, 2)? } else { 0 };
    Some(hours * 60 + minutes < 24 * 60)
}

fn day_exists(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    year > 0 && (1..=days).contains(&day)
}
