//! From a scan to its requests, and what its checkpoints belong to.

use super::Scan;
use crate::entity::{Item, Primary, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Node, Placeholders, render_condition};
use crate::op::cursor::{FINGERPRINT, fingerprint};
use crate::op::{Body, Context, Operation, PageRequest, Request, ScanCheckpoint, key_attributes, precondition};

/// DynamoDB's limit on `TotalSegments`.
const MOST_SEGMENTS: u32 = 1_000_000;

impl<P: Item, V> Scan<P, V> {
    /// Where it begins, once it is known to be this scan's own.
    pub(crate) fn checkpoint(&self, table: &str) -> Result<ScanCheckpoint> {
        let scan = self.fingerprint(table)?;
        match &self.start {
            None => Ok(ScanCheckpoint::beginning(scan, self.segments)),
            Some(start) => {
                start.check(&scan, self.segments).map_err(|error| error.of_entity(P::NAME))?;
                Ok(start.clone())
            }
        }
    }

    /// What tells this scan from others that a checkpoint could come from.
    fn fingerprint(&self, table: &str) -> Result<[u8; FINGERPRINT]> {
        let mut placeholders = Placeholders::default();
        let filter = match self.given_filter()? {
            Some(filter) => render_condition(filter, &mut placeholders).map_err(|error| error.of_entity(P::NAME))?,
            None => String::new(),
        };
        let mut values = Vec::new();
        placeholders.write(&mut values);
        Ok(fingerprint([
            b"scan",
            table.as_bytes(),
            P::NAME.as_bytes(),
            P::only().unwrap_or_default().as_bytes(),
            &self.segments.to_be_bytes(),
            filter.as_bytes(),
            &values,
        ]))
    }

    /// The request for a page of a segment.
    pub(crate) fn request(&self, cx: &Context<'_>, segment: u32, ask: PageRequest<'_>) -> Result<Request> {
        self.check()?;
        let mut body = Body::new(cx.table);
        let mut placeholders = Placeholders::default();
        if let Some(filter) = self.whole_filter(cx)? {
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
                let projected = body.projection(attributes, &key_attributes::<P::Table, Primary>(), placeholders);
                projected.map_err(|error| error.of_entity(P::NAME))?;
            }
            None => body.placeholders(&placeholders),
        }
        if self.segments > 1 {
            body.bare("Segment", itoa::Buffer::new().format(segment));
            body.bare("TotalSegments", itoa::Buffer::new().format(self.segments));
        }
        self.options.write_consistent(&mut body);
        if let Some(limit) = ask.evaluate {
            body.bare("Limit", itoa::Buffer::new().format(limit.clamp(1, u64::from(u32::MAX >> 1))));
        }
        if let Some(key) = ask.after {
            body.member("ExclusiveStartKey").extend_from_slice(key.as_bytes());
        }
        body.text("ReturnConsumedCapacity", "TOTAL");
        Ok(body.finish(Operation::Scan))
    }

    /// Whether its numbers can be.
    pub(crate) fn check(&self) -> Result<()> {
        let wrong = if !(1..=MOST_SEGMENTS).contains(&self.segments) {
            format!("{} segments: DynamoDB takes 1 to {MOST_SEGMENTS}", self.segments)
        } else if self.concurrency == 0 {
            "nothing can be read with a concurrency of 0: 1 reads one segment after the other".to_owned()
        } else if self.read_units.is_some_and(|units| !(units.is_finite() && units > 0.0)) {
            "the read units per second must be a number above 0".to_owned()
        } else {
            return Ok(());
        };
        Err(Error::new(ErrorKind::InvalidRequest, wrong).of_entity(P::NAME))
    }

    /// The caller's filter, and what the scan leaves out by itself: other entities, and what has expired.
    fn whole_filter(&self, cx: &Context<'_>) -> Result<Option<Node>> {
        let kind = P::Table::TYPE_ATTRIBUTE;
        let only = P::only().and_then(|name| {
            let untyped = self.untyped.then(|| Node::not_exists(kind));
            Node::any(untyped.into_iter().chain([precondition::is_of_type(kind, name)]))
        });
        let alive = self.options.checked_ttl::<P>().and_then(|ttl| precondition::alive_by(ttl, cx.now));
        // Sentinels are not items of any entity.
        let only = only.or_else(|| {
            P::Table::SCHEMA.has_unique().then(|| precondition::is_no_sentinel(P::Table::TYPE_ATTRIBUTE)).flatten()
        });
        Ok(Node::all([only, self.given_filter()?.cloned(), alive].into_iter().flatten()))
    }
}
