//! Which pipelines a handler belongs to.
//!
//! Everything is found by index: a contract by the phase it declares and the folder it lies in, a
//! handler by the phase it wants. A change settles anew only the handlers it can concern.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use facts::places::{Anchor, FileId};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use text::name::Name;

use crate::discovery::{Discovered, FoundHandler, FoundRegistration};
use crate::files::{folder_of, is_test};
use crate::handler::{ClassRef, Code, ContractRef};
use places::{Claims, Located, Nearest, Places};

mod places;
mod settle;

/// A handler's place in a pipeline.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Seat {
    /// The path of the handler's file, by which seats are ordered.
    pub path: Name,
    /// The handler.
    pub code: Code,
    /// The phase.
    pub phase: Name,
    /// Where the phase is named.
    pub phase_at: Anchor,
}

/// A handler that several contracts claim equally.
#[derive(Clone, PartialEq, Debug)]
pub struct Ambiguous {
    /// The place of the handler's name.
    pub at: Anchor,
    /// The phase.
    pub phase: Name,
    /// Contracts that claim it, by path: the first few.
    pub candidates: Vec<ContractRef>,
    /// How many there are in all.
    pub count: usize,
}

/// How many candidates of an ambiguity are listed.
const LISTED_CANDIDATES: usize = 8;

/// What binding knows of a contract.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Declared {
    /// The path of its file.
    pub(crate) path: Name,
    /// Its id.
    pub(crate) id: Option<Name>,
    /// Its phases, sorted.
    pub(crate) phases: Vec<Name>,
}

/// Handlers and contracts, and which belong together.
#[derive(Debug, Default)]
pub(crate) struct Binding {
    contracts: FxHashMap<ContractRef, Declared>,
    by_phase: FxHashMap<Name, Places>,
    by_id: FxHashMap<Name, Places>,
    by_file: FxHashMap<Name, Places>,
    files: FxHashMap<FileId, Known>,
    registered: FxHashMap<ClassRef, BTreeSet<Registered>>,
    /// Who has to be settled anew when the contracts with a phase or an id change.
    wanting: FxHashMap<Wish, BTreeSet<Code>>,
    settled: FxHashMap<Code, Settled>,
    seats: FxHashMap<ContractRef, BTreeSet<Seat>>,
    ambiguous: BTreeMap<(Name, Code, Name), Anchor>,
    dirty: BTreeSet<Code>,
    /// What the contracts of some folder newly give, or no longer.
    dirty_wishes: Vec<(Wish, Name)>,
}

/// A Python file with something in it.
#[derive(Debug)]
struct Known {
    path: Name,
    is_test: bool,
    found: Discovered,
}

/// Where a class is registered: the path and number of the file, and which of its registrations.
type Registered = (Name, FileId, usize);

/// What a handler's binding depends on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum Wish {
    Phase(Name),
    Id(Name),
    File(Name),
}

impl Wish {
    fn name(self) -> Name {
        match self {
            Wish::Phase(name) | Wish::Id(name) | Wish::File(name) => name,
        }
    }
}

impl Declared {
    /// The wishes that the contract answers.
    fn wishes(&self) -> impl Iterator<Item = Wish> + '_ {
        let phases = self.phases.iter().map(|phase| Wish::Phase(*phase));
        phases.chain(self.id.map(Wish::Id)).chain([Wish::File(self.file_name())])
    }

    fn has(&self, wish: Wish) -> bool {
        match wish {
            Wish::Phase(phase) => self.phases.binary_search(&phase).is_ok(),
            Wish::Id(id) => self.id == Some(id),
            Wish::File(name) => self.file_name() == name,
        }
    }

    fn file_name(&self) -> Name {
        Name::new(Utf8Path::new(self.path.as_str()).file_name().unwrap_or(""))
    }
}

/// What was decided about a handler.
#[derive(Clone, PartialEq, Debug, Default)]
struct Settled {
    wishes: SmallVec<[Wish; 1]>,
    seats: SmallVec<[(ContractRef, Seat); 1]>,
    ambiguous: Vec<(Name, Code, Name)>,
}

/// What changed when handlers were settled.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    /// Contracts whose handlers are others now.
    pub(crate) contracts: Vec<ContractRef>,
    /// Whether ambiguities are others now.
    pub(crate) ambiguous: bool,
}

impl Binding {
    /// Sets what a contract declares; none removes it.
    pub(crate) fn set_contract(&mut self, contract: ContractRef, declared: Option<Declared>) {
        if self.contracts.get(&contract) == declared.as_ref() {
            return;
        }
        let old = self.contracts.remove(&contract);
        let moved = old.as_ref().map(|old| old.path) != declared.as_ref().map(|new| new.path);
        for (before, after) in [(&old, &declared), (&declared, &old)] {
            let Some(before) = before else { continue };
            let folder = Name::new(folder_of(before.path.as_str()));
            let stays = |wish: &Wish| !moved && after.as_ref().is_some_and(|one| one.has(*wish));
            let changed = before.wishes().filter(|wish| !stays(wish));
            self.dirty_wishes.extend(changed.map(|wish| (wish, folder)));
        }
        if let Some(old) = old {
            let located = (old.path, contract);
            old.wishes().for_each(|wish| remove(self.places_mut(wish), wish.name(), located));
        }
        if let Some(new) = declared {
            let located = (new.path, contract);
            for wish in new.wishes() {
                self.places_mut(wish).entry(wish.name()).or_default().insert(located);
            }
            self.contracts.insert(contract, new);
        }
    }

    fn places_mut(&mut self, wish: Wish) -> &mut FxHashMap<Name, Places> {
        match wish {
            Wish::Phase(_) => &mut self.by_phase,
            Wish::Id(_) => &mut self.by_id,
            Wish::File(_) => &mut self.by_file,
        }
    }

    /// Sets what was discovered in a file.
    pub(crate) fn set_discovered(&mut self, file: FileId, path: Name, found: Discovered) {
        let same = self.files.get(&file).map_or_else(
            || found == Discovered::default(),
            |known| known.found == found && known.path == path,
        );
        if same {
            return;
        }
        self.unregister(file);
        self.dirty.extend(found.handlers.iter().map(|handler| handler.code));
        for (index, registration) in found.registrations.iter().enumerate() {
            self.dirty.insert(Code::Class(registration.class));
            let known = self.registered.entry(registration.class).or_default();
            known.insert((path, file, index));
        }
        if found != Discovered::default() {
            let is_test = is_test(Utf8Path::new(path.as_str()));
            self.files.insert(file, Known { path, is_test, found });
        }
    }

    /// Takes out what a file had; whom that may concern is dirty.
    fn unregister(&mut self, file: FileId) {
        let Some(old) = self.files.remove(&file) else {
            return;
        };
        self.dirty.extend(old.found.handlers.iter().map(|handler| handler.code));
        for (index, registration) in old.found.registrations.iter().enumerate() {
            self.dirty.insert(Code::Class(registration.class));
            if let Some(known) = self.registered.get_mut(&registration.class) {
                known.remove(&(old.path, file, index));
                if known.is_empty() {
                    self.registered.remove(&registration.class);
                }
            }
        }
    }

    /// The handlers of a pipeline, in a fixed order.
    pub(crate) fn seats(&self, contract: ContractRef) -> impl Iterator<Item = &Seat> {
        self.seats.get(&contract).into_iter().flatten()
    }

    /// The pipelines and phases of a handler.
    pub(crate) fn seats_of(&self, code: Code) -> &[(ContractRef, Seat)] {
        self.settled.get(&code).map_or(&[], |settled| &settled.seats)
    }

    /// The contracts with this id, by path.
    pub(crate) fn contracts_named(&self, id: Name) -> impl Iterator<Item = ContractRef> {
        self.by_id.get(&id).into_iter().flat_map(Places::iter)
    }

    /// The contracts that a phase named at `path` may be of: the nearest that have it, by path.
    pub(crate) fn contracts_with_phase(&self, phase: Name, path: Name) -> Vec<ContractRef> {
        match self.nearest_by_phase(phase, path) {
            Nearest::None => Vec::new(),
            Nearest::One(contract) => vec![contract],
            Nearest::Many(claims) => claims.iter().collect(),
        }
    }

    /// The contracts that are nearest to `path`, by path.
    pub(crate) fn contracts_near(&self, path: Name) -> Vec<ContractRef> {
        let mut all: Vec<(Name, ContractRef)> =
            self.contracts.iter().map(|(contract, declared)| (declared.path, *contract)).collect();
        all.sort_unstable();
        let in_folder = |folder: &str| -> Vec<ContractRef> {
            let here = all.iter().filter(|(path, _)| folder_of(path.as_str()) == folder);
            here.map(|(_, contract)| *contract).collect()
        };
        let mut folder = folder_of(path.as_str());
        loop {
            let here = in_folder(folder);
            if !here.is_empty() {
                return here;
            }
            if folder.is_empty() {
                return all.into_iter().map(|(_, contract)| contract).collect();
            }
            folder = folder_of(folder);
        }
    }

    /// The names of all phases that contracts declare, sorted.
    pub(crate) fn phase_names(&self) -> Vec<Name> {
        let mut names: Vec<Name> = self.by_phase.keys().copied().collect();
        names.sort_unstable();
        names
    }

    /// What a contract declares.
    pub(crate) fn declared(&self, contract: ContractRef) -> Option<&Declared> {
        self.contracts.get(&contract)
    }

    /// The contract with this id that is nearest to `path`; none where several are equally near.
    pub(crate) fn nearest(&self, id: Name, path: Name) -> Option<ContractRef> {
        match self.nearest_by_id(id, path) {
            Nearest::One(contract) => Some(contract),
            Nearest::Many(_) | Nearest::None => None,
        }
    }

    /// What discovery found in a file.
    pub(crate) fn discovered(&self, file: FileId) -> Option<&Discovered> {
        self.files.get(&file).map(|known| &known.found)
    }

    /// What discovery found of one handler.
    pub(crate) fn handler(&self, code: Code) -> Option<&FoundHandler> {
        let handlers = &self.files.get(&code.file())?.found.handlers;
        // Classes come before functions, each in the order of the file, and so they are sorted.
        let index = handlers.binary_search_by_key(&code, |handler| handler.code).ok()?;
        handlers.get(index)
    }

    /// Handlers that several contracts claim equally, by path.
    pub(crate) fn ambiguous(&self) -> impl Iterator<Item = Ambiguous> {
        self.ambiguous.iter().filter_map(|((path, code, phase), at)| {
            let handler = self.handler(*code)?;
            let claims = self.claims(handler, *path, *phase)?;
            Some(Ambiguous {
                at: *at,
                phase: *phase,
                candidates: claims.iter().take(LISTED_CANDIDATES).collect(),
                count: claims.len(),
            })
        })
    }

    /// The contracts that an attribute or the settings name for a handler: the nearest of each name.
    fn named(&self, handler: &FoundHandler, path: Name) -> impl Iterator<Item = Nearest<'_>> {
        let by_file = handler.contract.map(|file| nearest(&self.by_file, file, path));
        // Whoever names a file means no other.
        let ids = if by_file.is_some() { &[][..] } else { &handler.pipelines };
        let by_id: Vec<Nearest<'_>> = ids.iter().map(|id| self.nearest_by_id(*id, path)).collect();
        by_file.into_iter().chain(by_id)
    }

    fn claims(&self, handler: &FoundHandler, path: Name, phase: Name) -> Option<Claims<'_>> {
        let by_phase = std::iter::once_with(|| self.nearest_by_phase(phase, path))
            .filter(|_| !handler.names_contracts());
        self.named(handler, path).chain(by_phase).find_map(|nearest| match nearest {
            Nearest::Many(claims) => Some(claims),
            _ => None,
        })
    }

    /// Whether any contract may be the handler's for this phase.
    fn claimed(&self, handler: &FoundHandler, path: Name, phase: Name) -> bool {
        // Even where there is no such file, somebody has one in mind.
        handler.contract.is_some()
            || self
                .named(handler, path)
                .chain([self.nearest_by_phase(phase, path)])
                .any(|nearest| !matches!(nearest, Nearest::None))
    }

    /// The registrations of a group, in their order.
    pub(crate) fn registrations(
        &self,
        group: ContractRef,
    ) -> impl Iterator<Item = &FoundRegistration> {
        let known = self.files.get(&group.file);
        let all = known.into_iter().flat_map(|known| &known.found.registrations);
        all.filter(move |registration| registration.group == group.index)
    }

    fn nearest_by_phase(&self, phase: Name, path: Name) -> Nearest<'_> {
        nearest(&self.by_phase, phase, path)
    }

    fn nearest_by_id(&self, id: Name, path: Name) -> Nearest<'_> {
        nearest(&self.by_id, id, path)
    }

    fn registration(&self, registered: &Registered) -> Option<&FoundRegistration> {
        let (_, file, index) = registered;
        self.files.get(file)?.found.registrations.get(*index)
    }
}

fn nearest(places: &FxHashMap<Name, Places>, name: Name, path: Name) -> Nearest<'_> {
    let folder = folder_of(path.as_str());
    places.get(&name).map_or(Nearest::None, |places| places.nearest(folder))
}

fn remove(places: &mut FxHashMap<Name, Places>, name: Name, contract: Located) {
    let is_empty = places.get_mut(&name).is_some_and(|known| known.remove(contract));
    if is_empty {
        places.remove(&name);
    }
}
