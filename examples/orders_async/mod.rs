//! An asynchronous API: a request is stored as an item, gets its response at once, and is worked on from the table's change stream.
//!
//! | item | `PK` | `SK` | `GSI1PK` | `GSI1SK` |
//! |---|---|---|---|---|
//! | `Request` | `REQUEST#{id}` | `REQUEST` | `STATE#{state}` | `{id}` |
//! | `Account` | `CUSTOMER#{customer}` | `ACCOUNT` | | |
//! | `Receipt` | `CUSTOMER#{customer}` | `RECEIPT#{request}` | | |
//! | `Handled` | `HANDLED#{event}` | `BY#{consumer}` | | |
//! | `Position` | `CONSUMER#{consumer}` | `SHARD#{shard}` | | |
//!
//! `Office` is what the API calls, `Worker` what handles the stream. The worker may die at any time: what it does to the
//! table for one event is one transaction, with an item that says that the event was handled.

use dynamodel::define::{StreamView, TableDefinition};
use dynamodel::op::{Create, Update};
use dynamodel::stream::{
    Bookmark, Deduplicator, Delivery, Event, HandledItem, ItemChange, PollReport, Poller, ShardPosition, Stopper, sdk,
};
use dynamodel::{Client, Entity, Error, ErrorKind, Expiry, KeySegment, Result, Table};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The table.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByState, pk = "GSI1PK", sk = "GSI1SK"))]
#[dynamo(entities(Request, Account, Receipt, Handled, Position))]
pub struct Desk;

impl Desk {
    /// The table with its stream, as CreateTable and CloudFormation take it.
    pub fn with_stream() -> TableDefinition {
        Self::definition().stream(StreamView::NewAndOldImages)
    }
}

/// What a customer asks for: to buy for so much.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Desk, pk = "REQUEST#{id}", sk = "REQUEST")]
#[dynamo(index(in_state = ByState, pk = "STATE#{state}", sk = "{id}"))]
pub struct Request {
    /// Chosen by whoever asks, so that asking twice is one request.
    pub id: String,
    /// Who asks.
    pub customer: String,
    /// For how much.
    pub cents: u64,
    /// How far it is.
    pub state: State,
    /// Why it failed, if it did.
    pub error: Option<String>,
    /// How often it was tried.
    pub tries: u32,
    /// For `save`.
    #[dynamo(version)]
    pub version: u64,
    /// Once it is done, it need not stay for long.
    #[dynamo(ttl)]
    pub expires_at: Option<Expiry>,
}

/// How far a request is.
#[derive(KeySegment, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has worked on it yet, or it is to be tried again.
    Pending,
    /// It was carried out.
    Done,
    /// It cannot be carried out as things are: `error` says why.
    Failed,
}

/// What a customer may spend and has spent.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Desk, pk = "CUSTOMER#{customer}", sk = "ACCOUNT")]
pub struct Account {
    /// Whose it is.
    pub customer: String,
    /// What is left.
    pub credit: u64,
    /// How many requests were carried out.
    pub orders: u64,
}

/// That a request was carried out.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Desk, pk = "CUSTOMER#{customer}", sk = "RECEIPT#{request}", query = of_customer)]
pub struct Receipt {
    /// Whose it is.
    pub customer: String,
    /// For which request.
    pub request: String,
    /// For how much.
    pub cents: u64,
    /// Which worker did it.
    pub worker: String,
}

/// That a worker has handled an event.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Desk, pk = "HANDLED#{event}", sk = "BY#{consumer}")]
pub struct Handled {
    /// Who.
    pub consumer: String,
    /// What.
    pub event: String,
    /// Nobody asks for it any more after this.
    #[dynamo(ttl)]
    pub expires_at: Expiry,
}

impl HandledItem for Handled {
    fn handled(consumer: &str, event: &str, until: Expiry) -> Self {
        Self { consumer: consumer.into(), event: event.into(), expires_at: until }
    }
}

/// Where a worker is in the stream.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Desk, pk = "CONSUMER#{consumer}", sk = "SHARD#{shard}")]
pub struct Position {
    /// Who.
    pub consumer: String,
    /// In which shard.
    pub shard: String,
    /// Where.
    pub at: ShardPosition,
    /// Keeps two workers of one name apart.
    #[dynamo(version)]
    pub version: u64,
}

impl Bookmark for Position {
    fn begin(consumer: &str, shard: &str) -> Self {
        Self { consumer: consumer.into(), shard: shard.into(), at: ShardPosition::default(), version: 0 }
    }

    fn position(&self) -> &ShardPosition {
        &self.at
    }

    fn set_position(&mut self, position: ShardPosition) {
        self.at = position;
    }
}

/// What the API calls. It waits for nobody.
#[derive(Debug, Clone)]
pub struct Office(Client<Desk>);

impl Office {
    /// On this table.
    pub fn new(desk: Client<Desk>) -> Self {
        Self(desk)
    }

    /// A new customer.
    ///
    /// # Errors
    /// When there is one of that name.
    pub async fn open_account(&self, customer: &str, credit: u64) -> Result<()> {
        let account = Account { customer: customer.into(), credit, orders: 0 };
        self.0.create(&account).await.map(drop)
    }

    /// More to spend.
    ///
    /// # Errors
    /// When there is no such customer.
    pub async fn add_credit(&self, customer: &str, cents: u64) -> Result<()> {
        self.0.update(Account::key(customer)).add(|a| a.credit, cents).await
    }

    /// Takes a request in. The same one again is the same request.
    ///
    /// # Errors
    /// What DynamoDB says.
    pub async fn submit(&self, id: &str, customer: &str, cents: u64) -> Result<Request> {
        let request = Request {
            id: id.into(),
            customer: customer.into(),
            cents,
            state: State::Pending,
            error: None,
            tries: 0,
            version: 0,
            expires_at: None,
        };
        Ok(self.0.get_or_create(request).await?.into_item())
    }

    /// How far a request is.
    ///
    /// # Errors
    /// What DynamoDB says.
    pub async fn look(&self, id: &str) -> Result<Option<Request>> {
        self.0.get(Request::key(id)).consistent().await
    }

    /// Requests in a state, the first ones by their identifiers.
    ///
    /// # Errors
    /// What DynamoDB says.
    pub async fn in_state(&self, state: State) -> Result<Vec<Request>> {
        self.0.query(Request::in_state(state)).collect().await
    }

    /// What a customer has left.
    ///
    /// # Errors
    /// What DynamoDB says.
    pub async fn account(&self, customer: &str) -> Result<Option<Account>> {
        self.0.get(Account::key(customer)).consistent().await
    }

    /// What a customer has bought.
    ///
    /// # Errors
    /// What DynamoDB says.
    pub async fn receipts(&self, customer: &str) -> Result<Vec<Receipt>> {
        self.0.query(Receipt::of_customer(customer)).consistent().collect().await
    }

    /// A failed request is tried again: the change of its state is an event as its creation was.
    ///
    /// # Errors
    /// `ConditionFailed` for one that has not failed.
    pub async fn retry(&self, id: &str) -> Result<()> {
        let update = self.0.update(Request::key(id)).set(|r| r.state, State::Pending).remove(|r| r.error);
        update.condition(|r| r.state.eq(State::Failed)).await
    }
}

/// What handles the stream.
#[derive(Debug, Clone)]
pub struct Worker {
    desk: Client<Desk>,
    deduplicator: Deduplicator<Handled, Desk>,
    name: String,
    keep: Duration,
}

/// All workers handle the requests for this consumer, one after the other's death.
const CONSUMER: &str = "orders";

impl Worker {
    /// A worker of this name, which keeps requests for so long after they are done.
    pub fn new(desk: &Client<Desk>, name: &str, keep: Duration) -> Self {
        Self { desk: desk.clone(), deduplicator: Deduplicator::new(desk, CONSUMER), name: name.into(), keep }
    }

    /// Works until it is stopped: what it is given shows it how.
    ///
    /// # Errors
    /// When a request can be neither carried out nor refused.
    pub async fn run(&self, streams: &sdk::Client, ready: impl FnOnce(Stopper)) -> Result<PollReport> {
        let mut poller =
            Poller::<Position, _>::new(streams, &self.desk, CONSUMER).poll_interval(Duration::from_millis(20));
        ready(poller.stopper());
        poller.run(|event| self.on(event)).await?;
        Ok(poller.report().clone())
    }

    /// Works off what there is.
    ///
    /// # Errors
    /// As `run`.
    pub async fn catch_up(&self, streams: &sdk::Client) -> Result<PollReport> {
        let mut poller = Poller::<Position, _>::new(streams, &self.desk, CONSUMER);
        poller.catch_up(|event| self.on(event)).await?;
        Ok(poller.report().clone())
    }

    /// One change of the table. Any other way to receive changes, such as AWS Lambda, calls this too.
    ///
    /// # Errors
    /// When a request can be neither carried out nor refused: the event is to be delivered again.
    pub async fn on(&self, event: Event<DeskChange>) -> Result<()> {
        match event.change {
            DeskChange::Request(ItemChange::Insert { new }) if new.state == State::Pending => {
                self.work(&event.id, &new).await
            }
            DeskChange::Request(ItemChange::Modify { new, changed, .. })
                if new.state == State::Pending && changed.contains(|r| r.state) =>
            {
                self.work(&event.id, &new).await
            }
            // Everything else is what the work itself writes.
            _ => Ok(()),
        }
    }

    async fn work(&self, event: &str, request: &Request) -> Result<()> {
        let Request { id, customer, cents, .. } = request;
        let pay = Update::new(Account::key(customer))
            .set_to(|a| a.credit, |a| a.credit.minus(*cents))
            .add(|a| a.orders, 1)
            .condition(|a| a.credit.ge(*cents));
        let done = Update::new(Request::key(id))
            .set(|r| r.state, State::Done)
            .add(|r| r.tries, 1)
            .expires_in(self.keep)
            .condition(|r| r.state.eq(State::Pending));
        let receipt =
            Receipt { customer: customer.clone(), request: id.clone(), cents: *cents, worker: self.name.clone() };
        let error = match self.deduplicator.apply(event, (pay, done, Create::new(&receipt))).await {
            Ok(Delivery::First(_) | Delivery::Repeated) => return Ok(()),
            // Whoever ended it was faster.
            Err(error) if error.reason(1).is_some_and(Error::is_condition_failed) => return Ok(()),
            Err(error) => error,
        };
        let why = match error.reason(0) {
            Some(reason) if reason.is_gone() => format!("there is no customer {customer}"),
            Some(reason) if reason.kind() == ErrorKind::ConditionFailed => match reason.current::<Account>() {
                Some(account) => format!("a credit of {} does not cover {cents}", account.credit),
                None => format!("the credit does not cover {cents}"),
            },
            _ => return Err(error),
        };
        let failed = Update::new(Request::key(id))
            .set(|r| r.state, State::Failed)
            .set(|r| r.error, why)
            .add(|r| r.tries, 1)
            .condition(|r| r.state.eq(State::Pending));
        let _ = self.deduplicator.apply(event, (failed,)).await?;
        Ok(())
    }
}
