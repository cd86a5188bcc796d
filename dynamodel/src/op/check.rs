//! `Check`: a condition on an item that a transaction does not write.

use super::precondition::{self, Precondition};
use super::target::check_stored;
use super::{Body, Context, Operation, Request, Target, Unsent, Verb};
use crate::entity::{Entity, Key, Timestamps};
use crate::error::Result;
use crate::expr::Condition;
#[cfg(feature = "lock")]
use crate::expr::Node;

/// Makes a transaction depend on an item that it does not write: `ConditionCheck`.
///
/// By its key: the item must be there and not have expired. By its value: its version must be the value's too.
/// [`absent`](Self::absent) asks for the contrary. Costs two write units per KB of the item, as if it were written.
///
/// # Errors
/// As a [reason](crate::Error::reasons) of the cancelled transaction: [`NotFound`](crate::ErrorKind::NotFound),
/// [`Expired`](crate::ErrorKind::Expired), [`Conflict`](crate::ErrorKind::Conflict),
/// [`ConditionFailed`](crate::ErrorKind::ConditionFailed), [`AlreadyExists`](crate::ErrorKind::AlreadyExists), with the
/// item that is there.
#[must_use = "a check does nothing until a transaction is given it"]
pub struct Check<E: Entity, V = Unsent> {
    key: Key<E>,
    expected: Option<E::Version>,
    absent: bool,
    conditions: Vec<Condition<E>>,
    pub(crate) via: V,
}

impl<E: Entity> Check<E> {
    /// The item is there, and if it is given by its value, as it was read.
    pub fn new(target: impl Into<Target<E>>) -> Self {
        Self::via(target.into(), Unsent)
    }

    /// There is no item under the key, or it has expired.
    pub fn absent(key: Key<E>) -> Self {
        Self { absent: true, ..Self::via(key.into(), Unsent) }
    }
}

impl<E: Entity, V> Check<E, V> {
    pub(crate) fn via(target: Target<E>, via: V) -> Self {
        Self { key: target.key, expected: target.expected, absent: false, conditions: Vec::new(), via }
    }

    /// This holds too. Several conditions must all hold.
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
        check_stored(&self.key, self.expected.as_ref())?;
        let mut body = Body::new(cx.table);
        body.key(&self.key)?;
        let own = if self.absent {
            precondition::create::<E>(cx.now)
        } else {
            precondition::update::<E>(self.expected.as_ref(), cx.now)?
        };
        let condition = precondition::and(own, &self.conditions)?;
        body.expressions(condition.as_ref(), None)
            .map_err(|error| error.of_entity(E::SCHEMA.name).at_key(&self.key))?;
        let verb = if self.absent { Verb::CheckAbsent } else { Verb::Check };
        let precondition =
            Precondition { verb, expected: self.expected.clone(), written: None, timestamps: Timestamps::default() };
        Ok((body.finish(Operation::TransactWriteItems), precondition))
    }
}
