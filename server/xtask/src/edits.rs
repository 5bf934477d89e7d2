//! What one edit costs: text to findings, by the engine that a check uses.
//!
//! Each edit gives the engine a whole new text of one file, as an editor does after a key was
//! pressed, and lasts until all findings are right again. Edits come in pairs, a change and its
//! undoing, so that the corpus stays what it is, and a file is opened, which is not an edit, before
//! some pairs in a row are made in it.

mod change;

pub(crate) use change::changed;
use change::typed;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use camino::{Utf8Path, Utf8PathBuf};
use workspace::check::Disk;
use workspace::engine::{Change, Engine};
use workspace::project::ProjectSettings;

use crate::random::Random;
use crate::report;

/// What to edit.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A corpus, as `xtask corpus` writes it.
    path: PathBuf,
    /// How many edits.
    #[arg(long, default_value_t = 5000)]
    edits: usize,
    /// How many contracts, with what stands beside them, make the small workspace that the whole
    /// is compared with.
    #[arg(long, default_value_t = 100)]
    small: usize,
    /// How many edits a file gets before the next one is opened.
    #[arg(long, default_value_t = 10)]
    in_a_row: usize,
    /// Type a line into a handler, key by key, so that most texts do not parse.
    #[arg(long)]
    typed: bool,
    /// Other edits for another seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let folders = folders(&arguments.path)?;
    ensure!(!folders.is_empty(), "{} is no corpus", arguments.path.display());
    let small = measured(arguments, &folders[..arguments.small.min(folders.len())])?;
    let all = measured(arguments, &folders)?;
    let ratio = quantile(&all, 50).as_secs_f64() / quantile(&small, 50).as_secs_f64();
    report::line(&format!("median of all over median of few: {ratio:.2}"));
    Ok(())
}

/// The corpus's folders, in order; each holds a contract and what belongs to it.
pub(crate) fn folders(corpus: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(corpus).with_context(|| format!("cannot read {}", corpus.display()))?;
    let mut folders: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    Ok(folders)
}

/// The times of all edits in a workspace of these folders, sorted; says how they lie.
fn measured(arguments: &Arguments, folders: &[PathBuf]) -> Result<Vec<Duration>> {
    let root = Utf8Path::from_path(&arguments.path).context("the path is no text")?.to_owned();
    let texts = texts(&root, folders)?;
    let disk = Disk { root: root.clone() };
    let mut engine = Engine::new(root, ProjectSettings::default());
    let stored = |path: &Utf8PathBuf| Change::Stored { path: path.clone(), excluded: false };
    engine.update(texts.keys().map(stored).collect(), &disk);
    let mut files: Vec<(&Utf8PathBuf, &String)> = texts.iter().collect();
    if arguments.typed {
        files.retain(|(_, text)| typed(text, &mut Random::new(arguments.seed)).is_some());
        ensure!(!files.is_empty(), "there is no handler to type into");
    }
    let mut random = Random::new(arguments.seed);
    let mut times = Vec::with_capacity(arguments.edits);
    while times.len() < arguments.edits {
        let (path, text) = files[random.below(files.len())];
        update(&mut engine, &disk, path, text);
        if arguments.typed {
            let texts = typed(text, &mut random).unwrap_or_default();
            times.extend(texts.iter().map(|text| update(&mut engine, &disk, path, text)));
            update(&mut engine, &disk, path, text);
            continue;
        }
        for _ in 0..arguments.in_a_row.div_ceil(2) {
            let Some(changed) = changed(text, &mut random) else {
                continue;
            };
            times.push(update(&mut engine, &disk, path, &changed));
            times.push(update(&mut engine, &disk, path, text));
        }
    }
    times.sort_unstable();
    let milliseconds = |percent| quantile(&times, percent).as_secs_f64() * 1000.0;
    report::line(&format!(
        "{} contracts, {} files, {} edits: median {:.3} ms, 99th percentile {:.3} ms, longest {:.3} ms",
        folders.len(),
        files.len(),
        times.len(),
        milliseconds(50),
        milliseconds(99),
        milliseconds(100),
    ));
    Ok(times)
}

/// Gives a file a new text, and says how long it took.
fn update(engine: &mut Engine, disk: &Disk, path: &Utf8Path, text: &str) -> Duration {
    let bytes = text.as_bytes().to_vec();
    let change = Change::Present { path: path.to_owned(), bytes, excluded: false };
    let start = Instant::now();
    engine.update(vec![change], disk);
    start.elapsed()
}

fn texts(root: &Utf8Path, folders: &[PathBuf]) -> Result<BTreeMap<Utf8PathBuf, String>> {
    let mut texts = BTreeMap::new();
    for folder in folders {
        for entry in std::fs::read_dir(folder)?.filter_map(Result::ok) {
            let path =
                Utf8PathBuf::from_path_buf(entry.path()).ok().context("a path is no text")?;
            let text = std::fs::read_to_string(&path)?;
            texts.insert(path.strip_prefix(root)?.to_owned(), text);
        }
    }
    Ok(texts)
}

/// The time that so many of a hundred edits stay within.
pub(crate) fn quantile(sorted: &[Duration], percent: usize) -> Duration {
    let index = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_of_the_sorted_times() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(quantile(&times, 50), Duration::from_millis(100));
        assert_eq!(quantile(&times, 99), Duration::from_millis(198));
        assert_eq!(quantile(&times, 100), Duration::from_millis(200));
        assert_eq!(quantile(&[], 50), Duration::ZERO);
    }
}
