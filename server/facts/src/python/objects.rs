//! Objects that are made of the context and stay where they are made: `Tool(context).go()`.
//!
//! Where an object goes anywhere else, what it was handed has gone where it cannot be seen. So a
//! name is followed only where it is bound once and nothing but its methods and attributes are used.

use rustc_hash::FxHashSet;
use syntax::python::cst::Node;
use syntax::python::kind::{Field, Kind};
use text::exact::boxed;
use text::name::Name;

use super::body::Body;
use super::constants::dotted_name;
use super::held::{Held, Value};
use super::known::known;
use super::provenance::checks_or_records;
use super::{Callee, Made, Member, Passed};

/// What a call was found to make.
pub(super) enum Making {
    /// It is no call that may make an object; nothing was read yet.
    No,
    /// Its arguments were read; it was not handed anything that is followed.
    Plain,
    /// An object of what it was handed.
    Object(Made),
}

impl<'c> Body<'_, 'c> {
    /// Reads a call whose result stays here. `entered` says whether `with` is handed it.
    pub(super) fn making(&mut self, node: Node<'c>, entered: bool) -> Making {
        let Some((maker, arguments)) = self.maker_and_arguments(node) else {
            return Making::No;
        };
        let arguments = self.arguments_of(arguments);
        let hands_self = arguments.iter().any(|argument| matches!(argument.held, Held::SelfObject));
        let passed: Vec<Passed> = arguments
            .iter()
            .filter_map(|argument| match &argument.held {
                Held::Part(alias) => {
                    Some(Passed { slot: argument.slot, place: alias.place.clone() })
                }
                _ => None,
            })
            .collect();
        if passed.is_empty() || hands_self {
            self.hand_over(node, Callee::Name(maker), arguments);
            return Making::Plain;
        }
        let made = Made { maker, passed: boxed(passed), entered };
        self.hand_over(node, Callee::Made(Box::new(made.clone())), arguments);
        Making::Object(made)
    }

    fn maker_and_arguments(&self, node: Node<'c>) -> Option<(super::Dotted, Node<'c>)> {
        let function = node.child(Field::Function).filter(|_| node.kind() == Kind::Call)?;
        let root = super::keys::root_of(function)?;
        let maker = dotted_name(function)?;
        let is_known = known(function.text()).is_some() || checks_or_records(function);
        let is_module =
            matches!(self.lookup(root), Held::Expression(found) if found.span() == root.span());
        (is_module && !is_known).then_some((maker, node.child(Field::Arguments)?))
    }

    /// `tool = Tool(context)`: where the name stays here, so does the object.
    pub(super) fn made_for(&mut self, target: Node<'c>, node: Node<'c>, entered: bool) -> bool {
        let name = target.text();
        let stays = target.kind() == Kind::Identifier
            && node.kind() == Kind::Call
            && self.scope.binds_once(name)
            && !self.is_loose(name);
        if !stays {
            return false;
        }
        match self.making(node, entered) {
            Making::No => false,
            Making::Plain => true,
            Making::Object(made) => {
                self.objects.insert(name, made);
                true
            }
        }
    }

    /// The object that a name holds or a call makes, where one of its methods or attributes is used.
    pub(super) fn object(&mut self, node: Node<'c>) -> Making {
        match node.kind() {
            Kind::Identifier => match self.objects.get(node.text()) {
                Some(made) => Making::Object(made.clone()),
                None => Making::No,
            },
            Kind::Call => self.making(node, false),
            _ => Making::No,
        }
    }

    /// A method of an object that stays here.
    pub(super) fn call_member(
        &mut self,
        node: Node<'c>,
        made: Made,
        name: &str,
        arguments: Node<'c>,
    ) -> Value<'c> {
        let arguments = self.arguments_of(arguments);
        let member = Member { made, name: Name::new(name), called: true };
        self.hand_over(node, Callee::Member(Box::new(member)), arguments);
        Held::Expression(node).into()
    }

    /// Another use of an object that stays here: an attribute, or what `with` does.
    pub(super) fn use_member(&mut self, node: Node<'c>, made: Made, name: &str, called: bool) {
        let member = Member { made, name: Name::new(name), called };
        self.call_effect(Callee::Member(Box::new(member)), Vec::new(), node.span());
    }

    /// `Maker(...).method(...)`, or a method of what a name holds that was made so.
    pub(super) fn call_of_made(
        &mut self,
        node: Node<'c>,
        maker: Option<&super::Dotted>,
        method: &str,
        arguments: Node<'c>,
    ) -> Value<'c> {
        let is_class = |maker: &&super::Dotted| {
            maker.last().is_some_and(|name| name.as_str().starts_with(char::is_uppercase))
        };
        let callee = match maker.filter(is_class) {
            Some(class) => {
                let names = class.iter().copied().chain(std::iter::once(Name::new(method)));
                Callee::Name(names.collect())
            }
            None => Callee::Unknown,
        };
        let arguments = self.arguments_of(arguments);
        // Handed `self` as well, it would look like a method called by the name of its class.
        let hands_self = arguments.iter().any(|argument| matches!(argument.held, Held::SelfObject));
        let callee = if hands_self { Callee::Unknown } else { callee };
        self.hand_over(node, callee, arguments);
        Held::Expression(node).into()
    }

    /// Whether anything but methods and attributes of a name is used.
    fn is_loose(&mut self, name: &str) -> bool {
        let block = self.block;
        let loose = self.loose.get_or_insert_with(|| {
            let mut loose = FxHashSet::default();
            block.into_iter().for_each(|block| note_loose(block, false, &mut loose));
            loose
        });
        loose.contains(name)
    }
}

/// Notes the names below `node` that are used in any other way than by a method or an attribute.
fn note_loose<'c>(node: Node<'c>, within: bool, loose: &mut FxHashSet<&'c str>) {
    for child in node.children() {
        let is_target = matches!(child.field(), Field::Left)
            && matches!(
                node.kind(),
                Kind::Assignment | Kind::AugmentedAssignment | Kind::ForStatement
            );
        match child.kind() {
            // Bound here, and looked at elsewhere.
            Kind::Identifier if is_target || node.kind() == Kind::AsPatternTarget => {
                if within {
                    loose.insert(child.text());
                }
            }
            Kind::Identifier => {
                loose.insert(child.text());
            }
            Kind::Attribute => {
                let is_changed = is_target || node.kind() == Kind::DeleteStatement;
                match child.child(Field::Object) {
                    Some(object) if object.kind() == Kind::Identifier => {
                        if within || is_changed {
                            loose.insert(object.text());
                        }
                    }
                    _ => note_loose(child, within, loose),
                }
            }
            kind => {
                let nested =
                    matches!(kind, Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda);
                note_loose(child, within || nested, loose);
            }
        }
    }
}
