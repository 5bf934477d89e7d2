//! What the parser lets pass and the loader refuses, by the loader's rules.

/// Said of a tab between nodes.
pub(super) const TAB: &str = "a tab separates nothing in YAML; use spaces";

/// The fault of `&name` or `*name`, and of what follows it, if there is one.
pub(super) fn anchor(text: &[u8], next: Option<u8>) -> Option<String> {
    let name = text.get(1..).unwrap_or(&[]);
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !name.is_empty() && name.iter().all(fits) && !matches!(next, Some(b'[' | b'{')) {
        return None;
    }
    Some("the name of an anchor is made of letters, digits, `-` and `_`; rename it".to_owned())
}

/// The fault of a tag, and of what follows it, if there is one.
pub(super) fn tag(text: &[u8], next: Option<u8>) -> Option<String> {
    if matches!(next, Some(b',' | b'[' | b']' | b'{' | b'}')) {
        return Some("a tag ends with a space; put one behind it".to_owned());
    }
    text.contains(&b'#').then(|| "a tag holds no `#`; put a space in front of a comment".to_owned())
}

/// The fault of a directive's line, if there is one.
pub(super) fn directive(line: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(line);
    let text = text.strip_prefix('%').unwrap_or(&text);
    let content = text.split(" #").next().unwrap_or("");
    if content.contains('\t') {
        return Some(TAB.to_owned());
    }
    let name = content.split(' ').next().unwrap_or("");
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if name.is_empty() || !name.bytes().all(fits) {
        return Some("the name of a directive is made of letters, digits, `-` and `_`".to_owned());
    }
    let version = content.strip_prefix("YAML ")?.trim();
    let major = version.split('.').next().unwrap_or("");
    let is_one = major.trim_start_matches('0') == "1";
    (!is_one).then(|| format!("the loader reads YAML 1, not {version}; remove the directive"))
}

/// The fault of a bare scalar between brackets, if there is one.
pub(super) fn bare_in_brackets(text: &str) -> Option<&'static str> {
    if text.contains('?') || text.starts_with(':') {
        return Some("between brackets, `?` and `:` end bare text; quote the text");
    }
    text.starts_with(['|', '>']).then_some("block text cannot stand between brackets; quote it")
}

/// The fault of `key`, everything from a key between brackets up to its colon, if there is one.
pub(super) fn key_in_brackets(key: &str) -> Option<&'static str> {
    if key.contains(['\n', '\r']) {
        return Some("a key and its `:` stand on one line; join the lines");
    }
    let long = key.len() > 1024 && key.chars().count() > 1024;
    long.then_some("a key is at most 1024 characters long; shorten it, or put `? ` in front of it")
}

/// Whether the lines behind the header of a block scalar begin at the start of the line.
pub(super) fn unindented(lines: &str) -> bool {
    let mut lines = lines.split(['\n', '\r']).filter(|line| !line.is_empty());
    lines.next().is_some_and(|line| !line.starts_with(' '))
}
