//! What a write transaction is made of: the single operations, tuples of them, and lists.

use super::operation::{Operation, Operations, Planned, Unique};
use crate::client::Client;
use crate::entity::{Entity, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{
    Action, Check, Context, Create, Delete, Nothing, Precondition, Put, Request, Save, UniqueWrite, Unsent, Update,
    Via, check_count, context_of,
};
use crate::response::{StoredItem, condition_failed};
use crate::tuples::all_tuples;
use std::fmt;
use std::marker::PhantomData;

impl<E, T, U: Table> Via<E, T> for Client<U> {
    fn table<'a>(&'a self, _: &'a str) -> &'a str {
        &self.inner.table
    }
}

/// An operation that can be part of a write transaction: `Create`, `Put`, `Save`, `Update`, `Delete` or `Check`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a write transaction",
    label = "expected a create, put, save, update, delete or check, of an entity of the client's table or made by another table's client",
    note = "an update in a transaction gives nothing back, and an upsert is no single write: use `update`, `create` or `put`"
)]
pub trait WriteAction<'t, T> {
    /// What it gives.
    type Output: Send;

    /// Makes it ready.
    #[doc(hidden)]
    fn plan(self, cx: &Context<'_>) -> Result<Planned<'t, Self::Output>>;
}

fn planned<'t, E: Entity, O>(
    (kind, verb): (&'static str, &'static str),
    (request, guard): (Request, Precondition<E::Version>),
    done: impl FnOnce() -> O + Send + 't,
) -> Planned<'t, O> {
    let action = Action::new::<E>(kind, verb, request);
    let refuse = Box::new(move |there: &StoredItem, now| condition_failed::<E>(&guard, there, now));
    Planned { operation: Operation::Plain { action, refuse }, done: Box::new(done) }
}

/// The same of an item with unique fields: its sentinels go along.
fn unique<'t, W: UniqueWrite + 't, O>(write: W, table: String, done: impl FnOnce() -> O + Send + 't) -> Planned<'t, O> {
    let operation = Operation::Unique(Unique::new(write, Some(table)));
    Planned { operation, done: Box::new(done) }
}

impl<'t, E: Entity, V: Via<E, T>, T> WriteAction<'t, T> for Create<E, V> {
    type Output = E::Version;

    fn plan(self, cx: &Context<'_>) -> Result<Planned<'t, Self::Output>> {
        let cx = context_of(&self.via, cx);
        if !E::SCHEMA.unique.is_empty() {
            let (version, _) = self.plan.outcome(cx.now)?;
            return Ok(unique(self.plan, cx.table.to_owned(), move || version));
        }
        let request = self.plan.request(&cx)?;
        let version = written::<E>(&request.1)?;
        Ok(planned::<E, _>(("Put", "create"), request, move || version))
    }
}

impl<'t, E: Entity, V: Via<E, T>, T> WriteAction<'t, T> for Put<E, V> {
    type Output = E::Version;

    fn plan(self, cx: &Context<'_>) -> Result<Planned<'t, Self::Output>> {
        let cx = context_of(&self.via, cx);
        if !E::SCHEMA.unique.is_empty() {
            let (version, _) = self.plan.outcome(cx.now)?;
            return Ok(unique(self.plan, cx.table.to_owned(), move || version));
        }
        let request = self.plan.request(&cx)?;
        let version = written::<E>(&request.1)?;
        Ok(planned::<E, _>(("Put", "put"), request, move || version))
    }
}

impl<'t, E: Entity, V: Via<E, T>, T> WriteAction<'t, T> for Save<'t, E, V> {
    type Output = ();

    fn plan(self, cx: &Context<'_>) -> Result<Planned<'t, ()>> {
        let cx = context_of(&self.via, cx);
        let (version, timestamps) = self.plan.outcome(cx.now)?;
        let entity = self.entity;
        let done = move || {
            entity.set_version(version);
            entity.set_timestamps(&timestamps);
        };
        if !E::SCHEMA.unique.is_empty() {
            return Ok(unique(self.plan, cx.table.to_owned(), done));
        }
        Ok(planned::<E, _>(("Put", "save"), self.plan.request(&cx)?, done))
    }
}

impl<'t, E: Entity, V: Via<E, T>, T> WriteAction<'t, T> for Update<E, V, Nothing> {
    type Output = ();

    fn plan(self, cx: &Context<'_>) -> Result<Planned<'t, ()>> {
        let cx = context_of(&self.via, cx);
        let request = self.request(&cx)?;
        if self.changes_unique()? {
            let table = cx.table.to_owned();
            return Ok(unique(self.with_client(Unsent), table, || ()));
        }
        Ok(planned::<E, _>(("Update", "update"), request, || ()))
    }
}

impl<'t, E: Entity, V: Via<E, T>, T> WriteAction<'t, T> for Delete<E, V> {
    type Output = ();

    fn plan(self, cx: &Context<'_>) -> Result<Planned<'t, ()>> {
        let cx = context_of(&self.via, cx);
        let request = self.request(&cx)?;
        if !E::SCHEMA.unique.is_empty() {
            let table = cx.table.to_owned();
            return Ok(unique(self.with_client(Unsent), table, || ()));
        }
        Ok(planned::<E, _>(("Delete", "delete"), request, || ()))
    }
}

impl<'t, E: Entity, V: Via<E, T>, T> WriteAction<'t, T> for Check<E, V> {
    type Output = ();

    fn plan(self, cx: &Context<'_>) -> Result<Planned<'t, ()>> {
        let request = self.request(&context_of(&self.via, cx))?;
        Ok(planned::<E, _>(("ConditionCheck", "check"), request, || ()))
    }
}

/// All operations of a write transaction: a tuple of up to sixteen, or [`Actions`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of operations for a write transaction",
    label = "expected a tuple of operations, `(Create::new(&a), Update::new(key).set(..))`, or `Actions`"
)]
pub trait WriteActions<'t, T, O> {
    /// Makes the operations ready, and says how they give what they give (`O`) once they are carried out.
    #[doc(hidden)]
    fn plan(self, cx: &Context<'_>, operations: &mut Operations<'t>) -> Result<Done<'t, O>>;
}

/// How operations give what they give, once they are carried out.
#[doc(hidden)]
pub type Done<'t, O> = Box<dyn FnOnce() -> O + Send + 't>;

impl<'t> Operations<'t> {
    fn take<O>(&mut self, planned: Planned<'t, O>) -> Done<'t, O> {
        self.0.push(planned.operation);
        planned.done
    }
}

macro_rules! tuples {
    ($($name:ident)+) => {
        impl<'t, T, $($name: WriteAction<'t, T>),+> WriteActions<'t, T, ($($name::Output,)+)> for ($($name,)+)
        where
            $($name::Output: 't),+
        {
            #[allow(non_snake_case)]
            fn plan(self, cx: &Context<'_>, operations: &mut Operations<'t>) -> Result<Done<'t, ($($name::Output,)+)>> {
                let ($($name,)+) = self;
                let ($($name,)+) = ($(operations.take($name.plan(cx)?),)+);
                Ok(Box::new(move || ($($name(),)+)))
            }
        }
    };
}

all_tuples! { tuples: A B C D F G H I J K L M N O P Q }

/// Makes an operation of a list ready.
type Maker<'t> = Box<dyn FnOnce(&Context<'_>) -> Result<Planned<'t, ()>> + Send + 't>;

/// A list of operations for a write transaction, where their number is not known before.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// # let shop = Shop::embedded().await?;
/// use dynamodel::op::{Actions, Create};
///
/// let sessions: Vec<Session> = ["s1", "s2"].map(|id| Session::sample("ada", id)).into();
/// let mut actions = Actions::new();
/// for session in &sessions {
///     actions.push(Create::new(session));
/// }
/// shop.transact(actions).await?;
/// assert_eq!(shop.query(Session::of_user("ada")).count().await?, 2);
/// # Ok(()) }
/// ```
pub struct Actions<'t, T> {
    makers: Vec<Maker<'t>>,
    of: PhantomData<fn() -> T>,
}

impl<'t, T: 't> Actions<'t, T> {
    /// No operation yet.
    pub fn new() -> Self {
        Self { makers: Vec::new(), of: PhantomData }
    }

    /// One more operation. What it gives is not given: read it anew, or use a tuple.
    pub fn push<A: WriteAction<'t, T> + Send + 't>(&mut self, action: A) {
        self.makers.push(Box::new(move |cx| {
            let Planned { operation, done } = action.plan(cx)?;
            // The closure must not hold the type of what is thrown away.
            let done: Box<dyn FnOnce() + Send + 't> = Box::new(move || drop(done()));
            Ok(Planned { operation, done })
        }));
    }

    /// How many operations there are.
    pub fn len(&self) -> usize {
        self.makers.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.makers.is_empty()
    }
}

impl<'t, T: 't> Default for Actions<'t, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Actions<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Actions({})", self.makers.len())
    }
}

impl<'t, T> WriteActions<'t, T, ()> for Actions<'t, T> {
    fn plan(self, cx: &Context<'_>, operations: &mut Operations<'t>) -> Result<Done<'t, ()>> {
        if !self.makers.is_empty() {
            // Before any of them is built.
            check_count(self.makers.len())?;
        }
        let done: Vec<_> = self.makers.into_iter().map(|make| Ok(operations.take(make(cx)?))).collect::<Result<_>>()?;
        Ok(Box::new(move || done.into_iter().for_each(|done| done())))
    }
}

/// Operations, and one more behind them whose output nobody asks for.
#[cfg(any(feature = "lambda", feature = "streams"))]
pub(super) struct AndOne<A, B>(pub(super) A, pub(super) B);

#[cfg(any(feature = "lambda", feature = "streams"))]
impl<'t, T, O, A, B> WriteActions<'t, T, O> for AndOne<A, B>
where
    A: WriteActions<'t, T, O>,
    B: WriteAction<'t, T>,
{
    fn plan(self, cx: &Context<'_>, operations: &mut Operations<'t>) -> Result<Done<'t, O>> {
        let done = self.0.plan(cx, operations)?;
        let planned = self.1.plan(cx)?;
        drop(operations.take(planned));
        Ok(done)
    }
}

/// The version that a put writes.
fn written<E: Entity>(guard: &Precondition<E::Version>) -> Result<E::Version> {
    guard.written.clone().ok_or_else(|| Error::new(ErrorKind::InvalidRequest, "the write has no version"))
}
