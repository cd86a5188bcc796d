//! The future that awaiting an operation gives.

use crate::error::Result;
use std::fmt;
use std::pin::Pin;
use std::task;

/// The future of an awaited operation.
pub struct OperationFuture<'a, O>(Pin<Box<dyn Future<Output = Result<O>> + Send + 'a>>);

impl<'a, O> OperationFuture<'a, O> {
    pub(crate) fn new(future: impl Future<Output = Result<O>> + Send + 'a) -> Self {
        Self(Box::pin(future))
    }
}

impl<O> Future for OperationFuture<'_, O> {
    type Output = Result<O>;

    fn poll(mut self: Pin<&mut Self>, context: &mut task::Context<'_>) -> task::Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<O> fmt::Debug for OperationFuture<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OperationFuture")
    }
}
