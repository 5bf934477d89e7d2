//! Single edits of corpus files.

use crate::random::Random;

/// How many lines are looked at before a file is given up.
const TRIES: usize = 200;

/// `text` with one line changed as somebody who works on it would: a name is renamed, a word is half
/// typed, a line goes or is doubled, a comment is added.
pub(crate) fn changed(text: &str, random: &mut Random) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let kind = random.below(6);
    let fitting = (0..TRIES).find_map(|_| {
        let index = random.below(lines.len().max(1));
        let line = lines.get(index)?;
        Some((index, edited(line, kind)?))
    });
    let (index, edited) = fitting?;
    let mut after = Vec::with_capacity(lines.len());
    after.extend_from_slice(&lines[..index]);
    after.extend(edited.lines());
    after.extend_from_slice(&lines[index + 1..]);
    Some(after.join("\n") + "\n")
}

/// `text` after each key with which somebody types a write into one of its handlers; none where it
/// has no handler.
pub(crate) fn typed(text: &str, random: &mut Random) -> Option<Vec<String>> {
    let writes: Vec<usize> = text.match_indices("\n        context[").map(|(at, _)| at).collect();
    let at = *writes.get(random.below(writes.len().max(1)))?;
    let line = "\n        context[\"new_field\"] = headline(context.get('topic', \"none\"))";
    let ends = line.char_indices().map(|(end, _)| end).skip(1).chain([line.len()]);
    Some(ends.map(|end| format!("{}{}{}", &text[..at], &line[..end], &text[at..])).collect())
}

/// What becomes of one line; none where this kind of edit has no place there.
fn edited(line: &str, kind: usize) -> Option<String> {
    match kind {
        0 => renamed(line),
        1 => Some(format!("{line}  # seen")).filter(|_| !line.is_empty()),
        2 => Some(String::new()).filter(|_| is_detail(line)),
        3 => line.strip_suffix(is_name).map(str::to_owned),
        4 => Some(format!("{line}\n{line}")).filter(|_| is_detail(line)),
        _ => Some(line.replace("warning", "advisory"))
            .filter(|after| after != line)
            .or_else(|| renamed(line)),
    }
}

/// A field is called something else.
fn renamed(line: &str) -> Option<String> {
    if let Some(after) = line.trim_start().strip_prefix("- name: ") {
        return Some(line.replace(after, &format!("{after}_old")));
    }
    let at = line.find("context[\"")? + "context[\"".len();
    Some(format!("{}old_{}", &line[..at], &line[at..]))
}

/// A line that stands for itself: one key of a field, or one write.
fn is_detail(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("type:") || line.starts_with("severity:") || line.starts_with("context[")
}

fn is_name(c: char) -> bool {
    c.is_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edit_changes_something() {
        let text = "  - name: plan\n    type: str\n    severity: warning\ncontext[\"plan\"] = 1\n";
        let mut random = Random::new(1);
        for _ in 0..50 {
            assert_ne!(changed(text, &mut random).unwrap(), text);
        }
    }

    #[test]
    fn a_line_is_typed_key_by_key() {
        let text = "def f(context):\n        context['a'] = 1\n";
        let texts = typed(text, &mut Random::new(1)).unwrap();
        assert_eq!(texts[0], "def f(context):\n\n        context['a'] = 1\n");
        assert!(texts.windows(2).all(|pair| pair[0].len() + 1 == pair[1].len()));
        assert!(texts.last().unwrap().contains("\"none\"))\n        context['a'] = 1\n"));
        assert_eq!(typed("x: 1\n", &mut Random::new(1)), None);
    }

    #[test]
    fn a_field_is_renamed_where_it_is_named() {
        assert_eq!(renamed("  - name: plan").unwrap(), "  - name: plan_old");
        assert_eq!(renamed("x = context[\"a\"]").unwrap(), "x = context[\"old_a\"]");
        assert_eq!(renamed("type: str"), None);
    }
}
