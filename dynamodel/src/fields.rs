//! The paths to attributes that closures are given (`|s| s.hits`), and what is made of them. One meets their names in
//! compile errors, and in functions of one's own that take a path.

pub use crate::expr::{AttributeType, Size};
pub use crate::path::{Element, ListPaths, NestedPaths, Path};
