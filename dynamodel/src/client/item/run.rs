//! Awaiting an operation: request, response, and what a failure means for the verb.

use crate::client::outcome::{repeated, unknown_outcome};
use crate::client::send::{Failure, Response};
use crate::client::{Client, OperationFuture};
use crate::entity::{Entity, Projection, RawItem, Table, Timestamps};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{
    Context, Create, Delete, Get, NewItem, Nothing, OldItem, OrCreate, Precondition, Put, PutPlan, Request, Returning,
    Save, Update, Upserted,
};
use crate::response::{self, Outcome, StoredItem};

/// Where the item behind a refusal is to be had, if the engine has not sent it along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::client) enum IfMissing {
    /// It is read.
    Read,
    /// It is taken for absent: the next request shows whether that is so.
    Absent,
}

impl<T: Table> Client<T> {
    /// A read. `E` is the entity whose name errors carry.
    async fn read<E: Entity<Table = T>>(&self, request: &Request) -> Result<Response> {
        let sent = self.send_of(request, Some(E::SCHEMA.name)).await;
        sent.map_err(|failure| self.place::<E>(request, failure.into_error(request.operation)))
    }

    /// A read of several items. `name` is what errors call them.
    pub(in crate::client) async fn read_any(&self, request: &Request, name: &'static str) -> Result<Response> {
        let sent = self.send_of(request, Some(name)).await;
        sent.map_err(|failure| failure.into_error(request.operation).of_entity(name).in_table(&self.inner.table))
    }

    /// A write on a condition.
    pub(in crate::client) async fn write<E: Entity<Table = T>>(
        &self,
        request: &Request,
        guard: &Precondition<E::Version>,
        cx: &Context<'_>,
        if_missing: IfMissing,
    ) -> Result<Response> {
        let failure = match self.send_of(request, Some(E::SCHEMA.name)).await {
            Ok(response) => return Ok(response),
            Err(failure) => failure,
        };
        if !failure.is_refusal() {
            return Err(self.place::<E>(request, failure.into_error(request.operation)));
        }
        let client = self.counting(failure.trace.attempts);
        client.counted(client.judge::<E>(request, guard, cx, if_missing, &failure).await)
    }

    /// What a condition that does not hold means for the verb.
    async fn judge<E: Entity<Table = T>>(
        &self,
        request: &Request,
        guard: &Precondition<E::Version>,
        cx: &Context<'_>,
        if_missing: IfMissing,
        failure: &Failure,
    ) -> Result<Response> {
        let there = match (failure.item(), if_missing) {
            (None, IfMissing::Absent) => StoredItem::Absent,
            (item, _) => self.behind(failure, item, request).await,
        };
        let refused = response::condition_failed::<E>(guard, &there, cx.now);
        if failure.trace.maybe_applied_before {
            match response::outcome_by_item::<E>(guard, there.item()) {
                Outcome::Applied => return Ok(Response::settled(there.item().unwrap_or("{}"), failure.trace.attempts)),
                Outcome::NotApplied => {}
                Outcome::Unknown => return Err(self.place::<E>(request, unknown_outcome(refused, failure))),
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
        self.write::<E>(&request, &guard, &cx, IfMissing::Read).await?;
        // A put that was carried out wrote the version of its item.
        let timestamps = guard.timestamps;
        let written = guard.written.ok_or_else(|| Error::new(ErrorKind::InvalidRequest, "the write had no version"))?;
        Ok((written, timestamps))
    }

    fn place<E: Entity<Table = T>>(&self, request: &Request, error: Error) -> Error {
        let error = error.of_entity(E::SCHEMA.name).in_table(&self.inner.table);
        match &request.key {
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
            let response = client.read::<E>(&request).await?;
            let alive_at = self.options.alive_at(|| cx.now);
            response::item(response.bytes(), self.key.primary().ok(), alive_at)
                .map_err(|error| error.in_table(cx.table).with_attempts(response.attempts))
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
            self.via.write::<E>(&request, &guard, &cx, IfMissing::Read).await.map(|_| ())
        })
    }
}

impl<E: Entity<Table = T>, T: Table> IntoFuture for Update<E, Client<T>, Nothing> {
    type Output = Result<()>;
    type IntoFuture = OperationFuture<'static, ()>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move { self.update_once(IfMissing::Read).await.map(|_| ()) })
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

impl<E: Entity<Table = T>, T: Table> IntoFuture for Update<E, Client<T>, OrCreate> {
    type Output = Result<Upserted>;
    type IntoFuture = OperationFuture<'static, Upserted>;

    fn into_future(mut self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            self.via = self.via.counting(0);
            self.via.counted(self.or_create().await)
        })
    }
}

impl<E: Entity<Table = T>, T: Table> Update<E, Client<T>, OrCreate> {
    async fn or_create(&self) -> Result<Upserted> {
        let mut attempts = self.via.attempts();
        loop {
            // At first a refusal without an item is taken for an item that is not there: the creation that follows shows it.
            let if_missing = if attempts.before() == 0 { IfMissing::Absent } else { IfMissing::Read };
            let gone = match self.update_once(if_missing).await {
                Ok(_) => return Ok(Upserted::Updated),
                Err(error) if error.is_gone() => error,
                Err(error) => return Err(error),
            };
            let Some(plan) = self.otherwise.as_deref().cloned() else { return Err(gone) };
            match self.via.put_item(plan).await {
                Ok(_) => return Ok(Upserted::Created),
                // Another writer created it in between: now there is something to update.
                Err(error) if error.is_already_exists() && attempts.again().await => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl<E: Entity<Table = T>, T: Table, R: Returning> Update<E, Client<T>, R> {
    pub(in crate::client) async fn update_once(&self, if_missing: IfMissing) -> Result<Response> {
        let cx = self.via.context();
        let in_table = |error: Error| error.in_table(cx.table);
        let (request, guard) = self.request(&cx).map_err(in_table)?;
        if self.changes_unique().map_err(in_table)? {
            return self.via.write_unique(self, cx.now).await.map(|()| Response::nothing());
        }
        let response = match self.via.write::<E>(&request, &guard, &cx, if_missing).await {
            Err(unknown) if request.once && unknown.is_outcome_unknown() => {
                let client = self.via.counting(unknown.attempts());
                client.counted(client.look_up::<E>(&self.key, guard.written.as_ref(), unknown).await)?
            }
            written => written?,
        };
        if response.maybe_applied_before && request.once {
            return Err(self.via.place::<E>(&request, repeated(response.attempts)));
        }
        Ok(response)
    }

    async fn run_returning<P: Projection<Entity = E>>(self) -> Result<P> {
        let (via, key) = (self.via.clone(), self.key.clone());
        let in_place = |error: Error| error.of_entity(E::SCHEMA.name).at_key(&key).in_table(via.table_name());
        let response = self.update_once(IfMissing::Read).await?;
        // What tells that a lost response was a good one is the item as it is now.
        if R::IS_OLD && response.is_settled {
            return Err(in_place(result_lost(response.attempts)));
        }
        let raw = |error: Error| {
            let error = match response::item_text(response.bytes()) {
                Ok(Some(item)) => error.with_leftovers(Box::new(RawItem::of::<T>(item))),
                _ => error,
            };
            let sentence = "the update was carried out, and the item that it gives back cannot be read";
            in_place(error.with_kind(ErrorKind::ResultUnavailable, sentence).with_attempts(response.attempts))
        };
        let found = response::item(response.bytes(), key.primary().ok(), None).map_err(raw)?;
        found.ok_or_else(|| in_place(result_lost(response.attempts)))
    }
}

/// An update that was carried out, without the item that it should give back.
fn result_lost(attempts: u32) -> Error {
    let message = "the update was carried out, and the response that held the item was lost: read it to see";
    Error::new(ErrorKind::ResultUnavailable, message).with_attempts(attempts)
}
