//! Digits of floating-point numbers for `%e`, `%f` and `%g`.

use crate::floats::shown_exponent;

/// No float has more digits behind its point; what is asked for beyond is zeros.
const MOST: usize = 1100;

/// The digits of `number`, which is not negative.
pub(super) fn digits(number: f64, letter: char, precision: usize, alternate: bool) -> String {
    let text = if number.is_nan() {
        "nan".to_owned()
    } else if number.is_infinite() {
        "inf".to_owned()
    } else {
        match letter.to_ascii_lowercase() {
            'e' => scientific(number, precision, alternate),
            'f' => fixed(number, precision, alternate),
            _ => general(number, precision.max(1), alternate),
        }
    };
    if letter.is_ascii_uppercase() { text.to_ascii_uppercase() } else { text }
}

fn fixed(number: f64, precision: usize, alternate: bool) -> String {
    let shown = precision.min(MOST);
    let digits = format!("{number:.shown$}");
    let zeros = "0".repeat(precision - shown);
    let point = if alternate && precision == 0 { "." } else { "" };
    format!("{digits}{zeros}{point}")
}

fn scientific(number: f64, precision: usize, alternate: bool) -> String {
    let (digits, exponent) = parts(number, precision);
    let point = if alternate && precision == 0 { "." } else { "" };
    format!("{digits}{point}e{}", shown_exponent(exponent))
}

/// Digits with one before the point, and the exponent.
fn parts(number: f64, precision: usize) -> (String, i32) {
    let shown = precision.min(MOST);
    let text = format!("{number:.shown$e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let zeros = "0".repeat(precision - shown);
    (format!("{digits}{zeros}"), exponent.parse().unwrap_or(0))
}

/// `precision` digits in all, in the shorter of both forms.
fn general(number: f64, precision: usize, alternate: bool) -> String {
    let (digits, exponent) = parts(number, precision - 1);
    let whole = i32::try_from(precision).unwrap_or(i32::MAX);
    let text = if exponent < -4 || exponent >= whole {
        return format!("{}e{}", trimmed(&digits, alternate), shown_exponent(exponent));
    } else {
        fixed(number, usize::try_from(whole - 1 - exponent).unwrap_or(0), alternate)
    };
    trimmed(&text, alternate)
}

/// Without zeros at the end, unless `alternate` keeps them.
fn trimmed(digits: &str, alternate: bool) -> String {
    match (alternate, digits.contains('.')) {
        (true, true) => digits.to_owned(),
        (true, false) => format!("{digits}."),
        (false, true) => digits.trim_end_matches('0').trim_end_matches('.').to_owned(),
        (false, false) => digits.to_owned(),
    }
}
