//! Tables and entities as constant values, and the checks on them that run in the compiler; knows no item and no value.

mod check;
mod collide;
mod entity;
mod message;
mod shape;
mod table;
mod template;

#[cfg(test)]
pub(crate) use collide::{may_begin, may_meet};

pub(crate) use check::common_beginning;
pub use check::{
    check_attributes, check_collection, check_index, check_lasting, check_left_out, check_native, check_pair,
    check_segment, check_with, index_attribute,
};
pub use entity::{AccessPattern, EntitySchema, KeyAttribute, Position, ProjectionSchema};
pub use message::Message;
pub(crate) use message::same;
pub use table::{IndexKind, IndexSchema, TableSchema};
pub use template::{Form, KeyKind, Pattern, Piece, Spec, TextForm};
