//! Writes the code: constants and one-line calls into the runtime's `__private`; finds no mistakes and returns no
//! errors.

mod assertions;
mod collection;
mod entity;
mod fallback;
mod fields;
mod groups;
mod index_projection;
mod items;
mod keys;
mod part;
mod patterns;
mod place;
mod ranges;
mod segment;
mod settings;
mod table;
mod tokens;
mod unavailable;
mod unique;

pub(crate) use collection::{collection, fallback_collection};
pub(crate) use entity::entity;
pub(crate) use fallback::{fallback_entity, fallback_table};
pub(crate) use part::{nested, part};
pub(crate) use segment::segment;
pub(crate) use table::table;
