//! Storing the output of a handler that has ended.

use super::attempt::Attempt;
use super::fence::as_lock_lost;
use super::idempotency::{Begun, Idempotency, Outcome};
use super::idempotent::Idempotent;
use super::lease::Leased;
use super::race::{First, race};
use super::status::Phase;
use crate::entity::{LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use std::time::Duration;

/// The pause before the second attempt. It doubles after each one, up to the poll interval.
const FIRST: Duration = Duration::from_millis(25);

/// An output to be stored, and the attempt that may store it. It is sent until its outcome is known, for as long as it
/// would be kept: the lease is renewed meanwhile, so that no other process runs the handler again.
pub(super) struct StoreOutput<E: Idempotent, T> {
    idempotency: Idempotency<T>,
    request: E,
    attempt: Attempt<E, T>,
    output: E::Output,
}

/// The outcome of one try.
enum StoreTry<O> {
    Stored,
    /// Another process's output is stored.
    Replayed(O),
    /// It can never be stored.
    Refused(Error),
    /// The lease ran out, or another process has taken the key.
    Lost(Error),
}

impl<E: LivesIn<T> + Idempotent, T: Table> StoreOutput<E, T> {
    pub(super) fn new(idempotency: Idempotency<T>, request: E, mut attempt: Attempt<E, T>, output: E::Output) -> Self {
        attempt.guard.keep_on_drop();
        Self { idempotency, request, attempt, output }
    }

    /// Stores the output. If another process has taken the key meanwhile, waits for that one: its output counts, and
    /// if it has none, this one.
    pub(super) async fn store(mut self) -> Result<Outcome<E::Output>> {
        let timer = self.idempotency.locks.timer.clone();
        let until = timer.now().saturating_add(self.idempotency.wait_timeout);
        loop {
            let error = match self.try_store().await {
                StoreTry::Stored => return Ok(Outcome::Ran(self.output)),
                StoreTry::Replayed(output) => return Ok(Outcome::Replayed(output)),
                StoreTry::Refused(error) => return Err(error),
                StoreTry::Lost(error) => error,
            };
            let timeout = until.saturating_sub(timer.now());
            match self.idempotency.take(&self.request, timeout).await {
                Ok((Begun::Acquired(attempt), _)) => {
                    self.attempt = attempt;
                    self.attempt.guard.keep_on_drop();
                }
                // By a request that was given up and arrived after all.
                Ok((Begun::Replayed(_), lease)) if lease == self.attempt.freed => return Ok(Outcome::Ran(self.output)),
                Ok((Begun::Replayed(theirs), _)) => return Ok(Outcome::Replayed(theirs)),
                Err(_) => return Err(error),
            }
        }
    }

    /// Sends it until it is stored, refused, or the lease is lost.
    async fn try_store(&mut self) -> StoreTry<E::Output> {
        let locks = self.idempotency.locks.clone();
        let kept = locks.settings.keep.map_or(Duration::MAX, |keep| keep.max(locks.settings.lease));
        let not_needed_after = locks.timer.now().saturating_add(kept);
        let mut tries: u32 = 0;
        // Whether a request whose response was lost may have been carried out, or may still be.
        let mut maybe_applied = false;
        loop {
            // Read before and after: once the lease has run out, one more try shows whether another process has noticed.
            let before = self.attempt.guard.phase();
            tries = tries.saturating_add(1);
            let update = self.attempt.finish(&self.output);
            // A request that hangs is sent again: only one of them can be carried out. Each one gets more time, but
            // not more than the lease lasts.
            let heartbeat = locks.settings.heartbeat();
            let limit = heartbeat.saturating_mul(tries).min(self.attempt.guard.left().max(heartbeat));
            let limit = locks.timer.sleep_until(locks.timer.now().saturating_add(limit));
            let error = match race(update.into_future(), limit).await {
                First::Left(Ok(())) => return StoreTry::Stored,
                First::Left(Err(error)) => error,
                First::Right(()) => {
                    let message = "no response came in time, so the write may or may not have been carried out";
                    self.idempotency.about(&self.request, Error::new(ErrorKind::OutcomeUnknown, message))
                }
            };
            let guard = &self.attempt.guard;
            if let Some(there) = error.current::<E>() {
                let lease = there.version().lease();
                if *lease == self.attempt.freed {
                    return StoreTry::Stored;
                }
                if lease.term() != guard.lease().term()
                    && there.is_same(&self.request)
                    && let Some(theirs) = there.output()
                {
                    return StoreTry::Replayed(theirs);
                }
            }
            let error = as_lock_lost::<E>(guard.lease(), error);
            if error.is_lock_lost() {
                return StoreTry::Lost(error);
            }
            maybe_applied |= error.is_outcome_unknown();
            if !is_transient(&error) {
                let why =
                    "the handler has ended, and its output cannot be stored; once the lease has run out it runs again";
                return StoreTry::Refused(self.failed(error, maybe_applied, why));
            }
            if before == Phase::Lost && guard.phase() == Phase::Lost {
                let why = "the handler has ended, and its output could not be stored before the lease ran out";
                return StoreTry::Lost(self.failed(error, maybe_applied, why));
            }
            if locks.timer.now() >= not_needed_after {
                let why = "the handler has ended, and its output could not be stored for as long as it would be kept";
                return StoreTry::Refused(self.failed(error, maybe_applied, why));
            }
            let pause =
                FIRST.saturating_mul(1 << tries.saturating_sub(1).min(16)).min(locks.settings.jittered_poll_interval());
            let pause_over = locks.timer.sleep_until(locks.timer.now().saturating_add(pause));
            race(pause_over, guard.lost()).await;
        }
    }

    /// The error that it was not stored; or that this is unknown, if an earlier request may have stored it.
    fn failed(&self, error: Error, maybe_applied: bool, why: &str) -> Error {
        if !maybe_applied || error.is_outcome_unknown() {
            return error.while_doing(why);
        }
        let message = format!("{why}: a response was lost before, so it may or may not be stored");
        let error = Error::new(ErrorKind::OutcomeUnknown, message).with_attempts(error.attempts()).replacing(error);
        self.idempotency.about(&self.request, error)
    }
}

/// Whether the same write may succeed later.
fn is_transient(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Throttled
            | ErrorKind::Unavailable
            | ErrorKind::OutcomeUnknown
            | ErrorKind::Contention
            // The lease is still ours: it was renewed in between.
            | ErrorKind::Conflict
    )
}
