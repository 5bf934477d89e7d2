//! `# contextcore: ignore[...]` directives.
