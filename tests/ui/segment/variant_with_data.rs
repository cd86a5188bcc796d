use dynamodel::KeySegment;
use serde::{Deserialize, Serialize};

#[derive(KeySegment, Serialize, Deserialize)]
enum Status {
    Open,
    Closed(u64),
}

fn main() {}
