//! Spans: what they say, and that no value of an item ever stands in them.

use dynamodel::op::{Check, Create, Get, Update};
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Client, Codec, Entity, RetryPolicy, Table};
use dynamodel_tests::engine;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

const SECRET: &str = "53cr3t";

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), entities(Account))]
struct Bank;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Bank, pk = "OWNER#{owner}", sk = "ACCOUNT#{number}", query = of_owner)]
#[dynamo(index(by_mail = Gsi1, pk = "MAIL#{mail}", sk = "ACCOUNT"))]
struct Account {
    owner: String,
    number: String,
    mail: String,
    cents: i64,
    tags: Vec<String>,
    #[dynamo(version)]
    version: u64,
}

/// A number that is a secret too.
const CENTS: i64 = 987_654_321_123;

fn account(number: usize) -> Account {
    Account {
        owner: format!("{SECRET}-owner"),
        number: format!("{SECRET}-{number}"),
        mail: format!("{SECRET}@example.com"),
        cents: CENTS,
        tags: vec![format!("{SECRET}-tag")],
        version: 0,
    }
}

fn key(number: usize) -> dynamodel::Key<Account> {
    Account::key(&format!("{SECRET}-owner"), &format!("{SECRET}-{number}"))
}

/// Keeps everything that targets of the library say, at every level.
#[derive(Clone, Default)]
struct Keep(Arc<Mutex<Vec<Kept>>>);

/// A span's id, if it is one, and what it told.
type Kept = (Option<Id>, Told);

/// The fields of a span or event, by name.
type Told = BTreeMap<&'static str, String>;

struct Fields<'a>(&'a mut Told);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}").trim_matches('"').replace("\\\"", "\""));
    }
}

impl Keep {
    fn told(&self) -> Vec<Told> {
        self.0.lock().unwrap().iter().map(|(_, fields)| fields.clone()).collect()
    }

    fn last(&self) -> Told {
        self.told().pop().unwrap()
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Keep {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        if attributes.metadata().target().starts_with("dynamodel") {
            let mut fields = BTreeMap::new();
            attributes.record(&mut Fields(&mut fields));
            self.0.lock().unwrap().push((Some(id.clone()), fields));
        }
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, _: Context<'_, S>) {
        let mut all = self.0.lock().unwrap();
        // Ids are given anew: the last one counts.
        if let Some((_, fields)) = all.iter_mut().rev().find(|(known, _)| known.as_ref() == Some(id)) {
            record.record(&mut Fields(fields));
        }
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target().starts_with("dynamodel") {
            let mut fields = BTreeMap::new();
            event.record(&mut Fields(&mut fields));
            self.0.lock().unwrap().push((None, fields));
        }
    }
}

fn listen() -> (Keep, tracing::subscriber::DefaultGuard) {
    let keep = Keep::default();
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(keep.clone()));
    (keep, guard)
}

async fn bank(codec: Codec, faults: &Faults) -> Client<Bank> {
    let bank: Client<Bank> = engine::connect(&engine::clock(), codec).await;
    let quick = RetryConfig::standard().with_initial_backoff(std::time::Duration::from_millis(1));
    let config = bank.sdk().config().to_builder().retry_config(quick).build();
    bank.with_sdk(dynamodel::sdk::Client::from_conf(config))
        .with_retries(RetryPolicy { tries: 2, ..RetryPolicy::default() })
        .with_faults(faults)
}

/// Every verb, query, batch and transaction, whatever comes of it.
async fn everything(bank: &Client<Bank>) {
    let mut one = account(1);
    let _ = bank.save(&mut one).await;
    let _ = bank.create(&one).await;
    let _ = bank.put(&account(2)).await;
    let _ = bank.save(&mut account(2)).await;
    let _ = bank.get(key(1)).consistent().await;
    let _ = bank.update(key(1)).set(|a| a.mail, format!("{SECRET}@new")).condition(|a| a.cents.eq(CENTS)).await;
    let _ = bank.update(key(1)).add(|a| a.cents, CENTS).condition(|a| a.owner.eq(SECRET)).await;
    let _ = bank.update(&one).set(|a| a.cents, CENTS + 1).returning_new().await;
    let _ = bank.upsert(&account(3)).add(|a| a.cents, CENTS).await;
    let _ = bank.query(Account::of_owner(&format!("{SECRET}-owner"))).limit(1).await;
    let _ = bank.query(Account::of_owner(&format!("{SECRET}-owner"))).filter(|a| a.cents.eq(CENTS)).count().await;
    let _ = bank.query(Account::by_mail(&format!("{SECRET}@example.com"))).collect().await;
    let _ = bank.batch_write().unchecked().put_all(&[account(4), account(5)]).delete(key(6)).await;
    let _ = bank.batch_get([key(1), key(4), key(9)]).await;
    let count = Update::new(key(1)).add(|a| a.cents, CENTS);
    let _ = bank.transact((Create::new(&account(7)), count, Check::absent(key(8)))).token(SECRET).await;
    let _ = bank.transact((Create::new(&account(1)), Check::new(key(8)))).await;
    let _ = bank.transact_get((Get::new(key(1)), Get::new(key(9)))).await;
    let _ = bank.scan::<Account>().filter(|a| a.cents.eq(CENTS)).collect().await;
    let _ = bank.modify(key(2), |a| a.tags.push(SECRET.to_owned())).await;
    let _ = bank.get_or_create(account(9)).await;
    let _ = bank.query(Account::of_owner(&format!("{SECRET}-owner"))).delete_each().await;
    let _ = bank.delete(&account(5)).await;
    let _ = bank.delete(key(1)).await;
}

#[tokio::test]
async fn no_value_of_an_item_stands_in_any_span_or_event() {
    let weather = [
        Faults::seeded(1),
        Faults::seeded(2).fail_500(0.3).cut_after(0.3).unprocessed(0.3),
        Faults::seeded(3).transaction_conflict(0.5).throttle(0.3),
        Faults::seeded(4).cut_before(1.0),
    ];
    for faults in weather {
        for codec in [Codec::Wire, Codec::AttributeValue] {
            faults.stop();
            let bank = bank(codec, &faults).await;
            faults.resume();
            let (keep, _guard) = listen();
            everything(&bank).await;
            let told = keep.told();
            assert!(told.len() >= 23, "{}", told.len());
            for fields in told {
                let text = format!("{fields:?}");
                assert!(!text.contains(SECRET) && !text.contains("987654321"), "{text}");
                assert!(fields.contains_key("dynamodel.outcome"), "{text}");
            }
        }
    }
}

fn picked<'a>(fields: &'a Told, names: &[&'static str]) -> Vec<Option<&'a str>> {
    names.iter().map(|name| fields.get(name).map(String::as_str)).collect()
}

#[tokio::test]
async fn a_span_says_what_was_asked_of_which_table_and_what_came_of_it() {
    let faults = Faults::script([Fault::Throttle]).only("PutItem");
    let bank = bank(Codec::Wire, &faults).await;
    let (keep, _guard) = listen();
    bank.create(&account(1)).await.unwrap();
    let told = keep.last();
    let table = bank.table_name();
    let names = ["db.system.name", "db.operation.name", "db.collection.name", "aws.dynamodb.table_names", "otel.name"];
    let expected = ["aws.dynamodb", "PutItem", table, table, "DynamoDB.PutItem"];
    assert_eq!(picked(&told, &names), expected.map(Some));
    let names = ["otel.kind", "dynamodel.entity", "dynamodel.attempts", "dynamodel.outcome", "error.type"];
    assert_eq!(picked(&told, &names), [Some("client"), Some("Account"), Some("2"), Some("ok"), None]);

    // A refusal is an answer, other failures are errors.
    bank.create(&account(1)).await.unwrap_err();
    let names = ["dynamodel.outcome", "error.type", "db.response.status_code", "otel.status_code"];
    let code = Some("ConditionalCheckFailedException");
    assert_eq!(picked(&keep.last(), &names), [Some("refused"), code, code, None]);

    bank.query(Account::of_owner(&format!("{SECRET}-owner"))).await.unwrap();
    let told = keep.last();
    let names = ["db.operation.name", "aws.dynamodb.count", "aws.dynamodb.scanned_count", "db.response.returned_rows"];
    assert_eq!(picked(&told, &names), [Some("Query"), Some("1"), Some("1"), Some("1")]);
    assert!(told["aws.dynamodb.consumed_capacity"].contains("CapacityUnits"), "{told:?}");

    bank.batch_get([key(1), key(2), key(3)]).await.unwrap();
    let names = ["db.operation.batch.size", "db.response.returned_rows", "dynamodel.unprocessed"];
    assert_eq!(picked(&keep.last(), &names), [Some("3"), Some("1"), Some("0")]);

    let twice = (Create::new(&account(1)), Create::new(&account(2)));
    bank.transact(twice).await.unwrap_err();
    let names = ["db.operation.batch.size", "dynamodel.outcome", "error.type", "otel.status_code"];
    let expected = ["2", "cancelled", "TransactionCanceledException", "ERROR"];
    assert_eq!(picked(&keep.last(), &names), expected.map(Some));

    let bank = bank.with_faults(&Faults::seeded(1).cut_before(1.0));
    bank.delete(key(1)).await.unwrap_err();
    let names = ["dynamodel.outcome", "error.type", "dynamodel.attempts"];
    assert_eq!(picked(&keep.last(), &names), ["unknown", "no_response", "3"].map(Some));
    bank.get(key(1)).await.unwrap_err();
    assert_eq!(picked(&keep.last(), &names), ["failed", "no_response", "3"].map(Some));
}
