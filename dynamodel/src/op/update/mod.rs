//! `update`: some attributes of an item that is there.

mod builder;
mod elements;
mod index_keys;
#[cfg(feature = "lock")]
mod lease;
mod request;
mod returning;
mod spec;
mod unique;

pub use builder::Update;
pub use index_keys::{KeyGroup, KeyGroupUpdate};
pub use returning::{NewItem, Nothing, OldItem, OrCreate, Returning, Upserted};
