//! The writes that unique values follow, and what each knows of the item before it.

use super::values::{Values, watched};
use crate::entity::{Entity, Key, Table as _};
use crate::error::Result;
use crate::expr::{Node, Placeholders};
use crate::op::{Body, Context, Operation, Precondition, Request};

/// What is taken to be true of the item that is there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum KnownItem {
    /// The write's own condition sees to it that no item is there whose values it would have to give up.
    Fresh,
    /// Its unique values, and its expiry, are those that the write leaves.
    Unchanged,
    /// They are these.
    Present(Values),
    /// There is no item.
    Absent,
}

/// Where a write begins: with what is known of the item, or with a read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Start {
    /// With this.
    With(KnownItem),
    /// What the item says must be read first.
    Read,
}

/// A write of one item with unique fields.
pub(crate) trait UniqueWrite: Send + Sync {
    /// Of what.
    type Entity: Entity;

    /// DynamoDB's action in a transaction.
    const KIND: &'static str;

    /// What it is called.
    fn verb(&self) -> &'static str;

    /// The item's key.
    fn key(&self) -> &Key<Self::Entity>;

    /// What is known at first.
    fn start(&self) -> Start;

    /// Whether the sentinels of all its values are written, also where the item has these values already: then those that
    /// are missing are made.
    fn writes_all(&self) -> bool {
        false
    }

    /// Whether the item's sentinels must be there: a write that gives up a value whose sentinel is missing gets an
    /// error.
    fn needs_sentinels(&self) -> bool {
        false
    }

    /// The single request, on one more condition.
    ///
    /// # Errors
    /// What is wrong before anything is sent.
    fn request(
        &self,
        cx: &Context<'_>,
        given: Option<Node>,
    ) -> Result<(Request, Precondition<<Self::Entity as Entity>::Version>)>;

    /// What the item says afterwards; `None` where it is gone.
    ///
    /// # Errors
    /// When it cannot be known.
    fn after(&self, cx: &Context<'_>, before: Option<&Values>) -> Result<Option<Values>>;

    /// The request that reads what the item says.
    ///
    /// # Errors
    /// When the key cannot be.
    fn read(&self, cx: &Context<'_>) -> Result<Request> {
        let mut body = Body::new(cx.table);
        body.key(self.key())?;
        body.bare("ConsistentRead", "true");
        let key = <Self::Entity as Entity>::Table::PARTITION_KEY;
        body.projection(&watched(Self::Entity::SCHEMA), &[key], Placeholders::default())?;
        Ok(body.finish(Operation::GetItem))
    }
}

impl<W: UniqueWrite> UniqueWrite for &W {
    type Entity = W::Entity;
    const KIND: &'static str = W::KIND;

    fn verb(&self) -> &'static str {
        (**self).verb()
    }

    fn key(&self) -> &Key<Self::Entity> {
        (**self).key()
    }

    fn start(&self) -> Start {
        (**self).start()
    }

    fn writes_all(&self) -> bool {
        (**self).writes_all()
    }

    fn needs_sentinels(&self) -> bool {
        (**self).needs_sentinels()
    }

    fn request(
        &self,
        cx: &Context<'_>,
        given: Option<Node>,
    ) -> Result<(Request, Precondition<<Self::Entity as Entity>::Version>)> {
        (**self).request(cx, given)
    }

    fn after(&self, cx: &Context<'_>, before: Option<&Values>) -> Result<Option<Values>> {
        (**self).after(cx, before)
    }
}
