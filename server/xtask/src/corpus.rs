//! Contracts and handlers to measure with: as many as wanted, the same for the same seed.
//!
//! Every contract stands in a folder of its own, with a file of handlers beside it where handlers
//! are asked for. Without mistakes, no rule finds anything; with them, `mistakes.json` says which
//! rule must speak about what, and how often.

mod contract;
mod handlers;
mod mistakes;
mod pipeline;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::random::Random;
use mistakes::MISTAKES;
use pipeline::Pipeline;

/// What to write.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many contracts.
    #[arg(long, default_value_t = 2000)]
    contracts: usize,
    /// Phases of each.
    #[arg(long, default_value_t = 12)]
    phases: usize,
    /// Fields of each.
    #[arg(long, default_value_t = 60)]
    fields: usize,
    /// Handler classes beside each contract, at most one for each phase; 0 for none.
    #[arg(long, default_value_t = 0)]
    handlers: usize,
    /// Least size of a file of handlers.
    #[arg(long, default_value_t = 8000)]
    handler_bytes: usize,
    /// How many mistakes to make in all.
    #[arg(long, default_value_t = 0)]
    mistakes: usize,
    /// Where to; the folder must be empty or absent.
    #[arg(long)]
    out: PathBuf,
    /// Another seed, another corpus.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    ensure!(arguments.phases > 0, "a pipeline has at least one phase");
    let out = &arguments.out;
    let is_empty = fs::read_dir(out).map_or(true, |mut entries| entries.next().is_none());
    ensure!(is_empty, "{} is not empty", out.display());
    let mut manifest = Vec::new();
    for number in 0..arguments.contracts {
        let mut random = Random::new(arguments.seed.wrapping_mul(1_000_003) + number as u64);
        let id = format!("p{:04}", number + 1);
        let mut pipeline = Pipeline::new(id, arguments.phases, arguments.fields, &mut random);
        let planted = plant(arguments, number, &mut pipeline, &mut random);
        manifest.extend(planted);
        write(arguments, &pipeline)?;
    }
    if arguments.mistakes > 0 {
        ensure!(
            manifest.len() == arguments.mistakes,
            "only {} mistakes fit into so small a corpus",
            manifest.len()
        );
        let manifest = json!({ "count": manifest.len(), "mistakes": manifest });
        let text = serde_json::to_string_pretty(&manifest)?;
        put(&out.join("mistakes.json"), &format!("{text}\n"))?;
    }
    Ok(())
}

fn write(arguments: &Arguments, pipeline: &Pipeline) -> Result<()> {
    let folder = arguments.out.join(&pipeline.id);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let file = format!("{}.contract.yaml", pipeline.id);
    put(&folder.join(file), &contract::written(pipeline))?;
    if arguments.handlers > 0 {
        let phases = &pipeline.phases[..arguments.handlers.min(pipeline.phases.len())];
        let text = handlers::written(pipeline, phases, arguments.handler_bytes);
        put(&folder.join("handlers.py"), &text)?;
    }
    Ok(())
}

fn put(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Makes this contract's share of the mistakes: at most one of a kind, each in the next
/// phase that allows it.
fn plant(
    arguments: &Arguments,
    number: usize,
    pipeline: &mut Pipeline,
    random: &mut Random,
) -> Vec<Value> {
    let before = arguments.mistakes * number / arguments.contracts;
    let share = arguments.mistakes * (number + 1) / arguments.contracts - before;
    let with_code = arguments.handlers >= arguments.phases;
    let mut planted = Vec::new();
    let mut phase = random.below(arguments.phases);
    let kinds = MISTAKES.iter().cycle().skip(before % MISTAKES.len()).take(MISTAKES.len());
    for mistake in kinds.filter(|mistake| with_code || !mistake.in_code) {
        for _ in 0..arguments.phases {
            if planted.len() == share {
                return planted;
            }
            phase = (phase + 1) % arguments.phases;
            if let Some(about) = (mistake.plant)(pipeline, phase) {
                planted.push(json!({
                    "rule": mistake.rule,
                    "pipeline": pipeline.id,
                    "phase": pipeline.phases[phase].name,
                    "about": about,
                }));
                break;
            }
        }
    }
    planted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(folder: &Path, mistakes: usize) -> (String, String, Option<String>) {
        let arguments = Arguments {
            contracts: 3,
            phases: 12,
            fields: 60,
            handlers: 12,
            handler_bytes: 8000,
            mistakes,
            out: folder.to_owned(),
            seed: 7,
        };
        run(&arguments).unwrap();
        let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap();
        let manifest = (mistakes > 0).then(|| read("mistakes.json"));
        (read("p0002/p0002.contract.yaml"), read("p0002/handlers.py"), manifest)
    }

    #[test]
    fn the_same_seed_gives_the_same_corpus() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [first, second] = folders.each_ref().map(|folder| written(folder.path(), 5));
        assert_eq!(first, second);
    }

    #[test]
    fn sizes_are_as_announced() {
        let folder = tempfile::tempdir().unwrap();
        let (contract, handlers, _) = written(folder.path(), 0);
        assert!((7000..8200).contains(&contract.len()), "{}", contract.len());
        assert!((7500..9000).contains(&handlers.len()), "{}", handlers.len());
        assert_eq!(handlers.matches("PhaseHandler(AbstractPhaseHandler)").count(), 12);
    }

    #[test]
    fn mistakes_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let (_, _, manifest) = written(folder.path(), 30);
        let manifest: Value = serde_json::from_str(&manifest.unwrap()).unwrap();
        assert_eq!(manifest["mistakes"].as_array().map(Vec::len), Some(30));
    }
}
