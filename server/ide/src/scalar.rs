//! What single scalars of YAML say: descriptions, for the most part.

use syntax::yaml::{self, Limits};
use text::span::Span;

/// The text of the scalar at `span`, which is read by itself: it means there what it means where it
/// stands, and costs nothing against the file around it.
pub(crate) fn text_at(text: &str, span: Span) -> Option<String> {
    let yaml = yaml::parse(span.of(text), &Limits::default());
    let root = *yaml.documents.first()?;
    match &yaml.node(root).data {
        yaml::Data::Scalar(scalar) => scalar.value.as_text().map(str::to_owned),
        _ => None,
    }
}
