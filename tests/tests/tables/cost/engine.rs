//! Against the capacity that the engine reports for the same requests.
//!
//! Its figures are those of Amazon DynamoDB as its authors recorded them. Two of them are not in the documentation: that in
//! a transaction the table's part counts double and that of the indexes does not, and that a number counts its digits
//! before and behind the point apart. The documentation says nothing of the first and "approximately" of the second; this
//! library follows the figures.

use super::model::{Depot, Parcel, parcel};
use dynamodel::Client;
use dynamodel::cost::{IndexUnits, ItemSize, ReadUnits, WriteUnits};
use dynamodel::embedded::Engine;
use dynamodel::sdk::types::{ConsumedCapacity, ReturnConsumedCapacity, TransactWriteItem};
use proptest::prelude::*;

pub const INDEXES: ReturnConsumedCapacity = ReturnConsumedCapacity::Indexes;

/// The embedded engine, whatever else the tests run on: ministack reports nothing of what the indexes consume,
/// which is not what DynamoDB's documentation says.
pub async fn embedded() -> Client<Depot> {
    Engine::memory().unwrap().client("depot").await.unwrap()
}

/// What was consumed: of the table, and of every index by name.
pub fn consumed(capacity: Option<&ConsumedCapacity>) -> (f64, Vec<(String, f64)>) {
    let capacity = capacity.expect("the engine reports what was consumed");
    let of = |part: &dynamodel::sdk::types::Capacity| part.capacity_units().unwrap_or_default();
    let global = capacity.global_secondary_indexes().into_iter().flatten();
    let local = capacity.local_secondary_indexes().into_iter().flatten();
    let mut indexes: Vec<_> = global.chain(local).map(|(name, part)| (name.clone(), of(part))).collect();
    indexes.retain(|(_, units)| *units > 0.0);
    indexes.sort_by(|a, b| a.0.cmp(&b.0));
    (capacity.table().map(of).unwrap_or_default(), indexes)
}

/// What was worked out, in the same form. The table's part is taken `times` often.
fn expected(units: &WriteUnits, times: u32) -> (f64, Vec<(String, f64)>) {
    let index = |part: &IndexUnits| (part.index.to_owned(), f64::from(part.units));
    let mut indexes: Vec<_> = units.indexes.iter().map(index).collect();
    indexes.sort_by(|a, b| a.0.cmp(&b.0));
    (f64::from(units.table * times), indexes)
}

async fn put(depot: &Client<Depot>, item: &Parcel) -> (f64, Vec<(String, f64)>) {
    let put = depot.put(item).into_sdk().unwrap().return_consumed_capacity(INDEXES);
    consumed(put.send().await.unwrap().consumed_capacity())
}

async fn delete(depot: &Client<Depot>, item: &Parcel) -> (f64, Vec<(String, f64)>) {
    let delete = depot.delete(item).into_sdk().unwrap().return_consumed_capacity(INDEXES);
    consumed(delete.send().await.unwrap().consumed_capacity())
}

/// A new item, the change into another, and its end: the same from the engine and from the library.
async fn compare(depot: &Client<Depot>, old: &Parcel, new: &Parcel) {
    assert_eq!(put(depot, old).await, expected(&WriteUnits::of_new(old).unwrap(), 1), "new: {old:?}");
    let change = WriteUnits::of_change(old, new).unwrap();
    assert_eq!(put(depot, new).await, expected(&change, 1), "{old:?} to {new:?}");
    reads(depot, new).await;
    assert_eq!(delete(depot, new).await, expected(&WriteUnits::of_delete(new).unwrap(), 1), "the end of {new:?}");
}

async fn reads(depot: &Client<Depot>, item: &Parcel) {
    let size = ItemSize::of(item).unwrap();
    let whole = ReadUnits::of_bytes(size.total());
    let get = || Parcel::key(&item.customer, item.number);
    for (get, units) in [(depot.get(get()), whole.eventual()), (depot.get(get()).consistent(), whole.consistent())] {
        let answer = get.into_sdk().unwrap().return_consumed_capacity(INDEXES).send().await.unwrap();
        assert_eq!(consumed(answer.consumed_capacity()), (units, Vec::new()), "{item:?}");
    }
    let entry = |index: &str| size.entries.iter().find(|entry| entry.index == index).map(|entry| entry.bytes);
    let in_state = depot.query(Parcel::in_state(&item.state)).into_sdk().unwrap();
    let answer = in_state.return_consumed_capacity(INDEXES).send().await.unwrap();
    let units = ReadUnits::of_bytes(entry("ByState").unwrap()).eventual();
    assert_eq!(consumed(answer.consumed_capacity()), (0.0, vec![("ByState".to_owned(), units)]));
    let lightest = depot.query(Parcel::by_weight(&item.customer)).consistent().into_sdk().unwrap();
    let answer = lightest.return_consumed_capacity(INDEXES).send().await.unwrap();
    let units = ReadUnits::of_bytes(entry("ByWeight").unwrap()).consistent();
    assert_eq!(consumed(answer.consumed_capacity()), (0.0, vec![("ByWeight".to_owned(), units)]));
}

/// The contents that make the item so many bytes.
pub fn of_bytes(bytes: usize) -> Parcel {
    let empty = ItemSize::of(&parcel(0, 0)).unwrap().total();
    let filled = parcel(bytes - empty, 0);
    assert_eq!(ItemSize::of(&filled).unwrap().total(), bytes);
    filled
}

#[tokio::test]
async fn at_the_edges_of_write_and_read_units_every_byte_counts() {
    let depot = embedded().await;
    for edge in [1024, 2048, 4096, 8192, 12_288] {
        for bytes in [edge - 1, edge, edge + 1] {
            let item = of_bytes(bytes);
            compare(&depot, &item, &item).await;
            compare(&depot, &item, &of_bytes(edge)).await;
            compare(&depot, &of_bytes(edge + 1), &item).await;
        }
    }
}

#[tokio::test]
async fn a_change_costs_each_index_by_what_it_does_there() {
    let depot = embedded().await;
    let item = parcel(3_000, 700);
    let moved = |depot: Option<&str>| Parcel { depot: depot.map(str::to_owned), ..item.clone() };
    let cases = [
        (item.clone(), vec![]),
        (moved(Some("Delft")), vec![("AtDepot", 8)]),
        (moved(None), vec![("AtDepot", 4)]),
        (Parcel { state: "sent".into(), ..item.clone() }, vec![("AtDepot", 4), ("ByState", 2)]),
        (Parcel { weight: 3, ..item.clone() }, vec![("AtDepot", 4), ("ByWeight", 2)]),
        (Parcel { contents: "d".repeat(3_000), ..item.clone() }, vec![("AtDepot", 4)]),
        (Parcel { note: String::new(), ..item.clone() }, vec![("AtDepot", 4), ("ByWeight", 1)]),
    ];
    for (new, indexes) in cases {
        let units = WriteUnits::of_change(&item, &new).unwrap();
        let found: Vec<_> = units.indexes.iter().map(|part| (part.index, part.units)).collect();
        assert_eq!((units.table, found), (4, indexes), "{new:?}");
        compare(&depot, &item, &new).await;
    }
}

#[tokio::test]
async fn an_update_costs_as_if_it_wrote_the_whole_item() {
    let depot = embedded().await;
    let item = parcel(3_000, 700);
    depot.create(&item).await.unwrap();
    let update = depot.update(&item).set(|p| p.note, "").into_sdk().unwrap().return_consumed_capacity(INDEXES);
    let units = WriteUnits::of_change(&item, &Parcel { note: String::new(), ..item.clone() }).unwrap();
    assert_eq!(consumed(update.send().await.unwrap().consumed_capacity()), expected(&units, 1));
    assert_eq!(units.table, 4);
}

#[tokio::test]
async fn in_a_transaction_the_tables_part_counts_double() {
    let depot = embedded().await;
    let item = parcel(1_500, 10);
    let put = depot.put(&item).into_sdk().unwrap();
    let action = dynamodel::sdk::types::Put::builder()
        .table_name(depot.table_name())
        .set_item(put.get_item().clone())
        .build()
        .unwrap();
    let action = TransactWriteItem::builder().put(action).build();
    let sent = depot.sdk().transact_write_items().transact_items(action).return_consumed_capacity(INDEXES);
    let answer = sent.send().await.unwrap();
    let units = WriteUnits::of_new(&item).unwrap();
    let (table, indexes) = consumed(answer.consumed_capacity().first());
    assert_eq!((table, indexes.clone()), expected(&units, 2));
    let all = table + indexes.iter().map(|(_, units)| units).sum::<f64>();
    assert_eq!(Some(all), Some(f64::from(units.in_transaction())));
}

#[tokio::test]
async fn a_query_adds_before_it_rounds_and_a_filter_saves_nothing() {
    let depot = embedded().await;
    let mut bytes = 0;
    for number in 0..20 {
        let item = Parcel { number, ..parcel(300 + number as usize, 0) };
        bytes += ItemSize::of(&item).unwrap().total();
        depot.create(&item).await.unwrap();
    }
    let units = ReadUnits::of_bytes(bytes).eventual();
    assert!((0.5..20.0 * 0.5).contains(&units), "less than twenty gets: {units}");
    for query in [
        depot.query(Parcel::of_customer("ada")),
        depot.query(Parcel::of_customer("ada")).filter(|p| p.state.eq("lost")),
    ] {
        let answer = query.into_sdk().unwrap().return_consumed_capacity(INDEXES).send().await.unwrap();
        assert_eq!(consumed(answer.consumed_capacity()), (units, Vec::new()));
    }
    let costs = Depot::definition().cost().sample(&parcel(310, 0)).reading("of_customer", 20).finish().unwrap();
    let worked_out = costs.of("Parcel", dynamodel::cost::RequestKind::Pattern("of_customer")).unwrap();
    assert_eq!((worked_out.read_units, worked_out.items), (units, 20));
}

fn parcels() -> impl Strategy<Value = Parcel> {
    let sizes = (0..9_000_usize, 0..2_500_usize, proptest::collection::vec(-1e12..1e12_f64, 0..4));
    let keys = (prop_oneof![Just(None), "[a-z]{1,40}".prop_map(Some)], "[a-zé]{1,30}", any::<i64>());
    (sizes, keys).prop_map(|((contents, note, prices), (depot, state, weight))| Parcel {
        depot,
        state,
        weight,
        prices,
        ..parcel(contents, note)
    })
}

#[test]
fn what_is_worked_out_is_what_the_engine_reports_for_any_items() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let depot = runtime.block_on(embedded());
    let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(old in parcels(), new in parcels())| {
        runtime.block_on(compare(&depot, &old, &new));
    });
}
