//! The directives of one file: what they silence, and what is wrong with them.

use facts::suppression::{NamedRule, Scope, Suppression};

use super::Subject;
use crate::finding::Finding;
use crate::fix::{Fix, Intent};
use crate::rules::{self, unknown_rule, unused_suppression};

/// The directives of one file, with what each has silenced so far.
pub(super) struct Directives<'a> {
    subject: &'a Subject<'a>,
    /// For each directive, the line it covers and which of its rules have silenced something.
    held: Vec<Held<'a>>,
}

struct Held<'a> {
    suppression: &'a Suppression,
    line: Option<u32>,
    used: Vec<bool>,
}

impl<'a> Directives<'a> {
    pub(super) fn new(subject: &'a Subject<'a>) -> Directives<'a> {
        let held = subject.suppressions.iter().map(|suppression| Held {
            suppression,
            line: match suppression.scope {
                Scope::Line => subject.lines.covered_line(suppression.at),
                Scope::File | Scope::Misplaced => None,
            },
            used: vec![false; suppression.rules.len()],
        });
        Directives { subject, held: held.collect() }
    }

    /// Whether a directive silences the finding. All that do are used by it.
    pub(super) fn silence(&mut self, finding: &Finding) -> bool {
        if self.held.is_empty() {
            return false;
        }
        let line = self.subject.lines.line(finding.at.local);
        let mut silenced = false;
        for held in &mut self.held {
            let covers = match held.suppression.scope {
                Scope::Line => held.line.is_some() && held.line == line,
                Scope::File => true,
                Scope::Misplaced => false,
            };
            let mut rules = held.suppression.rules.iter();
            let named = rules.position(|rule| rule.name.as_str() == finding.rule.name);
            if let Some(index) = named.filter(|_| covers) {
                held.used[index] = true;
                silenced = true;
            }
        }
        silenced
    }

    /// What is wrong with the directives, once they have silenced what they do.
    pub(super) fn remarks(&self) -> Vec<Finding> {
        let mut remarks = Vec::new();
        for held in &self.held {
            let unknown = held.suppression.rules.iter().filter(|rule| !is_known(rule));
            remarks.extend(unknown.map(|rule| self.unknown(rule)));
            if self.subject.whole {
                self.unused(held, &mut remarks);
            }
        }
        remarks
    }

    fn unknown(&self, rule: &NamedRule) -> Finding {
        let name = rule.name.as_str();
        unknown_rule::finding(self.subject.anchor(rule.at), name, name)
            .label("in a directive")
            .why("the directive silences nothing by this name")
    }

    fn unused(&self, held: &Held<'_>, remarks: &mut Vec<Finding>) {
        let suppression = held.suppression;
        let whole = self.subject.anchor(suppression.at);
        let says = |text: String| unused_suppression::finding(whole, text);
        let remove = || vec![Intent::RemoveDirective(whole, None)];
        match suppression.scope {
            _ if suppression.rules.is_empty() => remarks.push(
                says("the directive names no rule, so it silences nothing".to_owned())
                    .help("name the rule, as in `ignore[dead-write]`, or remove the directive")
                    .fix(Fix::offered("remove the directive", remove())),
            ),
            Scope::Misplaced => remarks.push(
                says("`ignore-file` counts only above the first line of content".to_owned())
                    .help("move it to the top of the file, or remove it")
                    .fix(Fix::offered("remove the directive", remove())),
            ),
            Scope::Line | Scope::File => {
                let unused = suppression.rules.iter().zip(&held.used).filter(|(_, used)| !**used);
                remarks.extend(
                    unused
                        .filter(|(rule, _)| self.could_silence(rule))
                        .map(|(rule, _)| self.unused_rule(suppression, rule)),
                );
            }
        }
    }

    /// Whether findings of the rule are shown here at all. Of one that is off nothing can be said,
    /// and remarks about directives are there only once the directives are judged.
    fn could_silence(&self, rule: &NamedRule) -> bool {
        let name = rule.name.as_str();
        let about_directives =
            name == unused_suppression::RULE.name || name == unknown_rule::RULE.name;
        !about_directives && is_known(rule) && !self.subject.is_off(name)
    }

    fn unused_rule(&self, suppression: &Suppression, rule: &NamedRule) -> Finding {
        let name = rule.name;
        let message = match suppression.scope {
            Scope::File => format!("no finding of `{name}` in this file is left to ignore"),
            Scope::Line | Scope::Misplaced => {
                format!("`{name}` has nothing to say here, so there is nothing to ignore")
            }
        };
        let (title, part) = match suppression.rules.len() {
            1 => ("remove the directive".to_owned(), None),
            _ => (format!("remove `{name}` from the directive"), Some(name.as_str().to_owned())),
        };
        let whole = self.subject.anchor(suppression.at);
        unused_suppression::finding(self.subject.anchor(rule.at), message)
            .help(format!("{title} (quick fix)"))
            .fix(Fix::safe(title, vec![Intent::RemoveDirective(whole, part)]))
    }
}

fn is_known(rule: &NamedRule) -> bool {
    rules::by_name(rule.name.as_str()).is_some()
}
