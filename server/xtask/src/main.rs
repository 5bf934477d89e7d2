//! Chores of the repository: checks of the house rules, generated pages, corpora to measure with.

mod bare;
mod corpus;
mod drawings;
mod editor;
mod edits;
mod generate;
mod kinds;
mod layers;
mod mutants;
mod random;
mod report;
mod repository;
mod tidy;

use std::process::ExitCode;

use clap::Parser;

/// The floor that checks are measured against stands on the checker's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Chores of the repository.
#[derive(Parser)]
#[command(name = "xtask")]
enum Command {
    /// Hold files against the house rules.
    Tidy,
    /// Hold the crates' dependencies against the table of docs/architecture.md.
    Layers,
    /// Write the pages that are made from the sources.
    Generate(generate::Arguments),
    /// Say what it costs to check contracts of each kind, beside those of the propagation kind.
    Kinds(kinds::Arguments),
    /// Write a corpus of contracts and handlers to measure with.
    Corpus(corpus::Arguments),
    /// Read and parse what a check would, keep nothing, and say how long it took.
    Bare(bare::Arguments),
    /// Edit the files of a corpus one by one, and say how long the engine took over each edit.
    Edits(edits::Arguments),
    /// Make mistakes in clean projects, and see whether they are found.
    Mutants(mutants::Arguments),
    /// Say how much of the workflows that code draws is tied to code.
    Drawings(drawings::Arguments),
    /// Be an editor with a corpus as its workspace, and say how long the server took.
    Editor(editor::Arguments),
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Tidy => report::problems(&tidy::check(&repository::root())),
        Command::Layers => report::problems(&layers::check(&repository::root())),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Kinds(arguments) => kinds::run(&arguments),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::Bare(arguments) => bare::run(&arguments),
        Command::Edits(arguments) => edits::run(&arguments),
        Command::Mutants(arguments) => mutants::run(&arguments),
        Command::Drawings(arguments) => drawings::run(&arguments),
        Command::Editor(arguments) => editor::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
