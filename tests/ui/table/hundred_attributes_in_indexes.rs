use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(
    pk = "PK",
    gsi(ByA, pk = "GSI1PK"),
    gsi(ByB, pk = "GSI2PK"),
    gsi(ByC, pk = "GSI3PK"),
    gsi(ByD, pk = "GSI4PK"),
    gsi(ByE, pk = "GSI5PK"),
    gsi(ByF, pk = "GSI6PK"),
    entities(Wide)
)]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "WIDE#{id}")]
#[dynamo(index(by_a = ByA, pk = "A#{id}", include(
    f00, f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14, f15
)))]
#[dynamo(index(by_b = ByB, pk = "B#{id}", include(
    f00, f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14, f15
)))]
#[dynamo(index(by_c = ByC, pk = "C#{id}", include(
    f00, f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14, f15
)))]
#[dynamo(index(by_d = ByD, pk = "D#{id}", include(
    f00, f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14, f15
)))]
#[dynamo(index(by_e = ByE, pk = "E#{id}", include(
    f00, f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14, f15
)))]
#[dynamo(index(by_f = ByF, pk = "F#{id}", include(
    f00, f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14, f15
)))]
struct Wide {
    id: String,
    f00: u8,
    f01: u8,
    f02: u8,
    f03: u8,
    f04: u8,
    f05: u8,
    f06: u8,
    f07: u8,
    f08: u8,
    f09: u8,
    f10: u8,
    f11: u8,
    f12: u8,
    f13: u8,
    f14: u8,
    f15: u8,
}

fn main() {}
