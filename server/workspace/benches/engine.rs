//! What the engine does over and over: reading a contract, reading a handler, taking in an edit.

use divan::{Bencher, black_box};
use facts::file::{lower_python, lower_yaml};
use settings::settings::Settings;
use workspace::check::Disk;
use workspace::engine::{Change, Engine};
use workspace::project::ProjectSettings;
use workspace::walk::{Found, walk};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A pipeline of real size: the contract, and the handler that most others rest on.
const CONTRACT: &str = include_str!("../../../fixtures/artisan/contracts/artisan.contract.yaml");
const HANDLER: &str = include_str!("../../../fixtures/artisan/artisan/handlers/plan.py");
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/artisan");

fn main() {
    divan::main();
}

/// A contract's text to its facts.
#[divan::bench]
fn lower_contract(bencher: Bencher<'_, '_>) {
    bencher
        .counter(divan::counter::BytesCount::of_str(CONTRACT))
        .bench(|| lower_yaml("artisan.contract.yaml", black_box(CONTRACT), None));
}

/// A handler's text to its facts.
#[divan::bench]
fn lower_handler(bencher: Bencher<'_, '_>) {
    bencher.counter(divan::counter::BytesCount::of_str(HANDLER)).bench(|| {
        let tree = syntax::python::parse(black_box(HANDLER), None);
        lower_python(HANDLER, &tree)
    });
}

/// A severity of the contract changed and taken back: two edits, text to findings.
#[divan::bench]
fn edit_contract(bencher: Bencher<'_, '_>) {
    let changed = CONTRACT.replacen("severity: warning", "severity: advisory", 1);
    edit(bencher, "contracts/artisan.contract.yaml", [&changed, CONTRACT]);
}

/// A field of the handler renamed and taken back: two edits, text to findings.
#[divan::bench]
fn edit_handler(bencher: Bencher<'_, '_>) {
    let changed = HANDLER.replacen("context[\"", "context[\"old_", 1);
    edit(bencher, "artisan/handlers/plan.py", [&changed, HANDLER]);
}

fn edit(bencher: Bencher<'_, '_>, path: &str, texts: [&str; 2]) {
    let disk = Disk { root: ROOT.into() };
    let walked = walk(&disk.root, &Settings::default());
    let mut engine = Engine::new(disk.root.clone(), ProjectSettings::default());
    let stored =
        walked.files.into_iter().map(|Found { path, excluded }| Change::Stored { path, excluded });
    engine.update(stored.collect(), &disk);
    bencher.bench_local(|| {
        for text in texts {
            let bytes = text.as_bytes().to_vec();
            engine
                .update(vec![Change::Present { path: path.into(), bytes, excluded: false }], &disk);
        }
    });
}
