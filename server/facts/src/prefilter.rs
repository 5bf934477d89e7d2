//! Which files are worth reading, told from their bytes.
//!
//! Every file of a repository passes here, so this does no more than look for words.

use contracts::kinds;
use contracts::recognise;
use contracts::schema::Kind;
use memchr::memmem::Finder;
use settings::contracts::ContractSettings;
use settings::settings::Settings;

/// Words of which a Python file must hold one to say anything about handlers by itself. Whoever uses
/// the run-time checkers imports them; the bare word is in prose as well.
const TRIGGERS: &[&str] = &[
    "PhaseHandler",
    "context_requires",
    "context_produces",
    "context_contract",
    "contextcore:",
    "from contextcore",
    "import contextcore",
    "from langgraph",
    "import langgraph",
];

/// Words of which a Python file must hold one to set attributes of telemetry.
const TELEMETRY: &[&str] =
    &["set_attribute", "add_event", "start_span", "start_as_current_span", "opentelemetry"];

/// The words to look for.
#[derive(Clone, Debug)]
pub struct Prefilter {
    /// None where a pattern of the settings fits any name, so that every file is read.
    python: Option<Vec<Finder<'static>>>,
    telemetry: Vec<Finder<'static>>,
    yaml: Vec<Vec<Finder<'static>>>,
    contracts: ContractSettings,
}

impl Prefilter {
    /// Looks for the built-in words and for `words`. An empty word is in every file.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Prefilter {
        let words = TRIGGERS.iter().copied().chain(words);
        let finders = words.map(|word| (!word.is_empty()).then(|| finder(word)));
        let groups = recognise::shape_words();
        Prefilter {
            python: finders.collect(),
            telemetry: TELEMETRY.iter().copied().map(finder).collect(),
            yaml: groups.map(|group| group.iter().copied().map(finder).collect()).collect(),
            contracts: ContractSettings::default(),
        }
    }

    /// Looks for the built-in words and for those that settings add: bases, decorators and
    /// functions that make a handler, and files of a certain kind.
    #[must_use]
    pub fn for_settings(settings: &Settings) -> Prefilter {
        let contracts = settings.contracts.clone();
        let settings = &settings.python;
        let names = settings.handler_bases.iter().chain(&settings.handler_decorators);
        // A class is imported by its module and named alone.
        let names = names.map(|name| name.value.rsplit('.').next().unwrap_or_default());
        let functions = settings.handler_functions.iter();
        let words = names.chain(functions.map(|name| longest_word(name.value.as_str())));
        Prefilter { contracts, ..Prefilter::new(words) }
    }

    /// The kind that settings give the file at `path`, which is relative to the project.
    #[must_use]
    pub fn chosen(&self, path: &str) -> Option<&'static Kind> {
        chosen_kind(&self.contracts, path)
    }

    /// Whether the Python file may say something without another file asking for it.
    #[must_use]
    pub fn wants_python(&self, bytes: &[u8]) -> bool {
        self.python.as_ref().is_none_or(|words| words.iter().any(|word| word.find(bytes).is_some()))
    }

    /// Whether the Python file may set attributes of telemetry. That matters only where a contract
    /// speaks about them.
    #[must_use]
    pub fn sets_attributes(&self, bytes: &[u8]) -> bool {
        self.telemetry.iter().any(|word| word.find(bytes).is_some())
    }

    /// Whether the YAML file may be a contract, or is called one.
    #[must_use]
    pub fn wants_yaml(&self, file_name: &str, bytes: &[u8]) -> bool {
        if recognise::is_contract_name(file_name) {
            return true;
        }
        // UTF-16 has other bytes; it is rare enough to be read.
        let is_wide = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
        let all = |group: &[Finder<'_>]| group.iter().all(|word| word.find(bytes).is_some());
        recognise::is_yaml_name(file_name) && (is_wide || self.yaml.iter().any(|group| all(group)))
    }
}

/// The kind that settings give the file at `path`, which is relative to the project.
#[must_use]
pub fn chosen_kind(settings: &ContractSettings, path: &str) -> Option<&'static Kind> {
    kinds::by_name(settings.kind_of(path)?)
}

/// The longest part of a pattern that every name it fits must hold.
fn longest_word(pattern: &str) -> &str {
    pattern.split(['*', '.']).max_by_key(|part| part.len()).unwrap_or_default()
}

fn finder(word: &str) -> Finder<'static> {
    Finder::new(word).into_owned()
}

/// The head of a class: its name and the last names of its bases.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClassHead<'s> {
    /// The class's name.
    pub name: &'s str,
    /// The bases' own names: `Base` of `package.Base[T]`. Keywords are left out.
    pub bases: Vec<&'s str>,
}

/// Bytes of a list of bases that are looked at.
const LONGEST_BASES: usize = 1024;

/// The classes that a Python file defines at the top, by their lines alone.
pub fn class_heads(source: &str) -> impl Iterator<Item = ClassHead<'_>> {
    let word = "class ";
    memchr::memmem::find_iter(source.as_bytes(), word).filter_map(move |at| {
        let starts_line = at == 0 || matches!(source.as_bytes()[at - 1], b'\n' | b'\r');
        let rest = source.get(at + word.len()..).filter(|_| starts_line)?.trim_start_matches(' ');
        let (name, rest) = rest.split_at(identifier(rest));
        (!name.is_empty()).then(|| ClassHead { name, bases: bases(rest) })
    })
}

/// The last names in `(a.B, C[T], metaclass=M)`.
fn bases(rest: &str) -> Vec<&str> {
    let Some(list) = rest.trim_start().strip_prefix('(') else {
        return Vec::new();
    };
    let mut end = list.len().min(LONGEST_BASES);
    while !list.is_char_boundary(end) {
        end -= 1;
    }
    let list = &list[..end];
    let list = list.split_once(')').map_or(list, |(list, _)| list);
    list.split(',').filter_map(last_name).collect()
}

fn last_name(base: &str) -> Option<&str> {
    let dotted = base.split(['[', '#']).next().unwrap_or(base).trim();
    let name = dotted.rsplit('.').next().unwrap_or(dotted);
    let is_name = !name.is_empty() && identifier(name) == name.len();
    (is_name && !base.contains('=')).then_some(name)
}

/// Bytes of the identifier that a text begins with.
fn identifier(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_is_read_for_its_words() {
        let built_in = Prefilter::new([]);
        assert!(built_in.wants_python(b"class PlanPhaseHandler(Base):"));
        assert!(built_in.wants_python(b"x = 1  # contextcore: ignore[dead-write]"));
        assert!(!built_in.wants_python(b"def run(state): ..."));
        assert!(Prefilter::new([longest_word("*")]).wants_python(b""));
        assert_eq!(longest_word("run_*.execute_*"), "execute_");
        assert!(Prefilter::new(["run"]).wants_python(b"def run(state): ..."));
    }

    #[test]
    fn yaml_is_read_for_its_name_or_for_all_words_of_a_shape() {
        let wants = |name: &str, text: &str| Prefilter::new([]).wants_yaml(name, text.as_bytes());
        assert!(wants("a/artisan.contract.yaml", ""));
        assert!(wants("pipeline.yml", "pipeline_id: x\nphases: {}\n"));
        assert!(!wants("pipeline.yml", "phases: {}\n"));
        assert!(!wants("pipeline.json", "pipeline_id, phases"));
        assert!(!wants("docker-compose.yaml", "services: {}"));
    }

    #[test]
    fn classes_are_found_by_their_lines() {
        let source = "class A:\n    class Inner: ...\n\rclass  B(A): ...\nsubclass C\nclass ";
        let names: Vec<&str> = class_heads(source).map(|head| head.name).collect();
        assert_eq!(names, ["A", "B"]);
    }

    #[test]
    fn bases_are_known_by_their_own_names() {
        let bases = |source| class_heads(source).next().map(|head| head.bases).unwrap();
        assert_eq!(bases("class A(b.C, D[T], metaclass=M):"), ["C", "D"]);
        assert_eq!(bases("class A(\n    B,  # why\n    C,\n):"), ["B"]);
        assert_eq!(bases("class A:\n    x = (1)"), Vec::<&str>::new());
        assert_eq!(bases("class A(f(x)):"), Vec::<&str>::new());
    }
}
