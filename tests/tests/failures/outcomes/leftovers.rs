//! Leftovers of batches never bring older writes back.

use dynamodel::op::BatchOp;
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::{Client, Codec, Error, ErrorKind, RetryPolicy};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Note, Shop};
use dynamodel_tests::storm::{Random, Storm};
use dynamodel_tests::tap::{Do, error_body, tapped};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

fn note(number: i32, text: &str) -> Note {
    Note { user_id: "u".into(), number, owner: None, text: text.into() }
}

/// The same client, where nobody tries again.
fn impatient(shop: Client<Shop>) -> Client<Shop> {
    let config = shop.sdk().config().to_builder().retry_config(RetryConfig::disabled()).build();
    shop.with_sdk(dynamodel::sdk::Client::from_conf(config)).with_retries(RetryPolicy::ONCE)
}

fn throttled() -> Do {
    Do::Respond(400, error_body("ProvisionedThroughputExceededException", "slow down"))
}

/// A table, and a client of it whose first so many batch requests are throttled.
async fn throttling(first: u32, codec: Codec) -> (Client<Shop>, Client<Shop>) {
    let shop: Client<Shop> = engine::connect(&engine::clock(), codec).await;
    let seen = AtomicU32::new(0);
    let faulty = tapped(&shop, move |operation, _| {
        let early = operation == "BatchWriteItem" && seen.fetch_add(1, Ordering::SeqCst) < first;
        if early { throttled() } else { Do::Pass }
    });
    (shop, impatient(faulty))
}

async fn text_of(shop: &Client<Shop>, number: i32) -> Option<String> {
    shop.get(Note::key("u", number)).consistent().await.unwrap().map(|note| note.text)
}

#[tokio::test]
async fn a_later_write_that_was_carried_out_drops_the_older_leftover() {
    for codec in [Codec::Wire, Codec::AttributeValue] {
        let (shop, faulty) = throttling(1, codec).await;
        // The first request holds the old write, and is throttled to its end; the second one holds the new one.
        let mut notes: Vec<_> = (0..25).map(|number| note(number, "old")).collect();
        notes.push(note(0, "new"));
        let error = faulty.batch_write().put_all(&notes).concurrency(1).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unprocessed);
        let left = error.into_leftovers::<Shop>();
        assert_eq!(left.len(), 24);
        let report = shop.batch_write().retry_leftovers(left).await.unwrap();
        assert_eq!((report.done, report.given), (24, 24));
        assert_eq!(text_of(&shop, 0).await.as_deref(), Some("new"));
    }
}

#[tokio::test]
async fn of_two_leftovers_of_one_item_the_later_one_is_kept() {
    let (shop, faulty) = throttling(u32::MAX, Codec::Wire).await;
    let mut batch = faulty.batch_write().concurrency(1).put_all(&(0..25).map(|n| note(n, "old")).collect::<Vec<_>>());
    batch = batch.put(&note(0, "new")).delete(Note::key("u", 1));
    let error = batch.await.unwrap_err();
    let left = error.into_leftovers::<Shop>();
    assert_eq!(left.len(), 25);
    shop.batch_write().retry_leftovers(left).await.unwrap();
    assert_eq!(text_of(&shop, 0).await.as_deref(), Some("new"));
    assert_eq!(text_of(&shop, 1).await, None);
}

#[tokio::test]
async fn leftovers_go_before_the_other_writes_of_the_batch() {
    let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    let left = || vec![BatchOp::<Shop>::put(&note(1, "old")).unwrap(), BatchOp::put(&note(2, "old")).unwrap()];
    let newer = note(1, "new");
    shop.batch_write().put(&newer).retry_leftovers(left()).await.unwrap();
    assert_eq!(text_of(&shop, 1).await.as_deref(), Some("new"));
    assert_eq!(text_of(&shop, 2).await.as_deref(), Some("old"));
    let later = vec![BatchOp::<Shop>::put(&note(1, "later")).unwrap()];
    shop.batch_write().retry_leftovers(left()).retry_leftovers(later).delete(Note::key("u", 2)).await.unwrap();
    assert_eq!(text_of(&shop, 1).await.as_deref(), Some("later"));
    assert_eq!(text_of(&shop, 2).await, None);
}

#[tokio::test]
async fn a_mistake_in_a_batch_gives_the_leftovers_of_the_other_one_back() {
    let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    let left = vec![BatchOp::<Shop>::put(&note(1, "old")).unwrap()];
    let error = shop.batch_write().put(&note(1_000_000, "x")).retry_leftovers(left).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidKey, 0));
    assert_eq!(error.leftovers::<Shop>().len(), 1);
}

#[tokio::test]
async fn an_unprocessed_write_whose_key_cannot_be_read_is_not_taken_for_done() {
    let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    let table = shop.table_name().to_owned();
    let bodies = [
        format!(r#"{{"UnprocessedItems":{{"{table}":[{{"PutRequest":{{"Item":{{"body":{{"S":"x"}}}}}}}}]}}}}"#),
        format!(
            r#"{{"UnprocessedItems":{{"{table}":[{{"DeleteRequest":{{"Key":{{"PK":{{"S":"other"}},"SK":{{"S":"key"}}}}}}}}]}}}}"#
        ),
    ];
    for body in bodies {
        let faulty = impatient(tapped(&shop, move |operation, _| {
            if operation == "BatchWriteItem" { Do::Respond(200, body.clone()) } else { Do::Pass }
        }));
        let error = faulty.batch_write().put(&note(1, "x")).await.unwrap_err();
        assert_eq!((error.kind(), error.leftovers::<Shop>().len()), (ErrorKind::Unprocessed, 1), "{error:?}");
    }
}

#[tokio::test]
async fn items_of_a_batch_get_whose_key_cannot_be_read_are_not_taken_for_absent() {
    let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    shop.put(&note(1, "x")).await.unwrap();
    let table = shop.table_name().to_owned();
    let bodies = [
        format!(r#"{{"Responses":{{"{table}":[{{"body":{{"S":"x"}}}}]}},"UnprocessedKeys":{{}}}}"#),
        format!(r#"{{"Responses":{{"{table}":[{{"PK":{{"S":"a"}},"SK":{{"S":"b"}}}}]}},"UnprocessedKeys":{{}}}}"#),
        format!(r#"{{"Responses":{{}},"UnprocessedKeys":{{"{table}":{{"Keys":[{{"PK":{{"S":"a"}}}}]}}}}}}"#),
        format!(
            r#"{{"Responses":{{}},"UnprocessedKeys":{{"{table}":{{"Keys":[{{"PK":{{"S":"a"}},"SK":{{"S":"b"}}}}]}}}}}}"#
        ),
    ];
    for body in bodies {
        let faulty = impatient(tapped(&shop, move |_, _| Do::Respond(200, body.clone())));
        let error = faulty.batch_get([Note::key("u", 1)]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error:?}");
    }
}

/// What a batch is given: puts and deletes of a few items, so that many writes meet.
fn random_writes(
    random: &mut Random,
    keys: u64,
    count: u64,
    last: &mut BTreeMap<i32, Option<String>>,
) -> Vec<BatchOp<Shop>> {
    let writes = (0..count).map(|at| {
        let number = i32::try_from(random.below(keys)).unwrap();
        if random.percent(20) {
            last.insert(number, None);
            BatchOp::delete(&Note::key("u", number)).unwrap()
        } else {
            let text = format!("{at}-{}", random.number());
            last.insert(number, Some(text.clone()));
            BatchOp::put(&note(number, &text)).unwrap()
        }
    });
    writes.collect()
}

/// A stream of what is in a list, which is not always ready.
struct Dripping(std::vec::IntoIter<BatchOp<Shop>>, Random);

impl futures_core::Stream for Dripping {
    type Item = BatchOp<Shop>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        if self.1.percent(10) {
            context.waker().wake_by_ref();
            return std::task::Poll::Pending;
        }
        std::task::Poll::Ready(self.0.next())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn batches_and_their_leftovers_always_end_with_the_last_write() {
    let (mut operations, faults, mut retried_batches) = (0_u64, Arc::new(AtomicU32::new(0)), 0_u64);
    let mut storm = Storm::new(8);
    for seed in storm.by_ref() {
        let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
        let random = Arc::new(Mutex::new(Random::new(seed)));
        let (chance, count) = (Arc::clone(&random), Arc::clone(&faults));
        let faulty = tapped(&shop, move |operation, _| {
            if operation != "BatchWriteItem" {
                return Do::Pass;
            }
            let fault = chance.lock().unwrap().below(20);
            count.fetch_add(u32::from(fault < 8), Ordering::SeqCst);
            match fault {
                0 | 1 => throttled(),
                2 => Do::Fail,
                3 => Do::FailAfter,
                4 => Do::CutBefore,
                5 => Do::CutAfter,
                6 => Do::SlowAfter(Duration::from_millis(3)),
                7 => Do::RespondAfter(200, "{\"UnprocessedItems\":".into()),
                _ => Do::Pass,
            }
        });
        let faulty = impatient(faulty);
        let mut own = Random::new(seed.wrapping_mul(31));
        let (keys, count) = (1 + own.below(60), 1 + own.below(400));
        let mut last = BTreeMap::new();
        let mut writes = random_writes(&mut own, keys, count, &mut last);
        let streamed = writes.split_off(usize::try_from(own.below(count)).unwrap());
        operations += count;
        let at_once = usize::try_from(1 + own.below(6)).unwrap();
        let batch = faulty
            .batch_write()
            .concurrency(at_once)
            .retry_leftovers(writes)
            .stream(Dripping(streamed.into_iter(), own.clone()));
        let mut outcome = batch.await.map(|_| ());
        let mut rounds = 0;
        while let Err(error) = outcome {
            rounds += 1;
            assert!(rounds < 200, "seed {seed}: {error}");
            assert_eq!(error.kind(), ErrorKind::Unprocessed, "seed {seed}: {error:?}");
            let left = error.into_leftovers::<Shop>();
            assert!(!left.is_empty(), "seed {seed}");
            retried_batches += 1;
            // New writes come along with the leftovers now and then.
            let newer = if own.percent(30) { random_writes(&mut own, keys, 30, &mut last) } else { Vec::new() };
            operations += u64::try_from(newer.len()).unwrap();
            let stream = Dripping(newer.into_iter(), own.clone());
            outcome = faulty.batch_write().concurrency(at_once).stream(stream).retry_leftovers(left).await.map(|_| ());
        }
        check(&shop, &last).await.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    }
    println!(
        "batches with leftovers: {} rounds, {operations} writes, {} faults, {retried_batches} batches of leftovers: every \
         item as its last write says",
        storm.rounds(),
        faults.load(Ordering::SeqCst)
    );
}

async fn check(shop: &Client<Shop>, last: &BTreeMap<i32, Option<String>>) -> Result<(), Error> {
    let there = shop.query(Note::of_user("u")).collect().await?;
    let there: BTreeMap<_, _> = there.into_iter().map(|note| (note.number, note.text)).collect();
    let wanted: BTreeMap<_, _> = last.iter().filter_map(|(at, text)| Some((*at, text.clone()?))).collect();
    assert_eq!(there, wanted);
    Ok(())
}
