//! A few futures at once, polled by hand.

use crate::error::{Error, Result};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Carries out all of them, so many at once, and gives what they gave, in no order. After an error no further one is
/// begun; those under way are finished first, so that none is given up in the middle of a write.
pub(super) async fn in_parallel<F, O>(calls: impl Iterator<Item = F>, at_once: usize) -> Result<Vec<O>>
where
    F: Future<Output = Result<O>>,
{
    let mut parallel = Parallel { calls: calls.fuse(), running: Vec::new(), done: Vec::new(), error: None };
    poll_fn(|context| parallel.poll(at_once.max(1), context)).await;
    match parallel.error {
        Some(error) => Err(error),
        None => Ok(parallel.done),
    }
}

struct Parallel<I, F, O> {
    calls: I,
    running: Vec<Pin<Box<F>>>,
    done: Vec<O>,
    error: Option<Error>,
}

impl<I, F, O> Parallel<I, F, O>
where
    I: Iterator<Item = F>,
    F: Future<Output = Result<O>>,
{
    fn poll(&mut self, at_once: usize, context: &mut Context<'_>) -> Poll<()> {
        loop {
            while self.running.len() < at_once
                && self.error.is_none()
                && let Some(call) = self.calls.next()
            {
                self.running.push(Box::pin(call));
            }
            let before = self.running.len();
            let (done, error) = (&mut self.done, &mut self.error);
            self.running.retain_mut(|call| match call.as_mut().poll(context) {
                Poll::Pending => true,
                Poll::Ready(Ok(output)) => {
                    done.push(output);
                    false
                }
                Poll::Ready(Err(why)) => {
                    error.get_or_insert(why);
                    false
                }
            });
            if self.running.is_empty() && (self.error.is_some() || before == 0) {
                return Poll::Ready(());
            }
            // New ones begin in the places that became free, and must be polled once to wake anybody.
            if self.running.len() == before {
                return Poll::Pending;
            }
        }
    }
}
