//! Deleting what a read has found, where it may have unique fields: each item is read, and its sentinels go with it.

use crate::client::Client;
use crate::client::transact::{Cancelled, Operation, Plan, Refused};
use crate::entity::{Item, Keyed, Table, schema_of};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Action, Context, Sentinel, StillMatches, Values, get_raw, sentinels_to_delete, token, transact_write};
use crate::response::item_text;

impl<T: Table> Client<T> {
    /// Deletes an item that is still as it was found, with its sentinels; false when it is not.
    pub(super) async fn delete_unique<P: Item<Table = T>>(
        &self,
        key: &Keyed<P>,
        still: &StillMatches,
        cx: &Context<'_>,
    ) -> Result<bool> {
        let request = get_raw(key, cx);
        let response = self.send_of(&request, Some(P::NAME)).await;
        let response = response.map_err(|failure| failure.into_error(request.operation))?;
        let Some(item) = item_text(response.bytes())? else { return Ok(false) };
        let (mut given, mut sentinels) = (None, Vec::new());
        if let Some(entity) = schema_of::<T>(item).filter(|entity| !entity.unique.is_empty()) {
            let values = Values::of(entity, item)?;
            sentinels = sentinels_to_delete::<T>(entity, key.owner(), &values);
            given = values.condition();
        }
        let request = still.delete(key, cx, given)?;
        let name = format!("delete of `{}`", P::NAME);
        let own = Action { kind: "Delete", name, entity: P::NAME, request };
        let operations = [Operation::Plain { action: own, refuse: Box::new(|_, _| refused()) }];
        loop {
            let mut plan = Plan::of(&operations);
            if let [Operation::Plain { action, .. }] = &operations {
                plan.push(0, action.clone(), Box::new(|_, _| refused()));
            }
            for sentinel in &sentinels {
                plan.push(0, Sentinel::action(sentinel, cx)?, Box::new(|_, _| refused()));
            }
            let request = transact_write(plan.actions(), &token())?;
            let Err(Cancelled { error, refused }) = self.transact_planned(&plan, &request, cx.now).await else {
                return Ok(true);
            };
            match refused.split_first() {
                Some((Refused::By(_), _)) => return Ok(false),
                // Some values have gone to others, the item having expired: they are not its own any more.
                Some((Refused::No, others)) if others.iter().any(Refused::is_refused) => {
                    let mut gone = others.iter();
                    sentinels.retain(|_| !gone.next().is_some_and(Refused::is_refused));
                }
                _ => return Err(error.into_only_reason()),
            }
        }
    }
}

fn refused() -> Error {
    Error::new(ErrorKind::ConditionFailed, "the item is not as it was found")
}
