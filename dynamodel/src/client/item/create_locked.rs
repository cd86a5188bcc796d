//! The creation of a record that is in somebody's hand from the start.

use crate::client::Client;
use crate::entity::{LivesIn, Table};
use crate::error::Result;
use crate::op::{PutPlan, locked_item};
use std::time::Duration;

impl<T: Table> Client<T> {
    /// Creates an item with this version, that lives so long from now where it has a time to live and no unique fields.
    /// Gives it as it was stored.
    pub(crate) async fn create_locked<E: LivesIn<T>>(
        &self,
        fresh: &E,
        version: &E::Version,
        lifetime: Option<Duration>,
    ) -> Result<E> {
        let cx = self.context();
        let mut item = locked_item(fresh, version, lifetime, cx.now).map_err(|error| error.in_table(cx.table))?;
        let (_, timestamps) = self.put_item(PutPlan::with_own_version(&item)).await?;
        item.set_timestamps(&timestamps);
        Ok(item)
    }
}
