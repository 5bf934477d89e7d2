//! The methods of a builder that draw.

use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

use super::expressions::text_constant;
use super::reader::{Reader, items};
use super::{END, START};
use crate::frameworks::{Action, Choice, Edge, Node as Added, Schema, Schemas, Step, Target, Way};
use crate::python::Constant;
use crate::python::constants::bare_name;

/// How deep an action is followed.
const DEEPEST: usize = 12;

/// The arguments of a call.
struct Arguments<'c> {
    positional: Vec<Node<'c>>,
    keyword: Vec<(&'c str, Node<'c>)>,
    /// Whether some are unpacked.
    open: bool,
}

impl<'c> Arguments<'c> {
    fn of(call: Node<'c>) -> Arguments<'c> {
        let mut arguments = Arguments { positional: Vec::new(), keyword: Vec::new(), open: false };
        for argument in call.child(Field::Arguments).into_iter().flat_map(Node::children) {
            match (argument.kind(), argument.child(Field::Name), argument.child(Field::Value)) {
                (Kind::KeywordArgument, Some(name), Some(value)) => {
                    arguments.keyword.push((name.text(), value));
                }
                (Kind::ListSplat | Kind::DictionarySplat, ..) => arguments.open = true,
                _ => arguments.positional.push(argument),
            }
        }
        arguments
    }

    /// The argument at a position, or by one of its names.
    fn get(&self, position: usize, names: &[&str]) -> Option<Node<'c>> {
        let named = self.keyword.iter().find(|(name, _)| names.contains(name));
        named.map(|(_, value)| *value).or_else(|| self.positional.get(position).copied())
    }

    fn keyword(&self, names: &[&str]) -> Option<Node<'c>> {
        self.get(usize::MAX, names)
    }
}

impl<'c> Reader<'_, 'c> {
    /// Notes what one call draws.
    pub(super) fn draw(&mut self, builder: usize, method: &str, call: Node<'c>) {
        let arguments = Arguments::of(call);
        let step = if arguments.open {
            None
        } else {
            match method {
                "add_node" => self.added_node(&arguments),
                "add_edge" => self.edge(&arguments),
                "add_conditional_edges" => self.choice(&arguments),
                "set_entry_point" => self.entry(call, &arguments),
                "set_finish_point" => self.finish_point(call, &arguments),
                "set_conditional_entry_point" => self.first_choice(call, &arguments),
                _ => return self.sequence(builder, &arguments),
            }
        };
        self.step(builder, step.unwrap_or(Step::Open));
    }

    /// The schemas that the constructor is given.
    pub(super) fn schemas(&mut self, call: Node<'c>) -> Schemas {
        let arguments = Arguments::of(call);
        let mut schema = |node: Option<Node<'c>>| self.schema(node?);
        Schemas {
            state: schema(arguments.get(0, &["state_schema"])),
            input: schema(arguments.keyword(&["input_schema", "input"])),
            output: schema(arguments.keyword(&["output_schema", "output"])),
        }
    }

    fn schema(&mut self, node: Node<'c>) -> Option<Schema> {
        let class = bare_name(self.settled(node, DEEPEST)?)?;
        Some(Schema { class, at: self.anchor(node) })
    }

    fn added_node(&mut self, arguments: &Arguments<'c>) -> Option<Step> {
        let first = arguments.get(0, &["node"])?;
        let action = arguments.get(1, &["action"]);
        let (name, action) = match action {
            Some(action) => (Some(self.constant(first)), self.action(action, DEEPEST)),
            None => (None, self.action(first, DEEPEST)),
        };
        let input = arguments.keyword(&["input_schema", "input"]);
        let input = input.and_then(|input| self.schema(input));
        let destinations = arguments.keyword(&["destinations"]);
        let goes_to = destinations.and_then(|node| self.targets(node)).unwrap_or_default();
        let at = self.anchor(first);
        Some(Step::Node(Added { name, action, input, goes_to: goes_to.into(), at }))
    }

    fn edge(&mut self, arguments: &Arguments<'c>) -> Option<Step> {
        let from = arguments.get(0, &["start_key"])?;
        let to = arguments.get(1, &["end_key"])?;
        let from = match self.settled(from, DEEPEST).and_then(items) {
            Some(all) => all.into_iter().map(|one| self.target(one)).collect(),
            None => vec![self.target(from)],
        };
        Some(Step::Edge(Edge { from: from.into(), to: self.target(to) }))
    }

    fn entry(&mut self, call: Node<'c>, arguments: &Arguments<'c>) -> Option<Step> {
        let to = self.target(arguments.get(0, &["key"])?);
        Some(Step::Edge(Edge { from: [self.point(call, START)].into(), to }))
    }

    fn finish_point(&mut self, call: Node<'c>, arguments: &Arguments<'c>) -> Option<Step> {
        let from = self.target(arguments.get(0, &["key"])?);
        Some(Step::Edge(Edge { from: [from].into(), to: self.point(call, END) }))
    }

    /// The beginning or the end, which a call stands for.
    fn point(&mut self, call: Node<'c>, name: &str) -> Target {
        Target { name: text_constant(name), at: self.anchor(call) }
    }

    fn choice(&mut self, arguments: &Arguments<'c>) -> Option<Step> {
        let from = self.target(arguments.get(0, &["source"])?);
        self.choice_from(from, arguments, 1)
    }

    fn first_choice(&mut self, call: Node<'c>, arguments: &Arguments<'c>) -> Option<Step> {
        let from = self.point(call, START);
        self.choice_from(from, arguments, 0)
    }

    fn choice_from(
        &mut self,
        from: Target,
        arguments: &Arguments<'c>,
        position: usize,
    ) -> Option<Step> {
        let router = self.action(arguments.get(position, &["path"])?, DEEPEST);
        let map = arguments.get(position + 1, &["path_map"]);
        let map = map.filter(|map| map.kind() != Kind::None);
        let ways = match map {
            Some(map) => Some(self.ways(map)?.into()),
            None => None,
        };
        Some(Step::Choice(Choice { from, router, ways }))
    }

    /// The nodes that a map or a list names.
    fn ways(&mut self, map: Node<'c>) -> Option<Vec<Way>> {
        let map = self.settled(map, DEEPEST)?;
        if map.kind() != Kind::Dictionary {
            let targets = self.targets(map)?;
            return Some(targets.into_iter().map(|to| Way { label: None, to }).collect());
        }
        let mut ways = Vec::new();
        for pair in map.children() {
            let (label, to) = (pair.child(Field::Key)?, pair.child(Field::Value)?);
            ways.push(Way { label: Some(self.constant(label)), to: self.target(to) });
        }
        Some(ways)
    }

    fn targets(&mut self, node: Node<'c>) -> Option<Vec<Target>> {
        let node = self.settled(node, DEEPEST)?;
        let all = match node.kind() {
            Kind::Dictionary => {
                node.children().map(|pair| pair.child(Field::Key)).collect::<Option<Vec<_>>>()?
            }
            _ => items(node)?,
        };
        Some(all.into_iter().map(|one| self.target(one)).collect())
    }

    fn target(&mut self, node: Node<'c>) -> Target {
        Target { name: self.constant(node), at: self.anchor(node) }
    }

    /// Nodes one after the other: functions, or names with functions.
    fn sequence(&mut self, builder: usize, arguments: &Arguments<'c>) {
        let nodes = arguments.get(0, &["nodes"]).filter(|_| !arguments.open);
        let nodes = nodes.and_then(|nodes| self.settled(nodes, DEEPEST)).and_then(items);
        let Some(nodes) = nodes else { return self.step(builder, Step::Open) };
        let mut before: Option<Target> = None;
        for node in nodes {
            let parts = items(node).filter(|parts| parts.len() == 2);
            let (name, action) = match parts.as_deref() {
                Some([name, action]) => (Some(self.constant(*name)), self.action(*action, DEEPEST)),
                _ => (None, self.action(node, DEEPEST)),
            };
            let at = self.anchor(node);
            // Only a function that is added under its own name can be gone to by it.
            let own = match (&name, &action) {
                (Some(name), _) => name.clone(),
                (None, Action::Function(index)) => {
                    self.title(*index).map_or(Constant::Unknown, text_constant)
                }
                (None, Action::Name(dotted)) => {
                    dotted.last().map_or(Constant::Unknown, |last| text_constant(last.as_str()))
                }
                _ => Constant::Unknown,
            };
            self.step(
                builder,
                Step::Node(Added { name, action, input: None, goes_to: [].into(), at }),
            );
            let here = Target { name: own, at };
            if let Some(from) = before.replace(here.clone()) {
                self.step(builder, Step::Edge(Edge { from: [from].into(), to: here }));
            }
        }
    }
}
