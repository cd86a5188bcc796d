//! The errors of values by themselves, before they are part of an operation: an operation's is [`Error`](crate::Error).

pub use crate::entity::ExpiryError;
pub use crate::key::TimestampError;
pub use crate::wire::{CodecError, NumberError};
