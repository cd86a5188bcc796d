//! The task that renews a lease until its guard says otherwise, and says how it stands with it.

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

/// What a guard wants of its keeper at last.
#[derive(Debug)]
pub(super) enum Command {
    /// The lock is free, or no more, and somebody waits to be told. Should they go away, it is done in the background.
    End(End, oneshot::Sender<Result<()>>),
    /// The lock is free, and nobody waits: in the background.
    Release,
    /// The lease is renewed no more.
    Abandon,
}

impl<E, T> HeldLease<E, T>
where
    E: LivesIn<T>,
    E::Version: Leased,
    T: Table,
{
    /// Keeps the lease that counts from `since`, until it is told what to do with it.
    pub(super) async fn keep(self, since: Duration, mut order: oneshot::Receiver<Command>) {
        // A renewal that ends as the time is up is seen first.
        let kept = race(self.renew(since), self.watch());
        let order = match race(&mut order, kept).await {
            First::Left(order) => order,
            First::Right(_) => {
                self.status.send_modify(|status| status.phase = Phase::Lost);
                order.await
            }
        };
        // Also when it was lost: nobody may have taken it yet.
        let until = self.deadline();
        match order {
            Ok(Command::End(end, mut told)) => {
                let ended = race(told.closed(), self.end(end, until)).await;
                match ended {
                    First::Left(()) => self.end_in_background(end, until),
                    First::Right(ended) => drop(told.send(ended)),
                }
            }
            Ok(Command::Release) => self.end_in_background(End::Release, until),
            Ok(Command::Abandon) | Err(_) => {}
        }
    }

    /// Says when little of the lease is left, and ends when nothing is.
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

    /// Renews the lease in time, and ends when somebody else has it, or it was renewed too late. A renewal that hangs is
    /// given up while there is time for another one: should it be carried out after all, it is a sign of life too many.
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
                Some(Ok(())) if self.prolong(sent.saturating_add(self.settings.lease)) => {
                    sent.saturating_add(heartbeat)
                }
                Some(Ok(())) => return,
                Some(Err(error)) if error.is_lock_lost() => return,
                Some(Err(_)) | None => self.timer.now().saturating_add(heartbeat / 4),
            };
        }
    }

    /// Says that the lease is held until then, unless it has run out before: its guard may have said so, and it stays so.
    fn prolong(&self, until: Duration) -> bool {
        self.status.send_if_modified(|status| {
            let in_time = self.timer.now() < status.until;
            if in_time {
                *status = Status { phase: Phase::Held, until };
            }
            in_time
        })
    }
}
