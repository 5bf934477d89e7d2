//! Fixes as edits of texts, for editors and for `--fix` alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8PathBuf;
use facts::file::parsed;
use facts::places::{Anchor, FileId, Places};
use facts::suppression;
use rules::finding::Finding;
use rules::fix::{Fix, Intent};
use settings::settings::{OWN_FILE, PYPROJECT_FILE};
use syntax::edit::{CannotEdit, directive, python, toml, yaml};
use syntax::yaml::{Data, Limits};
use text::edit::{TextEdit, apply};
use text::lines::LineTable;
use text::span::Span;

use crate::check::{CheckRequest, Disk, Opened, open};
use crate::engine::{Change, Engine};
use crate::walk::{Language, language};

/// How often fixes are applied until nothing changes; one fix may make room for the next.
const ROUNDS: usize = 16;

/// The text that a file would have with all safe fixes applied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FixedText {
    /// The file, absolute.
    pub path: Utf8PathBuf,
    /// Its text now.
    pub before: Arc<str>,
    /// Its text then.
    pub after: Arc<str>,
}

/// The edits of one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileEdits {
    /// The file, absolute. A settings file may have to be made.
    pub path: Utf8PathBuf,
    /// Its number, if the engine knows it.
    pub file: Option<FileId>,
    /// The edits, against the text that was analysed.
    pub edits: Vec<TextEdit>,
}

/// The texts of all files that safe fixes change, applied until nothing changes any more.
#[must_use]
pub fn fixed_texts(request: &CheckRequest) -> Vec<FixedText> {
    let (opened, _) = open(request);
    let mut fixed: Vec<FixedText> = opened.into_iter().flat_map(fix_project).collect();
    fixed.sort_by(|one, other| one.path.cmp(&other.path));
    fixed
}

fn fix_project(mut project: Opened) -> Vec<FixedText> {
    let disk = Disk { root: project.engine.root.clone() };
    let mut before: BTreeMap<FileId, Arc<str>> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let round = fix_round(&project);
        if round.is_empty() {
            break;
        }
        let mut changes = Vec::new();
        for (file, after) in round {
            let entry = &project.engine.files[file.0 as usize];
            before.entry(file).or_insert_with(|| entry.text());
            changes.push(Change::Present {
                path: entry.path.clone(),
                bytes: after.into_bytes(),
                excluded: entry.excluded,
            });
        }
        project.engine.update(changes, &disk);
    }
    let engine = &project.engine;
    before
        .into_iter()
        .map(|(file, before)| {
            let entry = &engine.files[file.0 as usize];
            let after = entry.text();
            FixedText { path: engine.root.join(&entry.path), before, after }
        })
        .filter(|fixed| fixed.before != fixed.after)
        .collect()
}

/// The texts that one round of safe fixes gives, by file.
fn fix_round(project: &Opened) -> BTreeMap<FileId, String> {
    let engine = &project.engine;
    let mut edits: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
    for (_, entry) in engine.shown() {
        if !project.is_asked(&entry.path) {
            continue;
        }
        for finding in entry.shown.iter() {
            let Some(fix) = finding.safe_fix() else {
                continue;
            };
            // A fix that cannot be rendered whole is not applied in part.
            let Ok(files) = render(engine, fix) else {
                continue;
            };
            for file in files {
                if let Some(id) = file.file {
                    edits.entry(id).or_default().extend(file.edits);
                }
            }
        }
    }
    let texts = edits.into_iter().filter_map(|(id, edits)| {
        let text = engine.files[id.0 as usize].text();
        let (after, _) = apply(&text, &edits);
        (*after != *text).then_some((id, after))
    });
    texts.collect()
}

/// The findings of all files, as shown, with the fixes that they offer.
pub fn findings(engine: &Engine) -> impl Iterator<Item = &Finding> {
    engine.shown().flat_map(|(_, entry)| entry.shown.iter())
}

/// What a fix does to each file it touches.
///
/// # Errors
/// Where the text leaves no way to do it.
pub fn render(engine: &Engine, fix: &Fix) -> Result<Vec<FileEdits>, CannotEdit> {
    let mut files: Vec<FileEdits> = Vec::new();
    for intent in &fix.intents {
        add(&mut files, render_intent(engine, intent)?);
    }
    Ok(files)
}

/// Adds edits of one file to what there is for each.
pub fn add(files: &mut Vec<FileEdits>, more: FileEdits) {
    match files.iter_mut().find(|file| file.path == more.path) {
        Some(file) => file.edits.extend(more.edits),
        None => files.push(more),
    }
}

/// What silences a finding where it stands. A comment is only put where it reads as one and changes
/// nothing else.
///
/// # Errors
/// Where there is no such place, as inside of a text of several lines.
pub fn suppress(engine: &Engine, finding: &Finding) -> Result<FileEdits, CannotEdit> {
    let file = finding.at.file;
    if engine.settings_file == Some(file) {
        return Err(CannotEdit::NotThere);
    }
    let offset = span(engine, finding.at).start as usize;
    let language = language(&engine.files[file.0 as usize].path);
    if language == Some(Language::Json) {
        // JSON has no comments.
        return Err(CannotEdit::NotThere);
    }
    let is_yaml = language == Some(Language::Yaml);
    edit(engine, file, |text| {
        let added = directive::add(text, offset, finding.rule.name);
        let moved = if (added.span.start as usize) <= offset { added.new_text.len() } else { 0 };
        let (after, _) = apply(text, std::slice::from_ref(&added));
        let same_code = !is_yaml || yaml_data(text) == yaml_data(&after);
        let is_covered = directives(&after, is_yaml).into_iter().any(|(line, rules)| {
            line == Some(LineTable::new(&after).line(offset + moved))
                && rules.iter().any(|rule| rule == finding.rule.name)
        });
        if same_code && is_covered { Ok(vec![added]) } else { Err(CannotEdit::Layout) }
    })
}

/// The line that each directive of a text covers, and the rules that it names.
fn directives(text: &str, is_yaml: bool) -> Vec<(Option<u32>, Vec<String>)> {
    let comments = if is_yaml {
        syntax::yaml::parse(text, &Limits::default()).comments
    } else {
        suppression::comments::of_python(text)
    };
    let mut places = Places::default();
    let lines = LineTable::new(text);
    let read = suppression::read(text, &comments, &mut places);
    read.iter()
        .map(|directive| {
            let span = places.span(directive.at).unwrap_or_default();
            let rules = directive.rules.iter().map(|rule| rule.name.as_str().to_owned());
            (suppression::covered_line(text, &lines, span), rules.collect())
        })
        .collect()
}

/// What a YAML text says, spaces and comments aside.
fn yaml_data(text: &str) -> Vec<Data> {
    let yaml = syntax::yaml::parse(text, &Limits::default());
    yaml.nodes.into_iter().map(|node| node.data).collect()
}

fn render_intent(engine: &Engine, intent: &Intent) -> Result<FileEdits, CannotEdit> {
    match intent {
        Intent::Yaml(file, intent) => edit(engine, *file, |text| {
            let path = engine.files[file.0 as usize].path.as_str();
            // Where code stands for a contract, not every edit of one can be written.
            if language(path.into()) == Some(Language::Python) {
                return Err(CannotEdit::NotThere);
            }
            yaml::render(text, &parsed(path, text), intent)
        }),
        Intent::PythonString(at, to) => {
            in_python(engine, *at, |span| python::Intent::ReplaceString(span, to.clone()))
        }
        Intent::PythonKey(at, from, to) => {
            in_python(engine, *at, |span| python::Intent::RenameKey(span, from.clone(), to.clone()))
        }
        Intent::PythonDefault(at, to) => {
            in_python(engine, *at, |span| python::Intent::ReplaceDefault(span, to.clone()))
        }
        Intent::PythonNoDefault(at) => in_python(engine, *at, python::Intent::RemoveDefault),
        Intent::PythonExpression(at, to) => {
            in_python(engine, *at, |span| python::Intent::ReplaceExpression(span, to.clone()))
        }
        Intent::PythonAddItems(at, items) => {
            in_python(engine, *at, |span| python::Intent::AddItems(span, items.clone()))
        }
        Intent::PythonRemoveItem(item) => in_python(engine, *item, python::Intent::RemoveItem),
        Intent::PythonStub(at, stub) => {
            in_python(engine, *at, |span| python::Intent::AddClass(span, stub.clone()))
        }
        Intent::Word(at, to) => {
            edit(engine, at.file, |_| Ok(vec![TextEdit::replace(span(engine, *at), to.clone())]))
        }
        Intent::RemoveDirective(at, rule) => edit(engine, at.file, |text| {
            directive::remove(text, span(engine, *at), rule.as_deref())
        }),
        Intent::Settings(keys, value) => settings(engine, keys, value),
    }
}

fn span(engine: &Engine, at: Anchor) -> Span {
    engine.place(at).unwrap_or_default()
}

/// An edit of what stands at a place in Python.
fn in_python(
    engine: &Engine,
    at: Anchor,
    intent: impl FnOnce(Span) -> python::Intent,
) -> Result<FileEdits, CannotEdit> {
    edit(engine, at.file, |text| python::render(text, &intent(span(engine, at))))
}

fn edit(
    engine: &Engine,
    file: FileId,
    render: impl FnOnce(&str) -> Result<Vec<TextEdit>, CannotEdit>,
) -> Result<FileEdits, CannotEdit> {
    let entry = &engine.files[file.0 as usize];
    let text = entry.text();
    let path = engine.root.join(&entry.path);
    Ok(FileEdits { path, file: Some(file), edits: render(&text)? })
}

fn settings(engine: &Engine, keys: &[String], value: &str) -> Result<FileEdits, CannotEdit> {
    let list = |keys: Vec<String>| toml::Intent::AddToList(keys, value.to_owned());
    let render = |text: &str, path: &str| {
        let mut way: Vec<String> = Vec::new();
        if path.ends_with(PYPROJECT_FILE) {
            way.extend(["tool", "contextcore"].map(str::to_owned));
        }
        way.extend_from_slice(keys);
        toml::render(text, &list(way))
    };
    match engine.settings_file {
        Some(file) => {
            let path = engine.files[file.0 as usize].path.clone();
            edit(engine, file, |text| render(text, path.as_str()))
        }
        None => {
            let path = engine.root.join(OWN_FILE);
            Ok(FileEdits { path, file: None, edits: render("", OWN_FILE)? })
        }
    }
}
