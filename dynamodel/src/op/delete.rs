//! `delete`: one item by its key, or by the value that was read.

use super::precondition::{self, Precondition};
use super::target::{Target, check_stored};
use super::unique::{KnownItem, Start, UniqueWrite, Values};
use super::{Body, Context, Operation, Request, Unsent, Verb};
use crate::entity::{Deletable, Entity, Key, Timestamps};
use crate::error::Result;
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

impl<E: Entity, V> Delete<E, V> {
    pub(crate) fn via(target: Target<E>, via: V) -> Self {
        let Target { key, expected, before } = target;
        Self { key, expected, before, conditions: Vec::new(), via }
    }

    /// The same delete, sent by another.
    pub(crate) fn with_client<W>(self, via: W) -> Delete<E, W> {
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
    pub(crate) fn and_condition(&mut self, condition: Option<Node>) {
        self.conditions.extend(condition.map(|node| Condition::new(Ok(node))));
    }

    pub(crate) fn request(&self, cx: &Context<'_>) -> Result<(Request, Precondition<E::Version>)> {
        self.request_given(cx, None)
    }

    /// The same on one more condition.
    fn request_given(&self, cx: &Context<'_>, given: Option<Node>) -> Result<(Request, Precondition<E::Version>)> {
        check_stored(&self.key, self.expected.as_ref())?;
        let mut body = Body::new(cx.table);
        body.key(&self.key)?;
        let condition = self.expected.as_ref().map(precondition::version_is::<E>).transpose()?.flatten();
        let condition = precondition::and(Node::all(condition.into_iter().chain(given)), &self.conditions)?;
        body.expressions(condition.as_ref(), None)
            .map_err(|error| error.of_entity(E::SCHEMA.name).at_key(&self.key))?;
        let precondition = Precondition {
            verb: Verb::Delete,
            expected: self.expected.clone(),
            written: None,
            timestamps: Timestamps::default(),
        };
        Ok((body.finish(Operation::DeleteItem), precondition))
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
        self.before.clone().map_or(Start::Read, |before| Start::With(KnownItem::Present(before)))
    }

    fn request(&self, cx: &Context<'_>, given: Option<Node>) -> Result<(Request, Precondition<E::Version>)> {
        self.request_given(cx, given)
    }

    fn after(&self, _: &Context<'_>, _: Option<&Values>) -> Result<Option<Values>> {
        Ok(None)
    }
}
