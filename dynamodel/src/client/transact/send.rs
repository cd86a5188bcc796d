//! Sending a transaction: the same one again, by its token, until what became of it is known.

use super::plan::{Cancelled, Plan, cancelled, late};
use crate::client::Client;
use crate::client::send::{Failure, TokenWindow};
use crate::entity::Table;
use crate::error::{Error, ErrorKind};
use crate::op::Request;
use crate::response::{There, reasons};
use std::time::{Duration, Instant, SystemTime};

impl<T: Table> Client<T> {
    pub(in crate::client) async fn transact_planned(
        &self,
        plan: &Plan<'_>,
        request: &Request,
        now: SystemTime,
    ) -> Result<(), Cancelled> {
        let (mut tries, mut attempts) = (0, 0_u32);
        // Whether an earlier try may have been carried out, and whether one may even still be on its way.
        let (mut doubt, mut silence) = (false, false);
        let mut window = TokenWindow::begin(self.inner.sdk.config());
        loop {
            tries += 1;
            let sent = self.send_within(request, None, Some(&window)).await;
            let Err(mut failure) = sent else { return Ok(()) };
            let made = failure.trace.attempts;
            attempts = attempts.saturating_add(made);
            // That the last try did nothing says nothing of those before.
            failure.trace.maybe_applied_before |= doubt;
            silence |= failure.trace.silence;
            let mut refused = Vec::new();
            let (error, passing) = match failure.code() {
                Some("TransactionCanceledException") => {
                    let there = self.behind_all(plan, &failure).await;
                    let (error, passing) = cancelled(plan, &failure, now, there, &mut refused);
                    (error.with_source(failure.source), passing)
                }
                // What DynamoDB Local says where DynamoDB cancels.
                Some("ValidationException") => {
                    let message = "the transaction was cancelled: DynamoDB does not take it";
                    let error = Error::new(ErrorKind::Cancelled, message).with_source(failure.source);
                    return Err(error.with_attempts(attempts).in_table(&self.inner.table).into());
                }
                Some("TransactionInProgressException") => {
                    let message = "an earlier try of this very transaction was still under way";
                    (Error::new(ErrorKind::OutcomeUnknown, message).with_source(failure.source), true)
                }
                _ => {
                    let error = failure.into_error(request.operation);
                    // By its token DynamoDB knows the transaction again, so asking once more settles the doubt.
                    let passing = error.is_outcome_unknown();
                    (error, passing)
                }
            };
            doubt |= error.is_outcome_unknown();
            // As long as an earlier try may have been carried out, only the token keeps a later one from doing it twice.
            let in_time = |pause: &Duration| !(doubt || silence) || !window.is_over_with(made, *pause);
            match self.inner.retries.pause(tries).filter(|_| passing).filter(in_time) {
                Some(pause) => {
                    let begun = Instant::now();
                    self.sleep(pause).await;
                    window.paused(made, pause, begun.elapsed());
                }
                None => {
                    // A cancellation settles what became of every earlier try that DynamoDB has, since it knows the token; but
                    // not of one that has not arrived.
                    let (error, refused) = match error.kind() {
                        ErrorKind::Cancelled if silence => (late(error), Vec::new()),
                        _ => (error, refused),
                    };
                    let error = error.with_attempts(attempts).in_table(&self.inner.table);
                    return Err(Cancelled { error, refused });
                }
            }
        }
    }

    /// What stands under the keys of the actions whose conditions did not hold: `None` for the others.
    async fn behind_all(&self, plan: &Plan<'_>, failure: &Failure) -> Vec<Option<There>> {
        let said = reasons(failure.body().unwrap_or_default());
        let mut out = Vec::with_capacity(plan.actions.len());
        for (at, action) in plan.actions.iter().enumerate() {
            out.push(match said.get(at).filter(|said| said.is_refusal()) {
                Some(said) => Some(self.behind(failure, said.item, &action.body, action.keys).await),
                None => None,
            });
        }
        out
    }
}
