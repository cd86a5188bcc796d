//! Operations before they are sent: shown without a network, and handed over to the SDK.

use dynamodel::op::Capacity;
use dynamodel::{Client, Codec, Expiry, ManualClock, Table};
use dynamodel_tests::model::{Note, Session, Shop};
use dynamodel_tests::{both, clock};

/// A client that cannot send anything: it has no HTTP client, no region and no credentials.
fn offline<T: Table>() -> Client<T> {
    let config = dynamodel::sdk::Config::builder().behavior_version(dynamodel::sdk::config::BehaviorVersion::latest());
    let config = config.retry_config(dynamodel::sdk::config::retry::RetryConfig::disabled());
    let config = config.timeout_config(dynamodel::sdk::config::timeout::TimeoutConfig::disabled()).build();
    let sdk = dynamodel::sdk::Client::from_conf(config);
    Client::new(&sdk, "shop").with_clock(ManualClock::at_epoch_seconds(1_000))
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn create_shows_the_item_and_its_condition() {
    let shop = offline::<Shop>();
    let session = Session::new("u1", "s1").until(Expiry::from_epoch_seconds(2_000).unwrap());
    let explained = shop.create(&session).explain().unwrap();
    assert_eq!(explained.operation, "PutItem");
    assert_eq!(explained.capacity, Capacity::Write(2), "the table, and the index that the session is in");
    let expected = serde_json::json!({
        "TableName": "shop",
        "Item": {
            "PK": {"S": "USER#u1"}, "SK": {"S": "SESSION#s1"}, "GSI1PK": {"S": "TOKEN#token-s1"}, "GSI1SK": {"S": "SESSION"},
            "_type": {"S": "Session"}, "user_id": {"S": "u1"}, "session_id": {"S": "s1"}, "token": {"S": "token-s1"},
            "hits": {"N": "0"}, "data": {"M": {"theme": {"S": "dark"}}}, "version": {"N": "1"}, "expires_at": {"N": "2000"}
        },
        "ConditionExpression": "attribute_not_exists(#PK) OR #expires_at <= :now",
        "ExpressionAttributeNames": {"#PK": "PK", "#expires_at": "expires_at"},
        "ExpressionAttributeValues": {":now": {"N": "1000"}},
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD"
    });
    assert_eq!(json(&explained.body), expected);
}

#[test]
fn the_conditions_of_the_other_verbs_are_those_of_the_table_of_verbs() {
    let shop = offline::<Shop>();
    let mut session = Session { version: 3, ..Session::new("u1", "s1") };
    let condition = |explained: dynamodel::Result<dynamodel::op::Explain>| {
        json(&explained.unwrap().body)["ConditionExpression"].as_str().unwrap_or("none").to_owned()
    };
    let alive = "attribute_not_exists(#expires_at) OR #expires_at > :now";
    let key = || Session::key("u1", "s1");
    assert_eq!(condition(shop.put(&session).explain()), "#version = :expected");
    assert_eq!(condition(shop.save(&mut session).explain()), format!("#version = :expected AND ({alive})"));
    let countable = "attribute_not_exists(#version) OR #version < :last";
    assert_eq!(
        condition(shop.update(key()).set(|s| s.hits, 1).explain()),
        format!("attribute_exists(#PK) AND ({alive}) AND ({countable})")
    );
    assert_eq!(
        condition(shop.update(&session).set(|s| s.hits, 1).explain()),
        format!("#version = :expected AND ({alive})")
    );
    assert_eq!(condition(shop.delete(key()).explain()), "none");
    assert_eq!(condition(shop.delete(&session).explain()), "#version = :expected");
    let note = Note { user_id: "u1".into(), number: 1, owner: None, text: "x".into() };
    assert_eq!(condition(shop.put(&note).explain()), "none");
    assert_eq!(condition(shop.create(&note).explain()), "attribute_not_exists(#PK)");
}

#[test]
fn an_update_counts_the_version_in_the_database_or_sets_the_next_one() {
    let shop = offline::<Shop>();
    let update = |explained: dynamodel::Result<dynamodel::op::Explain>| {
        json(&explained.unwrap().body)["UpdateExpression"].as_str().unwrap_or("none").to_owned()
    };
    let by_key = shop.update(Session::key("u1", "s1")).set(|s| s.hits, 7).set(|s| s.nick, None);
    assert_eq!(update(by_key.explain()), "SET #hits = :hits REMOVE #nick ADD #version :version");
    let session = Session { version: 3, ..Session::new("u1", "s1") };
    assert_eq!(update(shop.update(&session).set(|s| s.hits, 7).explain()), "SET #hits = :hits, #version = :version");
}

#[test]
fn a_query_stays_inside_its_prefix() {
    let shop = offline::<Shop>();
    let explained = shop.query(Session::of_user("u#1")).limit(5).backward().consistent().explain().unwrap();
    assert_eq!(explained.capacity, Capacity::ReadPer4Kb(1.0));
    let body = json(&explained.body);
    assert_eq!(body["KeyConditionExpression"], "#PK = :PK AND begins_with(#SK, :SK)");
    assert_eq!(body["ExpressionAttributeValues"][":PK"]["S"], "USER#u$S1");
    assert_eq!(body["ExpressionAttributeValues"][":SK"]["S"], "SESSION#");
    assert_eq!(body["FilterExpression"], "attribute_not_exists(#expires_at) OR #expires_at > :now");
    assert_eq!((body["Limit"].as_u64(), body["ScanIndexForward"].as_bool()), (Some(5), Some(false)));
    let index = json(&shop.query(Session::by_token("t")).include_expired().explain().unwrap().body);
    assert_eq!(
        (&index["IndexName"], &index["KeyConditionExpression"]),
        (&"Gsi1".into(), &"#GSI1PK = :GSI1PK AND #GSI1SK = :GSI1SK".into())
    );
}

#[test]
fn display_stands_an_item_out_line_by_line() {
    let note = Note { user_id: "u1".into(), number: 1, owner: None, text: "a \"{\" b, c".into() };
    let shown = offline::<Shop>().put(&note).explain().unwrap().to_string();
    let expected = r#"PutItem (1 write unit(s))
{
  "Item": {
    "PK": {"S": "USER#u1"},
    "SK": {"S": "NOTE#00001"},
    "_type": {"S": "Note"},
    "user_id": {"S": "u1"},
    "number": {"N": "1"},
    "body": {"S": "a \"{\" b, c"}
  },
  "TableName": "shop"
}"#;
    assert_eq!(shown, expected);
}

#[test]
fn the_debug_text_of_an_operation_shows_no_value() {
    let shop = offline::<Shop>();
    let mut session = Session { nick: Some("planted-secret".into()), ..Session::new("u1", "planted-secret") };
    let texts = [
        format!("{:?}", shop.create(&session)),
        format!("{:?}", shop.update(&session).set(|s| s.nick, "planted-secret")),
        format!("{:?}", shop.save(&mut session)),
        format!("{shop:?}"),
    ];
    for text in texts {
        assert!(!text.contains("planted-secret"), "{text}");
    }
}

#[tokio::test]
async fn the_sdks_builder_carries_the_whole_operation() {
    for shop in both::<Shop>(&clock()).await {
        let session = Session::new("u1", "s1");
        let sdk = shop.create(&session).into_sdk().unwrap();
        assert_eq!(sdk.get_condition_expression().as_deref(), Some("attribute_not_exists(#PK) OR #expires_at <= :now"));
        sdk.send().await.unwrap();
        let got = shop.get(Session::key("u1", "s1")).consistent().into_sdk().unwrap().send().await.unwrap();
        assert_eq!(got.item.unwrap()["hits"].as_n().unwrap(), "0");
        let update = shop.update(Session::key("u1", "s1")).set(|s| s.hits, 7).into_sdk().unwrap();
        update.send().await.unwrap();
        let found = shop.query(Session::of_user("u1")).into_sdk().unwrap().send().await.unwrap();
        assert_eq!(found.items()[0]["hits"].as_n().unwrap(), "7");
        shop.delete(Session::key("u1", "s1")).into_sdk().unwrap().send().await.unwrap();
        assert_eq!(shop.get(Session::key("u1", "s1")).await.unwrap(), None);
    }
}

#[test]
fn a_client_keeps_its_codec_and_its_clock() {
    let shop = offline::<Shop>().with_codec(Codec::AttributeValue);
    assert!(format!("{shop:?}").contains("AttributeValue"));
}
