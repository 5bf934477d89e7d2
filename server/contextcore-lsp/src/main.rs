//! contextcore-lsp

fn main() {}
