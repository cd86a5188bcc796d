//! A lock that vanishes: its fencing token would start again.

use dynamodel::lock::Lease;
use dynamodel::{Entity, Expiry, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Job))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "JOB#{name}", sk = "LOCK")]
pub struct Job {
    pub name: String,
    #[dynamo(version)]
    pub lease: Lease,
    #[dynamo(ttl)]
    pub expires_at: Option<Expiry>,
}

fn main() {}
