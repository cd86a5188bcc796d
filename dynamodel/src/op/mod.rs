//! Operations as plain values: what will be asked of DynamoDB, down to the bytes; sends nothing and knows no client.

mod batch;
mod check;
mod checkpoint;
mod cursor;
mod debug;
mod delete;
mod each;
mod explain;
mod get;
mod guard;
#[cfg(feature = "lock")]
mod held;
mod item;
mod limits;
mod put;
mod query;
mod request;
mod sample;
mod save;
mod scan;
mod stamp;
mod transact;
mod unique;
mod update;

pub use batch::{BatchOp, Unversioned};
pub use check::Check;
pub use checkpoint::ScanCheckpoint;
pub use cursor::{Cursor, CursorKey};
pub use delete::{Delete, Target};
pub use each::{AddMissingSentinels, DeleteEach, UpdateEach};
pub use explain::{Capacity, Explain};
pub use get::Get;
pub use put::{Create, Put};
pub use query::Query;
pub use request::Unsent;
pub use save::Save;
pub use scan::Scan;
pub use transact::Via;
#[doc(hidden)]
pub use update::GroupTeller;
pub use update::{KeyGroup, NewItem, Nothing, OldItem, OrCreate, Returning, Update, Upserted};

pub(crate) use batch::{ItemKey, LARGEST, MOST_KEYS, MOST_WRITES, batch_get, batch_write, key_json};
pub(crate) use cursor::{key_attributes, key_of_item, known_attributes};
pub(crate) use each::{Still, get_raw, item_check};
pub(crate) use explain::explain;
pub(crate) use guard::{Guard, USED_UP, Verb};
#[cfg(feature = "lock")]
pub(crate) use held::held;
pub(crate) use item::{begin_with_item, item_json, size};
pub(crate) use limits::Limits;
pub(crate) use put::PutPlan;
pub(crate) use query::Ask;
pub(crate) use request::{Body, Context, Operation, Request};
pub(crate) use sample::image;
pub(crate) use stamp::Stamped;
pub(crate) use transact::{
    Action, check_actions, check_count, context_of, random, token, transact_get, transact_write,
};
pub(crate) use unique::{
    Planned as PlannedUnique, Seen, Sentinel, SentinelChange, Start, UniqueWrite, Values, claim_all, give_up, join,
    plan as plan_unique, sentinel_start, watched as unique_attributes,
};
