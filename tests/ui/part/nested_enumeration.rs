use dynamodel::Nested;
use serde::{Deserialize, Serialize};

#[derive(Nested, Serialize, Deserialize)]
enum Address {
    Home,
}

fn main() {}
