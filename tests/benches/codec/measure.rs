//! One shape's figures.

use super::check::normal;
use super::shapes::Shape;
use super::sides::{Theirs, ours};
use crate::harness::race::{Effort, Pair, race};
use allocation_counter::measure as count;
use std::hint::black_box;

/// How many items an answer of Query holds here. (DynamoDB would spread the largest shapes over two pages.)
const MANY: u32 = 100;

/// What was measured of one shape.
pub struct Figures {
    pub name: &'static str,
    pub encode: Pair,
    pub decode1: Pair,
    pub decode100: Pair,
    /// Allocations of a decoded entity's `Clone`: what decoding cannot do without.
    pub clone_allocs: u64,
}

/// Measures one shape.
pub fn measure<S: Shape>(effort: Effort) -> Figures {
    let entity = S::sample(7);
    let row = entity.row();
    let one = answer_of_get(&entity);
    let many = answer_of_query::<S>();
    let mut theirs = Theirs::new(&one, &many);
    agree(&entity, &mut theirs, &one, &many);
    let decoded = ours::decode_one::<S>(&one);
    Figures {
        name: S::NAME,
        encode: race(
            effort,
            || drop(black_box(ours::encode(black_box(&entity)))),
            || drop(black_box(theirs.encode::<S>(black_box(&row)))),
        ),
        decode1: race(
            effort,
            || drop(black_box(ours::decode_one::<S>(black_box(&one)))),
            || drop(black_box(theirs.decode_one::<S>())),
        ),
        decode100: race(
            effort,
            || drop(black_box(ours::decode_many::<S>(black_box(&many)))),
            || drop(black_box(theirs.decode_many::<S>())),
        ),
        clone_allocs: count(|| drop(black_box(decoded.clone()))).count_total,
    }
}

/// Both sides write the same item, keys included, and read the same values.
fn agree<S: Shape>(entity: &S, theirs: &mut Theirs, one: &[u8], many: &[u8]) {
    let row = entity.row();
    assert_eq!(normal(ours::encode(entity).as_ref()), normal(theirs.encode::<S>(&row).body().bytes().unwrap()));
    assert_eq!(&ours::decode_one::<S>(one), entity);
    assert_eq!(theirs.decode_one::<S>(), row);
    let entities = ours::decode_many::<S>(many);
    assert_eq!(entities.len(), MANY as usize);
    assert_eq!(entities.iter().map(S::row).collect::<Vec<_>>(), theirs.decode_many::<S>());
}

/// An item's text.
fn item<S: Shape>(entity: &S) -> String {
    let body: serde_json::Value = serde_json::from_slice(ours::encode(entity).as_ref()).unwrap();
    body["Item"].to_string()
}

fn answer_of_get<S: Shape>(entity: &S) -> Vec<u8> {
    format!("{{\"Item\":{}}}", item(entity)).into_bytes()
}

fn answer_of_query<S: Shape>() -> Vec<u8> {
    let items: Vec<String> = (0..MANY).map(|number| item(&S::sample(number))).collect();
    format!("{{\"Count\":{MANY},\"Items\":[{}],\"ScannedCount\":{MANY}}}", items.join(",")).into_bytes()
}
