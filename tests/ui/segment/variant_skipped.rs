use dynamodel::KeySegment;
use serde::{Deserialize, Serialize};

#[derive(KeySegment, Serialize, Deserialize)]
enum Status {
    Open,
    #[serde(skip)]
    Closed,
}

fn main() {}
