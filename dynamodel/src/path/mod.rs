//! Typed paths to attributes: which entity, which field, and what that field takes; knows no request.

mod accepts;
mod field;
mod role;

pub use accepts::Accepts;
pub use field::{Codec, Field, FieldCodec, Path, Serde};
pub use role::{IndexPart, KeyField, Plain, Settable, Version};
