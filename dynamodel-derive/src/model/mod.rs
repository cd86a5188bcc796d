//! Says what the attributes mean: tables, entities, fields and keys; finds no contradictions between them.

mod collection;
mod entity;
mod field;
mod groups;
mod part;
mod pattern;
mod segment;
mod serde_attrs;
mod settings;
mod table;
mod unique;

pub(crate) use collection::{Collection, collection};
pub(crate) use entity::{Entity, Index, Key, entity};
pub(crate) use field::{Field, StoredAs};
pub(crate) use groups::{Group, Role, groups, role};
pub(crate) use part::{Nested, Part, nested, part};
pub(crate) use pattern::{Holds, Pattern, Step};
pub(crate) use segment::{Form, Segment, segment};
pub(crate) use settings::{Encryption, Number, PROVISIONED, Settings, Units};
pub(crate) use table::{Table, TableIndex, table};
pub(crate) use unique::Unique;
