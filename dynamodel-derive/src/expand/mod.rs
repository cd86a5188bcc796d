//! Writes the code: constants and one-line calls into the runtime's `__private`; finds no mistakes and returns no
//! errors.

mod broken;
mod collection;
mod decoys;
mod entity;
mod fields;
mod groups;
mod held;
mod items;
mod keys;
mod part;
mod patterns;
mod place;
mod promises;
mod ranges;
mod segment;
mod settings;
mod table;
mod unique;

pub(crate) use broken::{broken_entity, broken_table};
pub(crate) use collection::{broken_collection, collection};
pub(crate) use entity::entity;
pub(crate) use part::{nested, part};
pub(crate) use segment::segment;
pub(crate) use table::table;
