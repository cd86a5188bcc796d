//! Reading: queries, indexes, keys that are fields, items that cannot be read.

use dynamodel::keys::KeyValue;
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Clock, Entity, ErrorKind, Expiry};
use dynamodel_tests::model::{Note, Reading, Readings, Session, Shop};
use dynamodel_tests::{both, clock};
use std::time::Duration;

fn note(user_id: &str, number: i32) -> Note {
    Note {
        user_id: user_id.into(),
        number,
        owner: (number % 2 == 0).then(|| "even".to_owned()),
        text: format!("note {number}"),
    }
}

#[tokio::test]
async fn a_query_gives_its_entity_only_in_the_order_of_the_values() {
    for shop in both::<Shop>(&clock()).await {
        for number in [3, -20, 100, 0, -3] {
            shop.create(&note("u1", number)).await.unwrap();
        }
        shop.create(&note("u2", 7)).await.unwrap();
        shop.create(&Session::new("u1", "s1")).await.unwrap();
        let numbers = |notes: Vec<Note>| notes.into_iter().map(|note| note.number).collect::<Vec<_>>();
        let notes = shop.query(Note::of_user("u1")).consistent().collect().await.unwrap();
        assert_eq!(numbers(notes), [-20, -3, 0, 3, 100]);
        let last = shop.query(Note::of_user("u1")).backward().limit(2).await.unwrap();
        assert_eq!(numbers(last.items), [100, 3]);
        let sessions = shop.query(Session::of_user("u1")).await.unwrap();
        assert_eq!(sessions.items.len(), 1);
        assert_eq!(shop.query(Note::of_user("nobody")).first().await.unwrap(), None);
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    for shop in both::<Shop>(&clock()).await {
        for number in 0..10 {
            shop.create(&note("u1", number)).await.unwrap();
        }
        let (mut seen, mut next) = (Vec::new(), None);
        loop {
            let query = shop.query(Note::of_user("u1")).limit(3);
            let query = match next.take() {
                Some(cursor) => query.start_at(cursor),
                None => query,
            };
            let page = query.await.unwrap();
            assert!(page.items.len() <= 3);
            seen.extend(page.items.into_iter().map(|note| note.number));
            match page.next {
                Some(cursor) => next = Some(cursor),
                None => break,
            }
        }
        assert_eq!(seen, (0..10).collect::<Vec<_>>());
        assert_eq!(shop.query(Note::of_user("u1")).limit(0).await.unwrap().items, []);
    }
}

#[tokio::test]
async fn expired_items_are_left_out_and_a_limit_counts_what_is_returned() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let soon = Expiry::at(clock.now() + Duration::from_secs(60)).unwrap();
        for number in 0..8 {
            let session = Session::new("u1", &format!("s{number}"));
            let session = if number < 5 { session.until(soon) } else { session };
            shop.create(&session).await.unwrap();
        }
        clock.advance(Duration::from_secs(60));
        let ids = |page: dynamodel::Page<Session>| page.into_iter().map(|s| s.session_id).collect::<Vec<_>>();
        assert_eq!(ids(shop.query(Session::of_user("u1")).limit(2).await.unwrap()), ["s5", "s6"]);
        assert_eq!(shop.query(Session::of_user("u1")).first().await.unwrap().unwrap().session_id, "s5");
        assert_eq!(shop.query(Session::of_user("u1")).include_expired().collect().await.unwrap().len(), 8);
    }
}

#[tokio::test]
async fn an_index_finds_what_is_in_it_and_no_more() {
    for shop in both::<Shop>(&clock()).await {
        shop.create(&Session::new("u1", "s1")).await.unwrap();
        shop.create(&Session { token: None, ..Session::new("u1", "s2") }).await.unwrap();
        let found = shop.query(Session::by_token("token-s1")).await.unwrap();
        assert_eq!(found.items.len(), 1);
        assert_eq!(found.items[0].session_id, "s1");
        for number in 0..5 {
            shop.create(&note("u1", number)).await.unwrap();
        }
        let even = shop.query(Note::by_owner("even")).collect().await.unwrap();
        assert_eq!(even.len(), 3, "an absent field keeps the item out of the index");
    }
}

#[tokio::test]
async fn fields_that_are_keys_keep_their_types() {
    for readings in both::<Readings>(&clock()).await {
        for at in [5, -3, 1_000_000, 0] {
            readings.create(&Reading { device: "d1".into(), at, celsius: 20.5 }).await.unwrap();
        }
        let found = readings.query(Reading::of_device("d1")).collect().await.unwrap();
        assert_eq!(found.iter().map(|reading| reading.at).collect::<Vec<_>>(), [-3, 0, 5, 1_000_000]);
        let key = Reading::key("d1", -3);
        assert_eq!(key.values().unwrap(), (&KeyValue::S("d1".into()), Some(&KeyValue::N("-3".into()))));
        assert_eq!(Reading::parse_key(&key).unwrap(), ("d1".to_owned(), -3));
        assert_eq!(readings.get(key).await.unwrap().unwrap().celsius.to_bits(), 20.5_f64.to_bits());
    }
}

#[tokio::test]
async fn what_stands_in_a_key_can_be_anything() {
    for shop in both::<Shop>(&clock()).await {
        for user in ["a#b", "SESSION#", "$", " ", "\0", "a$b c\"\\", "日本語🦀", "{user_id}", &"x".repeat(1000)] {
            let session = Session::new(user, user);
            let session = Session { token: Some(user.to_owned()), ..session };
            shop.create(&session).await.unwrap();
            let stored = shop.get(session.primary_key()).await.unwrap().unwrap();
            assert_eq!((stored.user_id.as_str(), stored.session_id.as_str()), (user, user));
            assert_eq!(Session::parse_key(&stored.primary_key()).unwrap(), (user.to_owned(), user.to_owned()));
            let (by_user, by_token) = (Session::of_user(user), Session::by_token(user));
            assert_eq!(shop.query(by_user).collect().await.unwrap(), std::slice::from_ref(&stored));
            assert_eq!(shop.query(by_token).collect().await.unwrap(), [stored]);
        }
        assert_eq!(Session::parse_key(&Session::key("", "")).unwrap(), (String::new(), String::new()));
    }
}

#[tokio::test]
async fn an_item_that_cannot_be_read_says_where_and_what() {
    for shop in both::<Shop>(&clock()).await {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let put = shop
            .sdk()
            .put_item()
            .table_name(shop.table_name())
            .item("PK", text("USER#u1"))
            .item("SK", text("NOTE#00001"));
        let put = put.item("user_id", text("u1")).item("number", text("one")).item("body", text("x"));
        put.send().await.unwrap();
        let error = shop.get(Note::key("u1", 1)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(
            (error.entity(), error.attribute(), error.key()),
            (Some("Note"), Some("number"), Some("USER#u1 / NOTE#00001"))
        );
        assert_eq!(error.table(), Some(shop.table_name()));
        let said = error.to_string();
        assert!(said.contains("a number (N)") && said.contains("a string (S)"), "{said}");
        let error = shop.query(Note::of_user("u1")).await.unwrap_err();
        assert_eq!((error.kind(), error.key()), (ErrorKind::Decode, Some("USER#u1 / NOTE#00001")));
    }
}
