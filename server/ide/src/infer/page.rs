//! The text of an inferred contract.

use std::fmt::Write as _;

use contracts::value::Value;
use graph::summary::Site;
use text::name::Name;

use super::fields::{Boundaries, Entry};
use super::line::{Line, Step};
use super::told::Told;
use super::types::Types;
use super::wishes::nameable;

const HEAD: &str = "\
# Inferred from handlers by contextcore-lsp. What stands here is what the code does, which need not
# be what is meant: read it, correct it, and say what the fields are for.
";

const GUESSED: &str = "\
# Nothing says in which order all of these phases run. Those that are registered nowhere stand behind
# the others, each after the phases that write what it reads: the order is a guess.
";

/// How many patterns are told of in one phase.
const LISTED_PATTERNS: usize = 5;

/// The contract of a pipeline.
pub(super) fn text(
    pipeline: &str,
    line: &Line,
    phases: &[Boundaries],
    types: &Types,
    told: &Told<'_>,
) -> String {
    let mut page = Page { text: HEAD.to_owned(), types };
    let _ = write!(page.text, "schema_version: \"0.1.0\"\npipeline_id: {}\n", scalar(pipeline));
    if line.steps.is_empty() {
        page.text.push_str("phases: {}\n");
        return page.text;
    }
    page.text.push('\n');
    if line.is_guessed {
        page.text.push_str(GUESSED);
    }
    page.text.push_str("phases:\n");
    for (index, (step, phase)) in line.steps.iter().zip(phases).enumerate() {
        if index > 0 {
            page.text.push('\n');
        }
        for note in notes(step, told) {
            page.comment("  ", &note);
        }
        page.phase(step.name, phase);
    }
    page.text
}

struct Page<'t> {
    text: String,
    types: &'t Types,
}

impl Page<'_> {
    fn phase(&mut self, name: Name, phase: &Boundaries) {
        let entry = [("required", &phase.required), ("enrichment", &phase.enrichment)];
        let exit = [("required", &phase.promised), ("optional", &phase.optional)];
        let is_empty =
            |lists: &[(&str, &Vec<Entry>)]| lists.iter().all(|(_, list)| list.is_empty());
        if is_empty(&entry) && is_empty(&exit) {
            let _ = writeln!(self.text, "  {}: {{}}", scalar(name.as_str()));
            return;
        }
        let _ = writeln!(self.text, "  {}:", scalar(name.as_str()));
        for (boundary, lists) in [("entry", entry), ("exit", exit)] {
            if is_empty(&lists) {
                continue;
            }
            let _ = writeln!(self.text, "    {boundary}:");
            for (key, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
                let _ = writeln!(self.text, "      {key}:");
                list.iter().for_each(|entry| self.entry(entry));
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.comment("        ", &entry.told);
        let types = self.types;
        let shown = entry.default.as_ref();
        let type_name = entry
            .type_name
            .map_or_else(|| types.of(entry.path, shown), |name| name.as_str().to_owned());
        let _ = writeln!(self.text, "        - name: {}", scalar(entry.path.as_str()));
        self.key("type", &scalar(&type_name));
        self.key("severity", entry.severity.as_str());
        if let Some(default) = shown {
            self.key("default", &default.to_yaml());
        }
        if let Some(source) = entry.source {
            self.key("source_phase", &scalar(source.as_str()));
        }
    }

    fn key(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "          {key}: {value}");
    }

    fn comment(&mut self, indentation: &str, words: &str) {
        // A path may hold anything; a comment ends with its line.
        let plain = |c: char| if c.is_control() { '?' } else { c };
        let words: String = words.chars().map(plain).collect();
        let _ = writeln!(self.text, "{indentation}# {words}");
    }
}

fn scalar(text: &str) -> String {
    Value::Text(Name::new(text)).to_yaml()
}

/// What is to be said of a phase as a whole.
fn notes(step: &Step, told: &Told<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for doer in &step.doers {
        let mut note = format!("{}: {}", told.place(doer.at), doer.name);
        if let Some(registered) = step.registered {
            let _ = write!(note, ", registered at {}", told.place(registered.at));
        }
        notes.push(note);
        let Some(done) = &doer.summary else {
            notes.push("No method of it takes the context, as far as can be seen.".to_owned());
            continue;
        };
        let mut open = |site: Option<&Site>, what: &str| {
            if let Some(site) = site {
                let place = told.site(site);
                notes.push(format!("{place}: from here on, more may be {what} than can be seen"));
            }
        };
        open(done.open_reads.as_ref(), "read");
        open(done.open_writes.as_ref(), "written");
        let reads = done.reads.iter().map(|read| (read.path, &read.site, "read"));
        let writes = done.writes.iter().map(|write| (write.path, &write.site, "written"));
        let unnamed = reads.chain(writes).filter(|(path, ..)| {
            nameable(*path).is_none() && !path.root().as_str().starts_with('_')
        });
        for (path, site, what) in unnamed.take(LISTED_PATTERNS) {
            let place = told.site(site);
            notes.push(format!("{place}: `{path}` is {what}, which no contract can name"));
        }
    }
    notes
}
