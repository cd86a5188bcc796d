//! Stopping a poller from another task.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

/// Stops a [`Poller`](super::Poller): its handler finishes the current event, then it saves its position and returns.
#[derive(Debug, Clone, Default)]
pub struct Stopper(Arc<State>);

#[derive(Debug, Default)]
struct State {
    stopped: AtomicBool,
    waiting: Mutex<Option<Waker>>,
}

impl Stopper {
    /// Stops the poller, for good.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::SeqCst);
        if let Some(waker) = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner).take() {
            waker.wake();
        }
    }

    /// Whether the poller was told to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.load(Ordering::SeqCst)
    }

    /// Waits until the pause ends or `stop` is called, whichever comes first.
    pub(super) async fn or(&self, pause: impl Future<Output = ()>) {
        let mut pause: Pin<Box<_>> = Box::pin(pause);
        poll_fn(|context| {
            // The waker is stored first: otherwise a `stop` between the check and the store would be missed.
            *self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(context.waker().clone());
            if self.is_stopped() { Poll::Ready(()) } else { pause.as_mut().poll(context) }
        })
        .await;
    }
}
