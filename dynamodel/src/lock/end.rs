//! The end of a lease: the lock is released, or its record deleted, as long as that is of use.

use super::fence::{as_lock_lost, term_matches};
use super::held_lease::HeldLease;
use super::lease::{Lease, Leased};
use super::race::within;
use super::releaser::release_in_background;
use super::runtime::runtime;
use crate::entity::{LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Delete, Target};
use std::time::Duration;

/// How often the request is sent while its outcome is unknown.
const TRIES: u32 = 4;

/// How long the first attempt may take at most; the second one twice that, and so on.
const LONGEST: Duration = Duration::from_secs(5);

/// How a lease ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The lock becomes free.
    Release,
    /// The lock's record is deleted.
    Delete,
}

impl<E, T> HeldLease<E, T>
where
    E: LivesIn<T>,
    E::Version: Leased,
    T: Table,
{
    /// In the background, where a few requests are under way at a time. One whose turn comes too late is given up.
    pub(super) fn end_in_background(self, end: End, until: Duration) {
        // Without a runtime there is no background, and the lease runs out.
        if let Ok(runtime) = runtime() {
            let table = self.client.table_name().to_owned();
            let job = async move {
                if self.timer.now() < until {
                    let _in_vain = self.end(end, until).await;
                }
            };
            release_in_background(&runtime, &table, Box::pin(job));
        }
    }

    /// Sends the request until its outcome is known, as long as that is of use. One that hangs is given up and sent again:
    /// however many of them arrive in the end, and however late, at most one is carried out, and none once another
    /// owner has the lock.
    pub(super) async fn end(&self, end: End, until: Duration) -> Result<()> {
        let freed = self.lease.freed();
        let mut tries = 0;
        // Whether an attempt whose response was lost may have been carried out.
        let mut maybe_applied = false;
        loop {
            tries += 1;
            let left = until.saturating_sub(self.timer.now());
            // The last attempt may take all the time that is left.
            let share = if tries < TRIES { (left / 2).max(self.settings.heartbeat() / 4) } else { left };
            let limit = share.min(LONGEST.saturating_mul(tries)).min(left);
            let sent = within(&self.client, &*self.timer, limit, self.send(end, &freed)).await;
            let Err(error) = sent.unwrap_or_else(|| Err(self.timed_out())) else { return Ok(()) };
            let there = error.current::<E>().map(|item| item.version().lease());
            let ours = there.is_some_and(|lease| lease.term() == self.lease.term());
            match error.kind() {
                // By an earlier attempt, whose response was lost.
                _ if end == End::Release && there == Some(&freed) => return Ok(()),
                ErrorKind::ConditionFailed if end == End::Delete && maybe_applied && there.is_none() => return Ok(()),
                ErrorKind::OutcomeUnknown if there.is_none() || ours => {
                    maybe_applied = true;
                    if tries >= TRIES || self.timer.now() >= until {
                        return Err(self.outcome_unknown(error));
                    }
                }
                ErrorKind::OutcomeUnknown => return Err(self.held_by_another(error)),
                ErrorKind::ConditionFailed | ErrorKind::NotFound if maybe_applied && !ours => {
                    return Err(self.held_by_another(error));
                }
                ErrorKind::ConditionFailed | ErrorKind::NotFound | ErrorKind::Expired => {
                    return Err(as_lock_lost::<E>(&self.lease, error));
                }
                _ if maybe_applied => return Err(self.outcome_unknown(error)),
                _ => {
                    let message = "the lock was not released, and is free once its lease has run out";
                    return Err(error.while_doing(message));
                }
            }
        }
    }

    async fn send(&self, end: End, freed: &Lease) -> Result<()> {
        match end {
            End::Release => self.write(freed.clone(), self.settings.keep).await,
            End::Delete => {
                let mut delete = Delete::via(Target::from(self.key.clone()), self.client.clone());
                delete.and_condition(term_matches::<E>(&self.lease));
                delete.await
            }
        }
    }

    /// A request that was given up.
    fn timed_out(&self) -> Error {
        let message = "no response came in time, so the write may or may not have been carried out";
        Error::new(ErrorKind::OutcomeUnknown, message)
            .of_entity(E::SCHEMA.name)
            .at_key(&self.key)
            .in_table(self.client.table_name())
    }

    /// No response said whether the lock was released.
    fn outcome_unknown(&self, error: Error) -> Error {
        let left = self.status.borrow().until.saturating_sub(self.timer.now());
        let message = if left.is_zero() {
            "it is not known whether the lock was released, and the lease has run out: others may take the lock either way"
                .to_owned()
        } else {
            format!(
                "it is not known whether the lock was released: if not, it is free once its lease has run out, in {left:?}"
            )
        };
        let unknown = Error::new(ErrorKind::OutcomeUnknown, message).in_table(self.client.table_name());
        unknown.with_attempts(error.attempts()).replacing(error).of_entity(E::SCHEMA.name).at_key(&self.key)
    }

    /// This process does not hold the lock any more: an earlier attempt released it, or another owner took it.
    fn held_by_another(&self, error: Error) -> Error {
        let current = error.current::<E>().map(|item| item.version().lease());
        let state = match current {
            Some(lease) if lease.is_held() => {
                let owner = lease.owner().unwrap_or_default();
                format!("`{owner}` holds it now, with the fencing token {}", lease.token())
            }
            Some(lease) => format!("it is free, and its last fencing token is {}", lease.token()),
            None => "its record is gone".to_owned(),
        };
        let message = format!(
            "a response was lost, so it is not known whether the lock with the fencing token {} was released or lost before: {state}",
            self.lease.token()
        );
        let unknown = Error::new(ErrorKind::OutcomeUnknown, message).in_table(self.client.table_name());
        unknown.with_attempts(error.attempts()).replacing(error).of_entity(E::SCHEMA.name).at_key(&self.key)
    }
}
