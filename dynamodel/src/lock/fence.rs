//! The condition by which guarded writes refuse a former owner.

use super::lease::{Lease, Leased};
use crate::client::{Client, Planned, WriteAction};
use crate::entity::{Entity, Key, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Node, Operand, Place};
use crate::op::{Check, Context, Target};
use crate::path::Segment;
use std::fmt;

/// Makes a transaction depend on a lock that is still in one's hand: a `ConditionCheck` of its record.
///
/// Made by [`Guard::check`](super::Guard::check). Put it into every transaction that only the lock's owner may carry out,
/// also into transactions of another table's client. Costs two write units per KB of the record.
///
/// # Errors
/// As a [reason](crate::Error::reasons) of the cancelled transaction: [`LockLost`](crate::ErrorKind::LockLost), with the
/// [current](crate::Error::current) record; without one where there is none any more, as after
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
        check.also(term_matches::<E>(lease));
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

/// `lease.term = :term`: the lock is in this owner's hand. A released lock has no term.
pub(super) fn term_matches<E: Entity>(lease: &Lease) -> Option<Node> {
    member::<E>("term", lease.term().unwrap_or_default())
}

/// `lease.beat = :beat`: the lease was not written since. What later versions of this library may add to it is no matter.
pub(super) fn beat_matches<E: Entity>(lease: &Lease) -> Option<Node> {
    member::<E>("beat", lease.beat())
}

fn member<E: Entity>(name: &'static str, value: &str) -> Option<Node> {
    let place = Place::Deep(vec![Segment::Field(E::SCHEMA.version?), Segment::Field(name)]);
    let mut wire = Vec::with_capacity(48);
    crate::wire::write_s(&mut wire, value);
    Some(Node::Compare(Operand::Place(place), "=", Operand::Named(name, wire)))
}

/// What a refused write means for the one who had this lease.
pub(super) fn as_lock_lost<E: Entity>(lease: &Lease, error: Error) -> Error
where
    E::Version: Leased,
{
    let refused = matches!(
        error.kind(),
        ErrorKind::ConditionFailed | ErrorKind::NotFound | ErrorKind::Expired | ErrorKind::OutcomeUnknown
    );
    let now = error.current::<E>().map(|item| item.version().lease());
    let message = match now {
        Some(now) if now.term() == lease.term() && error.kind() == ErrorKind::Expired => format!(
            "its record has expired without a sign of life, and with it the lease of fencing token {}: stop the work",
            lease.token()
        ),
        // Still ours: it was something else.
        Some(now) if now.term() == lease.term() => return error,
        None if !refused || error.kind() == ErrorKind::OutcomeUnknown => return error,
        _ if !refused => return error,
        None => format!("the lock's record is gone, and with it the lease of fencing token {}", lease.token()),
        Some(now) if now.is_held() => format!(
            "`{}` has the lock now, with the fencing token {}; this one was {}: stop the work",
            now.owner().unwrap_or_default(),
            now.token(),
            lease.token()
        ),
        Some(now) => format!(
            "the lock was released since, and its last fencing token is {}; this one was {}: stop the work",
            now.token(),
            lease.token()
        ),
    };
    Error::new(ErrorKind::LockLost, message).over(error)
}
