//! Updates: random changes, one after the other.

use super::model::{Thing, Things, number, thing, word};
use dynamodel::{Client, Codec, Entity};
use dynamodel_tests::{clock, connect};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// An update, to be carried out by the engine and by Rust.
#[derive(Debug, Clone)]
enum Change {
    SetText(String),
    SetMaybe(Option<String>),
    RemoveMaybe,
    Plus(i64),
    Minus(i64),
    SumOfPaths,
    CopyOther,
    Or(i64),
    Add(i64),
    AddPerhaps(i64),
    Append(Vec<String>),
    Prepend(Vec<String>),
    Insert(Vec<String>),
    Delete(Vec<String>),
    SetInMap(String, i64),
    SetCount(Option<i64>),
    SetInner(String),
}

fn change() -> impl Strategy<Value = Change> {
    let words = || proptest::collection::vec(word(), 0..3);
    prop_oneof![
        word().prop_map(Change::SetText),
        proptest::option::of(word()).prop_map(Change::SetMaybe),
        Just(Change::RemoveMaybe),
        number().prop_map(Change::Plus),
        number().prop_map(Change::Minus),
        Just(Change::SumOfPaths),
        Just(Change::CopyOther),
        number().prop_map(Change::Or),
        number().prop_map(Change::Add),
        number().prop_map(Change::AddPerhaps),
        words().prop_map(Change::Append),
        words().prop_map(Change::Prepend),
        words().prop_map(Change::Insert),
        words().prop_map(Change::Delete),
        (word(), number()).prop_map(|(k, v)| Change::SetInMap(k, v)),
        proptest::option::of(number()).prop_map(Change::SetCount),
        word().prop_map(Change::SetInner),
    ]
}

fn carry_out(thing: &mut Thing, change: &Change) {
    match change.clone() {
        Change::SetText(v) => thing.text = v,
        Change::SetMaybe(v) => thing.maybe = v,
        Change::RemoveMaybe => thing.maybe = None,
        Change::Plus(v) | Change::Add(v) => thing.number += v,
        Change::Minus(v) => thing.number -= v,
        Change::SumOfPaths => thing.number += thing.other,
        Change::CopyOther => thing.number = thing.other,
        Change::Or(v) => thing.perhaps = thing.perhaps.or(Some(v)),
        Change::AddPerhaps(v) => thing.perhaps = Some(thing.perhaps.unwrap_or(0) + v),
        Change::Append(v) => thing.list.extend(v),
        Change::Prepend(v) => drop(thing.list.splice(0..0, v)),
        Change::Insert(v) => thing.tags.extend(v),
        Change::Delete(v) => thing.tags = thing.tags.iter().filter(|tag| !v.contains(tag)).cloned().collect(),
        Change::SetInMap(k, v) => drop(thing.map.insert(k, v)),
        Change::SetCount(v) => thing.inner.count = v,
        Change::SetInner(v) => thing.inner.word = v,
    }
}

#[test]
fn updates_do_on_the_engine_what_they_do_in_rust() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let things: Client<Things> = runtime.block_on(connect(&clock(), Codec::Wire));
    let mut runner = TestRunner::deterministic();
    for _ in 0..1_500 {
        let mut thing = thing().new_tree(&mut runner).unwrap().current();
        let change = change().new_tree(&mut runner).unwrap().current();
        runtime.block_on(things.put(&thing).into_future()).unwrap();
        // Beside the change stands one that is always there, since a change may say nothing (elements: none).
        let update = things.update(thing.primary_key()).set(|t| t.ratio, 0.5);
        let update = match change.clone() {
            Change::SetText(v) => update.set(|t| t.text, v),
            Change::SetMaybe(v) => update.set(|t| t.maybe, v),
            Change::RemoveMaybe => update.remove(|t| t.maybe),
            Change::Plus(v) => update.set_to(|t| t.number, |t| t.number.plus(v)),
            Change::Minus(v) => update.set_to(|t| t.number, |t| t.number.minus(v)),
            Change::SumOfPaths => update.set_to(|t| t.number, |t| t.number.plus_path(t.other)),
            Change::CopyOther => update.set_to(|t| t.number, |t| t.other.copy()),
            Change::Or(v) => update.set_to(|t| t.perhaps, |t| t.perhaps.or(v)),
            Change::Add(v) => update.add(|t| t.number, v),
            Change::AddPerhaps(v) => update.add(|t| t.perhaps, v),
            Change::Append(v) => update.append(|t| t.list, v),
            Change::Prepend(v) => update.prepend(|t| t.list, v),
            Change::Insert(v) => update.insert(|t| t.tags, v),
            Change::Delete(v) => update.delete(|t| t.tags, v),
            Change::SetInMap(k, v) => update.set(|t| t.map.key(&k), v),
            Change::SetCount(v) => update.set(|t| t.inner.count, v),
            Change::SetInner(v) => update.set(|t| t.inner.word, v),
        };
        let found = runtime.block_on(update.returning_new().into_future());
        let before = thing.clone();
        thing.ratio = 0.5;
        carry_out(&mut thing, &change);
        assert_eq!(found.unwrap(), thing, "{change:?} on {before:?}");
    }
}
