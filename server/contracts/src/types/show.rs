//! Types as people write them.

use std::fmt;

use super::Type;

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Any => f.write_str("Any"),
            Type::None => f.write_str("None"),
            Type::Class(name, arguments) => {
                f.write_str(name.as_str())?;
                if arguments.is_empty() {
                    return Ok(());
                }
                bracketed(f, arguments)
            }
            Type::Union(members) => joined(f, members, " | "),
            Type::Literal(values) => {
                f.write_str("Literal")?;
                bracketed(f, values)
            }
        }
    }
}

fn bracketed<T: fmt::Display>(f: &mut fmt::Formatter<'_>, items: &[T]) -> fmt::Result {
    f.write_str("[")?;
    joined(f, items, ", ")?;
    f.write_str("]")
}

fn joined<T: fmt::Display>(f: &mut fmt::Formatter<'_>, items: &[T], by: &str) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(by)?;
        }
        write!(f, "{item}")?;
    }
    Ok(())
}
