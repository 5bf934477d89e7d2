//! Which path a document goes by.

use camino::{Utf8Path, Utf8PathBuf};
use tower_lsp::ls_types::Uri;
use workspace::walk::language;

use super::documents::Documents;
use super::uri::{Address, address};

/// What paths of documents without a file begin with, which no path of a file does.
const UNTITLED: &str = "untitled:";

/// The path that a document goes by, if it can concern us.
pub(crate) fn path_of(uri: &Uri, documents: &Documents) -> Option<Utf8PathBuf> {
    match address(uri.as_str()) {
        Address::File(path) => Some(path),
        Address::Untitled(_) => {
            let mut open = documents.iter();
            open.find(|(_, document)| document.uri == *uri).map(|(path, _)| path.clone())
        }
        Address::Foreign => None,
    }
}

/// The path that a document goes by from now on. One without a file gets a name of its language, and
/// a folder of its own, so that it is alone in its project.
pub(crate) fn path_for(uri: &Uri, language_id: &str) -> Option<Utf8PathBuf> {
    match address(uri.as_str()) {
        Address::File(path) => Some(path),
        Address::Untitled(name) => {
            let extension = match language_id {
                "yaml" => "yaml",
                "python" => "py",
                _ => return None,
            };
            let name = name.replace(['/', '\\'], "-");
            Some(Utf8PathBuf::from(format!("{UNTITLED}{name}/{name}.{extension}")))
        }
        Address::Foreign => None,
    }
}

/// Whether a document has no file.
pub(crate) fn is_untitled(path: &Utf8Path) -> bool {
    path.as_str().starts_with(UNTITLED)
}

/// Whether a file can say something to a project.
pub(crate) fn is_read(path: &Utf8Path) -> bool {
    language(path).is_some()
}
