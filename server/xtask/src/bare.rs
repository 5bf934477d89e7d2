//! The floor under every check: the same files, read and parsed by the same parsers, nothing kept.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use rayon::prelude::*;
use saphyr_parser::{Parser, StrInput};

use crate::report;

/// What to read.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder to walk.
    path: PathBuf,
    /// Threads; as many as the machine has, if not said.
    #[arg(long)]
    threads: Option<usize>,
    /// How often to do it; every run is printed.
    #[arg(long, default_value_t = 1)]
    runs: usize,
}

/// What was met.
#[derive(Clone, Copy, Default)]
struct Counts {
    files: usize,
    bytes: usize,
    /// Events of YAML.
    events: usize,
    /// Nodes of Python.
    nodes: usize,
}

impl Counts {
    fn plus(self, other: Counts) -> Counts {
        Counts {
            files: self.files + other.files,
            bytes: self.bytes + other.bytes,
            events: self.events + other.events,
            nodes: self.nodes + other.nodes,
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let threads = arguments.threads.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    for _ in 0..arguments.runs.max(1) {
        let start = Instant::now();
        let counts = pool.install(|| read_all(&arguments.path))?;
        let wall = start.elapsed();
        report::line(&format!(
            "{:.1} ms: {} files, {} bytes, {} YAML events, {} Python nodes, {} threads",
            wall.as_secs_f64() * 1000.0,
            counts.files,
            counts.bytes,
            counts.events,
            counts.nodes,
            pool.current_num_threads(),
        ));
    }
    Ok(())
}

fn read_all(folder: &Path) -> Result<Counts> {
    let files: Vec<PathBuf> = ignore::WalkBuilder::new(folder)
        .build()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(ignore::DirEntry::into_path)
        .filter(|path| language(path).is_some())
        .collect();
    files
        .par_iter()
        .map_init(python_parser, |python, path| read(path, python.as_mut()))
        .try_reduce(Counts::default, |left, right| Ok(left.plus(right)))
}

#[derive(Clone, Copy)]
enum Language {
    Yaml,
    Python,
}

fn language(path: &Path) -> Option<Language> {
    match path.extension()?.to_str()? {
        "yaml" | "yml" => Some(Language::Yaml),
        "py" | "pyi" => Some(Language::Python),
        _ => None,
    }
}

fn python_parser() -> Option<tree_sitter::Parser> {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_python::LANGUAGE.into()).ok()?;
    Some(parser)
}

fn read(path: &Path, python: Option<&mut tree_sitter::Parser>) -> Result<Counts> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut counts = Counts { files: 1, bytes: bytes.len(), ..Counts::default() };
    let Ok(text) = String::from_utf8(bytes) else {
        return Ok(counts);
    };
    match language(path) {
        Some(Language::Yaml) => {
            let mut parser = Parser::new(StrInput::new(&text));
            while let Some(Ok(_)) = parser.next_event() {
                counts.events += 1;
            }
        }
        Some(Language::Python) => {
            let tree = python.and_then(|parser| parser.parse(&text, None));
            counts.nodes = tree.map_or(0, |tree| tree.root_node().descendant_count());
        }
        None => {}
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.yaml"), "a: 1\n").unwrap();
        std::fs::write(folder.path().join("b.py"), "b = 1\n").unwrap();
        std::fs::write(folder.path().join("c.txt"), "c").unwrap();
        let counts = read_all(folder.path()).unwrap();
        assert_eq!((counts.files, counts.bytes), (2, 11));
        assert!(counts.events > 4 && counts.nodes > 3);
    }
}
