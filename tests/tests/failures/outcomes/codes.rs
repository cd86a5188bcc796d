//! One truth for failures: the same response means the same, whoever sent the request.

use dynamodel::op::Update;
use dynamodel::{Client, Codec, Entity, ErrorKind, RetryPolicy, Table};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Note, Session, Shop};
use dynamodel_tests::tap::{Do, error_body, tapped};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

#[tokio::test]
async fn a_lasting_500_is_unavailable_for_tables_as_for_items() {
    let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    for operation in ["DescribeTable", "DescribeTimeToLive"] {
        let failing = tapped(&shop, move |sent, _| if sent == operation { Do::Fail } else { Do::Pass });
        let error = failing.check_schema().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unavailable, "{operation}: {error:?}");
    }
    let failing = tapped(&shop, |_, _| Do::Fail);
    assert_eq!(failing.get(Note::key("u", 1)).await.unwrap_err().kind(), ErrorKind::Unavailable);
    assert_eq!(failing.ensure_table().await.unwrap_err().kind(), ErrorKind::Unavailable);
    let throttled = |code: &'static str| tapped(&shop, move |_, _| Do::Respond(400, error_body(code, "slow down")));
    for code in ["ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded"] {
        assert!(throttled(code).get(Note::key("u", 1)).await.unwrap_err().is_throttled(), "{code}");
        assert!(throttled(code).check_schema().await.unwrap_err().is_throttled(), "{code}");
    }
}

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Tree))]
struct Forest;

#[derive(dynamodel::Nested, Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Leaf {
    size: u32,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Forest, pk = "TREE#{id}")]
struct Tree {
    id: String,
    #[dynamo(nested)]
    leaf: Option<Leaf>,
}

#[tokio::test]
async fn the_same_refusal_is_of_one_kind_alone_and_in_a_transaction() {
    let forest: Client<Forest> = engine::connect(&engine::clock(), Codec::Wire).await;
    forest.create(&Tree { id: "1".into(), leaf: None }).await.unwrap();
    // A path whose parent is absent.
    let alone = forest.update(Tree::key("1")).set(|t| t.leaf.size, 5).await.unwrap_err();
    let update = Update::new(Tree::key("1")).set(|t| t.leaf.size, 5);
    let together = forest.transact((update,)).await.unwrap_err();
    assert_eq!((alone.kind(), alone.attempts()), (ErrorKind::Service, 1));
    if let Some(reason) = together.reason(0) {
        assert_eq!(reason.kind(), alone.kind(), "{together:?}");
    }
    // As DynamoDB says it, where the engine says it for the whole transaction.
    let reason = r#"{"__type":"x#TransactionCanceledException","message":"no","CancellationReasons":[{"Code":"ValidationError","Message":"The document path provided in the update expression is invalid for update"}]}"#;
    let as_dynamodb = tapped(&forest, move |_, _| Do::Respond(400, reason.into()));
    let update = Update::new(Tree::key("1")).set(|t| t.leaf.size, 5);
    let together = as_dynamodb.transact((update,)).await.unwrap_err();
    assert_eq!(together.reason(0).map(|why| why.kind()), Some(alone.kind()), "{together:?}");
}

#[tokio::test]
async fn a_batch_that_was_throttled_away_says_so_and_how_often_it_was_sent() {
    let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    let table = shop.table_name().to_owned();
    let unprocessed = format!(
        r#"{{"UnprocessedItems":{{"{table}":[{{"PutRequest":{{"Item":{{"PK":{{"S":"USER#u"}},"SK":{{"S":"NOTE#00001"}}}}}}}}]}}}}"#
    );
    let quick = RetryPolicy { tries: 4, first: Duration::ZERO, longest: Duration::ZERO };
    for (response, status) in [(error_body("ThrottlingException", "slow"), 400), (unprocessed, 200)] {
        let count = Arc::new(AtomicU32::new(0));
        let seen = Arc::clone(&count);
        let busy = tapped(&shop, move |_, _| {
            seen.fetch_add(1, Ordering::SeqCst);
            Do::Respond(status, response.clone())
        });
        let note = Note { user_id: "u".into(), number: 1, owner: None, text: "x".into() };
        let error = busy.with_retries(quick).batch_write().put(&note).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unprocessed);
        assert!(error.is_throttled(), "{error:?}");
        assert_eq!(error.attempts(), count.load(Ordering::SeqCst));
        assert!(error.attempts() >= 4);
    }
    let unread = format!(
        r#"{{"Responses":{{}},"UnprocessedKeys":{{"{table}":{{"Keys":[{{"PK":{{"S":"USER#u"}},"SK":{{"S":"NOTE#00001"}}}}]}}}}}}"#
    );
    let busy = tapped(&shop, move |_, _| Do::Respond(200, unread.clone())).with_retries(quick);
    let error = busy.batch_get([Note::key("u", 1)]).await.unwrap_err();
    assert!(error.kind() == ErrorKind::Unprocessed && error.is_throttled() && error.attempts() == 4, "{error:?}");
    let failing = tapped(&shop, |_, _| Do::Fail).with_retries(RetryPolicy::ONCE);
    let error = failing.batch_get([Session::key("u", "s")]).await.unwrap_err();
    assert!(!error.is_throttled(), "{error:?}");
}
