//! Every verb, and the requests that it makes: each needs an action that the verb's access allows, and every allowed
//! action is needed by one.

use super::wrap::wrap;
use dynamodel::define::Access;
use dynamodel::op::{Check, Create, Delete, Get, Put, Save, Update};
use dynamodel::{Actions, Client, Codec, Expiry};
use dynamodel_tests::model::{Cached, Note, Session, Shop};
use dynamodel_tests::{clock, connect};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// Actions that IAM is asked for, each with the index that it is on.
type Log = Arc<Mutex<BTreeSet<(String, Option<String>)>>>;

/// A client, and what IAM is asked for its requests: the action, and the index.
struct Asked {
    shop: Client<Shop>,
    log: Log,
}

impl Asked {
    fn of(client: &Client<Shop>) -> Self {
        let log = Log::default();
        let kept = Arc::clone(&log);
        let (shop, _) = wrap(client, 1, move |seen| {
            let index = seen.body["IndexName"].as_str().map(str::to_owned);
            let actions = actions(&seen.operation, &seen.body).into_iter();
            kept.lock().unwrap().extend(actions.map(|action| (format!("dynamodb:{action}"), index.clone())));
            None
        });
        Self { shop, log }
    }

    /// What was asked since the last time, all of it on one place.
    fn taken(&self) -> (BTreeSet<String>, Option<String>) {
        let log = std::mem::take(&mut *self.log.lock().unwrap());
        let places: BTreeSet<_> = log.iter().map(|(_, index)| index.clone()).collect();
        assert!(places.len() <= 1, "{log:?}");
        (log.into_iter().map(|(action, _)| action).collect(), places.into_iter().next().flatten())
    }

    fn assert_only(&self, access: &[Access]) {
        let (asked, index) = self.taken();
        let allowed = access.iter().flat_map(|access| access.actions()).map(|action| (*action).to_owned());
        assert_eq!(asked, allowed.collect(), "{access:?}");
        assert_eq!(index, None);
    }
}

/// The actions that IAM looks for: of a transaction, those of the requests in it.
fn actions(operation: &str, body: &Value) -> Vec<String> {
    if !operation.starts_with("Transact") {
        return vec![operation.to_owned()];
    }
    let items = body["TransactItems"].as_array().unwrap().iter();
    let names = items.flat_map(|item| item.as_object().unwrap().keys().cloned().collect::<Vec<_>>());
    names
        .map(|name| if name == "ConditionCheck" { "ConditionCheckItem".to_owned() } else { format!("{name}Item") })
        .collect()
}

fn note(number: i32) -> Note {
    Note { user_id: "u1".into(), number, owner: Some("me".into()), text: "x".into() }
}

#[tokio::test]
async fn single_verbs_ask_for_what_their_access_allows() {
    let client = connect::<Shop>(&clock(), Codec::Wire).await;
    let asked = Asked::of(&client);
    let shop = &asked.shop;

    shop.create(&Session::new("u1", "s1")).await.unwrap();
    asked.assert_only(&[Access::Create]);
    let session = shop.get(Session::key("u1", "s1")).consistent().await.unwrap().unwrap();
    asked.assert_only(&[Access::Get]);
    shop.put(&note(1)).await.unwrap();
    asked.assert_only(&[Access::Put]);
    let mut changed = session.clone();
    shop.save(&mut changed).await.unwrap();
    asked.assert_only(&[Access::Save]);
    shop.get_or_create(Session::new("u1", "s1")).await.unwrap();
    shop.get_or_create(Session::new("u1", "s2")).await.unwrap();
    asked.assert_only(&[Access::GetOrCreate]);
    shop.modify(Session::key("u1", "s1"), |session| session.hits += 1).await.unwrap();
    asked.assert_only(&[Access::Modify]);
    shop.update(Session::key("u1", "s1")).add(|s| s.hits, 1).returning_new().await.unwrap();
    asked.assert_only(&[Access::Update]);
    shop.delete(Session::key("u1", "s1")).await.unwrap();
    asked.assert_only(&[Access::Delete]);

    // A new item, one that is there, and one that has expired.
    let long_ago = Expiry::from_epoch_seconds(1_000_000).unwrap();
    let fresh =
        Cached { name: "n".into(), value: 1, expires_at: Expiry::after(std::time::Duration::from_secs(60)).unwrap() };
    shop.upsert(&fresh).set(|c| c.value, 2).await.unwrap();
    shop.put(&Cached { expires_at: long_ago, ..fresh.clone() }).await.unwrap();
    asked.taken();
    shop.upsert(&fresh).set(|c| c.value, 2).await.unwrap();
    asked.assert_only(&[Access::Upsert]);
}

#[tokio::test]
async fn verbs_over_many_items_ask_for_what_their_access_allows() {
    let client = connect::<Shop>(&clock(), Codec::Wire).await;
    let asked = Asked::of(&client);
    let shop = &asked.shop;

    shop.batch_write().put(&note(1)).put(&note(2)).put(&note(3)).delete(Note::key("u1", 9)).await.unwrap();
    asked.assert_only(&[Access::BatchWrite]);
    let keys: Vec<_> = [1, 2].map(|number| Note::key("u1", number)).to_vec();
    assert_eq!(shop.batch_get(keys).await.unwrap().len(), 2);
    asked.assert_only(&[Access::BatchGet]);
    assert_eq!(shop.query(Note::of_user("u1")).filter(|n| n.text.eq("x")).collect().await.unwrap().len(), 3);
    shop.query(Note::of_user("u1")).count().await.unwrap();
    asked.assert_only(&[Access::Query]);
    assert_eq!(shop.scan::<Note>().segments(2).collect().await.unwrap().len(), 3);
    asked.assert_only(&[Access::Scan]);
    shop.query(Note::of_user("u1")).update_each(|note| note.set(|n| n.text, "y")).await.unwrap();
    asked.assert_only(&[Access::Query, Access::Update]);
    shop.query(Note::of_user("u1")).delete_each().await.unwrap();
    asked.assert_only(&[Access::Query, Access::Delete]);

    shop.query(Note::by_owner("me")).collect().await.unwrap();
    let (actions, index) = asked.taken();
    assert_eq!(
        (actions.len(), index.as_deref()),
        (1, Some("by-owner")),
        "an index needs the table's permission for nothing"
    );
    assert!(actions.contains(Access::Query.actions()[0]));
}

#[tokio::test]
async fn transactions_ask_for_what_the_verbs_in_them_do() {
    let client = connect::<Shop>(&clock(), Codec::Wire).await;
    let asked = Asked::of(&client);
    let shop = &asked.shop;
    for number in 1..=4 {
        shop.put(&note(number)).await.unwrap();
    }
    asked.taken();

    let mut session = Session::new("u1", "s1");
    let mut actions = Actions::new();
    actions.push(Create::new(&note(7)));
    actions.push(Put::new(&note(2)));
    actions.push(Save::new(&mut session));
    actions.push(Update::new(Note::key("u1", 3)).set(|n| n.text, "z"));
    actions.push(Delete::new(Note::key("u1", 4)));
    actions.push(Check::new(Note::key("u1", 1)).condition(|n| n.text.eq("x")));
    shop.transact(actions).await.unwrap();
    asked.assert_only(&[Access::Create, Access::Put, Access::Save, Access::Update, Access::Delete, Access::Check]);
    shop.transact_get((Get::new(Note::key("u1", 1)), Get::new(Session::key("u1", "s1")))).await.unwrap();
    asked.assert_only(&[Access::Get]);
}

#[tokio::test]
async fn tables_ask_for_what_their_access_allows() {
    let client = connect::<Shop>(&clock(), Codec::Wire).await;
    let asked = Asked::of(&Client::new(client.sdk(), format!("{}-new", client.table_name())));
    asked.shop.ensure_table().await.unwrap();
    asked.assert_only(&[Access::EnsureTable]);
    asked.shop.check_schema().await.unwrap();
    asked.assert_only(&[Access::CheckSchema]);
    client.sdk().delete_table().table_name(asked.shop.table_name()).send().await.unwrap();
}
