//! Reading on behind what is broken: the line at fault is blanked and the text parsed again.

use text::span::Span;

use super::compose::{Fault, Stop, compose, probe};
use super::{Limits, Problem, ProblemKind, Yaml};

/// Bytes that may be parsed for recovery: this many, and a multiple of the text.
const WORK: usize = 4 * 1024 * 1024;
/// How often the whole text may be parsed for recovery, besides.
const WORK_TEXTS: usize = 8;
/// How many lines, the error's among them, may be at fault for one error.
const SUSPECTS: usize = 4;

/// Reads `text` as far as it can be read.
pub(super) fn parse(text: &str, limits: &Limits) -> Yaml {
    if text.len() > limits.bytes {
        let message = format!(
            "the file is larger than {} bytes and was not read",
            limits.bytes
        );
        let problem = Problem {
            span: Span::empty(0),
            kind: ProblemKind::OverBudget(message),
        };
        return Yaml {
            problems: vec![problem],
            ..Yaml::default()
        };
    }
    let (yaml, stop) = compose(text, limits);
    let mut yaml = match stop {
        None => yaml,
        Some(Stop::TooDeep(offset)) => with(yaml, vec![too_deep(text, offset, limits)]),
        Some(Stop::Broken(fault)) => recover(text, fault, limits),
    };
    yaml.problems.sort_by_key(|problem| problem.span);
    yaml
}

fn with(mut yaml: Yaml, problems: Vec<Problem>) -> Yaml {
    yaml.problems.extend(problems);
    yaml
}

fn too_deep(text: &str, offset: usize, limits: &Limits) -> Problem {
    let message = format!(
        "more than {} collections inside each other; the rest of the file was not read",
        limits.depth.min(255)
    );
    let next = text
        .get(offset..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    Problem {
        span: Span::new(offset, offset + next),
        kind: ProblemKind::OverBudget(message),
    }
}

fn recover(text: &str, first: Fault, limits: &Limits) -> Yaml {
    let mut copy = text.to_owned();
    let mut problems = Vec::new();
    let mut work = WORK + text.len() * WORK_TEXTS;
    let mut fault = Some(first);
    let mut count = 0;
    while let Some(current) = fault.take() {
        let lines = suspects(&copy, current.offset);
        let cost = (lines.len() + 1) * text.len();
        if count >= limits.recoveries || cost > work || lines.is_empty() {
            problems.push(syntax(text, &current, None));
            break;
        }
        work -= cost;
        count += 1;
        let (line, masked, next) = furthest(&copy, &lines);
        problems.push(syntax(text, &current, Some(line)));
        copy = masked;
        fault = next;
    }
    let (yaml, stop) = compose(&copy, limits);
    if let Some(Stop::TooDeep(offset)) = stop {
        problems.push(too_deep(text, offset, limits));
    }
    with(yaml, problems)
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
    text[offset..]
        .find(['\n', '\r'])
        .map_or(text.len(), |length| offset + length)
}

/// The line without which the parser gets furthest, with the text that lacks it.
fn furthest(text: &str, lines: &[Span]) -> (Span, String, Option<Fault>) {
    let tries = lines.iter().map(|line| {
        let masked = blank(text, *line);
        let fault = probe(&masked);
        (*line, masked, fault)
    });
    let reach = |fault: &Option<Fault>| fault.as_ref().map_or(usize::MAX, |fault| fault.offset);
    let best = tries.reduce(|best, next| {
        if reach(&next.2) > reach(&best.2) {
            next
        } else {
            best
        }
    });
    best.unwrap_or_else(|| (Span::empty(0), text.to_owned(), None))
}

fn blank(text: &str, line: Span) -> String {
    let mut copy = String::with_capacity(text.len());
    copy.push_str(&text[..line.start as usize]);
    copy.extend(std::iter::repeat_n(' ', line.len()));
    copy.push_str(&text[line.end as usize..]);
    copy
}

/// The problem of `fault`, at the line that is left out for it.
fn syntax(text: &str, fault: &Fault, line: Option<Span>) -> Problem {
    let end = line_end(text, fault.offset.min(text.len()));
    let here = Span::new(fault.offset, end);
    let span = match line {
        Some(line) if line.contains(here) && !here.of(text).trim().is_empty() => here,
        Some(line) => line,
        None => here,
    };
    let part = span.of(text);
    let start = span.start as usize + (part.len() - part.trim_start().len());
    let span = Span::new(start, start + part.trim().len());
    Problem {
        span,
        kind: ProblemKind::Syntax(fault.reason.clone()),
    }
}
