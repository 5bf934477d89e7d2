//! The end of a run, in words.

use std::fmt::Write;
use std::time::Duration;

use camino::Utf8Path;
use rules::level::Level;
use workspace::located::{Coverage, LocatedFinding};

use super::paths::relative;

/// How many files are named that could not be read, and how many handlers that were not checked.
const NAMED: usize = 3;

/// How many findings there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Tally {
    /// Errors.
    pub(crate) errors: usize,
    /// Warnings.
    pub(crate) warnings: usize,
    /// Findings that are worth knowing.
    pub(crate) information: usize,
    /// Hints.
    pub(crate) hints: usize,
    /// Findings that `--fix` would repair.
    pub(crate) fixable: usize,
}

impl Tally {
    /// Counts `findings`.
    pub(crate) fn of(findings: &[LocatedFinding]) -> Tally {
        let mut tally = Tally::default();
        for finding in findings {
            tally.fixable += usize::from(finding.fixable);
            *match finding.level {
                Level::Error => &mut tally.errors,
                Level::Warning => &mut tally.warnings,
                Level::Information => &mut tally.information,
                Level::Hint => &mut tally.hints,
            } += 1;
        }
        tally
    }

    fn in_words(self) -> String {
        let counts = [
            (self.errors, "error", "errors"),
            (self.warnings, "warning", "warnings"),
            (self.information, "information", "information"),
            (self.hints, "hint", "hints"),
        ];
        let said = counts.into_iter().filter(|(count, ..)| *count > 0);
        let words: Vec<String> = said.map(|(count, one, many)| number(count, one, many)).collect();
        if words.is_empty() {
            return "No findings.".to_owned();
        }
        let fixable = match self.fixable {
            0 => String::new(),
            count => format!(" {count} can be fixed with --fix."),
        };
        format!("{}.{fixable}", words.join(", "))
    }
}

/// What was looked at and what was found. The time is left out where nobody watches, so that logs
/// of equal runs are equal. Paths are told from the folder `here`.
pub(crate) fn summary(
    coverage: &Coverage,
    tally: Tally,
    here: &Utf8Path,
    time: Option<Duration>,
) -> String {
    let time = time.map(|time| format!(" in {:.2} s", time.as_secs_f64())).unwrap_or_default();
    let files = number(coverage.files, "file", "files");
    let others = number(coverage.others, "other contract", "other contracts");
    let looked = if coverage.pipelines == 0 && coverage.others > 0 {
        let contracts = number(coverage.others, "contract", "contracts");
        format!("Checked {contracts} in {files}{time}; no pipeline is among them.")
    } else if coverage.pipelines == 0 {
        let readable = number(coverage.readable, "file", "files");
        format!("No pipeline among {readable}, so there was nothing to check{time}.")
    } else {
        format!(
            "Checked {}, {}, {}{} in {files}{time}.",
            number(coverage.pipelines, "pipeline", "pipelines"),
            number(coverage.phases, "phase", "phases"),
            number(coverage.fields, "field", "fields"),
            if coverage.others == 0 { String::new() } else { format!(", {others}") },
        )
    };
    let left_out = [broken(coverage, here), unchecked(coverage)].concat();
    format!("{looked}{left_out}\n{}", tally.in_words())
}

/// Which handlers were found without their code being checked, where that may be a slip: a run that
/// checks none of the code must not look like a clean one.
fn unchecked(coverage: &Coverage) -> String {
    let mut said = String::new();
    if !coverage.idle.is_empty() {
        let _ = write!(
            said,
            "\n{} without an entry point that takes the context: {}; see `entry-points` and \
             `context-parameters` in the settings.",
            number(coverage.idle.len(), "handler is", "handlers are"),
            named(&coverage.idle),
        );
    }
    if coverage.pipelines > 0 && coverage.bound == 0 && !coverage.unbound.is_empty() {
        let _ = write!(
            said,
            "\nNo handler is bound to a phase, though {} found: {}.",
            number(coverage.unbound.len(), "was", "were"),
            named(&coverage.unbound),
        );
    }
    said
}

/// The first few names, and how many more there are.
fn named(names: &[String]) -> String {
    let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    let more = match names.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", first.join(", "))
}

/// Which Python files were left out: all of a few, else some and how many more.
fn broken(coverage: &Coverage, here: &Utf8Path) -> String {
    let count = coverage.broken.len();
    if count == 0 {
        return String::new();
    }
    let files = number(count, "Python file does", "Python files do");
    let were = if count == 1 { "was" } else { "were" };
    let mut broken: Vec<&Utf8Path> = coverage.broken.iter().map(AsRef::as_ref).collect();
    broken.sort_unstable();
    let paths: Vec<String> = broken.iter().map(|path| relative(path, here)).collect();
    format!("\n{files} not parse and {were} left out: {}.", named(&paths))
}

fn number(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn a_run_ends_with_what_was_seen_and_found() {
        let broken = vec!["/project/handlers/plan.py".into()];
        let coverage = Coverage {
            pipelines: 3,
            phases: 26,
            fields: 214,
            others: 2,
            files: 41,
            readable: 60,
            broken,
            ..Coverage::default()
        };
        let tally = Tally { errors: 2, warnings: 1, fixable: 1, ..Tally::default() };
        expect![[r"
            Checked 3 pipelines, 26 phases, 214 fields, 2 other contracts in 41 files.
            1 Python file does not parse and was left out: handlers/plan.py.
            2 errors, 1 warning. 1 can be fixed with --fix."]]
        .assert_eq(&summary(&coverage, tally, Utf8Path::new("/project"), None));
    }

    #[test]
    fn contracts_without_a_pipeline_are_checked() {
        let coverage = Coverage { others: 1, files: 1, readable: 12, ..Coverage::default() };
        expect![[r"
            Checked 1 contract in 1 file; no pipeline is among them.
            No findings."]]
        .assert_eq(&summary(&coverage, Tally::default(), Utf8Path::new("/project"), None));
    }

    #[test]
    fn handlers_whose_code_is_not_checked_are_named() {
        let names = |names: &str| names.split(' ').map(str::to_owned).collect();
        let seen = Coverage { pipelines: 1, phases: 6, files: 3, ..Coverage::default() };
        let idle = Coverage { idle: names("Fetch Rank Write Send"), bound: 4, ..seen.clone() };
        let unbound = Coverage { unbound: names("Fetch"), ..seen };
        let told = |coverage| summary(coverage, Tally::default(), Utf8Path::new("/project"), None);
        expect![[r"
            Checked 1 pipeline, 6 phases, 0 fields in 3 files.
            4 handlers are without an entry point that takes the context: Fetch, Rank, Write and 1 more; see `entry-points` and `context-parameters` in the settings.
            No findings."]]
        .assert_eq(&told(&idle));
        expect![[r"
            Checked 1 pipeline, 6 phases, 0 fields in 3 files.
            No handler is bound to a phase, though 1 was found: Fetch.
            No findings."]]
        .assert_eq(&told(&unbound));
    }

    #[test]
    fn a_run_without_a_pipeline_says_so() {
        let coverage = Coverage { readable: 12, ..Coverage::default() };
        let time = Some(Duration::from_millis(1234));
        expect![[r"
            No pipeline among 12 files, so there was nothing to check in 1.23 s.
            No findings."]]
        .assert_eq(&summary(&coverage, Tally::default(), Utf8Path::new("/project"), time));
    }
}
