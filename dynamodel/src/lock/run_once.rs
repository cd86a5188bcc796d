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
    /// Runs the handler unless its answer is there, and keeps the answer.
    ///
    /// `request` is the record to be created: its key is the idempotency key. It needs no expiry, see [`keep_for`](Self::keep_for).
    ///
    /// Drop it before the handler has ended, and the handler is dropped and the key given back in the background. Drop it
    /// later, and the answer is stored all the same. It waits for that as long as the lease can be renewed, but not longer than
    /// the answer would be [kept](Self::keep_for), so give it a timeout where the caller has none. After a handler's error it waits
    /// for a quarter of the lease at most until the key is given back; the background goes on.
    ///
    /// # Errors
    /// [`IdempotencyError::Handler`] with the handler's own error, of which nothing is kept.
    ///
    /// [`IdempotencyError::Store`] before the handler begins: [`Locked`](crate::ErrorKind::Locked) when it runs elsewhere and did not
    /// end in time; [`InvalidRequest`](crate::ErrorKind::InvalidRequest) when the key was used for
    /// [another](Idempotent::is_same) request, at once and without a write, and when the request has an expiry that has passed,
    /// or any where the entity has [unique fields](crate::guide::unique); what reading and writing answers.
    ///
    /// [`IdempotencyError::Store`] when it has ended: [`LockLost`](crate::ErrorKind::LockLost) when this process was taken for dead
    /// and another one, which has begun, did not end in time; [`Throttled`](crate::ErrorKind::Throttled),
    /// [`Unavailable`](crate::ErrorKind::Unavailable) and the like when the table could not be written for a whole lease;
    /// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) when a response was lost in that time, so that the answer may be
    /// stored all the same, or arrive yet;
    /// [`ItemTooLarge`](crate::ErrorKind::ItemTooLarge), [`InvalidValue`](crate::ErrorKind::InvalidValue) and whatever else
    /// will be answered every time. Then the handler's answer is lost, but for `OutcomeUnknown`, and its key stays taken until
    /// the lease has run out.
    ///
    /// After any of these, calling it again with the key is right. But an answer that cannot be stored cannot be stored the
    /// next time either, and each call after a lease runs the handler again: mend what makes it.
    pub async fn run<E, F, W, X>(&self, request: E, handler: F) -> Result<Outcome<E::Output>, IdempotencyError<X>>
    where
        E: LivesIn<T> + Idempotent,
        F: FnOnce() -> W,
        W: Future<Output = Result<E::Output, X>>,
    {
        let tasks = runtime().map_err(IdempotencyError::Store)?;
        let attempt = match self.take(&request, self.wait_timeout).await? {
            (Begun::Acquired(attempt), _) => attempt,
            (Begun::Replayed(answer), _) => return Ok(Outcome::Replayed(answer)),
        };
        match handler().await {
            Ok(answer) => {
                let once = Self { locks: self.locks.clone(), wait_timeout: self.wait_timeout };
                // In a task, which goes on where the caller goes away.
                let stored = tasks.spawn(StoreOutput::new(once, request, attempt, answer).store());
                Ok(stored.await.unwrap_or_else(|error| {
                    let message = "the task that stored the answer has ended before it was known whether it is stored: if it is not, the handler runs again once the lease has run out";
                    Err(Error::new(ErrorKind::OutcomeUnknown, message).with_source(error))
                })?)
            }
            Err(error) => {
                // Should this fail, the lease runs out; the handler's error is what counts. What hangs goes on in the
                // background.
                let Locks { client, timer, settings, .. } = &self.locks;
                let _in_vain = within(client, &**timer, settings.heartbeat(), attempt.release()).await;
                Err(IdempotencyError::Handler(error))
            }
        }
    }
}
