//! Annotations for a GitHub workflow, as its runner reads them from a step's output.

use std::io::{self, Write};

use rules::level::Level;
use workspace::located::LocatedFinding;

use super::Report;
use super::place::{Place, Places};
use super::words::on_one_line;

/// Writes `report`.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(report.here);
    for finding in report.findings {
        let place = places.of(&finding.at);
        let command = command(finding.level);
        let file = property(&place.path);
        let title = property(finding.rule.name);
        let range = range(&place);
        let message = data(&message(finding, &mut places));
        writeln!(out, "::{command} title={title},file={file},{range}::{message}")?;
    }
    Ok(())
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Information | Level::Hint => "notice",
    }
}

/// Columns are only understood where start and end share a line.
fn range(place: &Place) -> String {
    let (start, end) = (place.start, place.end);
    if start.line == end.line {
        let (line, column, end_column) = (start.line, start.column, end.column);
        format!("line={line},endLine={line},col={column},endColumn={end_column}")
    } else {
        format!("line={},endLine={}", start.line, end.line)
    }
}

fn message(finding: &LocatedFinding, places: &mut Places<'_>) -> String {
    let mut lines = vec![on_one_line(&finding.message).into_owned()];
    for (location, words) in &finding.related {
        let place = places.of_related(location);
        let (line, column) = (place.start.line, place.start.column);
        lines.push(format!("{}:{line}:{column}: {}", place.path, on_one_line(words)));
    }
    lines.extend(finding.why.iter().map(|why| format!("why: {}", on_one_line(why))));
    lines.extend(finding.help.iter().map(|help| format!("help: {}", on_one_line(help))));
    lines.join("\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::samples::{report_of_samples, shown};
    use super::*;

    #[test]
    fn each_finding_is_a_command() {
        let text = shown(|out| report_of_samples(|report| write(report, out)));
        expect![[r#"
            ::error title=dangling-read,file=contracts/artisan.contract.yaml,line=6,endLine=6,col=17,endColumn=35::`implement` requires `domain_constraints`, but no earlier phase produces it%0Ahandlers/plan, new: 100%25.py:3:11: `plan` writes a near namesake%0Awhy: nothing fails at run time; `implement` works without it%0Ahelp: rename the write to `domain_constraints`%0Ahelp: or declare it as an input of pipeline `artisan`
            ::warning title=shadow-default,file=handlers/plan%2C new%3A 100%25.py,line=4,endLine=4,col=10,endColumn=42::`domain` always falls back to "unknown"%0Ahandlers/plan, new: 100%25.py:3:40: beside, in the same file
            ::notice title=dead-write,file=handlers/plan%2C new%3A 100%25.py,line=3,endLine=4::spans two lines, and has\na line break in its message
        "#]].assert_eq(&text);
    }

    #[test]
    fn nothing_breaks_out_of_a_command() {
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(data("50%\r\nmore: words, here"), "50%25%0D%0Amore: words, here");
    }
}
