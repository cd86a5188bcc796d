//! Empty keys: of an index and in a map. DynamoDB takes neither, and nothing is sent.

use super::nowhere;
use dynamodel::op::{BatchOp, Check, Create, Put, Save, Update};
use dynamodel::{Client, Entity, Error, ErrorKind, Projection, Result, Table};
use dynamodel_tests::model::{Session, Shop};
use dynamodel_tests::{both, clock};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Table)]
#[dynamo(pk = "id", entities(Parcel))]
#[dynamo(
    gsi(ByOwner, pk = "owner", sk = "rack"),
    gsi(ByPlace, pk = ["country", "city"], sk = ["street"]),
    gsi(ByMark, pk = "GSI1PK")
)]
struct Depot;

/// Every index key is a field of its own, but for the last, which is rendered.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Depot, pk = id, query = of_id)]
#[dynamo(index(of_owner = ByOwner, pk = owner, sk = rack))]
#[dynamo(index(at = ByPlace, pk = [country, city], sk = [street]))]
#[dynamo(index(marked = ByMark, pk = "{mark}"))]
struct Parcel {
    id: String,
    owner: Option<String>,
    rack: String,
    country: String,
    city: Option<String>,
    street: String,
    mark: Option<String>,
    plain: String,
    labels: BTreeMap<String, BTreeMap<String, String>>,
    #[dynamo(version)]
    version: u64,
}

#[derive(Table)]
#[dynamo(pk = "id", entities(Label))]
struct Labels;

/// Whose attributes are those of a map.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Labels, pk = id)]
struct Label {
    id: String,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

#[derive(Projection, Deserialize, Debug)]
#[dynamo(of = Parcel)]
struct Marks {
    #[expect(dead_code, reason = "read")]
    labels: BTreeMap<String, BTreeMap<String, String>>,
}

fn parcel() -> Parcel {
    Parcel {
        id: "p1".into(),
        owner: Some("ada".into()),
        rack: "r1".into(),
        country: "nl".into(),
        city: Some("delft".into()),
        street: "kade".into(),
        mark: Some("m".into()),
        plain: String::new(),
        labels: BTreeMap::new(),
        version: 0,
    }
}

type Change = (&'static str, fn(&mut Parcel), fn(Update<Parcel, Client<Depot>>) -> Update<Parcel, Client<Depot>>);

/// Each index key, emptied in a value and by an update.
const CHANGES: [Change; 6] = [
    ("owner", |p| p.owner = Some(String::new()), |u| u.set(|p| p.owner, "")),
    ("rack", |p| p.rack = String::new(), |u| u.set(|p| p.rack, "")),
    ("country", |p| p.country = String::new(), |u| u.set(|p| p.country, "")),
    ("city", |p| p.city = Some(String::new()), |u| u.set(|p| p.city, "").set(|p| p.plain, "x")),
    ("street", |p| p.street = String::new(), |u| u.set(|p| p.street, "")),
    ("GSI1PK", |p| p.mark = Some(String::new()), |u| u.set(|p| p.mark, "")),
];

fn refused(error: &Error, kind: ErrorKind, entity: &str, attribute: &str) {
    assert_eq!((error.kind(), error.attempts()), (kind, 0), "{attribute}: {error}");
    assert_eq!((error.entity(), error.attribute()), (Some(entity), Some(attribute)), "{error}");
    let source = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let said = format!("{error}; {source}");
    assert!(said.contains("empty") && said.contains("DynamoDB takes no"), "{attribute}: {said}");
}

fn err<T>(result: Result<T>) -> Error {
    result.err().unwrap_or_else(|| panic!("not refused"))
}

#[tokio::test]
async fn an_empty_index_key_is_refused_by_every_verb() {
    let depot = nowhere::<Depot>();
    for (attribute, empty, update) in CHANGES {
        let mut p = parcel();
        empty(&mut p);
        let stored = Parcel { version: 1, ..parcel() };
        let key = || Parcel::key("p1");
        let errors = [
            err(depot.create(&p).await),
            err(depot.put(&p).await),
            err(depot.put(&p).unchecked().await),
            err(depot.save(&mut p.clone()).await),
            err(depot.get_or_create(p.clone()).await),
            err(depot.upsert(&p).set(|p| p.plain, "x").await),
            err(update(depot.update(key())).await),
            err(update(depot.update(&stored)).await),
            err(update(depot.update(key())).returning_new().await),
            err(depot.transact((Create::new(&p),)).await),
            err(depot.transact((Put::new(&p),)).await),
            err(depot.transact((Save::new(&mut p.clone()),)).await),
            err(depot.transact((update(depot.update(key())),)).await),
            err(BatchOp::<Depot>::put_unchecked(&p)),
            err(depot.batch_write().unchecked().put(&p).await),
        ];
        for error in errors {
            refused(&error, ErrorKind::InvalidKey, "Parcel", attribute);
        }
    }
}

#[tokio::test]
async fn an_index_key_that_only_dynamodb_computes_is_told_by_its_kind() {
    for depot in both::<Depot>(&clock()).await {
        depot.create(&parcel()).await.unwrap();
        let update = depot.update(Parcel::key("p1")).set_to(|p| p.street, |p| p.plain.copy());
        let error = update.await.unwrap_err();
        assert_eq!((error.kind(), error.entity()), (ErrorKind::InvalidKey, Some("Parcel")), "{error}");
        assert!(error.to_string().contains("nothing was written"), "{error}");
        let there = depot.get(Parcel::key("p1")).consistent().await.unwrap().unwrap();
        assert_eq!(there, Parcel { version: 1, ..parcel() });
    }
}

#[tokio::test]
async fn an_attribute_that_is_no_key_may_be_empty_and_an_absent_key_too() {
    for depot in both::<Depot>(&clock()).await {
        let mut p = Parcel { owner: None, city: None, mark: None, ..parcel() };
        depot.save(&mut p).await.unwrap();
        depot.update(Parcel::key("p1")).set(|p| p.plain, "").await.unwrap();
        let update = depot.update(Parcel::key("p1")).set(|p| p.owner, "bob").set(|p| p.city, None::<String>);
        let p = update.condition(|p| p.plain.eq("") & p.street.ne("")).returning_new().await.unwrap();
        assert_eq!((p.owner.as_deref(), p.city), (Some("bob"), None));
    }
}

#[tokio::test]
async fn an_empty_key_of_a_map_is_refused_in_values_and_in_paths() {
    let depot = nowhere::<Depot>();
    let map = |key: &str| BTreeMap::from([(key.to_owned(), "x".to_owned())]);
    for labels in [BTreeMap::from([(String::new(), map("a"))]), BTreeMap::from([("a".to_owned(), map(""))])] {
        let p = Parcel { labels: labels.clone(), ..parcel() };
        let key = || Parcel::key("p1");
        let errors = [
            err(depot.create(&p).await),
            err(depot.put(&p).await),
            err(depot.save(&mut p.clone()).await),
            err(depot.upsert(&p).set(|p| p.plain, "x").await),
            err(depot.update(key()).set(|p| p.labels, labels.clone()).await),
            err(depot.transact((Create::new(&p),)).await),
            err(depot.batch_write().unchecked().put(&p).await),
            err(depot.delete(key()).condition(|p| p.labels.eq(labels.clone())).await),
            err(depot.query(Parcel::of_id("p1")).filter(|p| p.labels.ne(labels.clone())).await),
        ];
        for error in errors {
            assert!(error.attribute().is_some_and(|place| place.starts_with("labels")), "{error:?}");
            let place = error.attribute().unwrap().to_owned();
            refused(&error, ErrorKind::InvalidValue, "Parcel", &place);
        }
    }

    let key = || Parcel::key("p1");
    let errors = [
        err(depot.update(key()).set(|p| p.labels.key(""), map("a")).await),
        err(depot.update(key()).set(|p| p.labels.key("a").key(""), "x").await),
        err(depot.update(key()).remove(|p| p.labels.key("")).await),
        err(depot.update(key()).set_to(|p| p.plain, |p| p.labels.key("").key("b").copy()).await),
        err(depot.update(key()).set(|p| p.plain, "x").condition(|p| p.labels.key("").exists()).await),
        err(depot.put(&parcel()).condition(|p| !p.labels.key("").exists() | p.plain.eq("")).await),
        err(depot.delete(key()).condition(|p| p.labels.key("").size().gt(1)).await),
        err(depot.query(Parcel::of_id("p1")).filter(|p| p.labels.key("").exists()).await),
        err(depot.query(Parcel::of_id("p1")).part::<Marks>().filter(|p| p.labels.key("").exists()).await),
        err(depot.scan::<Parcel>().filter(|p| p.labels.key("").exists()).collect().await),
        err(depot.transact((Check::new(key()).condition(|p| p.labels.key("").exists()),)).await),
        err(depot.upsert(&parcel()).set(|p| p.labels.key(""), map("a")).await),
    ];
    for error in errors {
        refused(&error, ErrorKind::InvalidValue, "Parcel", "labels");
    }
    let label = Label { id: "l".into(), rest: BTreeMap::from([(String::new(), "x".to_owned())]) };
    let error = err(nowhere::<Labels>().create(&label).await);
    assert_eq!(
        (error.kind(), error.entity(), error.attempts()),
        (ErrorKind::InvalidValue, Some("Label"), 0),
        "{error}"
    );
}

#[tokio::test]
async fn an_index_key_at_its_limit_is_stored_and_one_byte_more_is_refused() {
    for depot in both::<Depot>(&clock()).await {
        depot.create(&parcel()).await.unwrap();
        let update = || depot.update(Parcel::key("p1"));
        update().set(|p| p.owner, "x".repeat(2048)).set(|p| p.rack, "x".repeat(1024)).await.unwrap();
        let errors = [
            ("owner", err(update().set(|p| p.owner, "x".repeat(2049)).await)),
            ("rack", err(update().set(|p| p.rack, "x".repeat(1025)).await)),
        ];
        for (attribute, error) in errors {
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidKey, 0), "{error}");
            assert_eq!((error.entity(), error.attribute()), (Some("Parcel"), Some(attribute)), "{error}");
        }
    }
}

/// Why: the engine, which answers as DynamoDB does, takes no empty name at any depth.
#[tokio::test]
async fn the_engine_takes_no_empty_name_either() {
    use dynamodel::sdk::types::AttributeValue as A;
    // The embedded engine does as DynamoDB here; others need not.
    if dynamodel_tests::engine::is_remote() {
        return;
    }
    for shop in both::<Shop>(&clock()).await {
        let put = shop.put(&Session::new("u", "s")).unchecked().into_sdk().unwrap();
        let map = |key: &str| A::M([(key.to_owned(), A::S("x".into()))].into());
        for item in [("deep", A::L(vec![map("")])), ("plain", map("")), ("", A::S("x".into()))] {
            let sent = put.clone().item(item.0, item.1).send().await.unwrap_err();
            assert!(format!("{sent:?}").contains("Empty attribute name"), "{sent:?}");
        }
    }
}
