//! Which pipeline a handler belongs to.
