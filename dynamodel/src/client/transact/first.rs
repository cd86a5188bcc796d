//! What is known of writes of items with unique fields before anything is sent.

use super::operation::{Operation, Unique};
use super::plan::{Assembled, Lost, assemble};
use crate::client::Client;
use crate::entity::Table;
use crate::error::Result;
use crate::op::{
    Action, Context, KnownItem, Request, Sentinel, Start, UniqueWrite, check_actions, token, transact_write,
};

impl<T: Table> Client<T> {
    /// The request with which such a write begins.
    pub(in crate::client) fn first_of<W: UniqueWrite>(write: &W, cx: &Context<'_>) -> Result<Request> {
        let Start::With(seen) = write.start() else { return write.read(cx) };
        let unique = Unique::new(write, None);
        let operations = [Operation::Unique(unique)];
        let Assembled { plan, ready, .. } = assemble(&operations, cx, &[seen], &Lost::new())?;
        match ready.into_iter().next().flatten() {
            Some(ready) if plan.actions().len() == 1 => Ok(ready.action.request),
            _ => transact_write(plan.actions(), &token()),
        }
    }
}

/// What is wrong with the operations whatever the items say: told before an item is read.
///
/// # Errors
/// What the operations give before they are sent, and two on one item.
pub(super) fn check_first(operations: &[Operation<'_>], cx: &Context<'_>) -> Result<()> {
    if operations.len() < 2 || !operations.iter().any(Operation::reads_first) {
        return Ok(());
    }
    let mut actions = Vec::with_capacity(operations.len());
    for operation in operations {
        actions.push(match operation {
            Operation::Plain { action, .. } => action.clone(),
            Operation::Unique(unique) => {
                let here = unique.context(cx);
                let own = match &unique.start {
                    Start::With(seen) => (unique.plan)(&here, seen, &[]).and_then(|ready| {
                        ready.sentinels.iter().try_for_each(Sentinel::check)?;
                        Ok(ready.action)
                    }),
                    Start::Read => (unique.read)(&here).map(|request| Action {
                        kind: "Get",
                        name: unique.name.clone(),
                        entity: unique.entity,
                        request,
                    }),
                };
                own.map_err(|error| unique.place(error))?
            }
        });
    }
    check_actions(&actions)
}

/// The actions that a transaction begins with, as far as they are known without a read.
///
/// # Errors
/// What the operations give before they are sent, and where a read comes first.
pub(in crate::client) fn first_actions(operations: &[Operation<'_>], cx: &Context<'_>) -> Result<Vec<Action>> {
    let known = |operation: &Operation<'_>| operation.unique().map_or(Ok(KnownItem::Fresh), Unique::known);
    let seen: Vec<_> = operations.iter().map(known).collect::<Result<_>>()?;
    Ok(assemble(operations, cx, &seen, &Lost::new())?.plan.actions().to_vec())
}
