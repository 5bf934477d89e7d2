//! Paths as people read them.

use camino::{Utf8Component, Utf8Path};

/// The way from the folder `here` to `path`, with `/`. Both are absolute.
pub(crate) fn relative(path: &Utf8Path, here: &Utf8Path) -> String {
    let mut to = path.components().peekable();
    let mut from = here.components().peekable();
    if to.peek() != from.peek() {
        // Another drive: no way leads there.
        return path.as_str().replace('\\', "/");
    }
    while to.peek().is_some() && to.peek() == from.peek() {
        to.next();
        from.next();
    }
    let up = from.map(|_| "..");
    let down = to.map(|part: Utf8Component<'_>| part.as_str());
    let parts: Vec<&str> = up.chain(down).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_lead_down_up_and_nowhere() {
        let way = |path: &str| relative(Utf8Path::new(path), Utf8Path::new("/one/a"));
        assert_eq!(way("/one/a/b/c.py"), "b/c.py");
        assert_eq!(way("/one/b.py"), "../b.py");
        assert_eq!(way("/etc/b.py"), "../../etc/b.py");
        assert_eq!(way("/one/a"), ".");
        assert_eq!(way("C:/b.py"), "C:/b.py");
    }
}
