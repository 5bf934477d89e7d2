//! Which Python files are worth reading, told from their bytes.
