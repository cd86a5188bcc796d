use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", entities(User))]
struct Crm;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Crm, pk = "USER#{id}")]
struct User {
    id: String,
    #[dynamo(unique)]
    #[serde(with = "upper")]
    email: String,
}

mod upper {
    pub fn serialize<S: serde::Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&text.to_uppercase())
    }

    pub fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        serde::Deserialize::deserialize(deserializer)
    }
}

fn main() {}
