//! Loops, and what their variables take on.

use contracts::value::Value as Literal;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};

use super::body::Body;
use super::constants::constant;
use super::held::{Alias, Held};
use super::scope::{rebound, visit};
use super::{Constant, EachKey, Effect, Key, Part, Rounds};

/// What a loop goes over.
pub(super) struct Items {
    /// What its variable takes on.
    pub(super) each: Each,
    /// Whether it certainly runs once.
    pub(super) certain: bool,
}

/// What a loop's variable takes on.
pub(super) enum Each {
    /// Nothing that is followed.
    Unknown,
    /// Part of each item of a collection.
    Of(Constant, Part),
    /// Everything in a place.
    Elements(Alias),
    /// Key and value of everything in a place.
    Pairs(Alias),
    /// A number and an item.
    Numbered(Box<Each>),
    /// One of each.
    Zipped(Vec<Each>),
}

impl Items {
    fn unknown() -> Items {
        Items { each: Each::Unknown, certain: false }
    }

    /// How often a loop over them runs.
    pub(super) fn rounds(&self) -> Rounds {
        if self.certain { Rounds::Some } else { Rounds::Any }
    }
}

impl<'c> Body<'_, 'c> {
    /// Reads what a loop goes over.
    pub(super) fn items(&mut self, node: Node<'c>) -> Items {
        match node.kind() {
            Kind::ParenthesizedExpression => match node.first() {
                Some(inner) => self.items(inner),
                None => Items::unknown(),
            },
            Kind::Call => self.items_of_call(node),
            _ => self.items_of_value(node),
        }
    }

    fn items_of_call(&mut self, node: Node<'c>) -> Items {
        let Some(function) = node.child(Field::Function) else {
            return Items::unknown();
        };
        let arguments: Vec<Node<'c>> = node
            .child(Field::Arguments)
            .filter(|arguments| arguments.kind() == Kind::ArgumentList)
            .into_iter()
            .flat_map(Node::children)
            .collect();
        if function.kind() == Kind::Identifier && !self.is_local(function.text()) {
            match (function.text(), arguments.as_slice()) {
                (
                    "sorted" | "list" | "tuple" | "set" | "reversed" | "frozenset" | "iter",
                    [first, rest @ ..],
                ) if first.kind() != Kind::KeywordArgument => {
                    let items = self.items(*first);
                    rest.iter().for_each(|argument| self.store_children(*argument));
                    return items;
                }
                ("enumerate", [first, ..]) => {
                    let Items { each, certain } = self.items(*first);
                    return Items { each: Each::Numbered(Box::new(each)), certain };
                }
                ("zip", _) => {
                    let items: Vec<Items> =
                        arguments.iter().map(|argument| self.items(*argument)).collect();
                    let certain = items.iter().all(|items| items.certain);
                    let each = items.into_iter().map(|items| items.each).collect();
                    return Items { each: Each::Zipped(each), certain };
                }
                _ => {}
            }
        }
        let view = function.child(Field::Attribute).map_or("", Node::text);
        match function.child(Field::Object) {
            Some(object) if arguments.is_empty() && matches!(view, "items" | "keys" | "values") => {
                self.items_of_view(object, view)
            }
            _ => self.items_of_value(node),
        }
    }

    /// `object.items()` and its like.
    fn items_of_view(&mut self, object: Node<'c>, view: &str) -> Items {
        let value = self.eval(object);
        self.current = object.span();
        if let Held::Part(alias) = &value.held
            && !alias.is_whole()
        {
            let alias = alias.clone();
            self.settle(value);
            let each = match view {
                "items" => Each::Pairs(alias),
                "values" => Each::Elements(alias),
                _ => Each::Unknown,
            };
            return Items { each, certain: false };
        }
        self.read_whole(value.clone());
        match self.collection(&value.held) {
            Some((collection, certain)) => {
                let part = if view == "values" { Part::Value } else { Part::Item };
                Items { each: Each::Of(collection, part), certain }
            }
            None => Items::unknown(),
        }
    }

    fn items_of_value(&mut self, node: Node<'c>) -> Items {
        let value = self.eval(node);
        self.current = node.span();
        if let Held::Part(alias) = &value.held
            && !alias.is_whole()
        {
            let each = Each::Elements(alias.clone());
            self.settle(value);
            return Items { each, certain: false };
        }
        let of_self = self.constant_of_self(node, &value.held);
        self.read_whole(value.clone());
        match of_self.or_else(|| self.collection(&value.held)) {
            Some((collection, certain)) => {
                Items { each: Each::Of(collection, Part::Item), certain }
            }
            None => Items::unknown(),
        }
    }

    /// `self.KEYS`, which a class may give a value to.
    fn constant_of_self(&self, node: Node<'c>, held: &Held<'c>) -> Option<(Constant, bool)> {
        let Held::Part(alias) = held else { return None };
        let super::Root::SelfAttribute(name) = alias.place.root else {
            return None;
        };
        let collection = constant(node);
        Some((collection, is_constant_name(name.as_str())))
    }

    /// The collection that a value is, and whether anything is in it.
    fn collection(&self, held: &Held<'c>) -> Option<(Constant, bool)> {
        let Held::Expression(node) = held else {
            return None;
        };
        let collection = self.constant_here(*node);
        let certain = match &collection {
            Constant::Literal(Literal::List(items)) => !items.is_empty(),
            Constant::Literal(Literal::Map(entries)) => !entries.is_empty(),
            Constant::List(items) => !items.is_empty(),
            Constant::Dict(entries) => !entries.is_empty(),
            // Nobody writes an empty constant in order to loop over it.
            Constant::Name(name) => name.last().is_some_and(|name| is_constant_name(name.as_str())),
            _ => return None,
        };
        Some((collection, certain))
    }

    /// An expression as a constant, unless it holds variables of the function.
    fn constant_here(&self, node: Node<'c>) -> Constant {
        let displays = matches!(
            node.kind(),
            Kind::List | Kind::Tuple | Kind::Set | Kind::Dictionary | Kind::ExpressionList
        );
        let has_variable = displays
            && node.descendants().any(|inner| {
                let roots = inner.kind() == Kind::Identifier && inner.field() != Field::Attribute;
                roots && self.is_local(inner.text())
            });
        if has_variable { Constant::Unknown } else { constant(node) }
    }

    /// Binds what a loop goes over to its variable.
    pub(super) fn bind_items(&mut self, target: Node<'c>, each: Each) {
        let parts: Vec<Node<'c>> = match target.kind() {
            Kind::PatternList | Kind::TuplePattern | Kind::ListPattern => {
                target.children().collect()
            }
            Kind::Identifier => return self.variables.set(target.text(), each.whole()),
            _ => return self.bind(target, Held::Unknown.into()),
        };
        let plain = parts.iter().all(|part| part.kind() != Kind::ListSplatPattern);
        let mut each = each;
        for (index, part) in parts.into_iter().enumerate() {
            let inner = if plain { each.element(index) } else { Each::Unknown };
            self.bind_items(part, inner);
        }
    }

    pub(super) fn for_statement(&mut self, node: Node<'c>) {
        let (Some(left), Some(right)) = (node.child(Field::Left), node.child(Field::Right)) else {
            return;
        };
        let items = self.items(right);
        let unsteady = self.unsteady(node);
        self.forget(&unsteady);
        let block = node.child(Field::Body);
        let rounds = items.rounds();
        let body = self.capture(|body| {
            body.bind_items(left, items.each);
            block.into_iter().for_each(|block| body.block(block));
        });
        // Whatever ended the body, the loop itself comes to its end when the items do.
        self.dead = false;
        self.forget(&unsteady);
        self.emit_loop(body, rounds);
        self.loop_else(node, block);
    }

    pub(super) fn while_statement(&mut self, node: Node<'c>) {
        let (Some(condition), Some(block)) =
            (node.child(Field::Condition), node.child(Field::Body))
        else {
            return;
        };
        let unsteady = self.unsteady(node);
        self.forget(&unsteady);
        let endless = condition.kind() == Kind::True || condition.text() == "1";
        let test = self.condition(condition);
        let body = self.capture(|body| {
            body.assume(&test.when_true);
            let known = body.out.len();
            body.block(block);
            if !body.dead {
                body.condition(condition);
            }
            if body.out.len() == known {
                body.out.clear();
            }
        });
        self.dead = false;
        self.forget(&unsteady);
        self.emit_loop(body, if endless { Rounds::Endless } else { Rounds::Any });
        if endless && !breaks(block) {
            return self.end(Effect::Raise);
        }
        self.loop_else(node, Some(block));
    }

    /// The names that are something else after some of `node` was run. A place that is merged into
    /// stays what it is.
    pub(super) fn unsteady(&self, node: Node<'c>) -> Vec<&'c str> {
        let is_place = |name| matches!(self.variables.get(name), Some(Held::Part(_)));
        let names = rebound(node).into_iter();
        names.filter(|(name, anew)| *anew || !is_place(name)).map(|(name, _)| name).collect()
    }

    /// What the variables that a loop binds hold is not known from one round to the next.
    fn forget(&mut self, names: &[&'c str]) {
        for name in names {
            self.variables.set(name, Held::Unknown);
        }
    }

    fn loop_else(&mut self, node: Node<'c>, block: Option<Node<'c>>) {
        let clause = node.child_of_kind(Kind::ElseClause);
        let Some(otherwise) = clause.and_then(|clause| clause.child(Field::Body)) else {
            return;
        };
        if !block.is_some_and(breaks) {
            return self.block(otherwise);
        }
        let mut fork = self.fork();
        self.arm(&mut fork, |body| body.block(otherwise));
        self.end_arm(&mut fork);
        self.join(fork);
    }
}

impl Each {
    /// The item as a whole.
    pub(super) fn whole<'c>(self) -> Held<'c> {
        match self {
            Each::Of(collection, part) => Held::Each(EachKey { collection, part }),
            Each::Elements(alias) => Held::Part(alias.child(Key::Unknown)),
            _ => Held::Unknown,
        }
    }

    /// The item's element at `index`.
    fn element(&mut self, index: usize) -> Each {
        match self {
            Each::Of(collection, Part::Item) => {
                let index = u32::try_from(index).unwrap_or(u32::MAX);
                Each::Of(collection.clone(), Part::Element(index))
            }
            Each::Elements(alias) => Each::Elements(alias.child(Key::Unknown)),
            Each::Pairs(alias) if index == 1 => Each::Elements(alias.clone()),
            Each::Numbered(inner) if index == 1 => std::mem::replace(inner, Each::Unknown),
            Each::Zipped(each) => match each.get_mut(index) {
                Some(each) => std::mem::replace(each, Each::Unknown),
                None => Each::Unknown,
            },
            _ => Each::Unknown,
        }
    }
}

/// Whether a loop's body can leave the loop by `break`.
fn breaks(block: Node<'_>) -> bool {
    let mut found = false;
    let mut inner_loops: Vec<text::span::Span> = Vec::new();
    visit(block, &mut |node| match node.kind() {
        Kind::ForStatement | Kind::WhileStatement => {
            inner_loops.extend(node.child(Field::Body).map(Node::span));
        }
        Kind::BreakStatement => {
            found |= !inner_loops.iter().any(|inner| inner.contains(node.span()));
        }
        _ => {}
    });
    found
}

fn is_constant_name(name: &str) -> bool {
    name.contains(char::is_uppercase) && !name.contains(char::is_lowercase)
}
