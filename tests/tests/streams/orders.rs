//! The example `orders_async`, without deaths.

use dynamodel::embedded::Engine;
use dynamodel::stream::{ItemChange, Record};
use dynamodel::{Clock, Codec, Expiry};
use dynamodel_examples::orders_async::{Desk, DeskChange, Office, Request, State, Worker};
use dynamodel_tests::clock;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

async fn state(office: &Office, id: &str) -> (State, Option<String>, u32) {
    let Request { state, error, tries, .. } = office.look(id).await.unwrap().unwrap();
    (state, error, tries)
}

#[tokio::test]
async fn a_request_gets_its_response_at_once_and_ends_done_or_failed() {
    for codec in [Codec::Wire, Codec::AttributeValue] {
        let clock = clock();
        let engine = Engine::memory_at(&clock).unwrap();
        let desk = engine.client_with::<Desk>("desk", &Desk::with_stream()).await.unwrap().with_codec(codec);
        let (office, worker) = (Office::new(desk.clone()), Worker::new(&desk, "w1", HOUR));
        let streams = engine.streams_client();
        office.open_account("ada", 1_000).await.unwrap();
        let first = office.submit("r1", "ada", 700).await.unwrap();
        assert_eq!(office.submit("r1", "ada", 700).await.unwrap(), first, "asked twice, one request");
        office.submit("r2", "ada", 700).await.unwrap();
        office.submit("r3", "bob", 1).await.unwrap();
        assert_eq!(office.in_state(State::Pending).await.unwrap().len(), 3);

        worker.catch_up(&streams).await.unwrap();
        assert_eq!(state(&office, "r1").await, (State::Done, None, 1));
        let expires = Expiry::at(clock.now() + HOUR).unwrap();
        assert_eq!(office.look("r1").await.unwrap().unwrap().expires_at, Some(expires));
        let why = "a credit of 300 does not cover 700";
        assert_eq!(state(&office, "r2").await, (State::Failed, Some(why.into()), 1));
        assert_eq!(state(&office, "r3").await, (State::Failed, Some("there is no customer bob".into()), 1));

        // A retry that fails again, and one that does not.
        office.retry("r2").await.unwrap();
        worker.catch_up(&streams).await.unwrap();
        assert_eq!(state(&office, "r2").await, (State::Failed, Some(why.into()), 2));
        office.add_credit("ada", 400).await.unwrap();
        office.retry("r2").await.unwrap();
        assert_eq!(state(&office, "r2").await, (State::Pending, None, 2));
        worker.catch_up(&streams).await.unwrap();
        assert_eq!(state(&office, "r2").await, (State::Done, None, 3));
        assert!(office.retry("r2").await.unwrap_err().is_condition_failed(), "what is done is done");
        let account = office.account("ada").await.unwrap().unwrap();
        assert_eq!((account.credit, account.orders), (0, 2));
        assert_eq!(office.receipts("ada").await.unwrap().len(), 2);

        // Another worker has nothing to do, and what is done vanishes.
        let report = Worker::new(&desk, "w2", HOUR).catch_up(&streams).await.unwrap();
        assert_eq!(office.account("ada").await.unwrap().unwrap().orders, 2, "{report:?}");
        clock.advance(HOUR);
        assert_eq!(office.look("r1").await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_event_that_comes_again_from_elsewhere_changes_nothing() {
    let engine = Engine::memory().unwrap();
    let desk = engine.client_with::<Desk>("desk", &Desk::with_stream()).await.unwrap();
    let (office, worker) = (Office::new(desk.clone()), Worker::new(&desk, "w1", HOUR));
    office.open_account("ada", 1_000).await.unwrap();
    office.submit("r1", "ada", 700).await.unwrap();
    let streams = engine.streams_client();
    let list = streams.list_streams().send().await.unwrap();
    let arn = list.streams()[0].stream_arn().unwrap();
    let shard = "shardId-00000001-desk";
    let iterator = streams.get_shard_iterator().stream_arn(arn).shard_id(shard);
    let iterator = iterator.shard_iterator_type("TRIM_HORIZON".into()).send().await.unwrap();
    let page = streams.get_records().set_shard_iterator(iterator.shard_iterator).send().await.unwrap();
    let events: Vec<_> =
        page.records().iter().map(|record| Record::from_sdk(record).read::<DeskChange>().unwrap()).collect();
    assert!(matches!(&events[1].change, DeskChange::Request(ItemChange::Insert { new }) if new.id == "r1"));
    for _ in 0..3 {
        for event in &events {
            worker.on(event.clone()).await.unwrap();
        }
        worker.catch_up(&streams).await.unwrap();
    }
    let account = office.account("ada").await.unwrap().unwrap();
    assert_eq!((account.credit, account.orders), (300, 1));
}
