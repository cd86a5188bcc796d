//! A write of an item with unique fields whose sentinels stay as they are: one request.

use super::operation::{Ready, Unique};
use super::plan::{Cancelled, Refused};
use crate::client::Client;
use crate::client::outcome::{repeated, unknown_outcome};
use crate::entity::Table;
use crate::error::Error;
use crate::response::{self, Outcome};
use std::time::SystemTime;

impl<T: Table> Client<T> {
    /// One write whose sentinels stay as they are.
    pub(super) async fn send_single(
        &self,
        unique: &Unique<'_>,
        ready: &Ready<'_>,
        now: SystemTime,
    ) -> Result<(), Cancelled> {
        let request = ready.request();
        let failure = match self.send_of(request, Some(unique.entity)).await {
            Ok(response) if response.maybe_applied_before && request.once => {
                return Err(unique.place(repeated(response.attempts)).into());
            }
            Ok(_) => return Ok(()),
            Err(failure) => failure,
        };
        if !failure.is_refusal() {
            let error = unique.place(failure.into_error(request.operation));
            if request.once && error.is_outcome_unknown() {
                return self.look_up_unique(unique, ready, error).await;
            }
            return Err(error.into());
        }
        let there = self.behind(&failure, failure.item(), request).await;
        let error = (ready.refuse)(&there, now).with_attempts(failure.trace.attempts);
        if failure.trace.maybe_applied_before {
            match (ready.outcome)(there.item()) {
                Outcome::Applied => return Ok(()),
                Outcome::NotApplied => {}
                Outcome::Unknown => return Err(unique.place(unknown_outcome(error, &failure)).into()),
            }
        }
        Err(Cancelled { error: unique.place(error), refused: vec![Refused::By(there)] })
    }

    /// What became of a write that is not sent again: where its item has a random version, the item tells.
    async fn look_up_unique(&self, unique: &Unique<'_>, ready: &Ready<'_>, unknown: Error) -> Result<(), Cancelled> {
        let request = ready.request().read_back().filter(|_| unique.tells);
        let Some(request) = request else { return Err(unknown.into()) };
        let Ok(response) = self.send_of(&request, Some(unique.entity)).await else { return Err(unknown.into()) };
        match response::item_text(response.bytes()) {
            Ok(Some(item)) if (ready.outcome)(Some(item)) == Outcome::Applied => Ok(()),
            Ok(Some(item)) => Err((unique.holding)(unknown, item).into()),
            Ok(None) | Err(_) => Err(unknown.into()),
        }
    }
}
