//! Tables and entities as constant values, and the checks on them that run in the compiler; knows no item and no value.

mod check;
mod collide;
mod entity;
mod message;
mod projection_type;
mod shape;
mod table;
mod template;
mod text;

pub(crate) use check::common_beginning;
pub use check::{
    Mark, check_among, check_attributes, check_collection, check_index, check_lasting, check_left_out, check_native,
    check_projections, check_segment, check_with, index_attribute, marks,
};
pub(crate) use collide::{may_begin, may_collide};
pub use entity::{AccessPattern, EntitySchema, KeyAttribute, Position, ProjectionSchema, UniqueSchema};
pub use message::Message;

pub use projection_type::ProjectionType;
pub(crate) use projection_type::projection_type;
pub use table::{IndexKind, IndexSchema, TableSchema};
pub(crate) use table::{SENTINEL_KEY, SENTINEL_TYPE};
pub use template::{Form, KeyKind, Pattern, Piece, Spec, TextForm};
pub(crate) use text::same;
