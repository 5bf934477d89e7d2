//! A project that was written by hand, and mistakes made in it by looking at its text.
//!
//! The contract is read line by line, and code is searched for names in quotes: a field takes part
//! where all that is done with it stands in handlers, in plain sight.

mod code;
mod declared;

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::mutant::{Awaited, Mutant};
use super::page::Place;
use crate::random::Random;
use crate::repository;

/// Where the project lies, and its contract.
const FOLDER: &str = "fixtures/artisan/";
const CONTRACT: &str = "contracts/artisan.contract.yaml";

/// How many mutants of each kind are made at most.
const OF_EACH_KIND: usize = 8;

/// The project.
pub(super) struct Artisan {
    pub(super) files: BTreeMap<String, String>,
    fields: Vec<Field>,
}

/// A field in a list of the contract. Lines count from 0.
#[derive(Clone, Debug)]
struct Field {
    phase: String,
    list: String,
    name: String,
    /// Its first line, and the line after its last.
    lines: (usize, usize),
}

/// A kind of mistake.
struct Kind {
    name: &'static str,
    /// What becomes of the project where the mistake is made with this field, if it can be.
    make: fn(&Artisan, &Field, &mut Random) -> Option<Change>,
}

/// A change of one file, and what it has to lead to.
struct Change {
    file: String,
    text: String,
    must: Vec<Told>,
    may: Vec<Told>,
}

/// A rule, and where it speaks: a file, and a line from 0.
type Told = (&'static str, String, usize);

impl Artisan {
    /// The project as it lies in the repository.
    pub(super) fn read() -> Result<Artisan> {
        let root = repository::root();
        let mut files = BTreeMap::new();
        for path in repository::files(&root, FOLDER) {
            let text = repository::read(&root, &path)?;
            files.insert(path.trim_start_matches(FOLDER).to_owned(), text);
        }
        let fields = fields(files.get(CONTRACT).context("the project has no contract")?);
        Ok(Artisan { files, fields })
    }

    /// Some mutants of each kind.
    pub(super) fn mutants(&self, random: &mut Random, only: Option<&str>) -> Vec<Mutant> {
        let kinds = declared::KINDS.iter().chain(code::KINDS);
        let kinds = kinds.filter(|kind| only.is_none_or(|only| only == kind.name));
        kinds.flat_map(|kind| self.of_kind(kind, random)).collect()
    }

    fn of_kind(&self, kind: &Kind, random: &mut Random) -> Vec<Mutant> {
        let mut fields: Vec<&Field> = self.fields.iter().collect();
        let mut mutants = Vec::new();
        while !fields.is_empty() && mutants.len() < OF_EACH_KIND {
            let field = fields.swap_remove(random.below(fields.len()));
            let Some(change) = (kind.make)(self, field, random) else { continue };
            let mut files = self.files.clone();
            files.insert(change.file, change.text);
            let name = format!("{}-artisan-{}-{}", kind.name, field.phase, field.name);
            let [must, may] = [change.must, change.may].map(awaited);
            mutants.push(Mutant::of(kind.name, name, files, [must, may]));
        }
        mutants
    }

    /// The lines of a file.
    fn lines(&self, file: &str) -> Vec<&str> {
        self.files.get(file).map_or_else(Vec::new, |text| text.lines().collect())
    }

    /// Where a field is named in quotes in code: file and line.
    fn named(&self, field: &str) -> Vec<(&str, usize)> {
        let quoted = format!("\"{field}\"");
        let code = self.files.iter().filter(|(path, _)| path.ends_with(".py"));
        let lines = code.flat_map(|(path, text)| {
            text.lines().enumerate().map(move |(number, line)| (path.as_str(), number, line))
        });
        let found = lines.filter(|(.., line)| line.contains(&quoted));
        found.map(|(path, number, _)| (path, number)).collect()
    }

    /// The file of a phase's handler.
    fn handler(phase: &str) -> String {
        let module = if phase == "test" { "testing" } else { phase };
        format!("artisan/handlers/{module}.py")
    }

    /// The only line of its phase's handler that names the field, where no code names it but
    /// handlers, and nothing but the context is asked for it.
    fn only_line(&self, field: &Field) -> Option<(String, usize)> {
        let named = self.named(&field.name);
        let in_context = |(file, number): &(&str, usize)| {
            let line = self.lines(file)[*number];
            let quoted = format!("\"{}\"", field.name);
            let ways = ["context[", "context.get(", "context.pop("];
            file.starts_with("artisan/handlers/")
                && ways.iter().any(|way| line.contains(&format!("{way}{quoted}")))
        };
        if named.is_empty() || !named.iter().all(in_context) {
            return None;
        }
        let handler = Artisan::handler(&field.phase);
        let mut own = named.iter().filter(|(file, _)| *file == handler);
        let (Some((_, line)), None) = (own.next(), own.next()) else { return None };
        Some((handler, *line))
    }

    /// Whether the field is named once in the contract for each list that has it, and in no other
    /// contract: no chain follows it, and it has no parts.
    fn is_plain(&self, field: &Field) -> bool {
        let listed = self.fields.iter().filter(|other| other.name == field.name).count();
        let contracts = self.files.iter().filter(|(path, _)| path.ends_with(".yaml"));
        let named: usize = contracts.map(|(_, text)| text.matches(&field.name).count()).sum();
        named == listed
    }

    /// The phases before one, in the contract's order.
    fn before(&self, phase: &str) -> Vec<&str> {
        let mut phases: Vec<&str> = self.fields.iter().map(|field| field.phase.as_str()).collect();
        phases.dedup();
        phases.into_iter().take_while(|before| *before != phase).collect()
    }

    /// The fields of this name in entries or exits.
    fn others(&self, field: &Field, list: &str) -> impl Iterator<Item = &Field> {
        let others = self.fields.iter().filter(|other| other.name == field.name);
        others.filter(move |other| other.list.starts_with(list))
    }
}

impl Field {
    /// The line of a key of the field, if it has it.
    fn key(&self, artisan: &Artisan, key: &str) -> Option<usize> {
        let lines = artisan.lines(CONTRACT);
        let start = format!("          {key}:");
        (self.lines.0..self.lines.1).find(|number| lines[*number].starts_with(&start))
    }
}

/// The fields of all lists, by the columns that their lines begin in.
fn fields(contract: &str) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let (mut phase, mut boundary, mut list) = (String::new(), String::new(), String::new());
    for (number, line) in contract.lines().enumerate() {
        let columns = line.len() - line.trim_start().len();
        let word = line.trim_start().trim_end_matches(':');
        if let Some(last) = fields.last_mut()
            && columns > 8
            && last.lines.1 == number
        {
            last.lines.1 = number + 1;
        }
        match (columns, word.strip_prefix("- name: ")) {
            (0, _) if word == "propagation_chains" => break,
            (2, _) => word.clone_into(&mut phase),
            (4, _) => word.clone_into(&mut boundary),
            (6, _) => list = format!("{boundary}.{word}"),
            (8, Some(name)) => fields.push(Field {
                phase: phase.clone(),
                list: list.clone(),
                name: name.to_owned(),
                lines: (number, number + 1),
            }),
            _ => {}
        }
    }
    fields
}

fn awaited(told: Vec<Told>) -> Vec<Awaited> {
    let place = |file, line: usize| vec![Place { file, line: line + 1 }];
    told.into_iter().map(|(rule, file, line)| Awaited { rule, places: place(file, line) }).collect()
}

/// A text of these lines.
fn joined(lines: &[impl AsRef<str>]) -> String {
    lines.iter().map(|line| format!("{}\n", line.as_ref())).collect()
}
