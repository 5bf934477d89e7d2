//! One question of an editor: the sources it is asked of, and the pipelines that were built for it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use facts::places::{Anchor, FileId};
use graph::binding::Seat;
use graph::handler::ContractRef;
use graph::pipeline::Pipeline;
use graph::project::Graph;
use graph::sources::Sources;
use syntax::python::{Tree, definition_around, keys_before, parse};
use text::lines::LineTable;
use text::name::Name;
use text::span::Span;

use crate::place::Place;

/// How many pipelines are built to answer what is asked again with every movement of a cursor. A
/// function that everybody calls stands in all pipelines of a project.
pub(crate) const FEW_PIPELINES: usize = 8;

/// How many pipelines are built to answer what is asked for by name.
pub(crate) const MANY_PIPELINES: usize = 256;

/// The state of one question. Each pipeline is built once, however many parts of the answer need it.
pub(crate) struct Question<'s> {
    /// What is asked.
    pub(crate) sources: &'s dyn Sources,
    /// How many pipelines may be built for one access.
    pub(crate) most: usize,
    pipelines: RefCell<BTreeMap<ContractRef, Option<Rc<Pipeline>>>>,
    texts: RefCell<BTreeMap<FileId, Arc<str>>>,
    lines: RefCell<BTreeMap<FileId, LineTable>>,
    trees: RefCell<BTreeMap<FileId, Tree>>,
}

impl<'s> Question<'s> {
    /// A question for which up to `most` pipelines are looked at.
    pub(crate) fn new(sources: &'s dyn Sources, most: usize) -> Question<'s> {
        Question {
            sources,
            most,
            pipelines: RefCell::default(),
            texts: RefCell::default(),
            lines: RefCell::default(),
            trees: RefCell::default(),
        }
    }

    /// The graph.
    pub(crate) fn graph(&self) -> &'s Graph {
        self.sources.graph()
    }

    /// The pipeline of a contract; none where there is no such contract.
    pub(crate) fn pipeline(&self, contract: ContractRef) -> Option<Rc<Pipeline>> {
        if let Some(known) = self.pipelines.borrow().get(&contract) {
            return known.clone();
        }
        let built = self.graph().build(contract).map(|built| Rc::new(built.pipeline));
        self.pipelines.borrow_mut().insert(contract, built.clone());
        built
    }

    /// The text of a file. Those of files that nobody works on are packed, and opened once.
    pub(crate) fn text(&self, file: FileId) -> Arc<str> {
        let mut texts = self.texts.borrow_mut();
        Arc::clone(texts.entry(file).or_insert_with(|| self.sources.text(file)))
    }

    /// Where an anchor stands.
    pub(crate) fn place(&self, anchor: Anchor) -> Option<Place> {
        let span = self.sources.span(anchor)?;
        Some(Place { file: anchor.file, span })
    }

    /// What a pipeline is called, without building it.
    pub(crate) fn called(&self, contract: ContractRef) -> String {
        let id = self.graph().contract(contract).and_then(|facts| facts.pipeline());
        match id {
            Some(id) => format!("pipeline `{id}`"),
            None => format!("the pipeline in {}", self.sources.path(contract.file)),
        }
    }

    /// Where a contract has a phase.
    pub(crate) fn phase_key(&self, contract: ContractRef, phase: Name) -> Option<Place> {
        let declared = self.graph().propagation(contract)?.propagation()?;
        let declared = declared.phases.iter().find(|declared| declared.name.value == phase)?;
        self.place(contract.anchor(declared.name.at))
    }

    /// Where the phase of a handler stands: in the contract, or else where code names it.
    pub(crate) fn phase_place(&self, contract: ContractRef, seat: &Seat) -> Option<Place> {
        self.phase_key(contract, seat.phase).or_else(|| self.place(seat.phase_at))
    }

    /// The keys by which code leads to the key at a place, nearest first. Only files that handlers are
    /// in keep their tree; others are parsed once.
    pub(crate) fn keys_before(&self, key: Place) -> Vec<Span> {
        self.in_tree(key.file, |tree| keys_before(tree, key.span))
    }

    /// The class or function whose name an anchor is, as a whole.
    pub(crate) fn definition(&self, name: Anchor) -> Option<Span> {
        let place = self.place(name)?;
        let whole = self.in_tree(place.file, |tree| definition_around(tree, place.span));
        whole.or(Some(place.span))
    }

    /// What is found in the syntax tree of a Python file.
    pub(crate) fn in_tree<T>(&self, file: FileId, find: impl FnOnce(&Tree) -> T) -> T {
        if let Some(tree) = self.sources.python(file) {
            return find(tree);
        }
        let mut trees = self.trees.borrow_mut();
        find(trees.entry(file).or_insert_with(|| parse(&self.text(file), None)))
    }

    /// The line, from 0, on which a place begins.
    pub(crate) fn line(&self, place: Place) -> u32 {
        let mut lines = self.lines.borrow_mut();
        let table =
            lines.entry(place.file).or_insert_with(|| LineTable::new(&self.text(place.file)));
        table.line(place.span.start as usize)
    }
}
