//! A lock with a field under the name of the table's time to live: DynamoDB would delete the lock by it.

use dynamodel::lock::Lease;
use dynamodel::{Entity, Expiry, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Payment, Job))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "PAYMENT#{id}", sk = "PAYMENT")]
pub struct Payment {
    pub id: String,
    #[dynamo(ttl)]
    pub expires_at: Expiry,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "JOB#{name}", sk = "LOCK")]
pub struct Job {
    pub name: String,
    #[dynamo(version)]
    pub lease: Lease,
    pub expires_at: u64,
}

fn main() {}
