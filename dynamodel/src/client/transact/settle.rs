//! The loop that carries operations out: look at what is there, plan, send, judge the refusal, and plan again.

use super::first::check_first;
use super::operation::{Operation, Ready, Unique};
use super::plan::{Assembled, Cancelled, Lost, Refused, Role, assemble};
use crate::client::Client;
use crate::entity::Table;
use crate::error::{ErrorKind, Result};
use crate::op::{Context, KnownItem, SentinelChange, Start, UniqueWrite, token, transact_write};
use crate::response::{self, StoredItem};
use std::time::SystemTime;

impl<T: Table> Client<T> {
    /// Carries out one write of an item with unique fields.
    pub(in crate::client) async fn write_unique<W: UniqueWrite>(&self, write: W, now: SystemTime) -> Result<()> {
        let unique = Unique::new(write, None);
        let (entity, key) = (unique.entity, unique.key.clone());
        let client = self.counting(0);
        let cx = Context { table: &client.inner.table, now };
        let settled = client.counted(client.settle(&[Operation::Unique(unique)], None, &cx).await);
        settled.map_err(|error| error.into_only_reason().of_entity(entity).at_key(key).in_table(cx.table))
    }

    /// Carries out operations of which some have unique fields, and plans them again when what was taken to be there was not.
    ///
    /// # Errors
    /// As a transaction.
    pub(in crate::client) async fn settle(
        &self,
        operations: &[Operation<'_>],
        given: Option<&str>,
        cx: &Context<'_>,
    ) -> Result<()> {
        check_first(operations, cx)?;
        let mut seen = self.look(operations, cx).await?;
        let (mut lost, mut attempts) = (Lost::new(), self.attempts());
        loop {
            let Assembled { plan, roles, ready } = assemble(operations, cx, &seen, &lost)?;
            let single = match (operations, plan.actions()) {
                ([Operation::Unique(unique)], [_]) => {
                    ready.first().and_then(Option::as_ref).map(|ready| (unique, ready))
                }
                _ => None,
            };
            let outcome = match single {
                Some((unique, ready)) => self.send_single(unique, ready, cx.now).await,
                None => {
                    let token = given.map_or_else(token, str::to_owned);
                    let request = transact_write(plan.actions(), &token)?;
                    self.transact_planned(&plan, &request, cx.now).await
                }
            };
            let Err(Cancelled { error, refused }) = outcome else { return Ok(()) };
            let mut next = Next::default();
            for (place, (role, item)) in roles.iter().zip(&refused).enumerate() {
                let Refused::By(there) = item else { continue };
                let at = if let Role::Sentinel(at, ..) = role { *at } else { place };
                let operation = operations.get(at).and_then(Operation::unique);
                let table = operation.map_or(cx.table, |unique| unique.table_of(cx));
                match (role, operation.zip(ready.get(at).and_then(Option::as_ref)).zip(seen.get_mut(at))) {
                    (Role::Own, Some(((unique, ready), seen))) => {
                        if next.own(unique, ready, seen, there, cx.now)? {
                            next.contended.push(at);
                        }
                    }
                    (Role::Own, None) => next.refused = true,
                    // Another item has the value: only another plan of an operation itself may do without it.
                    (Role::Sentinel(_, _, SentinelChange::Write { .. }), _) => {}
                    // It is missing. Where the item is not what it was taken to be either, it need not be there.
                    (Role::Sentinel(_, _, SentinelChange::Delete { must_exist: true }), _)
                        if there.item().is_none() => {}
                    (Role::Sentinel(_, key, SentinelChange::Delete { .. }), _) => {
                        lost.push((table.to_owned(), key.clone()));
                        next.again = true;
                    }
                    // The item has it again.
                    (Role::Sentinel(_, key, SentinelChange::Leave), _) => {
                        lost.retain(|(of, lost)| of != table || lost != key);
                        next.again = true;
                        next.contended.push(at);
                    }
                }
            }
            if next.refused || !next.again {
                return Err(error);
            }
            if !next.contended.is_empty() && !attempts.again().await {
                let name = |at: usize| operations.get(at).map_or("", Operation::name);
                return Err(error.contended(&next.contended, name));
            }
        }
    }

    /// What is known of each item at first: by the operation itself, or by a read.
    async fn look(&self, operations: &[Operation<'_>], cx: &Context<'_>) -> Result<Vec<KnownItem>> {
        let mut out = Vec::with_capacity(operations.len());
        for operation in operations {
            out.push(match operation.unique().map(|unique| (unique, &unique.start)) {
                None => KnownItem::Fresh,
                Some((_, Start::With(seen))) => seen.clone(),
                Some((unique, Start::Read)) => {
                    let request = (unique.read)(&unique.context(cx)).map_err(|error| unique.place(error))?;
                    let sent = self.send_of(&request, Some(unique.entity)).await;
                    let response = sent.map_err(|failure| unique.place(failure.into_error(request.operation)))?;
                    let item = response::item_text(response.bytes()).map_err(|error| unique.place(error))?;
                    let said = item.map(unique.said).transpose().map_err(|error| unique.place(error))?;
                    said.map_or(KnownItem::Absent, KnownItem::Present)
                }
            });
        }
        Ok(out)
    }
}

/// What is to be done after a refusal.
#[derive(Default)]
struct Next {
    /// A condition does not hold that nothing helps against.
    refused: bool,
    /// Another plan may succeed.
    again: bool,
    /// The operations in whose way another writer came in between.
    contended: Vec<usize>,
}

impl Next {
    /// The operation itself was refused: because the item is not as it was taken to be, or for good? Whether another writer came
    /// in between.
    fn own(
        &mut self,
        unique: &Unique<'_>,
        ready: &Ready<'_>,
        seen: &mut KnownItem,
        found: &StoredItem,
        now: SystemTime,
    ) -> Result<bool> {
        let there = found.item().map(unique.said).transpose()?;
        let differs = match &*seen {
            _ if *found == StoredItem::Unreadable => false,
            KnownItem::Fresh => false,
            KnownItem::Absent => there.is_some(),
            KnownItem::Unchanged | KnownItem::Present(_) => there != ready.assumed,
        };
        if !differs || (ready.refuse)(found, now).kind() != ErrorKind::ConditionFailed {
            self.refused = true;
            return Ok(false);
        }
        let contended = *seen != KnownItem::Unchanged;
        self.again = true;
        *seen = there.map_or(KnownItem::Absent, KnownItem::Present);
        Ok(contended)
    }
}
