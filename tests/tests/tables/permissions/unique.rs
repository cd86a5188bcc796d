//! Writes of unique values: what their sentinels need besides.

use super::asked::Asked;
use dynamodel::define::{Access, Grant, Principal};
use dynamodel::op::{Delete, Put, Save, Update};
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Client, Codec, Entity, Expiry, Table};
use dynamodel_tests::{clock, connect};
use serde::{Deserialize, Serialize};

/// A table in which addresses are unique.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Account, Badge))]
#[dynamo(settings(default_name = "accounts"))]
struct Accounts;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Accounts, pk = "ACCOUNT#{id}")]
struct Account {
    id: String,
    #[dynamo(unique)]
    email: String,
    #[dynamo(ttl)]
    until: Option<Expiry>,
}

/// With a version, which `modify` needs.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Accounts, pk = "BADGE#{id}")]
struct Badge {
    id: String,
    #[dynamo(unique)]
    text: String,
    #[dynamo(version)]
    version: u64,
}

fn badge(id: &str, text: &str) -> Badge {
    Badge { id: id.into(), text: text.into(), version: 0 }
}

fn account(id: &str, email: &str) -> Account {
    Account { id: id.into(), email: email.into(), until: None }
}

/// A table with an item of each entity in two states: `there`, as it should be, and `robbed`, whose value is another
/// item's, because something else than the library has taken its sentinel away.
async fn prepared() -> Asked<Accounts> {
    let accounts = connect::<Accounts>(&clock(), Codec::Wire).await;
    for id in ["there", "robbed"] {
        accounts.create(&account(id, id)).await.unwrap();
        accounts.create(&badge(id, id)).await.unwrap();
    }
    for sentinel in ["$UNIQUE#Account#email#robbed", "$UNIQUE#Badge#text#robbed"] {
        let request = accounts.sdk().delete_item().table_name(accounts.table_name());
        let request = request.key("PK", AttributeValue::S(sentinel.into())).return_values("ALL_OLD".into());
        assert!(request.send().await.unwrap().attributes().is_some(), "a sentinel has another key than `{sentinel}`");
    }
    accounts.create(&account("thief", "robbed")).await.unwrap();
    accounts.create(&badge("thief", "robbed")).await.unwrap();
    Asked::of(&accounts)
}

/// The verb on both, for another address each time, asks for what its access allows.
async fn assert_asks(access: Access, verb: impl AsyncFn(&Client<Accounts>, Account)) {
    let asked = prepared().await;
    for id in ["there", "robbed"] {
        verb(&asked.client, account(id, &format!("other-{id}"))).await;
    }
    asked.assert_only(&[access]);
}

#[tokio::test]
async fn verbs_that_change_unique_values_ask_for_what_their_access_allows() {
    assert_asks(Access::Create, async |accounts, new| {
        accounts.create(&Account { id: format!("new-{}", new.id), ..new }).await.unwrap();
    })
    .await;
    assert_asks(Access::GetOrCreate, async |accounts, new| {
        accounts.get_or_create(new.clone()).await.unwrap();
        accounts.get_or_create(Account { id: format!("new-{}", new.id), ..new }).await.unwrap();
    })
    .await;
    assert_asks(Access::Put, async |accounts, new| {
        accounts.put(&new).await.unwrap();
    })
    .await;
    assert_asks(Access::Put, async |accounts, new| {
        accounts.transact((Put::new(&new),)).await.unwrap();
    })
    .await;
    assert_asks(Access::Save, async |accounts, mut new| {
        accounts.save(&mut new).await.unwrap();
    })
    .await;
    assert_asks(Access::Save, async |accounts, mut new| {
        accounts.transact((Save::new(&mut new),)).await.unwrap();
    })
    .await;
    assert_asks(Access::Update, async |accounts, new| {
        accounts.update(Account::key(&new.id)).set(|a| a.email, new.email).await.unwrap();
    })
    .await;
    assert_asks(Access::Update, async |accounts, new| {
        let update = Update::new(Account::key(&new.id)).set(|a| a.email, new.email);
        accounts.transact((update,)).await.unwrap();
    })
    .await;
    assert_asks(Access::Upsert, async |accounts, new| {
        accounts.upsert(&new).set(|a| a.email, &new.email).await.unwrap();
    })
    .await;
    assert_asks(Access::Delete, async |accounts, new| accounts.delete(Account::key(&new.id)).await.unwrap()).await;
    assert_asks(Access::Delete, async |accounts, new| {
        accounts.transact((Delete::new(Account::key(&new.id)),)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_reads_first_asks_for_what_its_accesses_allow() {
    let asked = prepared().await;
    for id in ["there", "robbed"] {
        asked.client.modify(Badge::key(id), |badge| badge.text = format!("other-{id}")).await.unwrap();
    }
    asked.assert_only(&[Access::Modify]);
    let mine = || asked.client.scan::<Account>().filter(|a| a.id.ne("thief"));
    let mut number = 0;
    let change = move |update: Update<Account>| {
        number += 1;
        update.set(|a| a.email, format!("other-{number}"))
    };
    assert_eq!(mine().update_each(change).await.unwrap().done, 2);
    assert_eq!(mine().delete_each().await.unwrap().done, 2);
    asked.assert_only(&[Access::Scan, Access::Update, Access::Delete]);
}

#[test]
fn writes_of_unique_values_cannot_be_kept_to_ones_own_partitions() {
    let own =
        Grant::on_table([Access::Get, Access::Update]).own_partitions("Account", [("id", Principal::tag("user_id"))]);
    let refused = Accounts::definition().permissions().allow(own).to_json().unwrap_err();
    assert!(
        refused.to_string().contains("`Update` of `Account` cannot be restricted to the principal's own"),
        "{refused}"
    );
}
