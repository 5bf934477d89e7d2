//! One file to its facts.
