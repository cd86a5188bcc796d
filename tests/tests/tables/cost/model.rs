//! A table whose indexes hold different parts of the items.

use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(AtDepot, pk = "depot", sk = "SK"), gsi(ByState, pk = "GSI2PK"))]
#[dynamo(lsi(ByWeight, sk = "weight"), entities(Parcel))]
pub struct Depot;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Depot, pk = "CUSTOMER#{customer}", sk = "PARCEL#{number:08}", query = of_customer)]
#[dynamo(index(at_depot = AtDepot, pk = depot, sk = "PARCEL#{number:08}"))]
#[dynamo(index(in_state = ByState, pk = "STATE#{state}", keys_only))]
#[dynamo(index(by_weight = ByWeight, sk = weight, include(note)))]
pub struct Parcel {
    pub customer: String,
    pub number: u32,
    pub depot: Option<String>,
    pub state: String,
    pub weight: i64,
    pub note: String,
    pub contents: String,
    pub prices: Vec<f64>,
}

/// So many bytes of contents and of a note.
pub fn parcel(contents: usize, note: usize) -> Parcel {
    Parcel {
        customer: "ada".to_owned(),
        number: 7,
        depot: Some("Utrecht".to_owned()),
        state: "packed".to_owned(),
        weight: -1_250,
        note: "n".repeat(note),
        contents: "c".repeat(contents),
        prices: vec![19.95, 0.5, -3.0],
    }
}
