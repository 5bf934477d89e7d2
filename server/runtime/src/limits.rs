//! How much an evaluation may take.
//!
//! Everything is counted and nothing is timed, so that an expression ends the same way everywhere.

use std::cell::Cell;

use crate::failure::{Limit, Outcome, over};

/// How many levels values may lie in one another.
pub(crate) const LEVELS: u16 = 200;

/// How much one evaluation may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Steps: about one for each part that is evaluated, each item that is looked at, and each few
    /// bytes that are copied.
    pub steps: u64,
    /// Evaluations that wait for one another.
    pub depth: u16,
    /// Items of one list, tuple, set or dict that is made.
    pub items: usize,
    /// Bytes of one text that is made.
    pub bytes: usize,
    /// Bits of one integer that is made.
    pub bits: u64,
}

impl Limits {
    /// Enough for what people write, and done within a blink whatever they write.
    pub const USUAL: Limits =
        Limits { steps: 1_000_000, depth: 550, items: 200_000, bytes: 1_000_000, bits: 200_000 };
}

/// What is left of the limits.
#[derive(Debug)]
pub(crate) struct Budget {
    limits: Limits,
    steps: Cell<u64>,
}

impl Budget {
    pub(crate) fn new(limits: Limits) -> Budget {
        Budget { limits, steps: Cell::new(limits.steps) }
    }

    pub(crate) fn spend(&self, steps: u64) -> Outcome<()> {
        let Some(left) = self.steps.get().checked_sub(steps) else {
            self.steps.set(0);
            return Err(over(
                Limit::Steps,
                format!("the evaluation takes more than {} steps", self.limits.steps),
            ));
        };
        self.steps.set(left);
        Ok(())
    }

    /// A step for each of `count` items.
    pub(crate) fn spend_items(&self, count: usize) -> Outcome<()> {
        self.spend(1 + count as u64)
    }

    /// Steps for copying or reading `count` bytes.
    pub(crate) fn spend_bytes(&self, count: usize) -> Outcome<()> {
        self.spend(1 + count as u64 / 16)
    }

    /// Whether evaluations may lie `depth` deep in one another.
    pub(crate) fn allow_depth(&self, depth: u16) -> Outcome<()> {
        if depth <= self.limits.depth {
            return Ok(());
        }
        Err(over(Limit::Depth, format!("more than {} evaluations wait", self.limits.depth)))
    }

    /// Whether values may lie `levels` deep in one another.
    pub(crate) fn allow_levels(levels: u16) -> Outcome<()> {
        if levels <= LEVELS {
            return Ok(());
        }
        Err(over(Limit::Depth, format!("values lie more than {LEVELS} levels deep")))
    }

    /// Whether a collection of `count` items may be made.
    pub(crate) fn fits_items(&self, count: usize) -> Outcome<()> {
        if count <= self.limits.items {
            return Ok(());
        }
        let message = format!("the result has more than {} items", self.limits.items);
        Err(over(Limit::Size, message))
    }

    /// Whether a collection of `count` items may be made; pays for it.
    pub(crate) fn allow_items(&self, count: usize) -> Outcome<()> {
        self.fits_items(count)?;
        self.spend_items(count)
    }

    /// Whether a text of `count` bytes may be made.
    pub(crate) fn fits_bytes(&self, count: usize) -> Outcome<()> {
        if count <= self.limits.bytes {
            return Ok(());
        }
        let message = format!("the text is longer than {} bytes", self.limits.bytes);
        Err(over(Limit::Size, message))
    }

    /// Whether a text of `count` bytes may be made; pays for it.
    pub(crate) fn allow_bytes(&self, count: usize) -> Outcome<()> {
        self.fits_bytes(count)?;
        self.spend_bytes(count)
    }

    /// Whether an integer of `count` bits may be made; pays for it.
    pub(crate) fn allow_bits(&self, count: u64) -> Outcome<()> {
        if count > self.limits.bits {
            let message = format!("the integer has more than {} bits", self.limits.bits);
            return Err(over(Limit::Size, message));
        }
        self.spend(1 + count / 64)
    }
}
