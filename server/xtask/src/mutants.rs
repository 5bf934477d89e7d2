//! Whether mistakes are found: clean projects, each with one mistake made in it on purpose.
//!
//! What has to be said of a mistake follows from how it was made. Projects are grown from a model
//! that is written down as a contract and as handlers, so that the place of everything is known,
//! and nothing of the checker is asked about it.

mod artisan;
mod body;
mod code;
mod contract;
mod grow;
mod harness;
mod kinds;
mod model;
mod mutant;
mod page;
mod sites;
mod spoken;
mod step;
mod tally;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use rayon::prelude::*;

use crate::random::Random;
use crate::report;
use artisan::Artisan;
use harness::Bench;
use model::Model;
use mutant::Mutant;
use tally::Tally;

/// How many clean projects are grown.
const PROJECTS: u64 = 45;

/// How to look.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Other projects and other mutants for another seed; a random one where none is given.
    #[arg(long)]
    seed: Option<u64>,
    /// How many clean projects to make mistakes in.
    #[arg(long, default_value_t = PROJECTS)]
    projects: u64,
    /// Mutants of this kind alone.
    #[arg(long)]
    kind: Option<String>,
    /// Where to write the files of mutants that survive, each in a folder of its own.
    #[arg(long)]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let seed = arguments.seed.unwrap_or_else(Random::seed);
    report::line(&format!("seed {seed}"));
    let tally = tried(seed, arguments.projects, arguments.kind.as_deref(), &Artisan::read()?);
    tally.lines().iter().for_each(|line| report::line(line));
    if let Some(out) = &arguments.out {
        for survivor in &tally.survivors {
            written(&out.join(&survivor.name), &survivor.files)?;
        }
    }
    if arguments.kind.is_none() {
        let short = tally.short_of_the_bar();
        ensure!(short.is_empty(), "{}", short.join("; "));
    }
    Ok(())
}

fn written(folder: &Path, files: &BTreeMap<String, String>) -> Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        let folder = path.parent().context("a file lies in a folder")?;
        std::fs::create_dir_all(folder)?;
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Makes a mutant of each kind in each project, and holds what is said against what has to be.
fn tried(seed: u64, projects: u64, only: Option<&str>, artisan: &Artisan) -> Tally {
    let grown = (0..projects).into_par_iter().map(|project| {
        let model = grow::grown(&mut Random::new(seed ^ (project << 32)));
        let mutants = in_model(&model, project, seed, only);
        judged(&project.to_string(), mutant::pages(&model).texts, mutants)
    });
    let mut tallies: Vec<Tally> = grown.collect();
    tallies.push(judged(
        "artisan",
        artisan.files.clone(),
        artisan.mutants(&mut Random::new(seed), only),
    ));
    let mut tally = Tally::default();
    tallies.into_iter().for_each(|one| tally.add(one));
    tally
}

/// A mutant of each kind that the project has a place for.
fn in_model(model: &Model, project: u64, seed: u64, only: Option<&str>) -> Vec<Mutant> {
    let kinds = (1..).zip(kinds::kinds());
    let kinds = kinds.filter(|(_, kind)| only.is_none_or(|only| only == kind.name));
    let mutants = kinds.filter_map(|(number, kind)| {
        let mut random = Random::new(seed ^ (project << 32) ^ (number << 16));
        Mutant::made(kind, project, model, &mut random)
    });
    mutants.collect()
}

/// What is said of a project, and of each mutant of it.
fn judged(project: &str, files: BTreeMap<String, String>, mutants: Vec<Mutant>) -> Tally {
    let mut tally = Tally::default();
    let mut bench = Bench::new(files.clone());
    let untouched = Mutant::untouched(project, files);
    let told = bench.told();
    let is_clean = told.is_empty();
    tally.count(untouched.kind, untouched.verdict([told, BTreeSet::new()]));
    // What is said of a project anyhow would be taken for a mutant's.
    for mutant in mutants.into_iter().filter(|_| is_clean) {
        let told = bench.with(&mutant.files);
        tally.count(mutant.kind, mutant.verdict(told));
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_found_and_nothing_else_is_said() {
        let tally = tried(1, PROJECTS, None, &Artisan::read().unwrap());
        assert!(tally.short_of_the_bar().is_empty(), "{}", tally.lines().join("\n"));
    }
}
