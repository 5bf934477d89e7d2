//! Findings with the lines at fault, both sides of the story, reasons and ways out.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level as Style, Origin, Renderer, Snippet,
};
use rules::level::Level;
use workspace::located::LocatedFinding;

use super::Report;
use super::place::Places;
use super::snippet::{Drawing, Mark, Sketch, drawing};
use super::words::on_one_line;

/// Writes `report`.
pub(super) fn write(report: &Report<'_>, colors: bool, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if colors { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut places = Places::new(report.here);
    for finding in report.findings {
        let drawing = drawing(finding, &mut places);
        writeln!(out, "{}\n", renderer.render(&[group(finding, &drawing)]))?;
    }
    Ok(())
}

fn group<'a>(finding: &'a LocatedFinding, drawing: &'a Drawing) -> Group<'a> {
    let title = style(finding.level).primary_title(on_one_line(&finding.message));
    let mut group = Group::with_title(title.id(finding.rule.name));
    for sketch in &drawing.sketches {
        group = add_sketch(group, sketch);
    }
    if let Some(notice) = &drawing.notice {
        group = group.element(Style::NOTE.message(notice.as_str()));
    }
    if let Some(why) = &finding.why {
        group = group.element(Style::NOTE.with_name("why").message(on_one_line(why)));
    }
    let helps = finding.help.iter().map(|help| Style::HELP.message(on_one_line(help)));
    group.elements(helps)
}

fn add_sketch<'a>(group: Group<'a>, sketch: &'a Sketch) -> Group<'a> {
    match sketch {
        Sketch::Lines(lines) => group.element(
            Snippet::source(lines.text.as_str())
                .path(on_one_line(&lines.path))
                .line_start(lines.first)
                .annotations(lines.marks.iter().map(annotation)),
        ),
        Sketch::Bare(bare) => {
            let origin = Origin::path(on_one_line(&bare.path))
                .line(bare.point.line)
                .char_column(bare.point.column);
            let label = Some(bare.label.as_str()).filter(|label| !label.is_empty());
            let words = label.map(|label| Element::from(Style::NOTE.message(label)));
            group.element(origin).elements(words)
        }
    }
}

fn annotation(mark: &Mark) -> Annotation<'_> {
    let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let label = Some(mark.label.as_str()).filter(|label| !label.is_empty());
    kind.span(mark.range.clone()).label(label)
}

fn style(level: Level) -> Style<'static> {
    match level {
        Level::Error => Style::ERROR,
        Level::Warning => Style::WARNING,
        Level::Information => Style::INFO.with_name("information"),
        Level::Hint => Style::HELP.with_name("hint"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::samples::{odd_findings, report_of, report_of_samples, shown};
    use super::*;

    #[test]
    fn findings_tell_both_sides_of_the_story() {
        let text = shown(|out| report_of_samples(|report| write(report, false, out)));
        expect![[r#"
            error[dangling-read]: `implement` requires `domain_constraints`, but no earlier phase produces it
             --> contracts/artisan.contract.yaml:6:17
              |
            6 |         - name: domain_constraints
              |                 ^^^^^^^^^^^^^^^^^^ required here, severity blocking
              |
             ::: handlers/plan, new: 100%.py:3:11
              |
            3 |         context["domain_constraint"] = größe("世界")
              |                 ------------------- `plan` writes a near namesake
              |
              = why: nothing fails at run time; `implement` works without it
              = help: rename the write to `domain_constraints`
              = help: or declare it as an input of pipeline `artisan`

            warning[shadow-default]: `domain` always falls back to "unknown"
             --> handlers/plan, new: 100%.py:4:10
              |
            3 |         context["domain_constraint"] = größe("世界")
              |                                              ------ beside, in the same file
            4 |         return context.get("domain", "unknown")
              |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the default always wins

            hint[dead-write]: spans two lines, and has\na line break in its message
             --> handlers/plan, new: 100%.py:3:34
              |
            3 |         context["domain_constraint"] = größe("世界")
              |                                        ^^^^^^^^^^^^^

        "#]].assert_eq(&text);
    }

    #[test]
    fn odd_texts_are_drawn_too() {
        let findings = odd_findings();
        let text = shown(|out| write(&report_of(&findings), false, out));
        expect![[r#"
            information[dead-write]: odd finding
             --> empty.yaml:1:1
              |
            1 |
              | ^ here

            information[dead-write]: odd finding
             --> ends.yaml:2:1
              |
            2 |
              | ^ here

            information[dead-write]: odd finding
             --> long.yaml:1:301
              |
            1 | ...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxkey: value y y y y y y y y y y y y y y y y y y y y y y y y y y y y y ...
              |                                                                 ^^^ here

            information[dead-write]: odd finding
            --> huge.yaml:1:100001
             = note: here

            information[dead-write]: odd finding
             --> control\n.yaml:1:14
              |
            1 | a: ␛[31mred�    tab: x
              |                 ^^^^^^ here

            information[dead-write]: odd finding
             --> ends.yaml:1:1
              |
            1 | a: 1
              | ^  -
              | |  |
              | |  an alias
              | |  an alias
              | |  an alias
              | |  an alias
              | |  an alias
              | |  an alias
              | |  an alias
              | |  an alias
              | here
              |
              = note: 2 more places are not shown

        "#]].assert_eq(&text);
    }

    #[test]
    fn no_place_in_no_text_breaks_the_drawing() {
        use super::super::samples::{finding_in, source};
        let texts = [
            "",
            "\n",
            "\r\n\r\n",
            "a\tb\t\u{1b}[31m\u{0}\u{85}\u{2028}\u{202e}c",
            "\u{feff}größer 世界 👩‍👩‍👧 e\u{301}\u{200b}\r\nx\ry",
            "no end of line",
        ];
        let mut findings = Vec::new();
        for text in texts {
            let source = source("odd.yaml", text);
            let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            offsets.push(text.len());
            for start in &offsets {
                for end in offsets.iter().filter(|end| *end >= start) {
                    findings.push(finding_in(&source, *start, *end));
                }
            }
        }
        let text = shown(|out| write(&report_of(&findings), true, out));
        assert_eq!(text.matches("odd finding").count(), findings.len());
    }
}
