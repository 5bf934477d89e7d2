//! One file to its facts.

use std::sync::Arc;

use contracts::recognise::{self, Verdict, recognise};
use contracts::schema::Kind;
use syntax::json;
use syntax::python::Tree;
use syntax::yaml::{self, Data, Limits, NodeId, Yaml};
use text::bytes::NotText;
use text::span::Span;

use crate::contract::{self, ContractFacts};
use crate::places::{LocalAnchor, Places};
use crate::python::{self, PythonFacts};
use crate::suppression::{self, Suppression, comments};

/// What one file says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FileFacts {
    /// The contracts in it, one for each document that is one.
    pub contracts: Vec<Arc<ContractFacts>>,
    /// Where a file that is called a contract begins to look like none.
    pub unknown_kind: Option<LocalAnchor>,
    /// What is wrong with the text of a contract file.
    pub yaml_problems: Vec<YamlProblem>,
    /// What a Python file says.
    pub python: Option<Box<PythonFacts>>,
    /// The directives in it.
    pub suppressions: Vec<Suppression>,
    /// Why it could not be read at all.
    pub trouble: Option<Trouble>,
}

/// Something wrong with the text of a contract file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct YamlProblem {
    /// The smallest part of the text that is at fault.
    pub at: LocalAnchor,
    /// What is wrong.
    pub kind: yaml::ProblemKind,
}

/// Why a file could not be read at all. Such a finding stands at the file's start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// Its bytes are no text.
    NotText(NotText),
    /// It is larger than this many bytes.
    TooLarge(usize),
}

/// A file's facts, and where what they point at stands.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Lowered {
    /// The facts.
    pub facts: FileFacts,
    /// The places of their anchors.
    pub places: Places,
}

impl Lowered {
    /// The facts of a file that could not be read.
    #[must_use]
    pub fn troubled(trouble: Trouble) -> Lowered {
        let facts = FileFacts { trouble: Some(trouble), ..FileFacts::default() };
        // The file's start, for whatever is said about it.
        Lowered {
            facts,
            places: Places { file: std::iter::once(Span::empty(0)).collect(), ..Places::default() },
        }
    }
}

/// Reads a YAML or JSON file; none where it is no concern of ours. `chosen` is the kind that settings
/// give it, whatever it looks like.
#[must_use]
pub fn lower_yaml(file_name: &str, text: &str, chosen: Option<&'static Kind>) -> Option<Lowered> {
    lower_tree(file_name, text, &parsed(file_name, text), chosen)
}

/// The tree of a file of this name.
#[must_use]
pub fn parsed(file_name: &str, text: &str) -> Yaml {
    let parse = if recognise::is_json_name(file_name) { json::parse } else { yaml::parse };
    parse(text, &Limits::default())
}

/// Reads a YAML or JSON file whose text is parsed already; none where it is no concern of ours.
#[must_use]
pub fn lower_tree(
    file_name: &str,
    text: &str,
    yaml: &Yaml,
    chosen: Option<&'static Kind>,
) -> Option<Lowered> {
    let mut lowered = Lowered::default();
    lowered.places.file = yaml.nodes.iter().map(|node| node.span).collect();
    let (facts, places) = (&mut lowered.facts, &mut lowered.places);
    let mut unknown = false;
    let verdict = |root: Option<NodeId>| match chosen {
        Some(kind) if root.is_some() => Verdict::Contract(kind),
        Some(_) => Verdict::Unknown,
        None => recognise(file_name, yaml, root),
    };
    for root in &yaml.documents {
        match verdict(Some(*root)) {
            Verdict::Contract(kind) => {
                facts.contracts.push(Arc::new(contract::lower(text, yaml, *root, kind, places)));
            }
            Verdict::Unknown => unknown = true,
            Verdict::Foreign => {}
        }
    }
    if yaml.documents.is_empty() {
        unknown = matches!(verdict(None), Verdict::Unknown);
    }
    if facts.contracts.is_empty() && !unknown {
        return None;
    }
    // Of a file in which nothing can be read, no more is known than that.
    let unreadable = yaml.documents.is_empty() && !yaml.problems.is_empty();
    if facts.contracts.is_empty() && !unreadable {
        facts.unknown_kind = Some(beginning(yaml, places));
    } else {
        for problem in &yaml.problems {
            let at = places.append(problem.span);
            facts.yaml_problems.push(YamlProblem { at, kind: problem.kind.clone() });
        }
    }
    facts.suppressions = suppression::read(text, &yaml.comments, places);
    places.shrink_to_fit();
    Some(lowered)
}

/// Reads a Python file.
#[must_use]
pub fn lower_python(text: &str, tree: &Tree) -> Lowered {
    let (facts, places) = python::lower(text, tree);
    with_python(text, facts, places)
}

/// The facts of a Python file whose code is read already, with what its comments say.
#[must_use]
pub fn with_python(text: &str, facts: PythonFacts, mut places: Places) -> Lowered {
    let mut suppressions = Vec::new();
    if memchr::memmem::find(text.as_bytes(), b"contextcore:").is_some() {
        suppressions = suppression::read(text, &comments::of_python(text), &mut places);
    }
    places.shrink_to_fit();
    let facts = FileFacts { python: Some(Box::new(facts)), suppressions, ..FileFacts::default() };
    Lowered { facts, places }
}

/// The anchor of a node.
#[must_use]
pub fn anchor(node: NodeId) -> LocalAnchor {
    LocalAnchor { unit: 0, index: node.place() }
}

/// The first thing in the file: a key, if the document is a mapping.
fn beginning(yaml: &Yaml, places: &mut Places) -> LocalAnchor {
    let Some(root) = yaml.documents.first().copied() else {
        return places.append(Span::empty(0));
    };
    match &yaml.node(root).data {
        Data::Mapping(entries) => anchor(entries.first().map_or(root, |entry| entry.key)),
        _ => anchor(root),
    }
}

#[cfg(test)]
mod tests;
