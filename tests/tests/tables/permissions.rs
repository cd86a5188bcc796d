//! Permissions: policies as they are recorded, what they cannot express, and whether they cover what is really sent.

use dynamodel::define::{Access, Grant, Permissions, Principal};
use dynamodel::{Entity, ErrorKind, Table};
use dynamodel_tests::model::Shop;
use serde::{Deserialize, Serialize};

mod asked;
mod asks;
mod book;
mod edges;
mod evaluator;
mod guild;
mod locks;
mod matrix;
mod needs;
mod runs;
mod sent;
mod streams;
mod tables;
mod templates;
mod unique;

const DOCUMENT: &str = include_str!("permissions/shop.json");

/// A table in which partitions belong to people.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByMail, pk = "mail"), gsi(ByPlace, pk = ["country", "city"], sk = "SK"))]
#[dynamo(lsi(ByAge, sk = "age"), gsi(Feed, pk = "FEED"))]
#[dynamo(entities(Profile, Post, Monthly, Invoice, Counter, Setting, Foreign))]
#[dynamo(settings(default_name = "club", stream = keys_only))]
struct Club;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "USER#{user_id}", sk = "PROFILE", query = of_user, mixed)]
#[dynamo(index(by_mail = ByMail, pk = mail), index(of_place = ByPlace, pk = [country, city], sk = "PROFILE"))]
#[dynamo(index(by_age = ByAge, sk = age))]
struct Profile {
    user_id: String,
    mail: String,
    country: String,
    city: String,
    age: u32,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "USER#{author}", sk = "POST#{number:06}", query = of_author)]
#[dynamo(index(in_feed = Feed, pk = "FEED#{author}"))]
struct Post {
    author: String,
    number: u32,
    text: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "USAGE#{user_id}#{month}", sk = "USAGE")]
struct Monthly {
    user_id: String,
    month: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "INVOICE#{number:08}#{user_id}", sk = "INVOICE")]
struct Invoice {
    number: u32,
    user_id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "COUNTER#{id:05}", sk = "COUNTER")]
struct Counter {
    id: u16,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "SETTINGS", sk = "SETTING#{name}")]
struct Setting {
    name: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "raw-{owner:raw}-{id:raw}", sk = "FOREIGN")]
struct Foreign {
    owner: String,
    id: String,
}

/// Keyed by numbers.
#[derive(Table, Debug)]
#[dynamo(pk = "id", entities(Meter))]
struct Meters;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Meters, pk = id)]
struct Meter {
    id: u64,
}

fn me() -> Principal {
    Principal::tag("user_id")
}

fn club() -> Permissions {
    Club::definition().permissions()
}

fn refused(grant: Grant) -> String {
    let error = club().allow(grant).to_json().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidDefinition);
    error.to_string()
}

fn read(permissions: &Permissions) -> serde_json::Value {
    serde_json::from_str(&permissions.to_json().unwrap()).unwrap()
}

#[test]
fn a_policy_is_as_recorded() {
    let text = club()
        .table_arn("arn:aws:dynamodb:eu-west-1:123456789012:table/club")
        .allow(
            Grant::on_table([Access::Get, Access::Update, Access::Query])
                .own_partitions("Profile", [("user_id", me())])
                .own_partitions("Post", [("author", me())]),
        )
        .allow(Grant::on_table([Access::Get]).own_partitions("Monthly", [("user_id", me())]))
        .allow(Grant::pattern("Profile", "by_mail"))
        .allow(Grant::on_index("ByMail", [Access::Scan]))
        .allow(Grant::on_table([Access::Create, Access::Check]).in_transactions_only())
        .allow(Grant::on_table([Access::Query]).attributes(["text"]))
        .allow(Grant::on_table([Access::CheckSchema, Access::EnsureTable, Access::ReadStream]))
        .allow(Grant::on_table([Access::Plan, Access::Apply, Access::PollStream]))
        .to_json()
        .unwrap();
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables/permissions/shop.json");
        std::fs::write(path, text).unwrap();
        return;
    }
    assert_eq!(text, DOCUMENT, "made anew by UPDATE_SNAPSHOTS=1");
}

#[test]
fn the_key_of_ones_own_partition_comes_from_the_entity() {
    let leading = |grant: Grant| {
        let condition = read(&club().allow(grant))["Statement"][0]["Condition"].clone();
        assert_eq!(condition["Null"]["dynamodb:LeadingKeys"], "false", "{condition}");
        condition
    };
    let exact = leading(
        Grant::on_table([Access::Get])
            .own_partitions("Profile", [("user_id", me())])
            .own_partitions("Post", [("author", me())]),
    );
    let tag = "USER#${aws:PrincipalTag/user_id}";
    assert_eq!(exact["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"], tag);
    // What stands behind the principal's field is anything.
    let open =
        leading(Grant::on_table([Access::Get]).own_partitions("Monthly", [("user_id", Principal::cognito_identity())]));
    let cognito = "USAGE#${cognito-identity.amazonaws.com:sub}#*";
    assert_eq!(open["ForAllValues:StringLike"]["dynamodb:LeadingKeys"], cognito);
    // A field that is the key by itself.
    let native =
        leading(Grant::pattern("Profile", "by_mail").own_partitions("Profile", [("mail", Principal::user_name())]));
    assert_eq!(native["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"], "${aws:username}");
    // A local index has the table's partitions.
    let local = leading(Grant::pattern("Profile", "by_age").own_partitions("Profile", [("user_id", me())]));
    assert_eq!(local["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"], tag);
    // A text is written as it is in the key, and means nothing else to IAM.
    let fixed = Principal::text("a#b $*?");
    let text = leading(Grant::on_index("Feed", [Access::Query]).own_partitions("Post", [("author", fixed)]));
    assert_eq!(text["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"], "FEED#a${$}Sb${$}P${$}T${*}${?}");
    // What somebody else says of the principal must not be able to forge a key.
    let foreign = Principal::condition_key("auth.example.com:sub");
    let guarded = leading(Grant::on_index("Feed", [Access::Query]).own_partitions("Post", [("author", foreign)]));
    assert_eq!(guarded["StringNotLike"]["auth.example.com:sub"][0], "*#*");
}

/// What the policy compares is what the library writes.
#[test]
fn the_text_is_the_one_of_the_stored_key() {
    for value in ["ada", "a#b", "$x y", "käse"] {
        let grant = Grant::on_table([Access::Get]).own_partitions("Profile", [("user_id", Principal::text(value))]);
        let grant = grant.own_partitions("Post", [("author", Principal::text(value))]);
        let policy = read(&club().allow(grant));
        let leading = &policy["Statement"][0]["Condition"]["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"];
        let stored = Profile::key(value).to_string();
        let stored = stored.split(" / ").next().unwrap().to_owned();
        assert_eq!(leading.as_str().unwrap().replace("${$}", "$"), stored, "{value}");
        // Nothing is written otherwise where the field is the key by itself.
        let by_mail =
            Grant::pattern("Profile", "by_mail").own_partitions("Profile", [("mail", Principal::text(value))]);
        let policy = read(&club().allow(by_mail));
        let leading = &policy["Statement"][0]["Condition"]["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"];
        assert_eq!(leading.as_str().unwrap().replace("${$}", "$"), value);
    }
}

#[test]
fn what_iam_cannot_compare_is_refused_by_name() {
    let own =
        |entity: &str, field: &str| refused(Grant::on_table([Access::Get]).own_partitions(entity, [(field, me())]));
    for (told, part) in [
        (own("Invoice", "user_id"), "begins with `number`, which has no value here"),
        (own("Counter", "id"), "`id` is an integer"),
        (own("Profile", "name"), "the partition key `USER#{user_id}` of `Profile` has no field `name`"),
        (own("Foreign", "owner"), "`owner` is raw and not the last"),
        (own("Nobody", "id"), "`Nobody` is not an entity (known: `Profile`, `Post`"),
        (own("Profile", "user_id"), "of `Profile` can also hold items of `Post` (`USER#{author}`)"),
        (
            refused(Grant::on_table([Access::Get]).own_partitions("Setting", [] as [(&str, Principal); 0])),
            "it belongs to no principal",
        ),
        (
            refused(Grant::on_table([Access::Get]).own_partitions("Profile", [("user_id", Principal::tag("a}b"))])),
            "\"aws:PrincipalTag/a}b\" is not a condition key of IAM",
        ),
        (
            refused(Grant::pattern("Profile", "of_place").own_partitions("Profile", [("country", me())])),
            "the partition key of the index `ByPlace` has 2 attributes, and `own_partitions` can compare only one",
        ),
        (
            refused(Grant::on_index("Feed", [Access::Query]).own_partitions("Profile", [("user_id", me())])),
            "`Profile` is not on the index `Feed`",
        ),
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let meters = Meters::definition().named("meters").permissions();
    let told =
        meters.allow(Grant::on_table([Access::Get]).own_partitions("Meter", [("id", me())])).to_json().unwrap_err();
    assert!(told.to_string().contains("`id` is a number, and IAM compares strings"), "{told}");
}

#[test]
fn what_cannot_be_had_there_is_refused_by_name() {
    let own = |access| {
        Grant::on_table([access])
            .own_partitions("Profile", [("user_id", me())])
            .own_partitions("Post", [("author", me())])
    };
    for (told, part) in [
        (refused(own(Access::Scan)), "`Scan` names no partition"),
        (refused(own(Access::EnsureTable)), "`EnsureTable` names no partition"),
        (refused(own(Access::Apply)), "`Apply` names no partition"),
        (refused(own(Access::PollStream)), "`PollStream` names no partition"),
        (
            refused(Grant::on_index("ByMail", [Access::Get])),
            "`Get` on the index `ByMail`: an index can only be queried",
        ),
        (
            refused(Grant::on_index("ByMale", [Access::Query])),
            "`ByMale` is not an index (known: `ByMail`, `ByPlace`, `Feed`, `ByAge`)",
        ),
        (
            refused(Grant::pattern("Post", "by_author")),
            "`by_author` is not an access pattern of `Post` (known: `of_author`, `in_feed`)",
        ),
        (
            refused(Grant::on_table([Access::Update]).attributes(["text"])),
            "`Update` cannot be restricted to single attributes",
        ),
        (
            refused(Grant::on_table([Access::Get]).attributes(["txet"])),
            "no entity of the table stores an attribute `txet`",
        ),
        (refused(Grant::on_table([Access::Query]).in_transactions_only()), "`Query` cannot be part of a transaction"),
        (refused(Grant::on_table([])), "a grant allows nothing"),
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    for access in [Access::ReadStream, Access::PollStream] {
        let silent = Shop::definition().named("shop").permissions().allow(Grant::on_table([access]));
        assert!(silent.to_json().unwrap_err().to_string().contains("has no stream"), "{access:?}");
    }
    let unnamed = Shop::definition().permissions().allow_all().to_json().unwrap_err();
    assert!(unnamed.to_string().contains("the policy needs the table's name"), "{unnamed}");
    for arn in [
        "shop",
        "arn:aws:s3:::shop",
        "arn:aws:dynamodb:eu-west-1:1:table/",
        "arn:aws:dynamodb:eu-west-1:1:table/a/index/b",
    ] {
        assert!(
            club().table_arn(arn).allow_all().to_json().unwrap_err().to_string().contains("is not the ARN of a table"),
            "{arn}"
        );
    }
    assert!(club().to_json().unwrap_err().to_string().contains("the permissions allow nothing"));
}

#[test]
fn attributes_are_those_and_what_the_library_asks_for() {
    let policy = read(&club().allow(Grant::on_table([Access::Get]).attributes(["text"])));
    let condition = &policy["Statement"][0]["Condition"];
    let names = serde_json::json!(["PK", "SK", "_type", "text"]);
    assert_eq!(condition["ForAllValues:StringEquals"]["dynamodb:Attributes"], names);
    assert_eq!(condition["StringEqualsIfExists"]["dynamodb:Select"], "SPECIFIC_ATTRIBUTES");
}
