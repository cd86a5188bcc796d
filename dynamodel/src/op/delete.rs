//! `delete`: one item by its key, or by the value that was read.

use super::guard::{self, Guard, Verb};
use super::unique::{Seen, Start, UniqueWrite, Values};
use super::{Body, Context, Operation, Request, Unsent};
use crate::entity::{Deletable, Entity, Key, Stamps, VersionField};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Condition, Node};

/// Deletes one item: DeleteItem, without a condition by its key; by its value on the condition that the stored version
/// is the value's.
///
/// Deleting by key what is not there succeeds, as DynamoDB has it. Costs one write unit per KB of the deleted item.
///
/// # Errors
/// By value, for a versioned entity: [`Conflict`](crate::ErrorKind::Conflict) with the
/// [current](crate::Error::current) item, [`NotFound`](crate::ErrorKind::NotFound), and
/// [`WrongEntity`](crate::ErrorKind::WrongEntity); with a condition of the caller's own
/// [`ConditionFailed`](crate::ErrorKind::ConditionFailed); [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) after a
/// [lost response](crate::guide::errors); on an entity with unique fields [`Contention`](crate::ErrorKind::Contention) when other
/// writers change them each time in between;
/// [`InvalidKey`](crate::ErrorKind::InvalidKey) before anything is sent.
#[must_use = "an operation does nothing until awaited"]
pub struct Delete<E: Entity, V = Unsent> {
    pub(crate) key: Key<E>,
    expected: Option<E::Version>,
    before: Option<Values>,
    conditions: Vec<Condition<E>>,
    pub(crate) via: V,
}

impl<E: Entity> Delete<E> {
    /// An operation without a client, by the item's key or by a reference to its value.
    pub fn new(target: impl Into<Target<E>>) -> Self
    where
        E::Version: Deletable,
    {
        Self::via(target.into(), Unsent)
    }
}

/// An item to write to, by its key alone or by a value that was read: then its version is checked.
pub struct Target<E: Entity> {
    pub(crate) key: Key<E>,
    pub(crate) expected: Option<E::Version>,
    /// What the value says of its unique fields.
    pub(crate) before: Option<Values>,
}

impl<E: Entity> From<Key<E>> for Target<E> {
    fn from(key: Key<E>) -> Self {
        Self { key, expected: None, before: None }
    }
}

impl<E: Entity> From<&Key<E>> for Target<E> {
    fn from(key: &Key<E>) -> Self {
        Self { key: key.clone(), expected: None, before: None }
    }
}

impl<E: Entity> From<&E> for Target<E> {
    fn from(entity: &E) -> Self {
        Self {
            key: entity.primary_key(),
            expected: E::Version::PRESENT.then(|| entity.version().clone()),
            before: Values::of_entity(entity),
        }
    }
}

/// A value that was never stored has no version to compare with.
pub(crate) fn check_stored<E: Entity>(key: &Key<E>, expected: Option<&E::Version>) -> Result<()> {
    match expected {
        Some(version) if version.is_fresh() => Err(Error::new(
            ErrorKind::InvalidRequest,
            "the value was never stored: its version says so; give the key instead to write without a check",
        )
        .of_entity(E::SCHEMA.name)
        .at_key(key)),
        _ => Ok(()),
    }
}

impl<E: Entity, V> Delete<E, V> {
    pub(crate) fn via(target: Target<E>, via: V) -> Self {
        let Target { key, expected, before } = target;
        Self { key, expected, before, conditions: Vec::new(), via }
    }

    /// The same delete, sent by another.
    pub(crate) fn over<W>(self, via: W) -> Delete<E, W> {
        let Self { key, expected, before, conditions, via: _ } = self;
        Delete { key, expected, before, conditions, via }
    }

    /// Deletes only an item for which this holds too. Several conditions must all hold.
    pub fn condition(mut self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        self.conditions.push(condition(E::fields()));
        self
    }

    /// One more condition.
    #[cfg(feature = "lock")]
    pub(crate) fn also(&mut self, condition: Option<Node>) {
        self.conditions.extend(condition.map(|node| Condition::new(Ok(node))));
    }

    pub(crate) fn request(&self, cx: &Context<'_>) -> Result<(Request, Guard<E::Version>)> {
        self.request_given(cx, None)
    }

    /// The same on one more condition.
    fn request_given(&self, cx: &Context<'_>, given: Option<Node>) -> Result<(Request, Guard<E::Version>)> {
        check_stored(&self.key, self.expected.as_ref())?;
        let mut body = Body::new(cx.table);
        body.key(&self.key)?;
        let condition = self.expected.as_ref().map(guard::version_is::<E>).transpose()?.flatten();
        let condition = guard::and(Node::all(condition.into_iter().chain(given)), &self.conditions)?;
        body.expressions(condition.as_ref(), None)
            .map_err(|error| error.of_entity(E::SCHEMA.name).at_key(&self.key))?;
        let guard =
            Guard { verb: Verb::Delete, expected: self.expected.clone(), written: None, stamps: Stamps::default() };
        Ok((body.finish(Operation::DeleteItem), guard))
    }
}

impl<E: Entity, V: Send + Sync> UniqueWrite for Delete<E, V> {
    type Entity = E;
    const KIND: &'static str = "Delete";

    fn verb(&self) -> &'static str {
        "delete"
    }

    fn key(&self) -> &Key<E> {
        &self.key
    }

    fn start(&self) -> Start {
        self.before.clone().map_or(Start::Read, |before| Start::With(Seen::There(before)))
    }

    fn request(&self, cx: &Context<'_>, given: Option<Node>) -> Result<(Request, Guard<E::Version>)> {
        self.request_given(cx, given)
    }

    fn after(&self, _: &Context<'_>, _: Option<&Values>) -> Result<Option<Values>> {
        Ok(None)
    }
}
