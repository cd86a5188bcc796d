//! What the codec does with the shapes, and what an update's expressions take, as calls that can be counted.

use crate::shapes::{Cart, Escapes, Floats, Plain, Sample, Session, Wide};
use dynamodel::__private::bench;
use dynamodel::op::Update;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::hint::black_box;
use std::time::UNIX_EPOCH;

/// How many items an answer of Query holds here.
const PAGE: u32 = 100;

/// One operation on one shape.
pub struct Case {
    /// As `cart.decode100`.
    pub name: String,
    pub call: Box<dyn Fn()>,
}

/// All operations on all shapes.
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    add::<Session>(&mut cases);
    add::<Cart>(&mut cases);
    add::<Wide>(&mut cases);
    add::<Plain>(&mut cases);
    add::<Escapes>(&mut cases);
    add::<Floats>(&mut cases);
    let cart = Cart::sample(7);
    cases.push(Case {
        name: "cart.update".to_owned(),
        call: Box::new(move || drop(black_box(update(black_box(&cart))))),
    });
    cases
}

/// An update with three attributes set and three conditions, from the key's fields to the request's body.
fn update(cart: &Cart) -> impl AsRef<[u8]> + use<> {
    let update = Update::new(Cart::key(&cart.user_id, &cart.created_at))
        .set(|c| c.status, "PAID")
        .set(|c| c.total_cents, cart.total_cents)
        .set(|c| c.note, cart.email.as_str())
        .condition(|c| c.status.eq("ACTIVE"))
        .condition(|c| c.total_cents.lt(1_000_000))
        .condition(|c| c.coupon.exists());
    bench::update_body(&update, "shop-prod", UNIX_EPOCH).unwrap()
}

fn add<S: Sample + Serialize + DeserializeOwned>(cases: &mut Vec<Case>) {
    let mut add =
        |operation: &str, call: Box<dyn Fn()>| cases.push(Case { name: format!("{}.{operation}", S::NAME), call });
    let entity = S::sample(7);
    let one = [b"{\"Item\":", item(&entity).as_slice(), b"}"].concat();
    let page: Vec<Vec<u8>> = (0..PAGE).map(|number| item(&S::sample(number))).collect();
    let page = [b"{\"Count\":100,\"Items\":[", page.join(&b',').as_slice(), b"],\"ScannedCount\":100}"].concat();
    add("encode", Box::new(move || drop(black_box(bench::put_body(black_box(&entity), "shop-prod").unwrap()))));
    add("decode1", Box::new(move || drop(black_box(bench::get_answer::<S>(black_box(&one)).unwrap()))));
    add("decode100", Box::new(move || drop(black_box(bench::query_answer::<S>(black_box(&page)).unwrap()))));
}

/// An item as DynamoDB JSON, out of a request that puts it.
fn item<S: Sample + Serialize>(entity: &S) -> Vec<u8> {
    let body = bench::put_body(entity, "").unwrap();
    let item = body.strip_prefix(b"{\"Item\":").and_then(|rest| rest.strip_suffix(b",\"TableName\":\"\"}"));
    item.expect("a put begins with its item and ends with its table").to_vec()
}
