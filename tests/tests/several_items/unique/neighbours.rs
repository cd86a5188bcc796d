//! Unique values at the edges of what the guide says: several tables, stored values that cannot be unique, other writers,
//! lost responses, and engines that send no items.

use super::look::{claims, operations};
use super::model::{Crm, Invitation, User, assert_claims, invitation, user};
use dynamodel::op::{Create, Delete, Update};
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Client, Codec, Entity, ErrorKind, RetryPolicy, Table};
use dynamodel_tests::engine;
use dynamodel_tests::tap::{Do, error_body, tapped};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

async fn crm(codec: Codec) -> Client<Crm> {
    engine::connect(&engine::clock(), codec).await
}

const CODECS: [Codec; 2] = [Codec::Wire, Codec::AttributeValue];

async fn set(crm: &Client<Crm>, pk: &str, sk: &str, name: &str, value: AttributeValue) {
    let update = crm.sdk().update_item().table_name(crm.table_name()).key("PK", AttributeValue::S(pk.into()));
    let update = update.key("SK", AttributeValue::S(sk.into())).update_expression("SET #a = :v");
    update.expression_attribute_names("#a", name).expression_attribute_values(":v", value).send().await.unwrap();
}

#[tokio::test]
async fn each_table_has_values_of_its_own_in_one_transaction() {
    for codec in CODECS {
        let here = crm(codec).await;
        let there: Client<Crm> = Client::new(here.sdk(), format!("{}-there", here.table_name())).with_codec(codec);
        there.ensure_table().await.unwrap();
        let mut ada = user("ada");
        let (version, _) = here.transact((Create::new(&ada), there.create(&ada))).await.unwrap();
        ada.version = version;
        assert_claims(&here, &[&ada]).await;
        assert_claims(&there, &[&ada]).await;

        // What one table gives up is not what another one takes.
        let bob = User { email: "ada@example.com".into(), ..user("bob") };
        there.delete(User::key("ada")).await.unwrap();
        here.transact((Delete::new(&ada), there.create(&bob))).await.unwrap();
        assert_claims(&here, &[]).await;
        assert_claims(&there, &[&bob]).await;
    }
}

#[tokio::test]
async fn a_stored_value_that_cannot_be_unique_stands_in_no_writes_way() {
    for codec in CODECS {
        for value in [AttributeValue::Bool(true), AttributeValue::S("x".repeat(2100))] {
            let crm = crm(codec).await;
            let code = |id: &str| invitation(id, id, None);
            for id in ["1", "2", "3", "4", "5"] {
                crm.create(&code(id)).await.unwrap();
                set(&crm, &format!("INVITATION#{id}"), "INVITATION", "code", value.clone()).await;
                let delete = crm.sdk().delete_item().table_name(crm.table_name());
                let delete = delete.key("PK", AttributeValue::S(format!("$UNIQUE#Invitation#code#{id}")));
                delete.key("SK", AttributeValue::S("UNIQUE".into())).send().await.unwrap();
            }
            crm.delete(Invitation::key("1")).await.unwrap();
            crm.transact((Delete::new(Invitation::key("2")),)).await.unwrap();
            crm.put(&code("3")).await.unwrap();
            crm.update(Invitation::key("4")).set(|i| i.code, "4").await.unwrap();
            let mut five = Invitation { uses: 1, ..code("5") };
            crm.save(&mut five).await.unwrap();
            let owners: Vec<_> = claims(&crm).await.into_iter().map(|(_, owner)| owner).collect();
            assert_eq!(owners, ["INVITATION#3", "INVITATION#4", "INVITATION#5"]);

            set(&crm, "INVITATION#4", "INVITATION", "code", value.clone()).await;
            crm.delete(Invitation::key("4")).await.unwrap();
        }
    }
}

#[tokio::test]
async fn deletes_of_what_a_scan_finds_go_on_past_values_that_cannot_be_unique() {
    let crm = crm(Codec::Wire).await;
    for id in ["1", "2"] {
        crm.create(&invitation(id, id, None)).await.unwrap();
    }
    set(&crm, "INVITATION#1", "INVITATION", "code", AttributeValue::S("x".repeat(2100))).await;
    let total = crm.scan::<Invitation>().delete_each().await;
    assert_eq!(total.unwrap().done, 2);
}

#[tokio::test]
async fn who_gives_up_because_of_other_writers_is_not_told_of_a_condition() {
    for codec in CODECS {
        let crm = crm(codec).await.with_retries(RetryPolicy::ONCE);
        let ada = user("ada");
        crm.create(&ada).await.unwrap();
        // The look sees another e-mail address than the write finds.
        let odd = tapped(&crm, |operation, _| match operation {
            "GetItem" => Do::Change(Arc::new(|status, body: String| (status, body.replace("ada@", "old@")))),
            _ => Do::Pass,
        });
        let updated = odd.update(User::key("ada")).set(|u| u.email, "new@example.com").await.unwrap_err();
        let deleted = odd.delete(User::key("ada")).await.unwrap_err();
        for error in [&updated, &deleted] {
            assert_eq!(error.kind(), ErrorKind::Contention, "{error:?}");
            assert!(!error.is_condition_failed() && !error.is_conflict());
            assert_eq!((error.entity(), error.key()), (Some("User"), Some("USER#ada / USER")));
            assert_eq!(error.current::<User>().map(|user| user.email.as_str()), Some("ada@example.com"));
        }
        let both = odd
            .transact((Create::new(&user("bob")), Update::new(User::key("ada")).set(|u| u.email, "new@example.com")))
            .await
            .unwrap_err();
        assert_eq!(both.kind(), ErrorKind::Cancelled);
        assert_eq!(both.reason(1).map(dynamodel::Error::kind), Some(ErrorKind::Contention), "{both:?}");
        assert!(!both.is_condition_failed());
        // A condition of one's own is what it is.
        let own = odd.update(User::key("ada")).set(|u| u.email, "n@example.com").condition(|u| u.logins.gt(5));
        let own = own.await.unwrap_err();
        assert!(own.kind() == ErrorKind::Contention || own.kind() == ErrorKind::ConditionFailed);
        assert_claims(&crm, &[&User { version: 1, ..ada }]).await;
    }
}

#[tokio::test]
async fn nothing_is_read_for_a_transaction_that_is_refused_before_it_is_sent() {
    let crm = crm(Codec::Wire).await;
    let before = operations(&crm);
    let reads = || Update::new(User::key("ada")).set(|u| u.email, "new@example.com");
    let long = User { email: "x".repeat(2100), ..user("bob") };
    let error = crm.transact((reads(), Create::new(&long))).await.unwrap_err();
    assert_eq!((error.kind(), error.attribute()), (ErrorKind::InvalidValue, Some("email")));
    let wide = User { name: "x".repeat(3_000), ..user("bob") };
    let error = crm.transact((reads(), Create::new(&wide))).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidKey, "{error:?}");
    let error = crm.transact((reads(), reads())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("operations 1") && error.to_string().contains("and 2"), "{error}");
    let error = crm.transact((reads(), Delete::new(User::key("ada")))).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(operations(&crm), before);
}

/// Takes the items out of refusals.
fn without_items(status: u16, body: String) -> (u16, String) {
    if status != 400 {
        return (status, body);
    }
    let mut body: Value = serde_json::from_str(&body).unwrap();
    body.as_object_mut().unwrap().remove("Item");
    if let Some(reasons) = body.get_mut("CancellationReasons").and_then(Value::as_array_mut) {
        for reason in reasons {
            reason.as_object_mut().unwrap().remove("Item");
        }
    }
    (status, body.to_string())
}

#[tokio::test]
async fn a_sentinel_that_could_not_be_looked_at_is_not_said_to_be_missing() {
    let crm = crm(Codec::Wire).await;
    let mut ada = user("ada");
    ada.version = crm.create(&ada).await.unwrap();
    // The value is another owner's by now.
    let key = "$UNIQUE#User#email#ada@example.com";
    set(&crm, key, "UNIQUE", "$owner", AttributeValue::S("USER#eve".into())).await;
    let blind = tapped(&crm, |operation, _| match operation {
        "GetItem" => Do::Respond(400, error_body("AccessDeniedException", "no")),
        _ => Do::Change(Arc::new(without_items)),
    });
    let error = blind.update(&ada).set(|u| u.email, "new@example.com").await.unwrap_err();
    assert_ne!(error.kind(), ErrorKind::SentinelMissing, "{error:?}");
    assert!(error.is_condition_failed() && !error.is_unique_violation(), "{error:?}");
    assert_eq!(error.attribute(), Some("email"));
    let twin = User { handle: "ada".into(), ..user("bob") };
    let error = blind.create(&twin).await.unwrap_err();
    assert_eq!((error.kind(), error.attribute()), (ErrorKind::UniqueViolation, Some("tenant+handle")), "{error:?}");
    assert_eq!(error.owner::<User>(), None);
    // On an engine that is only asked for the item, the sentinel of another owner is left.
    let silent = tapped(&crm, |_, _| Do::Change(Arc::new(without_items)));
    silent.update(&ada).set(|u| u.email, "new@example.com").await.unwrap();
}

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Member))]
struct Club;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Club, pk = "MEMBER#{id}")]
struct Member {
    id: String,
    #[dynamo(unique)]
    email: String,
    visits: u32,
    notes: Vec<String>,
    #[dynamo(version)]
    etag: Uuid,
}

#[tokio::test]
async fn a_count_beside_an_unchanged_unique_value_is_looked_up_by_its_random_version() {
    for codec in CODECS {
        let club: Client<Club> = engine::connect(&engine::clock(), codec).await;
        let ada = Member { id: "a".into(), email: "a@example.com".into(), visits: 0, notes: vec![], etag: Uuid::nil() };
        club.create(&ada).await.unwrap();
        let cut = |what: Do| {
            let tries = AtomicU32::new(0);
            tapped(&club, move |operation, _| match operation {
                "UpdateItem" if tries.fetch_add(1, Ordering::SeqCst) == 0 => what.clone(),
                _ => Do::Pass,
            })
        };
        let count = |club: Client<Club>| async move {
            club.update(Member::key("a")).set(|m| m.email, "a@example.com").add(|m| m.visits, 1).await
        };
        count(cut(Do::CutAfter)).await.unwrap();
        assert_eq!(club.get(Member::key("a")).await.unwrap().unwrap().visits, 1);
        let error = count(cut(Do::CutBefore)).await.unwrap_err();
        assert!(error.is_outcome_unknown(), "{error:?}");
        assert_eq!(error.current::<Member>().map(|member| member.visits), Some(1));
    }
}

#[tokio::test]
async fn a_change_of_the_time_to_live_makes_sentinels_that_are_missing() {
    let crm = crm(Codec::Wire).await;
    let code = invitation("1", "AAA", None);
    crm.create(&code).await.unwrap();
    let delete = crm.sdk().delete_item().table_name(crm.table_name());
    let delete = delete.key("PK", AttributeValue::S("$UNIQUE#Invitation#code#AAA".into()));
    delete.key("SK", AttributeValue::S("UNIQUE".into())).send().await.unwrap();
    crm.update(Invitation::key("1")).expires_in(std::time::Duration::from_secs(60)).await.unwrap();
    assert_eq!(claims(&crm).await.len(), 1);
}

#[tokio::test]
async fn an_update_that_makes_an_item_too_large_is_one_kind_alone_and_with_sentinels() {
    for codec in CODECS {
        let club: Client<Club> = engine::connect(&engine::clock(), codec).await;
        let ada = Member {
            id: "a".into(),
            email: "a@example.com".into(),
            notes: vec!["x".repeat(390_000)],
            visits: 0,
            etag: Uuid::nil(),
        };
        club.create(&ada).await.unwrap();
        let more = || club.update(Member::key("a")).append(|m| m.notes, ["y".repeat(30_000)]);
        let alone = more().await.unwrap_err();
        let unique = more().set(|m| m.email, "b@example.com").await.unwrap_err();
        // With sentinels the item is read first.
        for (error, requests) in [(alone, 1), (unique, 2)] {
            assert_eq!((error.kind(), error.entity()), (ErrorKind::ItemTooLarge, Some("Member")), "{error:?}");
            assert_eq!((error.key(), error.attempts()), (Some("MEMBER#a"), requests));
        }
    }
}

/// Another program stores NULL where the library stores nothing.
#[tokio::test]
async fn a_value_that_another_program_stored_as_null_stands_in_no_writes_way() {
    for codec in CODECS {
        let crm = crm(codec).await;
        for id in ["a", "b", "c", "d", "e", "f"] {
            crm.create(&user(id)).await.unwrap();
            set(&crm, &format!("USER#{id}"), "USER", "phone", AttributeValue::Null(true)).await;
        }
        let total = crm.scan::<User>().add_missing_sentinels().await.unwrap();
        assert_eq!((total.present, total.problems.len()), (6, 0));
        let stored = |id: &str| User { version: 1, ..user(id) };
        let mut saved = User { logins: 1, ..stored("a") };
        crm.save(&mut saved).await.unwrap();
        crm.put(&stored("b")).await.unwrap();
        crm.update(&stored("c")).set(|u| u.phone, Some("1".to_owned())).await.unwrap();
        crm.update(User::key("d")).set(|u| u.email, "new@example.com").await.unwrap();
        crm.modify(User::key("d"), |u: &mut User| u.logins = 7).await.unwrap();
        crm.delete(&stored("e")).await.unwrap();
        crm.delete(User::key("f")).await.unwrap();
        let with_phone = User { phone: Some("1".into()), ..user("c") };
        let moved = User { email: "new@example.com".into(), ..user("d") };
        assert_claims(&crm, &[&user("a"), &user("b"), &with_phone, &moved]).await;
    }
}

#[tokio::test]
async fn the_sentinels_beside_a_value_that_cannot_have_one_are_added() {
    let crm = crm(Codec::Wire).await;
    crm.create(&user("ada")).await.unwrap();
    set(&crm, "USER#ada", "USER", "email", AttributeValue::S("x".repeat(2100))).await;
    for key in ["$UNIQUE#User#email#ada@example.com", "$UNIQUE#User#tenant+handle#acme#ada"] {
        let delete = crm.sdk().delete_item().table_name(crm.table_name()).key("PK", AttributeValue::S(key.into()));
        delete.key("SK", AttributeValue::S("UNIQUE".into())).send().await.unwrap();
    }
    let total = crm.scan::<User>().add_missing_sentinels().await.unwrap();
    assert_eq!((total.added, total.present, total.problems.len()), (1, 0, 1), "{total:?}");
    let problem = &total.problems[0];
    assert_eq!((problem.kind(), problem.attribute()), (ErrorKind::InvalidValue, Some("email")), "{problem:?}");
    assert_eq!((problem.key(), problem.table()), (Some("USER#ada / USER"), Some(crm.table_name())));
    let handle = ("$UNIQUE#User#tenant+handle#acme#ada".to_owned(), "USER#ada".to_owned());
    assert_eq!(claims(&crm).await, [handle]);
}

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Account))]
struct Accounts;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Accounts, pk = "ACCOUNT#{id}")]
struct Account {
    id: String,
    #[dynamo(unique)]
    email: String,
}

/// The guide's example, with an item of another form beside them.
#[tokio::test]
async fn items_of_a_table_without_a_sort_key_get_their_sentinels() {
    for read in [false, true] {
        let accounts = Accounts::embedded().await.unwrap();
        let text = |text: &str| AttributeValue::S(text.to_owned());
        for (id, email) in [("1", "ada@example.com"), ("2", "bob@example.com"), ("3", "bob@example.com")] {
            let put = accounts.sdk().put_item().table_name(accounts.table_name());
            let put = put.item("PK", text(&format!("ACCOUNT#{id}"))).item("id", text(id)).item("email", text(email));
            put.send().await.unwrap();
        }
        let put = accounts.sdk().put_item().table_name(accounts.table_name());
        put.item("PK", text("THING#1")).item("email", text("c@example.com")).send().await.unwrap();
        let scan = accounts.scan::<Account>();
        let scan = if read { scan.read_units_per_second(100.0) } else { scan };
        let total = scan.add_missing_sentinels().await.unwrap();
        assert_eq!((total.added, total.present, total.skipped, total.problems.len()), (2, 1, 0, 1), "{total:?}");
    }
}
