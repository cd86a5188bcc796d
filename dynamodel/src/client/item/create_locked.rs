//! The creation of a record that is in somebody's hand from the start.

use crate::client::Client;
use crate::entity::{LivesIn, Table};
use crate::error::Result;
use crate::op::{PutPlan, held};
use std::time::Duration;

impl<T: Table> Client<T> {
    /// Creates an item with this version, that lives so long from now where it has a time to live and no unique fields.
    /// Gives it as it was stored.
    pub(crate) async fn create_held<E: LivesIn<T>>(
        &self,
        fresh: &E,
        version: &E::Version,
        lifetime: Option<Duration>,
    ) -> Result<E> {
        let cx = self.context();
        let mut item = held(fresh, version, lifetime, cx.now).map_err(|error| error.in_table(cx.table))?;
        let (_, stamps) = self.put_item(PutPlan::as_it_is(&item)).await?;
        item.set_stamps(&stamps);
        Ok(item)
    }
}
