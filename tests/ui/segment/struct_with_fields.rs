use dynamodel::KeySegment;
use serde::{Deserialize, Serialize};

#[derive(KeySegment, Serialize, Deserialize)]
struct UserId {
    id: String,
}

fn main() {}
