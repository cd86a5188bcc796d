//! Setting the lease past the lock.

use dynamodel::lock::Lease;
use dynamodel::op::Update;
use dynamodel::{Entity, Table};
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
}

fn main() {
    let _ = Update::new(Job::key("nightly")).set(|job| job.lease, Lease::default());
}
