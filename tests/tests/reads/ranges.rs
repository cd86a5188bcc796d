//! Ranges of keys against a filter over sorted values in Rust: every kind of segment, both directions, any page size.

use dynamodel::bounds::{Index, IntoKeyRange, Item};
use dynamodel::{Client, Codec, Entity, Table, Timestamp};
use dynamodel_tests::engine;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU32, Ordering};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(Board, pk = "board", sk = "score"), gsi(Named, pk = "place", sk = "label"))]
#[dynamo(gsi(Spread, pk = "spread", sk = ["first", "second"]))]
#[dynamo(entities(Texts, Falls, Times, Other, Native))]
struct Mixed;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Mixed, pk = "P#{part:06}", sk = "T#{name}#{number:03}", query = of_part)]
struct Texts {
    part: u32,
    name: String,
    number: i16,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Mixed, pk = "P#{part:06}", sk = "D#{number:03,desc}#{name}", query = of_part)]
struct Falls {
    part: u32,
    number: i16,
    name: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Mixed, pk = "P#{part:06}", sk = "M#{at}", query = of_part)]
struct Times {
    part: u32,
    at: Timestamp,
}

/// What lies around the others.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Mixed, pk = "P#{part:06}", sk = "{what}")]
struct Other {
    part: u32,
    what: What,
}

#[derive(dynamodel::KeySegment, Serialize, Deserialize, Debug, Clone, Copy, PartialEq)]
enum What {
    C,
    D,
    E,
    T,
    U,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Mixed, pk = "N#{board}#{id:06}", sk = "N")]
#[dynamo(index(on_board = Board, pk = board, sk = score))]
#[dynamo(index(by_name = Named, pk = place, sk = label))]
#[dynamo(index(spread_out = Spread, pk = spread, sk = [first, second]))]
struct Native {
    board: String,
    id: u32,
    score: i64,
    place: String,
    label: String,
    spread: String,
    first: String,
    second: i64,
}

/// What a range asks of a value.
#[derive(Debug, Clone, Copy)]
enum Ask<T> {
    Between(T, T),
    From(T),
    After(T),
    Until(T),
    Before(T),
}

impl<T: PartialOrd + Copy> Ask<T> {
    fn holds(self, value: T) -> bool {
        match self {
            Self::Between(low, high) => low <= value && value <= high,
            Self::From(low) => low <= value,
            Self::After(low) => low < value,
            Self::Until(high) => value <= high,
            Self::Before(high) => value < high,
        }
    }
}

/// The range struct's method for each.
macro_rules! ask {
    ($range:expr, $ask:expr, $between:ident $from:ident $after:ident $until:ident $before:ident) => {
        match $ask {
            Ask::Between(low, high) => $range.$between(low, high),
            Ask::From(low) => $range.$from(low),
            Ask::After(low) => $range.$after(low),
            Ask::Until(high) => $range.$until(high),
            Ask::Before(high) => $range.$before(high),
        }
    };
}

fn asks<T: Debug + Clone + 'static>(
    value: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = Ask<T>> {
    let one = || value.clone();
    prop_oneof![
        3 => (one(), one()).prop_map(|(low, high)| Ask::Between(low, high)),
        1 => one().prop_map(Ask::From),
        1 => one().prop_map(Ask::After),
        1 => one().prop_map(Ask::Until),
        1 => one().prop_map(Ask::Before),
    ]
}

const NAMES: [&str; 18] =
    ["a", "ab", "abc", "b", "#", "a#", "a#b", "$", "a$", "a$b", " ", "a ", "\0", "a\0", "é", "😀", "a😀", "\u{10ffff}"];

fn names() -> impl Strategy<Value = &'static str> + Clone {
    select(&NAMES[..])
}

/// Mostly those that others begin with: there a range can end too early, or too late.
fn ends() -> impl Strategy<Value = &'static str> + Clone {
    prop_oneof![4 => Just("a"), 1 => Just("a$"), 2 => names()]
}

fn numbers() -> impl Strategy<Value = i16> + Clone {
    prop_oneof![-3..4_i16, select(vec![-999, -100, -99, -10, 9, 10, 99, 100, 999])]
}

/// All items of a query, in pages of this size; forward and backward they must be the same.
async fn all<R, P, I>(client: &Client<Mixed>, range: impl Fn() -> R, size: u32) -> Vec<P>
where
    R: IntoKeyRange<Item = P, Index = I>,
    P: Item<Table = Mixed> + PartialEq + Debug + Clone,
    I: Index,
{
    let mut pages = Vec::new();
    let mut next = None;
    loop {
        let query = client.query(range()).limit(size);
        let page = match next.take() {
            Some(cursor) => query.start_at(cursor),
            None => query,
        };
        let page = page.await.unwrap();
        assert!(page.next.is_none() || page.items.len() == size as usize, "a page is as long as was asked for");
        pages.extend(page.items);
        match page.next {
            Some(cursor) => next = Some(cursor),
            None => break,
        }
    }
    let mut backward = client.query(range()).backward().collect().await.unwrap();
    backward.reverse();
    assert_eq!(pages, backward);
    assert_eq!(client.query(range()).count().await.unwrap(), pages.len() as u64);
    pages
}

static PART: AtomicU32 = AtomicU32::new(0);

#[derive(Debug, Clone)]
struct Case {
    items: Vec<(&'static str, i16)>,
    name: &'static str,
    number: i16,
    by_name: Ask<&'static str>,
    by_number: Ask<i16>,
    prefix: &'static str,
    size: u32,
}

fn cases() -> impl Strategy<Value = Case> {
    let items = prop::collection::vec((prop_oneof![ends(), names()], numbers()), 0..24);
    (items, ends(), numbers(), asks(ends()), asks(numbers()), prop_oneof![ends(), Just("")], 1..9_u32).prop_map(
        |(items, name, number, by_name, by_number, prefix, size)| Case {
            items,
            name,
            number,
            by_name,
            by_number,
            prefix,
            size,
        },
    )
}

/// The values under a condition, in the order of their keys.
fn expected<K: Ord, V: Clone>(items: &BTreeMap<K, V>, holds: impl Fn(&V) -> bool) -> Vec<V> {
    items.values().filter(|value| holds(value)).cloned().collect()
}

async fn templates(client: &Client<Mixed>, case: &Case) {
    let part = PART.fetch_add(1, Ordering::Relaxed);
    let Case { name, number, by_name, by_number, prefix, size, .. } = case.clone();
    let (mut texts, mut falls, mut times) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (name, number) in &case.items {
        let at = Timestamp::from_epoch_millis(i64::from(*number) * 1_000).unwrap();
        texts.insert((*name, *number), Texts { part, name: (*name).into(), number: *number });
        falls.insert((std::cmp::Reverse(*number), *name), Falls { part, name: (*name).into(), number: *number });
        times.insert(at, Times { part, at });
    }
    let whats = [What::C, What::D, What::E, What::T, What::U].map(|what| Other { part, what });
    let batch = client.batch_write().put_all(texts.values()).put_all(falls.values());
    batch.put_all(times.values()).put_all(&whats).await.unwrap();

    let of = || Texts::of_part(part);
    assert_eq!(all(client, of, size).await, expected(&texts, |_| true));
    assert_eq!(all(client, || of().name(name), size).await, expected(&texts, |t| t.name == name));
    let range = || ask!(of(), by_name, name_between name_from name_after name_until name_before);
    assert_eq!(all(client, range, size).await, expected(&texts, |t| by_name.holds(find(&t.name))), "{by_name:?}");
    let range = || of().name_begins_with(prefix);
    assert_eq!(all(client, range, size).await, expected(&texts, |t| t.name.starts_with(prefix)), "{prefix:?}");
    let range = || ask!(of().name(name), by_number, number_between number_from number_after number_until number_before);
    let wanted = expected(&texts, |t| t.name == name && by_number.holds(t.number));
    assert_eq!(all(client, range, size).await, wanted, "{name:?} {by_number:?}");
    let one = all(client, || of().name(name).number(number), size).await;
    assert_eq!(one, expected(&texts, |t| t.name == name && t.number == number));

    let of = || Falls::of_part(part);
    assert_eq!(all(client, of, size).await, expected(&falls, |_| true));
    let range = || ask!(of(), by_number, number_between number_from number_after number_until number_before);
    assert_eq!(all(client, range, size).await, expected(&falls, |t| by_number.holds(t.number)), "{by_number:?}");
    let range = || ask!(of().number(number), by_name, name_between name_from name_after name_until name_before);
    let wanted = expected(&falls, |t| t.number == number && by_name.holds(find(&t.name)));
    assert_eq!(all(client, range, size).await, wanted, "{number} {by_name:?}");
    let range = || of().number(number).name_begins_with(prefix);
    let wanted = expected(&falls, |t| t.number == number && t.name.starts_with(prefix));
    assert_eq!(all(client, range, size).await, wanted, "{number} {prefix:?}");

    let at = |number: i16| Timestamp::from_epoch_millis(i64::from(number) * 1_000).unwrap();
    let by_time = match by_number {
        Ask::Between(low, high) => Ask::Between(at(low), at(high)),
        Ask::From(low) => Ask::From(at(low)),
        Ask::After(low) => Ask::After(at(low)),
        Ask::Until(high) => Ask::Until(at(high)),
        Ask::Before(high) => Ask::Before(at(high)),
    };
    let range = || ask!(Times::of_part(part), by_time, at_between at_from at_after at_until at_before);
    assert_eq!(all(client, range, size).await, expected(&times, |t| by_time.holds(t.at)), "{by_time:?}");
}

/// The name as the constant that it is.
fn find(name: &str) -> &'static str {
    NAMES.iter().find(|known| **known == name).unwrap()
}

async fn indexes(client: &Client<Mixed>, case: &Case) {
    let part = PART.fetch_add(1, Ordering::Relaxed);
    let place = format!("p{part}");
    let Case { name, by_name, by_number, prefix, size, .. } = case.clone();
    let (mut scores, mut named, mut spread) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (id, (name, number)) in (0..).zip(&case.items) {
        let native = Native {
            board: place.clone(),
            id,
            score: i64::from(*number) * 1_000,
            place: place.clone(),
            label: (*name).into(),
            spread: place.clone(),
            first: (*name).into(),
            second: i64::from(*number),
        };
        // Of equal keys the engine may choose the order: there is one of each.
        scores.entry(native.score).or_insert_with(|| native.clone());
        named.entry(*name).or_insert_with(|| native.clone());
        spread.entry((*name, *number)).or_insert_with(|| native.clone());
    }
    let only = |values: Vec<Native>, place: &str, board: bool, named: bool, spread: bool| {
        let hide = |is: bool, kind: &str| if is { place.to_owned() } else { format!("{place}-{kind}") };
        values
            .into_iter()
            .map(move |native| Native {
                board: hide(board, "b"),
                place: hide(named, "n"),
                spread: hide(spread, "s"),
                id: native.id
                    + if board {
                        0
                    } else if named {
                        1_000
                    } else {
                        2_000
                    },
                ..native
            })
            .collect::<Vec<_>>()
    };
    let scores = only(scores.into_values().collect(), &place, true, false, false);
    let named = only(named.into_values().collect(), &place, false, true, false);
    let spread = only(spread.into_values().collect(), &place, false, false, true);
    client.batch_write().put_all(&scores).put_all(&named).put_all(&spread).await.unwrap();
    let filtered = |items: &[Native], holds: &dyn Fn(&Native) -> bool| -> Vec<Native> {
        items.iter().filter(|native| holds(native)).cloned().collect()
    };

    let by_score = match by_number {
        Ask::Between(low, high) => Ask::Between(i64::from(low) * 1_000, i64::from(high) * 1_000),
        Ask::From(low) => Ask::From(i64::from(low) * 1_000),
        Ask::After(low) => Ask::After(i64::from(low) * 1_000),
        Ask::Until(high) => Ask::Until(i64::from(high) * 1_000),
        Ask::Before(high) => Ask::Before(i64::from(high) * 1_000),
    };
    let range =
        || ask!(Native::on_board(&place), by_score, score_between score_from score_after score_until score_before);
    assert_eq!(all(client, range, size).await, filtered(&scores, &|n| by_score.holds(n.score)), "{by_score:?}");
    let range =
        || ask!(Native::by_name(&place), by_name, label_between label_from label_after label_until label_before);
    assert_eq!(all(client, range, size).await, filtered(&named, &|n| by_name.holds(find(&n.label))), "{by_name:?}");
    let range = || Native::by_name(&place).label_begins_with(prefix);
    assert_eq!(all(client, range, size).await, filtered(&named, &|n| n.label.starts_with(prefix)), "{prefix:?}");

    let of = || Native::spread_out(&place);
    assert_eq!(all(client, of, size).await, spread);
    let range = || ask!(of(), by_name, first_between first_from first_after first_until first_before);
    assert_eq!(all(client, range, size).await, filtered(&spread, &|n| by_name.holds(find(&n.first))), "{by_name:?}");
    let by_second = match by_number {
        Ask::Between(low, high) => Ask::Between(i64::from(low), i64::from(high)),
        Ask::From(low) => Ask::From(i64::from(low)),
        Ask::After(low) => Ask::After(i64::from(low)),
        Ask::Until(high) => Ask::Until(i64::from(high)),
        Ask::Before(high) => Ask::Before(i64::from(high)),
    };
    let range =
        || ask!(of().first(name), by_second, second_between second_from second_after second_until second_before);
    let wanted = filtered(&spread, &|n| n.first == name && by_second.holds(n.second));
    assert_eq!(all(client, range, size).await, wanted, "{name:?} {by_second:?}");
}

fn run(count: u32, check: &impl AsyncFn(&Client<Mixed>, &Case)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = runtime.block_on(engine::connect::<Mixed>(&engine::clock(), Codec::Wire));
    let config = Config { failure_persistence: None, ..Config::with_cases(count) };
    TestRunner::new(config)
        .run(&cases(), |case| {
            runtime.block_on(check(&client, &case));
            Ok(())
        })
        .unwrap();
}

#[test]
fn ranges_of_templates_are_those_of_the_values() {
    run(60, &templates);
}

#[test]
fn ranges_of_index_keys_of_their_own_types_are_those_of_the_values() {
    run(40, &indexes);
}

#[test]
fn a_range_whose_ends_are_swapped_is_empty_and_asks_nobody() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = engine::connect::<Mixed>(&engine::clock(), Codec::Wire).await;
        let swapped = || Texts::of_part(1).name_between("b", "a");
        let page = client.query(swapped()).await.unwrap();
        assert_eq!((page.items.len(), page.requests, page.next), (0, 0, None));
        assert_eq!(client.query(swapped()).count().await.unwrap(), 0);
        assert!(client.query(swapped()).explain().unwrap_err().to_string().contains("the range is empty"));
        let none = client.query(Falls::of_part(1).number(3).name_before("")).await.unwrap();
        assert_eq!(none.requests, 0, "nothing comes before the empty text");
    });
}
