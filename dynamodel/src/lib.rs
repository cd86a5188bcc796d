#![doc = include_str!("../docs/overview.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod bounds;
pub mod cli;
mod client;
pub mod cost;
pub mod define;
mod entity;
mod error;
pub mod errors;
mod expr;
pub mod fields;
mod key;
pub mod keys;
pub mod op;
mod path;
mod response;
#[doc(hidden)]
pub mod schema;
#[cfg(any(feature = "lambda", feature = "streams"))]
pub mod stream;
mod tuples;
#[doc(hidden)]
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
pub use client::{Change, Client, Clock, Codec, ManualClock, RetryPolicy, Stats, SystemClock};
pub use entity::{Collection, Entity, Expiry, Key, Projection, Table};
pub use error::{Error, ErrorKind, Result};
pub use expr::Condition;
pub use key::{KeySegment, Sharded, Timestamp};
pub use op::cursor::{Cursor, CursorKey};
pub use path::Nested;
pub use response::Page;
#[cfg(feature = "rust_decimal")]
pub use wire::decimal;
pub use wire::{Bytes, Number, Set};

#[cfg(feature = "derive")]
pub use dynamodel_derive::{Collection, Entity, KeySegment, Nested, Projection, Table};
