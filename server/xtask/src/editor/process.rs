//! What a process has used so far, as Linux tells.

use std::time::Duration;

use anyhow::{Context, Result};

/// Ticks of a processor's clock in a second, as `/proc` counts them on every Linux.
const TICKS: u64 = 100;

/// The time that a process has kept processors busy.
pub(super) fn busy(process: u32) -> Result<Duration> {
    let path = format!("/proc/{process}/stat");
    let stat = std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    ticks(&stat).map(|ticks| Duration::from_millis(ticks * 1000 / TICKS)).context("no times")
}

/// The memory of a process that is in use, in KiB.
pub(super) fn resident(process: u32) -> Result<u64> {
    let path = format!("/proc/{process}/status");
    let status = std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.context("no resident memory")
}

/// User and system time, from behind the command's name, which may hold anything.
fn ticks(stat: &str) -> Option<u64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_stand_behind_the_name() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194560 100 0 0 0 31 11 0 0 20 0 9 0 5";
        assert_eq!(ticks(stat), Some(42));
        assert_eq!(ticks("7"), None);
    }
}
