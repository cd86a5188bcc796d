//! One record of a change stream, as it came: what every source of records is turned into.

use super::SequenceNumber;
use crate::define::StreamView;
use crate::entity::{Incoming, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{EntitySchema, SENTINEL_KEY};
use crate::wire::Reader;
use std::fmt;
use std::time::SystemTime;

/// One record of a change stream, not read as anything yet: the images are DynamoDB JSON.
///
/// Made by [`Record::from_lambda`] (feature `lambda`), by [`Record::from_sdk`] and by the [`Poller`](super::Poller)
/// (feature `streams`). What a record lacks is empty or `None`; it is never refused here, so that nothing is lost before
/// somebody has looked at it. [`read`](Self::read) makes a typed event of it.
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
    /// `INSERT`: there was none.
    Insert,
    /// `MODIFY`: it was changed.
    Modify,
    /// `REMOVE`: it was deleted.
    Remove,
    /// What this version does not know, by its name in the record.
    Other(String),
}

/// Who deleted an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RemovedBy {
    /// A request.
    User,
    /// DynamoDB itself, because its time to live had passed. In a replica of a global table this looks like a request.
    TimeToLive,
}

impl Record {
    /// The event's identity: the same each time the record is delivered, and no other record's. `None` where it came
    /// without, as DynamoDB's never do: then nobody can tell a second delivery, and [`read`](Self::read) refuses it.
    pub fn event_id(&self) -> Option<&str> {
        self.event_id.as_deref()
    }

    /// Its place in the stream.
    pub fn sequence_number(&self) -> &SequenceNumber {
        &self.sequence_number
    }

    /// What happened.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// Who deleted the item; means nothing of other operations.
    pub fn removed_by(&self) -> RemovedBy {
        self.removed_by
    }

    /// When, to the second or so.
    pub fn at(&self) -> Option<SystemTime> {
        self.at
    }

    /// The physical table that it is of, as far as its source says.
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    /// The shard that it was read from, if the poller read it.
    pub fn shard(&self) -> Option<&str> {
        self.shard.as_deref()
    }

    /// What its stream holds, as far as its source says.
    pub fn view(&self) -> Option<StreamView> {
        self.view
    }

    /// The item's key attributes as DynamoDB JSON: `{"PK":{"S":".."},…}`.
    pub fn keys_json(&self) -> Option<&str> {
        self.keys.as_deref()
    }

    /// Whether it is about the sentinel of a unique value, as its key says: a change that the library has made beside one of
    /// an item.
    pub fn is_of_sentinel(&self) -> bool {
        let (mut found, mut others) = (false, true);
        let Some(keys) = self.keys_json() else { return false };
        // What is no key is no sentinel's. A sentinel's sort key is always the same.
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

    /// The same record, of this physical table.
    pub fn in_table(mut self, table: impl Into<String>) -> Self {
        self.table = Some(table.into());
        self
    }

    /// The entity of the table `T` that the item is of; `None` where the table lists no such one.
    ///
    /// The item's type attribute says it. Where no image holds one, the key does: by the entities' templates.
    pub fn entity_of<T: Table>(&self) -> Option<&'static EntitySchema> {
        T::SCHEMA.entities.get(self.place_in_list::<T>()?).copied()
    }

    /// Its place in the table's list of entities.
    pub(crate) fn place_in_list<T: Table>(&self) -> Option<usize> {
        let image = [&self.new, &self.old, &self.keys].into_iter().flatten().next()?;
        Incoming(&mut Reader::from_str(image)).entity_of::<T>()
    }

    /// An error about this record: names it.
    pub(super) fn error(&self, kind: ErrorKind, message: impl fmt::Display) -> Error {
        self.place(Error::new(kind, format!("{self}: {message}")))
    }

    /// An error met in reading a part of this record, which keeps its place.
    pub(super) fn unreadable(&self, part: &str, error: Error) -> Error {
        let mut out = Error::new(error.kind(), format!("{self}: its {part} cannot be read; the source says why"));
        if let Some(key) = error.key() {
            out = out.at_key(key);
        }
        if let Some(attribute) = error.attribute() {
            out = out.at_attribute(attribute);
        }
        self.place(out).with_source(error)
    }

    fn place(&self, error: Error) -> Error {
        match &self.table {
            Some(table) => error.in_table(table),
            None => error,
        }
    }

    /// Stops unless the record is of this physical table, as far as its source says.
    pub(super) fn must_be_of(&self, table: &str) -> Result<()> {
        match self.table.as_deref().filter(|own| *own != table) {
            None => Ok(()),
            Some(own) => {
                let message = format!(
                    "it is of the table `{own}`, and records of `{table}` were asked for: sort them by `table()`"
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
    /// By the identity in a record: its type and its principal.
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

/// A view by DynamoDB's word for it.
pub(super) fn view_named(word: &str) -> Option<StreamView> {
    match word {
        "NEW_IMAGE" => Some(StreamView::NewImage),
        "OLD_IMAGE" => Some(StreamView::OldImage),
        "NEW_AND_OLD_IMAGES" => Some(StreamView::NewAndOldImages),
        "KEYS_ONLY" => Some(StreamView::KeysOnly),
        _ => None,
    }
}
