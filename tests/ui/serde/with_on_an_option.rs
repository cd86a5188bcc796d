use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
    #[serde(with = "hex")]
    code: Option<u64>,
}

mod hex {
    pub fn serialize<S: serde::Serializer>(_: &Option<u64>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("0")
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(_: D) -> Result<Option<u64>, D::Error> {
        Ok(None)
    }
}

fn main() {}
