//! The task that renews a lease until its guard ends it, and publishes the lease's status.

use super::end::End;
use super::fence::as_lock_lost;
use super::held_lease::HeldLease;
use super::lease::Leased;
use super::race::{First, race, within};
use super::status::{Phase, Status};
use crate::entity::{LivesIn, Table};
use crate::error::Result;
use std::time::Duration;
use tokio::sync::oneshot;

/// What a guard tells its keeper to do at the end.
#[derive(Debug)]
pub(super) enum Command {
    /// Release or delete the lock, and send the result to the waiting caller. If the caller goes away, it is done in the background.
    End(End, oneshot::Sender<Result<()>>),
    /// Release the lock in the background: nobody waits for the result.
    Release,
    /// Stop renewing the lease.
    Abandon,
}

impl<E, T> HeldLease<E, T>
where
    E: LivesIn<T>,
    E::Version: Leased,
    T: Table,
{
    /// Renews the lease that began at `since` until the guard's command, and carries that out.
    pub(super) async fn keep(self, since: Duration, mut command: oneshot::Receiver<Command>) {
        // A renewal that ends just as the lease does is seen first.
        let kept = race(self.renew(since), self.watch());
        let command = match race(&mut command, kept).await {
            First::Left(command) => command,
            First::Right(_) => {
                self.status.send_modify(|status| status.phase = Phase::Lost);
                command.await
            }
        };
        // Also when the lease was lost: perhaps no other owner has taken the lock yet.
        let until = self.deadline();
        match command {
            Ok(Command::End(end, mut result)) => {
                let ended = race(result.closed(), self.end(end, until)).await;
                match ended {
                    First::Left(()) => self.end_in_background(end, until),
                    First::Right(ended) => drop(result.send(ended)),
                }
            }
            Ok(Command::Release) => self.end_in_background(End::Release, until),
            Ok(Command::Abandon) | Err(_) => {}
        }
    }

    /// Publishes that the lease is about to run out, and ends when it has.
    async fn watch(&self) {
        let mut status = self.status.subscribe();
        loop {
            let Status { phase, until } = *status.borrow_and_update();
            let at = match phase {
                Phase::Held => until.saturating_sub(self.settings.warning()),
                Phase::Expiring | Phase::Lost => until,
            };
            match race(self.timer.sleep_until(at), status.changed()).await {
                // Renewed just now.
                First::Left(()) if status.has_changed().unwrap_or(false) => {}
                First::Left(()) if phase == Phase::Held => {
                    self.status.send_modify(|status| status.phase = Phase::Expiring);
                }
                First::Left(()) => return,
                First::Right(_) => {}
            }
        }
    }

    /// Renews the lease in time, and ends when another owner has it, or it was renewed too late. A renewal that hangs is
    /// given up while there is time for another one: if it is carried out after all, it is one renewal more, which does no harm.
    async fn renew(&self, since: Duration) {
        let heartbeat = self.settings.heartbeat();
        let mut next = since.saturating_add(heartbeat);
        loop {
            self.timer.sleep_until(next).await;
            let sent = self.timer.now();
            let left = self.status.borrow().until.saturating_sub(sent);
            let renewal = self.write(self.lease.renewed(), self.settings.lifetime_while_held());
            let renewed = within(&self.client, &*self.timer, (left / 2).max(heartbeat / 4), renewal).await;
            next = match renewed.map(|done| done.map_err(|error| as_lock_lost::<E>(&self.lease, error))) {
                Some(Ok(())) if self.extend(sent.saturating_add(self.settings.lease)) => sent.saturating_add(heartbeat),
                Some(Ok(())) => return,
                Some(Err(error)) if error.is_lock_lost() => return,
                Some(Err(_)) | None => self.timer.now().saturating_add(heartbeat / 4),
            };
        }
    }

    /// Extends the lease to this time, unless it has run out before: its guard may have reported that, and that is final.
    fn extend(&self, until: Duration) -> bool {
        self.status.send_if_modified(|status| {
            let in_time = self.timer.now() < status.until;
            if in_time {
                *status = Status { phase: Phase::Held, until };
            }
            in_time
        })
    }
}
