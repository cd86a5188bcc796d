//! Reading a collection: all its items, and then one value.

use crate::client::Client;
use crate::entity::{Collection, Gathered, Index, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::Query;

impl<V, I, T> Query<Gathered<V>, I, Client<T>>
where
    V: Collection<Table = T>,
    I: Index,
    T: Table,
{
    /// The collection, in as many requests as it takes; `None` where nothing of it is there.
    ///
    /// # Errors
    /// [`CollectionMismatch`](ErrorKind::CollectionMismatch) when an item that must be there is missing, or there are two
    /// where there should be one; [`InvalidRequest`](ErrorKind::InvalidRequest) with a limit, for a collection is read
    /// whole; otherwise as the query itself.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/carts.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// shop.create(&Cart { id: "c1".into(), owner: "ada".into() }).await?;
    /// shop.create(&CartLine { id: "c1".into(), number: 1, sku: "tea".into() }).await?;
    ///
    /// let view = shop.query(CartView::of(Cart::of_cart("c1"))).assemble().await?.unwrap();
    /// assert_eq!((view.cart.owner.as_str(), view.lines.len()), ("ada", 1));
    /// # Ok(()) }
    /// ```
    pub async fn assemble(self) -> Result<Option<V>> {
        let table = self.via.table_name().to_owned();
        if self.limits.returned.is_some() || self.limits.evaluated.is_some() || self.limits.requests.is_some() {
            let message = "a collection is read whole, and some of it would be left out: take the limit off";
            return Err(Error::new(ErrorKind::InvalidRequest, message).of_entity(V::NAME).in_table(&table));
        }
        Gathered::together(self.collect().await?).map_err(|error| error.in_table(&table))
    }
}
