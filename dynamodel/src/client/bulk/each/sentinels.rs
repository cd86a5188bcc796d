//! Adding missing sentinels to what a read has found: each item is looked at with its sentinels, and these are written where
//! they are not as they should be.

use super::source::{Guarded, Source};
use super::{Rest, steps};
use crate::client::transact::{Cancelled, Operation, Plan, Refused};
use crate::client::{Client, OperationFuture, SentinelPages};
use crate::entity::{Entity, Expiry, Keyed, Projection, Table, peek, schema_of};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{
    Action, AddMissingSentinels, Context, Sentinel, Values, get_raw, item_check, sentinels_to_write, token,
    transact_write,
};
use crate::response::{SentinelPage, SentinelTotal, StoredItem, item_text};

/// What became of one item's sentinels.
enum Kept {
    Added(Vec<Error>),
    Present(Vec<Error>),
    Skipped,
    /// It has no entity type, and the key is of another form than the entity's.
    Foreign,
}

impl<S> AddMissingSentinels<S>
where
    S: Source,
    S::Item: Projection,
    <S::Item as Projection>::Entity: Entity<Table = S::Table>,
{
    /// What becomes of the items, page by page, each with the checkpoint to go on from.
    pub fn pages(self) -> SentinelPages<S::Checkpoint> {
        let Self { source, concurrency } = self;
        let client = source.client().clone();
        SentinelPages::new(steps(source, concurrency, None, gathered, move |Guarded(_)| {
            Box::new(move |key| {
                let client = client.clone();
                Box::pin(async move { client.keep_values(&key).await })
            })
        }))
    }
}

impl<S> IntoFuture for AddMissingSentinels<S>
where
    S: Source,
    S::Item: Projection,
    <S::Item as Projection>::Entity: Entity<Table = S::Table>,
{
    type Output = Result<SentinelTotal>;
    type IntoFuture = OperationFuture<'static, SentinelTotal>;

    fn into_future(self) -> Self::IntoFuture {
        let mut pages = self.pages();
        OperationFuture::new(async move {
            let mut total = SentinelTotal::default();
            while let Some(page) = pages.next().await {
                let page = page?;
                total.added += page.added;
                total.present += page.present;
                total.skipped += page.skipped;
                total.problems.extend(page.problems);
            }
            Ok(total)
        })
    }
}

fn gathered<C>(kept: Vec<Kept>, rest: Rest<C>) -> SentinelPage<C> {
    let Rest { evaluated, consumed, checkpoint } = rest;
    let (added, present, skipped, problems) = (0, 0, 0, Vec::new());
    let mut page = SentinelPage { added, present, skipped, problems, evaluated, consumed, checkpoint };
    for kept in kept {
        match kept {
            Kept::Added(problems) => {
                page.added += 1;
                page.problems.extend(problems);
            }
            Kept::Present(problems) => {
                page.present += 1;
                page.problems.extend(problems);
            }
            Kept::Skipped => page.skipped += 1,
            Kept::Foreign => {}
        }
    }
    page
}

impl<T: Table> Client<T> {
    /// Sees to it that an item has the sentinels of its unique values.
    async fn keep_values<P>(&self, key: &Keyed<P>) -> Result<Kept>
    where
        P: Projection,
        P::Entity: Entity<Table = T>,
    {
        let place = |error: Error| error.of_entity(P::Entity::SCHEMA.name).at_key(key).in_table(self.table_name());
        let mut attempts = self.attempts();
        loop {
            let cx = self.context();
            let Some(item) = self.item_of(key, &cx).await.map_err(place)? else { return Ok(Kept::Skipped) };
            let schema = P::Entity::SCHEMA;
            if schema_of::<T>(&item).is_none_or(|found| found.type_name != schema.type_name) {
                return Ok(Kept::Foreign);
            }
            let expiry = schema.ttl.and_then(|ttl| peek::<Expiry>(&item, ttl));
            if expiry.is_some_and(|expiry| expiry.is_past(cx.now)) {
                return Ok(Kept::Skipped);
            }
            let values = Values::of(schema, &item).map_err(place)?;
            let (mut wanted, mut problems) = (Vec::new(), Vec::new());
            for sentinel in sentinels_to_write::<T>(schema, key.owner(), &values) {
                match sentinel {
                    Ok(sentinel) => wanted.push(sentinel),
                    Err(error) => problems.push(place(error)),
                }
            }
            let own = Action {
                kind: "ConditionCheck",
                name: format!("add_missing_sentinels of `{}`", schema.name),
                entity: schema.name,
                request: item_check(key, &cx, values.condition()).map_err(place)?,
            };
            match self.claim::<P::Entity>(own, wanted, &cx).await.map_err(place)? {
                Some((added, taken)) => {
                    problems.extend(taken);
                    return Ok(if added { Kept::Added(problems) } else { Kept::Present(problems) });
                }
                // The item has changed in between.
                None if attempts.again().await => {}
                None => {
                    let message = "other writers changed the item every time before its sentinels could be written";
                    return Err(place(Error::new(ErrorKind::Contention, message)));
                }
            }
        }
    }

    async fn item_of<P: Projection>(&self, key: &Keyed<P>, cx: &Context<'_>) -> Result<Option<String>> {
        let request = get_raw(key, cx);
        let response = self.send_of(&request, Some(P::Entity::SCHEMA.name)).await;
        let response = response.map_err(|failure| failure.into_error(request.operation))?;
        Ok(item_text(response.bytes())?.map(str::to_owned))
    }

    /// Writes the sentinels that are not as they should be. Whether there were any, and the values that others have; `None` where
    /// the item is not as it was taken to be.
    async fn claim<E: Entity<Table = T>>(
        &self,
        own: Action,
        wanted: Vec<Sentinel>,
        cx: &Context<'_>,
    ) -> Result<Option<(bool, Vec<Error>)>> {
        let mut missing = Vec::new();
        for sentinel in wanted {
            let action = sentinel.action(cx)?;
            let found = match action.request.read_back() {
                None => None,
                Some(request) => {
                    let response = self.send_of(&request, Some(E::SCHEMA.name)).await;
                    let response = response.map_err(|failure| failure.into_error(request.operation))?;
                    item_text(response.bytes())?.map(str::to_owned)
                }
            };
            if !found.is_some_and(|found| sentinel.is_as_written(&found)) {
                missing.push(sentinel);
            }
        }
        let mut problems = Vec::new();
        let operations = [Operation::Plain { action: own, refuse: Box::new(|_, _| changed()) }];
        while !missing.is_empty() {
            let mut plan = Plan::of(&operations);
            if let [Operation::Plain { action, .. }] = &operations {
                plan.push(0, action.clone(), Box::new(|_, _| changed()));
            }
            for sentinel in &missing {
                plan.push(0, sentinel.action(cx)?, Box::new(|_, _| changed()));
            }
            let request = transact_write(plan.actions(), &token())?;
            let Err(Cancelled { error, refused }) = self.transact_planned(&plan, &request, cx.now).await else {
                return Ok(Some((true, problems)));
            };
            match refused.split_first() {
                Some((Refused::By(_), _)) => return Ok(None),
                Some((Refused::No, others)) if others.iter().any(Refused::is_refused) => {
                    let mut others = others.iter();
                    missing.retain(|sentinel| match others.next() {
                        Some(Refused::By(there)) => {
                            let taken = match there {
                                StoredItem::Unreadable => sentinel.unreadable(),
                                StoredItem::Item(_) | StoredItem::Absent => sentinel.taken::<E>(there.item()),
                            };
                            problems.push(taken.in_table(self.table_name()));
                            false
                        }
                        _ => true,
                    });
                }
                _ => return Err(error.into_only_reason()),
            }
        }
        Ok(Some((false, problems)))
    }
}

fn changed() -> Error {
    Error::new(ErrorKind::ConditionFailed, "the item has changed since it was read")
}
