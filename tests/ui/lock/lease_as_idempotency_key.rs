//! A lock where a handler's output is to be kept.

use dynamodel::lock::{Idempotent, Lease};
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
    pub output: Option<String>,
    #[dynamo(version)]
    pub lease: Lease,
}

impl Idempotent for Job {
    type Output = String;

    fn output(&self) -> Option<String> {
        self.output.clone()
    }

    fn store<V>(update: Update<Self, V>, output: &String) -> Update<Self, V> {
        update.set(|job| job.output, Some(output.clone()))
    }
}

fn main() {}
