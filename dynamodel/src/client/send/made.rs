//! How many HTTP requests an operation has made that takes several: its errors say it.

use crate::client::Client;
use crate::entity::Table;
use crate::error::Result;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The count of one operation. A user's client has none.
#[derive(Debug, Clone, Default)]
pub(in crate::client) struct Made(Option<Arc<AtomicU32>>);

impl Made {
    pub(super) fn add(&self, requests: u32) {
        if let Some(made) = &self.0 {
            made.fetch_add(requests, Ordering::Relaxed);
        }
    }
}

impl<T: Table> Client<T> {
    /// The same client, for one operation whose requests it counts; `made` were made before. Where it counts already, it is of
    /// a part of a larger operation, which goes on counting.
    pub(in crate::client) fn counting(&self, made: u32) -> Self {
        let mut client = self.clone();
        client.made.0.get_or_insert_with(|| Arc::new(AtomicU32::new(made)));
        client
    }

    /// The result of the operation, its error with the number of requests.
    pub(in crate::client) fn counted<O>(&self, result: Result<O>) -> Result<O> {
        match &self.made.0 {
            Some(made) => result.map_err(|error| error.with_attempts(made.load(Ordering::Relaxed))),
            None => result,
        }
    }
}
