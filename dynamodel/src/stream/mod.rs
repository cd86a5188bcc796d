//! A table's change stream (DynamoDB Streams) as typed events: decoding, handling, polling; not to be mixed up with the
//! streams of pages that reads give, and unknown to the rooms that it uses.
//!
//! The guide's chapter is [`guide::streams`](crate::guide::streams).

mod attributes;
mod batch;
mod change;
mod event;
mod fields;
mod filter;
mod once;
mod outcome;
#[cfg(feature = "streams")]
mod poller;
mod record;
mod same;
mod sequence;
mod view;

#[cfg(feature = "lambda")]
mod from_lambda;
#[cfg(feature = "streams")]
mod from_sdk;

pub use batch::Batch;
pub use change::{ItemChange, KeyChange, NewImageChange, OldImageChange};
pub use event::{Event, TableChange};
pub use fields::{AttributeOf, ChangedFields};
pub use filter::{EventFilter, Filters};
pub use once::{Applied, HandledItem, Once};
pub use outcome::{Failed, Outcome};
#[cfg(feature = "streams")]
pub use poller::{Bookmark, Gap, PollReport, Poller, ShardPlace, Stopper};
pub use record::{Operation, Record, RemovedBy};
pub use sequence::SequenceNumber;
pub use view::{KeysOnly, NewAndOldImages, NewImage, OldImage, View};

/// The SDK's client for streams, which [`Poller`] reads with.
#[cfg(feature = "streams")]
pub use aws_sdk_dynamodbstreams as sdk;
