//! Paths through one function.

use super::check;

/// A handler whose `execute` has this body.
#[track_caller]
fn body(lines: &[&str], expected: &str) {
    let body: String = lines.iter().map(|line| format!("        {line}\n")).collect();
    let text = format!("class WorkPhaseHandler:\n    def execute(self, context):\n{body}");
    check(&text, expected);
}

#[test]
fn reads_and_writes_are_told_apart() {
    body(
        &["x = context['a']", "context['b'] = x", "y = context.get('c', 3)", "del context['d']"],
        "read a hard\nread c default Int(3)\nwrite b must\ndrop d must",
    );
}

#[test]
fn a_write_in_one_branch_is_may_and_in_both_must() {
    body(&["if flag():", "    context['a'] = 1"], "write a may");
    body(
        &["if flag():", "    context['a'] = 1", "else:", "    context['a'] = 2"],
        "write a must\nwrite a must",
    );
    body(
        &[
            "if one():",
            "    context['a'] = 1",
            "elif two():",
            "    context['a'] = 2",
            "else:",
            "    raise ValueError",
        ],
        "write a must\nwrite a must",
    );
}

#[test]
fn early_returns_weaken_and_raising_does_not() {
    body(&["if flag():", "    return None", "context['a'] = 1"], "write a may");
    body(&["if flag():", "    raise ValueError", "context['a'] = 1"], "write a must");
    body(
        &["if flag():", "    context['a'] = 1", "    return 1", "context['a'] = 2"],
        "write a must\nwrite a must",
    );
}

#[test]
fn loops_may_run_unless_they_certainly_do() {
    body(&["for x in items():", "    context['a'] = x"], "write a may");
    body(&["for k in ('a', 'b'):", "    context[k] = 1"], "write a must\nwrite b must");
    body(
        &["while True:", "    context['a'] = 1", "    if done():", "        break"],
        "write a must",
    );
    body(
        &["for x in (1, 2):", "    if x:", "        continue", "    context['a'] = x"],
        "write a may",
    );
}

#[test]
fn a_read_after_the_phases_own_write_is_not_exposed() {
    body(&["context['a'] = 1", "context['a']"], "read a soft own\nwrite a must");
    body(&["context['a'] = {}", "context['a']['b']"], "read a.b hard own\nwrite a must");
    body(&["if flag():", "    context['a'] = 1", "context['a']"], "read a hard\nwrite a may");
    body(
        &["for x in items():", "    context['a']", "    context['a'] = x"],
        "read a hard\nwrite a may",
    );
}

#[test]
fn guards_soften_what_they_guard() {
    body(&["if 'a' in context:", "    context['a']"], "read a soft\nread a soft");
    body(&["if 'a' not in context:", "    return", "context['a']"], "read a soft\nread a soft");
    body(
        &["try:", "    context['a']", "except KeyError:", "    pass", "context['b']"],
        "read a soft\nread b hard",
    );
    body(&["try:", "    context['a']", "except ValueError:", "    pass"], "read a hard");
}

#[test]
fn a_try_may_fail_anywhere() {
    body(&["try:", "    context['a'] = work()", "except Exception:", "    log()"], "write a may");
    body(
        &["try:", "    context['a'] = work()", "except Exception:", "    context['a'] = None"],
        "write a must\nwrite a must",
    );
    body(
        &["try:", "    work(context['b'])", "finally:", "    context['a'] = 1"],
        "read b hard\nwrite a must\nopen b",
    );
    body(&["try:", "    return 1", "finally:", "    context['a'] = 1"], "write a must");
}

#[test]
fn later_writes_and_drops_decide_what_stands() {
    body(&["context['a'] = 1", "context['a'] = 2"], "write a must");
    body(&["context['a'] = 1", "del context['a']"], "drop a must");
    body(&["del context['a']", "context['a'] = 1"], "write a must");
    body(&["context['a']['b'] = 1", "context['a'] = {}"], "write a must");
    body(&["if f():", "    del context['a']", "context['b'] = 1"], "write b must\ndrop a may");
    body(&["context['a'] = 1", "context.clear()"], "drop everything must");
}

#[test]
fn a_long_chain_of_elif_is_no_deep_nesting() {
    let mut lines = vec!["if c(0):".to_owned(), "    context['a'] = 0".to_owned()];
    for number in 1..2_000 {
        lines.push(format!("elif c({number}):"));
        lines.push(format!("    context['a'] = {number}"));
    }
    lines.push("else:".to_owned());
    lines.push("    raise ValueError".to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    body(&lines, &"write a must\n".repeat(2_000));
}
