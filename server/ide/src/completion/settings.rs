//! Settings files: tables, keys, rules and levels.

use ::settings::level::RuleLevel;
use ::settings::settings::PYPROJECT_FILE;
use contracts::kinds::KINDS;
use graph::handler::ContractRef;
use text::edit::TextEdit;
use text::name::Name;

use self::table::{Around, Place, around};
use super::fields::Catalogue;
use super::{Item, ItemKind, Request, rules};

mod table;

/// A key with what it takes and what it means.
struct Setting {
    name: &'static str,
    takes: Takes,
    prose: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Flag,
    Texts,
    Fields,
}

const fn setting(name: &'static str, takes: Takes, prose: &'static str) -> Setting {
    Setting { name, takes, prose }
}

const ROOT: &[Setting] = &[
    setting(
        "include",
        Takes::Texts,
        "The only paths that are looked at, as lines of a `.gitignore`.",
    ),
    setting("exclude", Takes::Texts, "Paths that are left out, as lines of a `.gitignore`."),
];

const PYTHON: &[Setting] = &[
    setting(
        "handler-bases",
        Takes::Texts,
        "Classes whose subclasses are handlers; a name, or with its module before it.",
    ),
    setting(
        "handler-decorators",
        Takes::Texts,
        "Decorators that make a class or function a handler; a name, or with its module before it.",
    ),
    setting(
        "handler-functions",
        Takes::Texts,
        "Names of functions that are handlers; `*` stands for any run of characters.",
    ),
    setting(
        "entry-points",
        Takes::Texts,
        "Methods by which handler classes are started, in the order in which they run.",
    ),
    setting(
        "context-parameters",
        Takes::Texts,
        "Names of parameters that carry the context, beside `context`, `ctx`, `state` and \
         `shared_context`.",
    ),
    setting("check-tests", Takes::Flag, "Whether tests are checked too."),
];

const CONTRACTS: &[Setting] = &[setting(
    "extensions",
    Takes::Flag,
    "Whether announced extensions are admitted in contracts of every version.",
)];

const PIPELINE: &[Setting] = &[
    setting("inputs", Takes::Fields, "Fields that are there before the first phase, as dot paths."),
    setting("outputs", Takes::Fields, "Fields that somebody reads after the last phase."),
    setting("folders", Takes::Texts, "Folders whose handlers belong to the pipeline."),
    setting("modules", Takes::Texts, "Modules and packages whose handlers belong to the pipeline."),
    setting("classes", Takes::Texts, "Handler classes that belong to the pipeline."),
];

const TABLES: [(&str, &str); 6] = [
    ("rules", "Levels of rules in the whole project."),
    ("paths.\"\"", "Levels of rules in the paths that a glob chooses."),
    ("contracts", "How contracts are read."),
    ("contracts.files", "Files that are of a certain kind, whatever they look like."),
    ("python", "How handlers and contexts are recognised."),
    ("pipelines.", "What adds to one pipeline's contract."),
];

/// What could stand at the cursor of a settings file.
pub(super) fn items(request: &Request<'_>) -> Vec<Item> {
    let Some(found) = around(&request.text, request.offset) else {
        return Vec::new();
    };
    let prefix = own_prefix(request);
    if let Place::Header(closed) = found.place {
        return headers(request, &found, &prefix.join("."), closed);
    }
    let Some(table) = found.table.strip_prefix(prefix) else {
        return Vec::new();
    };
    match found.place {
        Place::Key(has_value) => keys(request, &found, table, has_value),
        Place::Value { key, quote, in_list } => {
            values(request, &found, table, (key, quote, in_list))
        }
        Place::Header(_) => Vec::new(),
    }
}

fn own_prefix(request: &Request<'_>) -> &'static [&'static str] {
    let name = request.sources.path(request.file).file_name();
    if name == Some(PYPROJECT_FILE) { &["tool", "contextcore"] } else { &[] }
}

fn item(found: &Around<'_>, kind: ItemKind, label: &str, new_text: String, index: usize) -> Item {
    Item {
        label: label.to_owned(),
        kind,
        detail: None,
        documentation: None,
        edit: TextEdit::replace(found.typed, new_text),
        filter: label.to_owned(),
        sort: format!("0{index:03}"),
        also: None,
        snippet: false,
    }
}

fn headers(request: &Request<'_>, found: &Around<'_>, prefix: &str, closed: bool) -> Vec<Item> {
    let close = if closed { "" } else { "]" };
    let dot = if prefix.is_empty() { "" } else { "." };
    let mut names: Vec<(String, &str)> =
        TABLES.iter().map(|(name, prose)| ((*name).to_owned(), *prose)).collect();
    names.pop();
    if found.typed.of(&request.text).contains("pipelines") || !prefix.is_empty() {
        names.extend(pipelines(request).into_iter().map(|name| (name, TABLES[TABLES.len() - 1].1)));
    } else {
        names.push((TABLES[TABLES.len() - 1].0.to_owned(), TABLES[TABLES.len() - 1].1));
    }
    let item = |(index, (name, prose)): (usize, (String, &str))| {
        let label = format!("{prefix}{dot}{name}");
        // A name is still to be typed.
        let close = if name.ends_with('.') { "" } else { close };
        let mut item = item(found, ItemKind::Key, &label, format!("{label}{close}"), index);
        item.documentation = Some(prose.to_owned());
        item
    };
    names.into_iter().enumerate().map(item).collect()
}

/// Headers of the project's pipelines.
fn pipelines(request: &Request<'_>) -> Vec<String> {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let graph = request.sources.graph();
    let files = graph.files().by_path();
    let contracts = files.iter().flat_map(|(_, file)| &file.contracts);
    let mut ids: Vec<&str> = contracts
        .filter_map(|facts| Some(facts.propagation().and(facts.pipeline())?.as_str()))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let plain = ids.into_iter().filter(|id| !id.contains(['"', '\\']));
    plain
        .map(|id| match id.chars().all(is_bare) {
            true => format!("pipelines.{id}"),
            false => format!("pipelines.\"{id}\""),
        })
        .collect()
}

/// The keys that a table may have; none where rules stand.
fn settings_of(table: &[&str]) -> Option<&'static [Setting]> {
    match table {
        [] => Some(ROOT),
        ["contracts"] => Some(CONTRACTS),
        ["python"] => Some(PYTHON),
        ["pipelines", _] => Some(PIPELINE),
        _ => None,
    }
}

fn keys(request: &Request<'_>, found: &Around<'_>, table: &[&str], has_value: bool) -> Vec<Item> {
    if let ["rules"] | ["paths", _] = table {
        return rules::items(&found.keys, found.typed, |rule| {
            match (has_value, request.snippets) {
                (true, _) => (rule.name.to_owned(), false),
                (false, true) => (format!("{} = \"${{1:warning}}\"", rule.name), true),
                (false, false) => (format!("{} = \"warning\"", rule.name), false),
            }
        });
    }
    let known = settings_of(table).unwrap_or_default().iter();
    let missing = known.filter(|setting| !found.keys.contains(&setting.name));
    let item = |(index, setting): (usize, &Setting)| {
        let name = setting.name;
        let new_text = match (has_value, setting.takes) {
            (true, _) => name.to_owned(),
            (false, Takes::Flag) => format!("{name} = true"),
            (false, _) if request.snippets => format!("{name} = [\"$1\"]"),
            (false, _) => format!("{name} = []"),
        };
        let mut item = item(found, ItemKind::Key, name, new_text, index);
        item.snippet = item.edit.new_text.contains('$');
        item.detail = Some(takes(setting.takes).to_owned());
        item.documentation = Some(setting.prose.to_owned());
        item
    };
    missing.enumerate().map(item).collect()
}

fn takes(takes: Takes) -> &'static str {
    match takes {
        Takes::Flag => "true or false",
        Takes::Texts => "list of texts",
        Takes::Fields => "list of fields",
    }
}

fn values(
    request: &Request<'_>,
    found: &Around<'_>,
    table: &[&str],
    (key, quote, in_list): (&str, Option<(char, bool)>, bool),
) -> Vec<Item> {
    let quoted = |word: &str| match quote {
        None => format!("\"{word}\""),
        Some((_, true)) => word.to_owned(),
        Some((quote, false)) => format!("{word}{quote}"),
    };
    if let ["rules"] | ["paths", _] = table {
        let words = RuleLevel::ALL.map(RuleLevel::as_str).into_iter().enumerate();
        let levels =
            words.map(|(index, word)| item(found, ItemKind::Value, word, quoted(word), index));
        return if in_list { Vec::new() } else { levels.collect() };
    }
    if let ["contracts", "files"] = table {
        let names = KINDS.iter().map(|kind| kind.name).enumerate();
        let names =
            names.map(|(index, name)| item(found, ItemKind::Value, name, quoted(name), index));
        return if in_list { Vec::new() } else { names.collect() };
    }
    let known = settings_of(table).unwrap_or_default();
    match (known.iter().find(|setting| setting.name == key).map(|setting| setting.takes), table) {
        (Some(Takes::Flag), _) if quote.is_none() && !in_list => ["true", "false"]
            .into_iter()
            .enumerate()
            .map(|(index, word)| item(found, ItemKind::Value, word, word.to_owned(), index))
            .collect(),
        (Some(Takes::Fields), ["pipelines", id]) if in_list => fields(request, id)
            .into_iter()
            .enumerate()
            .map(|(index, (name, detail))| {
                let mut item = item(found, ItemKind::Field, &name, quoted(&name), index);
                item.detail = Some(detail);
                item
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The fields of the pipelines with this id.
fn fields(request: &Request<'_>, id: &str) -> Vec<(String, String)> {
    let graph = request.sources.graph();
    let contract: Option<ContractRef> = graph.contracts_named(Name::new(id)).next();
    let Some(pipeline) = contract.and_then(|contract| graph.build(contract)) else {
        return Vec::new();
    };
    let catalogue = Catalogue::new(&pipeline.pipeline, |at| request.is_here(at));
    let named = catalogue.fields.iter().filter(|(_, known)| !known.is_implied);
    let plain = named.filter(|(path, _)| !path.as_str().contains(['"', '\'', '\\']));
    plain.map(|(path, _)| (path.to_string(), catalogue.detail(*path))).collect()
}
