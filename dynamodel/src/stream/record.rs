//! One record of a change stream, not decoded yet: what records of every source are converted to.

use super::SequenceNumber;
use crate::define::StreamView;
use crate::entity::{Incoming, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{EntitySchema, SENTINEL_KEY};
use crate::wire::Reader;
use std::fmt;
use std::time::SystemTime;

/// One record of a change stream, not decoded yet: the images are DynamoDB JSON.
///
/// Made by [`Record::from_lambda`] (feature `lambda`), by [`Record::from_sdk`] and by the [`Poller`](super::Poller)
/// (feature `streams`). A part that a record lacks is empty or `None`; no record is refused here, so that none is lost before
/// a handler has seen it. [`read`](Self::read) decodes it to a typed event.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    pub(super) event_id: Option<String>,
    pub(super) sequence_number: SequenceNumber,
    pub(super) operation: Operation,
    pub(super) removed_by: RemovedBy,
    pub(super) at: Option<SystemTime>,
    pub(super) table: Option<String>,
    pub(super) shard: Option<String>,
    pub(super) view: Option<StreamView>,
    pub(super) keys: Option<String>,
    pub(super) new: Option<String>,
    pub(super) old: Option<String>,
}

/// What happened to the item.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// `INSERT`: it was created.
    Insert,
    /// `MODIFY`: it was changed.
    Modify,
    /// `REMOVE`: it was deleted.
    Remove,
    /// An operation that this version of the library does not know, by its name in the record.
    Other(String),
}

/// Who deleted an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RemovedBy {
    /// A request.
    User,
    /// DynamoDB itself, because the item had expired. In a replica of a global table this looks like a request.
    TimeToLive,
}

impl Record {
    /// The event's id: the same each time the record is delivered, and unique to the record. `None` if the record has none,
    /// which DynamoDB's never lack: then a second delivery cannot be recognized, and [`read`](Self::read) refuses it.
    pub fn event_id(&self) -> Option<&str> {
        self.event_id.as_deref()
    }

    /// Its position in the stream.
    pub fn sequence_number(&self) -> &SequenceNumber {
        &self.sequence_number
    }

    /// What happened.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// Who deleted the item; without meaning for other operations.
    pub fn removed_by(&self) -> RemovedBy {
        self.removed_by
    }

    /// When the change was made, to the second or so (`ApproximateCreationDateTime`).
    pub fn at(&self) -> Option<SystemTime> {
        self.at
    }

    /// The physical table that it is of, if its source names it.
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    /// The shard that it was read from, if a poller read it.
    pub fn shard(&self) -> Option<&str> {
        self.shard.as_deref()
    }

    /// Which images its stream holds, if its source tells.
    pub fn view(&self) -> Option<StreamView> {
        self.view
    }

    /// The item's key attributes as DynamoDB JSON: `{"PK":{"S":".."},…}`.
    pub fn keys_json(&self) -> Option<&str> {
        self.keys.as_deref()
    }

    /// Whether it is about the sentinel of a unique value, judged by its key: a change that the library has made along with a change of
    /// an item.
    pub fn is_of_sentinel(&self) -> bool {
        let (mut found, mut others) = (false, true);
        let Some(keys) = self.keys_json() else { return false };
        // What is not a key does not belong to a sentinel. A sentinel's sort key is always the same.
        let _read = Reader::from_str(keys).object(|reader, _| {
            reader.object(|reader, tag| {
                let value = reader.string()?;
                match tag {
                    "S" if value.starts_with(SENTINEL_KEY) => found = true,
                    "S" => others &= value == "UNIQUE",
                    "N" => others &= value == "0",
                    _ => others &= value == "AA==",
                }
                Ok(())
            })
        });
        found && others
    }

    /// The item after the change, as DynamoDB JSON.
    pub fn new_json(&self) -> Option<&str> {
        self.new.as_deref()
    }

    /// The item before the change, as DynamoDB JSON.
    pub fn old_json(&self) -> Option<&str> {
        self.old.as_deref()
    }

    /// Sets the physical table that the record is of.
    pub fn in_table(mut self, table: impl Into<String>) -> Self {
        self.table = Some(table.into());
        self
    }

    /// The entity of the table `T` that the item belongs to; `None` if it belongs to none.
    ///
    /// Known from the item's type attribute, or, if no image holds one, from the key, by the entities' templates.
    pub fn entity_of<T: Table>(&self) -> Option<&'static EntitySchema> {
        T::SCHEMA.entities.get(self.entity_index::<T>()?).copied()
    }

    /// The index of its entity in the table's list.
    pub(crate) fn entity_index<T: Table>(&self) -> Option<usize> {
        let image = [&self.new, &self.old, &self.keys].into_iter().flatten().next()?;
        Incoming(&mut Reader::from_str(image)).entity_of::<T>()
    }

    /// An error about this record, which it names.
    pub(super) fn error(&self, kind: ErrorKind, message: impl fmt::Display) -> Error {
        self.in_its_table(Error::new(kind, format!("{self}: {message}")))
    }

    /// An error in decoding a part of this record, which keeps its key and attribute.
    pub(super) fn unreadable(&self, part: &str, error: Error) -> Error {
        let mut out =
            Error::new(error.kind(), format!("{self}: its {part} cannot be decoded; see the source for the cause"));
        if let Some(key) = error.key() {
            out = out.at_key(key);
        }
        if let Some(attribute) = error.attribute() {
            out = out.at_attribute(attribute);
        }
        self.in_its_table(out).with_source(error)
    }

    fn in_its_table(&self, error: Error) -> Error {
        match &self.table {
            Some(table) => error.in_table(table),
            None => error,
        }
    }

    /// Fails if the record is of another physical table than this one.
    pub(super) fn must_be_of(&self, table: &str) -> Result<()> {
        match self.table.as_deref().filter(|own| *own != table) {
            None => Ok(()),
            Some(own) => {
                let message = format!(
                    "it is of the table `{own}`, and records of `{table}` were expected: check `table()` first"
                );
                Err(self.error(ErrorKind::WrongTable, message))
            }
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.event_id {
            Some(id) => write!(f, "the record `{id}` (sequence number {})", self.sequence_number),
            None => write!(f, "a record without an event id (sequence number {})", self.sequence_number),
        }
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without images: logs outlive the reason for them.
        f.debug_struct("Record")
            .field("event_id", &self.event_id)
            .field("sequence_number", &self.sequence_number)
            .field("operation", &self.operation)
            .field("table", &self.table)
            .field("shard", &self.shard)
            .finish_non_exhaustive()
    }
}

impl Operation {
    pub(super) fn named(name: &str) -> Self {
        match name {
            "INSERT" => Self::Insert,
            "MODIFY" => Self::Modify,
            "REMOVE" => Self::Remove,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl RemovedBy {
    /// From the identity in a record: its type and its principal.
    pub(super) fn named(identity: Option<(Option<&str>, Option<&str>)>) -> Self {
        match identity {
            Some((Some("Service"), Some("dynamodb.amazonaws.com")) | (None, None)) => Self::TimeToLive,
            _ => Self::User,
        }
    }
}

/// The name of the table in a stream's ARN.
#[cfg(feature = "lambda")]
pub(super) fn table_of_arn(arn: &str) -> Option<String> {
    arn.split_once(":table/")?.1.split('/').next().map(str::to_owned)
}

/// A view by DynamoDB's name for it.
pub(super) fn view_named(word: &str) -> Option<StreamView> {
    match word {
        "NEW_IMAGE" => Some(StreamView::NewImage),
        "OLD_IMAGE" => Some(StreamView::OldImage),
        "NEW_AND_OLD_IMAGES" => Some(StreamView::NewAndOldImages),
        "KEYS_ONLY" => Some(StreamView::KeysOnly),
        _ => None,
    }
}
