//! Fixes of rules about single files: before and after.
