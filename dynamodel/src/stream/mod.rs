//! A table's change stream (DynamoDB Streams) as typed events: decoding, handling, polling; not to be confused with the
//! streams of pages that reads return. Other parts of the crate do not use it.
//!
//! The guide's chapter is [`guide::streams`](crate::guide::streams).

mod batch;
mod batch_outcome;
mod change;
mod changed_fields;
mod deduplicator;
mod event;
mod external_items;
mod filter;
#[cfg(feature = "streams")]
mod poller;
mod record;
mod sequence_number;
mod value_eq;
mod view;

#[cfg(feature = "lambda")]
mod from_lambda;
#[cfg(feature = "streams")]
mod from_sdk;

pub use batch::Batch;
pub use batch_outcome::{BatchOutcome, FailedRecord};
pub use change::{ItemChange, KeyChange, NewImageChange, OldImageChange};
pub use changed_fields::{AttributeOf, ChangedFields};
pub use deduplicator::{Deduplicator, Delivery, HandledItem};
pub use event::{Event, TableChange};
pub use filter::{EventFilter, Filters};
#[cfg(feature = "streams")]
pub use poller::{Bookmark, Gap, PollReport, Poller, ShardPosition, Stopper};
pub use record::{Operation, Record, RemovedBy};
pub use sequence_number::SequenceNumber;
pub use view::{KeysOnly, NewAndOldImages, NewImage, OldImage, ViewType};

/// The SDK's client for streams, which [`Poller`] reads with.
#[cfg(feature = "streams")]
pub use aws_sdk_dynamodbstreams as sdk;
