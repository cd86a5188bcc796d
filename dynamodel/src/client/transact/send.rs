//! Sending a transaction: the same one again, by its token, until what became of it is known.

use super::plan::{Cancelled, Plan, cancelled, late};
use crate::client::Client;
use crate::client::send::{Failure, TokenWindow, is_passing};
use crate::entity::Table;
use crate::error::{Error, ErrorKind};
use crate::op::Request;
use crate::response::{Meaning, StoredItem, reasons};
use std::time::SystemTime;

impl<T: Table> Client<T> {
    pub(in crate::client) async fn transact_planned(
        &self,
        plan: &Plan<'_>,
        request: &Request,
        now: SystemTime,
    ) -> Result<(), Cancelled> {
        let mut attempts = self.attempts();
        let mut window = TokenWindow::begin();
        loop {
            let sent = self.send_within(request, None, Some(&window)).await;
            let Err(mut failure) = sent else { return Ok(()) };
            // That the last try did nothing says nothing of those before.
            attempts.carry(&mut failure);
            let mut refused = Vec::new();
            let (error, passing) = match failure.meaning() {
                Meaning::Cancelled => {
                    let there = self.behind_all(plan, &failure).await;
                    let (error, passing) = cancelled(plan, &failure, now, there, &mut refused);
                    (error.with_source(failure.source), passing)
                }
                // What DynamoDB Local says where DynamoDB cancels.
                Meaning::Invalid => {
                    let message = "the transaction was cancelled: DynamoDB does not take it";
                    let error = Error::new(ErrorKind::Cancelled, message).with_source(failure.source);
                    return Err(error.in_table(&self.inner.table).into());
                }
                Meaning::InProgress => {
                    let message = "an earlier try of this very transaction was still under way";
                    (Error::new(ErrorKind::OutcomeUnknown, message).with_source(failure.source), true)
                }
                _ => {
                    // By its token DynamoDB knows the transaction again, so asking once more settles what is unknown.
                    let error = failure.into_error(request.operation);
                    let passing = is_passing(error.kind());
                    (error, passing)
                }
            };
            attempts.may_be_applied(error.is_outcome_unknown());
            if passing && attempts.again_within(&mut window).await {
                continue;
            }
            // A cancellation settles what became of every earlier try that DynamoDB has, since it knows the token; but not of
            // one that has not arrived.
            let (error, refused) = match error.kind() {
                ErrorKind::Cancelled if attempts.may_arrive() => (late(error), Vec::new()),
                _ => (error, refused),
            };
            return Err(Cancelled { error: error.in_table(&self.inner.table), refused });
        }
    }

    /// What stands under the keys of the actions whose conditions did not hold: `None` for the others.
    async fn behind_all(&self, plan: &Plan<'_>, failure: &Failure) -> Vec<Option<StoredItem>> {
        let said = reasons(failure.body().unwrap_or_default());
        let mut out = Vec::with_capacity(plan.actions.len());
        for (at, action) in plan.actions.iter().enumerate() {
            out.push(match said.get(at).filter(|said| said.is_refusal()) {
                Some(said) => Some(self.behind(failure, said.item, &action.request).await),
                None => None,
            });
        }
        out
    }
}
