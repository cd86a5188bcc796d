//! What was true of an item when it was found, as the condition of the write to it.

use crate::entity::{Bounds, Index, Item, Keyed, SortTest, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Node, Operand, Place};
use crate::key::KeyValue;
use crate::op::precondition;
use crate::op::{Body, Context, Operation, Query, Request, Scan};
use std::time::SystemTime;

/// What must still hold of an item that was found.
#[derive(Debug, Clone)]
pub(crate) struct StillMatches {
    /// The table's partition key.
    key: &'static str,
    /// What does not depend on the time.
    found: Option<Node>,
    /// The time-to-live attribute, where what has expired is left out.
    ttl: Option<&'static str>,
}

impl StillMatches {
    /// Of an item that is there: entity, access pattern and filter.
    pub(crate) fn found(&self) -> Option<Node> {
        self.found.clone()
    }

    /// All of it.
    fn whole(&self, now: SystemTime) -> Option<Node> {
        let alive = self.ttl.and_then(|ttl| precondition::alive_by(ttl, now));
        Node::all([Some(Node::exists(self.key)), self.found(), alive].into_iter().flatten())
    }

    /// Whether what was found may be deleted at all.
    ///
    /// # Errors
    /// `InvalidRequest` where it is the records of locks.
    pub(crate) fn deletable<P: Item>() -> Result<()> {
        match P::only().and_then(|name| locks::<P>().find(|lock| *lock == name)) {
            None => Ok(()),
            Some(_) => Err(Error::new(
                ErrorKind::InvalidRequest,
                "without its record a lock's fencing token would start again: acquire each lock and call `guard.delete()`",
            )
            .of_entity(P::NAME)),
        }
    }

    /// The request that deletes such an item, on one more condition. The record of a lock is left alone.
    pub(crate) fn delete<P: Item>(&self, key: &Keyed<P>, cx: &Context<'_>, given: Option<Node>) -> Result<Request> {
        let mut body = Body::new(cx.table);
        body.primary_key(&key.primary());
        let locks = locks::<P>().filter(|_| P::only().is_none());
        let no_lock = locks.filter_map(|lock| precondition::is_not_of_type(P::Table::TYPE_ATTRIBUTE, lock));
        let condition = Node::all(self.whole(cx.now).into_iter().chain(no_lock).chain(given));
        let condition = precondition::and::<()>(condition, &[])?;
        body.expressions(condition.as_ref(), None).map_err(|error| error.of_entity(P::NAME))?;
        Ok(body.finish(Operation::DeleteItem))
    }
}

/// What the type attribute says of the locks of the table.
fn locks<P: Item>() -> impl Iterator<Item = &'static str> {
    P::Table::SCHEMA.entities.iter().filter(|entity| entity.lock).map(|entity| entity.type_name)
}

/// The check that an item is there of which this holds, as the body of a transaction's action.
pub(crate) fn item_check<P: Item>(key: &Keyed<P>, cx: &Context<'_>, given: Option<Node>) -> Result<Request> {
    let mut body = Body::new(cx.table);
    body.primary_key(&key.primary());
    let condition = Node::all([Some(Node::exists(P::Table::PARTITION_KEY)), given].into_iter().flatten());
    let condition = precondition::and::<()>(condition, &[])?;
    body.expressions(condition.as_ref(), None)?;
    Ok(body.finish(Operation::TransactWriteItems))
}

/// The request that reads such an item whole.
pub(crate) fn get_raw<P: Item>(key: &Keyed<P>, cx: &Context<'_>) -> Request {
    let mut body = Body::new(cx.table);
    body.primary_key(&key.primary());
    body.bare("ConsistentRead", "true");
    body.finish(Operation::GetItem)
}

impl<P: Item, I: Index, V> Query<P, I, V> {
    pub(crate) fn match_condition(&self) -> Result<StillMatches> {
        let bounds = self.range.bounds()?;
        // The table's own key cannot change; an index's can, and the index itself tells late.
        let keys = I::NAME.map(|_| key_nodes(bounds)).into_iter().flatten();
        // Other entities may lie in the range; items of other writers have no type.
        let only = match (bounds.only, P::only()) {
            (Some((attribute, name)), _) => Some(precondition::is_of_type(attribute, name)),
            (None, Some(name)) => {
                let attribute = P::Table::TYPE_ATTRIBUTE;
                Node::any([Node::not_exists(attribute), precondition::is_of_type(attribute, name)])
            }
            (None, None) => None,
        };
        Ok(StillMatches {
            key: P::Table::PARTITION_KEY,
            found: Node::all(keys.chain(only).chain(self.given_filter()?.cloned())),
            ttl: self.options.checked_ttl::<P>(),
        })
    }
}

impl<P: Item, V> Scan<P, V> {
    pub(crate) fn match_condition(&self) -> Result<StillMatches> {
        let only = P::only().map(|name| precondition::is_of_type(P::Table::TYPE_ATTRIBUTE, name));
        Ok(StillMatches {
            key: P::Table::PARTITION_KEY,
            found: Node::all(only.into_iter().chain(self.given_filter()?.cloned())),
            ttl: self.options.checked_ttl::<P>(),
        })
    }
}

/// A query's key condition, as conditions on the item.
fn key_nodes(bounds: &Bounds) -> Vec<Node> {
    let value = |value: &KeyValue| {
        let mut wire = Vec::with_capacity(48);
        value.write(&mut wire);
        Operand::Value(wire)
    };
    let place = |name| Operand::Place(Place::Field(name));
    let equal = |(name, partition): &(&'static str, KeyValue)| Node::Compare(place(name), "=", value(partition));
    let sort = bounds.sort.iter().filter_map(|bound| {
        let name = bound.attribute;
        Some(match &bound.test {
            SortTest::Compare(operator, right) => Node::Compare(place(name), operator, value(right)),
            SortTest::BeginsWith(prefix) => Node::Function("begins_with", Place::Field(name), Some(value(prefix))),
            SortTest::Between(low, high) => Node::Between(place(name), value(low), value(high)),
            // Nothing was found by that.
            SortTest::Nothing => return None,
        })
    });
    bounds.partition.iter().map(equal).chain(sort).collect()
}
