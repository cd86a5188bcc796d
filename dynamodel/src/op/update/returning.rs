//! What an update gives back, as types.

use std::marker::PhantomData;

/// What an update gives back.
pub trait Returning {
    /// DynamoDB's word for it; `None` for nothing.
    #[doc(hidden)]
    const VALUES: Option<&'static str>;

    /// Whether it is the item before the update.
    #[doc(hidden)]
    const IS_OLD: bool = false;
}

/// Nothing.
#[derive(Debug)]
pub struct Nothing;

/// The item after the update, as a `T`: the entity, or a part of it.
#[derive(Debug)]
pub struct NewItem<T>(PhantomData<fn() -> T>);

/// The item before the update, as a `T`: the entity, or a part of it.
#[derive(Debug)]
pub struct OldItem<T>(PhantomData<fn() -> T>);

/// Whether the item was there: for an upsert.
#[derive(Debug)]
pub struct OrCreate;

/// What an upsert did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upserted {
    /// There was no item (or one that had expired): the fresh one was created, as it was given.
    Created,
    /// The item was there: it was changed as the update says.
    Updated,
}

impl Returning for OrCreate {
    const VALUES: Option<&'static str> = None;
}

impl Returning for Nothing {
    const VALUES: Option<&'static str> = None;
}

impl<T> Returning for NewItem<T> {
    const VALUES: Option<&'static str> = Some("ALL_NEW");
}

impl<T> Returning for OldItem<T> {
    const VALUES: Option<&'static str> = Some("ALL_OLD");
    const IS_OLD: bool = true;
}
