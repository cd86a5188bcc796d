//! Several requests at once, as many as are allowed, on whatever runtime polls them.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Futures under way. They are polled together: there are few of them.
pub(in crate::client) struct InFlight<'a, O> {
    running: Vec<Pin<Box<dyn Future<Output = O> + Send + 'a>>>,
}

impl<'a, O> InFlight<'a, O> {
    pub(in crate::client) fn new() -> Self {
        Self { running: Vec::new() }
    }

    pub(in crate::client) fn push(&mut self, future: impl Future<Output = O> + Send + 'a) {
        self.running.push(Box::pin(future));
    }

    pub(in crate::client) fn len(&self) -> usize {
        self.running.len()
    }

    /// What the first one to end gives; pending while none has ended, also when there is none.
    pub(in crate::client) fn poll(&mut self, context: &mut Context<'_>) -> Poll<O> {
        let mut ended = None;
        for (at, future) in self.running.iter_mut().enumerate() {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                ended = Some((at, output));
                break;
            }
        }
        match ended {
            Some((at, output)) => {
                drop(self.running.swap_remove(at));
                Poll::Ready(output)
            }
            None => Poll::Pending,
        }
    }
}
