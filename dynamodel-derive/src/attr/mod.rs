//! Reads attributes and key templates from tokens; knows nothing of what they mean together.

mod entry;
mod symbol;
mod template;

pub(crate) use entry::{Entries, Entry, Value};
pub(crate) use symbol::*;
pub(crate) use template::{Flags, Piece, Template};
