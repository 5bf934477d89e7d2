//! What nodes and routers give back, the functions that they leave it to included.

use facts::frameworks::Saying;
use facts::places::Anchor;
use facts::python::Constant;
use text::name::Name;

use super::{NodeCode, Seen, action};
use crate::handler::{ClassRef, FunctionRef};
use crate::names::Lookup;

/// How many functions may leave it to another one.
const DEEPEST: usize = 8;

/// How many keys one node may give back.
const MOST_KEYS: usize = 2_000;

/// What a node or a router gives back.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Given {
    /// The keys.
    pub keys: Vec<GivenKey>,
    /// Where it gives back the whole state.
    pub whole: Option<Anchor>,
    /// Where more may be given back than is listed.
    pub open: Option<Anchor>,
    /// Where it says to go on.
    pub words: Vec<GivenWord>,
}

/// A key that is given back.
#[derive(Clone, PartialEq, Debug)]
pub struct GivenKey {
    /// The key.
    pub name: Name,
    /// Whether it is given back whenever the node is done.
    pub must: bool,
    /// Whether it is meant for the workflow around.
    pub to_parent: bool,
    /// Where.
    pub at: Anchor,
    /// The function it stands in.
    pub function: Name,
    /// The calls on the way there.
    pub through: Vec<Anchor>,
}

/// The name of a node, or a word that stands for one.
#[derive(Clone, PartialEq, Debug)]
pub struct GivenWord {
    /// The word; none where it is not known.
    pub name: Option<Name>,
    /// How it is said.
    pub saying: Saying,
    /// Where it is said.
    pub at: Anchor,
}

/// The name of a node that a constant stands for, which is written at a place.
type Point<'p, 'a> = dyn Fn(Anchor, &'a Constant) -> Option<Name> + 'p;

/// What a function gives back.
pub(super) fn given<'a>(lookup: &Lookup<'a>, code: NodeCode, point: &Point<'_, 'a>) -> Given {
    let mut given = Given::default();
    let mut gatherer = Gatherer { lookup, point, way: Vec::new(), given: &mut given };
    gatherer.function(code, true, &[]);
    given
}

/// What a function gives back that is no node: keys alone, and no way to go.
pub(crate) fn returned(
    lookup: &Lookup<'_>,
    function: FunctionRef,
    class: Option<ClassRef>,
) -> Given {
    given(lookup, NodeCode { function, class, state: None }, &|_, _| None)
}

struct Gatherer<'g, 'a> {
    lookup: &'g Lookup<'a>,
    /// The name of a node that a constant stands for.
    point: &'g Point<'g, 'a>,
    /// The functions that are being gone through.
    way: Vec<FunctionRef>,
    given: &'g mut Given,
}

impl Gatherer<'_, '_> {
    fn function(&mut self, code: NodeCode, certain: bool, through: &[Anchor]) {
        let function = code.function;
        let Some(facts) = self.lookup.function(function) else { return };
        let anchor = |local| Anchor { file: function.file, local };
        let too_many = self.given.keys.len() > MOST_KEYS;
        if self.way.len() >= DEEPEST || self.way.contains(&function) || too_many || facts.open {
            self.given.open = self.given.open.or(Some(anchor(facts.at)));
            if too_many || self.way.contains(&function) {
                return;
            }
        }
        let Some(update) = &facts.update else { return };
        for key in &update.keys {
            let at = anchor(key.at);
            let Some(name) = self.lookup.text_of(function.file, &key.key) else {
                self.given.open = self.given.open.or(Some(at));
                continue;
            };
            self.given.keys.push(GivenKey {
                name,
                must: key.must && certain,
                to_parent: key.to_parent,
                at,
                function: facts.qualified,
                through: through.to_vec(),
            });
        }
        self.given.whole = self.given.whole.or(update.whole.map(anchor));
        self.given.open = self.given.open.or(update.open.map(anchor));
        for word in &update.words {
            let at = anchor(word.target.at);
            let name = (self.point)(at, &word.target.name);
            self.given.words.push(GivenWord { name, saying: word.saying, at });
        }
        let is_only = update.calls.len() == 1 && update.keys.is_empty() && certain;
        for call in &update.calls {
            let at = anchor(call.at);
            let seen = Seen { file: function.file, class: code.class, function: Some(function) };
            match action::callee(self.lookup, seen, &call.callee) {
                Some(inner) if self.way.len() < DEEPEST => {
                    let mut through = through.to_vec();
                    through.push(at);
                    self.way.push(function);
                    self.function(inner, is_only, &through);
                    self.way.pop();
                }
                _ => self.given.open = self.given.open.or(Some(at)),
            }
        }
    }
}
