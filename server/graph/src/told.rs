//! What code tells run-time checkers by name: `guard.phase("implement", context)`.
//!
//! A phase so named is one of the nearest contract that has it, as for handlers; what stands beside it
//! in the call belongs to the same pipeline.

use camino::Utf8Path;
use contracts::schema::Sort;
use facts::places::{Anchor, FileId};
use facts::python::provenance::CheckerCall;
use text::name::Name;

use crate::files::is_test;
use crate::handler::ContractRef;
use crate::project::Graph;

/// A name of a contract in a call.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    /// What is named. [`Sort::Pipeline`] stands for the path of a contract's file.
    pub sort: Sort,
    /// The name.
    pub name: Name,
    /// Where the literal stands.
    pub at: Anchor,
    /// The method or function that is called.
    pub method: &'static str,
    /// The propagation contracts that may be meant, by path.
    pub contracts: Vec<ContractRef>,
    /// Whether it stands in a test, which names what is not there on purpose.
    pub in_test: bool,
}

impl Graph {
    /// All names that code tells checkers, by path.
    pub fn told(&self) -> impl Iterator<Item = Told> {
        let mut files: Vec<FileId> = self.telling.iter().copied().collect();
        files.sort_unstable_by_key(|file| self.files.path(*file));
        files.into_iter().flat_map(|file| self.told_in(file))
    }

    /// The names that the code of a file tells checkers, function by function.
    #[must_use]
    pub fn told_in(&self, file: FileId) -> Vec<Told> {
        let calls = calls(self, file);
        calls.iter().flat_map(|call| self.told_by(file, call)).collect()
    }

    fn told_by(&self, file: FileId, call: &CheckerCall) -> Vec<Told> {
        let path = self.files.path(file);
        let phase = call.names.iter().find(|named| named.sort == Sort::Phase);
        let of_phase = phase.map_or_else(Vec::new, |phase| {
            self.binding.contracts_with_phase(phase.name, Name::new(path.as_str()))
        });
        let in_test = is_test(path) && !self.settings().python.check_tests;
        let told = call.names.iter().map(|named| Told {
            sort: named.sort,
            name: named.name,
            at: Anchor { file, local: named.at },
            method: call.method,
            contracts: match named.sort {
                Sort::Pipeline => self.contracts_at(path, named.name.as_str()),
                _ => of_phase.clone(),
            },
            in_test,
        });
        told.collect()
    }

    /// The propagation contracts in the file that code at `from` calls `path`: from its own folder, or
    /// from one above.
    fn contracts_at(&self, from: &Utf8Path, path: &str) -> Vec<ContractRef> {
        let wanted = path.trim_start_matches("./").trim_start_matches("../");
        let file = from.ancestors().skip(1).find_map(|folder| {
            let file = self.files.at(folder.join(wanted).as_str())?;
            self.files.get(file).is_some_and(|known| !known.contracts.is_empty()).then_some(file)
        });
        let indexes = file.map_or(0..0, |file| {
            let count = self.files.get(file).map_or(0, |known| known.contracts.len());
            0..u32::try_from(count).unwrap_or(0)
        });
        let contracts = file
            .into_iter()
            .flat_map(|file| indexes.clone().map(move |index| ContractRef { file, index }));
        contracts.filter(|contract| self.propagation(*contract).is_some()).collect()
    }

    /// The propagation contracts that a phase named at `path` may be of, by path.
    #[must_use]
    pub fn contracts_with_phase(&self, phase: Name, path: Name) -> Vec<ContractRef> {
        self.binding.contracts_with_phase(phase, path)
    }

    /// The propagation contracts that are nearest to `path`, by path: in its folder, in the folders
    /// above, or else anywhere.
    #[must_use]
    pub fn contracts_near(&self, path: Name) -> Vec<ContractRef> {
        self.binding.contracts_near(path)
    }

    /// The names of all phases that contracts declare, sorted.
    #[must_use]
    pub fn phase_names(&self) -> Vec<Name> {
        self.binding.phase_names()
    }

    /// Notes whether a file tells checkers anything; whether it does or did.
    pub(crate) fn note_telling(&mut self, file: FileId) -> bool {
        match calls(self, file).is_empty() {
            true => self.telling.remove(&file),
            false => {
                self.telling.insert(file);
                true
            }
        }
    }
}

fn calls(graph: &Graph, file: FileId) -> &[CheckerCall] {
    let module = graph.files.get(file).and_then(|known| known.module.as_ref());
    module.map_or(&[], |module| &module.facts().checker_calls)
}
