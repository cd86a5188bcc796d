//! Awaiting a query: pages of exactly as many items as are wanted, and the pages beside them.

use super::pages::Step;
use crate::client::{Client, Items, OperationFuture, Pages};
use crate::entity::{Index, Item, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Cursor, PageRequest, Query, key_attributes, known_attributes};
use crate::response::{DecodeOptions, DecodedPage, Page, decode_page};

impl<P, I, T> IntoFuture for Query<P, I, Client<T>>
where
    P: Item<Table = T>,
    I: Index,
    T: Table,
{
    type Output = Result<Page<P>>;
    type IntoFuture = OperationFuture<'static, Page<P>>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            let whole = self.options.limits.returned.is_some();
            self.page(whole).await
        })
    }
}

impl<P, I, T> Query<P, I, Client<T>>
where
    P: Item<Table = T>,
    I: Index,
    T: Table,
{
    /// All items one by one, up to the limits, in as many requests as it takes, each made when its items are asked for.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// shop.create(&Session::sample("u1", "s1")).await?;
    /// shop.create(&Session::sample("u1", "s2")).await?;
    ///
    /// let mut sessions = shop.query(Session::of_user("u1")).stream();
    /// let mut ids = Vec::new();
    /// while let Some(session) = sessions.next().await {
    ///     ids.push(session?.session_id);
    /// }
    /// assert_eq!(ids, ["s1", "s2"]);
    /// # Ok(()) }
    /// ```
    pub fn stream(self) -> Items<P> {
        self.pages().items()
    }

    /// All pages one by one, up to the limits. A page is what one request gives.
    pub fn pages(self) -> Pages<P> {
        Pages::new(self.step())
    }

    fn step(mut self) -> Step<Page<P>> {
        Step::new(move || {
            Box::pin(async move {
                let page = match self.page(false).await {
                    Ok(page) => page,
                    Err(error) => return (Some(Err(error)), None),
                };
                self.options.limits = self.options.limits.after(page.items.len(), page.evaluated, page.requests);
                let on = if self.is_reversed() { &page.previous } else { &page.next };
                let next = on.clone().filter(|_| !self.options.limits.is_reached());
                (Some(Ok(page)), next.map(|cursor| self.start_at(cursor).step()))
            })
        })
    }

    /// All items, up to the limits, in as many requests as it takes.
    ///
    /// # Errors
    /// As the query itself.
    pub async fn collect(self) -> Result<Vec<P>> {
        let mut pages = self.pages();
        let mut items = Vec::new();
        while let Some(page) = pages.next().await {
            items.extend(page?.items);
        }
        Ok(items)
    }

    /// The first item, if there is one, in as many requests as a filter makes necessary.
    ///
    /// # Errors
    /// As the query itself.
    pub async fn first(self) -> Result<Option<P>> {
        Ok(self.limit(1).page(true).await?.items.into_iter().next())
    }

    /// How many items there are, up to the limits. They are read and paid for, but not sent (`Select = COUNT`).
    ///
    /// # Errors
    /// As the query itself.
    pub async fn count(mut self) -> Result<u64> {
        let client = self.via.counting(0);
        self.via = client.clone();
        client.counted(self.count_all().await)
    }

    async fn count_all(mut self) -> Result<u64> {
        if self.is_empty()? {
            return Ok(0);
        }
        let mut after = self.start_key()?;
        let mut counted = 0;
        let mut requests = 0;
        loop {
            let evaluate = self.options.limits.evaluate(self.is_filtered(), requests);
            let ask = PageRequest { evaluate, after: after.as_deref(), count: true, reversed: self.is_reversed() };
            let response = self.ask(&self.via, ask, None).await?;
            // A request for more than are missing may count more.
            counted += self.options.limits.returned.map_or(response.count, |left| response.count.min(u64::from(left)));
            requests += 1;
            let returned = usize::try_from(response.count).unwrap_or(usize::MAX);
            self.options.limits = self.options.limits.after(returned, response.evaluated, 1);
            after = response.stopped;
            if after.is_none() || self.options.limits.is_reached() {
                return Ok(counted);
            }
        }
    }

    pub(in crate::client) fn is_reversed(&self) -> bool {
        self.start.as_ref().is_some_and(|cursor| cursor.previous)
    }

    /// The key that a cursor says, once it is known to be this query's.
    fn start_key(&self) -> Result<Option<String>> {
        let Some(cursor) = &self.start else { return Ok(None) };
        let table = self.via.table_name();
        self.check_cursor(cursor, table).map_err(|error| error.in_table(table))?;
        Ok(cursor.key.clone())
    }

    /// One request.
    async fn ask(&self, client: &Client<T>, ask: PageRequest<'_>, wanted: Option<u32>) -> Result<DecodedPage<P>> {
        let cx = client.context();
        let request = self.request(&cx, ask).map_err(|error| error.in_table(cx.table))?;
        let response = client.read_any(&request, P::NAME).await?;
        let key = key_attributes::<T, I>();
        let known = known_attributes(self.range.bounds()?);
        let reading = DecodeOptions {
            wanted: wanted.and_then(|wanted| usize::try_from(wanted).ok()),
            key: &key,
            known: &known,
            alive_at: self.options.alive_at(|| cx.now),
            counts: ask.count,
        };
        let place = |error: Error| error.of_entity(P::NAME).in_table(cx.table).with_attempts(response.attempts);
        decode_page(response.bytes(), reading).map_err(place)
    }

    /// A page: what one request gives, or the `whole` of what is wanted, in as many requests as it takes.
    async fn page(&self, whole: bool) -> Result<Page<P>> {
        let client = self.via.counting(0);
        client.counted(self.read_page(&client, whole).await)
    }

    async fn read_page(&self, client: &Client<T>, whole: bool) -> Result<Page<P>> {
        let mut page = Page::of(Vec::new(), 0);
        let reversed = self.is_reversed();
        let mut after = self.start_key()?;
        if self.is_empty()? {
            if self.options.limits.is_reached() {
                // Nothing was asked for, so what is there is still to come.
                let query = self.fingerprint(self.via.table_name())?;
                let here = Some(Cursor { key: after, previous: reversed, query });
                if reversed { page.previous = here } else { page.next = here }
            }
            return Ok(page);
        }
        let mut left = self.options.limits;
        let mut first = None;
        loop {
            let evaluate = left.evaluate(self.is_filtered(), page.requests);
            let ask = PageRequest { evaluate, after: after.as_deref(), count: false, reversed };
            let response = self.ask(client, ask, left.returned).await?;
            left = left.after(response.items.len(), response.evaluated, 1);
            first = first.or(response.first);
            page.requests += 1;
            page.evaluated += response.evaluated;
            page.consumed = match (page.consumed, response.consumed) {
                (Some(one), Some(more)) => Some(one + more),
                (one, more) => one.or(more),
            };
            page.items.extend(response.items);
            // What was left over is read again with the next page.
            after = if response.cut { Some(response.last.ok_or_else(|| nameless::<P>())?) } else { response.stopped };
            if !whole || after.is_none() || left.is_reached() {
                break;
            }
        }
        self.beside(&mut page, first, after, reversed)?;
        Ok(page)
    }

    /// Where the pages beside one begin: `first` is the key of the item that was read first, `stopped` where it ended.
    fn beside(&self, page: &mut Page<P>, first: Option<String>, stopped: Option<String>, reversed: bool) -> Result<()> {
        let began = self.start.as_ref().is_some_and(|start| start.key.is_some());
        if stopped.is_some() || began {
            let query = self.fingerprint(self.via.table_name())?;
            let behind = |key| Cursor { key, previous: !reversed, query };
            let back = began.then(|| behind(first.or_else(|| stopped.clone())));
            let on = stopped.map(|key| Cursor { key: Some(key), previous: reversed, query });
            (page.next, page.previous) = if reversed { (back, on) } else { (on, back) };
        }
        if reversed {
            page.items.reverse();
        }
        Ok(())
    }
}

/// An item whose key is not in the response. The library asks for it, so this does not occur.
fn nameless<P: Item>() -> Error {
    Error::new(ErrorKind::Decode, "an item came without its key, so the next page cannot be found").of_entity(P::NAME)
}
