use dynamodel::Nested;
use serde::{Deserialize, Serialize};

#[derive(Nested, Serialize, Deserialize)]
struct Address {
    #[dynamo(version)]
    version: u64,
}

fn main() {}
