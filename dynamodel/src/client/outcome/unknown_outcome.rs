//! What became of a write that is not sent again, because it would do more each time: the item that is there may tell.

use crate::client::Client;
use crate::client::send::{Failure, Response};
use crate::entity::{Entity, Key, PrimaryKey, RawItem, Table, VersionField};
use crate::error::{Error, ErrorKind, Result};
use crate::op::Get;
use crate::response::{Outcome, decode_item, item_text, outcome_by_version};

impl<T: Table> Client<T> {
    /// Reads the item of a write whose response was lost: if it bears the random version that the write has chosen, the
    /// write was carried out, and no other writer came since. Else it stays unknown, and the error holds the item.
    pub(in crate::client) async fn look_up<E: Entity<Table = T>>(
        &self,
        key: &Key<E>,
        written: Option<&E::Version>,
        unknown: Error,
    ) -> Result<Response> {
        let Some(written) = written.filter(|_| E::Version::RANDOM) else { return Err(unknown) };
        let get = Get::via(key.clone(), self.clone()).consistent();
        let Ok(request) = get.request(&self.context()) else { return Err(unknown) };
        let Ok(response) = self.send_of(&request, Some(E::SCHEMA.name)).await else { return Err(unknown) };
        let Ok(Some(item)) = item_text(response.bytes()) else { return Err(unknown) };
        if outcome_by_version::<E>(Some(written), None, Some(item)) == Outcome::Applied {
            return Ok(Response::settled(item, unknown.attempts()));
        }
        Err(holding::<E>(unknown, key.primary().ok(), item))
    }
}

/// The error of an unknown outcome, with the item that is there: as it is stored, where it cannot be read.
pub(in crate::client) fn holding<E: Entity>(unknown: Error, asked: Option<&PrimaryKey>, item: &str) -> Error {
    match decode_item::<E>(item, asked, None) {
        Ok(Some(current)) => unknown.with_current(Box::new(current)),
        _ => unknown.with_leftovers(Box::new(RawItem::of::<E::Table>(item))),
    }
}

/// An update that was sent again, when once and twice are not the same.
pub(in crate::client) fn repeated(attempts: u32) -> Error {
    let message = "a response was lost and the update was sent again, so it was applied once or more than once; read the item before you go on";
    Error::new(ErrorKind::OutcomeUnknown, message).with_attempts(attempts)
}

/// The same refusal, when nobody can tell whether an earlier try of this very write caused it.
pub(in crate::client) fn unknown_outcome(refused: Error, failure: &Failure) -> Error {
    let message = "a response was lost and the condition failed on retry: either the first attempt succeeded or another writer changed the item; `current()` returns the item as it is now";
    Error::new(ErrorKind::OutcomeUnknown, message).with_attempts(failure.trace.attempts).replacing(refused)
}
