//! Records of a real stream as typed events.

use super::model::{Basket, Order, ShopChange, ShopChangeOf, World, older};
use dynamodel::define::StreamView;
use dynamodel::stream::{
    Batch, Event, ItemChange, KeyChange, KeysOnly, NewImage, NewImageChange, OldImage, OldImageChange, Operation,
    Record, RemovedBy, SequenceNumber,
};
use dynamodel::{Bytes, ErrorKind, Expiry, Set};
use std::error::Error as _;
use std::time::Duration;

fn full(id: &str) -> Order {
    Order {
        note: Some("\"quoted\" \u{1F600}\n".into()),
        data: [("a b".to_owned(), "1".to_owned()), ("c".to_owned(), String::new())].into(),
        tags: ["x", "y", "z"].map(str::to_owned).into_iter().collect::<Set<_>>(),
        blob: Some(Bytes::from(vec![0, 255, 7])),
        ..Order::new(id)
    }
}

#[tokio::test]
async fn insert_modify_and_remove_come_with_their_images_and_say_what_changed() {
    let world = World::new().await;
    let before = full("o1");
    world.shop.create(&before).await.unwrap();
    let after = Order { status: "paid".into(), paid: true, note: None, ..before.clone() };
    world.shop.put(&after).await.unwrap();
    world.shop.delete(Order::key("o1")).await.unwrap();

    let events: Vec<_> = world.records().await.iter().map(|record| record.read::<ShopChange>().unwrap()).collect();
    let [inserted, modified, removed] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(inserted.change, ShopChange::Order(ItemChange::Insert { new: before.clone() }));
    let ShopChange::Order(ItemChange::Modify { old, new, changed }) = &modified.change else { panic!("{modified:?}") };
    assert_eq!((old, new), (&before, &after));
    // The keys of the index follow from the status: they are not told.
    assert_eq!(changed.names().collect::<Vec<_>>(), ["note", "paid", "status"]);
    assert!(changed.contains(|o| o.status) && !changed.contains(|o| o.total) && !changed.contains(|o| o.tags));
    assert_eq!(removed.change, ShopChange::Order(ItemChange::Remove { old: after, by: RemovedBy::User }));

    assert!(inserted.sequence_number < modified.sequence_number && modified.sequence_number < removed.sequence_number);
    assert!(inserted.id != modified.id && !inserted.id.is_empty() && inserted.at.is_some());
}

#[tokio::test]
async fn what_dynamodb_deletes_by_itself_is_told_from_what_users_delete() {
    let world = World::new().await;
    let until = Expiry::from_epoch_seconds(world.clock.epoch_seconds() + 60).unwrap();
    for user in ["ada", "bob"] {
        world.shop.create(&Basket { user: user.into(), lines: vec![1], version: 0, until }).await.unwrap();
    }
    world.shop.delete(Basket::key("ada")).await.unwrap();
    world.clock.advance(Duration::from_secs(61));
    assert_eq!(world.engine.sweep_expired().unwrap(), 1);

    let removed: Vec<_> = world
        .records()
        .await
        .iter()
        .filter_map(|record| match record.read::<ShopChange>().unwrap().change {
            ShopChange::Basket(ItemChange::Remove { old, by }) => Some((old.user, by)),
            _ => None,
        })
        .collect();
    assert_eq!(removed, [("ada".into(), RemovedBy::User), ("bob".into(), RemovedBy::TimeToLive)]);
}

#[test]
fn only_dynamodb_itself_is_time_to_live() {
    use dynamodel::stream::sdk::types::{Identity, Record as SdkRecord};
    let by = |identity: Option<(&str, &str)>| {
        let identity = identity.map(|(kind, who)| Identity::builder().r#type(kind).principal_id(who).build());
        Record::from_sdk(&SdkRecord::builder().set_user_identity(identity).build()).removed_by()
    };
    assert_eq!(by(Some(("Service", "dynamodb.amazonaws.com"))), RemovedBy::TimeToLive);
    assert_eq!(by(Some(("Service", "other.amazonaws.com"))), RemovedBy::User);
    assert_eq!(by(Some(("User", "dynamodb.amazonaws.com"))), RemovedBy::User);
    assert_eq!(by(None), RemovedBy::User);
}

#[tokio::test]
async fn a_record_without_an_id_is_no_event() {
    use dynamodel::stream::sdk::types::{AttributeValue, OperationType, Record as SdkRecord, StreamRecord};
    let record = |id: Option<&str>| {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let body = StreamRecord::builder().keys("PK", text("?")).keys("SK", text("?")).sequence_number("7").build();
        let record = SdkRecord::builder().event_name(OperationType::Remove).dynamodb(body);
        Record::from_sdk(&record.set_event_id(id.map(str::to_owned)).build())
    };
    let named = record(Some("e1")).read::<ShopChange>().unwrap();
    assert_eq!(named.id, "e1");
    for nameless in [record(None), record(Some(""))] {
        assert_eq!(nameless.event_id(), None);
        let error = nameless.read::<ShopChange>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let said = "a record without an event id (sequence number 7): it has no `eventID`";
        assert!(error.to_string().contains(said), "{error}");
        // It stops a batch as whatever cannot be read does, and can be taken as it is.
        let records = || Batch::new([nameless.clone(), record(Some("e1"))]);
        let ignore = |_: Event<ShopChange>| std::future::ready(Ok::<_, dynamodel::Error>(()));
        let outcome = records().handle(ignore).await;
        assert_eq!((outcome.done, outcome.failures().len()), (0, 2));
        let outcome = records().handle_records(|_| std::future::ready(Ok::<_, dynamodel::Error>(()))).await;
        assert_eq!((outcome.done, outcome.failures().len()), (2, 0));
    }
}

/// A stream of this view, with an item that came, was changed and went.
async fn life(view: StreamView) -> Vec<Record> {
    let world = World::with_view(view).await;
    world.shop.create(&Order::new("o1")).await.unwrap();
    world.shop.update(Order::key("o1")).set(|o| o.total, 20).await.unwrap();
    world.shop.delete(Order::key("o1")).await.unwrap();
    world.records().await
}

#[tokio::test]
async fn a_narrow_view_has_changes_of_its_own_without_what_it_lacks() {
    let (old, new) = (Order::new("o1"), Order { total: 20, ..Order::new("o1") });
    let (key, by) = (Order::key("o1"), RemovedBy::User);

    let changes = |records: &[Record]| {
        records.iter().map(|record| record.read::<ShopChangeOf<NewImage>>().unwrap().change).collect::<Vec<_>>()
    };
    let expected = [
        ShopChangeOf::<NewImage>::Order(NewImageChange::Insert { new: old.clone() }),
        ShopChangeOf::<NewImage>::Order(NewImageChange::Modify { new: new.clone() }),
        ShopChangeOf::<NewImage>::Order(NewImageChange::Remove { key: key.clone(), by }),
    ];
    assert_eq!(changes(&life(StreamView::NewImage).await), expected);
    // A stream that holds more can be read as one that holds less.
    assert_eq!(changes(&life(StreamView::NewAndOldImages).await), expected);

    let changes: Vec<_> = life(StreamView::OldImage).await.iter().map(|r| r.read::<ShopChangeOf<OldImage>>()).collect();
    let changes: Vec<_> = changes.into_iter().map(|event| event.unwrap().change).collect();
    assert_eq!(
        changes,
        [
            ShopChangeOf::<OldImage>::Order(OldImageChange::Insert { key: key.clone() }),
            ShopChangeOf::<OldImage>::Order(OldImageChange::Modify { old }),
            ShopChangeOf::<OldImage>::Order(OldImageChange::Remove { old: new, by }),
        ]
    );

    let changes: Vec<_> = life(StreamView::KeysOnly).await.iter().map(|r| r.read::<ShopChangeOf<KeysOnly>>()).collect();
    let changes: Vec<_> = changes.into_iter().map(|event| event.unwrap().change).collect();
    assert_eq!(
        changes,
        [
            ShopChangeOf::<KeysOnly>::Order(KeyChange::Insert { key: key.clone() }),
            ShopChangeOf::<KeysOnly>::Order(KeyChange::Modify { key: key.clone() }),
            ShopChangeOf::<KeysOnly>::Order(KeyChange::Remove { key, by }),
        ]
    );
}

#[tokio::test]
async fn an_image_that_the_stream_does_not_hold_is_a_typed_error() {
    for (view, missing) in [
        (StreamView::NewImage, [false, true, true]),
        (StreamView::OldImage, [true, true, false]),
        (StreamView::KeysOnly, [true, true, true]),
    ] {
        let records = life(view).await;
        for (record, missing) in records.iter().zip(missing) {
            let read = record.read::<ShopChange>();
            assert_eq!(read.is_err(), missing, "{view:?} {:?}", record.operation());
            if let Err(error) = read {
                assert_eq!((error.kind(), error.entity()), (ErrorKind::ImageMissing, Some("Order")));
                let text = error.to_string();
                assert!(
                    text.contains(record.event_id().unwrap()) && text.contains(record.sequence_number().as_str()),
                    "{text}"
                );
                assert!(text.contains("let the stream hold `NewAndOldImages`"), "{text}");
            }
        }
    }
}

#[tokio::test]
async fn items_of_entities_that_this_version_does_not_know_are_kept_as_they_are() {
    let world = World::new().await;
    world.shop.create(&Order::new("o1")).await.unwrap();
    let until = Expiry::from_epoch_seconds(world.clock.epoch_seconds() + 60).unwrap();
    world.shop.create(&Basket { user: "ada".into(), lines: vec![1, 2], version: 0, until }).await.unwrap();
    let records = world.records().await;

    let known = records[0].read::<older::OldShopChange>().unwrap();
    assert!(matches!(known.change, older::OldShopChange::Order(ItemChange::Insert { .. })));
    let older::OldShopChange::Unknown(record) = records[1].read::<older::OldShopChange>().unwrap().change else {
        panic!("a basket is no order")
    };
    assert_eq!(record.operation(), &Operation::Insert);
    assert!(record.new_json().unwrap().contains(r#""_type":{"S":"Basket"}"#));
    assert!(record.keys_json().unwrap().contains("BASKET#ada"));
    // It can still be read by who knows it.
    assert!(matches!(record.read::<ShopChange>().unwrap().change, ShopChange::Basket(_)));
}

#[tokio::test]
async fn what_cannot_be_read_names_record_key_and_attribute() {
    let world = World::new().await;
    let put = world.shop.sdk().put_item().table_name("shop");
    let text = |text: &str| dynamodel::sdk::types::AttributeValue::S(text.into());
    let put = put.item("PK", text("ORDER#o1")).item("SK", text("ORDER")).item("_type", text("Order"));
    put.item("status", text("new")).item("total", text("many")).send().await.unwrap();

    let record = &world.records().await[0];
    let error = record.read::<ShopChange>().unwrap_err();
    assert_eq!((error.kind(), error.entity(), error.attribute()), (ErrorKind::Decode, Some("Order"), Some("total")));
    assert_eq!(error.key(), Some("ORDER#o1 / ORDER"));
    assert!(
        error.to_string().contains(&format!("the record `{}` (sequence number", record.event_id().unwrap())),
        "{error}"
    );
    assert!(error.source().unwrap().to_string().contains("expected"), "{:?}", error.source());
    // An item that became another entity: the old image is none of the new one's.
    let put = world.shop.sdk().put_item().table_name("shop").item("PK", text("ORDER#o1")).item("SK", text("ORDER"));
    put.item("_type", text("Message")).item("id", text("m")).item("text", text("t")).send().await.unwrap();
    let error = world.records().await[1].read::<ShopChange>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongEntity);
    assert!(error.to_string().contains("its old image cannot be decoded"), "{error}");
}

#[tokio::test]
async fn an_item_that_something_else_wrote_is_known_by_its_key() {
    let world = World::new().await;
    let text = |text: &str| dynamodel::sdk::types::AttributeValue::S(text.into());
    let put = world.shop.sdk().put_item().table_name("shop").item("PK", text("OUTBOX#m1")).item("SK", text("MESSAGE"));
    put.item("id", text("m1")).item("text", text("hello")).send().await.unwrap();
    let event = world.records().await[0].read::<ShopChange>().unwrap();
    assert!(matches!(event.change, ShopChange::Message(ItemChange::Insert { new }) if new.text == "hello"));
}

#[test]
fn sequence_numbers_are_in_the_order_of_numbers() {
    let number = |text: &str| SequenceNumber::from(text);
    assert!(number("9") < number("10") && number("10") < number("200000000000000000000000000000000000001"));
    assert_eq!(number("007"), number("7"));
    assert!(number("").is_missing() && number("") < number("1"));
}
