//! A table with a lock and what it guards, and another table.

use dynamodel::lock::{Guard, Lease};
use dynamodel::op::Update;
use dynamodel::{Client, Entity, Result, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Job, Report))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize, Debug, Default, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "JOB#{name}", sk = "LOCK")]
pub struct Job {
    pub name: String,
    pub progress: u64,
    #[dynamo(version)]
    pub lease: Lease,
}

#[derive(Entity, Serialize, Deserialize, Debug, Default, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "REPORT#{id}", sk = "REPORT")]
pub struct Report {
    pub id: String,
    pub rows: u64,
    /// The fencing token of every write, in their order.
    pub tokens: Vec<u64>,
}

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Entry))]
pub struct Audit;

#[derive(Entity, Serialize, Deserialize, Debug, Default, Clone, PartialEq)]
#[dynamo(table = Audit, pk = "ENTRY#{id}")]
pub struct Entry {
    pub id: String,
    pub text: String,
}

impl Job {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

impl Report {
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }
}

/// A write that only the lock's owner may make: the report is read, and written with one row more.
pub async fn write_row(shop: &Client<Shop>, guard: &Guard<Job, Shop>) -> Result<()> {
    let report = shop.get(Report::key("r")).consistent().await?.unwrap_or_default();
    write_after(shop, guard, &report).await
}

/// The same after a report that was read before, whenever that was.
pub async fn write_after(shop: &Client<Shop>, guard: &Guard<Job, Shop>, report: &Report) -> Result<()> {
    let mut tokens = report.tokens.clone();
    tokens.push(guard.token());
    let row = Update::new(Report::key("r")).set(|r| r.rows, report.rows + 1).set(|r| r.tokens, tokens);
    shop.transact((guard.check(), row)).await.map(|_| ())
}

/// The report of all writes.
pub async fn report(shop: &Client<Shop>) -> Report {
    shop.get(Report::key("r")).consistent().await.unwrap().unwrap()
}

/// The lock's record.
pub async fn record(shop: &Client<Shop>, name: &str) -> Job {
    shop.get(Job::key(name)).consistent().await.unwrap().unwrap()
}
