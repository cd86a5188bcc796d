//! The table of verbs, row by row, on a real engine and by both ways of travelling.

use dynamodel::{Clock, Entity, ErrorKind, Expiry, ManualClock};
use dynamodel_tests::model::{Cached, Document, Note, Session, Shop};
use dynamodel_tests::{both, clock};
use std::time::Duration;
use uuid::Uuid;

const MINUTE: Duration = Duration::from_secs(60);

fn in_a_minute(clock: &ManualClock) -> Expiry {
    Expiry::at(clock.now() + MINUTE).unwrap()
}

#[tokio::test]
async fn create_stores_the_first_version_and_everything_beside_the_fields() {
    for shop in both::<Shop>(&clock()).await {
        let session = Session::new("u1", "s1");
        assert_eq!(shop.create(&session).await.unwrap(), 1);
        let stored = shop.get(Session::key("u1", "s1")).consistent().await.unwrap();
        assert_eq!(stored, Some(Session { version: 1, ..session }));

        let raw = shop.sdk().get_item().table_name(shop.table_name());
        let raw = raw.key("PK", attribute("USER#u1")).key("SK", attribute("SESSION#s1")).send().await.unwrap();
        let item = raw.item.unwrap();
        let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str);
        assert_eq!(text("GSI1PK"), Some("TOKEN#token-s1"));
        assert_eq!(text("GSI1SK"), Some("SESSION"));
        assert_eq!(text("_type"), Some("Session"));
        assert!(!item.contains_key("nick") && !item.contains_key("expires_at"), "absent fields are left out");
    }
}

#[tokio::test]
async fn create_on_an_existing_key_is_refused_with_the_item_in_one_request() {
    for shop in both::<Shop>(&clock()).await {
        let mut session = Session::new("u1", "s1");
        shop.create(&session).await.unwrap();
        session.hits = 99;
        let error = shop.create(&session).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert!(error.is_already_exists() && error.is_condition_failed() && !error.is_conflict());
        assert_eq!(error.attempts(), 1);
        assert_eq!(error.current::<Session>().unwrap().hits, 0);
        assert_eq!((error.entity(), error.key()), (Some("Session"), Some("USER#u1 / SESSION#s1")));
        assert_eq!(error.into_current::<Session>().unwrap().version, 1);
    }
}

#[tokio::test]
async fn create_takes_an_expired_item_for_absent() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let old = Session::new("u1", "s1").until(in_a_minute(&clock));
        shop.create(&old).await.unwrap();
        shop.create(&old).await.unwrap_err();
        clock.advance(MINUTE);
        let new = Session { hits: 5, ..Session::new("u1", "s1") };
        assert_eq!(shop.create(&new).await.unwrap(), 1);
        let stored = shop.get(new.primary_key()).await.unwrap().unwrap();
        assert_eq!((stored.hits, stored.expires_at), (5, None), "nothing is left of the old one");
    }
}

#[tokio::test]
async fn create_refuses_the_item_of_another_entity_by_name() {
    for shop in both::<Shop>(&clock()).await {
        let foreign = shop.sdk().put_item().table_name(shop.table_name());
        let foreign = foreign.item("PK", attribute("USER#u1")).item("SK", attribute("SESSION#s1"));
        foreign.item("_type", attribute("Invoice")).send().await.unwrap();
        for error in [
            shop.create(&Session::new("u1", "s1")).await.unwrap_err(),
            shop.get(Session::key("u1", "s1")).await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::WrongEntity);
            assert!(error.to_string().contains("`Invoice`"), "{error}");
        }
    }
}

#[tokio::test]
async fn put_replaces_an_item_without_a_version_whatever_is_there() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let mut cached = Cached { name: "a".into(), value: 1, expires_at: in_a_minute(&clock) };
        shop.put(&cached).await.unwrap();
        cached.value = 2;
        shop.put(&cached).await.unwrap();
        assert_eq!(shop.get(Cached::key("a")).await.unwrap().unwrap().value, 2);
        clock.advance(MINUTE);
        cached.expires_at = in_a_minute(&clock);
        shop.put(&cached).await.unwrap();
        assert_eq!(shop.get(Cached::key("a")).await.unwrap(), Some(cached));
    }
}

#[tokio::test]
async fn put_of_a_versioned_entity_is_checked_and_bumped() {
    for shop in both::<Shop>(&clock()).await {
        let mut session = Session::new("u1", "s1");
        session.version = shop.put(&session).await.unwrap();
        assert_eq!(session.version, 1);
        assert_eq!(shop.put(&session).await.unwrap(), 2);

        let stale = shop.put(&session).await.unwrap_err();
        assert!(stale.is_conflict());
        assert_eq!(stale.current::<Session>().unwrap().version, 2);

        let fresh = shop.put(&Session::new("u1", "s1")).await.unwrap_err();
        assert_eq!(fresh.kind(), ErrorKind::AlreadyExists);

        shop.delete(session.primary_key()).await.unwrap();
        let gone = shop.put(&session).await.unwrap_err();
        assert_eq!(gone.kind(), ErrorKind::NotFound);
        assert_eq!(gone.key(), Some("USER#u1 / SESSION#s1"));
    }
}

#[tokio::test]
async fn put_replaces_an_expired_item() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let mut session = Session::new("u1", "s1").until(in_a_minute(&clock));
        session.version = shop.put(&session).await.unwrap();
        clock.advance(MINUTE);
        session.expires_at = Some(in_a_minute(&clock));
        assert_eq!(shop.put(&session).await.unwrap(), 2, "by the version that is stored");
        clock.advance(MINUTE);
        assert_eq!(shop.put(&Session::new("u1", "s1")).await.unwrap(), 1, "by a fresh value");
    }
}

#[tokio::test]
async fn save_bumps_the_value_only_when_it_succeeded() {
    for shop in both::<Shop>(&clock()).await {
        let mut mine = Session::new("u1", "s1");
        shop.save(&mut mine).await.unwrap();
        assert_eq!(mine.version, 1);
        let mut theirs = mine.clone();
        mine.hits = 1;
        shop.save(&mut mine).await.unwrap();
        assert_eq!(mine.version, 2);

        theirs.hits = 100;
        let error = shop.save(&mut theirs).await.unwrap_err();
        assert!(error.is_conflict());
        assert_eq!(error.current::<Session>(), Some(&mine));
        assert_eq!((theirs.version, theirs.hits), (1, 100), "the value stays as it was");

        let mut fresh = Session::new("u1", "s1");
        assert_eq!(shop.save(&mut fresh).await.unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(fresh.version, 0);
    }
}

#[tokio::test]
async fn save_does_not_bring_back_what_is_gone() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let mut session = Session::new("u1", "s1").until(in_a_minute(&clock));
        shop.save(&mut session).await.unwrap();
        let mut cached = Cached { name: "a".into(), value: 1, expires_at: in_a_minute(&clock) };
        shop.save(&mut cached).await.unwrap();
        clock.advance(MINUTE);

        session.expires_at = Some(in_a_minute(&clock));
        let error = shop.save(&mut session).await.unwrap_err();
        assert!(error.is_gone());
        assert_eq!(error.kind(), ErrorKind::Expired);
        assert_eq!(error.current::<Session>().unwrap().version, 1);
        cached.expires_at = in_a_minute(&clock);
        assert_eq!(shop.save(&mut cached).await.unwrap_err().kind(), ErrorKind::Expired);
        let mut fresh = Session::new("u1", "s1");
        assert_eq!(shop.save(&mut fresh).await.unwrap_err().kind(), ErrorKind::Expired);

        shop.delete(session.primary_key()).await.unwrap();
        assert_eq!(shop.save(&mut session).await.unwrap_err().kind(), ErrorKind::NotFound);
        shop.delete(cached.primary_key()).await.unwrap();
        shop.save(&mut cached).await.unwrap();
    }
}

#[tokio::test]
async fn a_random_version_changes_with_every_write() {
    for shop in both::<Shop>(&clock()).await {
        let mut document = Document { id: Uuid::from_u128(7), text: "a".into(), etag: Uuid::nil() };
        document.etag = shop.create(&document).await.unwrap();
        let stale = document.clone();
        shop.save(&mut document).await.unwrap();
        assert_ne!(document.etag, stale.etag);
        assert!(shop.put(&stale).await.unwrap_err().is_conflict());
        shop.update(&document).set(|d| d.text, "b").await.unwrap();
        let stored = shop.get(document.primary_key()).await.unwrap().unwrap();
        assert_eq!(stored.text, "b");
        assert_ne!(stored.etag, document.etag);
        assert!(shop.update(&document).set(|d| d.text, "c").await.unwrap_err().is_conflict());
    }
}

#[tokio::test]
async fn update_needs_an_item_and_makes_no_phantom() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let error = shop.update(Session::key("u1", "s1")).set(|s| s.hits, 1).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(shop.get(Session::key("u1", "s1")).await.unwrap(), None);

        shop.create(&Session::new("u1", "s1").until(in_a_minute(&clock))).await.unwrap();
        clock.advance(MINUTE);
        let error = shop.update(Session::key("u1", "s1")).set(|s| s.hits, 1).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Expired);
        let stored = shop.get(Session::key("u1", "s1")).include_expired().await.unwrap().unwrap();
        assert_eq!(stored.hits, 0);
    }
}

#[tokio::test]
async fn update_by_key_bumps_the_version_and_update_by_value_checks_it() {
    for shop in both::<Shop>(&clock()).await {
        let mut session = Session::new("u1", "s1");
        shop.save(&mut session).await.unwrap();
        shop.update(Session::key("u1", "s1")).set(|s| s.hits, 7).set(|s| s.nick, "ada").await.unwrap();
        let stored = shop.get(session.primary_key()).await.unwrap().unwrap();
        assert_eq!((stored.hits, stored.nick.as_deref(), stored.version), (7, Some("ada"), 2));

        let conflict = shop.update(&session).set(|s| s.hits, 8).await.unwrap_err();
        assert!(conflict.is_conflict());
        assert_eq!(conflict.current::<Session>(), Some(&stored));

        shop.update(&stored).set(|s| s.nick, None).await.unwrap();
        let stored = shop.get(session.primary_key()).await.unwrap().unwrap();
        assert_eq!((stored.nick, stored.version), (None, 3), "a field that becomes None is removed");
    }
}

#[tokio::test]
async fn update_sets_fields_under_their_stored_names() {
    for shop in both::<Shop>(&clock()).await {
        shop.create(&Note { user_id: "u1".into(), number: 1, owner: None, text: "a".into() }).await.unwrap();
        let text = String::from("b");
        shop.update(Note::key("u1", 1)).set(|n| n.text, &text).await.unwrap();
        assert_eq!(shop.get(Note::key("u1", 1)).await.unwrap().unwrap().text, "b");
    }
}

#[tokio::test]
async fn an_update_that_says_nothing_or_one_thing_twice_is_not_sent() {
    for shop in both::<Shop>(&clock()).await {
        let nothing = shop.update(Session::key("u1", "s1")).await.unwrap_err();
        assert_eq!((nothing.kind(), nothing.attempts()), (ErrorKind::InvalidRequest, 0));
        let twice = shop.update(Session::key("u1", "s1")).set(|s| s.hits, 1).set(|s| s.hits, 2).await.unwrap_err();
        assert_eq!((twice.kind(), twice.attribute()), (ErrorKind::InvalidRequest, Some("hits")));
        let fresh = shop.update(&Session::new("u1", "s1")).set(|s| s.hits, 1).await.unwrap_err();
        assert_eq!(fresh.kind(), ErrorKind::InvalidRequest);
    }
}

#[tokio::test]
async fn delete_by_key_asks_nothing_and_by_value_checks_the_version() {
    for shop in both::<Shop>(&clock()).await {
        shop.delete(Session::key("u1", "s1")).await.unwrap();
        let mut session = Session::new("u1", "s1");
        shop.save(&mut session).await.unwrap();
        let stale = session.clone();
        shop.save(&mut session).await.unwrap();
        let conflict = shop.delete(&stale).await.unwrap_err();
        assert!(conflict.is_conflict());
        assert_eq!(conflict.current::<Session>(), Some(&session));
        shop.delete(&session).await.unwrap();
        assert_eq!(shop.get(session.primary_key()).await.unwrap(), None);
        assert_eq!(shop.delete(&session).await.unwrap_err().kind(), ErrorKind::NotFound);
    }
}

#[tokio::test]
async fn an_expired_item_reads_as_none_unless_asked_for() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let session = Session::new("u1", "s1").until(in_a_minute(&clock));
        shop.create(&session).await.unwrap();
        clock.advance(Duration::from_secs(59));
        assert!(shop.get(session.primary_key()).await.unwrap().is_some());
        clock.advance(Duration::from_secs(1));
        assert_eq!(shop.get(session.primary_key()).await.unwrap(), None);
        assert!(shop.get(session.primary_key()).include_expired().await.unwrap().is_some());
    }
}

fn attribute(text: &str) -> dynamodel::sdk::types::AttributeValue {
    dynamodel::sdk::types::AttributeValue::S(text.to_owned())
}
