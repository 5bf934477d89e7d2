//! The sections of a settings file.

use text::near::nearest;

use super::entry::{Entry, listed};
use crate::contracts::{ContractSettings, KindOfFiles};
use crate::globs::Globs;
use crate::level::RuleLevel;
use crate::patterns::NamePattern;
use crate::pipelines::PipelineSettings;
use crate::problem::Problem;
use crate::python::PythonSettings;
use crate::settings::{PathSettings, RuleSetting, Settings};
use crate::spanned::Spanned;

/// The whole.
pub(super) fn settings(root: &Entry<'_>, settings: &mut Settings, problems: &mut Vec<Problem>) {
    const KNOWN: [&str; 7] =
        ["include", "exclude", "rules", "paths", "contracts", "python", "pipelines"];
    for entry in root.entries(problems) {
        match entry.key {
            "include" => settings.include = globs(entry.texts(problems), problems),
            "exclude" => settings.exclude = globs(entry.texts(problems), problems),
            "rules" => settings.rules = rules(&entry, problems),
            "paths" => settings.paths = paths(&entry, problems),
            "contracts" => settings.contracts = contracts(&entry, problems),
            "python" => settings.python = python(&entry, problems),
            "pipelines" => settings.pipelines = pipelines(&entry, problems),
            _ => problems.push(entry.unknown(&KNOWN)),
        }
    }
}

fn globs(texts: Vec<Spanned<String>>, problems: &mut Vec<Problem>) -> Globs {
    let (globs, mut found) = Globs::new(texts);
    problems.append(&mut found);
    globs
}

/// `[rules]`, and the tables of `[paths]`.
fn rules(section: &Entry<'_>, problems: &mut Vec<Problem>) -> Vec<RuleSetting> {
    let mut rules = Vec::new();
    for entry in section.entries(problems) {
        if let Some(level) = level(&entry, problems) {
            let rule = Spanned::new(entry.key.to_owned(), entry.key_span);
            rules.push(RuleSetting { rule, level });
        }
    }
    rules
}

fn level(entry: &Entry<'_>, problems: &mut Vec<Problem>) -> Option<Spanned<RuleLevel>> {
    let word = entry.text(problems)?;
    let level = RuleLevel::parse(&word.value);
    if level.is_none() {
        let words = RuleLevel::ALL.map(RuleLevel::as_str);
        let message = format!("`{}` is `{}`, which is no level", entry.path, word.value);
        let problem = Problem::new(word.span, message);
        problems.push(match nearest(&word.value, words) {
            Some((near, _)) => problem.help(format!("the nearest is `{near}`")),
            None => problem.help(format!("levels are {}", listed(&words))),
        });
    }
    level.map(|level| Spanned::new(level, word.span))
}

/// `[paths."tests/**"]`
fn paths(section: &Entry<'_>, problems: &mut Vec<Problem>) -> Vec<PathSettings> {
    let mut paths = Vec::new();
    for entry in section.entries(problems) {
        let globs = globs(vec![Spanned::new(entry.key.to_owned(), entry.key_span)], problems);
        let rules = rules(&entry, problems);
        if !globs.is_empty() {
            paths.push(PathSettings { globs, rules });
        }
    }
    paths
}

/// `[contracts]`
fn contracts(section: &Entry<'_>, problems: &mut Vec<Problem>) -> ContractSettings {
    const KNOWN: [&str; 2] = ["extensions", "files"];
    let mut contracts = ContractSettings::default();
    for entry in section.entries(problems) {
        match entry.key {
            "extensions" => contracts.extensions = entry.truth(problems).unwrap_or(false),
            "files" => contracts.files = kinds_of_files(&entry, problems),
            _ => problems.push(entry.unknown(&KNOWN)),
        }
    }
    contracts
}

/// `[contracts.files]`
fn kinds_of_files(section: &Entry<'_>, problems: &mut Vec<Problem>) -> Vec<KindOfFiles> {
    let mut files = Vec::new();
    for entry in section.entries(problems) {
        let globs = globs(vec![Spanned::new(entry.key.to_owned(), entry.key_span)], problems);
        if let Some(kind) = entry.text(problems)
            && !globs.is_empty()
        {
            files.push(KindOfFiles { globs, kind });
        }
    }
    files
}

/// `[python]`
fn python(section: &Entry<'_>, problems: &mut Vec<Problem>) -> PythonSettings {
    const KNOWN: [&str; 6] = [
        "handler-bases",
        "handler-decorators",
        "handler-functions",
        "entry-points",
        "context-parameters",
        "check-tests",
    ];
    let mut python = PythonSettings::default();
    for entry in section.entries(problems) {
        match entry.key {
            "handler-bases" => python.handler_bases = dotted(&entry, problems),
            "handler-decorators" => python.handler_decorators = dotted(&entry, problems),
            "handler-functions" => python.handler_functions = patterns(&entry, problems),
            "entry-points" => python.entry_points = names(&entry, problems),
            "context-parameters" => python.context_parameters = names(&entry, problems),
            "check-tests" => python.check_tests = entry.truth(problems).unwrap_or(false),
            _ => problems.push(entry.unknown(&KNOWN)),
        }
    }
    python
}

/// `[pipelines.NAME]`
fn pipelines(section: &Entry<'_>, problems: &mut Vec<Problem>) -> Vec<PipelineSettings> {
    let entries = section.entries(problems);
    entries.iter().map(|entry| pipeline(entry, problems)).collect()
}

fn pipeline(section: &Entry<'_>, problems: &mut Vec<Problem>) -> PipelineSettings {
    const KNOWN: [&str; 5] = ["inputs", "outputs", "folders", "modules", "classes"];
    let name = Spanned::new(section.key.to_owned(), section.key_span);
    let mut pipeline = PipelineSettings::new(name);
    for entry in section.entries(problems) {
        match entry.key {
            "inputs" => pipeline.inputs = fields(&entry, problems),
            "outputs" => pipeline.outputs = fields(&entry, problems),
            "folders" => pipeline.folders = folders(&entry, problems),
            "modules" => pipeline.modules = dotted(&entry, problems),
            "classes" => pipeline.classes = dotted(&entry, problems),
            _ => problems.push(entry.unknown(&KNOWN)),
        }
    }
    pipeline
}

/// Paths of fields. Any text without an empty segment is one.
fn fields(entry: &Entry<'_>, problems: &mut Vec<Problem>) -> Vec<Spanned<String>> {
    let is_field = |text: &str| text.split('.').all(|segment| !segment.trim().is_empty());
    checked(entry, problems, "path of a field", |text| is_field(text).then(|| text.to_owned()))
}

fn folders(entry: &Entry<'_>, problems: &mut Vec<Problem>) -> Vec<Spanned<String>> {
    checked(entry, problems, "folder beside or below the settings file", |text| {
        let parts: Vec<&str> = text.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let outside = text.is_empty() || text.starts_with('/') || parts.contains(&"..");
        let folder = if parts.is_empty() { ".".to_owned() } else { parts.join("/") };
        (!outside).then_some(folder)
    })
}

fn patterns(entry: &Entry<'_>, problems: &mut Vec<Problem>) -> Vec<Spanned<NamePattern>> {
    checked(entry, problems, "name, with `*` for any run of characters", NamePattern::new)
}

fn dotted(entry: &Entry<'_>, problems: &mut Vec<Problem>) -> Vec<Spanned<String>> {
    checked(entry, problems, "dotted name of Python", |text| {
        text.split('.').all(is_identifier).then(|| text.to_owned())
    })
}

fn names(entry: &Entry<'_>, problems: &mut Vec<Problem>) -> Vec<Spanned<String>> {
    checked(entry, problems, "name of Python", |text| is_identifier(text).then(|| text.to_owned()))
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(char::is_numeric)
        && text.chars().all(|c| c == '_' || c.is_alphanumeric())
}

/// The texts of a list that `make` can make something of; the others are problems.
fn checked<T>(
    entry: &Entry<'_>,
    problems: &mut Vec<Problem>,
    what: &str,
    make: impl Fn(&str) -> Option<T>,
) -> Vec<Spanned<T>> {
    let mut made = Vec::new();
    for text in entry.texts(problems) {
        match make(&text.value) {
            Some(value) => made.push(Spanned::new(value, text.span)),
            None => problems.push(Problem::new(
                text.span,
                format!("`{}` holds `{}`, which is no {what}", entry.path, text.value),
            )),
        }
    }
    made
}
