//! URIs to paths, and back.
//!
//! Clients spell one file in many ways: `file:///c%3A/a`, `file:///C:/a`. Paths are what the server
//! compares; a client's own spelling is given back to it for the documents that it has open.

use std::str::FromStr;

use camino::{Utf8Path, Utf8PathBuf};
use tower_lsp::ls_types::Uri;
use workspace::walk::normal;

/// What a URI names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Address {
    /// A file of the disk, absolute.
    File(Utf8PathBuf),
    /// A document that was never saved, by what the client calls it.
    Untitled(String),
    /// Something that is none of ours: a revision, a notebook's cell, a page of the web.
    Foreign,
}

/// What `uri` names.
pub(crate) fn address(uri: &str) -> Address {
    address_on(uri, cfg!(windows))
}

/// The URI of the file at `path`, which is absolute.
pub(crate) fn uri_of(path: &Utf8Path) -> Option<Uri> {
    Uri::from_str(&spelled(path.as_str(), cfg!(windows))).ok()
}

fn address_on(uri: &str, windows: bool) -> Address {
    let Some((scheme, rest)) = uri.split_once(':') else {
        return Address::Foreign;
    };
    match scheme.to_ascii_lowercase().as_str() {
        "file" => file(rest, windows).map_or(Address::Foreign, Address::File),
        "untitled" => Address::Untitled(decoded(rest).unwrap_or_else(|| rest.to_owned())),
        _ => Address::Foreign,
    }
}

fn file(rest: &str, windows: bool) -> Option<Utf8PathBuf> {
    // What follows the path is a place in the file, and no part of its name.
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest),
    };
    let path = decoded(path)?;
    let path = if !windows {
        path
    } else if !(host.is_empty() || host.eq_ignore_ascii_case("localhost")) {
        format!("//{host}{path}")
    } else {
        with_drive(&path)
    };
    let path = normal(Utf8Path::new(&path));
    // A relative path would be one in whatever folder the server was started in.
    (windows || path.is_absolute()).then_some(path)
}

/// `/c:/a` as Windows has it, `C:/a`.
fn with_drive(path: &str) -> String {
    let inner = path.trim_start_matches('/');
    match inner.as_bytes() {
        [drive, b':', ..] if drive.is_ascii_alphabetic() => {
            format!("{}{}", char::from(drive.to_ascii_uppercase()), &inner[1..])
        }
        _ => path.to_owned(),
    }
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

fn spelled(path: &str, windows: bool) -> String {
    let path = if windows { path.replace('\\', "/") } else { path.to_owned() };
    let (start, path) = match path.strip_prefix("//") {
        Some(rest) if windows => ("file://", rest.to_owned()),
        _ if windows => ("file:///", with_small_drive(&path)),
        _ => ("file://", path),
    };
    let mut uri = start.to_owned();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// Editors write drives small.
fn with_small_drive(path: &str) -> String {
    let mut characters = path.chars();
    match characters.next() {
        Some(drive) => format!("{}{}", drive.to_ascii_lowercase(), characters.as_str()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_unix(uri: &str) -> Option<String> {
        match address_on(uri, false) {
            Address::File(path) => Some(path.into_string()),
            _ => None,
        }
    }

    fn on_windows(uri: &str) -> Option<String> {
        match address_on(uri, true) {
            Address::File(path) => Some(path.into_string().replace('\\', "/")),
            _ => None,
        }
    }

    #[test]
    fn one_file_has_many_spellings() {
        for uri in ["file:///a/b%20c.py", "file:/a/b c.py", "FILE:///a/./x/..//b%20c.py#L7"] {
            assert_eq!(on_unix(uri).as_deref(), Some("/a/b c.py"), "{uri}");
        }
        for uri in ["file:///c%3A/a.py", "file:///C:/a.py", "file://localhost/c:/a.py"] {
            assert_eq!(on_windows(uri).as_deref(), Some("C:/a.py"), "{uri}");
        }
        // Elsewhere than on Windows, paths do not keep two slashes.
        let shared = on_windows("file://host/share/a.py").unwrap();
        assert_eq!(shared.trim_start_matches('/'), "host/share/a.py");
    }

    #[test]
    fn names_are_text_in_any_script() {
        assert_eq!(on_unix("file:///%C3%9F/%25.py").as_deref(), Some("/ß/%.py"));
        assert_eq!(on_unix("file:///ß.py").as_deref(), Some("/ß.py"));
        assert_eq!(on_unix("file:///%E2.py"), None, "these bytes are no text");
        assert_eq!(on_unix("file:///a%00.py"), None);
        assert_eq!(on_unix("file:///100%.py").as_deref(), Some("/100%.py"));
    }

    #[test]
    fn what_is_no_file_is_told_apart() {
        assert_eq!(address("untitled:Untitled-1"), Address::Untitled("Untitled-1".to_owned()));
        for uri in ["git:/a.py?{}", "vscode-notebook-cell:/a#1", "a.py", "", "file:a.py"] {
            assert_eq!(address_on(uri, false), Address::Foreign, "{uri}");
        }
    }

    #[test]
    fn a_path_survives_the_way_there_and_back() {
        for path in ["/a/b c.py", "/ß/(1)/[x]%.py", "/a+b/c#d?.yaml"] {
            assert_eq!(on_unix(&spelled(path, false)).as_deref(), Some(path));
        }
        assert_eq!(spelled("C:\\a b.py", true), "file:///c%3A/a%20b.py");
        assert_eq!(spelled("\\\\host\\a.py", true), "file://host/a.py");
        assert_eq!(on_windows("file:///c%3A/a%20b.py").as_deref(), Some("C:/a b.py"));
    }
}
