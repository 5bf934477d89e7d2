//! Python source to a tree-sitter tree.
