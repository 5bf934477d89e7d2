//! Numbers of YAML 1.1, by the letter of the patterns that `PyYAML` resolves with.
//!
//! `1e3` and `0o10` are text, `010` is eight, `1:30` is ninety: every rule here can be observed in
//! a contract that loads, so none is rounded to what newer versions of YAML say.

use super::Value;

/// Python converts no longer text to a number.
const LONGEST: usize = 4300;

/// What a text that looks like a number is.
#[derive(PartialEq, Debug)]
pub(super) enum Number {
    /// It matches a number's pattern and has this value.
    Is(Value),
    /// It matches a pattern, yet converts to nothing: `0x_`.
    Refused,
    /// It is no number.
    Not,
}

/// The number that `text` writes.
pub(super) fn read(text: &str) -> Number {
    match integer_shape(text) {
        Some(shape) => integer(&shape),
        None => float(text),
    }
}

/// How an integer is written: its sign, its base, its digits.
struct Integer<'a> {
    negative: bool,
    base: u32,
    digits: &'a str,
}

fn sign(text: &str) -> (bool, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    }
}

fn integer_shape(text: &str) -> Option<Integer<'_>> {
    let (negative, rest) = sign(text);
    let bytes = rest.as_bytes();
    let all = |from: usize, fits: fn(u8) -> bool| {
        bytes.len() > from && bytes[from..].iter().all(|byte| *byte == b'_' || fits(*byte))
    };
    let (base, from, fits): (u32, usize, bool) = match bytes {
        [b'0'] => (10, 0, true),
        [b'0', b'b', ..] => (2, 2, all(2, |byte| matches!(byte, b'0' | b'1'))),
        [b'0', b'x', ..] => (16, 2, all(2, |byte| byte.is_ascii_hexdigit())),
        [b'0', ..] => (8, 1, all(1, |byte| matches!(byte, b'0'..=b'7'))),
        [b'1'..=b'9', ..] if all(0, |byte| byte.is_ascii_digit()) => (10, 0, true),
        [b'1'..=b'9', ..] => (60, 0, sexagesimal(rest)),
        _ => return None,
    };
    fits.then(|| Integer { negative, base, digits: &rest[from..] })
}

/// Whether `text` is `[0-9][0-9_]*(:[0-5]?[0-9])+`.
fn sexagesimal(text: &str) -> bool {
    let mut parts = text.split(':');
    let whole = parts.next().unwrap_or("").as_bytes();
    let starts = whole.first().is_some_and(u8::is_ascii_digit);
    let mut count = 0;
    starts
        && whole.iter().all(|byte| *byte == b'_' || byte.is_ascii_digit())
        && parts.all(|part| {
            count += 1;
            matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9'])
        })
        && count > 0
}

fn integer(shape: &Integer<'_>) -> Number {
    if shape.digits.len() > LONGEST {
        return Number::Refused;
    }
    let digits: String = shape.digits.chars().filter(|digit| *digit != '_').collect();
    if digits.is_empty() {
        // `0_` is nothing but a zero; `0x_` has no digit at all.
        return if shape.base == 8 { Number::Is(Value::Int(0)) } else { Number::Refused };
    }
    match small(shape.base, &digits) {
        Some(size) => Number::Is(Value::Int(if shape.negative { -size } else { size })),
        None => Number::Is(large(shape.base, &digits, shape.negative)),
    }
}

fn small(base: u32, digits: &str) -> Option<i64> {
    if base == 60 {
        return digits.split(':').try_fold(0_i64, |sum, part| {
            sum.checked_mul(60)?.checked_add(part.parse::<i64>().ok()?)
        });
    }
    i64::from_str_radix(digits, base).ok()
}

/// An integer beyond 64 bits, in decimal digits.
fn large(base: u32, digits: &str, negative: bool) -> Value {
    // Least significant first, nine decimal digits each.
    let mut limbs: Vec<u32> = vec![0];
    let mut advance = |by: u32, plus: u32| {
        let mut carry = u64::from(plus);
        for limb in &mut limbs {
            let sum = u64::from(*limb) * u64::from(by) + carry;
            *limb = u32::try_from(sum % 1_000_000_000).unwrap_or(0);
            carry = sum / 1_000_000_000;
        }
        if carry > 0 {
            limbs.push(u32::try_from(carry).unwrap_or(0));
        }
    };
    let mut parts = digits.split(':');
    let by = if base == 60 { 10 } else { base };
    for digit in parts.next().unwrap_or("").chars() {
        advance(by, digit.to_digit(16).unwrap_or(0));
    }
    for part in parts {
        advance(60, part.parse().unwrap_or(0));
    }
    let mut text = String::from(if negative { "-" } else { "" });
    let mut limbs = limbs.iter().rev();
    text.push_str(&limbs.next().copied().unwrap_or(0).to_string());
    for limb in limbs {
        text.push_str(&format!("{limb:09}"));
    }
    match text.parse() {
        // Only the least of all 64-bit integers comes here, as its size alone does not fit.
        Ok(fits) => Value::Int(fits),
        Err(_) => Value::BigInt(text.into()),
    }
}

fn float(text: &str) -> Number {
    let (negative, rest) = sign(text);
    let signed = |size: f64| Number::Is(Value::Float(if negative { -size } else { size }));
    match rest {
        ".inf" | ".Inf" | ".INF" => return signed(f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" if rest.len() == text.len() => {
            return Number::Is(Value::Float(f64::NAN));
        }
        _ => {}
    }
    let Some((whole, fraction)) = rest.split_once('.') else {
        return Number::Not;
    };
    if whole.contains(':') {
        let digits = |byte: &u8| *byte == b'_' || byte.is_ascii_digit();
        if !sexagesimal(whole) || !fraction.as_bytes().iter().all(digits) {
            return Number::Not;
        }
        return signed(float_of_parts(whole, fraction));
    }
    // A sign needs a digit before the point.
    let signed_without_digit = whole.is_empty() && rest.len() != text.len();
    if signed_without_digit || !decimal(whole, fraction) {
        return Number::Not;
    }
    let clean: String = rest.chars().filter(|digit| *digit != '_').collect();
    clean.parse().map_or(Number::Refused, signed)
}

/// Whether `whole.fraction` is a float: digits, and an exponent only with a sign.
fn decimal(whole: &str, fraction: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte == b'_' || byte.is_ascii_digit());
    let starts = |text: &str| text.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    let (fraction, exponent) = match fraction.find(['e', 'E']) {
        Some(at) => (&fraction[..at], Some(&fraction[at + 1..])),
        None => (fraction, None),
    };
    let exponent_fits = exponent.is_none_or(|exponent| {
        exponent.strip_prefix(['-', '+']).is_some_and(|power| {
            !power.is_empty() && power.bytes().all(|byte| byte.is_ascii_digit())
        })
    });
    let start_fits = if whole.is_empty() { starts(fraction) } else { starts(whole) };
    start_fits && digits(whole) && digits(fraction) && exponent_fits
}

fn float_of_parts(whole: &str, fraction: &str) -> f64 {
    let clean = |text: &str| text.replace('_', "");
    let mut parts: Vec<f64> =
        whole.split(':').map(|part| clean(part).parse().unwrap_or(0.0)).collect();
    let last = whole.rsplit(':').next().unwrap_or("");
    if let Some(seconds) = parts.last_mut() {
        *seconds = format!("{last}.{}", clean(fraction)).parse().unwrap_or(0.0);
    }
    // From the seconds upwards, as the order of additions shows in the last bit.
    let mut base = 1.0;
    let mut sum = 0.0;
    for part in parts.iter().rev() {
        sum += part * base;
        base *= 60.0;
    }
    sum
}
