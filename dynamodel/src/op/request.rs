//! One request to DynamoDB: which operation, and its body.

use super::precondition::All;
use crate::entity::{Entity, Key, PrimaryKey};
use crate::error::Result;
use crate::expr::{Clauses, Placeholders, check_text, write_all, write_update};
use crate::wire;
use bytes::Bytes;
use std::cell::Cell;
use std::ops::Range;
use std::time::SystemTime;

/// An operation that belongs to no client yet.
///
/// Operations made by a client carry the client in this place; those made by themselves (for a transaction) carry
/// this.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unsent;

/// The DynamoDB operations that the library uses on items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    GetItem,
    PutItem,
    DeleteItem,
    UpdateItem,
    Query,
    Scan,
    BatchGetItem,
    BatchWriteItem,
    TransactGetItems,
    TransactWriteItems,
}

impl Operation {
    /// DynamoDB's name of the operation.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::GetItem => "GetItem",
            Self::PutItem => "PutItem",
            Self::DeleteItem => "DeleteItem",
            Self::UpdateItem => "UpdateItem",
            Self::Query => "Query",
            Self::Scan => "Scan",
            Self::BatchGetItem => "BatchGetItem",
            Self::BatchWriteItem => "BatchWriteItem",
            Self::TransactGetItems => "TransactGetItems",
            Self::TransactWriteItems => "TransactWriteItems",
        }
    }

    /// Whether the library sends it again itself after what passes by: then the SDK does not, so that one loop decides how often.
    pub(crate) const fn is_repeated_here(self) -> bool {
        matches!(self, Self::BatchGetItem | Self::BatchWriteItem | Self::TransactGetItems | Self::TransactWriteItems)
    }

    /// Whether it changes items: then a lost response leaves it unknown whether it was applied.
    pub(crate) const fn writes(self) -> bool {
        !matches!(self, Self::GetItem | Self::Query | Self::Scan | Self::BatchGetItem | Self::TransactGetItems)
    }
}

/// What a request depends on beside the operation itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The physical table's name.
    pub(crate) table: &'a str,
    /// The time that expiry is judged by.
    pub(crate) now: SystemTime,
}

/// What goes over the wire.
#[derive(Debug, Clone)]
pub struct Request {
    pub(crate) operation: Operation,
    /// Shared, so that an error can still name the key once the request is gone.
    pub(crate) body: Bytes,
    /// Whether it changes the item again each time: then it is not sent again once it may have been carried out.
    pub(crate) once: bool,
    /// Where the table's name stands in the body, as a JSON string.
    pub(crate) table: Range<usize>,
    /// The key of the item that it is about: of a get or a write of one item.
    pub(crate) key: Option<PrimaryKey>,
    /// Where the item stands in the body of a put.
    pub(crate) item: Range<usize>,
    /// How many items a batch or transaction is about; 0 of others. Spans say it.
    #[cfg_attr(not(feature = "tracing"), expect(dead_code, reason = "for spans"))]
    pub(crate) items: usize,
    /// The names of a transaction's tables, with commas in between. Spans say them.
    #[cfg_attr(not(feature = "tracing"), expect(dead_code, reason = "for spans"))]
    pub(crate) tables: Option<String>,
}

impl Request {
    /// A request about many items of one or several tables.
    pub(crate) fn of_many(operation: Operation, body: Vec<u8>, items: usize, tables: Option<String>) -> Self {
        Self { operation, body: body.into(), once: false, table: 0..0, key: None, item: 0..0, items, tables }
    }

    /// The physical table's name, as a JSON string.
    pub(crate) fn table_json(&self) -> &[u8] {
        self.body.get(self.table.clone()).unwrap_or_default()
    }

    /// The consistent read of the item that this write is about, where it is about one.
    pub(crate) fn read_back(&self) -> Option<Self> {
        let mut body = Body::of_table_json(self.table_json());
        body.primary_key(self.key.as_ref()?);
        body.bare("ConsistentRead", "true");
        Some(body.finish(Operation::GetItem))
    }
}

/// The largest buffer that is kept for the next body.
const KEPT: usize = 64 * 1024;

thread_local! {
    /// Where bodies are put together. How long one is shows only when it is written: the request takes just what it needs.
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A request's body under construction.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    json: Vec<u8>,
    table: Range<usize>,
    key: Option<PrimaryKey>,
    /// Whether the buffer is the one that is kept for the next body.
    is_scratch: bool,
}

impl Body {
    /// A body for a table.
    pub(crate) fn new(table: &str) -> Self {
        // Taken, not borrowed: whoever finds it taken gets an empty one.
        let mut json = SCRATCH.try_with(Cell::take).unwrap_or_default();
        json.clear();
        json.reserve(1024);
        json.extend_from_slice(b"{\"TableName\":");
        let begin = json.len();
        wire::write_string(&mut json, table);
        let table = begin..json.len();
        Self { json, table, key: None, is_scratch: true }
    }

    /// A body for a table whose name is a JSON string already.
    fn of_table_json(table: &[u8]) -> Self {
        let mut json = b"{\"TableName\":".to_vec();
        let begin = json.len();
        json.extend_from_slice(table);
        Self { table: begin..json.len(), json, key: None, is_scratch: false }
    }

    /// A body whose members stand inside the table's member: `{"RequestItems":{"table":{`.
    pub(crate) fn nested(table: &str) -> Self {
        let mut json = b"{\"RequestItems\":{".to_vec();
        wire::write_string(&mut json, table);
        json.extend_from_slice(b":{");
        Self { json, table: 0..0, key: None, is_scratch: false }
    }

    /// A body that began with the item of this key; the table is added.
    pub(crate) fn resume(json: Vec<u8>, table: &str, key: Option<PrimaryKey>) -> Self {
        let mut body = Self { json, table: 0..0, key, is_scratch: false };
        let out = body.member("TableName");
        let begin = out.len();
        wire::write_string(out, table);
        body.table = begin..body.json.len();
        body
    }

    /// The item of a put, of this key.
    pub(crate) fn item(&mut self, key: PrimaryKey, write: impl FnOnce(&mut Vec<u8>)) {
        write(self.member("Item"));
        self.key = Some(key);
    }

    /// The key of the item that the request is about.
    ///
    /// # Errors
    /// Where it cannot be sent.
    pub(crate) fn key<E: Entity>(&mut self, key: &Key<E>) -> Result<()> {
        self.primary_key(key.primary()?);
        Ok(())
    }

    /// The same of a key without its entity.
    pub(crate) fn primary_key(&mut self, key: &PrimaryKey) {
        key.write(self.member("Key"));
        self.key = Some(key.clone());
    }

    /// The bytes so far, for a member that writes itself.
    #[inline]
    pub(crate) fn member(&mut self, name: &str) -> &mut Vec<u8> {
        if !self.json.ends_with(b"{") {
            self.json.push(b',');
        }
        // The names are DynamoDB's own: there is nothing in them to escape.
        self.json.push(b'"');
        self.json.extend_from_slice(name.as_bytes());
        self.json.extend_from_slice(b"\":");
        &mut self.json
    }

    /// A member with a string.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        let out = self.member(name);
        wire::write_string(out, text);
    }

    /// A member with a number or a truth value.
    pub(crate) fn bare(&mut self, name: &str, value: &str) {
        let out = self.member(name);
        out.extend_from_slice(value.as_bytes());
    }

    /// A condition and an update, with their names and values.
    pub(crate) fn expressions<E>(&mut self, condition: Option<&All<'_, E>>, update: Option<&[&Clauses]>) -> Result<()> {
        let mut placeholders = Placeholders::default();
        if let Some(update) = update {
            self.expression("UpdateExpression", |out| write_update(update, &mut placeholders, out))?;
        }
        if let Some(condition) = condition {
            self.expression("ConditionExpression", |out| write_all(condition.nodes(), &mut placeholders, out))?;
            // The item that made the condition fail comes back with the refusal, at no extra request.
            self.text("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
        }
        placeholders.write(&mut self.json);
        Ok(())
    }

    /// A member with an expression, which is written in place: there is nothing in it to escape.
    fn expression(&mut self, name: &str, write: impl FnOnce(&mut Vec<u8>) -> Result<()>) -> Result<()> {
        let out = self.member(name);
        out.push(b'"');
        write(out)?;
        out.push(b'"');
        Ok(())
    }

    /// The attributes to give back, and those that the library needs beside them, with all names and values.
    ///
    /// # Errors
    /// When they are more than DynamoDB takes.
    pub(crate) fn projection(
        &mut self,
        attributes: &[&str],
        needed: &[&str],
        mut placeholders: Placeholders,
    ) -> Result<()> {
        let mut text = String::with_capacity(64);
        let more = needed.iter().filter(|name| !attributes.contains(name));
        for name in attributes.iter().chain(more).copied() {
            text.push_str(if text.is_empty() { "" } else { ", " });
            placeholders.name(name, &mut text);
        }
        check_text("projection", text.len(), "read fewer attributes, or the whole item")?;
        self.text("ProjectionExpression", &text);
        self.placeholders(&placeholders);
        Ok(())
    }

    /// Names and values of expressions that the caller has rendered.
    pub(crate) fn placeholders(&mut self, placeholders: &Placeholders) {
        placeholders.write(&mut self.json);
    }

    /// The finished request of a body that is [`nested`](Self::nested).
    pub(crate) fn finish_nested(mut self, operation: Operation, items: usize) -> Request {
        self.json.extend_from_slice(b"}}");
        Request { items, ..self.finish(operation) }
    }

    /// The finished request.
    pub(crate) fn finish(mut self, operation: Operation) -> Request {
        self.json.push(b'}');
        let Self { json, table, key, is_scratch } = self;
        let body = if is_scratch {
            let body = Bytes::copy_from_slice(&json);
            if json.capacity() <= KEPT {
                // A thread that is ending keeps nothing.
                let _ended = SCRATCH.try_with(|kept| kept.set(json));
            }
            body
        } else {
            json.into()
        };
        Request { operation, body, once: false, table, key, item: 0..0, items: 0, tables: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn a_write_says_its_table_and_key_without_being_read() {
        let key = PrimaryKey::new([Some("PK"), Some("SK")], "p\"".into(), Some("s".into()));
        let read = br#"{"TableName":"t\"","Key":{"PK":{"S":"p\""},"SK":{"S":"s"}},"ConsistentRead":true}"#;
        let mut delete = Body::new("t\"");
        delete.primary_key(&key);
        assert_eq!(delete.finish(Operation::DeleteItem).read_back().unwrap().body, read.as_slice());
        let put = Body::resume(b"{\"Item\":{}".to_vec(), "t\"", Some(key)).finish(Operation::PutItem);
        assert_eq!(put.table_json(), br#""t\"""#);
        assert_eq!(put.read_back().unwrap().body, read.as_slice());
        assert!(Body::new("t").finish(Operation::Query).read_back().is_none());
    }

    #[test]
    fn a_projection_of_4096_bytes_is_sent_and_one_of_4097_is_refused() {
        let names: Vec<String> = (0..66).map(|at| format!("{at:02}{}", "x".repeat(58))).collect();
        // `#`, the name, `, `: 64 of 63 bytes, one of 33, and the last.
        let of = |last: usize| {
            let (one, last) = ("y".repeat(30), "z".repeat(last));
            let all: Vec<&str> = names.iter().take(64).chain([&one, &last]).map(String::as_str).collect();
            Body::new("t").projection(&all, &[], Placeholders::default())
        };
        of(30).unwrap();
        let error = of(31).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains("the projection is over 4096 bytes"), "{error}");
    }
}
