use dynamodel::KeySegment;
use serde::{Deserialize, Serialize};

#[derive(KeySegment, Serialize, Deserialize)]
enum Status {
    #[serde(rename = "")]
    None,
    Open,
}

fn main() {}
