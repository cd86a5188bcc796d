//! Deleting and updating what a query or a scan finds.

use super::model::{AnyItem, fill, kept, numbers};
use dynamodel::bounds::{IntoKeyRange, Primary};
use dynamodel::keys::KeyRange;
use dynamodel::{Codec, Entity, ErrorKind, Table};
use dynamodel_tests::model::{Note, Session, Shop};
use dynamodel_tests::wrap::{Fault, wrap};
use dynamodel_tests::{both, clock, connect};
use serde::{Deserialize, Serialize};

fn everything_of(user: &str) -> KeyRange<AnyItem, Primary> {
    Note::of_user(user).into_key_range().whole_partition()
}

#[tokio::test]
async fn a_whole_partition_is_deleted_and_no_other() {
    for shop in both::<Shop>(&clock()).await {
        fill(&shop).await;
        let total = shop.query(everything_of("u1")).delete_each().await.unwrap();
        assert_eq!((total.done, total.skipped), (8, 0));
        assert_eq!(shop.query(everything_of("u1")).count().await.unwrap(), 0);
        assert_eq!(shop.scan::<AnyItem>().count().await.unwrap(), 32);
    }
}

#[tokio::test]
async fn deletes_by_a_filter_or_an_index_go_on_from_their_checkpoints() {
    for shop in both::<Shop>(&clock()).await {
        fill(&shop).await;
        let query = || shop.query(Note::by_owner("me")).filter(|n| n.number.lt(20)).evaluate_at_most(6);
        let mut checkpoint = None;
        let mut done = 0;
        loop {
            let query = match checkpoint.take() {
                Some(cursor) => query().start_at(cursor),
                None => query(),
            };
            let page = query.delete_each().concurrency(2).pages().next().await.unwrap().unwrap();
            assert!(page.evaluated <= 6);
            done += page.done;
            match page.checkpoint {
                Some(cursor) => {
                    let text = serde_json::to_string(&cursor).unwrap();
                    checkpoint = Some(serde_json::from_str(&text).unwrap());
                }
                None => break,
            }
        }
        assert_eq!(done, 20);
        assert_eq!(numbers(shop.scan::<Note>().collect().await.unwrap()), (20..30).collect::<Vec<_>>());
        let mut pages = shop.scan::<Note>().segments(5).delete_each().pages();
        let first = pages.next().await.unwrap().unwrap();
        let rest =
            shop.scan::<Note>().segments(5).resume_from(kept(&first.checkpoint.unwrap())).delete_each().await.unwrap();
        assert_eq!(first.done + rest.done, 10);
    }
}

#[tokio::test]
async fn updates_by_query_carry_index_keys_and_versions_along() {
    for shop in both::<Shop>(&clock()).await {
        for number in 0..5 {
            let session = Session { hits: number, ..Session::new("u1", &format!("s{number}")) };
            shop.create(&session).await.unwrap();
        }
        let mut given = 0;
        let query = shop.query(Session::of_user("u1")).filter(|s| s.hits.ge(2));
        let total = query.update_each(move |session| {
            given += 1;
            session.set(|s| s.token, format!("new-{given}")).add(|s| s.hits, 10)
        });
        assert_eq!(total.await.unwrap().done, 3);
        for given in 1..=3 {
            let found = shop.query(Session::by_token(&format!("new-{given}"))).first().await.unwrap().unwrap();
            assert_eq!((found.hits >= 12, found.version), (true, 2));
        }
        let total = shop.scan::<Session>().segments(3).update_each(|session| session.remove(|s| s.token)).await;
        assert_eq!(total.unwrap().done, 5);
        assert_eq!(shop.query(Session::by_token("new-1")).first().await.unwrap(), None);
        let none = shop.scan::<Session>().update_each(|session| session).await.unwrap_err();
        assert_eq!(none.kind(), ErrorKind::InvalidRequest);
    }
}

#[tokio::test]
async fn what_changed_in_between_is_skipped() {
    for shop in both::<Shop>(&clock()).await {
        for number in 0..4 {
            shop.create(&Session::new("u1", &format!("s{number}"))).await.unwrap();
        }
        // Between the read and the writes to what it found: one is gone, one does not fit the filter any more.
        let meddler = shop.clone();
        let meddle = move || {
            let shop = meddler.clone();
            async move {
                shop.delete(Session::key("u1", "s1")).await.unwrap();
                shop.update(Session::key("u1", "s2")).set(|s| s.hits, 99).await.unwrap();
            }
        };
        let (wrapped, _) = wrap(&shop, 1, move |seen| {
            let first = seen.operation == "UpdateItem" && seen.before == 0;
            first.then(|| Fault::First(Box::pin(meddle())))
        });
        let query = wrapped.query(Session::of_user("u1")).filter(|s| s.hits.lt(10));
        let updating = query.update_each(|session| session.set(|s| s.nick, "n")).concurrency(1);
        let total = updating.await.unwrap();
        assert_eq!((total.done, total.skipped), (2, 2));
        assert_eq!(shop.get(Session::key("u1", "s1")).await.unwrap(), None, "an update creates nothing");
        assert_eq!(shop.get(Session::key("u1", "s2")).await.unwrap().unwrap().nick, None);
    }
}

#[tokio::test]
async fn a_delete_repeats_access_pattern_and_filter_as_its_condition() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    fill(&shop).await;
    let (wrapped, seen) = wrap(&shop, 1, |_| None);
    wrapped.query(Note::by_owner("me")).filter(|n| n.number.eq(3)).delete_each().await.unwrap();
    let read = &seen.seen("Query")[0];
    assert_eq!(read["ProjectionExpression"], "#owner, #PK, #SK", "nothing but keys");
    let deletes = seen.seen("DeleteItem");
    assert_eq!(deletes.len(), 1);
    let condition = deletes[0]["ConditionExpression"].as_str().unwrap();
    assert!(condition.starts_with("attribute_exists(#PK) AND #owner = :owner"), "{condition}");
    assert!(condition.ends_with("#number = :number"), "{condition}");
    wrapped.query(everything_of("u1")).delete_each().await.unwrap();
    let deletes = seen.seen("DeleteItem");
    let condition = deletes[1]["ConditionExpression"].as_str().unwrap();
    assert!(condition.starts_with("attribute_exists(#PK) AND (attribute_not_exists(#expires_at)"), "{condition}");
}

/// Two entities under one index key.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", gsi(ByOwner, pk = "owner"), entities(Task, Bug))]
struct Board;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Board, pk = "TASK#{id}", index(by_owner = ByOwner, pk = owner, mixed))]
struct Task {
    id: String,
    owner: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Board, pk = "BUG#{id}", index(by_owner = ByOwner, pk = owner, mixed))]
struct Bug {
    id: String,
    owner: String,
}

#[tokio::test]
async fn a_delete_or_update_by_query_leaves_other_entities_under_the_same_index_key_alone() {
    for board in both::<Board>(&clock()).await {
        for id in 0..4 {
            board.create(&Task { id: id.to_string(), owner: "me".into() }).await.unwrap();
            board.create(&Bug { id: id.to_string(), owner: "me".into() }).await.unwrap();
        }
        let total = board.query(Task::by_owner("me")).update_each(|t| t.set(|t| t.owner, "you")).await.unwrap();
        // The server has left the bugs out.
        assert_eq!((total.done, total.skipped), (4, 0));
        let total = board.query(Task::by_owner("you")).delete_each().await.unwrap();
        assert_eq!((total.done, total.skipped), (4, 0));
        let total = board.query(Task::by_owner("me")).delete_each().await.unwrap();
        assert_eq!((total.done, total.skipped), (0, 0));
        assert_eq!(board.scan::<Bug>().count().await.unwrap(), 4);
        assert_eq!(board.scan::<Task>().count().await.unwrap(), 0);
    }
}
