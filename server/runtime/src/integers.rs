//! Arithmetic of integers, and how they are read and written.

use num_bigint::{BigInt, Sign};
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::failure::{Exception, Limit, Outcome, over, raised, value_error};
use crate::floats;
use crate::limits::Budget;
use crate::numbers::Number;
use crate::value::Value;

/// Decimal digits that Python converts from and to text; more are refused.
const DIGITS: usize = 4300;

/// `left operator right`
pub(crate) fn binary(operator: &str, left: &BigInt, right: &BigInt, budget: &Budget) -> Outcome {
    Ok(Value::integer(match operator {
        "+" | "-" => {
            budget.allow_bits(left.bits().max(right.bits()) + 1)?;
            if operator == "+" { left + right } else { left - right }
        }
        "*" => {
            budget.allow_bits(left.bits() + right.bits())?;
            pay_for_both(left, right, budget)?;
            left * right
        }
        "//" => divided(left, right, budget)?.0,
        "%" => divided(left, right, budget)?.1,
        "&" | "|" | "^" => {
            budget.spend(1 + left.bits().max(right.bits()) / 64)?;
            match operator {
                "&" => left & right,
                "|" => left | right,
                _ => left ^ right,
            }
        }
        "<<" => shifted_left(left, right, budget)?,
        ">>" => shifted_right(left, right, budget)?,
        "/" => return true_division(left, right, budget),
        _ => return power(left, right, budget),
    }))
}

/// What schoolbook multiplication and division cost.
fn pay_for_both(left: &BigInt, right: &BigInt, budget: &Budget) -> Outcome<()> {
    budget.spend(1 + (left.bits() / 64) * (right.bits() / 64) / 16)
}

/// Quotient and rest, rounded towards minus infinity.
fn divided(left: &BigInt, right: &BigInt, budget: &Budget) -> Outcome<(BigInt, BigInt)> {
    if right.is_zero() {
        return Err(raised(Exception::ZeroDivisionError, "an integer is divided by zero"));
    }
    pay_for_both(left, right, budget)?;
    let (mut quotient, mut rest) = (left / right, left % right);
    if !rest.is_zero() && rest.is_negative() != right.is_negative() {
        quotient -= 1;
        rest += right;
    }
    Ok((quotient, rest))
}

fn shifted_left(left: &BigInt, count: &BigInt, budget: &Budget) -> Outcome<BigInt> {
    refuse_negative(count)?;
    if left.is_zero() {
        return Ok(BigInt::zero());
    }
    let count = count.to_u64().unwrap_or(u64::MAX);
    budget.allow_bits(left.bits().saturating_add(count))?;
    Ok(left << count)
}

fn shifted_right(left: &BigInt, count: &BigInt, budget: &Budget) -> Outcome<BigInt> {
    refuse_negative(count)?;
    budget.spend(1 + left.bits() / 64)?;
    // All bits are out by then, and the sign stays.
    let count = count.to_u64().unwrap_or(u64::MAX).min(left.bits() + 1);
    Ok(left >> count)
}

fn refuse_negative(count: &BigInt) -> Outcome<()> {
    if count.is_negative() { Err(value_error("the count of a shift is negative")) } else { Ok(()) }
}

fn power(base: &BigInt, exponent: &BigInt, budget: &Budget) -> Outcome {
    if exponent.is_negative() {
        let [base, exponent] = [base, exponent].map(|number| Number::Big(number.clone()));
        return floats::power(base.to_float()?, exponent.to_float()?).map(Value::float);
    }
    if exponent.is_zero() {
        return Ok(Value::Int(1));
    }
    if base.magnitude().is_one() || base.is_zero() {
        let positive = base.sign() != Sign::Minus || !exponent.bit(0);
        return Ok(Value::integer(if positive { base.abs() } else { base.clone() }));
    }
    let exponent = exponent.to_u64().unwrap_or(u64::MAX);
    let bits = (base.bits() - 1).saturating_mul(exponent);
    budget.allow_bits(bits)?;
    let Ok(exponent) = u32::try_from(exponent) else {
        return Err(over(Limit::Size, "the exponent is too large"));
    };
    budget.spend(1 + (bits / 64) * (bits / 64) / 16)?;
    Ok(Value::integer(base.pow(exponent)))
}

/// The float nearest to the quotient.
fn true_division(left: &BigInt, right: &BigInt, budget: &Budget) -> Outcome {
    const DIGITS: i64 = 53;
    const SMALLEST_EXPONENT: i64 = -1021;
    if right.is_zero() {
        return Err(raised(Exception::ZeroDivisionError, "an integer is divided by zero"));
    }
    let too_large = || Err(raised(Exception::OverflowError, "the quotient is too large"));
    let negative = left.is_negative() != right.is_negative();
    let sign = if negative { -1.0 } else { 1.0 };
    let (left, right) = (left.abs(), right.abs());
    let bits = |number: &BigInt| i64::try_from(number.bits()).unwrap_or(i64::MAX);
    let difference = bits(&left) - bits(&right);
    if left.is_zero() || difference < SMALLEST_EXPONENT - DIGITS - 1 {
        return Ok(Value::float(if left.is_zero() { 0.0 } else { 0.0 * sign }));
    }
    if difference > 1025 {
        return too_large();
    }
    // Two bits more than a float holds, and whether anything is left, decide how to round.
    let shift = difference.max(SMALLEST_EXPONENT) - DIGITS - 2;
    let (left, right) = if shift <= 0 {
        (left << shift.unsigned_abs(), right)
    } else {
        (left, right << shift.unsigned_abs())
    };
    pay_for_both(&left, &right, budget)?;
    let quotient = &left / &right;
    let exact = (&left % &right).is_zero();
    let Some(quotient) = quotient.to_u64() else {
        return too_large();
    };
    let length = i64::from(u64::BITS - quotient.leading_zeros());
    let extra = length.max(SMALLEST_EXPONENT - shift) - DIGITS;
    let rounded = round_half_even(quotient, extra, exact);
    let result = floats::scaled(rounded, shift);
    if result.is_infinite() { too_large() } else { Ok(Value::float(sign * result)) }
}

/// `number` without its last `extra` bits; `exact` says that nothing was cut off before.
#[expect(clippy::cast_precision_loss, reason = "what is left has 53 bits")]
fn round_half_even(number: u64, extra: i64, exact: bool) -> f64 {
    let half = 1_u64 << (extra - 1);
    let low = number | u64::from(!exact);
    let up = low & half != 0 && low & (3 * half - 1) != 0;
    let rounded = if up { number + half } else { number };
    (rounded & !(2 * half - 1)) as f64
}

/// The integer literal `written`, of any base and with underscores; none for floats.
pub(crate) fn literal(written: &str) -> Option<BigInt> {
    let digits = written.replace('_', "").to_ascii_lowercase();
    let (radix, digits) = match digits.get(..2) {
        Some("0x") => (16, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some("0b") => (2, &digits[2..]),
        _ => (10, digits.as_str()),
    };
    BigInt::parse_bytes(digits.as_bytes(), radix)
}

/// Decimal digits, with a sign if need be.
pub(crate) fn shown(number: &BigInt, budget: &Budget) -> Outcome<String> {
    // 10 ** 4300 has 14285 bits.
    let text = (number.bits() <= 14_285).then(|| number.to_string());
    budget.spend(1 + number.bits() / 8)?;
    match text {
        Some(text) if text.trim_start_matches('-').len() <= DIGITS => Ok(text),
        _ => Err(value_error(format!("the integer has more than {DIGITS} digits"))),
    }
}

/// What `int(text, base)` reads; none where it is no integer.
pub(crate) fn parsed(text: &str, base: u32, budget: &Budget) -> Outcome<Option<BigInt>> {
    budget.spend_bytes(text.len())?;
    let trimmed = text.trim_matches(crate::methods::is_space);
    let (negative, unsigned) = match trimmed.as_bytes().first() {
        Some(b'-') => (true, &trimmed[1..]),
        Some(b'+') => (false, &trimmed[1..]),
        _ => (false, trimmed),
    };
    let prefix = unsigned.get(..2).map(str::to_ascii_lowercase);
    let named = match prefix.as_deref() {
        Some("0x") => Some(16),
        Some("0o") => Some(8),
        Some("0b") => Some(2),
        _ => None,
    };
    let (radix, digits) = match (base, named) {
        (0, None) => (10, unsigned),
        (0, Some(named)) => (named, prefixed(unsigned)),
        (base, Some(named)) if base == named => (base, prefixed(unsigned)),
        _ => (base, unsigned),
    };
    let plain: String = digits.chars().filter(|letter| *letter != '_').collect();
    let spaced = digits.starts_with('_') || digits.ends_with('_') || digits.contains("__");
    let wrong = !plain.chars().all(|letter| letter.is_digit(radix));
    let octal_like = base == 0 && named.is_none() && plain.starts_with('0');
    if plain.is_empty() || spaced || wrong || (octal_like && plain.contains(|c| c != '0')) {
        return Ok(None);
    }
    if plain.len() > DIGITS && !radix.is_power_of_two() {
        return Err(value_error(format!("the text has more than {DIGITS} digits")));
    }
    budget.spend(plain.len() as u64)?;
    budget.allow_bits(plain.len() as u64 * 6)?;
    let number = BigInt::parse_bytes(plain.as_bytes(), radix);
    Ok(number.map(|number| if negative { -number } else { number }))
}

/// The digits behind `0x` and its kin, which one underscore may separate.
fn prefixed(unsigned: &str) -> &str {
    let digits = &unsigned[2..];
    digits.strip_prefix('_').unwrap_or(digits)
}
