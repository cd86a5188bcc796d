//! Carrying out a scan: pages of its segments, a few at once, at the rate that was asked for.

mod rate_limit;
mod segments;

use super::pages::{Step, Turn};
use crate::client::{Client, Items, ScanPages};
use crate::entity::{Item, Table};
use crate::error::Result;
use crate::op::Scan;
use crate::response::ScanPage;
use segments::ParallelScan;

impl<P, T> Scan<P, Client<T>>
where
    P: Item<Table = T>,
    T: Table,
{
    /// All pages one by one, up to the limits, each with the [`ScanCheckpoint`](crate::op::ScanCheckpoint) to go on
    /// from. A page is what one request gives. The stream ends after the last segment's last page, or after an error:
    /// then the checkpoint of the page before it goes on without loss.
    ///
    /// Requests are made when a page is asked for, and no more at once than the
    /// [`concurrency`](Scan::concurrency) says.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// shop.create(&Session::sample("u1", "s1")).await?;
    ///
    /// let mut pages = shop.scan::<Session>().segments(3).pages();
    /// let mut ids = Vec::new();
    /// while let Some(page) = pages.next().await {
    ///     let page = page?;
    ///     ids.extend(page.items.into_iter().map(|session| session.session_id));
    ///     let _keep = page.checkpoint; // once what the page held is done with
    /// }
    /// assert_eq!(ids, ["s1"]);
    /// # Ok(()) }
    /// ```
    pub fn pages(self) -> ScanPages<P> {
        ScanPages::new(Step::new(move || match ParallelScan::new(self, false) {
            Ok(scan) => turn(scan),
            Err(error) => Box::pin(std::future::ready((Some(Err(error)), None))),
        }))
    }

    /// All items one by one, up to the limits, in as many requests as it takes.
    pub fn stream(self) -> Items<P> {
        self.pages().items()
    }

    /// All items, up to the limits, in as many requests as it takes. They are all held in memory: for a whole table,
    /// take [`pages`](Self::pages).
    ///
    /// # Errors
    /// As the scan itself.
    pub async fn collect(self) -> Result<Vec<P>> {
        let mut pages = self.pages();
        let mut items = Vec::new();
        while let Some(page) = pages.next().await {
            items.extend(page?.items);
        }
        Ok(items)
    }

    /// How many items there are, up to the limits. They are read and paid for, but not sent (`Select = COUNT`).
    ///
    /// # Errors
    /// As the scan itself.
    pub async fn count(self) -> Result<u64> {
        let mut scan = ParallelScan::new(self, true)?;
        let mut counted = 0;
        while let Some(page) = scan.next().await {
            counted += page?.1;
        }
        Ok(counted)
    }
}

/// One page, and the scan that gives the ones after it.
fn turn<P: Item<Table = T>, T: Table>(mut scan: ParallelScan<P, T>) -> Turn<ScanPage<P>> {
    Box::pin(async move {
        match scan.next().await {
            None => (None, None),
            Some(Err(error)) => (Some(Err(error)), None),
            Some(Ok((page, _))) => (Some(Ok(page)), Some(Step::new(move || turn(scan)))),
        }
    })
}
