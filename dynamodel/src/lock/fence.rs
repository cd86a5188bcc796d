//! The condition by which guarded writes refuse a former owner.

use super::lease::{Lease, Leased};
use crate::client::{Client, Planned, WriteAction};
use crate::entity::{Entity, Key, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Node, Operand, Place};
use crate::op::{Check, Context, Target};
use crate::path::Segment;
use std::fmt;

/// Makes a transaction depend on a lock that is still held: a `ConditionCheck` of its record.
///
/// Made by [`Guard::check`](super::Guard::check). Add it to every transaction that only the lock's owner may carry out,
/// also to transactions of another table's client. Costs two write units per KB of the record.
///
/// # Errors
/// As a [reason](crate::Error::reasons) of the cancelled transaction: [`LockLost`](crate::ErrorKind::LockLost), with the
/// [current](crate::Error::current) record; without a record where it was deleted, as after
/// [`delete`](super::Guard::delete).
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jobs.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// # let shop = Shop::embedded().await?;
/// use dynamodel::lock::Locks;
/// use dynamodel::op::Update;
///
/// shop.create(&Report::new("r1")).await?;
/// let guard = Locks::new(&shop).acquire(Job::new("nightly")).await?;
/// let former = guard.check();
/// guard.release().await?;
///
/// let late = shop.transact((former, Update::new(Report::key("r1")).set(|r| r.rows, 42))).await.unwrap_err();
/// assert!(late.is_lock_lost());
/// assert_eq!(shop.get(Report::key("r1")).await?.map(|report| report.rows), Some(0));
/// # Ok(()) }
/// ```
#[must_use = "a check does nothing until a transaction is given it"]
pub struct Fence<E: Entity, T> {
    check: Check<E, Client<T>>,
    lease: Lease,
}

impl<E: Entity, T> Fence<E, T>
where
    E::Version: Leased,
{
    pub(super) fn new(client: &Client<T>, key: &Key<E>, lease: &Lease) -> Self {
        let mut check = Check::via(Target::from(key), client.clone());
        check.and_condition(term_matches::<E>(lease));
        Self { check, lease: lease.clone() }
    }
}

impl<'t, E: Entity, T: Table, U> WriteAction<'t, U> for Fence<E, T>
where
    E::Version: Leased,
{
    type Output = ();

    fn plan(self, cx: &Context<'_>) -> Result<Planned<'t, ()>> {
        let Self { check, lease } = self;
        let planned = WriteAction::<'t, U>::plan(check, cx)?;
        Ok(planned.refusing(move |error| as_lock_lost::<E>(&lease, error)))
    }
}

impl<E: Entity, T> fmt::Debug for Fence<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Fence").field(&self.lease.token()).finish()
    }
}

/// `lease.term = :term`: this owner still holds the lock. A released lock has no term.
pub(super) fn term_matches<E: Entity>(lease: &Lease) -> Option<Node> {
    member::<E>("term", lease.term().unwrap_or_default())
}

/// `lease.beat = :beat`: the lease was not written since. Fields that later versions of this library may add do not matter.
pub(super) fn beat_matches<E: Entity>(lease: &Lease) -> Option<Node> {
    member::<E>("beat", lease.beat())
}

fn member<E: Entity>(name: &'static str, value: &str) -> Option<Node> {
    let place = Place::Deep(vec![Segment::Field(E::SCHEMA.version?), Segment::Field(name)]);
    let mut wire = Vec::with_capacity(48);
    crate::wire::write_s(&mut wire, value);
    Some(Node::Compare(Operand::Place(place), "=", Operand::Named(name, wire)))
}

/// Turns a refused write's error into [`LockLost`](ErrorKind::LockLost) if the owner of this lease has lost the lock.
pub(super) fn as_lock_lost<E: Entity>(lease: &Lease, error: Error) -> Error
where
    E::Version: Leased,
{
    let refused = matches!(
        error.kind(),
        ErrorKind::ConditionFailed | ErrorKind::NotFound | ErrorKind::Expired | ErrorKind::OutcomeUnknown
    );
    let current = error.current::<E>().map(|item| item.version().lease());
    let message = match current {
        Some(current) if current.term() == lease.term() && error.kind() == ErrorKind::Expired => format!(
            "the lock's record has expired without a renewal, and with it the lease with the fencing token {}: stop the work",
            lease.token()
        ),
        // Still ours: the write was refused for another reason.
        Some(current) if current.term() == lease.term() => return error,
        None if !refused || error.kind() == ErrorKind::OutcomeUnknown => return error,
        _ if !refused => return error,
        None => {
            format!("the lock's record was deleted, and with it the lease with the fencing token {}", lease.token())
        }
        Some(current) if current.is_held() => format!(
            "`{}` holds the lock now, with the fencing token {}; this owner's was {}: stop the work",
            current.owner().unwrap_or_default(),
            current.token(),
            lease.token()
        ),
        Some(current) => format!(
            "the lock was released since, and its last fencing token is {}; this owner's was {}: stop the work",
            current.token(),
            lease.token()
        ),
    };
    Error::new(ErrorKind::LockLost, message).replacing(error)
}
