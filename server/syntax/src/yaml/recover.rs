//! Reading on behind what is broken: the line at fault is blanked and the text parsed again.

use text::span::Span;

use super::compose::{Fault, Stop, compose, probe};
use super::copy::Copy;
use super::decode::{self, decode};
use super::message;
use super::prepare::prepare;
use super::repair::repair;
use super::{Data, Limits, Problem, ProblemKind, Scalar, Style, Value, Yaml};

/// Bytes that may be parsed for recovery: this many, and a multiple of the text.
const WORK: usize = 4 * 1024 * 1024;
/// How often the whole text may be parsed for recovery, besides.
const WORK_TEXTS: usize = 8;
/// How many lines, the error's among them, may be at fault for one error.
const SUSPECTS: usize = 4;

/// Reads `text` as far as it can be read.
pub(super) fn parse(text: &str, limits: &Limits) -> Yaml {
    if text.len() > limits.bytes {
        let message = format!("the file is larger than {} bytes and was not read", limits.bytes);
        let problem = Problem { span: Span::empty(0), kind: ProblemKind::OverBudget(message) };
        return Yaml { problems: vec![problem], ..Yaml::default() };
    }
    let mut problems = Vec::new();
    let mut copy = prepare(text, &mut problems);
    let (mut yaml, mut stop) = compose(&copy.text, limits);
    if let Some(Stop::Broken(fault)) = stop {
        let work = WORK + text.len() * WORK_TEXTS;
        let mut recovery = Recovery { text, limits, problems, work };
        recovery.run(&mut copy, fault);
        problems = recovery.problems;
        (yaml, stop) = compose(&copy.text, limits);
    }
    if let Some(Stop::TooDeep(offset)) = stop {
        problems.push(too_deep(text, copy.sources().offset(offset), limits));
    }
    if !copy.is_text() {
        to_source(&mut yaml, text, &copy);
    }
    yaml.problems.append(&mut problems);
    if !copy.is_text() {
        for problem in &mut yaml.problems {
            problem.span = snapped(text, problem.span);
        }
    }
    yaml.problems.sort_by_key(|problem| problem.span);
    yaml
}

fn too_deep(text: &str, offset: usize, limits: &Limits) -> Problem {
    let message = format!(
        "more than {} collections inside each other; the rest of the file was not read",
        limits.depth.min(255)
    );
    let next = text.get(offset..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Problem { span: Span::new(offset, offset + next), kind: ProblemKind::OverBudget(message) }
}

/// The span with whole characters: in the copy, several may stand for one.
fn snapped(text: &str, span: Span) -> Span {
    let mut start = (span.start as usize).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (span.end as usize).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start, end)
}

/// The text of `span`, and the breaks and spaces behind it, which may belong to block text.
fn with_breaks_behind(text: &str, span: Span) -> &str {
    let rest = text.get(span.end as usize..).unwrap_or("");
    let more = rest.find(|character| character != ' ' && !decode::is_break(character));
    let end = span.end as usize + more.unwrap_or(rest.len());
    text.get(span.start as usize..end).unwrap_or("")
}

/// Moves all places of a tree, read from `copy`, to where they are in `text`.
fn to_source(yaml: &mut Yaml, text: &str, copy: &Copy<'_>) {
    let sources = copy.sources();
    for node in &mut yaml.nodes {
        node.span = snapped(text, sources.span(node.span));
        if let Data::Scalar(Scalar { value, style }) = &mut node.data {
            // These stay in the text, and the copy has others in their place. No number has them.
            if with_breaks_behind(text, node.span).contains(['\u{2028}', '\u{2029}', '\u{FEFF}']) {
                let decoded = decode(text, node.span.range(), *style);
                let block = matches!(style, Style::Literal | Style::Folded);
                if block || decoded.text.contains(['\u{2028}', '\u{2029}', '\u{FEFF}']) {
                    *value = Value::of_text(&decoded.text);
                }
            }
        }
    }
    for comment in &mut yaml.comments {
        *comment = snapped(text, sources.span(*comment));
    }
    for problem in &mut yaml.problems {
        problem.span = sources.span(problem.span);
    }
}

/// A line, the copy without it, and what the parser stops at then.
type Without<'a> = (Span, Copy<'a>, Option<Fault>);

struct Recovery<'a> {
    text: &'a str,
    limits: &'a Limits,
    problems: Vec<Problem>,
    /// Bytes that may still be parsed.
    work: usize,
}

impl Recovery<'_> {
    /// Changes `copy` until the parser gets through, or as long as that is worth it.
    fn run(&mut self, copy: &mut Copy<'_>, first: Fault) {
        let mut next = self.settle(copy, Some(first));
        let mut masked = 0;
        while let Some(fault) = next.take() {
            let lines = suspects(&copy.text, fault.offset);
            let cost = (lines.len() + 1) * copy.text.len();
            if masked >= self.limits.recoveries || cost > self.work || lines.is_empty() {
                self.report(copy, &fault, None);
                self.give_up(copy, &fault, masked);
                return;
            }
            masked += 1;
            let Some((line, better, rest)) = self.furthest(copy, &lines) else {
                return;
            };
            self.report(copy, &fault, Some(line));
            *copy = better;
            next = rest;
        }
    }

    /// Says that the rest was not read.
    fn give_up(&mut self, copy: &Copy<'_>, fault: &Fault, masked: usize) {
        let message = format!("after {masked} broken lines, the rest of the file was not read");
        let end = line_end(&copy.text, fault.offset.min(copy.text.len()));
        let offset = copy.sources().offset(end);
        self.problems
            .push(Problem { span: Span::empty(offset), kind: ProblemKind::OverBudget(message) });
    }

    /// Parses `copy`, with all repairs that the parser asks for, up to a fault that none helps.
    fn settle(&mut self, copy: &mut Copy<'_>, fault: Option<Fault>) -> Option<Fault> {
        let mut fault = fault;
        while let Some(current) = &fault {
            if self.work < copy.text.len() || !repair(copy, current) {
                break;
            }
            fault = self.probe(copy);
        }
        fault
    }

    fn probe(&mut self, copy: &Copy<'_>) -> Option<Fault> {
        self.work = self.work.saturating_sub(copy.text.len());
        probe(&copy.text)
    }

    /// The line without which the parser gets furthest, with the copy that lacks it.
    fn furthest<'c>(&mut self, copy: &Copy<'c>, lines: &[Span]) -> Option<Without<'c>> {
        let mut best: Option<(usize, Without<'c>)> = None;
        for line in lines {
            let mut masked = copy.clone();
            masked.blank(*line);
            let fault = self.probe(&masked);
            let fault = self.settle(&mut masked, fault);
            let sources = masked.sources();
            let reach = fault.as_ref().map_or(usize::MAX, |fault| sources.offset(fault.offset));
            if best.as_ref().is_none_or(|(furthest, _)| reach > *furthest) {
                best = Some((reach, (*line, masked, fault)));
            }
            if reach == usize::MAX {
                break;
            }
        }
        best.map(|(_, best)| best)
    }

    /// Adds the problem of `fault`, at the line of the copy that is left out for it.
    fn report(&mut self, copy: &Copy<'_>, fault: &Fault, line: Option<Span>) {
        let offset = fault.offset.min(copy.text.len());
        let here = Span::new(offset, line_end(&copy.text, offset));
        let span = match line {
            Some(line) if line.contains(here) && !here.of(&copy.text).trim().is_empty() => here,
            Some(line) => line,
            None => here,
        };
        let span = trimmed(self.text, copy.sources().span(span));
        let kind = ProblemKind::Syntax(message::of(&fault.reason));
        self.problems.push(Problem { span, kind });
    }
}

fn trimmed(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let start = span.start as usize + (part.len() - part.trim_start().len());
    Span::new(start, start + part.trim().len())
}

/// The line of `offset` and those before it that may be at fault instead, without blank ones.
fn suspects(text: &str, offset: usize) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut end = line_end(text, offset.min(text.len()));
    while lines.len() < SUSPECTS {
        let start = text[..end].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        if !text[start..end].trim().is_empty() {
            lines.push(Span::new(start, end));
        }
        if start == 0 {
            break;
        }
        end = start - 1;
    }
    lines
}

fn line_end(text: &str, offset: usize) -> usize {
    text[offset..].find(decode::is_break).map_or(text.len(), |length| offset + length)
}
