//! Keys and values to coordinate by, as a thin entity over the core; locks beside them; consumers that share work.
//!
//! One table, no index. Keys lie in spaces: a space is one partition, in the order of its keys.
//!
//! | item | `PK` | `SK` |
//! |---|---|---|
//! | `Pair` | `SPACE#{space}` | `KEY#{key}` |
//! | `KeyLock` | `SPACE#{space}` | `LOCK#{key}` |

mod consume;
mod error;
mod locks;
mod payload;
mod space;

pub use consume::{Tally, Work, consume, work_off};
pub use error::CoordinationError;
pub use payload::Payload;
pub use space::{Keep, Space};

use dynamodel::lock::Lease;
use dynamodel::{Bytes, Entity, Expiry, Table};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// The table.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Pair, KeyLock))]
pub struct Register;

/// A value under its key.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Register, pk = "SPACE#{space}", sk = "KEY#{key}", query = of_space)]
pub struct Pair {
    /// Where the key is one.
    pub space: String,
    /// The key.
    pub key: String,
    /// The value, if it is bytes.
    pub bytes: Option<Bytes>,
    /// The value, if it is anything that serde knows. Stored as DynamoDB's own types.
    pub value: Option<Value>,
    /// Changes with every write. Random: a number would come again once the key was deleted and created again.
    #[dynamo(version)]
    pub version: Uuid,
    /// From this second on it is gone. Nothing: it stays.
    #[dynamo(ttl)]
    pub expires_at: Option<Expiry>,
}

/// A lock under a key, with a note for those who wait.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Register, pk = "SPACE#{space}", sk = "LOCK#{key}")]
pub struct KeyLock {
    /// Where the key is one.
    pub space: String,
    /// The key.
    pub key: String,
    /// What its owner has to say.
    pub note: Option<Value>,
    /// Who has it.
    #[dynamo(version)]
    pub lease: Lease,
}
