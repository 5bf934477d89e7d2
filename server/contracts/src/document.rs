//! A whole document, read by the declaration of its kind.

use syntax::yaml::{NodeId, Yaml};
use text::name::Name;

use crate::body::Body;
use crate::decode::names::{self, Named};
use crate::decode::view::Reading;
use crate::propagation::{Contract, Located};
use crate::schema::Kind;

/// One document of a contract file.
#[derive(Clone, PartialEq, Debug)]
pub struct Document {
    /// Its kind.
    pub kind: &'static Kind,
    /// Its root.
    pub at: NodeId,
    /// The id of the pipeline that it is or belongs to.
    pub pipeline_id: Option<Located<Name>>,
    /// What it says.
    pub body: Body,
    /// The names that it gives and uses, in the order of the declaration; of a propagation contract
    /// only those in extensions, since its body has the others.
    pub names: Box<[Named]>,
    /// False where aliases repeat so much that a part was left out.
    pub complete: bool,
}

impl Document {
    /// The propagation contract, if it is one.
    #[must_use]
    pub fn propagation(&self) -> Option<&Contract> {
        match &self.body {
            Body::Propagation(contract) => Some(contract),
            _ => None,
        }
    }
}

/// Reads the document at `root`, which is of this kind. What does not fit the declaration is left
/// out.
#[must_use]
pub fn read(yaml: &Yaml, root: NodeId, kind: &'static Kind) -> Document {
    let reading = Reading::new(yaml, kind.loader);
    let view = reading.record(root, kind.root);
    let body = view.as_ref().map_or(Body::Plain, kind.read);
    let pipeline_id = view.as_ref().and_then(|view| view.text(kind.root.find("pipeline_id")?));
    let names = names::of(&reading, root, kind, matches!(body, Body::Propagation(_)));
    Document { kind, at: root, pipeline_id, body, names, complete: reading.is_complete() }
}
