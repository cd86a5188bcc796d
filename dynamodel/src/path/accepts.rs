//! Which values a field takes in an expression.

use super::{Codec, FieldCodec, Serde};
use crate::wire::{CodecError, write_value};
use serde::Serialize;
use std::marker::PhantomData;

/// A field of type `Self`, stored by the codec `C`, takes a value of type `V`.
///
/// Any field takes its own type, by value or by reference. A `String` takes a `&str`, and an `Option` takes what
/// stands inside it.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` does not take a `{V}`",
    label = "a value of another type than the field"
)]
pub trait Accepts<V, C> {
    /// Appends the value as DynamoDB JSON, as the field itself would be written.
    ///
    /// # Errors
    /// When it cannot be stored.
    fn encode(value: &V, out: &mut Vec<u8>) -> Result<(), CodecError>;
}

impl<T, C: Codec<T>> Accepts<T, C> for T {
    fn encode(value: &T, out: &mut Vec<u8>) -> Result<(), CodecError> {
        write_value(out, &FieldCodec::<T, C>(value, PhantomData))
    }
}

impl<T, C: Codec<T>> Accepts<&T, C> for T {
    fn encode(value: &&T, out: &mut Vec<u8>) -> Result<(), CodecError> {
        write_value(out, &FieldCodec::<T, C>(value, PhantomData))
    }
}

impl Accepts<&str, Serde> for String {
    fn encode(value: &&str, out: &mut Vec<u8>) -> Result<(), CodecError> {
        write_value(out, value)
    }
}

impl Accepts<&str, Serde> for Option<String> {
    fn encode(value: &&str, out: &mut Vec<u8>) -> Result<(), CodecError> {
        write_value(out, value)
    }
}

impl<T: Serialize> Accepts<T, Serde> for Option<T> {
    fn encode(value: &T, out: &mut Vec<u8>) -> Result<(), CodecError> {
        write_value(out, value)
    }
}
