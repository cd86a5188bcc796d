use dynamodel::KeySegment;
use serde::{Deserialize, Serialize};

#[derive(KeySegment, Serialize, Deserialize)]
enum Status {}

fn main() {}
