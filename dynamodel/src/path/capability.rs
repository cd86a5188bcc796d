//! What DynamoDB can do with a stored value, as traits on the field's type. `C` is the codec: a field with
//! `serde(with = ..)` stores something else than its type would, so it can do nothing of this unless declared.

use super::Serde;
use crate::wire::{Bytes, Number, Set};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// A type whose stored form is ordered as its values are: `<`, `<=`, `>`, `>=` and `BETWEEN` mean what they say.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no order in DynamoDB",
    label = "`<`, `>` and ranges need strings, numbers, bytes or times in an ordered form",
    note = "a time as serde writes it is text whose order is not the order of time: use `dynamodel::Timestamp`; a field with `serde(with = ..)` says `#[dynamo(stored = \"N\", ordered)]` if its stored form is ordered"
)]
pub trait Ordered<C> {}

/// A type that is stored as a string or bytes: `begins_with`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not text",
    label = "`begins_with` is for strings and bytes"
)]
pub trait Textual<C> {
    /// What a beginning of it is given as.
    type Part: ?Sized + serde::Serialize;
}

/// A type that is stored as a string or bytes: `contains` of a part. Beside [`Textual`], for a sentence of its own.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` holds no text to look for a part in",
    label = "`contains_text` is for strings and bytes",
    note = "an element of a list is looked for with `contains`, of a set with `has`"
)]
pub trait Containing<C> {
    /// What a part of it is given as.
    type Part: ?Sized + serde::Serialize;
}

/// A type that is stored as a number: `ADD`, `+` and `-`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not a number",
    label = "`ADD`, `+` and `-` count, and need a number (sets: `insert` and `delete`)"
)]
pub trait Numeric<C> {}

/// A type whose stored form has a size: characters' bytes, bytes, or elements.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no size in DynamoDB",
    label = "`size` is for strings, bytes, sets, lists and maps"
)]
pub trait Measured<C> {}

macro_rules! numbers {
    ($($type:ty)*) => {$(
        impl Ordered<Serde> for $type {}
        impl Numeric<Serde> for $type {}
    )*};
}

numbers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 Number);

macro_rules! ordered {
    ($($type:ty)*) => {$(impl Ordered<Serde> for $type {})*};
}

ordered!(String Bytes char crate::key::Timestamp);

#[cfg(feature = "uuid")]
ordered!(uuid::Uuid);
#[cfg(feature = "ulid")]
ordered!(ulid::Ulid);
#[cfg(feature = "jiff")]
ordered!(jiff::civil::Date);
#[cfg(feature = "chrono")]
ordered!(chrono::NaiveDate);

// Without a macro: messages about them show these lines.
impl Textual<Serde> for String {
    type Part = str;
}

impl Textual<Serde> for Bytes {
    type Part = Bytes;
}

impl Containing<Serde> for String {
    type Part = str;
}

impl Containing<Serde> for Bytes {
    type Part = Bytes;
}

macro_rules! measured {
    ($($type:ty)*) => {$(impl Measured<Serde> for $type {})*};
}

measured!(String Bytes);

impl<T> Measured<Serde> for Vec<T> {}
impl<T> Measured<Serde> for VecDeque<T> {}
impl<T> Measured<Serde> for Set<T> {}
impl<K, T> Measured<Serde> for BTreeMap<K, T> {}
impl<K, T, S> Measured<Serde> for HashMap<K, T, S> {}

impl<T: Ordered<C>, C> Ordered<C> for Option<T> {}
impl<T: Numeric<C>, C> Numeric<C> for Option<T> {}
impl<T: Measured<C>, C> Measured<C> for Option<T> {}

impl<T: Textual<C>, C> Textual<C> for Option<T> {
    type Part = T::Part;
}

impl<T: Containing<C>, C> Containing<C> for Option<T> {
    type Part = T::Part;
}
