//! Typed paths to attributes: which entity, which field, and what that field takes; knows no request.

mod accepts;
mod capability;
mod container;
mod field;
mod location;
mod nested;
mod role;

pub use accepts::Accepts;
pub use capability::{Containing, Measured, Numeric, Ordered, Textual};
pub use container::{Element, ListOf, ListTakes, MapOf, SetTakes};
pub(crate) use field::show;
pub use field::{Codec, Field, FieldCodec, Path, Serde};
pub use location::{AtIndex, AtKey, Inside, Location, Root, Segment};
pub use nested::{ListPaths, Nested, NestedPaths, PartOf};
pub use role::{
    Alone, ChangedField, Computable, CreatedAt, Defaulted, Immutable, InSentinels, KeyField, KeyOfQuery, KeyOnly,
    NativeIndex, Plain, Removable, Settable, Shared, Stored, UpdatedAt, Version,
};
