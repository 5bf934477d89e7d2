//! The accesses and calls of an effect tree, wherever in it they stand.

use super::{Access, Call, Effect};

impl Effect {
    /// All accesses, in an order that is the same for equal trees and means nothing else.
    pub fn accesses(&self) -> impl Iterator<Item = &Access> {
        self.leaves().filter_map(|effect| match effect {
            Effect::Access(access) => Some(access),
            _ => None,
        })
    }

    /// All calls, likewise.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.leaves().filter_map(|effect| match effect {
            Effect::Call(call) => Some(call),
            _ => None,
        })
    }

    /// The effects that hold no others.
    fn leaves(&self) -> impl Iterator<Item = &Effect> {
        // A stack of its own: trees are as deep as people nest code, or as generators do.
        let mut pending = vec![self];
        std::iter::from_fn(move || {
            while let Some(effect) = pending.pop() {
                match effect {
                    Effect::Sequence(effects) | Effect::Branch(effects) => pending.extend(effects),
                    Effect::Loop { body, .. } | Effect::Aside(body) => pending.push(body),
                    Effect::Try { body, handlers, otherwise, finally } => {
                        pending.extend([&**body, &**otherwise, &**finally]);
                        pending.extend(handlers.iter().map(|handler| &handler.effect));
                    }
                    leaf => return Some(leaf),
                }
            }
            None
        })
    }
}
