//! Where the thing under the cursor comes from.
//!
//! A field that is read comes from its producers: what contracts promise, and the code that writes
//! it. In code, the contract's word for the phase comes first. From a promise the way goes on to the
//! code that keeps it, and from a phase in the contract to its handlers and back.

use contracts::path::{FieldPath, Relation};
use facts::file::parsed;
use facts::places::{Anchor, FileId};
use graph::handler::ContractRef;
use graph::pipeline::{Phase, Pipeline};
use graph::sources::Sources;
use text::name::Name;
use text::span::Span;

use crate::mention::{self, Mention, What};
use crate::named::{self, Thing};
use crate::place::{Cursor, Place};
use crate::question::{FEW_PIPELINES, Question};
use crate::target::{self, Symbol};

/// Where something comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Definition {
    /// The place that was asked about.
    pub origin: Span,
    /// Where it comes from, the nearest first.
    pub places: Vec<DefinitionPlace>,
}

/// One place of a definition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DefinitionPlace {
    /// The file.
    pub file: FileId,
    /// All that belongs to it, as an editor previews it.
    pub whole: Span,
    /// Its name.
    pub name: Span,
}

/// Where the thing at `cursor` comes from; none where nothing stands there or nobody knows.
#[must_use]
pub fn definition(sources: &dyn Sources, cursor: Cursor) -> Option<Definition> {
    let question = Question::new(sources, FEW_PIPELINES);
    let target = target::find(&question, cursor)?;
    let here = Place { file: cursor.file, span: target.span };
    let mut answer = Answer { question: &question, here, places: Vec::new() };
    for symbol in target.symbols.iter().take(FEW_PIPELINES) {
        match *symbol {
            Symbol::Field { pipeline, path } => answer.field(pipeline, path),
            Symbol::Phase { pipeline, name } => answer.phase(pipeline, name),
            Symbol::Pipeline(contract) => answer.pipeline(contract),
            Symbol::Thing(thing) => answer.thing(&thing),
            Symbol::Key(_) | Symbol::Rule(_) => {}
        }
    }
    (!answer.places.is_empty()).then_some(Definition { origin: target.span, places: answer.places })
}

/// The places found so far.
struct Answer<'q, 's> {
    question: &'q Question<'s>,
    /// What was asked about.
    here: Place,
    places: Vec<DefinitionPlace>,
}

impl Answer<'_, '_> {
    fn field(&mut self, contract: ContractRef, path: FieldPath) {
        let Some(pipeline) = self.question.pipeline(contract) else {
            return;
        };
        let mentions = mention::all(&pipeline);
        let same: Vec<&Mention<'_>> = mentions
            .iter()
            .filter(|mention| mention.path.relation(path) == Some(Relation::Same))
            .collect();
        let here: Vec<&Mention<'_>> = same
            .iter()
            .filter(|mention| {
                let is_in_file = mention.at.file == self.here.file;
                is_in_file && mention.place(self.question) == Some(self.here)
            })
            .copied()
            .collect();
        let before = self.places.len();
        if here.iter().any(|mention| mention.what.site().is_some()) {
            self.declared_by_phase(&pipeline, &here, &same);
        } else if here.iter().any(|mention| is_exit(mention)) {
            self.kept_by_code(&pipeline, &here, &same);
        }
        if self.places.len() == before {
            self.produced(&pipeline, &here, &same, &mentions, path);
        }
    }

    /// From code to what the contract says of the field in the same phase.
    fn declared_by_phase(
        &mut self,
        pipeline: &Pipeline,
        here: &[&Mention<'_>],
        same: &[&Mention<'_>],
    ) {
        for mention in same {
            let is_declared = matches!(mention.what, What::Declared(..));
            if is_declared && here.iter().any(|own| own.phase == mention.phase) {
                self.mention(pipeline, mention);
            }
        }
    }

    /// From a promise to the code that keeps it; to itself where nothing is seen to.
    fn kept_by_code(&mut self, pipeline: &Pipeline, here: &[&Mention<'_>], same: &[&Mention<'_>]) {
        let of_phase = |mention: &&&Mention<'_>| {
            here.iter().any(|exit| is_exit(exit) && exit.phase == mention.phase)
        };
        for mention in same.iter().filter(of_phase) {
            if matches!(mention.what, What::Write(_)) {
                self.mention(pipeline, mention);
            }
        }
        if self.places.is_empty() {
            here.iter().for_each(|mention| self.mention(pipeline, mention));
        }
    }

    /// To all that produces the field before; to what holds it where nothing does; to the entry
    /// itself where it is an input.
    fn produced(
        &mut self,
        pipeline: &Pipeline,
        here: &[&Mention<'_>],
        same: &[&Mention<'_>],
        mentions: &[Mention<'_>],
        path: FieldPath,
    ) {
        // What comes later is no source, where the phase is known.
        let latest = here.iter().filter_map(|mention| mention.phase).max();
        let is_source = |mention: &Mention<'_>| {
            let is_early = match (mention.phase, latest) {
                (Some(phase), Some(latest)) => phase < latest,
                _ => true,
            };
            mention.what.produces() && is_early
        };
        let mut found: Vec<&Mention<'_>> =
            same.iter().filter(|mention| is_source(mention)).copied().collect();
        if found.is_empty() {
            let holds = |mention: &&Mention<'_>| {
                mention.path.relation(path) == Some(Relation::Parent) && is_source(mention)
            };
            found = mentions.iter().filter(holds).collect();
        }
        if found.is_empty() {
            let starts: Vec<usize> = pipeline.start_phases().map(|phase| phase.index).collect();
            let is_input = |mention: &&&Mention<'_>| {
                matches!(mention.what, What::Declared(..))
                    && mention.phase.is_some_and(|phase| starts.contains(&phase))
            };
            found = same.iter().filter(is_input).copied().collect();
        }
        if found.is_empty() {
            found = same.iter().filter(|mention| mention.what.produces()).copied().collect();
        }
        found.into_iter().for_each(|mention| self.mention(pipeline, mention));
    }

    fn mention(&mut self, pipeline: &Pipeline, mention: &Mention<'_>) {
        let Some(name) = mention.place(self.question) else {
            return;
        };
        let whole = match mention.what {
            What::Declared(field, _) => pipeline.anchor(field.at),
            _ => mention.at,
        };
        self.add_anchored(whole, name);
    }

    /// From a phase's key to its handlers, from `source_phase` to what that phase does to the field,
    /// and from everywhere else to the key.
    fn phase(&mut self, contract: ContractRef, name: Name) {
        let Some(pipeline) = self.question.pipeline(contract) else {
            return;
        };
        let Some(phase) = pipeline.phase(name) else {
            return;
        };
        if self.source(&pipeline, phase) {
            return;
        }
        let declared = pipeline.declared(phase);
        let key = self.question.place(pipeline.anchor(declared.name.at));
        if key == Some(self.here) {
            for handler in &phase.handlers {
                if let Some(place) = self.question.place(handler.at) {
                    self.add_anchored(handler.at, place);
                }
            }
        }
        if let Some(key) = key.filter(|key| *key != self.here || phase.handlers.is_empty()) {
            self.add_anchored(pipeline.anchor(declared.at), key);
        }
    }

    /// Whether a field names `source` here, and that phase produces the field.
    fn source(&mut self, pipeline: &Pipeline, source: &Phase) -> bool {
        let fields = pipeline.phases.iter().flat_map(|phase| pipeline.declared(phase).all_fields());
        let is_here = |at| self.question.place(pipeline.anchor(at)) == Some(self.here);
        let named = fields
            .map(|(_, field)| field)
            .find(|field| field.source_phase.is_some_and(|named| is_here(named.at)));
        let Some(field) = named else {
            return false;
        };
        let before = self.places.len();
        for mention in mention::all(pipeline) {
            let same = mention.path.relation(field.path.value) == Some(Relation::Same);
            if same && mention.phase == Some(source.index) && mention.what.produces() {
                self.mention(pipeline, &mention);
            }
        }
        self.places.len() > before
    }

    fn pipeline(&mut self, contract: ContractRef) {
        let Some(pipeline) = self.question.pipeline(contract) else {
            return;
        };
        if let Some(id) = pipeline.facts.document.pipeline_id {
            let anchor = pipeline.anchor(id.at);
            if let Some(place) = self.question.place(anchor) {
                self.add_anchored(anchor, place);
            }
        }
    }

    /// To where the name is given.
    fn thing(&mut self, thing: &Thing) {
        let graph = self.question.graph();
        for found in named::uses(graph, thing).iter().filter(|found| found.defines()) {
            let Some(name) = self.question.place(found.at()) else { continue };
            let text = self.question.text(name.file);
            let yaml = parsed(self.question.sources.path(name.file).as_str(), &text);
            let whole = named::whole(&yaml, found.named.at);
            self.add(Place { span: whole, ..name }, name);
        }
    }

    fn add_anchored(&mut self, whole: Anchor, name: Place) {
        self.add(self.question.place(whole).unwrap_or(name), name);
    }

    fn add(&mut self, whole: Place, name: Place) {
        // A mapping ends with its last item; the name lies in it wherever it was written as such.
        let is_near = whole.file == name.file;
        let whole = if is_near { whole.span.cover(name.span) } else { name.span };
        let place = DefinitionPlace { file: name.file, whole, name: name.span };
        if !self.places.contains(&place) {
            self.places.push(place);
        }
    }
}

fn is_exit(mention: &Mention<'_>) -> bool {
    matches!(mention.what, What::Declared(_, boundary) if !boundary.is_entry())
}
