//! Checkpoints: where a scan goes on, whatever ended it.

use super::model::{AnyItem, fill, kept, numbers};
use dynamodel::op::ScanCheckpoint;
use dynamodel::{Client, Codec, ErrorKind};
use dynamodel_tests::model::{Note, Session, Shop};
use dynamodel_tests::wrap::{Fault, wrap};
use dynamodel_tests::{both, clock, connect};

#[tokio::test]
async fn a_scan_goes_on_from_a_kept_checkpoint_after_every_page() {
    for shop in both::<Shop>(&clock()).await {
        fill(&shop).await;
        for segments in [1, 7] {
            let (mut seen, mut checkpoint) = (Vec::new(), None);
            let mut rounds = 0;
            loop {
                rounds += 1;
                assert!(rounds < 200, "it never ends");
                let scan = shop.scan::<Note>().segments(segments).concurrency(3).evaluate_at_most(4);
                let scan = match checkpoint.take() {
                    Some(checkpoint) => scan.resume_from(checkpoint),
                    None => scan,
                };
                let page = scan.pages().next().await.unwrap().unwrap();
                assert!(page.evaluated <= 4);
                seen.extend(page.items);
                if page.checkpoint.is_done() {
                    assert_eq!(page.checkpoint.segments_done(), segments);
                    let done = shop.scan::<Note>().segments(segments).resume_from(kept(&page.checkpoint));
                    assert_eq!(done.explain().unwrap_err().kind(), ErrorKind::InvalidRequest);
                    assert!(done.pages().next().await.is_none());
                    break;
                }
                checkpoint = Some(kept(&page.checkpoint));
            }
            assert!(rounds >= 10);
            assert_eq!(numbers(seen), (0..30).collect::<Vec<_>>());
        }
    }
}

#[tokio::test]
async fn after_an_error_the_last_checkpoint_goes_on_without_loss() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    fill(&shop).await;
    for fails in [1, 2, 5, 9] {
        let (broken, _) = wrap(&shop, 1, move |seen| (seen.before == fails).then_some(Fault::Refuse));
        let scan = |shop: &Client<Shop>| shop.scan::<Note>().segments(7).concurrency(3);
        let mut pages = scan(&broken).evaluate_at_most(60).pages();
        let (mut items, mut last, mut failed) = (Vec::new(), None, false);
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => {
                    last = Some(kept(&page.checkpoint));
                    items.extend(page.items);
                }
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Unavailable, "{error}");
                    failed = true;
                }
            }
        }
        assert_eq!(failed, fails < 7 || items.len() < 30);
        assert!(pages.next().await.is_none(), "it ends after an error");
        let rest = match last {
            Some(last) => scan(&shop).resume_from(last).collect().await.unwrap(),
            None => scan(&shop).collect().await.unwrap(),
        };
        items.extend(rest);
        assert_eq!(numbers(items), (0..30).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_checkpoint_of_another_scan_is_refused() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    fill(&shop).await;
    let scan = || shop.scan::<Note>().segments(3).filter(|n| n.number.ge(2));
    let page = scan().pages().next().await.unwrap().unwrap();
    let checkpoint = || kept(&page.checkpoint);
    scan().resume_from(checkpoint()).explain().unwrap();
    scan().limit(3).concurrency(1).resume_from(checkpoint()).explain().unwrap();
    let other = Client::<Shop>::new(shop.sdk(), "other");
    let refused = [
        shop.scan::<Note>().segments(3).resume_from(checkpoint()).explain(),
        shop.scan::<Note>().segments(3).filter(|n| n.number.ge(3)).resume_from(checkpoint()).explain(),
        shop.scan::<Note>().segments(3).filter(|n| n.number.gt(2)).resume_from(checkpoint()).explain(),
        scan().segments(4).resume_from(checkpoint()).explain(),
        shop.scan::<Session>().segments(3).resume_from(checkpoint()).explain(),
        shop.scan::<AnyItem>().segments(3).resume_from(checkpoint()).explain(),
        other.scan::<Note>().segments(3).filter(|n| n.number.ge(2)).resume_from(checkpoint()).explain(),
    ];
    for refused in refused {
        assert!(refused.unwrap_err().is_invalid_cursor());
    }
    assert!(scan().segments(4).resume_from(checkpoint()).collect().await.unwrap_err().is_invalid_cursor());
    let text = serde_json::to_string(&page.checkpoint).unwrap();
    assert!(text.len() < 250, "{text}");
    assert!(serde_json::from_str::<ScanCheckpoint>(&text.replace("\"version\":1", "\"version\":2")).is_err());
    let beyond = text.replace("\"next\":3", "\"next\":4");
    assert_ne!(beyond, text);
    assert!(scan().resume_from(serde_json::from_str(&beyond).unwrap()).explain().unwrap_err().is_invalid_cursor());
}

#[tokio::test]
async fn an_answer_that_is_lost_ends_the_stream_and_the_checkpoint_before_goes_on() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    fill(&shop).await;
    // The first try is carried out and its answer lost; the second one finds nothing.
    let (broken, _) =
        wrap(&shop, 2, |seen| (seen.operation == "DeleteItem" && seen.before == 7).then_some(Fault::Lose));
    let mut pages = broken.scan::<Note>().segments(5).concurrency(1).delete_each().concurrency(1).pages();
    let mut last = None;
    let error = loop {
        match pages.next().await.unwrap() {
            Ok(page) => last = page.checkpoint,
            Err(error) => break error,
        }
    };
    assert!(error.is_outcome_unknown(), "{error}");
    assert_eq!(error.table(), Some(shop.table_name()));
    assert!(pages.next().await.is_none());
    let scan = shop.scan::<Note>().segments(5);
    match last {
        Some(last) => scan.resume_from(last).delete_each().await.unwrap(),
        None => scan.delete_each().await.unwrap(),
    };
    assert_eq!(shop.scan::<Note>().count().await.unwrap(), 0);

    // Adding twice is not adding once.
    let (broken, _) =
        wrap(&shop, 2, |seen| (seen.operation == "UpdateItem" && seen.before == 2).then_some(Fault::Lose));
    let adding = broken.scan::<Session>().update_each(|session| session.add(|s| s.hits, 1)).await;
    assert!(adding.unwrap_err().is_outcome_unknown());
    let (broken, _) =
        wrap(&shop, 2, |seen| (seen.operation == "UpdateItem" && seen.before == 2).then_some(Fault::Lose));
    let setting = broken.scan::<Session>().update_each(|session| session.set(|s| s.hits, 1)).await;
    assert_eq!(setting.unwrap().done, 10);
}
