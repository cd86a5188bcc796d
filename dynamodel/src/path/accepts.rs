//! Which values a field takes in an expression.

use super::{Codec, FieldCodec, Serde};
use crate::wire::{CodecError, write_field, write_value};
use serde::Serialize;
use std::marker::PhantomData;

/// A field of type `Self`, stored by the codec `C`, takes a value of type `V`.
///
/// Any field takes its own type, by value or by reference. A `String` takes a `&str`, and an `Option` takes what
/// stands inside it, by reference too.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` does not take a `{V}`",
    label = "a value of another type than the field"
)]
pub trait Accepts<V, C> {
    /// The value as the field itself would be written.
    fn stored(value: &V) -> impl Serialize;

    /// Appends the value as DynamoDB JSON.
    ///
    /// # Errors
    /// When it cannot be stored.
    fn encode(value: &V, out: &mut Vec<u8>) -> Result<(), CodecError> {
        write_value(out, &Self::stored(value))
    }

    /// Appends the value as DynamoDB JSON, unless a field with it would be left out. Gives whether it was.
    ///
    /// # Errors
    /// When it cannot be stored.
    fn encode_field(value: &V, out: &mut Vec<u8>) -> Result<bool, CodecError> {
        write_field(out, &Self::stored(value))
    }
}

impl<T, C: Codec<T>> Accepts<T, C> for T {
    fn stored(value: &T) -> impl Serialize {
        FieldCodec::<T, C>(value, PhantomData)
    }
}

impl<T, C: Codec<T>> Accepts<&T, C> for T {
    fn stored(value: &&T) -> impl Serialize {
        FieldCodec::<T, C>(value, PhantomData)
    }
}

impl Accepts<&str, Serde> for String {
    fn stored(value: &&str) -> impl Serialize {
        value
    }
}

impl Accepts<&str, Serde> for Option<String> {
    fn stored(value: &&str) -> impl Serialize {
        value
    }
}

impl<T: Serialize> Accepts<T, Serde> for Option<T> {
    fn stored(value: &T) -> impl Serialize {
        value
    }
}

impl<T: Serialize> Accepts<&T, Serde> for Option<T> {
    fn stored(value: &&T) -> impl Serialize {
        value
    }
}
