//! The handlers of one file.
