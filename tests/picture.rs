//! The README's picture is a real finding, drawn anew by this test.
//!
//! `UPDATE_EXPECT=1 cargo test picture` writes it.

use std::process::Command;

use anstyle_svg::Term;
use expect_test::expect_file;

use crate::project::root;

#[test]
fn the_picture_shows_what_is_printed() {
    let run = Command::new(env!("CARGO_BIN_EXE_contextcore-lsp"))
        .current_dir(root().join("fixtures/artisan-broken"))
        .args(["--check", ".", "--color", "always", "--select", "dangling-read"])
        .output()
        .expect("the program runs");
    let text = String::from_utf8(run.stdout).expect("a report is text");
    assert!(text.contains("dangling-read"), "{text}");
    let picture = Term::new().render_svg(text.trim_end());
    expect_file!["../docs/images/finding.svg"].assert_eq(&picture);
}
