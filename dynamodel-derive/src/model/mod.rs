//! Says what the attributes mean: tables, entities, fields and keys; finds no contradictions between them.

mod entity;
mod field;
mod segment;
mod serde_attrs;
mod table;

pub(crate) use entity::{Entity, Index, Key, entity};
pub(crate) use field::{Field, Role};
pub(crate) use segment::{Form, Segment, segment};
pub(crate) use table::{Table, TableIndex, table};
