#![doc = include_str!("../docs/overview.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod cli;
mod client;
pub mod cost;
pub mod define;
mod entity;
mod error;
mod expr;
mod key;
pub mod op;
mod path;
mod response;
pub mod schema;
#[cfg(any(feature = "lambda", feature = "streams"))]
pub mod stream;
pub mod wire;

#[cfg(feature = "embedded")]
pub mod embedded;

#[cfg(feature = "lock")]
pub mod lock;

#[cfg(feature = "testing")]
pub mod testing;

pub mod guide;

#[doc(hidden)]
pub mod __private;

pub use aws_sdk_dynamodb as sdk;
pub use client::{
    Actions, Apply, BatchGet, BatchProgress, BatchWrite, Change, Checked, Client, Clock, Codec, EachPages,
    GotOrCreated, Items, KeySet, ManualClock, Modified, Modify, OperationFuture, Pages, ReadAction, ReadActions,
    RetryPolicy, ScanPages, SentinelPages, Stats, SystemClock, Transact, TransactGet, Unchecked, WriteAction,
    WriteActions,
};
pub use entity::{
    Collected, Collection, Consistent, CountsVersions, Deletable, Entity, EntityOf, Expires, Expiry, ExpiryError,
    FilterOn, Gathered, HasIndex, Held, Index, IntoKeyRange, Item, Key, KeyRange, LivesIn, Member, NoVersion,
    OrUnknown, PartitionOf, Primary, Projection, RangeOf, RawItem, ReadFrom, Slot, StampField, Table, TtlField,
    VersionField, WrittenWhole,
};
pub use error::{Error, ErrorKind, Result};
pub use expr::{AttributeType, Condition, Size, ValueOf};
pub use key::{KeyPart, KeySegment, KeyText, KeyValue, SegmentFault, Sharded, Timestamp, TimestampError};
pub use op::{BatchOp, Cursor, CursorKey, ScanCheckpoint, Unversioned};
pub use path::{
    Accepts, Computable, Containing, Element, Field, ListOf, ListPaths, ListTakes, MapOf, Measured, Nested,
    NestedPaths, Numeric, Ordered, Path, Removable, SetTakes, Settable, Stored, Textual,
};
pub use response::{EachPage, EachTotal, Page, ScanPage, SentinelPage, SentinelTotal};
pub use wire::{Bytes, CodecError, Number, NumberError, Set};

#[cfg(feature = "derive")]
pub use dynamodel_derive::{Collection, Entity, KeySegment, Nested, Projection, Table};
