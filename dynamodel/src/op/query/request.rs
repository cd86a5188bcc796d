//! A query as a request: its key condition, its filter, and where it starts.

use super::Query;
use crate::entity::{Bounds, Index, Item, SortTest};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Node, Placeholders, render_condition};
use crate::key::KeyValue;
use crate::op::cursor::whole_key;
use crate::op::precondition;
use crate::op::{Body, Context, Operation, Request, key_attributes};

/// What one request of a query is to ask for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PageRequest<'a> {
    /// How many items to evaluate at most.
    pub(crate) evaluate: Option<u64>,
    /// The key to start after.
    pub(crate) after: Option<&'a str>,
    /// Against the query's own direction.
    pub(crate) reversed: bool,
    /// How many there are, and not which.
    pub(crate) count: bool,
}

impl<P: Item, I: Index, V> Query<P, I, V> {
    /// The request.
    pub(crate) fn request(&self, cx: &Context<'_>, ask: PageRequest<'_>) -> Result<Request> {
        let bounds = self.range.bounds()?;
        if bounds.is_empty() {
            return Err(Error::new(
                ErrorKind::InvalidRequest,
                "the range is empty, its ends being in the wrong order: awaiting it gives no items, and sends nothing",
            )
            .of_entity(P::NAME));
        }
        let mut body = Body::new(cx.table);
        if let Some(index) = I::NAME {
            body.text("IndexName", index);
        }
        let mut placeholders = Placeholders::default();
        body.text("KeyConditionExpression", &key_condition(bounds, &mut placeholders));
        if let Some(filter) = self.whole_filter(bounds, cx)? {
            body.text(
                "FilterExpression",
                &render_condition(&filter, &mut placeholders).map_err(|error| error.of_entity(P::NAME))?,
            );
        }
        match P::ATTRIBUTES {
            _ if ask.count => {
                body.text("Select", "COUNT");
                body.placeholders(&placeholders);
            }
            // With the keys, by which the next page is found.
            Some(attributes) => {
                let projected = body.projection(attributes, &key_attributes::<P::Table, I>(), placeholders);
                projected.map_err(|error| error.of_entity(P::NAME))?;
            }
            None => body.placeholders(&placeholders),
        }
        if self.backward != ask.reversed {
            body.bare("ScanIndexForward", "false");
        }
        self.options.write_consistent(&mut body);
        if let Some(limit) = ask.evaluate {
            body.bare("Limit", itoa::Buffer::new().format(limit.clamp(1, u64::from(u32::MAX >> 1))));
        }
        if let Some(key) = ask.after {
            let key = whole_key(bounds, key);
            body.member("ExclusiveStartKey").extend_from_slice(&key);
        }
        body.text("ReturnConsumedCapacity", "TOTAL");
        Ok(body.finish(Operation::Query))
    }

    /// The caller's filter, and what the query leaves out by itself: other entities, and what has expired.
    fn whole_filter(&self, bounds: &Bounds, cx: &Context<'_>) -> Result<Option<Node>> {
        let only = bounds.only.map(|(attribute, name)| precondition::is_of_type(attribute, name));
        let alive = self.options.checked_ttl::<P>().and_then(|ttl| precondition::alive_by(ttl, cx.now));
        Ok(Node::all([only, self.given_filter()?.cloned(), alive].into_iter().flatten()))
    }
}

/// `PK = :pk AND begins_with(SK, :sk)`
pub(crate) fn key_condition(bounds: &Bounds, placeholders: &mut Placeholders) -> String {
    let mut text = String::with_capacity(64);
    let mut wire = Vec::new();
    let mut value = |placeholders: &mut Placeholders, name: &str, value: &KeyValue, text: &mut String| {
        wire.clear();
        value.write(&mut wire);
        placeholders.value(name, &wire, text);
    };
    for (name, partition) in &bounds.partition {
        text.push_str(if text.is_empty() { "" } else { " AND " });
        placeholders.name(name, &mut text);
        text.push_str(" = ");
        value(placeholders, name, partition, &mut text);
    }
    for bound in &bounds.sort {
        let name = bound.attribute;
        text.push_str(" AND ");
        match &bound.test {
            SortTest::Compare(operator, right) => {
                placeholders.name(name, &mut text);
                text.push(' ');
                text.push_str(operator);
                text.push(' ');
                value(placeholders, name, right, &mut text);
            }
            SortTest::BeginsWith(prefix) => {
                text.push_str("begins_with(");
                placeholders.name(name, &mut text);
                text.push_str(", ");
                value(placeholders, name, prefix, &mut text);
                text.push(')');
            }
            SortTest::Between(low, high) => {
                placeholders.name(name, &mut text);
                text.push_str(" BETWEEN ");
                value(placeholders, name, low, &mut text);
                text.push_str(" AND ");
                value(placeholders, name, high, &mut text);
            }
            // No request is made of such a range.
            SortTest::Nothing => {}
        }
    }
    text
}
