//! What a document says, whatever its kind.

use std::sync::Arc;

use crate::decode::view::View;
use crate::propagation;

/// The typed view of a document.
#[derive(Clone, PartialEq, Debug)]
pub enum Body {
    /// A propagation contract.
    Propagation(Arc<propagation::Contract>),
    /// A kind of which no rule asks more than its names.
    Plain,
}

impl Body {
    /// The view of a document that nobody needs one of.
    #[must_use]
    pub fn plain(_view: &View<'_>) -> Body {
        Body::Plain
    }
}
