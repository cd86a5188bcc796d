//! An index that includes 19 fields of an entity that expires: with the type attribute and the time to live it has 21.

use dynamodel::{Entity, Expiry, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", gsi(ByA, pk = "GSI1PK"), entities(Wide))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "WIDE#{id}")]
#[dynamo(index(by_a = ByA, pk = "A#{id}", include(
    f00, f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14, f15, f16, f17, f18
)))]
pub struct Wide {
    pub id: String,
    pub f00: u8,
    pub f01: u8,
    pub f02: u8,
    pub f03: u8,
    pub f04: u8,
    pub f05: u8,
    pub f06: u8,
    pub f07: u8,
    pub f08: u8,
    pub f09: u8,
    pub f10: u8,
    pub f11: u8,
    pub f12: u8,
    pub f13: u8,
    pub f14: u8,
    pub f15: u8,
    pub f16: u8,
    pub f17: u8,
    pub f18: u8,
    #[dynamo(ttl)]
    pub expires_at: Expiry,
}

fn main() {}
