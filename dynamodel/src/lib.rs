#![doc = include_str!("../docs/overview.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod client;
mod define;
mod entity;
mod error;
mod expr;
mod key;
pub mod op;
mod path;
mod response;
pub mod schema;
pub mod wire;

#[cfg(feature = "embedded")]
pub mod embedded;

#[cfg(feature = "testing")]
pub mod testing;

pub mod guide;

#[doc(hidden)]
pub mod __private;

pub use aws_sdk_dynamodb as sdk;
pub use client::{
    Actions, BatchGet, BatchReport, BatchWrite, Checked, Client, Clock, Codec, Items, KeySet, ManualClock,
    OperationFuture, Pages, Parts, Progress, ReadAction, ReadActions, RetryPolicy, Stats, SystemClock, Transact,
    TransactGet, Unchecked, WriteAction, WriteActions,
};
pub use entity::{
    Collected, Consistent, Entity, EntityOf, Expiry, ExpiryError, FilterOn, HasIndex, Index, IntoKeyRange, Item, Key,
    KeyRange, LivesIn, Member, NoVersion, OrUnknown, Primary, Projection, RawItem, ReadFrom, Table, TtlField,
    VersionField,
};
pub use error::{Error, ErrorKind, Result};
pub use expr::{AttributeType, Condition, Size, ValueOf};
pub use key::{KeyPart, KeySegment, KeyText, KeyValue, SegmentFault, Timestamp, TimestampError};
pub use op::{BatchOp, Cursor, CursorKey, Unversioned};
pub use path::{
    Accepts, Computable, Element, Field, ListOf, ListPaths, ListTakes, MapOf, Measured, Nested, NestedPaths, Numeric,
    Ordered, Path, Removable, SetTakes, Settable, Stored, Textual,
};
pub use response::Page;
pub use wire::{Bytes, CodecError, Number, NumberError, Set};

#[cfg(feature = "derive")]
pub use dynamodel_derive::{Entity, KeySegment, Nested, Projection, Table};
