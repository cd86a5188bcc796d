//! What stands in a policy's conditions: wildcards that are none, characters that it cannot hold, statements that are one.

use super::asks::{ARN, TABLE, asks, keys};
use super::evaluator::{Ask, Context, Evaluator};
use super::guild::{Account, Form as _, Guild};
use super::runs;
use dynamodel::ErrorKind;
use dynamodel::define::{Access, Grant, Permissions, Principal};
use dynamodel::embedded::Engine;
use dynamodel::sdk::types::AttributeValue;
use dynamodel_tests::wrap::wrap;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

fn permissions() -> Permissions {
    runs::definition().permissions().table_arn(format!("{ARN}{TABLE}"))
}

fn statements(permissions: &Permissions) -> Vec<Value> {
    let policy: Value = serde_json::from_str(&permissions.to_json().unwrap()).unwrap();
    policy["Statement"].as_array().unwrap().clone()
}

/// Whether an item of the partition may be read, with this key in the request's context.
fn reads(grant: Grant, partition: &str, (key, value): (&str, &str)) -> bool {
    let list = |text: &str| vec![text.to_owned()];
    let context = Context::from([("dynamodb:LeadingKeys".to_owned(), list(partition)), (key.to_owned(), list(value))]);
    let ask = Ask { action: "dynamodb:GetItem".into(), resource: format!("{ARN}{TABLE}"), context };
    Evaluator::of(&permissions().allow(grant).to_json().unwrap()).allows(&ask)
}

#[test]
fn a_wildcard_in_a_text_is_none() {
    let grant = |text: &str| {
        let own = Grant::on_table([Access::Get]).own_partitions("Usage", [("who", Principal::text(text))]);
        own.own_partitions("Post", [("who", Principal::text(text))])
            .own_partitions("Profile", [("who", Principal::text(text))])
    };
    for (text, partition, allowed) in [
        ("a*", "USER#a*", true),
        ("a*", "USER#ab", false),
        ("a?", "USAGE#a?#2026", true),
        ("a?", "USAGE#ab#2026", false),
        // As they are in a key: `$` is `$T`, `#` is `$S`.
        ("${who}", "USER#$T{who}", true),
        ("${who}", "USER#ada", false),
        ("a#b", "USER#a$Sb", true),
        ("a", "USAGE#a#", true),
        ("a", "USAGE#ab#2026", false),
    ] {
        assert_eq!(reads(grant(text), partition, ("who", "ada")), allowed, "{text} {partition}");
    }
}

#[test]
fn a_foreign_key_forges_no_partition() {
    let grant = || {
        Grant::on_table([Access::Get])
            .own_partitions("Usage", [("who", Principal::condition_key("auth.example.com:sub"))])
    };
    for (value, allowed) in
        [("ada", true), ("*", false), ("a?a", false), ("ada#x", false), ("$", false), ("bob", false)]
    {
        assert_eq!(reads(grant(), "USAGE#ada#2026", ("auth.example.com:sub", value)), allowed, "{value}");
    }
    assert!(!reads(grant(), "USAGE##2026", ("another", "ada")), "without the key nothing is anybody's");
}

#[test]
fn what_a_policy_cannot_hold_is_refused_by_name() {
    let own = |who: Principal| Grant::on_table([Access::Get]).own_partitions("Usage", [("who", who)]);
    for (grant, part) in [
        (
            own(Principal::text("名")),
            "\"USAGE#名#*\" cannot be written in a policy: IAM allows characters up to U+00FF, and '名' is above",
        ),
        (own(Principal::condition_key("auth.example.com:名")), "cannot be written in a policy"),
    ] {
        let refused = permissions().allow(grant).to_json().unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidDefinition);
        assert!(refused.to_string().contains(part), "{refused}");
    }
    assert!(permissions().allow(own(Principal::text("käse"))).to_json().is_ok());
}

/// Beside its own action, which is on the whole table.
#[test]
fn a_write_of_unique_values_is_kept_to_their_sentinels_and_the_old_ones() {
    let all = statements(&permissions().allow(Grant::on_table([Access::Delete])));
    let not_among = json!({"dynamodb:LeadingKeys": "false"});
    let reads = |start: &str, names: &[&str]| {
        json!({
            "Effect": "Allow",
            "Action": ["dynamodb:GetItem"],
            "Resource": format!("{ARN}{TABLE}"),
            "Condition": {
                "ForAllValues:StringLike": {"dynamodb:LeadingKeys": start},
                "Null": {"dynamodb:LeadingKeys": "false", "dynamodb:Attributes": "false"},
                "ForAllValues:StringEquals": {"dynamodb:Attributes": names},
                "StringEqualsIfExists": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"},
            },
        })
    };
    let sentinels = ["${$}UNIQUE#Account#text#*", "${$}UNIQUE#ba${*}ge${?}${$}#who+text#*"];
    let expected = [
        json!({"Effect": "Allow", "Action": ["dynamodb:DeleteItem"], "Resource": format!("{ARN}{TABLE}")}),
        json!({
            "Effect": "Allow",
            "Action": ["dynamodb:ConditionCheckItem"],
            "Resource": format!("{ARN}{TABLE}"),
            "Condition": {
                "ForAllValues:StringLike": {"dynamodb:LeadingKeys": sentinels},
                "Null": not_among,
                "ForAnyValue:StringEquals": {"dynamodb:EnclosingOperation": "TransactWriteItems"},
            },
        }),
        reads("ACCOUNT#*", &["PK", "SK", "text", "until"]),
        reads("BADGE#*", &["PK", "SK", "who", "text"]),
    ];
    assert_eq!(all, expected);
}

#[test]
fn patterns_of_one_index_stand_in_one_statement() {
    let [feed, mail] = [("Post", "in_feed"), ("Profile", "by_mail")].map(|(entity, name)| Grant::pattern(entity, name));
    let both = permissions().allow(feed.clone()).allow(mail.clone());
    let [only] = &statements(&both)[..] else { panic!("one statement") };
    let texts = json!({"dynamodb:LeadingKeys": ["FEED#*", "MAIL#*"]});
    assert_eq!(only["Condition"]["ForAllValues:StringLike"], texts);
    // With another condition it is another statement, and without one there is no need of it.
    assert_eq!(statements(&both.clone().allow(mail.clone().attributes(["text"]))).len(), 2);
    let whole = Grant::on_index("Gsi1", [Access::Query]);
    let [only] = &statements(&both.allow(whole.clone()))[..] else { panic!("one statement") };
    assert!(only.get("Condition").is_none());
    let scanned = statements(&permissions().allow(Grant::on_index("Gsi1", [Access::Scan])).allow(feed));
    assert_eq!(scanned.len(), 2, "a scan needs another action");
}

/// A partition key with more behind it is somebody else's.
#[test]
fn a_wildcard_stands_for_one_field() {
    let [only] = &statements(&permissions().allow(Grant::pattern("Team", "of_team")))[..] else {
        panic!("one statement")
    };
    let condition = &only["Condition"];
    assert_eq!(condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"], "TEAM#*");
    assert_eq!(condition["ForAllValues:StringNotLike"]["dynamodb:LeadingKeys"], "*#*#*");
    let [only] = &statements(&permissions().allow(Grant::pattern("Item", "of_shelf")))[..] else {
        panic!("one statement")
    };
    assert!(only["Condition"].get("ForAllValues:StringNotLike").is_none(), "there is none that could be taken for it");
}

#[test]
fn everything_fits_into_one_managed_policy() {
    let all = permissions().allow_all().to_json().unwrap();
    let length = all.chars().filter(|c| !c.is_whitespace()).count();
    assert!(length < 6_144, "{length}");
    assert!(!all.contains("dynamodb:Scan"));
}

/// What the documentation of `AddMissingSentinels` says that it needs, and no less.
#[tokio::test]
async fn adding_missing_sentinels_needs_scan_get_put_and_check() {
    let engine = Engine::memory().unwrap();
    let guild = engine.client_with::<Guild>(TABLE, &runs::definition()).await.unwrap();
    guild.create(&Account::fresh("ada")).await.unwrap();
    let sentinels = guild.sdk().scan().table_name(TABLE).filter_expression("begins_with(PK, :u)");
    let sentinels = sentinels.expression_attribute_values(":u", AttributeValue::S("$UNIQUE#".into())).send().await;
    for mut item in sentinels.unwrap().items.unwrap() {
        let delete = guild.sdk().delete_item().table_name(TABLE).key("PK", item.remove("PK").unwrap());
        delete.key("SK", item.remove("SK").unwrap()).send().await.unwrap();
    }
    let (seen, keys) = (Arc::new(Mutex::new(Vec::new())), keys(&runs::definition()));
    let notes = Arc::clone(&seen);
    let (client, _) = wrap(&guild, 1, move |seen| {
        notes.lock().unwrap().push(seen.clone());
        None
    });
    assert_eq!(client.scan::<Account>().add_missing_sentinels().await.unwrap().added, 1);
    let asked: Vec<Ask> = seen.lock().unwrap().iter().flat_map(|seen| asks(seen, &keys)).collect();
    let allowed = |access: &[Access]| {
        let grant = Grant::on_table(access.to_vec());
        let policy = Evaluator::of(&permissions().allow(grant).to_json().unwrap());
        asked.iter().all(|ask| policy.allows(ask))
    };
    let all = [Access::Scan, Access::Get, Access::Put, Access::Check];
    assert!(allowed(&all));
    for left_out in all {
        let rest: Vec<_> = all.into_iter().filter(|access| *access != left_out).collect();
        assert!(!allowed(&rest), "{left_out:?} is not needed");
    }
}
