//! Python files that set attributes of telemetry, read once a contract speaks about those.
//!
//! They are told by their bytes, in a search of their own that projects without such a contract
//! never make.

use camino::Utf8Path;
use contracts::body::Body;
use facts::places::FileId;
use rayon::prelude::*;

use super::{Engine, Loader};

impl Engine {
    /// Notes whether a file has a contract about attributes.
    pub(super) fn note_conventions(&mut self, id: FileId) {
        let facts = self.files[id.0 as usize].facts.as_deref();
        let contracts = facts.map_or(&[][..], |facts| &facts.contracts);
        let speaks = contracts
            .iter()
            .any(|contract| matches!(contract.document.body, Body::SemanticConventions(_)));
        if speaks {
            self.conventions.insert(id);
        } else {
            self.conventions.remove(&id);
        }
    }

    /// Whether a Python file that has changed is to be read for the attributes in it.
    pub(super) fn may_set_attributes(&self, path: &Utf8Path, bytes: &[u8]) -> bool {
        !self.conventions.is_empty()
            && !self.is_quiet_test(path)
            && self.prefilter.sets_attributes(bytes)
    }

    /// The Python files that were not read and may set attributes.
    pub(super) fn setting_attributes(&self, loader: &dyn Loader) -> Vec<FileId> {
        let may_set = |id: &FileId| {
            let bytes = loader.read(&self.files[id.0 as usize].path);
            bytes.is_ok_and(|bytes| self.prefilter.sets_attributes(&bytes))
        };
        self.unread_python().into_par_iter().filter(may_set).collect()
    }
}
