//! The graph of a project, kept up to date under changes.
