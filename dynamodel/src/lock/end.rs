//! The end of a lease: the lock is given back, or its record deleted, while there is use in it.

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

/// How often it is sent while its outcome is not known.
const TRIES: u32 = 4;

/// How long the first try may take at most; the second one twice that, and so on.
const LONGEST: Duration = Duration::from_secs(5);

/// How a lease ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The lock is free.
    Release,
    /// The lock is no more.
    Delete,
}

impl<E, T> HeldLease<E, T>
where
    E: LivesIn<T>,
    E::Version: Leased,
    T: Table,
{
    /// In the background, where a few requests are under way at a time. What comes to its turn too late is given up.
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

    /// Sends it until it is known what became of it, and while there is use in it. One that hangs is given up for another
    /// one: however many of them arrive in the end, and however late, one is carried out at most, and none once somebody
    /// else has the lock.
    pub(super) async fn end(&self, end: End, until: Duration) -> Result<()> {
        let freed = self.lease.freed();
        let mut tries = 0;
        // Whether a try may have been carried out whose response did not come.
        let mut maybe_applied = false;
        loop {
            tries += 1;
            let left = until.saturating_sub(self.timer.now());
            // The last one may take all that is left.
            let share = if tries < TRIES { (left / 2).max(self.settings.heartbeat() / 4) } else { left };
            let limit = share.min(LONGEST.saturating_mul(tries)).min(left);
            let sent = within(&self.client, &*self.timer, limit, self.send(end, &freed)).await;
            let Err(error) = sent.unwrap_or_else(|| Err(self.timed_out())) else { return Ok(()) };
            let there = error.current::<E>().map(|item| item.version().lease());
            let ours = there.is_some_and(|lease| lease.term() == self.lease.term());
            match error.kind() {
                // By an earlier try, whose response was lost.
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
                    let message = "the lock was not given back, and is free once its lease has run out";
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
                delete.also(term_matches::<E>(&self.lease));
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

    /// No response said whether the lock was given back.
    fn outcome_unknown(&self, error: Error) -> Error {
        let left = self.status.borrow().until.saturating_sub(self.timer.now());
        let message = if left.is_zero() {
            "it is not known whether the lock was given back, and the lease has run out: others may take it either way"
                .to_owned()
        } else {
            format!(
                "it is not known whether the lock was given back: if it was not, it is free once its lease has run out, in {left:?}"
            )
        };
        let told = Error::new(ErrorKind::OutcomeUnknown, message).in_table(self.client.table_name());
        told.with_attempts(error.attempts()).over(error).of_entity(E::SCHEMA.name).at_key(&self.key)
    }

    /// The lock is in this hand no more: by an earlier try, or because another owner took it.
    fn held_by_another(&self, error: Error) -> Error {
        let now = error.current::<E>().map(|item| item.version().lease());
        let now = match now {
            Some(now) if now.is_held() => {
                let owner = now.owner().unwrap_or_default();
                format!("`{owner}` has it now, with the fencing token {}", now.token())
            }
            Some(now) => format!("it is free, and its last fencing token is {}", now.token()),
            None => "its record is gone".to_owned(),
        };
        let message = format!(
            "a response was lost, so it is not known whether the lock of fencing token {} was given back or lost before: {now}",
            self.lease.token()
        );
        let told = Error::new(ErrorKind::OutcomeUnknown, message).in_table(self.client.table_name());
        told.with_attempts(error.attempts()).over(error).of_entity(E::SCHEMA.name).at_key(&self.key)
    }
}
