//! Writes of items with unique fields: the sentinels of their values go along, in one transaction.

use super::outcome::holding;
mod first;
mod single;

use super::Client;
use super::transact::{Cancelled, Operation, Plan, Refused};
use crate::entity::{Entity, Table, VersionField as _};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{
    Action, Context, KnownItem, PlannedUnique, Request, Sentinel, SentinelChange, Start, UniqueWrite, Values, join,
    plan_unique, token, transact_write,
};
use crate::response::{self, Outcome, StoredItem};
use first::check_first;
use std::sync::Arc;
use std::time::SystemTime;

pub(super) use first::first_actions;

/// Makes the write ready, by what is taken to be there and without the sentinels that are lost.
type Planner<'t> = Box<dyn Fn(&Context<'_>, &KnownItem, &[&str]) -> Result<Ready<'t>> + Send + Sync + 't>;

/// Makes the request that reads the item.
type Reading<'t> = Box<dyn Fn(&Context<'_>) -> Result<Request> + Send + Sync + 't>;

/// What a refusal means, by the item that is there.
type Judge<'t> = Arc<dyn Fn(&StoredItem, SystemTime) -> Error + Send + Sync + 't>;

/// What a refusal means where an earlier try may have been carried out.
type Doubting<'t> = Box<dyn Fn(Option<&str>) -> Outcome + Send + Sync + 't>;

/// A write of an item with unique fields, without its entity.
pub(super) struct Unique<'t> {
    plan: Planner<'t>,
    read: Reading<'t>,
    said: fn(&str) -> Result<Values>,
    taken: fn(&Sentinel, &StoredItem) -> Error,
    /// A doubt that holds the item which is there.
    holding: fn(Error, &str) -> Error,
    /// Whether the item's version tells whether a write was carried out.
    tells: bool,
    entity: &'static str,
    /// The names of the table's key attributes.
    keys: [Option<&'static str>; 2],
    /// The item's key, for errors.
    key: String,
    start: Start,
    /// What it is called: verb and entity.
    name: String,
    /// The physical table, where it is not the client's.
    table: Option<String>,
}

/// Such a write, ready to be sent.
struct Ready<'t> {
    action: Action,
    request: Request,
    refuse: Judge<'t>,
    doubt: Doubting<'t>,
    sentinels: Vec<Sentinel>,
    assumed: Option<Values>,
}

/// What an action of the transaction is for.
enum Role {
    /// The operation itself.
    Own,
    /// A sentinel of the operation at this place, by its key.
    Sentinel(usize, String, SentinelChange),
}

/// A transaction with what its actions are for.
struct Assembled<'a> {
    plan: Plan<'a>,
    roles: Vec<Role>,
    ready: Vec<Option<Ready<'a>>>,
}

impl<'t> Unique<'t> {
    /// `table` is the physical table's name where it is not that of the client that sends it.
    pub(super) fn new<W: UniqueWrite + 't>(write: W, table: Option<String>) -> Self
    where
        W::Entity: 't,
    {
        let (start, key) = (write.start(), write.key().to_string());
        let name = format!("{} of `{}`", write.verb(), W::Entity::SCHEMA.name);
        let write = Arc::new(write);
        let reader = Arc::clone(&write);
        Self {
            plan: Box::new(move |cx, seen, lost| ready(&*write, cx, seen, lost)),
            read: Box::new(move |cx| reader.read(cx)),
            said: |item| Values::of(W::Entity::SCHEMA, item),
            taken: |sentinel, there| match there {
                StoredItem::Unreadable => sentinel.unreadable(),
                StoredItem::Item(_) | StoredItem::Absent => sentinel.taken::<W::Entity>(there.item()),
            },
            holding: |doubt, item| holding::<W::Entity>(doubt, None, item),
            tells: <W::Entity as Entity>::Version::RANDOM,
            entity: W::Entity::SCHEMA.name,
            keys: [Some(<W::Entity as Entity>::Table::PARTITION_KEY), <W::Entity as Entity>::Table::SORT_KEY],
            key,
            start,
            name,
            table,
        }
    }

    fn context<'c>(&'c self, cx: &Context<'c>) -> Context<'c> {
        Context { table: self.table_of(cx), now: cx.now }
    }

    /// The physical table that it goes to.
    fn table_of<'c>(&'c self, cx: &Context<'c>) -> &'c str {
        self.table.as_deref().unwrap_or(cx.table)
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What is known of the item at first; an error where it must be read.
    ///
    /// # Errors
    /// Where only a read can tell.
    fn known(&self) -> Result<KnownItem> {
        match &self.start {
            Start::With(seen) => Ok(seen.clone()),
            Start::Read => Err(self.place(Error::new(
                ErrorKind::InvalidRequest,
                "what is sent depends on the item's unique values, which awaiting reads first: give the value in place of its key to see the request",
            ))),
        }
    }

    fn place(&self, error: Error) -> Error {
        error.of_entity(self.entity).at_key(&self.key)
    }
}

fn ready<'t, W: UniqueWrite + 't>(write: &W, cx: &Context<'_>, seen: &KnownItem, lost: &[&str]) -> Result<Ready<'t>>
where
    W::Entity: 't,
{
    let PlannedUnique { request, precondition: guard, sentinels, assumed } = plan_unique(write, cx, seen, lost)?;
    let action = Action::new::<W::Entity>(W::KIND, write.verb(), request.clone());
    let known = guard.clone();
    Ok(Ready {
        action,
        request,
        refuse: Arc::new(move |there, now| response::condition_failed::<W::Entity>(&guard, there, now)),
        doubt: Box::new(move |item| response::outcome_by_item::<W::Entity>(&known, item)),
        sentinels,
        assumed,
    })
}

impl<'t> Operation<'t> {
    fn unique(&self) -> Option<&Unique<'t>> {
        match self {
            Self::Plain { .. } => None,
            Self::Unique(unique) => Some(unique),
        }
    }

    /// Whether its item must be read first.
    fn reads_first(&self) -> bool {
        self.unique().is_some_and(|unique| unique.start == Start::Read)
    }
}

/// Sentinels that had gone to others when they were to be given up: the physical table, and the key.
type Lost = Vec<(String, String)>;

/// All actions: those of the operations in their order, then those on sentinels.
fn assemble<'a>(
    operations: &'a [Operation<'_>],
    cx: &Context<'_>,
    seen: &[KnownItem],
    lost: &Lost,
) -> Result<Assembled<'a>> {
    let mut plan = Plan::of(operations);
    let (mut roles, mut all) = (Vec::new(), Vec::new());
    let mut sentinels = Vec::new();
    for (at, operation) in operations.iter().enumerate() {
        roles.push(Role::Own);
        match operation {
            Operation::Plain { action, refuse } => {
                plan.push(at, action.clone(), Box::new(refuse));
                all.push(None);
            }
            Operation::Unique(unique) => {
                let seen = seen.get(at).unwrap_or(&KnownItem::Fresh);
                let here = unique.context(cx);
                let lost: Vec<_> =
                    lost.iter().filter(|(table, _)| table == here.table).map(|(_, key)| key.as_str()).collect();
                let mut ready = (unique.plan)(&here, seen, &lost).map_err(|error| unique.place(error))?;
                sentinels.extend(ready.sentinels.drain(..).map(|sentinel| (at, sentinel)));
                let refuse = Arc::clone(&ready.refuse);
                plan.push(at, ready.action.clone(), Box::new(move |there, now| refuse(there, now)));
                all.push(Some(ready));
            }
        }
    }
    // What is unique is so within a physical table.
    let table_of = |at: usize| operations.get(at).and_then(Operation::unique).map(|unique| unique.table_of(cx));
    for (at, sentinel) in join(sentinels, |one, other| table_of(one) == table_of(other))? {
        let Some(unique) = operations.get(at).and_then(Operation::unique) else { continue };
        let action = sentinel.action(&unique.context(cx)).map_err(|error| unique.place(error))?;
        roles.push(Role::Sentinel(at, sentinel.key.clone(), sentinel.change.clone()));
        plan.push(at, action, Box::new(move |there, _| (unique.taken)(&sentinel, there)));
    }
    Ok(Assembled { plan, roles, ready: all })
}

impl<T: Table> Client<T> {
    /// Carries out one write of an item with unique fields.
    pub(super) async fn write_unique<W: UniqueWrite>(&self, write: W, now: SystemTime) -> Result<()> {
        let unique = Unique::new(write, None);
        let (entity, key) = (unique.entity, unique.key.clone());
        let cx = Context { table: &self.inner.table, now };
        let settled = self.settle(&[Operation::Unique(unique)], None, &cx).await;
        settled.map_err(|error| error.into_only_reason().of_entity(entity).at_key(key).in_table(cx.table))
    }

    /// Carries out operations of which some have unique fields, and plans them again when what was taken to be there was not.
    ///
    /// # Errors
    /// As a transaction.
    pub(super) async fn settle(
        &self,
        operations: &[Operation<'_>],
        given: Option<&str>,
        cx: &Context<'_>,
    ) -> Result<()> {
        check_first(operations, cx)?;
        let mut seen = self.look(operations, cx).await?;
        let (mut lost, mut tries) = (Lost::new(), 0);
        loop {
            let Assembled { plan, roles, ready } = assemble(operations, cx, &seen, &lost)?;
            let single = match (operations, plan.actions()) {
                ([Operation::Unique(unique)], [_]) => {
                    ready.first().and_then(Option::as_ref).map(|ready| (unique, ready))
                }
                _ => None,
            };
            let outcome = match single {
                Some((unique, ready)) => self.send_single(unique, ready, cx.now).await,
                None => {
                    let token = given.map_or_else(token, str::to_owned);
                    let request = transact_write(plan.actions(), &token)?;
                    self.transact_planned(&plan, &request, cx.now).await
                }
            };
            let Err(Cancelled { error, refused }) = outcome else { return Ok(()) };
            let mut next = Next::default();
            for (place, (role, item)) in roles.iter().zip(&refused).enumerate() {
                let Refused::By(there) = item else { continue };
                let at = if let Role::Sentinel(at, ..) = role { *at } else { place };
                let operation = operations.get(at).and_then(Operation::unique);
                let table = operation.map_or(cx.table, |unique| unique.table_of(cx));
                match (role, operation.zip(ready.get(at).and_then(Option::as_ref)).zip(seen.get_mut(at))) {
                    (Role::Own, Some(((unique, ready), seen))) => {
                        if next.own(unique, ready, seen, there, cx.now)? {
                            next.contended.push(at);
                        }
                    }
                    (Role::Own, None) => next.refused = true,
                    // The value is somebody else's: only another plan of an operation itself may do without it.
                    (Role::Sentinel(_, _, SentinelChange::Write { .. }), _) => {}
                    // It is missing. Where the item is not what it was taken to be either, it need not be there.
                    (Role::Sentinel(_, _, SentinelChange::Delete { must_exist: true }), _)
                        if there.item().is_none() => {}
                    (Role::Sentinel(_, key, SentinelChange::Delete { .. }), _) => {
                        lost.push((table.to_owned(), key.clone()));
                        next.again = true;
                    }
                    // The item has it again.
                    (Role::Sentinel(_, key, SentinelChange::Leave), _) => {
                        lost.retain(|(of, lost)| of != table || lost != key);
                        next.again = true;
                        next.contended.push(at);
                    }
                }
            }
            if next.refused || !next.again {
                return Err(error);
            }
            if !next.contended.is_empty() {
                tries += 1;
                match self.inner.retries.pause(tries) {
                    Some(pause) => self.sleep(pause).await,
                    None => {
                        let name = |at: usize| operations.get(at).map_or("", Operation::name);
                        return Err(error.contended(&next.contended, name));
                    }
                }
            }
        }
    }

    /// What is known of each item at first: by the operation itself, or by a read.
    async fn look(&self, operations: &[Operation<'_>], cx: &Context<'_>) -> Result<Vec<KnownItem>> {
        let mut out = Vec::with_capacity(operations.len());
        for operation in operations {
            out.push(match operation.unique().map(|unique| (unique, &unique.start)) {
                None => KnownItem::Fresh,
                Some((_, Start::With(seen))) => seen.clone(),
                Some((unique, Start::Read)) => {
                    let request = (unique.read)(&unique.context(cx)).map_err(|error| unique.place(error))?;
                    let sent = self.send_of(&request, Some(unique.entity)).await;
                    let answer = sent.map_err(|failure| unique.place(failure.into_error(request.operation)))?;
                    let item = response::item_text(answer.bytes()).map_err(|error| unique.place(error))?;
                    let said = item.map(unique.said).transpose().map_err(|error| unique.place(error))?;
                    said.map_or(KnownItem::Absent, KnownItem::Present)
                }
            });
        }
        Ok(out)
    }
}

/// What is to be done after a refusal.
#[derive(Default)]
struct Next {
    /// A condition does not hold that nothing helps against.
    refused: bool,
    /// Another plan may succeed.
    again: bool,
    /// The operations in whose way another writer came in between.
    contended: Vec<usize>,
}

impl Next {
    /// The operation itself was refused: because the item is not as it was taken to be, or for good? Whether another writer came
    /// in between.
    fn own(
        &mut self,
        unique: &Unique<'_>,
        ready: &Ready<'_>,
        seen: &mut KnownItem,
        found: &StoredItem,
        now: SystemTime,
    ) -> Result<bool> {
        let there = found.item().map(unique.said).transpose()?;
        let differs = match &*seen {
            _ if *found == StoredItem::Unreadable => false,
            KnownItem::Fresh => false,
            KnownItem::Absent => there.is_some(),
            KnownItem::Unchanged | KnownItem::Present(_) => there != ready.assumed,
        };
        if !differs || (ready.refuse)(found, now).kind() != ErrorKind::ConditionFailed {
            self.refused = true;
            return Ok(false);
        }
        let contended = *seen != KnownItem::Unchanged;
        self.again = true;
        *seen = there.map_or(KnownItem::Absent, KnownItem::Present);
        Ok(contended)
    }
}

impl std::fmt::Debug for Unique<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Unique({})", self.name)
    }
}
