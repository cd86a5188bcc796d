//! Every verb, and the requests that it makes: each needs an action that the verb's access allows, and every allowed
//! action is needed by one.

use super::asked::Asked;
use dynamodel::define::Access;
use dynamodel::op::{Actions, Check, Create, Delete, Get, Put, Save, Update};
use dynamodel::{Codec, Expiry};
use dynamodel_tests::model::{Cached, Note, Session, Shop};
use dynamodel_tests::{clock, connect};

fn note(number: i32) -> Note {
    Note { user_id: "u1".into(), number, owner: Some("me".into()), text: "x".into() }
}

#[tokio::test]
async fn single_verbs_ask_for_what_their_access_allows() {
    let client = connect::<Shop>(&clock(), Codec::Wire).await;
    let asked = Asked::of(&client);
    let shop = &asked.client;

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
    let shop = &asked.client;

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
    // An index needs the table's permission for nothing.
    assert_eq!(asked.taken(), [("/index/by-owner".to_owned(), "dynamodb:Query".to_owned())].into());
}

#[tokio::test]
async fn transactions_ask_for_what_the_verbs_in_them_do() {
    let client = connect::<Shop>(&clock(), Codec::Wire).await;
    let asked = Asked::of(&client);
    let shop = &asked.client;
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
