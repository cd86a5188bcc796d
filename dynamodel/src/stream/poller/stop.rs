//! Stopping a poller from elsewhere.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

/// Stops a [`Poller`](super::Poller): it ends what its handler is at, saves its place, and returns.
#[derive(Debug, Clone, Default)]
pub struct Stopper(Arc<State>);

#[derive(Debug, Default)]
struct State {
    stopped: AtomicBool,
    waiting: Mutex<Option<Waker>>,
}

impl Stopper {
    /// Stops it, for good.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::SeqCst);
        if let Some(waker) = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner).take() {
            waker.wake();
        }
    }

    /// Whether it was told to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.load(Ordering::SeqCst)
    }

    /// Waits for what comes first: the pause's end, or `stop`.
    pub(super) async fn or(&self, pause: impl Future<Output = ()>) {
        let mut pause: Pin<Box<_>> = Box::pin(pause);
        poll_fn(|context| {
            // Noted first: a `stop` between the question and the note would not be heard.
            *self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(context.waker().clone());
            if self.is_stopped() { Poll::Ready(()) } else { pause.as_mut().poll(context) }
        })
        .await;
    }
}
