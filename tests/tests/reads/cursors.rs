//! Pages forward and back, and the cursors between them: exact, bound to their query, and sealed for other hands.

use dynamodel::bounds::{Index, Item};
use dynamodel::op::Query;
use dynamodel::{Client, Clock, Codec, Cursor, CursorKey, ErrorKind, Expiry, Page, Table};
use dynamodel_tests::engine::is_remote;
use dynamodel_tests::model::{Note, Reading, Readings, Session, Shop};
use dynamodel_tests::{both, clock, connect};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

/// A list of notes, some of them marked, and how it is looked at.
#[derive(Debug, Clone)]
struct Case {
    notes: BTreeMap<i32, bool>,
    marked_only: bool,
    backward: bool,
    size: u32,
    /// How much one page may cost at most: then it may be short, even empty.
    evaluate: Option<u64>,
    requests: Option<u32>,
}

fn case() -> impl Strategy<Value = Case> {
    let notes = proptest::collection::btree_map(-30..30_i32, proptest::bool::weighted(0.4), 0..25);
    let limits = (proptest::option::weighted(0.3, 1..5_u64), proptest::option::weighted(0.2, Just(1_u32)));
    (notes, any::<bool>(), any::<bool>(), 1..9_u32, limits).prop_map(
        |(notes, marked_only, backward, size, (evaluate, requests))| Case {
            notes,
            marked_only,
            backward,
            size,
            evaluate,
            requests,
        },
    )
}

impl Case {
    /// What there is to see, by a map.
    fn expected(&self) -> Vec<i32> {
        let seen = self.notes.iter().filter(|(_, marked)| !self.marked_only || **marked).map(|(number, _)| *number);
        if self.backward { seen.rev().collect() } else { seen.collect() }
    }

    async fn page(&self, shop: &Client<Shop>, user: &str, at: Option<Cursor>) -> Page<Note> {
        let mut query = shop.query(Note::of_user(user)).limit(self.size);
        if self.marked_only {
            query = query.filter(|n| n.text.eq("marked"));
        }
        if self.backward {
            query = query.backward();
        }
        if let Some(items) = self.evaluate {
            query = query.evaluate_at_most(items);
        }
        if let Some(requests) = self.requests {
            query = query.requests_at_most(requests);
        }
        match at {
            Some(cursor) => query.start_at(cursor),
            None => query,
        }
        .await
        .unwrap()
    }
}

fn numbers(page: &Page<Note>) -> Vec<i32> {
    page.items.iter().map(|note| note.number).collect()
}

#[tokio::test]
async fn pages_forward_and_back_show_the_same_items_whatever_their_size() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    let cursors = CursorKey::new("a secret of the tests").unwrap();
    // As a browser hands them back.
    let passed = |cursor: Cursor| cursors.open(&cursors.seal(&cursor)).unwrap();
    let mut runner = TestRunner::deterministic();
    for round in 0..if is_remote() { 15 } else { 60 } {
        let case = case().new_tree(&mut runner).unwrap().current();
        let user = format!("u{round}");
        for (number, marked) in &case.notes {
            let text = if *marked { "marked" } else { "plain" }.to_owned();
            shop.create(&Note { user_id: user.clone(), number: *number, owner: None, text }).await.unwrap();
        }
        let expected = case.expected();
        let exact = case.evaluate.is_none() && case.requests.is_none();

        let (mut pages, mut at) = (Vec::new(), None);
        loop {
            let page = case.page(&shop, &user, at.take()).await;
            assert!(page.items.len() <= case.size as usize, "{case:?}");
            // An empty page, or a short one, is not the end: only a page with no next one is.
            if exact && page.next.is_some() {
                assert_eq!(page.items.len(), case.size as usize, "{case:?}");
            }
            assert_eq!(page.previous.is_some(), !pages.is_empty(), "{case:?}");
            at = page.next.clone().map(passed);
            pages.push(page);
            if at.is_none() {
                break;
            }
            assert!(pages.len() < 200, "{case:?}");
        }
        let forward: Vec<i32> = pages.iter().flat_map(numbers).collect();
        assert_eq!(forward, expected, "{case:?}");

        let last = pages.last().unwrap();
        let (mut back, mut at, mut rounds) = (numbers(last), last.previous.clone().map(passed), 0);
        while let Some(cursor) = at.take() {
            let page = case.page(&shop, &user, Some(cursor)).await;
            // It is read from the end where the last page was empty: then nothing lies behind it.
            assert!(page.next.is_some() || back.is_empty(), "there is a page after it: {case:?}");
            if page.next.is_none() {
                back = numbers(&page);
                at = page.previous.map(passed);
                continue;
            }
            // And from there forward again: what stood behind it.
            let again = case.page(&shop, &user, page.next.clone().map(passed)).await;
            let overlap: Vec<i32> = numbers(&again).into_iter().take(back.len()).collect();
            assert!(back.starts_with(&overlap), "{case:?}: {overlap:?} is not in front of {back:?}");
            back = numbers(&page).into_iter().chain(back).collect();
            at = page.previous.map(passed);
            rounds += 1;
            assert!(rounds < 200, "{case:?}");
        }
        assert_eq!(back, expected, "{case:?}");
    }
}

#[tokio::test]
async fn streams_and_counts_agree_with_pages_also_from_a_cursor() {
    for shop in both::<Shop>(&clock()).await {
        for number in 0..20 {
            let text = if number % 3 == 0 { "marked" } else { "plain" }.to_owned();
            shop.create(&Note { user_id: "u1".into(), number, owner: None, text }).await.unwrap();
        }
        let query = || shop.query(Note::of_user("u1")).filter(|n| n.text.eq("marked"));
        let first = query().limit(3).await.unwrap();
        assert_eq!(numbers(&first), [0, 3, 6]);
        let next = || first.next.clone().unwrap();
        assert_eq!(query().start_at(next()).count().await.unwrap(), 4);
        assert_eq!(query().start_at(next()).collect().await.unwrap().len(), 4);
        assert_eq!(query().start_at(next()).limit(2).count().await.unwrap(), 2);
        assert_eq!(query().start_at(next()).limit(2).collect().await.unwrap().len(), 2);
        assert_eq!(query().start_at(next()).first().await.unwrap().unwrap().number, 9);
    }
}

#[tokio::test]
async fn a_limit_of_nothing_asks_nothing_and_what_is_there_is_still_to_come() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    shop.create(&Note { user_id: "u1".into(), number: 1, owner: None, text: "x".into() }).await.unwrap();
    let query = || shop.query(Note::of_user("u1"));
    for none in [query().limit(0), query().evaluate_at_most(0), query().requests_at_most(0)] {
        let page = none.await.unwrap();
        assert_eq!((page.items.len(), page.requests), (0, 0));
        assert_eq!(numbers(&query().start_at(page.next.unwrap()).await.unwrap()), [1]);
    }
    for none in [query().limit(0), query().evaluate_at_most(0), query().requests_at_most(0)] {
        assert_eq!(none.collect().await.unwrap(), []);
    }
    assert_eq!(query().requests_at_most(0).count().await.unwrap(), 0);
}

#[tokio::test]
async fn many_expired_items_in_front_do_not_cost_a_request_each() {
    let clock = clock();
    let shop = connect::<Shop>(&clock, Codec::Wire).await;
    let soon = Expiry::at(clock.now() + Duration::from_secs(60)).unwrap();
    for number in 0..120 {
        shop.create(&Session::new("u1", &format!("a{number:03}")).until(soon)).await.unwrap();
    }
    shop.create(&Session::new("u1", "b")).await.unwrap();
    clock.advance(Duration::from_secs(60));
    let page = shop.query(Session::of_user("u1")).limit(1).await.unwrap();
    assert_eq!(page.items[0].session_id, "b");
    assert!(page.requests <= 3, "{} requests", page.requests);
}

async fn refused<P, I, T>(query: Query<P, I, Client<T>>, cursor: &Cursor)
where
    P: Item<Table = T> + std::fmt::Debug,
    I: Index,
    T: Table,
{
    let shown = format!("{query:?}");
    let error = query.start_at(cursor.clone()).await.unwrap_err();
    assert!(error.is_invalid_cursor(), "{shown}: {error}");
}

#[tokio::test]
async fn a_cursor_of_another_query_is_refused() {
    let clock = clock();
    let shop = connect::<Shop>(&clock, Codec::Wire).await;
    for number in 0..3 {
        let owner = Some("me".to_owned());
        shop.create(&Note { user_id: "u1".into(), number, owner, text: "x".into() }).await.unwrap();
        shop.create(&Session::new("u1", &format!("s{number}"))).await.unwrap();
    }
    let query = || shop.query(Note::of_user("u1"));
    let cursor = query().filter(|n| n.text.eq("x")).limit(1).await.unwrap().next.unwrap();
    query().filter(|n| n.text.eq("x")).limit(2).consistent().start_at(cursor.clone()).await.expect("its own");
    refused(query(), &cursor).await;
    refused(query().filter(|n| n.text.eq("y")), &cursor).await;
    refused(query().filter(|n| n.text.ne("x")), &cursor).await;
    refused(query().filter(|n| n.text.eq("x")).backward(), &cursor).await;
    refused(shop.query(Note::of_user("u2")).filter(|n| n.text.eq("x")), &cursor).await;
    refused(shop.query(Note::by_owner("me")).filter(|n| n.text.eq("x")), &cursor).await;
    refused(shop.query(Session::of_user("u1")), &cursor).await;
    let other = Client::<Shop>::new(shop.sdk(), "other");
    refused(other.query(Note::of_user("u1")).filter(|n| n.text.eq("x")), &cursor).await;
    let readings = connect::<Readings>(&clock, Codec::Wire).await;
    refused(readings.query(Reading::of_device("u1")), &cursor).await;
    let counted = query().start_at(cursor).count().await.unwrap_err();
    assert_eq!((counted.kind(), counted.table()), (ErrorKind::InvalidCursor, Some(shop.table_name())));
}

async fn token(shop: &Client<Shop>, key: &CursorKey) -> (String, Cursor) {
    for id in ["01J9ZQ3V6R8T0W2Y4A6C8E0G2J", "01J9ZQ3V6R8T0W2Y4A6C8E0G2K"] {
        shop.put(&Session::new("someone@example.com", id)).await.unwrap_or_default();
    }
    let page = shop.query(Session::of_user("someone@example.com")).limit(1).await.unwrap();
    let cursor = page.next.unwrap();
    (key.seal(&cursor), cursor)
}

#[tokio::test]
async fn a_token_is_small_and_fits_into_an_address() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    let key = CursorKey::new("a secret of the tests").unwrap();
    let (token, cursor) = token(&shop, &key).await;
    assert!(token.len() <= 110, "{} bytes: {token}", token.len());
    assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'), "{token}");
    assert_eq!(key.open(&token).unwrap(), cursor);
    let text = serde_json::to_string(&cursor).unwrap();
    assert_eq!(serde_json::from_str::<Cursor>(&text).unwrap(), cursor);
    assert!(serde_json::from_str::<Cursor>(&text.replace("\"version\":1", "\"version\":2")).is_err());
}

#[tokio::test]
async fn a_token_that_was_tampered_with_does_not_open() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    let key = CursorKey::new("a secret of the tests").unwrap();
    let (token, _) = token(&shop, &key).await;
    let mut tried = 0;
    for at in 0..token.len() {
        for bit in 0..8 {
            let mut bytes = token.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            // Text that is none cannot even be asked about.
            if let Ok(flipped) = String::from_utf8(bytes) {
                assert!(key.open(&flipped).unwrap_err().is_invalid_cursor(), "bit {bit} of byte {at}");
                tried += 1;
            }
        }
        assert!(key.open(&token[..at]).unwrap_err().is_invalid_cursor(), "cut at {at}");
    }
    assert_eq!(tried, token.len() * 7);
    for more in ["A", "=", "==", " ", "\n", "AAAA"] {
        assert!(key.open(&format!("{token}{more}")).unwrap_err().is_invalid_cursor(), "{more:?}");
    }
    for text in ["", "A", "....", "日本語", &"A".repeat(100_000)] {
        assert!(key.open(text).unwrap_err().is_invalid_cursor());
    }
}

#[tokio::test]
async fn secrets_change_over_and_tokens_expire() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    let old = CursorKey::new("the first secret of all").unwrap();
    let new = CursorKey::new("the secret that followed").unwrap();
    let both = new.clone().or("the first secret of all").unwrap();
    let (token, cursor) = token(&shop, &old).await;
    assert!(new.open(&token).unwrap_err().is_invalid_cursor());
    assert_eq!(both.open(&token).unwrap(), cursor);
    assert_eq!(new.open(&both.seal(&cursor)).unwrap(), cursor, "the newest one seals");
    assert!(old.open(&both.seal(&cursor)).unwrap_err().is_invalid_cursor());
    assert_eq!(CursorKey::new("short").unwrap_err().kind(), ErrorKind::Configuration);
    assert_eq!(new.clone().or("short").unwrap_err().kind(), ErrorKind::Configuration);

    let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let brief = new.seal_until(&cursor, at(1_000));
    assert_eq!(new.open_at(&brief, at(999)).unwrap(), cursor);
    assert!(new.open_at(&brief, at(1_000)).unwrap_err().is_invalid_cursor());
    assert!(new.open(&brief).unwrap_err().is_invalid_cursor());
    assert!(!format!("{new:?}{both:?}").contains("secret"));
}

#[tokio::test]
async fn a_stored_cursor_can_bring_nothing_else_into_a_request() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    let key = CursorKey::new("a secret of the tests").unwrap();
    let (_, cursor) = token(&shop, &key).await;
    let mut stored: serde_json::Value = serde_json::to_value(&cursor).unwrap();
    stored["key"][0][2] = r#"x"}},"TableName":"other","Z":{"S":{"S":""#.into();
    let forged: Cursor = serde_json::from_value(stored).unwrap();
    let query = shop.query(Session::of_user("someone@example.com")).start_at(forged);
    let body: serde_json::Value = serde_json::from_str(&query.explain().unwrap().body).unwrap();
    assert_eq!(body["TableName"], shop.table_name());
    assert_eq!(body["ExclusiveStartKey"]["PK"]["S"], "USER#someone@example.com");
}
