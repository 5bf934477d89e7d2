//! Objects that stay in the function that made them of the context.

use facts::python::{Function, Gives, Made, Member, Root};
use text::name::Name;

use super::Walk;
use super::target::{Callable, Target, is_static};
use crate::fold::known::Doing;
use crate::fold::object::Object;
use crate::fold::place::Roots;

impl<'a> Walk<'_, '_, 'a> {
    /// What is called to make an object: its constructor, which keeps what it is handed.
    pub(super) fn made(&mut self, made: &'a Made) -> Target {
        let Some(object) = self.object(made) else {
            return self.named(&made.maker);
        };
        // A constructor that is made of fields does nothing but keep them.
        let constructor = ["__init__", "__post_init__"].iter().find_map(|name| {
            let (_, function) = self.folder.lookup.method(object.class, Name::new(name), None)?;
            Some(function)
        });
        match constructor {
            Some(function) => Target::Function(Callable {
                function,
                class: Some(object.class),
                skipped: 1,
                same_self: false,
                held: object.attributes,
            }),
            None => Target::Known(Doing::Nothing),
        }
    }

    /// What a method of an object does, or an attribute.
    pub(super) fn member(&mut self, member: &'a Member) -> Target {
        let Some(object) = self.object(&member.made) else {
            return self.member_of_unseen(member);
        };
        let method = self.folder.lookup.method(object.class, member.name, None);
        let facts = method.and_then(|(_, function)| self.folder.function(function));
        let keeps = |facts: &Function| match facts.gives {
            // `with` is handed the object itself, and that stays here.
            Gives::Itself => member.made.entered && member.name.as_str() == "__enter__",
            gives => gives != Gives::Held,
        };
        match method.zip(facts) {
            Some(((_, function), facts))
                if keeps(facts) && (member.called || is_property(facts)) =>
            {
                Target::Function(Callable {
                    function,
                    class: Some(object.class),
                    skipped: usize::from(!is_static(facts)),
                    same_self: false,
                    held: object.attributes,
                })
            }
            // The object goes somewhere, or what it holds.
            Some(_) => Target::Holder(object.attributes),
            None if is_exit(member) => Target::Known(Doing::Nothing),
            None => {
                let mut held = Roots::default();
                for (root, path) in object.attributes.iter() {
                    let is_it = root == Root::SelfAttribute(member.name);
                    is_it.then(|| held.insert(root, path));
                }
                Target::Holder(held)
            }
        }
    }

    /// A method of what cannot be followed; what that was handed has been let go where it was made.
    fn member_of_unseen(&mut self, member: &Member) -> Target {
        let maker = &member.made.maker;
        let is_class =
            maker.last().is_some_and(|name| name.as_str().starts_with(char::is_uppercase));
        if !is_class || !member.called {
            return Target::Unknown;
        }
        let dotted: Vec<Name> = maker.iter().copied().chain([member.name]).collect();
        self.named(&dotted)
    }

    fn object(&self, made: &'a Made) -> Option<Object> {
        let mut handed = Vec::new();
        for passed in &made.passed {
            let Some(fields) = self.fields(&passed.place) else { continue };
            match fields.paths.as_slice() {
                [only] if !fields.open => handed.push((passed.slot, *only)),
                _ => return None,
            }
        }
        if handed.is_empty() {
            return None;
        }
        let object = self.folder.object(self.unit.function.file, &made.maker, handed)?;
        let is_it = !made.entered || self.folder.gives_itself(object.class, "__enter__");
        is_it.then_some(object)
    }
}

/// What `with` calls, whether or not somebody wrote it.
fn is_exit(member: &Member) -> bool {
    member.made.entered && member.name.as_str() == "__exit__"
}

fn is_property(function: &Function) -> bool {
    function.decorators.iter().any(|call| {
        call.callee
            .last()
            .is_some_and(|name| matches!(name.as_str(), "property" | "cached_property"))
    })
}
