//! Batches on a real engine: every item once, in order, and nothing lost.

use dynamodel::op::BatchOp;
use dynamodel::{Client, Codec, ErrorKind};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Cached, Note, Session, Shop};
use std::time::{Duration, SystemTime};

async fn shop() -> Client<Shop> {
    engine::connect(&engine::clock(), Codec::Wire).await
}

fn note(number: i32, text: &str) -> Note {
    Note { user_id: "u".into(), number, owner: None, text: text.into() }
}

fn notes(count: i32) -> Vec<Note> {
    (0..count).map(|number| note(number, "x")).collect()
}

#[tokio::test]
async fn any_number_of_items_is_written_in_as_few_requests_as_can_be_and_read_in_the_order_of_the_asking() {
    for shop in engine::both::<Shop>(&engine::clock()).await {
        let notes = notes(260);
        let report = shop.batch_write().put_all(&notes).concurrency(3).await.unwrap();
        assert_eq!((report.done, report.given, report.requests, report.retried), (260, 260, 11, 0));

        let keys: Vec<_> = (-5..300).rev().map(|number| Note::key("u", number)).collect();
        let found = shop.batch_get(keys.clone()).concurrency(2).await.unwrap();
        let expected: Vec<_> =
            (-5..300).rev().map(|at: i32| usize::try_from(at).ok().and_then(|at| notes.get(at).cloned())).collect();
        assert_eq!(found, expected);
        let mut streamed = Vec::new();
        let mut stream = shop.batch_get(keys).concurrency(1).stream();
        while let Some(item) = stream.next().await {
            streamed.push(item.unwrap());
        }
        assert_eq!(streamed, expected);
    }
}

#[tokio::test]
async fn a_key_asked_twice_is_answered_twice_and_entities_keep_their_types() {
    let shop = shop().await;
    shop.create(&note(1, "x")).await.unwrap();
    shop.create(&Session::new("u", "s")).await.unwrap();
    let (notes, sessions) = shop
        .batch_get((
            vec![Note::key("u", 1), Note::key("u", 2), Note::key("u", 1)],
            [Session::key("u", "s"), Session::key("u", "none")],
        ))
        .await
        .unwrap();
    assert_eq!(notes, [Some(note(1, "x")), None, Some(note(1, "x"))]);
    assert_eq!(sessions.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false]);
    let none: Vec<Option<Note>> = shop.batch_get(Vec::<dynamodel::Key<Note>>::new()).await.unwrap();
    assert!(none.is_empty());
}

#[tokio::test]
async fn of_two_writes_of_one_item_the_later_one_holds() {
    let shop = shop().await;
    let mut batch = shop.batch_write().concurrency(4);
    // Many requests apart, and side by side.
    for round in 0..4 {
        for number in 0..40 {
            batch = batch.put(&note(number, &format!("{round}")));
        }
    }
    let report = batch.delete(Note::key("u", 39)).await.unwrap();
    assert_eq!((report.done, report.given), (161, 161));
    let left = shop.query(Note::of_user("u")).collect().await.unwrap();
    assert_eq!(left.len(), 39);
    assert!(left.iter().all(|note| note.text == "3"), "{left:?}");
}

#[tokio::test]
async fn versions_are_bumped_only_where_it_is_said_that_nobody_checks() {
    let shop = shop().await;
    let mut session = Session::new("u", "s");
    shop.save(&mut session).await.unwrap();
    session.hits = 5;
    shop.batch_write().unchecked().put(&session).await.unwrap();
    let stored = shop.get(Session::key("u", "s")).await.unwrap().unwrap();
    assert_eq!((stored.hits, stored.version), (5, 2));
    shop.batch_write().delete(Session::key("u", "s")).await.unwrap();
    assert_eq!(shop.get(Session::key("u", "s")).await.unwrap(), None);
}

#[tokio::test]
async fn a_mistake_is_found_before_anything_is_sent() {
    let shop = shop().await;
    let error = shop.batch_write().put(&note(1, "x")).put(&note(1_000_000, "x")).put(&note(2, "x")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidKey);
    assert_eq!(shop.query(Note::of_user("u")).count().await.unwrap(), 0);
    assert!(BatchOp::<Shop>::put(&note(1_000_000, "x")).is_err());
}

#[tokio::test]
async fn large_items_are_spread_over_requests() {
    let shop = shop().await;
    let large: Vec<_> = (0..60).map(|number| note(number, &"x".repeat(390 * 1024))).collect();
    let report = shop.batch_write().put_all(&large).concurrency(2).await.unwrap();
    assert_eq!((report.done, report.requests), (60, 3));
    let found = shop.batch_get((0..60).map(|number| Note::key("u", number)).collect::<Vec<_>>()).await.unwrap();
    assert!(found.into_iter().zip(&large).all(|(found, large)| found.as_ref() == Some(large)));
}

#[tokio::test]
async fn expired_items_are_left_out_unless_asked_for() {
    let shop = shop().await;
    let past = dynamodel::Expiry::at(SystemTime::now() - Duration::from_secs(100)).unwrap();
    let cached = Cached { name: "c".into(), value: 1, expires_at: past };
    shop.put(&cached).await.unwrap();
    assert_eq!(shop.batch_get([Cached::key("c")]).await.unwrap(), [None]);
    assert_eq!(shop.batch_get([Cached::key("c")]).include_expired().await.unwrap(), [Some(cached)]);
}

#[tokio::test]
async fn progress_is_told_after_every_request() {
    let shop = shop().await;
    let mut seen = Vec::new();
    let notes = notes(60);
    shop.batch_write().put_all(&notes).concurrency(1).on_progress(|progress| seen.push(progress.done)).await.unwrap();
    assert_eq!(seen, [25, 50, 60]);
}

/// A stream that counts how far it was read.
struct Counted {
    given: std::sync::Arc<std::sync::atomic::AtomicI32>,
}

impl futures_core::Stream for Counted {
    type Item = BatchOp<Shop>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let number = self.given.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        std::task::Poll::Ready((number < 1000).then(|| BatchOp::put(&note(number, "x")).unwrap()))
    }
}

#[tokio::test]
async fn a_stream_is_read_no_faster_than_it_is_written() {
    let shop = shop().await;
    let given = std::sync::Arc::new(std::sync::atomic::AtomicI32::new(0));
    let mut ahead = 0;
    let report = shop
        .batch_write()
        .stream(Counted { given: given.clone() })
        .concurrency(2)
        .on_progress(|progress| {
            let read = given.load(std::sync::atomic::Ordering::Relaxed);
            ahead = ahead.max(read - i32::try_from(progress.done).unwrap());
        })
        .await
        .unwrap();
    assert_eq!((report.done, report.requests), (1000, 40));
    assert!(ahead <= 3 * 25 + 1, "{ahead} were read before they could be written");
    assert_eq!(shop.query(Note::of_user("u")).count().await.unwrap(), 1000);
}
