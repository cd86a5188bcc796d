//! Why a transaction was cancelled: what DynamoDB says of each operation.

use super::codes::{Meaning, classify};
use crate::error::{Error, ErrorKind};
use crate::wire::{CodecError, Reader};

/// What an item over the limit means, where only DynamoDB could tell.
pub(crate) const TOO_LARGE: &str =
    "the item would be over DynamoDB's 400 KB, and nothing was written; split it, or keep the large part elsewhere";

/// What a partition over its limit means.
pub(crate) const PARTITION_FULL: &str =
    "the partition would be over the 10 GB that a table with local indexes lets it have, and nothing was written";

/// Whether DynamoDB's message says so: of a put, or of an update.
pub(crate) fn is_too_large(message: &str) -> bool {
    message.contains("Item size") && message.contains("exceeded the maximum allowed size")
}

/// What an index key that DynamoDB does not take means, where only DynamoDB could tell.
pub(crate) const EMPTY_INDEX_KEY: &str = "an index key would be empty, and nothing was written: DynamoDB takes no empty key; remove the attribute, or set it to a value";

/// Whether DynamoDB's message says so, and of which attribute: empty where it does not name it, as of an update.
pub(crate) fn empty_index_key(message: &str) -> Option<&str> {
    if !message.contains("secondary index key") || !message.contains("cannot contain an empty") {
        return None;
    }
    Some(message.rsplit_once("IndexKey: ").map_or("", |(_, name)| name.trim_end()))
}

/// What DynamoDB says of one operation of a cancelled transaction.
#[derive(Debug, Default)]
pub(crate) struct CancellationReason<'a> {
    pub(crate) code: String,
    message: Option<String>,
    /// The item that is there, where a condition did not hold.
    pub(crate) item: Option<&'a str>,
}

impl CancellationReason<'_> {
    /// Whether it is not why the transaction was cancelled.
    pub(crate) fn is_none(&self) -> bool {
        self.code.is_empty() || self.code == "None"
    }

    fn meaning(&self) -> Meaning {
        classify(Some(&self.code), None)
    }

    /// Whether trying again may help.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(self.meaning(), Meaning::Contention | Meaning::Throttled)
    }

    /// Whether a condition did not hold.
    pub(crate) fn is_refusal(&self) -> bool {
        self.meaning() == Meaning::ConditionFailed
    }

    /// As an error, with DynamoDB's message as `show` lets it be seen; refusals are judged elsewhere.
    pub(crate) fn error(&self, show: impl FnOnce(String) -> String) -> Error {
        let empty = self.message.as_deref().and_then(empty_index_key);
        let what = match self.meaning() {
            Meaning::Contention => "another transaction or write was under way on the item",
            Meaning::PartitionTooLarge => PARTITION_FULL,
            Meaning::Invalid if self.message.as_deref().is_some_and(is_too_large) => TOO_LARGE,
            Meaning::Invalid if empty.is_some() => EMPTY_INDEX_KEY,
            Meaning::Throttled => "DynamoDB asks to slow down",
            _ => "DynamoDB refused the operation",
        };
        let kind = match self.meaning() {
            Meaning::Invalid if what == TOO_LARGE => ErrorKind::ItemTooLarge,
            Meaning::Invalid if what == EMPTY_INDEX_KEY => ErrorKind::InvalidKey,
            meaning => meaning.kind(),
        };
        let message = self.message.clone().map_or_else(|| "no message".to_owned(), show);
        let error = Error::new(kind, format!("{what} ({}: {message})", self.code));
        error.at_attribute(empty.unwrap_or_default())
    }
}

/// The reasons in the body of a `TransactionCanceledException`, in the order of the operations.
pub(crate) fn reasons(body: &[u8]) -> Vec<CancellationReason<'_>> {
    let mut out = Vec::new();
    // What is no such body has no reasons.
    let _read = Reader::new(body).and_then(|mut reader| {
        reader.object(|reader, name| {
            if name != "CancellationReasons" {
                return reader.skip();
            }
            reader.array(|reader| {
                out.push(read_reason(reader)?);
                Ok(())
            })
        })
    });
    out
}

fn read_reason<'a>(reader: &mut Reader<'a>) -> Result<CancellationReason<'a>, CodecError> {
    let mut reason = CancellationReason::default();
    reader.object(|reader, name| {
        match name {
            _ if reader.null()? => {}
            "Code" => reason.code = reader.string()?.into_owned(),
            "Message" => reason.message = Some(reader.string()?.into_owned()),
            "Item" => reason.item = Some(reader.raw()?),
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    Ok(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_key_that_would_be_empty_is_a_kind_of_its_own() {
        let put = "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-owner, IndexKey: owner";
        let update = "One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.";
        for (message, attribute) in [(put, Some("owner")), (update, None)] {
            let reason = CancellationReason {
                code: "ValidationError".to_owned(),
                message: Some(message.to_owned()),
                item: None,
            };
            let error = reason.error(|message| message);
            assert_eq!((error.kind(), error.attribute()), (ErrorKind::InvalidKey, attribute), "{error}");
        }
        let other = "One or more parameter values were invalid: Type mismatch for Index Key owner";
        assert_eq!(empty_index_key(other), None);
    }
}
