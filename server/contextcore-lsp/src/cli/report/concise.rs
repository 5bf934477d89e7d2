//! One line a finding.

use std::io::{self, Write};

use rules::level::Level;

use super::Report;
use super::place::Places;
use super::words::on_one_line;

/// Writes `report`.
pub(super) fn write(report: &Report<'_>, colors: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(report.here);
    for finding in report.findings {
        let place = places.of(&finding.at);
        let (path, start) = (on_one_line(&place.path), place.start);
        let message = on_one_line(&finding.message);
        let (level, rule) = (finding.level.as_str(), finding.rule.name);
        let (on, off) = if colors { style(finding.level) } else { Default::default() };
        let (line, column) = (start.line, start.column);
        writeln!(out, "{path}:{line}:{column}: {on}{level}[{rule}]{off} {message}")?;
    }
    Ok(())
}

/// What turns the colour of a level on, and off again.
fn style(level: Level) -> (&'static str, &'static str) {
    let on = match level {
        Level::Error => "\u{1b}[1;91m",
        Level::Warning => "\u{1b}[1;33m",
        Level::Information => "\u{1b}[1;94m",
        Level::Hint => "\u{1b}[1;96m",
    };
    (on, "\u{1b}[0m")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::samples::{report_of_samples, shown};
    use super::*;

    #[test]
    fn each_finding_takes_one_line() {
        let plain = shown(|out| report_of_samples(|report| write(report, false, out)));
        expect![[r#"
            contracts/artisan.contract.yaml:6:17: error[dangling-read] `implement` requires `domain_constraints`, but no earlier phase produces it
            handlers/plan, new: 100%.py:4:10: warning[shadow-default] `domain` always falls back to "unknown"
            handlers/plan, new: 100%.py:3:34: hint[dead-write] spans two lines, and has\na line break in its message
        "#]].assert_eq(&plain);
        let colored = shown(|out| report_of_samples(|report| write(report, true, out)));
        assert!(colored.contains("\u{1b}[1;91merror[dangling-read]\u{1b}[0m"), "{colored}");
    }
}
