//! Bytes of one file to its facts.

use std::sync::Arc;

use camino::Utf8Path;
use contracts::recognise::is_contract_name;
use contracts::schema::Kind;
use facts::file::{FileFacts, Lowered, Trouble, lower_python, lower_yaml, with_python};
use facts::places::Places;
use facts::prefilter::{Prefilter, class_heads};
use facts::python;
use facts::python::PythonFacts;
use syntax::python::{Tree, parse, reparse};
use text::bytes::decode;

use crate::kept::Kept;
use crate::lineage::Head;
use crate::walk::{Language, language};

/// Bytes of YAML and of Python that are read at most.
pub const YAML_BYTES: usize = 20 * 1024 * 1024;
/// Bytes of Python that are read at most.
pub const PYTHON_BYTES: usize = 4 * 1024 * 1024;

/// What was read of a file.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// Its text, where it says anything.
    pub text: Option<Kept>,
    /// What it says; none where it is no concern of ours.
    pub facts: Option<Arc<FileFacts>>,
    /// Where its anchors stand.
    pub places: Arc<Places>,
    /// The heads of the classes that it defines, if it is Python.
    pub classes: Box<[Head]>,
    /// What makes reading its next text cheap, if it is Python that somebody works on.
    pub open: Option<Box<Open>>,
}

/// What is kept of a Python file that is open: of its next text, only what changed is parsed and
/// read again.
#[derive(Clone, Debug)]
pub struct Open {
    pub(crate) tree: Tree,
    lowered: python::Lowered,
}

/// How often a file is read.
#[derive(Clone, Copy, Debug)]
pub enum Use<'a> {
    /// Once, as far as anybody knows.
    Once,
    /// Again and again, as it is edited; given what was kept of its text before, and that text.
    Edited(Option<(&'a Open, &'a str)>),
}

impl Contents {
    /// The same, with its text compressed: nobody works on the file.
    #[must_use]
    pub fn packed(mut self) -> Contents {
        self.text = self.text.map(Kept::packed);
        self
    }
}

/// Whether a file is read for its own sake, or because another one needs it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// Only if it may say something by itself.
    IfTriggered,
    /// In any case.
    Always,
}

/// Reads the bytes of the file at `path`, which is relative to the project.
#[must_use]
pub fn contents(
    path: &Utf8Path,
    bytes: Vec<u8>,
    prefilter: &Prefilter,
    wanted: Wanted,
    used: Use<'_>,
) -> Contents {
    let name = path.file_name().unwrap_or_default();
    let chosen = prefilter.chosen(path.as_str());
    match language(path) {
        Some(Language::Yaml | Language::Json)
            if chosen.is_some() || prefilter.wants_yaml(name, &bytes) =>
        {
            yaml(name, bytes, chosen)
        }
        Some(Language::Python) => of_python(bytes, prefilter, wanted, used),
        _ => Contents::default(),
    }
}

fn yaml(name: &str, bytes: Vec<u8>, chosen: Option<&'static Kind>) -> Contents {
    if bytes.len() > YAML_BYTES {
        return lowered(None, Lowered::troubled(Trouble::TooLarge(YAML_BYTES)));
    }
    match decode(bytes) {
        Err(not_text) => lowered(None, Lowered::troubled(Trouble::NotText(not_text))),
        Ok(text) => match lower_yaml(name, &text, chosen) {
            Some(facts) => lowered(Some(text), facts),
            // It says nothing yet, and whoever types it may ask what could stand there.
            None if is_contract_name(name) => {
                Contents { text: Some(Kept::from(text)), ..Contents::default() }
            }
            None => Contents::default(),
        },
    }
}

fn of_python(bytes: Vec<u8>, prefilter: &Prefilter, wanted: Wanted, used: Use<'_>) -> Contents {
    let triggered = prefilter.wants_python(&bytes);
    if !triggered && wanted == Wanted::IfTriggered {
        let classes = std::str::from_utf8(&bytes).map(heads).unwrap_or_default();
        return Contents { classes, ..Contents::default() };
    }
    if bytes.len() > PYTHON_BYTES {
        return unseen_code(Lowered::troubled(Trouble::TooLarge(PYTHON_BYTES)));
    }
    match decode(bytes) {
        // Python has encodings of its own, and no rule is about it: the summary counts the file.
        Err(_) => unseen_code(Lowered::default()),
        Ok(text) => {
            let classes = heads(&text);
            let (facts, open) = match used {
                Use::Once => (lower_python(&text, &parse(&text, None)), None),
                Use::Edited(before) => {
                    let open = opened(&text, before);
                    let (facts, places) = (open.lowered.facts.clone(), open.lowered.places.clone());
                    (with_python(&text, facts, places), Some(Box::new(open)))
                }
            };
            Contents { classes, open, ..lowered(Some(text), facts) }
        }
    }
}

/// A Python file of which nothing is known, so that nothing may be concluded from what it lacks.
fn unseen_code(mut said: Lowered) -> Contents {
    said.facts.python = Some(Box::new(PythonFacts { broken: true, ..PythonFacts::default() }));
    lowered(None, said)
}

/// What is kept of `text`, made from what was kept of the text before it.
fn opened(text: &str, before: Option<(&Open, &str)>) -> Open {
    match before {
        None => {
            let tree = parse(text, None);
            let lowered = python::lower_first(text, &tree);
            Open { tree, lowered }
        }
        Some((known, old_text)) => {
            let tree = reparse(&known.tree, old_text, text);
            let lowered = python::lower_again(text, &tree, &known.lowered);
            Open { tree, lowered }
        }
    }
}

fn heads(source: &str) -> Box<[Head]> {
    class_heads(source).map(Head::from).collect()
}

fn lowered(text: Option<String>, lowered: Lowered) -> Contents {
    Contents {
        text: text.map(Kept::from),
        facts: Some(Arc::new(lowered.facts)),
        places: Arc::new(lowered.places),
        classes: Box::default(),
        open: None,
    }
}
