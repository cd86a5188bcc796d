//! Refused writes. No answer to a refused PutItem says what it has consumed, but a batch of `PartiQL` says what all its
//! statements have consumed together, those that were refused among them.

use super::engine::{INDEXES, embedded, of_bytes};
use super::model::{Depot, Parcel, parcel};
use dynamodel::Client;
use dynamodel::cost::{ItemSize, RequestKind, WriteUnits};
use dynamodel::sdk::types::{BatchStatementErrorCodeEnum, BatchStatementRequest};

/// A statement that inserts the item where there is none.
fn insert(depot: &Client<Depot>, item: &Parcel) -> BatchStatementRequest {
    let put = depot.put(item).into_sdk().unwrap();
    let (names, values): (Vec<_>, Vec<_>) = put.get_item().clone().unwrap().into_iter().unzip();
    let members: Vec<_> = names.iter().map(|name| format!("'{name}': ?")).collect();
    let statement = format!("INSERT INTO \"{}\" VALUE {{{}}}", depot.table_name(), members.join(", "));
    BatchStatementRequest::builder().statement(statement).set_parameters(Some(values)).build().unwrap()
}

/// What it consumes that `new` is refused, because something is under its key.
async fn refused(depot: &Client<Depot>, new: &Parcel) -> f64 {
    // Without one that succeeds nothing is reported.
    let other = Parcel { customer: "somebody else".into(), ..parcel(0, 0) };
    let request = depot.sdk().batch_execute_statement().return_consumed_capacity(INDEXES);
    let answer = request.statements(insert(depot, new)).statements(insert(depot, &other)).send().await.unwrap();
    let codes = answer.responses().iter().map(|response| response.error().and_then(|error| error.code()).cloned());
    assert_eq!(codes.collect::<Vec<_>>(), [Some(BatchStatementErrorCodeEnum::DuplicateItem), None]);
    depot.delete(&other).await.unwrap();
    let [consumed] = answer.consumed_capacity() else { panic!("one table: {answer:?}") };
    consumed.capacity_units().unwrap() - f64::from(WriteUnits::of_new(&other).unwrap().total())
}

#[tokio::test]
async fn a_refused_write_costs_the_tables_part_of_the_larger_item() {
    let depot = embedded().await;
    let sizes = [400, 1_023, 1_024, 1_025, 3_000, 4_097];
    for there in sizes.map(of_bytes) {
        depot.put(&there).await.unwrap();
        for new in sizes.map(of_bytes) {
            let table = WriteUnits::of_change(&there, &new).unwrap().table;
            let sizes = [&there, &new].map(|item| ItemSize::of(item).unwrap().total());
            assert_eq!(Some(refused(&depot, &new).await), Some(f64::from(table)), "{sizes:?}");
        }
        let costs = Depot::definition().cost().sample(&there).finish().unwrap();
        let row = costs.of("Parcel", RequestKind::ConditionFailed).unwrap();
        assert_eq!((row.write_units, row.index_write_units.len()), (refused(&depot, &there).await, 0));
        assert_eq!(row.transaction_units, None);
    }
}
