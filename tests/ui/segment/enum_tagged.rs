use dynamodel::KeySegment;
use serde::{Deserialize, Serialize};

#[derive(KeySegment, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Status {
    Open,
}

fn main() {}
