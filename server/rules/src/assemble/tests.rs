//! How findings of a file are put together.
