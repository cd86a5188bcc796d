//! `query`: the items of one partition, in the order of their sort keys.

use super::guard;
use super::{Body, Context, Operation, Request, Unsent};
use crate::entity::{Consistent, Entity, Index, KeyRange, Projection, SortBound};
use crate::error::Result;
use crate::expr::{Placeholders, render_condition};
use crate::wire;
use std::marker::PhantomData;

/// Reads the items of one access pattern: Query, on the table or on an index.
///
/// Awaiting it gives one [`Page`](crate::Page): as many items as DynamoDB hands out at once (1 MB), or exactly the
/// [`limit`](Self::limit) if there are so many. Items whose time to live has passed are left out by the server. Costs
/// half a read unit per 4 KB read, what the server leaves out included.
///
/// # Errors
/// [`Decode`](crate::ErrorKind::Decode) and [`WrongEntity`](crate::ErrorKind::WrongEntity) when an item in the range
/// cannot be read as the entity; [`InvalidKey`](crate::ErrorKind::InvalidKey) before anything is sent.
#[must_use = "an operation does nothing until awaited"]
pub struct Query<E: Entity, I: Index, V = Unsent, P = E> {
    range: KeyRange<E, I>,
    limit: Option<u32>,
    backward: bool,
    consistent: bool,
    pub(crate) include_expired: bool,
    after: Option<Cursor>,
    pub(crate) via: V,
    part: PhantomData<fn() -> P>,
}

/// Where a page ended: what the next one starts after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub(crate) String);

impl<E: Entity, I: Index> Query<E, I> {
    /// An operation without a client.
    pub fn new(range: KeyRange<E, I>) -> Self {
        Self::via(range, Unsent)
    }
}

impl<E: Entity, I: Index, V> Query<E, I, V> {
    pub(crate) fn via(range: KeyRange<E, I>, via: V) -> Self {
        Self {
            range,
            limit: None,
            backward: false,
            consistent: false,
            include_expired: false,
            after: None,
            via,
            part: PhantomData,
        }
    }

    /// Reads some of the fields only: a struct with `#[derive(Projection)]`.
    pub fn part<P: Projection<Entity = E>>(self) -> Query<E, I, V, P> {
        let Self { range, limit, backward, consistent, include_expired, after, via, part: _ } = self;
        Query { range, limit, backward, consistent, include_expired, after, via, part: PhantomData }
    }
}

impl<E: Entity, I: Index, V, P: Projection<Entity = E>> Query<E, I, V, P> {
    /// How many items to return at most.
    pub fn limit(mut self, items: u32) -> Self {
        self.limit = Some(items);
        self
    }

    /// Largest sort key first (`ScanIndexForward = false`).
    pub fn backward(mut self) -> Self {
        self.backward = true;
        self
    }

    /// Reads what every write that was answered before has left behind (`ConsistentRead`), at twice the cost.
    pub fn consistent(mut self) -> Self
    where
        I: Consistent,
    {
        self.consistent = true;
        self
    }

    /// Shows items also after their time to live has passed, as long as DynamoDB has not deleted them.
    pub fn include_expired(mut self) -> Self {
        self.include_expired = true;
        self
    }

    /// Goes on where a page ended.
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.after = Some(cursor);
        self
    }

    /// The limit on items returned.
    pub(crate) fn wanted(&self) -> Option<u32> {
        self.limit
    }

    /// The request for at most `evaluate` items from where the last one ended.
    pub(crate) fn request(&self, cx: &Context<'_>, evaluate: Option<u32>) -> Result<Request> {
        let bounds = self.range.bounds()?;
        let mut body = Body::new(cx.table);
        if let Some(index) = I::NAME {
            body.text("IndexName", index);
        }
        let mut placeholders = Placeholders::default();
        let mut text = String::new();
        let mut value = Vec::new();
        for (at, (name, partition)) in bounds.partition.iter().enumerate() {
            text.push_str(if at == 0 { "" } else { " AND " });
            placeholders.name(name, &mut text);
            value.clear();
            partition.write(&mut value);
            text.push_str(" = ");
            placeholders.value(name, &value, &mut text);
        }
        if let Some(SortBound::Equals(name, bound) | SortBound::BeginsWith(name, bound)) = &bounds.sort {
            value.clear();
            bound.write(&mut value);
            let begins = matches!(bounds.sort, Some(SortBound::BeginsWith(..)));
            text.push_str(if begins { " AND begins_with(" } else { " AND " });
            placeholders.name(name, &mut text);
            text.push_str(if begins { ", " } else { " = " });
            placeholders.value(name, &value, &mut text);
            text.push_str(if begins { ")" } else { "" });
        }
        body.text("KeyConditionExpression", &text);
        if !self.include_expired
            && let Some(alive) = guard::alive::<E>(cx.now)
        {
            body.text("FilterExpression", &render_condition(&alive, &mut placeholders)?);
        }
        match P::ATTRIBUTES {
            Some(attributes) => body.projection(attributes, None, placeholders),
            None => body.placeholders(&placeholders),
        }
        if self.backward {
            body.bare("ScanIndexForward", "false");
        }
        if self.consistent {
            body.bare("ConsistentRead", "true");
        }
        if let Some(limit) = evaluate {
            // DynamoDB takes no limit of 0; whoever asks for no items is answered without a request.
            body.bare("Limit", itoa::Buffer::new().format(limit.max(1)));
        }
        if let Some(Cursor(key)) = &self.after {
            body.bare("ExclusiveStartKey", key);
        }
        Ok(body.finish(Operation::Query))
    }

    /// Moves on to where a page ended.
    pub(crate) fn advance(&mut self, cursor: Option<Cursor>) {
        self.after = cursor;
    }
}

/// Reads the text of a key that DynamoDB answered.
pub(crate) fn cursor(reader: &mut wire::Reader<'_>) -> Result<Cursor, wire::CodecError> {
    Ok(Cursor(reader.raw()?.to_owned()))
}
