//! Arithmetic of floating-point numbers, and how they are read and written.

use crate::failure::{Exception, Outcome, raised, unsupported};
use crate::value::Value;

/// `left operator right`
pub(crate) fn binary(operator: &str, left: f64, right: f64) -> Outcome {
    let result = match operator {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "**" => power(left, right)?,
        _ if right == 0.0 => {
            return Err(raised(Exception::ZeroDivisionError, "a float is divided by zero"));
        }
        "/" => left / right,
        "//" => divided(left, right).0,
        _ => divided(left, right).1,
    };
    Ok(Value::float(result))
}

/// Quotient, a whole number, and rest, which has the sign of `right`.
fn divided(left: f64, right: f64) -> (f64, f64) {
    let mut rest = left % right;
    let mut quotient = (left - rest) / right;
    if rest == 0.0 {
        rest = 0.0_f64.copysign(right);
    } else if (right < 0.0) != (rest < 0.0) {
        rest += right;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0.0_f64.copysign(left / right), rest);
    }
    let floor = quotient.floor();
    (if quotient - floor > 0.5 { floor + 1.0 } else { floor }, rest)
}

/// `base ** exponent`
pub(crate) fn power(base: f64, exponent: f64) -> Outcome<f64> {
    if base == 0.0 && exponent < 0.0 {
        let message = "zero is raised to a negative power";
        return Err(raised(Exception::ZeroDivisionError, message));
    }
    let finite = base.is_finite() && exponent.is_finite();
    if finite && base < 0.0 && exponent.fract() != 0.0 {
        return Err(unsupported("complex numbers"));
    }
    let result = base.powf(exponent);
    if finite && result.is_infinite() {
        return Err(raised(Exception::OverflowError, "the power is too large for a float"));
    }
    Ok(result)
}

/// `number * 2 ** exponent`, where the result needs no rounding.
pub(crate) fn scaled(mut number: f64, mut exponent: i64) -> f64 {
    while exponent > 1000 && number.is_finite() {
        number *= 2.0_f64.powi(1000);
        exponent -= 1000;
    }
    while exponent < -1000 && number != 0.0 {
        number *= 2.0_f64.powi(-1000);
        exponent += 1000;
    }
    i32::try_from(exponent).map_or(number, |exponent| number * 2.0_f64.powi(exponent))
}

/// The shortest text that is read as `number` again.
pub(crate) fn shown(number: f64) -> String {
    if number.is_nan() {
        return "nan".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let scientific = format!("{number:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else {
        return scientific;
    };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        let plain = format!("{number}");
        return if plain.contains('.') { plain } else { plain + ".0" };
    }
    format!("{digits}e{}", shown_exponent(exponent))
}

/// A sign and two digits at least.
pub(crate) fn shown_exponent(exponent: i32) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{sign}{:02}", exponent.unsigned_abs())
}

/// The float that `text` stands for, as `float` and literals have it.
pub(crate) fn parsed(text: &str) -> Option<f64> {
    let trimmed = text.trim_matches(crate::methods::is_space);
    let unsigned = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    let sign = if trimmed.starts_with('-') { -1.0 } else { 1.0 };
    match unsigned.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return Some(f64::INFINITY * sign),
        "nan" => return Some(f64::NAN),
        _ => {}
    }
    let digits = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let mut previous = None;
    let mut letters = unsigned.chars().peekable();
    while let Some(letter) = letters.next() {
        // An underscore stands between digits, and a number begins with no second sign.
        if letter == '_' && !(digits(previous) && digits(letters.peek().copied())) {
            return None;
        }
        if !(letter.is_ascii_digit() || "_.eE+-".contains(letter)) {
            return None;
        }
        previous = Some(letter);
    }
    if unsigned.starts_with(['+', '-']) {
        return None;
    }
    unsigned.replace('_', "").parse::<f64>().ok().map(|number| number * sign)
}
