//! Text of users, made fit for a line of output.

use std::borrow::Cow;

/// `text` on one line: line breaks, escape codes and other control characters, which a name in a
/// contract may hold, are written out, so that no file can command a terminal.
pub(super) fn on_one_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_control) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        if is_control(character) {
            clean.extend(character.escape_default());
        } else {
            clean.push(character);
        }
    }
    Cow::Owned(clean)
}

fn is_control(character: char) -> bool {
    // The latter turn the direction of what follows, or hide a line break.
    character.is_control() || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_commands_a_terminal() {
        assert_eq!(on_one_line("a\tb\n\u{1b}[31m\u{202e}"), r"a\tb\n\u{1b}[31m\u{202e}");
        assert_eq!(on_one_line("größer 世界"), "größer 世界");
    }
}
