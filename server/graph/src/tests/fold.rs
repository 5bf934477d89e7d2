//! What handlers do with the context.

use super::{check, check_files};

mod calls;
mod control;
mod keys;
