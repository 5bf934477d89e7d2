//! Whether a file is a contract, and of which kind.
