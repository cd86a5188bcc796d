//! Carrying out deletes and updates of what a query or a scan finds: a page of keys, then its writes, a few at once.

mod sentinels;
mod source;
mod unique;

use crate::client::item::IfMissing;
use crate::client::read::{Step, Turn};
use crate::client::send::{Failure, InFlight};
use crate::client::{Client, EachPages, OperationFuture};
use crate::entity::{Entity, Item, Keyed, Projection, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{DeleteEach, StillMatches, Update, UpdateEach};
use crate::response::{EachPage, EachTotal};
use source::{Found, Guarded, MoreKeys, Source};
use std::future::poll_fn;

/// What became of an item: mostly, whether it was written to, or left alone.
type Written<W> = std::pin::Pin<Box<dyn Future<Output = Result<W>> + Send>>;

/// Makes the write to an item.
type Write<P, W> = Box<dyn FnMut(Keyed<P>) -> Written<W> + Send>;

/// What is said of a page beside what became of its items.
struct Rest<C> {
    evaluated: u64,
    consumed: Option<f64>,
    checkpoint: Option<C>,
}

/// Makes a page of what became of its items.
type Gather<W, C, G> = fn(Vec<W>, Rest<C>) -> G;

impl<S: Source> DeleteEach<S> {
    /// What becomes of the items, page by page, each with the checkpoint to go on from.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// # for id in ["s1", "s2", "s3"] { shop.create(&Session::sample("u1", id)).await?; }
    /// let mut pages = shop.query(Session::of_user("u1")).evaluate_at_most(2).delete_each().pages();
    /// let page = pages.next().await.expect("a first page")?;
    /// assert_eq!(page.done, 2);
    ///
    /// let rest = shop.query(Session::of_user("u1")).start_at(page.checkpoint.unwrap()).delete_each().await?;
    /// assert_eq!(rest.done, 1);
    /// # Ok(()) }
    /// ```
    pub fn pages(self) -> EachPages<S::Checkpoint> {
        let Self { source, concurrency } = self;
        let client = source.client().clone();
        let refused = StillMatches::deletable::<S::Item>().err();
        let refused = refused.map(|error| error.in_table(client.table_name()));
        EachPages::new(steps(source, concurrency, refused, counted, move |Guarded(still)| {
            Box::new(move |key| {
                let (client, still) = (client.clone(), still.clone());
                Box::pin(async move { delete(&client, &key, &still).await })
            })
        }))
    }
}

impl<S, F> UpdateEach<S, F>
where
    S: Source,
    S::Item: Projection,
    <S::Item as Projection>::Entity: Entity<Table = S::Table>,
    F: FnMut(Update<<S::Item as Projection>::Entity>) -> Update<<S::Item as Projection>::Entity> + Send + 'static,
{
    /// What becomes of the items, page by page, each with the checkpoint to go on from.
    pub fn pages(self) -> EachPages<S::Checkpoint> {
        let Self { source, mut change, concurrency } = self;
        let client = source.client().clone();
        EachPages::new(steps(source, concurrency, None, counted, move |Guarded(still)| {
            Box::new(move |key| {
                let update = change(Update::new(key.key())).on_condition(still.found(), client.clone());
                Box::pin(async move {
                    match update.update_once(IfMissing::Read).await {
                        Ok(_) => Ok(true),
                        Err(error) if is_not_as_found(&error) => Ok(false),
                        Err(error) => Err(error),
                    }
                })
            })
        }))
    }
}

impl<S: Source> IntoFuture for DeleteEach<S> {
    type Output = Result<EachTotal>;
    type IntoFuture = OperationFuture<'static, EachTotal>;

    fn into_future(self) -> Self::IntoFuture {
        total(self.pages())
    }
}

impl<S, F> IntoFuture for UpdateEach<S, F>
where
    S: Source,
    S::Item: Projection,
    <S::Item as Projection>::Entity: Entity<Table = S::Table>,
    F: FnMut(Update<<S::Item as Projection>::Entity>) -> Update<<S::Item as Projection>::Entity> + Send + 'static,
{
    type Output = Result<EachTotal>;
    type IntoFuture = OperationFuture<'static, EachTotal>;

    fn into_future(self) -> Self::IntoFuture {
        total(self.pages())
    }
}

fn total<C: Send + 'static>(mut pages: EachPages<C>) -> OperationFuture<'static, EachTotal> {
    OperationFuture::new(async move {
        let mut total = EachTotal::default();
        while let Some(page) = pages.next().await {
            let page = page?;
            total.done += page.done;
            total.skipped += page.skipped;
        }
        Ok(total)
    })
}

/// Counts what was done and what was left alone.
fn counted<C>(written: Vec<bool>, rest: Rest<C>) -> EachPage<C> {
    let Rest { evaluated, consumed, checkpoint } = rest;
    let mut page = EachPage { done: 0, skipped: 0, evaluated, consumed, checkpoint };
    for done in written {
        let count = if done { &mut page.done } else { &mut page.skipped };
        *count += 1;
    }
    page
}

fn steps<S: Source, W: Send + 'static, G: Send + 'static>(
    source: S,
    at_once: usize,
    refused: Option<Error>,
    gather: Gather<W, S::Checkpoint, G>,
    write: impl FnOnce(Guarded) -> Write<S::Item, W> + Send + 'static,
) -> Step<G> {
    Step::new(move || match refused.map_or_else(|| source.guard(), Err) {
        Ok(guard) => turn(source.keys(), write(guard), at_once, gather),
        Err(error) => Box::pin(std::future::ready((Some(Err(error)), None))),
    })
}

/// One page, and what gives the ones after it.
fn turn<P: Item, C: Send + 'static, W: Send + 'static, G: Send + 'static>(
    mut more: MoreKeys<P, C>,
    mut write: Write<P, W>,
    at_once: usize,
    gather: Gather<W, C, G>,
) -> Turn<G> {
    Box::pin(async move {
        let Found { keys, evaluated, consumed, checkpoint } = match poll_fn(|context| more(context)).await {
            None => return (None, None),
            Some(Err(error)) => return (Some(Err(error)), None),
            Some(Ok(found)) => found,
        };
        let written = match all_of(keys.into_iter().map(&mut write), at_once).await {
            Err(error) => return (Some(Err(error)), None),
            Ok(written) => written,
        };
        let page = gather(written, Rest { evaluated, consumed, checkpoint });
        (Some(Ok(page)), Some(Step::new(move || turn(more, write, at_once, gather))))
    })
}

/// Carries out all writes, so many at once, and says of each what became of it. After an error no further one is begun;
/// those under way are finished first, so that none is given up in its middle.
async fn all_of<W: Send>(mut writes: impl Iterator<Item = Written<W>>, at_once: usize) -> Result<Vec<W>> {
    let mut under_way = InFlight::new();
    let (mut done, mut error) = (Vec::new(), None);
    loop {
        while error.is_none()
            && under_way.len() < at_once
            && let Some(write) = writes.next()
        {
            under_way.push(write);
        }
        if under_way.len() == 0 {
            return error.map_or(Ok(done), Err);
        }
        match poll_fn(|context| under_way.poll(context)).await {
            Ok(written) => done.push(written),
            Err(why) => {
                error.get_or_insert(why);
            }
        }
    }
}

/// Whether an update was refused because the item is not as it was found, or is of another entity.
fn is_not_as_found(error: &Error) -> bool {
    error.is_gone() || matches!(error.kind(), ErrorKind::ConditionFailed | ErrorKind::WrongEntity)
}

/// Deletes an item that is still as it was found; false when it is not.
async fn delete<T: Table, P: Item<Table = T>>(
    client: &Client<T>,
    key: &Keyed<P>,
    still: &StillMatches,
) -> Result<bool> {
    let cx = client.context();
    let place = |error: Error| error.of_entity(P::NAME).at_key(key).in_table(client.table_name());
    if P::has_unique() {
        return client.delete_unique(key, still, &cx).await.map_err(place);
    }
    let request = still.delete(key, &cx, None).map_err(place)?;
    match client.send(&request).await {
        Ok(_) => Ok(true),
        Err(failure) if failure.is_refusal() && failure.trace.maybe_applied_before => {
            Err(place(unknown_outcome(&failure)))
        }
        Err(failure) if failure.is_refusal() => Ok(false),
        Err(failure) => Err(place(failure.into_error(request.operation))),
    }
}

/// A refusal, when the first try may have deleted the item.
fn unknown_outcome(failure: &Failure) -> Error {
    let message =
        "a response was lost, and the retry found the item gone or changed: the first try may have deleted it";
    let attempts = failure.trace.attempts;
    Error::new(ErrorKind::OutcomeUnknown, message).with_attempts(attempts)
}
