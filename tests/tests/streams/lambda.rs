//! Events of AWS Lambda.

use super::model::{Message, Order, ShopChange, World};
use aws_lambda_events::event::dynamodb::Event as LambdaEvent;
use dynamodel::stream::{Batch, ItemChange, Operation, Record, RemovedBy};
use dynamodel::{Bytes, ErrorKind, Set};
use serde_json::{Value, json};
use std::time::{Duration, UNIX_EPOCH};

/// A record as Lambda sends it.
fn lambda_json(record: &Record, table: &str) -> Value {
    let parsed = |json: Option<&str>| json.map(|json| serde_json::from_str::<Value>(json).unwrap());
    let operation = match record.operation() {
        Operation::Insert => "INSERT",
        Operation::Modify => "MODIFY",
        _ => "REMOVE",
    };
    let mut body = json!({
        "ApproximateCreationDateTime": 1_700_000_000,
        "Keys": parsed(record.keys_json()),
        "SequenceNumber": record.sequence_number().as_str(),
        "SizeBytes": 1,
        "StreamViewType": "NEW_AND_OLD_IMAGES",
    });
    for (name, image) in [("NewImage", record.new_json()), ("OldImage", record.old_json())] {
        if let Some(image) = parsed(image) {
            body[name] = image;
        }
    }
    let mut out = json!({
        "eventID": record.event_id(), "eventName": operation, "eventVersion": "1.1", "eventSource": "aws:dynamodb",
        "awsRegion": "eu-west-1", "dynamodb": body,
        "eventSourceARN": format!("arn:aws:dynamodb:eu-west-1:123456789012:table/{table}/stream/2026-01-01T00:00:00.000"),
    });
    if record.removed_by() == RemovedBy::TimeToLive {
        out["userIdentity"] = json!({"type": "Service", "principalId": "dynamodb.amazonaws.com"});
    }
    out
}

pub fn lambda_event(records: &[Record], table: &str) -> LambdaEvent {
    let records: Vec<_> = records.iter().map(|record| lambda_json(record, table)).collect();
    serde_json::from_value(json!({ "Records": records })).unwrap()
}

#[tokio::test]
async fn a_lambda_event_reads_as_the_stream_itself() {
    let world = World::new().await;
    let order = Order {
        note: Some("\"é\" \u{1F600}".into()),
        data: [("k".to_owned(), "v".to_owned())].into(),
        tags: ["x", "y"].map(str::to_owned).into_iter().collect::<Set<_>>(),
        blob: Some(Bytes::from(vec![0, 254])),
        ..Order::new("o1")
    };
    world.shop.create(&order).await.unwrap();
    world.shop.update(Order::key("o1")).set(|o| o.paid, true).remove(|o| o.note).await.unwrap();
    world.shop.delete(Order::key("o1")).await.unwrap();
    let records = world.records().await;
    let event = lambda_event(&records, "shop-prod");
    let from_lambda: Vec<_> = event.records.iter().map(Record::from_lambda).collect();
    for (ours, theirs) in from_lambda.iter().zip(&records) {
        let (ours, theirs) = (ours.read::<ShopChange>().unwrap(), theirs.read::<ShopChange>().unwrap());
        assert_eq!(
            (&ours.id, &ours.sequence_number, &ours.change),
            (&theirs.id, &theirs.sequence_number, &theirs.change)
        );
        assert_eq!(ours.table.as_deref(), Some("shop-prod"));
        assert_eq!(ours.at, Some(UNIX_EPOCH + Duration::from_secs(1_700_000_000)));
    }
}

#[tokio::test]
async fn expiry_is_seen_in_a_lambda_event_too() {
    let event: LambdaEvent = serde_json::from_value(json!({"Records": [{
        "eventID": "e1", "eventName": "REMOVE", "awsRegion": "eu-west-1",
        "userIdentity": {"type": "Service", "principalId": "dynamodb.amazonaws.com"},
        "dynamodb": {
            "Keys": {"PK": {"S": "OUTBOX#m"}, "SK": {"S": "MESSAGE"}},
            "OldImage": {"PK": {"S": "OUTBOX#m"}, "SK": {"S": "MESSAGE"}, "_type": {"S": "Message"}, "id": {"S": "m"}, "text": {"S": ""}},
            "SequenceNumber": "1", "SizeBytes": 1, "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    }]}))
    .unwrap();
    let event = Record::from_lambda(&event.records[0]).read::<ShopChange>().unwrap();
    let old = Message { id: "m".into(), text: String::new() };
    assert_eq!(event.change, ShopChange::Message(ItemChange::Remove { old, by: RemovedBy::TimeToLive }));
    assert_eq!((event.at, event.table), (None, None));
}

/// Orders 1 to 5, as Lambda sends them.
async fn five() -> LambdaEvent {
    let world = World::new().await;
    for id in 1..=5 {
        world.shop.create(&Order::new(&id.to_string())).await.unwrap();
    }
    lambda_event(&world.records().await, "shop")
}

fn numbers(event: &LambdaEvent) -> Vec<String> {
    event.records.iter().map(|record| record.change.sequence_number.clone().unwrap()).collect()
}

async fn handled(event: &LambdaEvent, fail_at: &str) -> (Vec<String>, Vec<Option<String>>) {
    let mut done = Vec::new();
    let outcome = Batch::from_lambda(event)
        .of_table("shop")
        .handle(|event: dynamodel::stream::Event<ShopChange>| {
            let ShopChange::Order(ItemChange::Insert { new }) = event.change else { panic!("no order") };
            let fails = new.id == fail_at;
            if !fails {
                done.push(new.id);
            }
            std::future::ready(if fails { Err("not today") } else { Ok(()) })
        })
        .await;
    let failures = outcome.to_lambda().batch_item_failures.into_iter().map(|failure| failure.item_identifier);
    (done, failures.collect())
}

#[tokio::test]
async fn the_response_names_what_is_left_from_the_first_failure_on() {
    let event = five().await;
    let numbers = numbers(&event);
    let some = |numbers: &[String]| numbers.iter().cloned().map(Some).collect::<Vec<_>>();
    assert_eq!(handled(&event, "none").await, (["1", "2", "3", "4", "5"].map(str::to_owned).into(), vec![]));
    assert_eq!(handled(&event, "3").await, (["1", "2"].map(str::to_owned).into(), some(&numbers[2..])));
}

#[tokio::test]
async fn records_out_of_order_are_not_lost_by_the_response() {
    // Lambda goes on from the lowest sequence number that it is told. Told of the failed one only, it would take those for
    // done that have a lower number and come later.
    let mut event = five().await;
    event.records.reverse();
    let (done, failures) = handled(&event, "4").await;
    assert_eq!(done, ["5"]);
    assert_eq!(failures.len(), 4);
    let lowest = numbers(&event).into_iter().min().unwrap();
    assert!(failures.contains(&Some(lowest)));
}

#[tokio::test]
async fn a_record_without_a_sequence_number_brings_the_whole_batch_again() {
    let mut event = five().await;
    event.records[4].change.sequence_number = None;
    let (done, failures) = handled(&event, "2").await;
    assert_eq!((done, failures), (vec!["1".to_owned()], vec![Some(String::new())]));
}

#[tokio::test]
async fn a_record_of_another_table_is_a_typed_failure() {
    let mut event = five().await;
    let arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/audit/stream/2026-01-01T00:00:00.000";
    event.records[1].event_source_arn = Some(arn.into());
    let outcome = Batch::from_lambda(&event)
        .of_table("shop")
        .handle(|_: dynamodel::stream::Event<ShopChange>| std::future::ready(Ok::<_, dynamodel::Error>(())))
        .await;
    let error = outcome.error().unwrap();
    assert_eq!((outcome.done, error.kind(), error.table()), (1, ErrorKind::WrongTable, Some("audit")));
    assert!(error.to_string().contains("records of `shop` were expected"), "{error}");
    assert!(!outcome.is_complete());
    assert_eq!(outcome.failures().len(), 4);
    assert!(outcome.failures()[1].error.is_none());
}

#[tokio::test]
async fn an_unreadable_record_stops_the_batch_and_can_be_put_aside() {
    let mut event = five().await;
    event.records[1].event_name = "REWIND".into();
    let handler = |_: dynamodel::stream::Event<ShopChange>| std::future::ready(Ok::<_, dynamodel::Error>(()));
    let outcome = Batch::from_lambda(&event).handle(handler).await;
    let error = outcome.error().unwrap();
    assert_eq!((outcome.done, error.kind()), (1, ErrorKind::Decode));
    assert!(error.to_string().contains("the operation `REWIND`"), "{error}");

    let mut aside = Vec::new();
    let outcome = Batch::from_lambda(&event)
        .handle_records(|record| {
            if let Err(error) = record.read::<ShopChange>() {
                aside.push((record.event_id().unwrap().to_owned(), error.kind()));
            }
            std::future::ready(Ok::<_, dynamodel::Error>(()))
        })
        .await;
    assert_eq!((outcome.done, outcome.is_complete()), (5, true));
    assert_eq!(aside, [(event.records[1].event_id.clone(), ErrorKind::Decode)]);
}

#[tokio::test]
async fn a_handlers_error_is_the_source_of_the_records() {
    use std::error::Error as _;
    let event = five().await;
    let outcome = Batch::from_lambda(&event)
        .handle(|_: dynamodel::stream::Event<ShopChange>| std::future::ready(Err(std::fmt::Error)))
        .await;
    let error = outcome.error().unwrap();
    assert_eq!(error.kind(), ErrorKind::HandlerFailed);
    assert!(error.to_string().contains(&event.records[0].event_id), "{error}");
    assert!(error.source().unwrap().is::<std::fmt::Error>());
}

#[tokio::test]
async fn the_sentinels_of_unique_values_are_handed_to_no_handler_of_items() {
    let sentinel = json!({
        "eventID": "e1", "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb",
        "awsRegion": "eu-west-1",
        "eventSourceARN": "arn:aws:dynamodb:eu-west-1:123456789012:table/shop/stream/2026-01-01T00:00:00.000",
        "dynamodb": {
            "Keys": {"PK": {"S": "$UNIQUE#User#email#a@example.com"}, "SK": {"S": "UNIQUE"}},
            "NewImage": {
                "PK": {"S": "$UNIQUE#User#email#a@example.com"}, "SK": {"S": "UNIQUE"}, "_type": {"S": "$unique"},
                "$owner": {"S": "USER#1"}, "$owner_sort": {"S": "USER"},
            },
            "SequenceNumber": "1", "SizeBytes": 1, "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    });
    let event: LambdaEvent = serde_json::from_value(json!({ "Records": [sentinel] })).unwrap();
    let batch = Batch::from_lambda(&event);
    assert!(batch.records().all(Record::is_of_sentinel));
    // A field that is the sort key may hold anything.
    let mut alike = event.clone();
    let keys = [("PK", "SHOP#1"), ("SK", "$UNIQUE#x")].map(|(name, text)| (name, json!({ "S": text })));
    alike.records[0].change.keys =
        serde_json::from_value(json!(serde_json::Map::from_iter(keys.map(|(n, v)| (n.to_owned(), v))))).unwrap();
    assert!(!Batch::from_lambda(&alike).records().any(Record::is_of_sentinel));
    let mut handed = 0;
    let outcome = batch
        .clone()
        .handle(|_: dynamodel::stream::Event<ShopChange>| {
            handed += 1;
            std::future::ready(Ok::<_, dynamodel::Error>(()))
        })
        .await;
    assert!(outcome.error().is_none());
    let raw = batch
        .handle_records(|_| {
            handed += 10;
            std::future::ready(Ok::<_, dynamodel::Error>(()))
        })
        .await;
    assert!(raw.error().is_none());
    assert_eq!(handed, 10);
}
