//! What kinds of error there are, and the questions callers ask of them.

use super::Error;
use std::error::Error as _;

/// What happened. New kinds may come with new versions: match with a `_` arm, or ask the predicates of [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A `create`, or a first `put` or `save` of a versioned entity, found an item that is there and has not expired.
    AlreadyExists,
    /// A write that needs an item found none under the key.
    NotFound,
    /// A write that needs an item found one whose time to live has passed: for every reader it is gone.
    Expired,
    /// Another writer changed the item since it was read: the stored version is another than the value's.
    Conflict,
    /// The condition that the caller gave does not hold.
    ConditionFailed,
    /// A unique value is taken by another item: [`Error::attribute`] names the field, [`Error::owner`] is whose it is.
    UniqueViolation,
    /// An item has a unique value without a sentinel: it was written by another program, or before the field was unique.
    /// Nothing was written: `put` it, or add what is missing by
    /// [`add_missing_sentinels`](crate::op::Scan::add_missing_sentinels).
    SentinelMissing,
    /// Under the key lies an item of another entity type.
    WrongEntity,
    /// A key is empty, too long, or holds what its template cannot take. Nothing was written; where the library knew the
    /// key, nothing was sent.
    InvalidKey,
    /// A value cannot be stored: not a number, an empty set, a map's empty key, nested too deep, …; or a version has reached
    /// its type's largest value. Nothing was written.
    InvalidValue,
    /// The item is over DynamoDB's 400 KB, or an update would make it so; or its partition would be over the 10 GB that a table
    /// with local indexes lets it have. Nothing was written.
    ItemTooLarge,
    /// The request breaks a rule that is known before sending. Nothing was sent.
    InvalidRequest,
    /// A cursor was tampered with, has expired, or belongs to another query. Nothing was sent.
    InvalidCursor,
    /// A stored item cannot be read as the entity; or a response is not DynamoDB's JSON, does not hold what was asked for, or
    /// holds the item of another key.
    Decode,
    /// A transaction was cancelled, and nothing of it was carried out: [`Error::reasons`] says why, operation by
    /// operation.
    Cancelled,
    /// Another owner held the lock for the whole time the caller was willing to wait.
    Locked,
    /// A write that only a lock's owner may make was refused: the caller no longer holds the lock.
    LockLost,
    /// Another transaction or write was under way on the item, or other writers changed it each time before it could be written,
    /// also after retries. Nothing was written; [`Error::current`] is the item, where it is known.
    Contention,
    /// A batch came to its last try, and not all of it was carried out. Of writes, [`Error::leftovers`] holds what is left; the
    /// source is the last trouble.
    Unprocessed,
    /// The items of a partition do not make up a collection: one that must be there is missing, or there are several
    /// where there should be one.
    CollectionMismatch,
    /// DynamoDB asked to slow down, also after the SDK's retries.
    Throttled,
    /// The table does not exist. Nothing was written.
    TableNotFound,
    /// No response: no engine reachable, the connection broke, or the time was up; or DynamoDB responded to a read with an error
    /// of its own (500), also after the SDK's retries. A write was not made.
    Unavailable,
    /// A write may or may not have been made: its response was lost, and the retry cannot be told from the first
    /// attempt. [`Error::current`] is the item, where it is known; [`Error::raw_item`], where it cannot be read.
    OutcomeUnknown,
    /// A write **was carried out**, and the item that it gives back cannot be given: it cannot be read
    /// ([`raw_item`](Error::raw_item) holds it), or its response was lost. Do not write again.
    ResultUnavailable,
    /// DynamoDB refused the request for another reason; the source says which.
    Service,
    /// A table's definition breaks a rule of DynamoDB's, or belongs to another table. Nothing was made.
    InvalidDefinition,
    /// A change of a table was begun, or waited its turn, and did not come to its end in the time given: it may still do.
    Unfinished,
    /// A change record is of another table than the expected one.
    WrongTable,
    /// A change record lacks an image that is needed to decode it: its table's stream does not hold that image.
    ImageMissing,
    /// Records of a change stream were trimmed before they were read: DynamoDB keeps them for a day.
    RecordsTrimmed,
    /// The handler of a change record failed: the source is its error.
    HandlerFailed,
    /// A condition cannot be expressed in the patterns of event filters.
    NotExpressible,
    /// The environment's AWS configuration is unusable: no region, a malformed endpoint, …
    Configuration,
}

/// Of a cancelled transaction, each of these asks whether one of its reasons is so.
impl Error {
    /// Another writer changed the item since it was read. [`current`](Error::current) is what they made of it.
    pub fn is_conflict(&self) -> bool {
        self.any(|kind| kind == ErrorKind::Conflict)
    }

    /// The item that a `create` wanted to make is there already.
    pub fn is_already_exists(&self) -> bool {
        self.any(|kind| kind == ErrorKind::AlreadyExists)
    }

    /// The item that a write needs is not there, or has expired.
    pub fn is_gone(&self) -> bool {
        self.any(|kind| matches!(kind, ErrorKind::NotFound | ErrorKind::Expired))
    }

    /// DynamoDB refused the write because of a condition: the caller's own, or one that the verb brings along.
    pub fn is_condition_failed(&self) -> bool {
        self.any(|kind| {
            matches!(
                kind,
                ErrorKind::AlreadyExists
                    | ErrorKind::NotFound
                    | ErrorKind::Expired
                    | ErrorKind::Conflict
                    | ErrorKind::ConditionFailed
                    | ErrorKind::UniqueViolation
                    | ErrorKind::SentinelMissing
                    | ErrorKind::WrongEntity
                    | ErrorKind::LockLost
            )
        })
    }

    /// A unique value is taken by another item: see [`owner`](Error::owner).
    pub fn is_unique_violation(&self) -> bool {
        self.any(|kind| kind == ErrorKind::UniqueViolation)
    }

    /// Another owner held the lock for the whole time. [`current`](Error::current) is its record.
    pub fn is_locked(&self) -> bool {
        self.kind() == ErrorKind::Locked
    }

    /// The caller no longer holds the lock that the write depends on. [`current`](Error::current) is its record.
    pub fn is_lock_lost(&self) -> bool {
        self.any(|kind| kind == ErrorKind::LockLost)
    }

    /// A cursor belongs to another query, or is not a cursor at all: respond to a web client with 400.
    pub fn is_invalid_cursor(&self) -> bool {
        self.kind() == ErrorKind::InvalidCursor
    }

    /// DynamoDB asked to slow down; of a batch also, where that is why something of it is left.
    pub fn is_throttled(&self) -> bool {
        let why = self.source().and_then(|source| source.downcast_ref::<Self>());
        self.any(|kind| kind == ErrorKind::Throttled)
            || (self.kind() == ErrorKind::Unprocessed && why.is_some_and(Self::is_throttled))
    }

    /// A transaction was cancelled: see [`reasons`](Error::reasons).
    pub fn is_cancelled(&self) -> bool {
        self.kind() == ErrorKind::Cancelled
    }

    /// The write was carried out, although an error is given: only the item that it gives back is missing. Whoever tries
    /// again writes twice.
    pub fn is_applied(&self) -> bool {
        self.kind() == ErrorKind::ResultUnavailable
    }

    /// A write may or may not have been made.
    pub fn is_outcome_unknown(&self) -> bool {
        self.kind() == ErrorKind::OutcomeUnknown
    }
}
