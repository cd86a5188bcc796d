use dynamodel::lock::{Idempotent, Lease, Run};
use dynamodel::op::Update;
use dynamodel::{Entity, Expiry, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Job, Report, Payment))]
pub struct Shop;

/// A lock, with data on it.
#[derive(Entity, Serialize, Deserialize, Debug, Default, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "JOB#{name}", sk = "LOCK")]
pub struct Job {
    pub name: String,
    pub progress: u64,
    #[dynamo(version)]
    pub lease: Lease,
}

impl Job {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

/// What only the lock's owner may write.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "REPORT#{id}", sk = "REPORT")]
pub struct Report {
    pub id: String,
    pub rows: u64,
    pub fence: u64,
}

impl Report {
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), rows: 0, fence: 0 }
    }
}

/// A handler's output, under the key of its request.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "PAYMENT#{request}", sk = "ONCE")]
pub struct Payment {
    pub request: String,
    pub cents: u64,
    pub receipt: Option<String>,
    #[dynamo(version)]
    pub run: Run,
    #[dynamo(ttl)]
    pub expires_at: Option<Expiry>,
}

impl Payment {
    pub fn new(request: &str, cents: u64) -> Self {
        let request = request.to_owned();
        Self { request, cents, receipt: None, run: Run::default(), expires_at: None }
    }
}

impl Idempotent for Payment {
    type Output = String;

    fn output(&self) -> Option<String> {
        self.receipt.clone()
    }

    fn store<V>(update: Update<Self, V>, output: &String) -> Update<Self, V> {
        update.set(|p| p.receipt, Some(output.clone()))
    }

    fn is_same(&self, request: &Self) -> bool {
        self.cents == request.cents
    }
}
