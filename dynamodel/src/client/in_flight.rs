//! Several requests at once, as many as are allowed, on whatever runtime polls them.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Futures under way. They are polled together: there are few of them.
pub(super) struct InFlight<'a, O> {
    running: Vec<Pin<Box<dyn Future<Output = O> + Send + 'a>>>,
}

impl<'a, O> InFlight<'a, O> {
    pub(super) fn new() -> Self {
        Self { running: Vec::new() }
    }

    pub(super) fn push(&mut self, future: impl Future<Output = O> + Send + 'a) {
        self.running.push(Box::pin(future));
    }

    pub(super) fn len(&self) -> usize {
        self.running.len()
    }

    /// What the first one to end gives; pending while none has ended, also when there is none.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<O> {
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
