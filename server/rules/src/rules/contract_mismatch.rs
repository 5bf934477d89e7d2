//! `contract-mismatch`: what a handler declares in code, and what the contract says, disagree.

mod both_ways;

use contracts::propagation::{Boundary, Field, Located, Severity};
use contracts::types;
use contracts::value::Value;
use facts::places::Anchor;
use facts::python::declarations::Side;
use graph::code_contract::{CodeField, CodeSide};
use graph::pipeline::{Phase, Pipeline};
use text::name::Name;

use crate::finding::Finding;
use crate::level::Level;
use crate::rule::{Check, PipelineScope, Rule, Weight};

pub(super) static RULE: Rule = Rule {
    name: "contract-mismatch",
    weight: Weight::Always(Level::Warning),
    summary: "a handler's own declaration and the contract disagree",
    page: include_str!("../../../../docs/rules/contract-mismatch.md"),
    check: Check::Pipeline(check),
};

/// One side of a handler's declaration, and the phase that it is held against.
#[derive(Clone, Copy)]
struct Held<'p> {
    pipeline: &'p Pipeline,
    phase: &'p Phase,
    side: &'p CodeSide,
}

/// A field that both declare.
#[derive(Clone, Copy)]
struct Both<'p> {
    field: &'p Field,
    boundary: Boundary,
    code: &'p CodeField,
}

/// What the two disagree about.
#[derive(Clone, Copy)]
enum Mismatch<'p> {
    /// The contract does not have the field.
    OnlyInCode(&'p CodeField),
    /// The code does not have the field.
    OnlyInContract(&'p Field, Boundary),
    /// The types exclude each other.
    Type(Both<'p>, Located<Name>, (Name, Anchor)),
    /// Critical on one side alone, as the code says here.
    Critical(Both<'p>, (bool, Anchor)),
    /// The defaults are two; none where there is none.
    Default(Both<'p>, Option<&'p Value>, Option<&'p Value>),
}

fn check(scope: &PipelineScope<'_, '_>, findings: &mut Vec<Finding>) {
    let pipeline = scope.flow.pipeline;
    // Without a contract there is one truth.
    let phases = pipeline.phases.iter().filter(|_| !pipeline.is_code_first());
    for phase in phases {
        for handler in &phase.handlers {
            for side in &handler.declares.sides {
                let held = Held { pipeline, phase, side };
                findings.extend(held.mismatches().iter().map(|mismatch| held.report(mismatch)));
            }
        }
    }
}

impl<'p> Held<'p> {
    fn mismatches(&self) -> Vec<Mismatch<'p>> {
        let mut found = Vec::new();
        for code in &self.side.fields {
            match self.declared().find(|(_, field)| field.path.value == code.path) {
                Some((boundary, field)) => differences(Both { field, boundary, code }, &mut found),
                // A declaration of the whole or of a part covers it.
                None if self.declared().any(|(_, field)| covers(field, code)) => {}
                None => found.push(Mismatch::OnlyInCode(code)),
            }
        }
        let missing = self.declared().filter(|(_, field)| {
            !self.side.open && !self.side.fields.iter().any(|code| covers(field, code))
        });
        found.extend(missing.map(|(boundary, field)| Mismatch::OnlyInContract(field, boundary)));
        found
    }

    /// What the contract says of this side.
    fn declared(&self) -> impl Iterator<Item = (Boundary, &'p Field)> + use<'p> {
        let wants_entry = self.side.side == Side::Requires;
        let fields = self.pipeline.declared(self.phase).all_fields();
        fields.filter(move |(boundary, _)| boundary.is_entry() == wants_entry)
    }

    fn report(&self, mismatch: &Mismatch<'p>) -> Finding {
        let phase = self.phase.name;
        let does = match self.side.side {
            Side::Requires => "requires",
            Side::Produces => "produces",
        };
        let attribute = self.side.side.attribute();
        let (at, path, message, label) = match mismatch {
            Mismatch::OnlyInCode(code) => {
                let path = code.path;
                let message = format!(
                    "in code `{phase}` {does} `{path}`, of which its contract says nothing"
                );
                (code.at, path, message, "in code only".to_owned())
            }
            Mismatch::OnlyInContract(field, _) => {
                let path = field.path.value;
                let message =
                    format!("by its contract `{phase}` {does} `{path}`, which `{attribute}` lacks");
                (self.side.at, path, message, format!("`{path}` is not here"))
            }
            Mismatch::Type(both, contract, (code, at)) => {
                let path = both.code.path;
                let message = format!(
                    "`{path}` of `{phase}` is {code} in code, and {} in the contract",
                    contract.value
                );
                (*at, path, message, format!("{code} in code"))
            }
            Mismatch::Critical(both, (critical, at)) => {
                let (path, severity) = (both.code.path, both.field.severity.as_str());
                let word = if *critical { "critical" } else { "not critical" };
                let message = format!(
                    "`{path}` of `{phase}` is {word} in code, and of severity {severity} in the contract"
                );
                (*at, path, message, format!("{word} in code"))
            }
            Mismatch::Default(both, contract, code) => {
                let path = both.code.path;
                let (code, contract) = (shown(*code), shown(*contract));
                let message = format!(
                    "`{path}` of `{phase}` falls back to {code} in code, and to {contract} in the contract"
                );
                let at = both.code.default.as_ref().map_or(both.code.at, |(_, at)| *at);
                (at, path, message, format!("{code} in code"))
            }
        };
        let mut finding = Finding::new(&RULE, Level::Warning, at, message)
            .label(label)
            .about(phase, path)
            .why("two truths about one phase: who trusts the wrong one is told nothing");
        finding = finding.related(self.declared_at(mismatch), "the contract says so here");
        finding = finding.help("make both say the same; the contract is the one that is enforced");
        finding.fixes = both_ways::fixes(self, mismatch);
        finding
    }

    /// Where the contract speaks of it; of what it does not have, where it speaks of the phase.
    fn declared_at(&self, mismatch: &Mismatch<'p>) -> Anchor {
        let node = match mismatch {
            Mismatch::OnlyInCode(_) => self.pipeline.declared(self.phase).name.at,
            Mismatch::OnlyInContract(field, _) => field.path.at,
            Mismatch::Type(_, contract, _) => contract.at,
            Mismatch::Critical(both, _) => both.field.severity_at.unwrap_or(both.field.path.at),
            Mismatch::Default(both, ..) => {
                both.field.default.as_ref().map_or(both.field.path.at, |default| default.at)
            }
        };
        self.pipeline.anchor(node)
    }
}

fn covers(field: &Field, code: &CodeField) -> bool {
    field.path.value.relation(code.path).is_some()
}

fn shown(default: Option<&Value>) -> String {
    default.map_or_else(|| "nothing".to_owned(), ToString::to_string)
}

/// What the two say differently of a field that both have.
fn differences<'p>(both: Both<'p>, found: &mut Vec<Mismatch<'p>>) {
    let Both { field, boundary, code } = both;
    if let (Some(contract), Some(named)) = (field.type_name, code.type_name)
        && types::conflicts(contract.value, named.0)
    {
        found.push(Mismatch::Type(both, contract, named));
    }
    // Of an exit or an enrichment that names no severity, the contract says nothing.
    let says_severity = field.severity_at.is_some() || boundary == Boundary::EntryRequired;
    if let Some((critical, at)) = code.critical
        && says_severity
        && critical != (field.severity == Severity::Blocking)
    {
        found.push(Mismatch::Critical(both, (critical, at)));
    }
    let contract = field.default.as_ref().map(|default| &default.value);
    let written = match &code.default {
        // What is computed is not compared.
        Some((None, _)) => return,
        Some((Some(value), _)) => Some(value).filter(|value| **value != Value::Null),
        None => None,
    };
    let same = match (contract, written) {
        (Some(contract), Some(written)) => contract.equals(written),
        (None, None) => true,
        _ => false,
    };
    let is_plain = |value: Option<&Value>| !matches!(value, Some(Value::Other(_)));
    if !same && is_plain(contract) && is_plain(written) {
        found.push(Mismatch::Default(both, contract, written));
    }
}
