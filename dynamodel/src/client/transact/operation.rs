//! The operations of a transaction before they are sent: what each plans, by what is taken to be there. Pure.

use crate::client::outcome::holding;
use crate::entity::{Entity, VersionField as _};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{
    Action, Context, KnownItem, PlannedUnique, Request, Sentinel, Start, UniqueWrite, Values, plan_unique,
};
use crate::response::{self, Outcome, StoredItem};
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// What a condition that does not hold means, told from the item that is there.
pub(in crate::client) type Refuse<'t> = Box<dyn Fn(&StoredItem, SystemTime) -> Error + Send + Sync + 't>;

/// An operation of a transaction, ready to be sent.
#[doc(hidden)]
pub struct Planned<'t, O> {
    pub(super) operation: Operation<'t>,
    /// What the operation gives once the transaction is carried out.
    pub(super) done: Box<dyn FnOnce() -> O + Send + 't>,
}

/// An operation of a transaction, whatever it gives.
pub(in crate::client) enum Operation<'t> {
    /// It is one action.
    Plain { action: Action, refuse: Refuse<'t> },
    /// Its item has unique fields: it is several.
    Unique(Unique<'t>),
}

impl Ready<'_> {
    /// The write by itself.
    pub(super) fn request(&self) -> &Request {
        &self.action.request
    }
}

impl Operation<'_> {
    pub(in crate::client) fn name(&self) -> &str {
        match self {
            Self::Plain { action, .. } => &action.name,
            Self::Unique(unique) => unique.name(),
        }
    }
}

/// The operations of a transaction, whatever they give.
#[doc(hidden)]
pub struct Operations<'t>(pub(super) Vec<Operation<'t>>);

/// Makes the write ready, by what is taken to be there and without the sentinels that are lost.
type Planner<'t> = Box<dyn Fn(&Context<'_>, &KnownItem, &[&str]) -> Result<Ready<'t>> + Send + Sync + 't>;

/// Makes the request that reads the item.
type Reading<'t> = Box<dyn Fn(&Context<'_>) -> Result<Request> + Send + Sync + 't>;

/// What a refusal means, by the item that is there.
type Judge<'t> = Arc<dyn Fn(&StoredItem, SystemTime) -> Error + Send + Sync + 't>;

/// What a refusal means where an earlier try may have been carried out.
type OutcomeOf<'t> = Box<dyn Fn(Option<&str>) -> Outcome + Send + Sync + 't>;

/// A write of an item with unique fields, without its entity.
pub(in crate::client) struct Unique<'t> {
    pub(super) plan: Planner<'t>,
    pub(super) read: Reading<'t>,
    pub(super) said: fn(&str) -> Result<Values>,
    pub(super) taken: fn(&Sentinel, &StoredItem) -> Error,
    /// The error of an unknown outcome, with the item that is there.
    pub(super) holding: fn(Error, &str) -> Error,
    /// Whether the item's version tells whether a write was carried out.
    pub(super) tells: bool,
    pub(super) entity: &'static str,
    /// The item's key, for errors.
    pub(super) key: String,
    pub(super) start: Start,
    /// What it is called: verb and entity.
    pub(super) name: String,
    /// The physical table, where it is not the client's.
    pub(super) table: Option<String>,
}

/// Such a write, ready to be sent.
pub(super) struct Ready<'t> {
    pub(super) action: Action,
    pub(super) refuse: Judge<'t>,
    pub(super) outcome: OutcomeOf<'t>,
    pub(super) sentinels: Vec<Sentinel>,
    pub(super) assumed: Option<Values>,
}

impl<'t> Unique<'t> {
    /// `table` is the physical table's name where it is not that of the client that sends it.
    pub(in crate::client) fn new<W: UniqueWrite + 't>(write: W, table: Option<String>) -> Self
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
            holding: |unknown, item| holding::<W::Entity>(unknown, None, item),
            tells: <W::Entity as Entity>::Version::RANDOM,
            entity: W::Entity::SCHEMA.name,
            key,
            start,
            name,
            table,
        }
    }

    pub(super) fn context<'c>(&'c self, cx: &Context<'c>) -> Context<'c> {
        Context { table: self.table_of(cx), now: cx.now }
    }

    /// The physical table that it goes to.
    pub(super) fn table_of<'c>(&'c self, cx: &Context<'c>) -> &'c str {
        self.table.as_deref().unwrap_or(cx.table)
    }

    pub(in crate::client) fn name(&self) -> &str {
        &self.name
    }

    /// What is known of the item at first; an error where it must be read.
    ///
    /// # Errors
    /// Where only a read can tell.
    pub(super) fn known(&self) -> Result<KnownItem> {
        match &self.start {
            Start::With(seen) => Ok(seen.clone()),
            Start::Read => Err(self.place(Error::new(
                ErrorKind::InvalidRequest,
                "what is sent depends on the item's unique values, which awaiting reads first: give the value in place of its key to see the request",
            ))),
        }
    }

    pub(super) fn place(&self, error: Error) -> Error {
        error.of_entity(self.entity).at_key(&self.key)
    }
}

fn ready<'t, W: UniqueWrite + 't>(write: &W, cx: &Context<'_>, seen: &KnownItem, lost: &[&str]) -> Result<Ready<'t>>
where
    W::Entity: 't,
{
    let PlannedUnique { request, precondition: guard, sentinels, assumed } = plan_unique(write, cx, seen, lost)?;
    let action = Action::new::<W::Entity>(W::KIND, write.verb(), request);
    let known = guard.clone();
    Ok(Ready {
        action,
        refuse: Arc::new(move |there, now| response::condition_failed::<W::Entity>(&guard, there, now)),
        outcome: Box::new(move |item| response::outcome_by_item::<W::Entity>(&known, item)),
        sentinels,
        assumed,
    })
}

impl<'t> Operation<'t> {
    pub(super) fn unique(&self) -> Option<&Unique<'t>> {
        match self {
            Self::Plain { .. } => None,
            Self::Unique(unique) => Some(unique),
        }
    }

    /// Whether its item must be read first.
    pub(super) fn reads_first(&self) -> bool {
        self.unique().is_some_and(|unique| unique.start == Start::Read)
    }
}

impl fmt::Debug for Unique<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unique({})", self.name)
    }
}

impl fmt::Debug for Operations<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Operations({})", self.0.len())
    }
}

impl<'t, O> Planned<'t, O> {
    /// The same with another word for a refusal.
    #[cfg(feature = "lock")]
    pub(crate) fn refusing(self, say: impl Fn(Error) -> Error + Send + Sync + 't) -> Self {
        let Self { operation, done } = self;
        let operation = match operation {
            Operation::Plain { action, refuse } => {
                Operation::Plain { action, refuse: Box::new(move |there, now| say(refuse(there, now))) }
            }
            unique @ Operation::Unique(_) => unique,
        };
        Self { operation, done }
    }
}

impl<O> fmt::Debug for Planned<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Planned({})", self.operation.name())
    }
}
