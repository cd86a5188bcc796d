//! A session store under concurrency: load, save against the last known version, mismatch.

use dynamodel::{Change, Client, Codec, ErrorKind, RetryPolicy};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Document, Session, Shop};
use std::time::Duration;

async fn shop() -> Client<Shop> {
    let patient = RetryPolicy { tries: 1000, first: Duration::from_millis(1), longest: Duration::from_millis(20) };
    engine::connect::<Shop>(&engine::clock(), Codec::Wire).await.with_retries(patient)
}

#[tokio::test]
async fn of_two_who_loaded_one_version_the_second_to_save_meets_a_mismatch_with_what_the_first_saved() {
    let shop = shop().await;
    shop.create(&Session::new("u", "s")).await.unwrap();
    let mut first = shop.get(Session::key("u", "s")).await.unwrap().unwrap();
    let mut second = first.clone();
    first.hits = 1;
    second.hits = 2;
    shop.save(&mut first).await.unwrap();
    let mismatch = shop.save(&mut second).await.unwrap_err();
    assert_eq!((mismatch.kind(), second.version), (ErrorKind::Conflict, 1));
    assert_eq!(mismatch.current::<Session>(), Some(&first));
    assert_eq!(shop.get(Session::key("u", "s")).await.unwrap(), Some(first));
}

#[tokio::test]
async fn no_change_of_many_who_modify_at_once_is_lost() {
    let shop = shop().await;
    shop.create(&Session::new("u", "s")).await.unwrap();
    let tasks: Vec<_> = (0..16)
        .map(|task| {
            let shop = shop.clone();
            tokio::spawn(async move {
                let mut tries = 0;
                for round in 0..4 {
                    let modified = shop
                        .modify(Session::key("u", "s"), |session| {
                            session.hits += 1;
                            session.data.insert(format!("{task}-{round}"), "done".to_owned());
                        })
                        .await
                        .unwrap();
                    assert!(modified.written);
                    tries += modified.tries;
                }
                tries
            })
        })
        .collect();
    let mut tries = 0;
    for task in tasks {
        tries += task.await.unwrap();
    }
    let stored = shop.get(Session::key("u", "s")).consistent().await.unwrap().unwrap();
    assert_eq!((stored.hits, stored.version, stored.data.len()), (64, 65, 65));
    assert!(tries > 64, "nobody met anybody: {tries}");
}

#[tokio::test]
async fn a_modify_may_stop_needs_an_item_and_gives_up_in_the_end() {
    let shop = shop().await;
    let missing = shop.modify(Session::key("u", "s"), |_| ()).await.unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    shop.create(&Session::new("u", "s")).await.unwrap();
    let stopped = shop.modify(Session::key("u", "s"), |session| {
        session.hits = 99;
        Change::Stop
    });
    let stopped = stopped.await.unwrap();
    assert_eq!((stopped.written, stopped.tries, stopped.item.hits), (false, 1, 99));
    assert_eq!(shop.get(Session::key("u", "s")).await.unwrap().unwrap().hits, 0);

    // Somebody else is faster every time.
    let rival = shop.clone();
    let impatient = shop.clone().with_retries(RetryPolicy { tries: 3, ..RetryPolicy::default() });
    let mut calls = 0;
    let lost = impatient
        .modify(Session::key("u", "s"), |session| {
            calls += 1;
            session.hits += 1;
            let rival = rival.clone();
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async { rival.update(Session::key("u", "s")).set(|s| s.hits, 500).await.unwrap() });
            })
            .join()
            .unwrap();
        })
        .await
        .unwrap_err();
    assert_eq!((lost.kind(), calls), (ErrorKind::Conflict, 3));
    assert_eq!(lost.current::<Session>().unwrap().hits, 500);
}

#[tokio::test]
async fn random_versions_do_as_well() {
    let shop = shop().await;
    let id = uuid::Uuid::from_u128(7);
    let document = Document { id, text: String::new(), etag: uuid::Uuid::nil() };
    shop.create(&document).await.unwrap();
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let shop = shop.clone();
            tokio::spawn(async move { shop.modify(Document::key(id), |d| d.text.push('x')).await.map(|m| m.item.etag) })
        })
        .collect();
    let mut etags = std::collections::BTreeSet::new();
    for task in tasks {
        etags.insert(task.await.unwrap().unwrap());
    }
    assert_eq!(etags.len(), 16);
    assert_eq!(shop.get(Document::key(id)).await.unwrap().unwrap().text.len(), 16);
}
