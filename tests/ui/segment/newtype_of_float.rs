use dynamodel::KeySegment;
use serde::{Deserialize, Serialize};

#[derive(KeySegment, Serialize, Deserialize)]
struct Score(f64);

fn main() {}
