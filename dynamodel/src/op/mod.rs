//! Operations as plain values: what will be asked of DynamoDB, down to the bytes; sends nothing and knows no client.
//!
//! The public module also has what a client makes of operations (transactions, batches, pages), and what they give.

pub(crate) mod batch;
mod check;
mod checkpoint;
#[cfg(feature = "lock")]
mod create_locked;
pub(crate) mod cursor;
mod debug;
mod delete;
mod each;
mod explain;
mod get;
mod item;
mod limits;
mod precondition;
mod put;
mod query;
mod read_options;
mod request;
mod sample;
mod save;
mod scan;
mod target;
mod timestamps;
pub(crate) mod transact;
mod unique;
pub(crate) mod update;
mod verb;

pub use batch::BatchOp;
pub use check::Check;
pub use checkpoint::ScanCheckpoint;
pub use delete::Delete;
pub use each::{AddMissingSentinels, DeleteEach, UpdateEach};
pub use explain::{Capacity, Explain};
pub use get::Get;
pub use put::{Create, Put};
pub use query::Query;
pub use request::Unsent;
pub use save::Save;
pub use scan::Scan;
pub use target::Target;
#[doc(hidden)]
pub use update::KeyGroupUpdate;
pub use update::{KeyGroup, NewItem, Nothing, OldItem, OrCreate, Update, Upserted};

pub(crate) use batch::Unversioned;
pub(crate) use batch::{ItemKey, LARGEST, MOST_KEYS, MOST_WRITES, batch_get, batch_write, key_json};
#[cfg(feature = "lock")]
pub(crate) use create_locked::locked_item;
pub(crate) use cursor::Cursor;
pub(crate) use cursor::{key_attributes, key_of_item, known_attributes};
pub(crate) use each::{StillMatches, get_raw, item_check};
pub(crate) use explain::explain;
pub(crate) use item::{begin_with_item, item_json, size};
pub(crate) use limits::Limits;
pub(crate) use precondition::{Precondition, VERSION_EXHAUSTED};
pub(crate) use put::PutPlan;
pub(crate) use query::PageRequest;
pub(crate) use read_options::ReadOptions;
pub(crate) use request::{Body, Context, Operation, Request};
pub(crate) use sample::image;
pub(crate) use timestamps::TimestampNames;
pub(crate) use transact::Via;
pub(crate) use transact::{
    Action, check_actions, check_count, context_of, random, token, transact_get, transact_write,
};
pub(crate) use unique::{
    KnownItem, Planned as PlannedUnique, Sentinel, SentinelChange, Start, UniqueWrite, Values, join,
    plan as plan_unique, sentinel_start, sentinels_to_delete, sentinels_to_write, watched as unique_attributes,
};
pub(crate) use update::Returning;
pub(crate) use verb::Verb;

// The public module is the door of more than this room: what a client makes of operations, and what they give.
pub use crate::client::{
    Actions, Apply, BatchGet, BatchProgress, BatchWrite, Checked, EachPages, GotOrCreated, Items, Modified, Modify,
    OperationFuture, Pages, ScanPages, SentinelPages, Transact, TransactGet, Unchecked,
};
pub use crate::entity::{Gathered, OrUnknown, RawItem};
pub use crate::response::{EachPage, EachTotal, ScanPage, SentinelPage, SentinelTotal};
