//! What a field is for, as types, and what each may be used in.

use super::Field;
use crate::key::{KeyPart, KeySegment};
use crate::wire::{Reader, read_value};
use serde::de::DeserializeOwned;
use std::marker::PhantomData;

/// A field that is data and nothing else. The time-to-live field is one: setting it is how a session is extended.
#[derive(Debug)]
pub struct Plain;

/// A field of the primary key.
#[derive(Debug)]
pub struct KeyField;

/// A field of the primary key that is kept there alone: the item has no such attribute.
#[derive(Debug)]
pub struct KeyOnly;

/// A field that stands alone in the index keys rendered from it: setting it renders them again, in the same request.
#[derive(Debug)]
pub struct Alone;

/// A field that shares an index key with others: they are set together, as the group `G`.
#[derive(Debug)]
pub struct Shared<G>(PhantomData<G>);

/// A field that is an index key itself, in its own type.
#[derive(Debug)]
pub struct NativeIndex;

/// A field that sentinels of unique values follow: one of the unique fields, or the time to live of their item.
#[derive(Debug)]
pub struct InSentinels;

/// A field that never changes once the item is created.
#[derive(Debug)]
pub struct Immutable;

/// The version field.
#[derive(Debug)]
pub struct Version;

/// The field that says when the item was created.
#[derive(Debug)]
pub struct CreatedAt;

/// The field that says when the item was written last.
#[derive(Debug)]
pub struct UpdatedAt;

/// A field that was changed and that index keys are rendered from: its name in Rust and its new value.
pub type ChangedField = (&'static str, Box<dyn KeyPart + Send + Sync>);

/// The field `F` of this role may be set by an update, by itself. Every role says yes or no; those that say no have it
/// from a trait that is never implemented and carries the sentence.
#[diagnostic::on_unimplemented(message = "the field `{F}` cannot be set by an update")]
pub trait Settable<F> {
    /// What the index keys need of the new value, given as DynamoDB JSON.
    #[doc(hidden)]
    fn changed_field(_wire: &[u8]) -> Option<ChangedField> {
        None
    }
}

impl<F> Settable<F> for Plain {}
impl<F> Settable<F> for NativeIndex {}
impl<F> Settable<F> for InSentinels {}

impl<F: Field> Settable<F> for Alone
where
    F::Value: KeySegment + DeserializeOwned + Send + Sync + 'static,
{
    fn changed_field(wire: &[u8]) -> Option<ChangedField> {
        let value: F::Value = read_value(&mut Reader::new(wire).ok()?).ok()?;
        Some((F::IDENT, Box::new(value)))
    }
}

impl<F, G: SetTogether<F>> Settable<F> for Shared<G> {}

impl<F: InKey> Settable<F> for KeyField {}
impl<F: InKey> Settable<F> for KeyOnly {}
impl<F: SetOnce> Settable<F> for Immutable {}
impl<F: Counted> Settable<F> for Version {}
impl<F: SetOnCreate> Settable<F> for CreatedAt {}
impl<F: SetOnWrite> Settable<F> for UpdatedAt {}

/// Never implemented: carries the sentence for a field that shares an index key.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{F}` cannot be set alone: it shares an index key with other fields",
    label = "set the group: `.set_key({Self} {{ .. }})`"
)]
pub trait SetTogether<F> {}

/// Never implemented: carries the sentence for a field of the primary key.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is part of the primary key and cannot be changed",
    label = "`create` the item again under its new key, then `delete` the old one"
)]
pub trait InKey {}

/// Never implemented: carries the sentence for an immutable field.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is immutable: it is set once, when the item is created",
    label = "take `#[dynamo(immutable)]` off the field if updates may change it"
)]
pub trait SetOnce {}

/// Never implemented: carries the sentence for the version.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is the version, which every write changes by itself",
    label = "leave this out: the update changes the version as well"
)]
pub trait Counted {}

/// Never implemented: carries the sentence for created-at.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` says when the item was created, which no update changes",
    label = "leave this out; if updates may change the field, take `#[dynamo(created_at)]` off it"
)]
pub trait SetOnCreate {}

/// Never implemented: carries the sentence for updated-at.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` says when the item was written last, which every write sets by itself",
    label = "leave this out: the update sets it as well"
)]
pub trait SetOnWrite {}

/// The field `F` of this role may be computed in the database: `ADD`, `+`, `-`, `if_not_exists`, a copied path.
#[diagnostic::on_unimplemented(message = "the field `{F}` cannot be computed in the database")]
pub trait Computable<F> {}

impl<F> Computable<F> for Plain {}
impl<F> Computable<F> for NativeIndex {}
impl<F: KeptInSentinels> Computable<F> for InSentinels {}
impl<F: InTemplate> Computable<F> for Alone {}
impl<F: InTemplate, G> Computable<F> for Shared<G> {}
impl<F: InKey> Computable<F> for KeyField {}
impl<F: InKey> Computable<F> for KeyOnly {}
impl<F: SetOnce> Computable<F> for Immutable {}
impl<F: Counted> Computable<F> for Version {}
impl<F: SetOnCreate> Computable<F> for CreatedAt {}
impl<F: SetOnWrite> Computable<F> for UpdatedAt {}

/// Never implemented: carries the sentence for a field that an index key is rendered from.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be computed in the database: an index key is rendered from it, and could not follow",
    label = "`set` it to a value that you know, or read the item, change it and `save` it"
)]
pub trait InTemplate {}

/// Never implemented: carries the sentence for a field that sentinels of unique values follow.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is unique, or the expiry of what is unique, so its new value must be known before the write and cannot be computed by DynamoDB",
    label = "`set` it to a value that you know, or read the item, change it and `save` it"
)]
pub trait KeptInSentinels {}

/// A field of this role is an attribute of the item, so that conditions can look at it.
#[diagnostic::on_unimplemented(
    message = "the field `{F}` is kept in the key alone",
    label = "there is no such attribute for a condition to look at"
)]
pub trait Stored<F> {}

impl<F> Stored<F> for Plain {}
impl<F> Stored<F> for KeyField {}
impl<F> Stored<F> for Alone {}
impl<F, G> Stored<F> for Shared<G> {}
impl<F> Stored<F> for NativeIndex {}
impl<F> Stored<F> for InSentinels {}
impl<F> Stored<F> for Immutable {}
impl<F> Stored<F> for Version {}
impl<F> Stored<F> for CreatedAt {}
impl<F> Stored<F> for UpdatedAt {}

/// The field `F` in a query on the index whose key it is (`OWN`): DynamoDB takes it in the key condition only.
#[derive(Debug)]
pub struct KeyOfQuery<F, const OWN: bool>(PhantomData<F>);

impl<F: Field, const OWN: bool> Field for KeyOfQuery<F, OWN> {
    type Value = F::Value;
    type Role = Self;
    type Codec = F::Codec;
    type Absence = F::Absence;
    const NAME: &'static str = F::NAME;
    const IDENT: &'static str = F::IDENT;
}

impl<F: NoKeyOfQuery> Stored<Self> for KeyOfQuery<F, true> {}

/// The field's value is written into a key attribute too, and is an attribute of its own.
impl<F> Stored<Self> for KeyOfQuery<F, false> {}

/// Never implemented: carries the sentence for a field that is a key of the query.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a key of this very query and cannot be filtered by",
    label = "narrow the access pattern instead"
)]
pub trait NoKeyOfQuery {}

/// The field `F` may be absent from an item, and is read all the same.
#[diagnostic::on_unimplemented(
    message = "the field `{F}` cannot be removed",
    label = "an item without it could not be read",
    note = "only a field that may be absent can be removed: an `Option`, a `Set`, or one with `#[serde(default)]`"
)]
pub trait Removable<F> {}

/// In place of the type of a field that has a default.
#[derive(Debug)]
pub struct Defaulted;

impl<F> Removable<F> for Defaulted {}
impl<F, T> Removable<F> for Option<T> {}
impl<F, T> Removable<F> for crate::wire::Set<T> {}
