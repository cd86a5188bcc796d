//! Running a handler once for a key.

use super::idempotency::{Begun, Idempotency, Outcome};
use super::idempotency_error::IdempotencyError;
use super::idempotent::Idempotent;
use super::locks::Locks;
use super::race::within;
use super::runtime::runtime;
use super::store_output::StoreOutput;
use crate::entity::{LivesIn, Table};
use crate::error::{Error, ErrorKind};

impl<T: Table> Idempotency<T> {
    /// Runs the handler unless its output is stored already, and stores the output.
    ///
    /// `request` is the record to be created: its key is the idempotency key. It needs no expiry: see [`keep_for`](Self::keep_for).
    ///
    /// If the future is dropped before the handler has ended, the handler is dropped and the key released in the background. If it
    /// is dropped later, the output is stored all the same. It waits for that as long as the lease can be renewed, but not longer than
    /// the output would be [kept](Self::keep_for), so give it a timeout if the caller has none. After a handler's error it waits
    /// for a quarter of the lease at most until the key is released; then the release continues in the background.
    ///
    /// # Errors
    /// [`IdempotencyError::Handler`] with the handler's own error, which is not stored.
    ///
    /// [`IdempotencyError::Store`] before the handler begins: [`Locked`](crate::ErrorKind::Locked) when it runs elsewhere and did not
    /// end in time; [`InvalidRequest`](crate::ErrorKind::InvalidRequest) when the key was used for
    /// [another](Idempotent::is_same) request, at once and without a write, and when the request has an expiry that has passed,
    /// or any expiry if the entity has [unique fields](crate::guide::unique); the errors of reading and writing.
    ///
    /// [`IdempotencyError::Store`] when it has ended: [`LockLost`](crate::ErrorKind::LockLost) when this process seemed dead
    /// and another one has begun and did not end in time; [`Throttled`](crate::ErrorKind::Throttled),
    /// [`Unavailable`](crate::ErrorKind::Unavailable) and the like when the table could not be written for a whole lease;
    /// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) when a response was lost in that time, so that the output may be
    /// stored already, or be stored later;
    /// [`ItemTooLarge`](crate::ErrorKind::ItemTooLarge), [`InvalidValue`](crate::ErrorKind::InvalidValue) and every other error
    /// that would occur each time. Then the handler's output is lost, except for `OutcomeUnknown`, and its key stays taken until
    /// the lease has run out.
    ///
    /// After any of these errors it is right to call it again with the key. But an output that cannot be stored cannot be stored the
    /// next time either, and each call after a lease runs the handler again: fix its cause.
    pub async fn run<E, F, W, X>(&self, request: E, handler: F) -> Result<Outcome<E::Output>, IdempotencyError<X>>
    where
        E: LivesIn<T> + Idempotent,
        F: FnOnce() -> W,
        W: Future<Output = Result<E::Output, X>>,
    {
        let tasks = runtime().map_err(IdempotencyError::Store)?;
        let attempt = match self.take(&request, self.wait_timeout).await? {
            (Begun::Acquired(attempt), _) => attempt,
            (Begun::Replayed(output), _) => return Ok(Outcome::Replayed(output)),
        };
        match handler().await {
            Ok(output) => {
                let idempotency = Self { locks: self.locks.clone(), wait_timeout: self.wait_timeout };
                // In a task, which goes on if the caller goes away.
                let stored = tasks.spawn(StoreOutput::new(idempotency, request, attempt, output).store());
                Ok(stored.await.unwrap_or_else(|error| {
                    let message = "the task that stored the output has ended before it was known whether it is stored: if not, the handler runs again once the lease has run out";
                    Err(Error::new(ErrorKind::OutcomeUnknown, message).with_source(error))
                })?)
            }
            Err(error) => {
                // If this fails, the lease runs out; the handler's error is what counts. A release that hangs goes on in
                // the background.
                let Locks { client, timer, settings, .. } = &self.locks;
                let _in_vain = within(client, &**timer, settings.heartbeat(), attempt.release()).await;
                Err(IdempotencyError::Handler(error))
            }
        }
    }
}
