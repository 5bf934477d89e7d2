//! Dates and times as people write them, as far as they can be compared.

/// How far apart the clocks of two places may be, in seconds.
const APART: i64 = 26 * 3600;

/// Whether one of the moments that are written so is before the other; none where either is no
/// moment.
pub(crate) fn is_before(one: &str, other: &str) -> Option<bool> {
    // Almost all are days in order, and need not be counted out to tell.
    if is_plain_day(one) && is_plain_day(other) && one >= other {
        return Some(false);
    }
    Some(Moment::parse(one)?.is_before(Moment::parse(other)?))
}

/// Whether it is written as days are that sort by their text.
fn is_plain_day(text: &str) -> bool {
    let is_sign = |at| at == 4 || at == 7;
    let fits =
        |(at, byte): (usize, u8)| if is_sign(at) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(fits)
}

/// A date, or a time of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Moment {
    /// When it begins, in seconds; a date lasts for a day.
    starts: i64,
    /// When it is over.
    ends: i64,
    /// Whether it says by the clock of which place.
    is_zoned: bool,
}

impl Moment {
    /// The moment that is written so: `2026-01-31`, `2026-01-31T10:00:00+02:00`. None where it is
    /// written in another way.
    fn parse(text: &str) -> Option<Moment> {
        let text = text.trim();
        let end = text.find(['T', 't', ' ', '_']).unwrap_or(text.len());
        let (date, time) = text.split_at(end);
        let midnight = midnight(date)?;
        let time = time.trim_start_matches(['T', 't', ' ', '_']);
        if time.is_empty() {
            return Some(Moment { starts: midnight, ends: midnight + 86_399, is_zoned: false });
        }
        let zone = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
        let (time, zone) = time.split_at(zone);
        let offset = offset(zone)?;
        let at = midnight + clock(time.trim_end())? - offset.unwrap_or(0);
        Some(Moment { starts: at, ends: at, is_zoned: offset.is_some() })
    }

    /// Whether it is before the other, whatever either leaves open.
    fn is_before(self, other: Moment) -> bool {
        let apart = if self.is_zoned == other.is_zoned { 0 } else { APART };
        self.ends + apart < other.starts
    }
}

/// When a day begins, in seconds.
fn midnight(date: &str) -> Option<i64> {
    let [year, month, day] = numbers(date, '-')?;
    let is_day = (1..=12).contains(&month) && (1..=31).contains(&day) && year <= 9999;
    // Counted from March on, each month begins a known number of days into the year.
    let year = if month < 3 { year - 1 } else { year };
    let months = (month + 9) % 12;
    let leaps = year / 4 - year / 100 + year / 400;
    let days = year * 365 + leaps + (months * 153 + 2) / 5 + day;
    is_day.then_some(days * 86_400)
}

/// How many seconds into the day it is; fractions of a second are left out.
fn clock(time: &str) -> Option<i64> {
    let whole = time.split(['.', ',']).next()?;
    let [hours, minutes, seconds] = numbers(whole, ':').or_else(|| {
        let [hours, minutes] = numbers(whole, ':')?;
        Some([hours, minutes, 0])
    })?;
    (hours < 24 && minutes < 60 && seconds < 60).then_some(hours * 3600 + minutes * 60 + seconds)
}

/// By how many seconds the clock is ahead; nothing within where the zone is not said.
fn offset(zone: &str) -> Option<Option<i64>> {
    let ahead = match zone.split_at_checked(1) {
        None => return Some(None),
        Some(("Z" | "z", "")) => return Some(Some(0)),
        Some(("+", _)) => 1,
        Some(("-", _)) => -1,
        Some(_) => return None,
    };
    let written = &zone[1..];
    let [hours, minutes] = match (numbers(written, ':'), written.len()) {
        (Some(both), _) => both,
        (None, 4) => [written.get(..2)?.parse().ok()?, written.get(2..)?.parse().ok()?],
        (None, _) => [numbers::<1>(written, ':')?[0], 0],
    };
    Some(Some(ahead * (hours * 3600 + minutes * 60)))
}

/// So many numbers with a sign between them.
fn numbers<const N: usize>(text: &str, between: char) -> Option<[i64; N]> {
    let mut found = [0; N];
    let mut parts = text.split(between);
    for number in &mut found {
        let digits = parts.next()?;
        let is_short = digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        *number = digits.parse().ok().filter(|_| is_short)?;
    }
    parts.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_before(one: &str, other: &str) -> bool {
        super::is_before(one, other).unwrap()
    }

    #[test]
    fn moments_are_compared_as_far_as_they_say() {
        for (one, other) in [
            ("2026-01-31", "2026-02-01"),
            ("2025-12-31", "2026-01-01"),
            ("2024-02-28", "2024-02-29"),
            ("2026-01-31T10:00:00Z", "2026-01-31T10:00:01Z"),
            ("2026-01-31T10:00:00+02:00", "2026-01-31 09:00:00 +0000"),
            ("2026-01-31T10:00", "2026-01-31t10:30:00.5"),
            ("2026-01-31", "2026-02-03T00:00:00Z"),
        ] {
            assert!(is_before(one, other), "{one} {other}");
            assert!(!is_before(other, one), "{other} {one}");
        }
        for (one, other) in [
            ("2026-01-31", "2026-01-31"),
            ("2026-01-31", "2026-01-31T10:00:00"),
            ("2026-01-31T10:00:00Z", "2026-01-31T20:00:00"),
            ("2026-01-31", "2026-02-01T02:00:00Z"),
            ("2026-01-31T10:00:00+02:00", "2026-01-31T08:00:00Z"),
        ] {
            assert!(!is_before(one, other) && !is_before(other, one), "{one} {other}");
        }
    }

    #[test]
    fn other_texts_are_no_moments() {
        for text in ["", "soon", "2026-01", "2026-13-01", "1769817600", "2026-01-31T25:00:00"] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
        assert_eq!(Moment::parse("2026-01-31T10:00:00 nowhere"), None);
        assert_eq!(Moment::parse("2026-01-31T10:00:00+é1"), None);
    }
}
