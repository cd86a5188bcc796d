//! How many HTTP requests an operation has made that takes several: its errors say it.

use crate::client::Client;
use crate::entity::Table;
use crate::error::Result;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
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

    /// The same for an operation on the table, whose requests go through the SDK client alone.
    pub(in crate::client) fn counting_all(&self) -> Self {
        let client = self.counting(0);
        let count = CountAttempts(client.made.clone());
        let config = client.inner.sdk.config().to_builder().interceptor(count).build();
        client.with(|inner| inner.sdk = aws_sdk_dynamodb::Client::from_conf(config))
    }

    /// The result of the operation, its error with the number of requests.
    pub(in crate::client) fn counted<O>(&self, result: Result<O>) -> Result<O> {
        match &self.made.0 {
            Some(made) => result.map_err(|error| error.with_attempts(made.load(Ordering::Relaxed))),
            None => result,
        }
    }
}

/// Counts the HTTP requests of calls that are the SDK's own.
#[derive(Debug)]
struct CountAttempts(Made);

#[dyn_dispatch_hint]
impl Intercept for CountAttempts {
    fn name(&self) -> &'static str {
        "dynamodel attempts"
    }

    fn modify_before_attempt_completion(
        &self,
        _: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> std::result::Result<(), BoxError> {
        self.0.add(1);
        Ok(())
    }
}
