//! Reads by key, alone, in batches and in transactions, against the capacity that the engine reports.

use super::engine::{INDEXES, consumed, embedded, of_bytes};
use super::model::{Depot, Parcel, parcel};
use dynamodel::Client;
use dynamodel::cost::{ItemSize, ReadUnits, RequestKind};
use dynamodel::sdk::types::{AttributeValue, Get, KeysAndAttributes, TransactGetItem};
use std::collections::HashMap;

/// Sizes on both sides of the edges of 4 KB.
const SIZES: [usize; 9] = [400, 4_095, 4_096, 4_097, 8_192, 8_193, 12_287, 12_288, 12_289];

/// An item of each size.
async fn filled(depot: &Client<Depot>) -> Vec<Parcel> {
    let mut parcels = Vec::new();
    for (number, bytes) in (1..).zip(SIZES) {
        let parcel = Parcel { number, ..of_bytes(bytes) };
        assert_eq!(ItemSize::of(&parcel).unwrap().total(), bytes);
        depot.create(&parcel).await.unwrap();
        parcels.push(parcel);
    }
    parcels
}

fn key(depot: &Client<Depot>, number: u32) -> HashMap<String, AttributeValue> {
    let get = depot.get(Parcel::key(&parcel(0, 0).customer, number)).into_sdk().unwrap();
    get.get_key().clone().unwrap()
}

/// What a transaction that reads these consumes.
async fn in_transaction(depot: &Client<Depot>, numbers: impl IntoIterator<Item = u32>) -> (f64, Vec<(String, f64)>) {
    let mut request = depot.sdk().transact_get_items().return_consumed_capacity(INDEXES);
    for number in numbers {
        let get = Get::builder().table_name(depot.table_name()).set_key(Some(key(depot, number))).build().unwrap();
        request = request.transact_items(TransactGetItem::builder().get(get).build());
    }
    let answer = request.send().await.unwrap();
    consumed(answer.consumed_capacity().first())
}

#[tokio::test]
async fn a_read_in_a_transaction_costs_two_units_for_every_4_kb_of_each_item() {
    let depot = embedded().await;
    let parcels = filled(&depot).await;
    let mut all = 0.0;
    for (parcel, bytes) in parcels.iter().zip(SIZES) {
        let units = ReadUnits::of_bytes(bytes).in_transaction();
        assert_eq!(in_transaction(&depot, [parcel.number]).await, (units, Vec::new()), "{bytes} bytes");
        all += units;
        let costs = Depot::definition().cost().sample(parcel).finish().unwrap();
        assert_eq!(costs.of("Parcel", RequestKind::Get).unwrap().transaction_units, Some(units), "{bytes} bytes");
    }
    // Each is rounded by itself.
    assert_eq!(in_transaction(&depot, parcels.iter().map(|parcel| parcel.number)).await, (all, Vec::new()));
}

#[tokio::test]
async fn a_batch_rounds_each_item_by_itself() {
    let depot = embedded().await;
    let parcels = filled(&depot).await;
    for consistent in [false, true] {
        let keys = parcels.iter().map(|parcel| key(&depot, parcel.number)).collect();
        let wanted = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(consistent).build().unwrap();
        let request = depot.sdk().batch_get_item().request_items(depot.table_name(), wanted);
        let answer = request.return_consumed_capacity(INDEXES).send().await.unwrap();
        let each = SIZES.map(ReadUnits::of_bytes);
        let units = each.map(|units| if consistent { units.consistent() } else { units.eventual() }).iter().sum();
        assert_eq!(consumed(answer.consumed_capacity().first()), (units, Vec::new()), "{consistent}");
    }
}

#[tokio::test]
async fn nothing_found_costs_as_4_kb() {
    let depot = embedded().await;
    let nothing = ReadUnits::of_bytes(0);
    let get = || depot.get(Parcel::key("nobody", 1));
    for (get, units) in [(get(), nothing.eventual()), (get().consistent(), nothing.consistent())] {
        let answer = get.into_sdk().unwrap().return_consumed_capacity(INDEXES).send().await.unwrap();
        assert_eq!(consumed(answer.consumed_capacity()), (units, Vec::new()));
    }
    let query = depot.query(Parcel::of_customer("nobody")).into_sdk().unwrap();
    let answer = query.return_consumed_capacity(INDEXES).send().await.unwrap();
    assert_eq!(consumed(answer.consumed_capacity()), (nothing.eventual(), Vec::new()));
    assert_eq!(in_transaction(&depot, [1]).await, (nothing.in_transaction(), Vec::new()));
}
