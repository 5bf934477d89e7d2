//! The pieces of one drawing, put together.

use facts::frameworks::{
    self, Builder, Choice, Edge, Framework, Node, Origin, Saying, Step, Target,
};
use facts::places::{Anchor, FileId};
use facts::python::Constant;
use rustc_hash::{FxHashMap, FxHashSet};
use text::name::Name;

use super::action::{self, Runs, builders_of, is_parameter};
use super::handlers;
use super::{
    BuilderRef, Drawing, DrawnChoice, DrawnNode, DrawnWay, Given, Point, Schema, Seen, updates,
};
use crate::handler::FunctionRef;
use crate::keys::Key;
use crate::names::{Definition, Lookup};
use crate::summary::Summary;

/// How many nodes and ways one drawing may have.
const MOST_PIECES: usize = 5_000;

/// How many functions a builder may be handed on through.
const DEEPEST: usize = 8;

/// The workflow that a builder draws; none where it is no framework's.
pub(crate) fn assemble(lookup: &Lookup<'_>, builder: BuilderRef) -> Option<Drawing> {
    lookup.ask(Key::Builders(builder.file));
    let facts = lookup.module(builder.file)?.facts().builders.get(builder.index as usize)?;
    let Origin::Made { class, schemas, kept } = &facts.origin else { return None };
    let framework = framework_of(lookup, builder.file, class)?;
    let mut assembler =
        Assembler { lookup, framework, pieces: Pieces::default(), seen: FxHashSet::default() };
    let seen = assembler.seen_from(builder.file, facts.function);
    let schema = |named: Option<frameworks::Schema>| {
        named.map(|one| Schema::named(lookup, framework, builder.file, &one.class))
    };
    let state = schema(schemas.state);
    let input = schema(schemas.input).or_else(|| state.clone());
    let output = schema(schemas.output).or_else(|| state.clone());
    assembler.builder(builder, facts, seen, 0);
    if let Some(kept) = kept {
        assembler.kept(seen, *kept);
    }
    let at = Anchor { file: builder.file, local: facts.at };
    let schemas = [state, input, output].map(|one| one.unwrap_or_else(Schema::unknown));
    Some(assembler.finish(at, schemas))
}

/// The framework whose builder a class is, which is named in the module `file`.
pub(crate) fn framework_of(lookup: &Lookup<'_>, file: FileId, class: &[Name]) -> Option<Framework> {
    match lookup.resolve(file, class).definition {
        Definition::Outside(outside) => Framework::of_builder(outside.as_str()),
        _ => None,
    }
}

/// What steps say, before names are told apart.
#[derive(Default)]
struct Pieces {
    nodes: Vec<DrawnNode>,
    edges: Vec<(Vec<Named>, Named, Anchor)>,
    choices: Vec<RawChoice>,
    open: bool,
}

/// A node's name as it is said somewhere; none where it is not known.
type Named = (Option<Name>, Anchor);

struct RawChoice {
    from: Named,
    runs: Runs,
    router: Option<(Name, Summary)>,
    input: Option<Schema>,
    given: Given,
    ways: Option<Vec<(Named, Anchor)>>,
}

struct Assembler<'l, 'a> {
    lookup: &'l Lookup<'a>,
    framework: Framework,
    pieces: Pieces,
    seen: FxHashSet<BuilderRef>,
}

impl<'a> Assembler<'_, 'a> {
    /// Where a builder's code stands.
    fn seen_from(&self, file: FileId, function: Option<u32>) -> Seen {
        let function = function.map(|index| FunctionRef { file, index });
        let class = function.and_then(|function| {
            let name = self.lookup.function(function)?.class?;
            self.lookup.class_named(file, name)
        });
        Seen { file, class, function }
    }

    /// What other methods do with the builder that is kept in an attribute.
    fn kept(&mut self, seen: Seen, attribute: Name) {
        let Some(class) = seen.class else { return };
        let Some(module) = self.lookup.module(seen.file) else { return };
        for (index, builder) in (0..).zip(&module.facts().builders) {
            let is_it = matches!(builder.origin, Origin::SelfAttribute(name) if name == attribute);
            let other = self.seen_from(seen.file, builder.function);
            if is_it && other.class == Some(class) {
                let reference = BuilderRef { file: seen.file, index };
                self.builder(reference, builder, other, 0);
            }
        }
    }

    fn builder(&mut self, reference: BuilderRef, builder: &'a Builder, seen: Seen, depth: usize) {
        if !self.seen.insert(reference) || depth > DEEPEST {
            return;
        }
        for step in &builder.steps {
            let pieces = &self.pieces;
            if pieces.nodes.len() + pieces.edges.len() + pieces.choices.len() > MOST_PIECES {
                self.pieces.open = true;
                return;
            }
            match step {
                Step::Node(node) => self.node(seen, node),
                Step::Edge(edge) => self.edge(seen, edge),
                Step::Choice(choice) => self.choice(seen, choice),
                Step::Handed(callee, position) => self.handed(seen, callee, *position, depth),
                Step::Open => self.pieces.open = true,
            }
        }
    }

    /// What a function does with the builder that it is handed.
    fn handed(&mut self, seen: Seen, callee: &'a frameworks::Action, position: u32, depth: usize) {
        let Some((function, skipped)) = action::function(self.lookup, seen, callee) else {
            let is_outside = action::is_outside(self.lookup, seen, callee);
            self.pieces.open |= !is_outside;
            return;
        };
        let inner = self.seen_from(function.file, Some(function.index));
        for reference in builders_of(self.lookup, function.file, Some(function)) {
            let facts = self.lookup.module(function.file).map(|module| module.facts());
            let builder = facts.and_then(|facts| facts.builders.get(reference.index as usize));
            if let Some(builder) = builder
                && is_parameter(&builder.origin, skipped + position)
            {
                self.builder(reference, builder, inner, depth + 1);
            }
        }
    }

    fn node(&mut self, seen: Seen, node: &'a Node) {
        let runs = action::runs(self.lookup, self.framework, seen, &node.action);
        let given = self.given(runs);
        let name = match &node.name {
            Some(name) => self.name(seen.file, name),
            None => self.own_name(runs),
        };
        let at = Anchor { file: seen.file, local: node.at };
        let Some(name) = name else {
            self.pieces.open = true;
            return;
        };
        for target in &node.goes_to {
            let (to, at) = self.target(seen, target);
            self.pieces.edges.push((vec![(Some(name), at)], (to, at), at));
        }
        let explicit = node
            .input
            .map(|input| Schema::named(self.lookup, self.framework, seen.file, &input.class));
        let input = explicit.or_else(|| self.inferred(runs));
        let (lost, is_sent_to) = (Vec::new(), false);
        self.pieces.nodes.push(DrawnNode { name, at, runs, input, given, lost, is_sent_to });
    }

    /// What a node is called that is given no name.
    fn own_name(&self, runs: Runs) -> Option<Name> {
        match runs {
            Runs::Code(code) => Some(self.lookup.function(code.function)?.name),
            _ => None,
        }
    }

    /// The schema that the annotation of the parameter gives.
    fn inferred(&self, runs: Runs) -> Option<Schema> {
        let Runs::Code(code) = runs else { return None };
        let facts = self.lookup.function(code.function)?;
        let annotation = facts.parameters.get(code.state? as usize)?.annotation?;
        let meaning = self.lookup.resolve(code.function.file, &annotation);
        match meaning.definition {
            Definition::Class(_) => {}
            Definition::Outside(name) if self.framework.schema(name.as_str()).is_some() => {}
            // What it brings cannot be seen; `dict` and the like bring nothing.
            Definition::Outside(name) if is_plain(name) => return None,
            _ => return Some(Schema::unknown()),
        }
        let file = code.function.file;
        let schema = Schema::named(self.lookup, self.framework, file, &annotation);
        (!schema.channels.is_empty() || schema.open).then_some(schema)
    }

    fn given(&self, runs: Runs) -> Given {
        match runs {
            Runs::Code(code) => {
                let point = |at: Anchor, name: &'a Constant| self.name(at.file, name);
                updates::given(self.lookup, code, &point)
            }
            _ => Given::default(),
        }
    }

    fn edge(&mut self, seen: Seen, edge: &'a Edge) {
        let from = edge.from.iter().map(|target| self.target(seen, target)).collect();
        let to = self.target(seen, &edge.to);
        self.pieces.edges.push((from, to, to.1));
    }

    fn choice(&mut self, seen: Seen, choice: &'a Choice) {
        let runs = action::runs(self.lookup, self.framework, seen, &choice.router);
        let ways = choice.ways.as_ref().map(|ways| {
            let way = |way: &'a frameworks::Way| {
                let to = self.target(seen, &way.to);
                (to, to.1)
            };
            ways.iter().map(way).collect()
        });
        self.pieces.choices.push(RawChoice {
            from: self.target(seen, &choice.from),
            runs,
            router: handlers::router(self.lookup, runs),
            input: self.inferred(runs),
            given: self.given(runs),
            ways,
        });
    }

    fn target(&self, seen: Seen, target: &'a Target) -> Named {
        let at = Anchor { file: seen.file, local: target.at };
        (self.name(seen.file, &target.name), at)
    }

    /// The name of a node that a constant stands for.
    fn name(&self, file: FileId, constant: &'a Constant) -> Option<Name> {
        if let Constant::Name(dotted) = constant
            && let Definition::Outside(outside) = self.lookup.resolve(file, dotted).definition
        {
            return self.framework.point(outside.as_str()).map(Name::new);
        }
        self.lookup.text_of(file, constant)
    }

    fn finish(self, at: Anchor, [mut state, input, output]: [Schema; 3]) -> Drawing {
        let Assembler { framework, pieces, .. } = self;
        let Pieces { mut nodes, edges, choices, open } = pieces;
        state.extend(&input);
        state.extend(&output);
        for schema in nodes.iter().filter_map(|node| node.input.as_ref()) {
            state.extend(schema);
        }
        choices.iter().filter_map(|choice| choice.input.as_ref()).for_each(|one| state.extend(one));
        let mut ways = Ways::new(framework, &nodes);
        for (from, to, at) in &edges {
            let from = from.iter().map(|one| ways.point(*one)).collect();
            ways.add(from, *to, *at, false);
        }
        let mut drawn = Vec::new();
        for choice in choices {
            let from = ways.point(choice.from);
            ways.chosen(from, &choice);
            let RawChoice { runs, input, router, .. } = choice;
            drawn.push(DrawnChoice { from, runs, input, router });
        }
        for (index, node) in nodes.iter().enumerate() {
            ways.gone_to(index, &node.given);
        }
        let Ways { all, sent_to, sent_anywhere, .. } = ways;
        for (index, node) in nodes.iter_mut().enumerate() {
            node.is_sent_to = sent_anywhere || sent_to.contains(&index);
        }
        Drawing { framework, at, nodes, ways: all, choices: drawn, state, input, output, open }
    }
}

/// Types that say nothing of keys, by their last names.
const PLAIN_TYPES: [&str; 12] = [
    "dict",
    "Dict",
    "Any",
    "object",
    "list",
    "List",
    "str",
    "int",
    "Mapping",
    "MutableMapping",
    "Optional",
    "Union",
];

/// Whether an annotation of this class says nothing of keys.
fn is_plain(class: Name) -> bool {
    class.as_str().rsplit('.').next().is_some_and(|last| PLAIN_TYPES.contains(&last))
}

/// Ways between nodes, by their names.
struct Ways {
    ends: [Name; 2],
    by_name: FxHashMap<Name, usize>,
    all: Vec<DrawnWay>,
    sent_to: FxHashSet<usize>,
    /// Whether something may be sent to any node.
    sent_anywhere: bool,
}

impl Ways {
    fn new(framework: Framework, nodes: &[DrawnNode]) -> Ways {
        let mut by_name = FxHashMap::default();
        for (index, node) in nodes.iter().enumerate() {
            by_name.entry(node.name).or_insert(index);
        }
        Ways {
            ends: framework.ends().map(Name::new),
            by_name,
            all: Vec::new(),
            sent_to: FxHashSet::default(),
            sent_anywhere: false,
        }
    }

    fn point(&self, (name, at): Named) -> Point {
        match name {
            None => Point::Unknown,
            Some(name) if name == self.ends[0] => Point::Start,
            Some(name) if name == self.ends[1] => Point::End,
            Some(name) => {
                self.by_name.get(&name).map_or(Point::Nobody(name, at), |node| Point::Node(*node))
            }
        }
    }

    fn add(&mut self, from: Vec<Point>, to: Named, at: Anchor, is_choice: bool) {
        let to = self.point(to);
        self.all.push(DrawnWay { from, to, is_choice, at });
    }

    /// The ways that a router may choose.
    fn chosen(&mut self, from: Point, choice: &RawChoice) {
        self.note_sent(&choice.given);
        let to_unknown = (None, choice.from.1);
        match &choice.ways {
            Some(ways) => {
                for (to, at) in ways {
                    self.add(vec![from], *to, *at, true);
                }
            }
            None if choice.given.words.is_empty() => {
                self.add(vec![from], to_unknown, choice.from.1, true);
            }
            None => {
                for word in &choice.given.words {
                    self.add(vec![from], (word.name, word.at), word.at, true);
                }
            }
        }
    }

    /// The ways that a node goes by itself.
    fn gone_to(&mut self, node: usize, given: &Given) {
        self.note_sent(given);
        for word in given.words.iter().filter(|word| word.saying != Saying::Plain) {
            self.add(vec![Point::Node(node)], (word.name, word.at), word.at, true);
        }
    }

    fn note_sent(&mut self, given: &Given) {
        for word in given.words.iter().filter(|word| word.saying == Saying::Send) {
            match word.name.and_then(|name| self.by_name.get(&name)) {
                Some(node) => {
                    self.sent_to.insert(*node);
                }
                None => self.sent_anywhere |= word.name.is_none(),
            }
        }
    }
}
