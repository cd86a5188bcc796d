//! What things cost: worked out, and as the engine reports it.

use dynamodel::ErrorKind;
use dynamodel::cost::{ItemSize, Prices, RequestKind, WriteUnits};
use dynamodel::embedded::Engine;
use dynamodel::op::Capacity;
use dynamodel_tests::model::{Cached, Reading, Session, Shop};
use model::{Depot, Parcel, parcel};

mod engine;
mod model;
mod reads;
mod refused;
mod unique;

const TABLE: &str = include_str!("cost/depot.md");

fn depot() -> dynamodel::cost::CostTable {
    let samples = [parcel(300, 200), Parcel { depot: None, ..parcel(2_000, 500) }];
    let estimate = samples.iter().fold(Depot::definition().cost(), |estimate, parcel| estimate.sample(parcel));
    estimate.reading("of_customer", 20).reading("at_depot", 50).finish().unwrap()
}

#[test]
fn the_costs_of_a_table_are_as_recorded() {
    let text = depot().to_string();
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables/cost/depot.md");
        std::fs::write(path, text).unwrap();
        return;
    }
    assert_eq!(text, TABLE, "depot.md is made anew by UPDATE_SNAPSHOTS=1");
    assert_eq!(text, depot().to_string());
}

#[test]
fn several_samples_stand_for_the_items_in_equal_parts() {
    let costs = depot();
    let create = costs.of("Parcel", RequestKind::Create).unwrap();
    // One of them is in no global index.
    let units = |parcel: &Parcel| f64::from(WriteUnits::of_new(parcel).unwrap().total());
    let [near, far] = [parcel(300, 200), Parcel { depot: None, ..parcel(2_000, 500) }];
    assert!((create.write_units - f64::midpoint(units(&near), units(&far))).abs() < 1e-9);
    let of_index = create.index_write_units.iter().find(|(index, _)| *index == "AtDepot").unwrap();
    assert!((of_index.1 - 0.5).abs() < 1e-9);
    let prices = Prices { million_read_units: 0.5, million_write_units: 2.0 };
    assert!((create.price(&prices, 3.0) - create.write_units * 6.0).abs() < 1e-9);
}

#[test]
fn a_size_has_its_parts_and_its_indexes() {
    let size = ItemSize::of(&parcel(1_000, 10)).unwrap();
    let names: Vec<_> = size.entries.iter().map(|entry| entry.index).collect();
    assert_eq!(names, ["AtDepot", "ByState", "ByWeight"]);
    let [whole, keys, some] = size.entries[..] else { panic!("{size:?}") };
    assert_eq!(whole.bytes, size.total(), "an index of everything");
    assert!(keys.bytes < some.bytes && some.bytes < whole.bytes, "{size:?}");
    assert_eq!(size.stored(), size.total() + whole.bytes + keys.bytes + some.bytes + 400);
    let elsewhere = ItemSize::of(&Parcel { depot: None, ..parcel(1_000, 10) }).unwrap();
    assert_eq!(elsewhere.entries.len(), 2, "sparse");
}

#[test]
fn what_cannot_be_estimated_is_an_error() {
    let none = Shop::definition().cost().finish().unwrap_err();
    assert_eq!(none.kind(), ErrorKind::InvalidDefinition);
    let session = Session::new("u1", "s1");
    let unknown = Shop::definition().cost().sample(&session).reading("of_usr", 5).finish().unwrap_err();
    assert!(unknown.to_string().contains("`of_usr`"), "{unknown}");
    let reading = Reading { device: "d".into(), at: 1, celsius: 1.0 };
    let other = Shop::definition().cost().sample(&reading).finish().unwrap_err();
    assert!(other.to_string().contains("is of the table `Readings`"), "{other}");
    let nan = Reading { celsius: f64::NAN, ..reading };
    let unstorable = dynamodel_tests::model::Readings::definition().cost().sample(&nan).finish().unwrap_err();
    assert_eq!(unstorable.kind(), ErrorKind::InvalidValue);
    let empty = Session::new("", "s1");
    assert!(ItemSize::of(&empty).is_ok(), "a template's literal makes the key long enough");
}

#[tokio::test]
async fn explain_counts_what_each_index_holds() {
    let depot = Engine::memory().unwrap().client::<Depot>("depot").await.unwrap();
    let explained = depot.create(&parcel(5_000, 10)).explain().unwrap();
    // Five KB and the rest for the table and the index of everything; the others hold less.
    assert_eq!(explained.capacity, Capacity::Write(6 + 6 + 1 + 1));
    let shown: Vec<_> = explained.indexes.iter().map(|part| (part.index, part.units)).collect();
    assert_eq!(shown, [("AtDepot", 6), ("ByState", 1), ("ByWeight", 1)]);
    let text = explained.to_string();
    assert!(
        text.starts_with("PutItem (14 write unit(s): 6 by `AtDepot`, 1 by `ByState`, 1 by `ByWeight`)\n{"),
        "{text}"
    );
    let shop = Engine::memory().unwrap().client::<Shop>("shop").await.unwrap();
    let cached = Cached { name: "n".into(), value: 1, expires_at: dynamodel::Expiry::from_epoch_seconds(9).unwrap() };
    let transaction = shop.transact((shop.put(&cached), shop.delete(Session::key("u", "s"))));
    assert_eq!(transaction.explain().unwrap().capacity, Capacity::WriteAtLeast(4));
}
