//! One chunk of a batch: sent, and what came back unprocessed sent again.

use crate::client::Client;
use crate::client::send::is_passing;
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use crate::op::{BatchOp, ItemKey, ReadOptions, batch_get, batch_write};
use crate::response::{decode_batch_get, unprocessed_writes};
use std::collections::{HashMap, HashSet};

/// What became of a chunk of writes.
#[derive(Debug)]
pub(super) struct Written<T> {
    pub(super) left: Vec<BatchOp<T>>,
    /// Why, where DynamoDB said it.
    pub(super) error: Option<Error>,
    pub(super) requests: u32,
    /// How many writes were sent again.
    pub(super) retried: u64,
    /// The keys of all its writes.
    pub(super) keys: Vec<ItemKey>,
}

impl<T: Table> Client<T> {
    /// Writes a chunk, as often as the policy lets it be tried without progress.
    pub(super) async fn write_chunk(&self, ops: Vec<BatchOp<T>>) -> Written<T> {
        let keys = ops.iter().map(|op| op.key().clone()).collect();
        let mut out = Written { left: ops, error: None, requests: 0, retried: 0, keys };
        let mut attempts = self.attempts();
        loop {
            let before = out.left.len();
            let request = match batch_write(self.table_name(), &out.left, self.context().now) {
                Ok(request) => request,
                Err(error) => {
                    out.error = Some(error);
                    return out;
                }
            };
            out.requests += 1;
            match self.send(&request).await {
                Ok(response) => {
                    match unprocessed_writes::<T>(response.bytes()).and_then(|left| only_given(left, &out.keys)) {
                        Ok(left) => {
                            out.left.retain(|op| left.contains(op.key()));
                            self.inner.counters.unprocessed(out.left.len());
                            out.error = (!out.left.is_empty()).then(left_unprocessed);
                        }
                        // What cannot be read was perhaps carried out: writing it again does the same.
                        Err(error) => {
                            out.error = Some(error.with_attempts(response.attempts));
                        }
                    }
                }
                Err(failure) => {
                    let error = failure.into_error(request.operation);
                    // Puts and deletes of a batch do the same twice.
                    let passing = is_passing(error.kind());
                    out.error = Some(error);
                    if !passing {
                        return out;
                    }
                }
            }
            if out.left.is_empty() {
                return out;
            }
            // Whoever makes progress begins again with short pauses.
            if out.left.len() < before {
                attempts.restart();
            }
            if !attempts.again().await {
                return out;
            }
            out.retried += u64::try_from(out.left.len()).unwrap_or(u64::MAX);
        }
    }

    /// Reads a chunk: the items' texts by their keys.
    pub(super) async fn read_chunk(
        &self,
        keys: Vec<(ItemKey, String)>,
        attributes: Option<&[&'static str]>,
        options: ReadOptions,
    ) -> Result<HashMap<ItemKey, String>> {
        let mut left = keys;
        let mut found = HashMap::with_capacity(left.len());
        let mut attempts = self.attempts();
        loop {
            let before = left.len();
            let texts: Vec<&str> = left.iter().map(|(_, text)| text.as_str()).collect();
            let request = batch_get::<T>(self.table_name(), &texts, attributes, options)?;
            let error = match self.send(&request).await {
                Ok(response) => {
                    let (items, unread) = decode_batch_get::<T>(response.bytes())?;
                    let given: HashSet<&ItemKey> = left.iter().map(|(key, _)| key).collect();
                    if items.iter().map(|(key, _)| key).chain(&unread).any(|key| !given.contains(key)) {
                        return Err(not_asked());
                    }
                    found.extend(items.into_iter().map(|(key, item)| (key, item.to_owned())));
                    let unread: HashSet<ItemKey> = unread.into_iter().collect();
                    left.retain(|(key, _)| unread.contains(key));
                    self.inner.counters.unprocessed(left.len());
                    left_unprocessed()
                }
                Err(failure) => {
                    let error = failure.into_error(request.operation);
                    if !is_passing(error.kind()) {
                        return Err(error);
                    }
                    error
                }
            };
            if left.is_empty() {
                return Ok(found);
            }
            if left.len() < before {
                attempts.restart();
            }
            if !attempts.again().await {
                return Err(unread(left.len(), error));
            }
        }
    }
}

/// The keys that DynamoDB left unprocessed.
///
/// # Errors
/// When one of them is none of the request's: then it is not known which write it stands for.
fn only_given(left: Vec<ItemKey>, given: &[ItemKey]) -> Result<HashSet<ItemKey>> {
    let left: HashSet<ItemKey> = left.into_iter().collect();
    let given: HashSet<&ItemKey> = given.iter().collect();
    if left.iter().all(|key| given.contains(key)) { Ok(left) } else { Err(not_asked()) }
}

fn not_asked() -> Error {
    Error::new(
        ErrorKind::Decode,
        "the response speaks of an item that the request did not name; is there a proxy in between?",
    )
}

/// What DynamoDB says by leaving a part of a batch unprocessed.
fn left_unprocessed() -> Error {
    Error::new(ErrorKind::Throttled, "DynamoDB left a part of the batch unprocessed, by which it asks to slow down")
}

fn unread(count: usize, source: Error) -> Error {
    let message =
        format!("{count} keys of a batch were not read, also after retries; the source says why: ask for them later");
    Error::new(ErrorKind::Unprocessed, message).with_source(source)
}
