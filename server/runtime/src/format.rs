//! `text % values`

use crate::conversions::truncated;
use crate::failure::{Exception, Outcome, raised, type_error, unsupported, value_error};
use crate::integers;
use crate::limits::Budget;
use crate::numbers::{Number, clamped, integer};
use crate::representation::{as_text, quoted_ascii, shown};
use crate::value::Value;

mod real;

/// The text that `format` makes of `values`.
pub(crate) fn formatted(format: &Value, values: &Value, budget: &Budget) -> Outcome {
    let Value::Text(format) = format else {
        return Err(unsupported("`%` on something else than text"));
    };
    let mut writer = Writer {
        format: format.chars().collect(),
        at: 0,
        values: Values::of(values)?,
        text: String::new(),
        budget,
    };
    budget.spend_bytes(format.len() * 4)?;
    writer.write()?;
    writer.values.refuse_rest()?;
    Ok(Value::Text(writer.text.into()))
}

/// What stands behind the `%`.
struct Values<'a> {
    /// Those that wait, the next one last.
    waiting: Vec<&'a Value>,
    all: &'a Value,
    /// Whether values may be left over.
    lenient: bool,
}

impl<'a> Values<'a> {
    fn of(values: &'a Value) -> Outcome<Values<'a>> {
        let waiting = match values {
            Value::Tuple(items) => items.in_order()?.iter().rev().collect(),
            one => vec![one],
        };
        let lenient = matches!(values, Value::Dict(_) | Value::List(_) | Value::Bytes(_));
        Ok(Values { waiting, all: values, lenient })
    }

    fn next(&mut self) -> Outcome<&'a Value> {
        let fewer = || type_error("there are fewer values than the format takes");
        self.waiting.pop().ok_or_else(fewer)
    }

    /// Makes the value of `key` the one that comes next, and the last.
    fn choose(&mut self, key: &str, budget: &Budget) -> Outcome<()> {
        let Value::Dict(table) = self.all else {
            return Err(type_error("a format with keys takes a dict"));
        };
        let Some(value) = table.get(&Value::text(key), budget)? else {
            return Err(raised(Exception::KeyError, format!("there is no key `{key}`")));
        };
        self.waiting = vec![value];
        Ok(())
    }

    fn refuse_rest(&self) -> Outcome<()> {
        if self.waiting.is_empty() || self.lenient {
            return Ok(());
        }
        Err(type_error("there are more values than the format takes"))
    }
}

/// What stands between `%` and the letter.
#[derive(Default)]
struct Spec {
    left: bool,
    sign: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

struct Writer<'a> {
    format: Vec<char>,
    at: usize,
    values: Values<'a>,
    text: String,
    budget: &'a Budget,
}

impl<'a> Writer<'a> {
    fn write(&mut self) -> Outcome<()> {
        while let Some(letter) = self.letter() {
            if letter == '%' {
                self.field()?;
            } else {
                self.text.push(letter);
            }
            self.budget.fits_bytes(self.text.len())?;
        }
        Ok(())
    }

    fn letter(&mut self) -> Option<char> {
        self.at += 1;
        self.format.get(self.at - 1).copied()
    }

    fn peek(&self) -> Option<char> {
        self.format.get(self.at).copied()
    }

    fn field(&mut self) -> Outcome<()> {
        if self.peek() == Some('%') {
            self.at += 1;
            self.text.push('%');
            return Ok(());
        }
        let mut spec = Spec::default();
        if self.peek() == Some('(') {
            self.key()?;
        }
        while let Some(flag) = self.peek() {
            match flag {
                '-' => spec.left = true,
                '+' => spec.sign = true,
                ' ' => spec.space = true,
                '#' => spec.alternate = true,
                '0' => spec.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        let width = self.count()?;
        spec.left |= width < 0;
        spec.width = usize::try_from(width.unsigned_abs()).unwrap_or(0);
        if self.peek() == Some('.') {
            self.at += 1;
            spec.precision = Some(usize::try_from(self.count()?).unwrap_or(0));
        }
        if matches!(self.peek(), Some('h' | 'l' | 'L')) {
            self.at += 1;
        }
        let Some(letter) = self.letter() else {
            return Err(value_error("the format ends within a field"));
        };
        let value = self.values.next()?;
        let field = self.converted(letter, value, &spec)?;
        self.budget.spend_bytes(field.len())?;
        self.text.push_str(&field);
        Ok(())
    }

    /// `(key)`, in which parentheses come in pairs.
    fn key(&mut self) -> Outcome<()> {
        if !self.values.lenient {
            return Err(type_error("a format with keys takes a dict"));
        }
        self.at += 1;
        let start = self.at;
        let mut open = 1;
        while open > 0 {
            match self.letter() {
                Some('(') => open += 1,
                Some(')') => open -= 1,
                Some(_) => {}
                None => return Err(value_error("a key in the format is not closed")),
            }
        }
        let key: String = self.format[start..self.at - 1].iter().collect();
        self.values.choose(&key, self.budget)
    }

    /// Digits, or `*` and a value; zero if there is neither.
    fn count(&mut self) -> Outcome<i64> {
        if self.peek() == Some('*') {
            self.at += 1;
            let value = self.values.next()?;
            let Some(count) = clamped(value) else {
                return Err(type_error("`*` takes an integer"));
            };
            if i32::try_from(count).is_err() && matches!(value, Value::Big(_)) {
                return Err(raised(Exception::OverflowError, "the width is too large"));
            }
            return self.fitting(count);
        }
        let mut count = 0;
        while let Some(digit) = self.peek().and_then(|letter| letter.to_digit(10)) {
            self.at += 1;
            count = self.fitting(count * 10 + i64::from(digit))?;
        }
        Ok(count)
    }

    fn fitting(&self, count: i64) -> Outcome<i64> {
        self.budget.fits_bytes(usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX))?;
        Ok(count)
    }

    fn converted(&self, letter: char, value: &Value, spec: &Spec) -> Outcome<String> {
        let budget = self.budget;
        let cut = |text: String| match spec.precision {
            Some(most) => text.chars().take(most).collect(),
            None => text,
        };
        match letter {
            's' => Ok(padded("", &cut(as_text(value, budget)?), false, spec)),
            'r' => Ok(padded("", &cut(shown(value, budget)?), false, spec)),
            'a' => Ok(padded("", &cut(quoted_ascii(&shown(value, budget)?)), false, spec)),
            'c' => Ok(padded("", &character(value)?.to_string(), false, spec)),
            'd' | 'i' | 'u' => {
                let number = match (Number::of(value), integer(value)) {
                    (_, Some(whole)) => whole,
                    (Some(Number::Float(float)), _) => truncated(float)?,
                    _ => return Err(no_number(letter, value)),
                };
                let digits = integers::shown(&number, budget)?;
                whole("", &digits, spec, budget)
            }
            'x' | 'X' | 'o' => {
                let Some(number) = integer(value) else {
                    return Err(no_number(letter, value));
                };
                budget.spend(1 + number.bits() / 8)?;
                let (digits, prefix) = match letter {
                    'x' => (number.to_str_radix(16), "0x"),
                    'X' => (number.to_str_radix(16).to_ascii_uppercase(), "0X"),
                    _ => (number.to_str_radix(8), "0o"),
                };
                whole(if spec.alternate { prefix } else { "" }, &digits, spec, budget)
            }
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
                let Some(number) = Number::of(value) else {
                    return Err(no_number(letter, value));
                };
                let number = number.to_float()?;
                let precision = spec.precision.unwrap_or(6);
                let digits = real::digits(number.abs(), letter, precision, spec.alternate);
                let negative = number.is_sign_negative() && !number.is_nan();
                Ok(padded(sign(negative, spec), &digits, spec.zero, spec))
            }
            _ => Err(value_error(format!("the format has no field `{letter}`"))),
        }
    }
}

fn no_number(letter: char, value: &Value) -> crate::failure::Fault {
    type_error(format!("the field `%{letter}` does not take {}", value.shown_class()))
}

fn sign(negative: bool, spec: &Spec) -> &'static str {
    match () {
        () if negative => "-",
        () if spec.sign => "+",
        () if spec.space => " ",
        () => "",
    }
}

/// An integer of `digits`, which may have a minus in front.
fn whole(prefix: &str, digits: &str, spec: &Spec, budget: &Budget) -> Outcome<String> {
    let (negative, digits) = match digits.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, digits),
    };
    let least = spec.precision.unwrap_or(0);
    budget.allow_bytes(least)?;
    let digits = format!("{}{digits}", "0".repeat(least.saturating_sub(digits.len())));
    let front = format!("{}{prefix}", sign(negative, spec));
    Ok(padded(&front, &digits, spec.zero, spec))
}

/// The field in its width: filled with zeros between `front` and `text`, or with spaces.
fn padded(front: &str, text: &str, zeros: bool, spec: &Spec) -> String {
    let missing = spec.width.saturating_sub(front.chars().count() + text.chars().count());
    match (spec.left, zeros) {
        (true, _) => format!("{front}{text}{}", " ".repeat(missing)),
        (false, true) => format!("{front}{}{text}", "0".repeat(missing)),
        (false, false) => format!("{}{front}{text}", " ".repeat(missing)),
    }
}

fn character(value: &Value) -> Outcome<char> {
    if let Value::Text(text) = value {
        let mut letters = text.chars();
        return match (letters.next(), letters.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(type_error("`%c` takes one character")),
        };
    }
    let Some(code) = clamped(value) else {
        return Err(no_number('c', value));
    };
    match u32::try_from(code) {
        Ok(code) if code <= 0x0010_ffff => {
            char::from_u32(code).ok_or_else(|| unsupported("half of a pair of characters"))
        }
        _ => Err(raised(Exception::OverflowError, "there is no such character")),
    }
}
