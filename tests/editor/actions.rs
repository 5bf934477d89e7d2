//! Edits that declare all that a phase's code does and its contract does not say.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use facts::places::FileId;
use graph::handler::ContractRef;
use graph::sources::Sources;
use ide::declare_all::declare_all;
use rules::finding::Finding;
use rules::fix::{Fix, Intent};
use syntax::edit::yaml;
use text::edit::apply;
use text::name::Name;
use text::span::Span;
use workspace::engine::Engine;
use workspace::fixing::{findings, render};
use workspace::memory::Memory;

use crate::project::root;

const HANDLERS: &str = "class CollectPhaseHandler:
    def execute(self, phase, context):
        context['records'] = load(context['url'], context.get('limit', 20))
        context['count'] = 3
        if phase:
            context['notes'] = []


class SummarisePhaseHandler:
    def execute(self, phase, context):
        return context['records']
";

/// What is offered where a word of a file stands.
fn offered(memory: &Memory, path: &str, word: &str) -> (Engine, Vec<Fix>) {
    let engine = memory.open();
    let file = engine.file(Utf8Path::new(path)).expect("the file is there");
    let at = engine.text(file).find(word).expect("the word is there");
    let fixes = offered_at(&engine, file, Span::empty(at));
    (engine, fixes)
}

fn offered_at(engine: &Engine, file: FileId, part: Span) -> Vec<Fix> {
    let all: Vec<&Finding> = findings(engine).collect();
    declare_all(engine, &all, (file, part))
}

fn titles(fixes: &[Fix]) -> Vec<&str> {
    fixes.iter().map(|fix| fix.title.as_str()).collect()
}

/// The project after a fix; none where it cannot be written.
fn applied(memory: &Memory, engine: &Engine, fix: &Fix) -> Option<Memory> {
    let mut after = memory.clone();
    for file in render(engine, fix).ok()? {
        let path: Utf8PathBuf = file.path.strip_prefix("/").unwrap_or(&file.path).into();
        let before = std::str::from_utf8(&after.files[&path]).expect("files are text");
        let (text, left_out) = apply(before, &file.edits);
        assert_eq!(left_out, 0, "edits of `{}` overlap", fix.title);
        after.files.insert(path, text.into_bytes());
    }
    Some(after)
}

#[track_caller]
fn check(contract: &str, expected: &str) {
    let inputs = "[pipelines.demo]\ninputs = ['limit']\n";
    let memory = Memory::new([
        ("x.contract.yaml", contract),
        ("handlers.py", HANDLERS),
        ("contextcore.toml", inputs),
    ]);
    let (engine, fixes) = offered(&memory, "handlers.py", "CollectPhaseHandler");
    assert_eq!(titles(&fixes), ["declare all 4 undeclared accesses of `collect`"]);
    let after = applied(&memory, &engine, &fixes[0]).expect("it can be written");
    let text = &after.files[Utf8Path::new("x.contract.yaml")];
    assert_eq!(std::str::from_utf8(text).unwrap(), expected);
    let (_, left) = offered(&after, "handlers.py", "CollectPhaseHandler");
    assert!(left.is_empty(), "{:?}", titles(&left));
}

#[test]
fn all_lists_are_filled_at_once() {
    let head = "pipeline_id: demo\nschema_version: '0.1.0'\nphases:\n";
    let tail = "  # The end.\n  summarise:\n    entry:\n      required:\n        - name: records\n";
    check(
        &format!(
            "{head}  collect: # first\n    exit:\n      required:\n        - name: records\n{tail}"
        ),
        &format!(
            "{head}  collect: # first\n    exit:\n      required:\n        - name: records\n        \
             - name: count\n          type: int\n      optional:\n        - name: notes\n          \
             type: list\n    entry:\n      required:\n        - name: url\n      enrichment:\n        \
             - name: limit\n          type: int\n          severity: warning\n          default: 20\n{tail}"
        ),
    );
    check(
        &format!("{head}  collect: {{exit: {{required: [{{name: records}}]}}}}\n{tail}"),
        &format!(
            "{head}  collect: {{exit: {{required: [{{name: records}}, {{name: count, type: int}}], \
             optional: [{{name: notes, type: list}}]}}, entry: {{required: [{{name: url}}], \
             enrichment: [{{name: limit, type: int, severity: warning, default: 20}}]}}}}\n{tail}"
        ),
    );
}

#[test]
fn it_is_offered_where_the_phase_is_meant() {
    let contract = "pipeline_id: demo\nschema_version: '0.1.0'\nphases:\n  collect:\n    exit:\n      \
                    required:\n        - name: records\n  summarise:\n    entry:\n      required:\n        \
                    - name: records\n";
    let helper = "def load(ctx):\n    return ctx['url'], ctx['name']\n";
    let handlers = "from helper import load\n\n\nclass CollectPhaseHandler:\n    \
                    def execute(self, phase, context):\n        context['records'] = load(context)\n";
    let memory = Memory::new([
        ("x.contract.yaml", contract),
        ("handlers.py", handlers),
        ("helper.py", helper),
    ]);
    let title = "declare all 2 undeclared accesses of `collect`";
    for (path, word) in [
        ("handlers.py", "def execute"),
        ("handlers.py", "load(context)"),
        ("x.contract.yaml", "collect:"),
        ("helper.py", "'url'"),
        ("helper.py", "'name'"),
    ] {
        assert_eq!(titles(&offered(&memory, path, word).1), [title], "{path}: {word}");
    }
    for (path, word) in [("handlers.py", "from"), ("x.contract.yaml", "exit"), ("helper.py", "def")]
    {
        assert!(offered(&memory, path, word).1.is_empty(), "{path}: {word}");
    }
}

#[test]
fn one_access_has_its_own_fix() {
    let handlers =
        HANDLERS.replace("context['count'] = 3", "pass").replace("['notes']", "['count']");
    let handlers = handlers.replace("context['url'], context.get('limit', 20)", "");
    let contract = "pipeline_id: demo\nschema_version: '0.1.0'\nphases:\n  collect:\n    exit:\n      \
                    required:\n        - name: records\n";
    let memory = Memory::new([("x.contract.yaml", contract), ("handlers.py", handlers.as_str())]);
    assert!(offered(&memory, "handlers.py", "CollectPhaseHandler").1.is_empty());
}

#[test]
fn handlers_that_declare_by_themselves_are_edited_too() {
    let handlers = "class Collect(AbstractPhaseHandler):
    context_requires = {}
    context_produces = {
        'records': Field(type=list)
    }

    def execute(self, phase, context):
        context['records'] = [context['url'], context['limit']]
        context['count'] = 3
        context['names'] = []


class Summarise(AbstractPhaseHandler):
    context_requires = {'records': Field(type=list)}

    def execute(self, phase, context):
        shorten(context['records'])


HANDLERS = {'collect': Collect, 'summarise': Summarise}
";
    let memory = Memory::new([("handlers.py", handlers)]);
    let (engine, fixes) = offered(&memory, "handlers.py", "Collect(");
    assert_eq!(titles(&fixes), ["declare all 4 undeclared accesses of `collect`"]);
    let after = applied(&memory, &engine, &fixes[0]).expect("it can be written");
    let text = std::str::from_utf8(&after.files[Utf8Path::new("handlers.py")]).unwrap();
    let expected = handlers
        .replace(
            "requires = {}",
            "requires = {\"url\": Field(type=str, critical=True), \"limit\": Field(type=str, critical=True)}",
        )
        .replace(
            "Field(type=list)\n",
            "Field(type=list),\n        \"count\": Field(type=int, critical=True),\n        \
             \"names\": Field(type=list, critical=True),\n",
        );
    assert_eq!(text, expected);
    assert!(offered(&after, "handlers.py", "Collect(").1.is_empty());
}

/// A project on the disk, in memory.
fn fixture(name: &str) -> Memory {
    let folder = root().join("fixtures").join(name);
    let mut memory = Memory::default();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in next.read_dir_utf8().unwrap() {
            let path = entry.unwrap().into_path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read(&path) {
                memory.files.insert(path.strip_prefix(&folder).unwrap().to_owned(), text);
            }
        }
    }
    memory
}

/// All phases of a project's contracts.
fn phases(engine: &Engine) -> Vec<(ContractRef, Name)> {
    let graph = engine.graph();
    let mut phases = Vec::new();
    for (file, known) in graph.files().by_path() {
        for (index, facts) in (0..).zip(&known.contracts) {
            let declared = facts.propagation().into_iter().flat_map(|declared| &declared.phases);
            let contract = ContractRef { file, index };
            phases.extend(declared.map(|phase| (contract, phase.name.value)));
        }
    }
    phases
}

/// The fields that a phase's code accesses and nobody has declared.
fn undeclared(engine: &Engine, phase: Name) -> BTreeSet<String> {
    let rules = ["undeclared-read", "undeclared-write"];
    let own = findings(engine).filter(|one| one.phase == Some(phase));
    own.filter(|one| rules.contains(&one.rule.name) && one.fixes.iter().any(is_declaration))
        .map(|one| one.message.clone())
        .collect()
}

fn is_declaration(fix: &Fix) -> bool {
    fix.title.starts_with("declare `")
}

/// The project with a phase that declares nothing: without its lists, or with these empty.
fn stripped(
    memory: &Memory,
    engine: &Engine,
    (contract, name): (ContractRef, Name),
    empties: bool,
) -> Option<Memory> {
    let facts = engine.graph().propagation(contract)?;
    let declared = facts.propagation()?.phases.iter().find(|phase| phase.name.value == name)?;
    let path = engine.path(contract.file).to_owned();
    let text = engine.text(contract.file);
    let tree = syntax::yaml::parse(&text, &syntax::yaml::Limits::default());
    let intents = ["entry", "exit"].into_iter().filter_map(|side| {
        let entry = tree.get(declared.at, side)?;
        Some(match empties {
            true => yaml::Intent::ReplaceValue(entry.value, "{}".to_owned()),
            false => yaml::Intent::RemoveEntry(entry.key),
        })
    });
    let fix = intents.map(|intent| Intent::Yaml(contract.file, intent)).collect::<Vec<_>>();
    let mut edits = Vec::new();
    for intent in fix {
        let one = Fix::offered("strip", vec![intent]);
        edits.extend(render(engine, &one).ok()?.into_iter().flat_map(|file| file.edits));
    }
    let mut after = memory.clone();
    after.files.insert(path, apply(&text, &edits).0.into_bytes());
    Some(after)
}

#[test]
fn nothing_is_left_undeclared_in_the_fixtures() {
    let mut tried = 0;
    for name in ["artisan", "artisan-broken"] {
        let memory = fixture(name);
        let engine = memory.open();
        for (index, seat) in phases(&engine).into_iter().enumerate() {
            let stripped = stripped(&memory, &engine, seat, index % 2 == 0);
            tried += stripped.map_or(0, |memory| leaves_nothing(&memory, seat.1));
        }
    }
    assert!(tried >= 8, "only {tried} edits");
}

/// How often a file is not as YAML has to be.
fn broken(engine: &Engine, file: FileId) -> usize {
    let rules = ["duplicate-key", "yaml-syntax"];
    let own = findings(engine).filter(|one| one.at.file == file);
    own.filter(|one| rules.contains(&one.rule.name)).count()
}

/// How many edits were tried.
fn leaves_nothing(memory: &Memory, phase: Name) -> usize {
    let engine = memory.open();
    let before = undeclared(&engine, phase);
    let Some((contract, _)) = phases(&engine).into_iter().find(|(_, name)| *name == phase) else {
        return 0;
    };
    let facts = engine.graph().propagation(contract).unwrap();
    let declared = facts.propagation().unwrap();
    let declared = declared.phases.iter().find(|one| one.name.value == phase).unwrap();
    let key = engine.span(contract.anchor(declared.name.at)).unwrap();
    let fixes = offered_at(&engine, contract.file, key);
    if before.len() < 2 {
        assert!(fixes.is_empty(), "{phase}: {:?} for {before:?}", titles(&fixes));
        return 0;
    }
    assert_eq!(fixes.len(), 1, "{phase}: {before:?}");
    let was_broken = broken(&engine, contract.file);
    let after = applied(memory, &engine, &fixes[0]).expect("it can be written");
    let engine = after.open();
    assert!(broken(&engine, contract.file) <= was_broken, "{phase}");
    assert_eq!(undeclared(&engine, phase), BTreeSet::new(), "{phase}");
    1
}
