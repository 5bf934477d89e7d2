//! Where a number ends.

/// Decimal digits of an integer that CPython converts; more are refused.
const DIGITS: usize = 4300;

/// Why a number cannot be read: where it goes wrong, and the message.
type Wrong = (usize, &'static str);

/// Whether `byte` may be part of an identifier; all of a character beyond ASCII may, at first.
pub(super) fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The place after the number that begins at `start`, on a digit or on a point before one.
pub(super) fn end(text: &str, start: usize) -> Result<usize, Wrong> {
    let mut reader = Reader { bytes: text.as_bytes(), at: start };
    match (reader.peek(0), reader.peek(1).map(|byte| byte.to_ascii_lowercase())) {
        (Some(b'0'), Some(b'x')) => reader.with_radix(|byte| byte.is_ascii_hexdigit()),
        (Some(b'0'), Some(b'o')) => reader.with_radix(|byte| matches!(byte, b'0'..=b'7')),
        (Some(b'0'), Some(b'b')) => reader.with_radix(|byte| matches!(byte, b'0' | b'1')),
        _ => reader.decimal(),
    }?;
    Ok(reader.at)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn with_radix(&mut self, is_digit: fn(u8) -> bool) -> Result<(), Wrong> {
        self.at += 2;
        if self.peek(0) == Some(b'_') {
            self.at += 1;
        }
        self.digits(is_digit)?;
        if self.peek(0).is_some_and(|byte| byte.is_ascii_digit()) {
            return Err((self.at + 1, "a digit is too large for the number's base"));
        }
        self.no_word()
    }

    /// Digits with single underscores between them.
    fn digits(&mut self, is_digit: fn(u8) -> bool) -> Result<(), Wrong> {
        loop {
            if !self.peek(0).is_some_and(is_digit) {
                return Err((self.at, "a digit is missing"));
            }
            while self.peek(0).is_some_and(is_digit) {
                self.at += 1;
            }
            if self.peek(0) != Some(b'_') {
                return Ok(());
            }
            self.at += 1;
        }
    }

    fn decimal(&mut self) -> Result<(), Wrong> {
        let start = self.at;
        let mut whole = true;
        if self.peek(0) != Some(b'.') {
            self.digits(|byte| byte.is_ascii_digit())?;
        }
        let integer_end = self.at;
        if self.peek(0) == Some(b'.') {
            whole = false;
            self.at += 1;
            if self.peek(0).is_some_and(|byte| byte.is_ascii_digit()) {
                self.digits(|byte| byte.is_ascii_digit())?;
            }
        }
        if self.exponent()? {
            whole = false;
        }
        if matches!(self.peek(0), Some(b'j' | b'J')) {
            whole = false;
            self.at += 1;
        }
        if whole {
            check_integer(&self.bytes[start..integer_end], integer_end)?;
        }
        self.no_word()
    }

    /// An exponent, if there is one: `1else` has none.
    fn exponent(&mut self) -> Result<bool, Wrong> {
        if !matches!(self.peek(0), Some(b'e' | b'E')) {
            return Ok(false);
        }
        let signed = matches!(self.peek(1), Some(b'+' | b'-'));
        let first = if signed { 2 } else { 1 };
        if !self.peek(first).is_some_and(|byte| byte.is_ascii_digit()) {
            let wrong = Err((self.at + first, "a digit is missing in the exponent"));
            return if signed { wrong } else { Ok(false) };
        }
        self.at += first;
        self.digits(|byte| byte.is_ascii_digit())?;
        Ok(true)
    }

    /// No letter may follow, except those of a keyword that can stand behind a number.
    fn no_word(&self) -> Result<(), Wrong> {
        let rest = &self.bytes[self.at..];
        let keywords: [&[u8]; 8] = [b"and", b"else", b"for", b"if", b"in", b"is", b"or", b"not"];
        let glued = rest.first().is_some_and(|byte| is_word_byte(*byte));
        if glued && !keywords.iter().any(|keyword| rest.starts_with(keyword)) {
            return Err((self.at, "a letter or underscore follows the number"));
        }
        Ok(())
    }
}

fn check_integer(written: &[u8], end: usize) -> Result<(), Wrong> {
    let digits = written.iter().filter(|byte| byte.is_ascii_digit()).count();
    let all_zero = written.iter().all(|byte| matches!(byte, b'0' | b'_'));
    if written.first() == Some(&b'0') && !all_zero {
        return Err((end, "an integer does not begin with 0; octal ones begin with 0o"));
    }
    if digits > DIGITS {
        return Err((end, "the integer has more than 4300 digits"));
    }
    Ok(())
}
