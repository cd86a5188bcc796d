//! Awaiting an operation: request, answer, and what a failure means for the verb.

use crate::client::outcome::{doubtful, repeated};
use crate::client::send::Answer;
use crate::client::{Client, OperationFuture};
use crate::entity::{Entity, Projection, RawItem, Table, Timestamps};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{
    Context, Create, Delete, Get, NewItem, Nothing, OldItem, OrCreate, Precondition, Put, PutPlan, Request, Returning,
    Save, Update, Upserted,
};
use crate::response::{self, Outcome, RequestedKey, StoredItem};

/// Where the item behind a refusal is to be had, if the engine has not sent it along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::client) enum Ask {
    /// It is read.
    TheTable,
    /// It is taken for absent: the next request shows whether that is so.
    Nobody,
}

impl<T: Table> Client<T> {
    /// A read. `E` is the entity whose name errors carry.
    async fn read<E: Entity<Table = T>>(&self, request: &Request) -> Result<Answer> {
        let sent = self.send_of(request, Some(E::SCHEMA.name)).await;
        sent.map_err(|failure| self.place::<E>(request, failure.into_error(request.operation)))
    }

    /// A read of several items. `name` is what errors call them.
    pub(in crate::client) async fn read_any(&self, request: &Request, name: &'static str) -> Result<Answer> {
        let sent = self.send_of(request, Some(name)).await;
        sent.map_err(|failure| failure.into_error(request.operation).of_entity(name).in_table(&self.inner.table))
    }

    /// A write on a condition.
    pub(in crate::client) async fn write<E: Entity<Table = T>>(
        &self,
        request: &Request,
        guard: &Precondition<E::Version>,
        cx: &Context<'_>,
        ask: Ask,
    ) -> Result<Answer> {
        let failure = match self.send_of(request, Some(E::SCHEMA.name)).await {
            Ok(answer) => return Ok(answer),
            Err(failure) => failure,
        };
        if !failure.is_refusal() {
            return Err(self.place::<E>(request, failure.into_error(request.operation)));
        }
        let there = match (failure.item(), ask) {
            (None, Ask::Nobody) => StoredItem::Absent,
            (item, _) => {
                let keys = [Some(E::Table::PARTITION_KEY), E::Table::SORT_KEY];
                self.behind(&failure, item, &request.body, keys).await
            }
        };
        let refused = response::condition_failed::<E>(guard, &there, cx.now).with_attempts(failure.trace.attempts);
        if failure.trace.earlier_doubt {
            match response::outcome_by_item::<E>(guard, there.item()) {
                Outcome::Applied => return Ok(Answer::settled(there.item().unwrap_or("{}"), failure.trace.attempts)),
                Outcome::NotApplied => {}
                Outcome::Unknown => return Err(self.place::<E>(request, doubtful(refused, &failure))),
            }
        }
        Err(self.place::<E>(request, refused))
    }

    /// Writes a whole item. Gives the version and the moments that were stored.
    pub(in crate::client) async fn put_item<E: Entity<Table = T>>(
        &self,
        plan: PutPlan<E>,
    ) -> Result<(E::Version, Timestamps)> {
        let cx = self.context();
        if !E::SCHEMA.unique.is_empty() {
            let outcome = plan.outcome(cx.now).map_err(|error| error.in_table(cx.table))?;
            return self.write_unique(plan, cx.now).await.map(|()| outcome);
        }
        let (request, guard) = plan.request(&cx).map_err(|error| error.in_table(cx.table))?;
        self.write::<E>(&request, &guard, &cx, Ask::TheTable).await?;
        // A put that was carried out wrote the version of its item.
        let timestamps = guard.timestamps;
        let written = guard.written.ok_or_else(|| Error::new(ErrorKind::InvalidRequest, "the write had no version"))?;
        Ok((written, timestamps))
    }

    fn place<E: Entity<Table = T>>(&self, request: &Request, error: Error) -> Error {
        let error = error.of_entity(E::SCHEMA.name).in_table(&self.inner.table);
        match response::key_of_request::<E>(&request.body) {
            Some(key) => error.at_key(key),
            None => error,
        }
    }
}

impl<E: Entity<Table = T>, T: Table> IntoFuture for Create<E, Client<T>> {
    type Output = Result<E::Version>;
    type IntoFuture = OperationFuture<'static, E::Version>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move { self.via.put_item(self.plan).await.map(|(version, _)| version) })
    }
}

impl<E: Entity<Table = T>, T: Table> IntoFuture for Put<E, Client<T>> {
    type Output = Result<E::Version>;
    type IntoFuture = OperationFuture<'static, E::Version>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move { self.via.put_item(self.plan).await.map(|(version, _)| version) })
    }
}

impl<'e, E: Entity<Table = T>, T: Table> IntoFuture for Save<'e, E, Client<T>> {
    type Output = Result<()>;
    type IntoFuture = OperationFuture<'e, ()>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            let (written, timestamps) = self.via.put_item(self.plan).await?;
            self.entity.set_version(written);
            self.entity.set_timestamps(&timestamps);
            Ok(())
        })
    }
}

impl<E: Entity<Table = T>, T: Table, P: Projection<Entity = E>> IntoFuture for Get<E, Client<T>, P> {
    type Output = Result<Option<P>>;
    type IntoFuture = OperationFuture<'static, Option<P>>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            let client = &self.via;
            let cx = client.context();
            let request = self.request(&cx).map_err(|error| error.in_table(cx.table))?;
            let answer = client.read::<E>(&request).await?;
            let alive_at = self.options.alive_at(|| cx.now);
            response::item(answer.bytes(), RequestedKey::of(&self.key).as_ref(), alive_at)
                .map_err(|error| error.in_table(cx.table).with_attempts(answer.attempts))
        })
    }
}

impl<E: Entity<Table = T>, T: Table> IntoFuture for Delete<E, Client<T>> {
    type Output = Result<()>;
    type IntoFuture = OperationFuture<'static, ()>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            let cx = self.via.context();
            let in_table = |error: Error| error.in_table(cx.table);
            let (request, guard) = self.request(&cx).map_err(in_table)?;
            if !E::SCHEMA.unique.is_empty() {
                return self.via.write_unique(&self, cx.now).await;
            }
            self.via.write::<E>(&request, &guard, &cx, Ask::TheTable).await.map(|_| ())
        })
    }
}

impl<E: Entity<Table = T>, T: Table> IntoFuture for Update<E, Client<T>, Nothing> {
    type Output = Result<()>;
    type IntoFuture = OperationFuture<'static, ()>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move { self.update_once(Ask::TheTable).await.map(|_| ()) })
    }
}

impl<E, T, P> IntoFuture for Update<E, Client<T>, NewItem<P>>
where
    E: Entity<Table = T>,
    T: Table,
    P: Projection<Entity = E>,
{
    type Output = Result<P>;
    type IntoFuture = OperationFuture<'static, P>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move { self.run_returning().await })
    }
}

impl<E, T, P> IntoFuture for Update<E, Client<T>, OldItem<P>>
where
    E: Entity<Table = T>,
    T: Table,
    P: Projection<Entity = E>,
{
    type Output = Result<P>;
    type IntoFuture = OperationFuture<'static, P>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move { self.run_returning().await })
    }
}

/// How often an upsert goes back and forth between an item that comes and goes.
const UPSERT_TRIES: usize = 8;

impl<E: Entity<Table = T>, T: Table> IntoFuture for Update<E, Client<T>, OrCreate> {
    type Output = Result<Upserted>;
    type IntoFuture = OperationFuture<'static, Upserted>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            let mut tries = 0;
            loop {
                tries += 1;
                // At first a refusal without an item is taken for an item that is not there: the creation that follows shows it.
                let ask = if tries == 1 { Ask::Nobody } else { Ask::TheTable };
                let gone = match self.update_once(ask).await {
                    Ok(_) => return Ok(Upserted::Updated),
                    Err(error) if error.is_gone() => error,
                    Err(error) => return Err(error),
                };
                let Some(plan) = self.otherwise.as_deref().cloned() else { return Err(gone) };
                match self.via.put_item(plan).await {
                    Ok(_) => return Ok(Upserted::Created),
                    // Somebody else created it in between: now there is something to update.
                    Err(error) if error.is_already_exists() && tries < UPSERT_TRIES => {}
                    Err(error) => return Err(error),
                }
            }
        })
    }
}

impl<E: Entity<Table = T>, T: Table, R: Returning> Update<E, Client<T>, R> {
    pub(in crate::client) async fn update_once(&self, ask: Ask) -> Result<Answer> {
        let cx = self.via.context();
        let in_table = |error: Error| error.in_table(cx.table);
        let (request, guard) = self.request(&cx).map_err(in_table)?;
        if self.changes_unique().map_err(in_table)? {
            return self.via.write_unique(self, cx.now).await.map(|()| Answer::nothing());
        }
        let answer = match self.via.write::<E>(&request, &guard, &cx, ask).await {
            Err(doubt) if request.once && doubt.is_outcome_unknown() => {
                self.via.look_up::<E>(&self.key, guard.written.as_ref(), doubt).await?
            }
            written => written?,
        };
        if answer.earlier_doubt && request.once {
            return Err(self.via.place::<E>(&request, repeated(answer.attempts)));
        }
        Ok(answer)
    }

    async fn run_returning<P: Projection<Entity = E>>(self) -> Result<P> {
        let (via, key) = (self.via.clone(), self.key.clone());
        let in_place = |error: Error| error.of_entity(E::SCHEMA.name).at_key(&key).in_table(via.table_name());
        let answer = self.update_once(Ask::TheTable).await?;
        // What tells that a lost response was a good one is the item as it is now.
        if R::IS_OLD && answer.is_settled {
            return Err(in_place(result_lost(answer.attempts)));
        }
        let raw = |error: Error| {
            let error = match response::item_text(answer.bytes()) {
                Ok(Some(item)) => error.with_leftovers(Box::new(RawItem::of::<T>(item))),
                _ => error,
            };
            let sentence = "the update was carried out, and the item that it gives back cannot be read";
            in_place(error.with_kind(ErrorKind::ResultUnavailable, sentence).with_attempts(answer.attempts))
        };
        let found = response::item(answer.bytes(), RequestedKey::of(&key).as_ref(), None).map_err(raw)?;
        found.ok_or_else(|| in_place(result_lost(answer.attempts)))
    }
}

/// An update that was carried out, without the item that it should give back.
fn result_lost(attempts: u32) -> Error {
    let message = "the update was carried out, and the response that held the item was lost: read it to see";
    Error::new(ErrorKind::ResultUnavailable, message).with_attempts(attempts)
}
