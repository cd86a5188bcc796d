//! No value of an item stands in the text of an error, of its sources, or of an operation: whatever verb, fault and codec.

use dynamodel::op::{Check, Create, Delete, Get, Put, Save, Update};
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Client, Codec, Entity, Error, RetryPolicy, Set, Table};
use dynamodel_tests::engine;
use dynamodel_tests::tap::{Do, error_body, tapped};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::error::Error as _;
use std::fmt::Debug;
use std::time::Duration;

/// In every attribute but the key, which errors name.
const SECRET: &str = "hunter2";
const SECRET_NUMBER: u64 = 4_711_004_711;
const SECRET_DIGITS: &str = "4711004711";

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK"), entities(Patient))]
struct Clinic;

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
enum Ward {
    Closed,
    Open,
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
#[serde(tag = "kind")]
enum Bill {
    Paid { cents: u64 },
    Open { cents: u64 },
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Notes {
    note: String,
    codes: Vec<u64>,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Clinic, pk = "PATIENT#{id}", sk = "PATIENT", query = patients)]
#[dynamo(index(by_doctor = Gsi1, pk = "DOCTOR#{doctor}"))]
struct Patient {
    id: String,
    doctor: String,
    #[dynamo(unique)]
    email: String,
    number: u64,
    ward: Ward,
    bill: Bill,
    notes: Notes,
    tags: Set<String>,
    blob: dynamodel::Bytes,
    map: BTreeMap<String, String>,
    small: u8,
    #[serde(flatten)]
    more: BTreeMap<String, u64>,
    #[dynamo(version)]
    version: u64,
}

fn patient(id: &str) -> Patient {
    Patient {
        id: id.into(),
        doctor: SECRET.into(),
        email: format!("{SECRET}@{id}"),
        number: SECRET_NUMBER,
        ward: Ward::Closed,
        bill: Bill::Paid { cents: SECRET_NUMBER },
        notes: Notes { note: SECRET.into(), codes: vec![SECRET_NUMBER] },
        tags: Set::from_iter([SECRET.to_owned()]),
        blob: SECRET.as_bytes().to_vec().into(),
        map: BTreeMap::from([("a".into(), SECRET.into())]),
        small: 1,
        more: BTreeMap::from([("b".into(), SECRET_NUMBER)]),
        version: 0,
    }
}

/// Looks at one text.
fn look(what: &str, text: &str, found: &mut Vec<String>) {
    // The secret as bytes, as Base64 and as digits too.
    for secret in [SECRET, SECRET_DIGITS, "aHVudGVyMg", "104, 117, 110"] {
        if let Some(at) = text.find(secret) {
            let from = text[..at].char_indices().rev().nth(120).map_or(0, |(from, _)| from);
            found.push(format!("{what}: ..{}", &text[from..at + secret.len()]));
        }
    }
}

fn look_at(what: &str, value: &impl Debug, found: &mut Vec<String>) {
    look(what, &format!("{value:?}"), found);
    look(what, &format!("{value:#?}"), found);
}

/// Looks at an error, its reasons and all their sources.
fn look_at_error(what: &str, error: &Error, found: &mut Vec<String>) {
    look(&format!("{what}, Display"), &error.to_string(), found);
    look_at(&format!("{what}, Debug"), error, found);
    let mut source = error.source();
    while let Some(cause) = source {
        look(&format!("{what}, Display of a source"), &cause.to_string(), found);
        look_at(&format!("{what}, Debug of a source"), &cause, found);
        source = cause.source();
    }
    for reason in error.reasons().iter().flatten() {
        look_at_error(&format!("{what}, a reason"), reason, found);
    }
    if let Some(item) = error.raw_item() {
        look_at(&format!("{what}, the raw item"), item, found);
    }
}

/// What every verb says; how often an error came.
async fn every_verb(what: &str, clinic: &Client<Clinic>, found: &mut Vec<String>) -> u32 {
    let mut errors = 0;
    let (key, one, two) =
        (|| Patient::key("1"), patient("1"), Patient { email: format!("{SECRET}@1"), ..patient("2") });
    let stale = Patient { version: 77, ..one.clone() };
    macro_rules! ask {
        ($($name:literal: $operation:expr;)*) => {$(
            if let Err(error) = $operation.await {
                errors += 1;
                look_at_error(&format!("{what}, {}", $name), &error, found);
            }
        )*};
    }
    ask! {
        "create": clinic.create(&one);
        "create of a taken value": clinic.create(&two);
        "put": clinic.put(&stale);
        "save": clinic.save(&mut stale.clone());
        "get": clinic.get(key());
        "update": clinic.update(key()).set(|p| p.map.key("a"), SECRET).condition(|p| p.number.lt(5_u64));
        "update, new": clinic.update(key()).set(|p| p.map.key("a"), SECRET).returning_new();
        "update, old": clinic.update(key()).set(|p| p.map.key("a"), SECRET).returning_old();
        "update of a unique value": clinic.update(key()).set(|p| p.email, "x@1").condition(|p| p.number.lt(5_u64));
        "update of a value": clinic.update(&stale).set(|p| p.number, SECRET_NUMBER);
        "upsert": clinic.upsert(&stale).set(|p| p.number, SECRET_NUMBER).condition(|p| p.number.lt(5_u64));
        "modify": clinic.modify(key(), |p: &mut Patient| p.number = 5);
        "get_or_create": clinic.get_or_create(two.clone());
        "delete": clinic.delete(&stale);
        "delete on a condition": clinic.delete(key()).condition(|p| p.doctor.eq("x"));
        "query": clinic.query(Patient::patients("1")).filter(|p| p.number.eq(SECRET_NUMBER));
        "query of an index": clinic.query(Patient::by_doctor(SECRET));
        "scan": clinic.scan::<Patient>().collect();
        "delete each": clinic.query(Patient::patients("9")).delete_each();
        "batch get": clinic.batch_get([key()]);
        "transact": clinic.transact((
            Create::new(&one),
            Update::new(Patient::key("3")).set(|p| p.number, SECRET_NUMBER),
            Check::absent(Patient::key("4")),
        ));
        "transact get": clinic.transact_get((Get::new(key()),));
        // What was broken is whole afterwards.
        "put unchecked": clinic.put(&one).unchecked();
    }
    errors
}

/// A sentence of DynamoDB's that repeats what was sent.
fn quoting(body: &str) -> String {
    let values = body.split('"').filter(|text| text.contains(SECRET) || text.contains(SECRET_DIGITS));
    format!("not a valid value: {}", values.collect::<Vec<_>>().join(", "))
}

/// The same as the reason for which a transaction was cancelled.
fn reason(body: &str) -> String {
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let quoting = quoting(&body["TransactItems"][0].to_string());
    format!(
        r#"{{"__type":"x#TransactionCanceledException","message":"no","CancellationReasons":[{{"Code":"ValidationError","Message":"{quoting}"}},{{"Code":"None"}},{{"Code":"None"}}]}}"#
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_value_of_an_item_stands_in_any_error_of_any_verb() {
    let faults: [(&str, Do); 11] = [
        ("quoted", Do::Pass),
        ("quoted in a reason", Do::Pass),
        ("nothing", Do::Pass),
        ("cut before", Do::CutBefore),
        ("cut after", Do::CutAfter),
        ("failed", Do::Fail),
        ("failed after", Do::FailAfter),
        ("throttled", Do::Respond(400, error_body("ThrottlingException", "slow"))),
        ("no json", Do::RespondAfter(200, "<html>".into())),
        ("an item with the secret, cut off", Do::Respond(200, format!(r#"{{"Item":{{"PK":{{"S":"{SECRET}"#))),
        (
            "a refusal with the item",
            Do::Respond(
                400,
                format!(
                    r#"{{"__type":"x#ConditionalCheckFailedException","message":"no","Item":{{"PK":{{"S":"PATIENT#1"}},"SK":{{"S":"PATIENT"}},"doctor":{{"S":"{SECRET}"}},"number":{{"N":"{SECRET_DIGITS}"}}}}}}"#
                ),
            ),
        ),
    ];
    let (mut found, mut errors) = (Vec::new(), 0);
    for codec in [Codec::Wire, Codec::AttributeValue] {
        for (name, fault) in &faults {
            let clinic: Client<Clinic> = engine::connect(&engine::clock(), codec).await;
            for id in ["1", "4"] {
                clinic.create(&patient(id)).await.unwrap();
            }
            let (fault, name) = (fault.clone(), *name);
            let decide = move |_: &str, body: &str| match name {
                "quoted" => Do::Respond(400, error_body("ValidationException", &quoting(body))),
                "quoted in a reason" => Do::Respond(400, reason(body)),
                _ => fault.clone(),
            };
            let faulty = tapped(&clinic, decide).with_retries(RetryPolicy::ONCE);
            let hurried = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
            let config = faulty.sdk().config().to_builder().retry_config(hurried).build();
            let faulty = faulty.with_sdk(dynamodel::sdk::Client::from_conf(config));
            errors += every_verb(&format!("{codec:?}, {name}"), &faulty, &mut found).await;
        }
    }
    assert!(errors > 200, "{errors}");
    assert!(found.is_empty(), "{} texts show a value:\n{}", found.len(), found.join("\n"));
    println!("{errors} errors looked at");
}

async fn set(clinic: &Client<Clinic>, attribute: &str, value: AttributeValue) {
    let update = clinic.sdk().update_item().table_name(clinic.table_name());
    let update = update.key("PK", AttributeValue::S("PATIENT#1".into())).key("SK", AttributeValue::S("PATIENT".into()));
    let update = update.update_expression("SET #a = :v").expression_attribute_names("#a", attribute);
    update.expression_attribute_values(":v", value).send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_in_any_error_of_an_item_that_cannot_be_read() {
    let text = || AttributeValue::S(SECRET.into());
    let number = |digits: &str| AttributeValue::N(digits.into());
    let wide = format!("{SECRET_DIGITS}{SECRET_DIGITS}{SECRET_DIGITS}");
    let map = |name: &str, value| AttributeValue::M(HashMap::from([(name.to_owned(), value)]));
    let broken = [
        ("number", text()),
        ("small", number(SECRET_DIGITS)),
        ("number", number(&wide)),
        ("ward", AttributeValue::S(format!("{SECRET}-unknown"))),
        ("ward", map("hunter2-variant", text())),
        ("bill", map("kind", text())),
        (
            "bill",
            AttributeValue::M(HashMap::from([
                ("kind".to_owned(), AttributeValue::S("Open".into())),
                ("cents".to_owned(), number(&wide)),
            ])),
        ),
        ("notes", map("note", number(SECRET_DIGITS))),
        ("notes", AttributeValue::L(vec![text()])),
        ("tags", text()),
        ("blob", text()),
        ("map", text()),
        ("b", number(&wide)),
        ("c", text()),
        ("version", text()),
        ("email", number(SECRET_DIGITS)),
    ];
    let (mut found, mut errors) = (Vec::new(), 0);
    for codec in [Codec::Wire, Codec::AttributeValue] {
        for (at, (attribute, value)) in broken.iter().enumerate() {
            let clinic: Client<Clinic> = engine::connect(&engine::clock(), codec).await;
            clinic.create(&patient("1")).await.unwrap();
            set(&clinic, attribute, value.clone()).await;
            errors += every_verb(&format!("{codec:?}, {attribute} by case {at}"), &clinic, &mut found).await;
        }
    }
    assert!(errors > 200, "{errors}");
    assert!(found.is_empty(), "{} texts show a value:\n{}", found.len(), found.join("\n"));
    println!("{errors} errors looked at");
}

#[tokio::test]
async fn nor_in_what_operations_print_of_themselves() {
    let clinic: Client<Clinic> = engine::connect(&engine::clock(), Codec::Wire).await;
    let (one, key) = (patient("1"), || Patient::key("1"));
    let mut found = Vec::new();
    look_at("Create", &Create::new(&one), &mut found);
    look_at("Put", &Put::new(&one), &mut found);
    look_at("Save", &Save::new(&mut one.clone()), &mut found);
    let update = Update::new(key()).set(|p| p.map.key("a"), SECRET).condition(|p| p.number.eq(SECRET_NUMBER));
    look_at("Update", &update, &mut found);
    look_at("Update of a value", &Update::new(&one).set(|p| p.number, SECRET_NUMBER), &mut found);
    look_at("Delete", &Delete::new(&one), &mut found);
    look_at("Get", &Get::new(key()), &mut found);
    look_at("Check", &Check::new(key()).condition(|p| p.doctor.eq(SECRET)), &mut found);
    look_at("Condition", &Patient::fields().doctor.eq(SECRET), &mut found);
    look_at("Query", &clinic.query(Patient::by_doctor("x")).filter(|p| p.number.eq(SECRET_NUMBER)), &mut found);
    look_at("Scan", &clinic.scan::<Patient>().filter(|p| p.doctor.eq(SECRET)), &mut found);
    look_at("Transact", &clinic.transact((Create::new(&one),)), &mut found);
    look_at("Modify", &clinic.modify(key(), |_: &mut Patient| ()), &mut found);
    look_at("future", &std::future::IntoFuture::into_future(clinic.create(&one)), &mut found);
    look_at("client", &clinic, &mut found);
    assert!(found.is_empty(), "{} texts show a value:\n{}", found.len(), found.join("\n"));
}
