//! Bad input is a typed error that names entity, attribute and remedy, before anything is sent.

mod empty_keys;

use dynamodel::errors::ExpiryError;
use dynamodel::keys::KeyValue;
use dynamodel::op::Update;
use dynamodel::{Client, Clock, Entity, ErrorKind, Expiry, Key, Table};
use dynamodel_tests::model::{Note, Reading, Readings, Session, Shop};
use dynamodel_tests::{both, clock};
use std::collections::BTreeMap;

/// A client of a port where nobody listens: a request that is sent all the same would be another error.
fn nowhere<T: Table>() -> Client<T> {
    let engine = dynamodel::embedded::Engine::memory().unwrap();
    let sdk = engine.sdk_client();
    let config = sdk.config().to_builder().endpoint_url("http://127.0.0.1:1").build();
    Client::new(&dynamodel::sdk::Client::from_conf(config), "nowhere")
}

#[tokio::test]
async fn an_empty_key_is_refused() {
    let readings = nowhere::<Readings>();
    let reading = Reading { device: String::new(), at: 1, celsius: 0.0 };
    let errors = [
        readings.put(&reading).await.unwrap_err(),
        readings.get(reading.primary_key()).await.unwrap_err(),
        readings.query(Reading::of_device("")).await.unwrap_err(),
        readings.delete(Reading::key("", 1)).await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidKey, 0));
        assert_eq!((error.entity(), error.attribute()), (Some("Reading"), Some("device")));
        assert!(error.to_string().contains("empty"), "{error}");
    }
}

#[tokio::test]
async fn a_key_at_its_limit_is_stored_and_one_byte_more_is_refused() {
    for shop in both::<Shop>(&clock()).await {
        // The literals `USER#` and `SESSION#` are 5 and 8 bytes long.
        let fits = Session { token: None, ..Session::new(&"u".repeat(2043), &"s".repeat(1016)) };
        shop.create(&fits).await.unwrap();
        assert!(shop.get(fits.primary_key()).await.unwrap().is_some());
        let cases = [("PK", Session::key(&"u".repeat(2044), "s")), ("SK", Session::key("u", &"s".repeat(1017)))];
        for (attribute, key) in cases {
            let error = shop.get(key).await.unwrap_err();
            assert_eq!((error.kind(), error.attribute()), (ErrorKind::InvalidKey, Some(attribute)));
        }
        let long_token = Session { token: Some("t".repeat(2043)), ..Session::new("u", "s") };
        assert_eq!(shop.create(&long_token).await.unwrap_err().attribute(), Some("GSI1PK"));
    }
}

#[tokio::test]
async fn a_number_wider_than_its_template_is_refused() {
    let error = nowhere::<Shop>().get(Note::key("u1", 100_000)).await.unwrap_err();
    assert_eq!((error.kind(), error.attribute()), (ErrorKind::InvalidKey, Some("SK")));
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("100000 has 6 digits, and the key template gives it 5"), "{source}");
}

#[tokio::test]
async fn an_item_over_400_kb_is_refused_and_one_at_the_limit_is_stored() {
    for shop in both::<Shop>(&clock()).await {
        let with_text = |length: usize| Note { user_id: "u1".into(), number: 1, owner: None, text: "x".repeat(length) };
        let overhead = {
            let note = with_text(0);
            shop.put(&note).explain().unwrap();
            // PK 2+7, SK 2+10, _type 5+4, user_id 7+2, number 6+2, body 4
            2 + 7 + 2 + 10 + 5 + 4 + 7 + 2 + 6 + 2 + 4
        };
        shop.put(&with_text(400 * 1024 - overhead)).await.unwrap();
        let error = shop.put(&with_text(400 * 1024 - overhead + 1)).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::ItemTooLarge, 0));
        assert_eq!(error.entity(), Some("Note"));

        // What an update makes of an item only the engine knows, alone and in a transaction.
        let update = || Update::new(Note::key("u1", 1)).set(|n| n.text, "x".repeat(400 * 1024));
        let alone = shop.update(Note::key("u1", 1)).set(|n| n.text, "x".repeat(400 * 1024)).await.unwrap_err();
        let cancelled = shop.transact((update(),)).await.unwrap_err();
        for error in [&alone, cancelled.reason(0).unwrap_or(&cancelled)] {
            assert_eq!((error.kind(), error.entity()), (ErrorKind::ItemTooLarge, Some("Note")), "{error}");
            assert!(error.to_string().contains("keep the large part elsewhere"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_key_of_somebody_elses_making_is_read_or_refused() {
    let key = Key::<Session>::from_values("USER#a", Some(KeyValue::from("SESSION#b")));
    assert_eq!(Session::parse_key(&key).unwrap(), ("a".to_owned(), "b".to_owned()));
    for (partition, sort) in
        [("ORDER#a", "SESSION#b"), ("USER#a#c", "SESSION#b"), ("USER#a b", "SESSION#b"), ("USER#$", "SESSION#b")]
    {
        let key = Key::<Session>::from_values(partition, Some(KeyValue::from(sort)));
        let error = Session::parse_key(&key).unwrap_err();
        assert_eq!(
            (error.kind(), error.attribute(), error.entity()),
            (ErrorKind::InvalidKey, Some("PK"), Some("Session")),
            "{partition}"
        );
    }
    let missing = Key::<Session>::from_values("USER#a", None);
    assert_eq!(missing.values().unwrap_err().attribute(), Some("SK"));
}

#[tokio::test]
async fn a_value_that_cannot_be_stored_names_its_attribute() {
    let readings = nowhere::<Readings>();
    let error = readings.put(&Reading { device: "d".into(), at: 1, celsius: f64::NAN }).await.unwrap_err();
    assert_eq!((error.kind(), error.attribute(), error.attempts()), (ErrorKind::InvalidValue, Some("celsius"), 0));
    let error = readings.update(Reading::key("d", 1)).set(|r| r.celsius, f64::INFINITY).await.unwrap_err();
    assert_eq!((error.kind(), error.attribute()), (ErrorKind::InvalidValue, Some("celsius")));
}

#[tokio::test]
async fn no_engine_says_where_it_looked() {
    let shop = nowhere::<Shop>();
    let read = shop.get(Session::key("u1", "s1")).await.unwrap_err();
    let write = shop.create(&Session::new("u1", "s1")).await.unwrap_err();
    for error in [read, write] {
        assert_eq!(error.kind(), ErrorKind::Unavailable, "{error:?}");
        assert!(error.to_string().contains("http://127.0.0.1:1"), "{error}");
        assert_eq!(error.key(), Some("USER#u1 / SESSION#s1"));
        assert!(error.attempts() > 1, "the SDK's retries are counted");
    }
    assert_eq!(shop.ensure_table().await.unwrap_err().kind(), ErrorKind::Unavailable);
}

#[tokio::test]
async fn a_missing_table_is_named() {
    for shop in both::<Shop>(&clock()).await {
        let missing: Client<Shop> = Client::new(shop.sdk(), "not-there");
        let error = missing.get(Session::key("u1", "s1")).await.unwrap_err();
        assert_eq!((error.kind(), error.table()), (ErrorKind::TableNotFound, Some("not-there")));
    }
}

#[tokio::test]
async fn a_version_at_its_end_is_refused() {
    let shop = nowhere::<Shop>();
    let mut session = Session { version: u64::MAX, ..Session::new("u1", "s1") };
    let error = shop.save(&mut session).await.unwrap_err();
    assert_eq!((error.kind(), error.attribute()), (ErrorKind::InvalidValue, Some("version")));
}

#[test]
fn an_expiry_in_milliseconds_is_refused_when_made_and_when_read() {
    let millis = 1_795_305_600_000;
    assert_eq!(Expiry::from_epoch_seconds(millis), Err(ExpiryError::TooLate(millis)));
    assert!(serde_json::from_value::<Expiry>(serde_json::json!(millis)).is_err());
    assert!(Expiry::at(std::time::UNIX_EPOCH - std::time::Duration::from_secs(1)).is_err());
}

#[tokio::test]
async fn a_clock_before_1970_judges_nothing_expired() {
    #[derive(Debug)]
    struct Early;
    impl Clock for Early {
        fn now(&self) -> std::time::SystemTime {
            std::time::UNIX_EPOCH - std::time::Duration::from_secs(10)
        }
    }
    for shop in both::<Shop>(&clock()).await {
        let shop = shop.with_clock(Early);
        let session =
            Session { data: BTreeMap::new(), ..Session::new("u1", "s1") }.until(Expiry::from_epoch_seconds(1).unwrap());
        shop.create(&session).await.unwrap();
        assert!(shop.get(session.primary_key()).await.unwrap().is_some());
    }
}
