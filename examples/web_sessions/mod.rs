//! Sessions of a website: an axum service, whose sessions tower-sessions keeps in DynamoDB.
//!
//! One table, one index. A session lies under the identifier that the browser's cookie holds, and once a user has logged
//! in, on the index `ByUser` under their name:
//!
//! | item | `PK` | `GSI1PK` | `GSI1SK` |
//! |---|---|---|---|
//! | `WebSession` | `SESSION#{id}` | `USER#{user}` | `SESSION#{id}` |

mod service;
mod store;

pub use service::{Settings, service};
pub use store::DynamoSessions;

use dynamodel::{Entity, Expiry, Table};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The table.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", gsi(ByUser, pk = "GSI1PK", sk = "GSI1SK"), entities(WebSession))]
pub struct Site;

/// What the service knows of a browser.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Site, pk = "SESSION#{id}")]
#[dynamo(index(of_user = ByUser, pk = "USER#{user}", sk = "SESSION#{id}"))]
pub struct WebSession {
    /// What the cookie holds: 128 random bits.
    pub id: String,
    /// Who has logged in. Nobody: then the item is not on the index.
    pub user: Option<String>,
    /// Whatever the pages keep.
    pub data: BTreeMap<String, Value>,
    /// From this second on the session is gone, whether DynamoDB has deleted it or not.
    #[dynamo(ttl)]
    pub expires_at: Expiry,
}
