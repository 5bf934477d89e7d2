//! The accesses of an effect tree, wherever in it they stand.

use super::{Access, Effect};

impl Effect {
    /// All accesses, in an order that is the same for equal trees and means nothing else.
    pub fn accesses(&self) -> impl Iterator<Item = &Access> {
        // A stack of its own: trees are as deep as people nest code, or as generators do.
        let mut pending = vec![self];
        std::iter::from_fn(move || {
            while let Some(effect) = pending.pop() {
                match effect {
                    Effect::Sequence(effects) | Effect::Branch(effects) => pending.extend(effects),
                    Effect::Loop { body, .. } => pending.push(body),
                    Effect::Try { body, handlers, otherwise, finally } => {
                        pending.extend([&**body, &**otherwise, &**finally]);
                        pending.extend(handlers.iter().map(|handler| &handler.effect));
                    }
                    Effect::Access(access) => return Some(access),
                    _ => {}
                }
            }
            None
        })
    }
}
