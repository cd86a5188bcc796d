//! The answer of a handler that has ended, on its way into the record.

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

/// The longest pause before the second try. It doubles after each, up to that between two looks at a lock.
const FIRST: Duration = Duration::from_millis(25);

/// What is to be stored, and the hand that may store it. It is sent until it is known what became of it, for as long as it
/// would be kept: the lease is renewed meanwhile, so that nobody begins the handler again.
pub(super) struct StoreOutput<E: Idempotent, T> {
    idempotency: Idempotency<T>,
    request: E,
    attempt: Attempt<E, T>,
    output: E::Output,
}

/// What came of it.
enum StoreTry<A> {
    Stored,
    /// Another one's answer is there.
    Replayed(A),
    /// It can never be stored.
    Refused(Error),
    /// The lease ran out, or somebody else has taken the key.
    Lost(Error),
}

impl<E: LivesIn<T> + Idempotent, T: Table> StoreOutput<E, T> {
    pub(super) fn new(idempotency: Idempotency<T>, request: E, mut attempt: Attempt<E, T>, output: E::Output) -> Self {
        attempt.guard.keep_on_drop();
        Self { idempotency, request, attempt, output }
    }

    /// Stores it. Where somebody else has taken the key meanwhile, waits for what becomes of them: theirs counts, and
    /// where they have none, this one.
    pub(super) async fn store(mut self) -> Result<Outcome<E::Output>> {
        let timer = self.idempotency.locks.timer.clone();
        let until = timer.now().saturating_add(self.idempotency.wait_timeout);
        loop {
            let error = match self.try_store().await {
                StoreTry::Stored => return Ok(Outcome::Ran(self.output)),
                StoreTry::Replayed(answer) => return Ok(Outcome::Replayed(answer)),
                StoreTry::Refused(error) => return Err(error),
                StoreTry::Lost(error) => error,
            };
            let timeout = until.saturating_sub(timer.now());
            match self.idempotency.take(&self.request, timeout).await {
                Ok((Begun::Acquired(attempt), _)) => {
                    self.attempt = attempt;
                    self.attempt.guard.keep_on_drop();
                }
                // By a try that was given up and arrived after all.
                Ok((Begun::Replayed(_), lease)) if lease == self.attempt.freed => return Ok(Outcome::Ran(self.output)),
                Ok((Begun::Replayed(theirs), _)) => return Ok(Outcome::Replayed(theirs)),
                Err(_) => return Err(error),
            }
        }
    }

    /// Sends it until it is stored, refused, or the lease is lost.
    async fn try_store(&mut self) -> StoreTry<E::Output> {
        let locks = self.idempotency.locks.clone();
        let worth = locks.settings.keep.map_or(Duration::MAX, |keep| keep.max(locks.settings.lease));
        let worthless = locks.timer.now().saturating_add(worth);
        let mut tries: u32 = 0;
        // Whether a try may have been carried out, or may still be, whose response did not come.
        let mut maybe_applied = false;
        loop {
            // Asked before and after: once it has run out, one more try says whether anybody has noticed.
            let before = self.attempt.guard.phase();
            tries = tries.saturating_add(1);
            let update = self.attempt.finish(&self.output);
            // One that hangs is sent again: only one of them can be carried out. A slow one is given longer every time, but
            // not longer than the lease lasts.
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
                    "the handler has ended, and its answer cannot be stored; once the lease has run out it runs again";
                return StoreTry::Refused(self.failed(error, maybe_applied, why));
            }
            if before == Phase::Lost && guard.phase() == Phase::Lost {
                let why = "the handler has ended, and its answer could not be stored before the lease ran out";
                return StoreTry::Lost(self.failed(error, maybe_applied, why));
            }
            if locks.timer.now() >= worthless {
                let why = "the handler has ended, and its answer could not be stored for as long as it would be kept";
                return StoreTry::Refused(self.failed(error, maybe_applied, why));
            }
            let pause =
                FIRST.saturating_mul(1 << tries.saturating_sub(1).min(16)).min(locks.settings.jittered_poll_interval());
            let over = locks.timer.sleep_until(locks.timer.now().saturating_add(pause));
            race(over, guard.lost()).await;
        }
    }

    /// That it was not stored; or that nobody knows, where an earlier try may have stored it.
    fn failed(&self, error: Error, maybe_applied: bool, why: &str) -> Error {
        if !maybe_applied || error.is_outcome_unknown() {
            return error.while_doing(why);
        }
        let message = format!("{why}: a response was lost before, so it may be stored all the same, or not");
        let error = Error::new(ErrorKind::OutcomeUnknown, message).with_attempts(error.attempts()).over(error);
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
