//! Conditions: random trees of comparisons and functions.

use super::model::{Thing, Things, number, thing, word};
use dynamodel::fields::AttributeType;
use dynamodel::{Client, Codec, Condition, Entity, ErrorKind};
use dynamodel_tests::{clock, connect};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Comparison {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl Comparison {
    fn of<T: PartialOrd>(self, a: &T, b: &T) -> bool {
        match self {
            Self::Eq => a == b,
            Self::Ne => a != b,
            Self::Lt => a < b,
            Self::Le => a <= b,
            Self::Gt => a > b,
            Self::Ge => a >= b,
        }
    }

    /// What DynamoDB says of an absent attribute: it is only unequal.
    fn of_absent<T: PartialOrd>(self, a: Option<&T>, b: &T) -> bool {
        a.map_or(self == Self::Ne, |a| self.of(a, b))
    }
}

fn comparison() -> impl Strategy<Value = Comparison> {
    use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
    prop_oneof![Just(Eq), Just(Ne), Just(Lt), Just(Le), Just(Gt), Just(Ge)]
}

/// A condition, to be asked of the engine and of Rust.
#[derive(Debug, Clone)]
enum Ask {
    Text(Comparison, String),
    Maybe(Comparison, String),
    Number(Comparison, i64),
    Perhaps(Comparison, i64),
    Ratio(Comparison, i32),
    Word(Comparison, String),
    InMap(String, Comparison, i64),
    InList(u32, Comparison, String),
    Between(i64, i64),
    TextBetween(String, String),
    In(Vec<i64>),
    Paths(Comparison),
    Exists(bool),
    CountExists(bool),
    BeginsWith(String),
    Contains(String),
    HasTag(String),
    ListContains(String),
    TextSize(Comparison, usize),
    ListSize(Comparison, usize),
    MapSize(Comparison, usize),
    IsNumber,
    And(Box<Ask>, Box<Ask>),
    Or(Box<Ask>, Box<Ask>),
    Not(Box<Ask>),
}

fn ask() -> impl Strategy<Value = Ask> {
    let leaf = prop_oneof![
        (comparison(), word()).prop_map(|(c, v)| Ask::Text(c, v)),
        (comparison(), word()).prop_map(|(c, v)| Ask::Maybe(c, v)),
        (comparison(), number()).prop_map(|(c, v)| Ask::Number(c, v)),
        (comparison(), number()).prop_map(|(c, v)| Ask::Perhaps(c, v)),
        (comparison(), -4..4_i32).prop_map(|(c, v)| Ask::Ratio(c, v)),
        (comparison(), word()).prop_map(|(c, v)| Ask::Word(c, v)),
        (word(), comparison(), number()).prop_map(|(k, c, v)| Ask::InMap(k, c, v)),
        (0..3_u32, comparison(), word()).prop_map(|(i, c, v)| Ask::InList(i, c, v)),
        (number(), number()).prop_map(|(a, b)| Ask::Between(a, b)),
        (word(), word()).prop_map(|(a, b)| Ask::TextBetween(a, b)),
        proptest::collection::vec(number(), 0..4).prop_map(Ask::In),
        comparison().prop_map(Ask::Paths),
        any::<bool>().prop_map(Ask::Exists),
        any::<bool>().prop_map(Ask::CountExists),
        word().prop_map(Ask::BeginsWith),
        word().prop_map(Ask::Contains),
        word().prop_map(Ask::HasTag),
        word().prop_map(Ask::ListContains),
        (comparison(), 0..4_usize).prop_map(|(c, v)| Ask::TextSize(c, v)),
        (comparison(), 0..4_usize).prop_map(|(c, v)| Ask::ListSize(c, v)),
        (comparison(), 0..4_usize).prop_map(|(c, v)| Ask::MapSize(c, v)),
        Just(Ask::IsNumber),
    ];
    // Shallow: one of the engines does not survive thousands of brackets.
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Ask::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Ask::Or(Box::new(a), Box::new(b))),
            inner.prop_map(|a| Ask::Not(Box::new(a))),
        ]
    })
}

macro_rules! compare {
    ($path:expr, $comparison:expr, $value:expr) => {
        match $comparison {
            Comparison::Eq => $path.eq($value),
            Comparison::Ne => $path.ne($value),
            Comparison::Lt => $path.lt($value),
            Comparison::Le => $path.le($value),
            Comparison::Gt => $path.gt($value),
            Comparison::Ge => $path.ge($value),
        }
    };
}

impl Ask {
    fn condition(&self) -> Condition<Thing> {
        let t = Thing::fields();
        match self {
            Self::Text(c, v) => compare!(t.text, c, v),
            Self::Maybe(c, v) => compare!(t.maybe, c, v.as_str()),
            Self::Number(c, v) => compare!(t.number, c, *v),
            Self::Perhaps(c, v) => compare!(t.perhaps, c, *v),
            Self::Ratio(c, v) => compare!(t.ratio, c, f64::from(*v) / 2.0),
            Self::Word(c, v) => compare!(t.inner.word, c, v),
            Self::InMap(k, c, v) => compare!(t.map.key(k), c, *v),
            Self::InList(i, c, v) => compare!(t.list.index(*i), c, v),
            Self::Between(a, b) => t.number.between(*a, *b),
            Self::TextBetween(a, b) => t.text.between(a, b),
            Self::In(values) => t.number.is_in(values.iter().copied()),
            Self::Paths(c) => match c {
                Comparison::Eq => t.number.eq_path(t.other),
                Comparison::Ne => t.number.ne_path(t.other),
                Comparison::Lt => t.number.lt_path(t.other),
                Comparison::Le => t.number.le_path(t.other),
                Comparison::Gt => t.other.lt_path(t.number),
                Comparison::Ge => t.other.le_path(t.number),
            },
            Self::Exists(true) => t.maybe.exists(),
            Self::Exists(false) => t.maybe.not_exists(),
            Self::CountExists(true) => t.inner.count.exists(),
            Self::CountExists(false) => t.inner.count.not_exists(),
            Self::BeginsWith(v) => t.text.begins_with(v),
            Self::Contains(v) => t.text.contains_text(v),
            Self::HasTag(v) => t.tags.has(v.as_str()),
            Self::ListContains(v) => t.list.contains(v),
            Self::TextSize(c, v) => compare!(t.text.size(), c, *v),
            Self::ListSize(c, v) => compare!(t.list.size(), c, *v),
            Self::MapSize(c, v) => compare!(t.map.size(), c, *v),
            Self::IsNumber => t.perhaps.has_type(AttributeType::N),
            Self::And(a, b) => a.condition() & b.condition(),
            Self::Or(a, b) => a.condition() | b.condition(),
            Self::Not(a) => !a.condition(),
        }
    }

    fn holds(&self, thing: &Thing) -> bool {
        match self {
            Self::Text(c, v) => c.of(&thing.text, v),
            Self::Maybe(c, v) => c.of_absent(thing.maybe.as_ref(), v),
            Self::Number(c, v) => c.of(&thing.number, v),
            Self::Perhaps(c, v) => c.of_absent(thing.perhaps.as_ref(), v),
            Self::Ratio(c, v) => c.of(&thing.ratio, &(f64::from(*v) / 2.0)),
            Self::Word(c, v) => c.of(&thing.inner.word, v),
            Self::InMap(k, c, v) => c.of_absent(thing.map.get(k), v),
            Self::InList(i, c, v) => c.of_absent(thing.list.get(*i as usize), v),
            Self::Between(a, b) => (*a..=*b).contains(&thing.number),
            Self::TextBetween(a, b) => *a <= thing.text && thing.text <= *b,
            Self::In(values) => values.contains(&thing.number),
            Self::Paths(c) => c.of(&thing.number, &thing.other),
            Self::Exists(yes) => thing.maybe.is_some() == *yes,
            Self::CountExists(yes) => thing.inner.count.is_some() == *yes,
            Self::BeginsWith(v) => thing.text.starts_with(v.as_str()),
            Self::Contains(v) => thing.text.contains(v.as_str()),
            Self::HasTag(v) => thing.tags.contains(v),
            Self::ListContains(v) => thing.list.contains(v),
            Self::TextSize(c, v) => c.of(&thing.text.len(), v),
            Self::ListSize(c, v) => c.of(&thing.list.len(), v),
            Self::MapSize(c, v) => c.of(&thing.map.len(), v),
            Self::IsNumber => thing.perhaps.is_some(),
            Self::And(a, b) => a.holds(thing) && b.holds(thing),
            Self::Or(a, b) => a.holds(thing) || b.holds(thing),
            Self::Not(a) => !a.holds(thing),
        }
    }

    /// Counts every operator and function in it, by its own outcome.
    fn count(&self, thing: &Thing, outcomes: &mut BTreeMap<String, [u32; 2]>) {
        outcomes.entry(self.name()).or_default()[usize::from(self.holds(thing))] += 1;
        match self {
            Self::And(a, b) | Self::Or(a, b) => {
                a.count(thing, outcomes);
                b.count(thing, outcomes);
            }
            Self::Not(a) => a.count(thing, outcomes),
            _ => {}
        }
    }

    fn name(&self) -> String {
        let text = format!("{self:?}");
        let name: String = text.chars().take_while(|c| c.is_alphanumeric()).collect();
        match self {
            Self::Text(c, _) | Self::Number(c, _) => format!("{name} {c:?}"),
            _ => name,
        }
    }
}

#[test]
fn conditions_mean_on_the_engine_what_they_mean_in_rust() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let things: Client<Things> = runtime.block_on(connect(&clock(), Codec::Wire));
    let mut runner = TestRunner::deterministic();
    let (cases, mut held) = (3_000, 0);
    let mut outcomes: BTreeMap<String, [u32; 2]> = BTreeMap::new();
    for _ in 0..cases {
        let thing = thing().new_tree(&mut runner).unwrap().current();
        let ask = ask().new_tree(&mut runner).unwrap().current();
        runtime.block_on(things.put(&thing).into_future()).unwrap();
        let expected = ask.holds(&thing);
        let condition = ask.condition();
        let shown = format!("{condition:#} on {thing:?}");
        let found = match runtime.block_on(things.put(&thing).condition(|_| condition).into_future()) {
            Ok(_) => true,
            Err(error) if error.kind() == ErrorKind::ConditionFailed => false,
            Err(error) => panic!("{error:?} for {shown}"),
        };
        assert_eq!(found, expected, "{shown}");
        held += u32::from(expected);
        ask.count(&thing, &mut outcomes);
    }
    assert!((cases * 3 / 10..=cases * 7 / 10).contains(&held), "{held} of {cases} hold");
    let one_sided: Vec<_> = outcomes.iter().filter(|(_, counts)| counts.contains(&0)).collect();
    assert!(one_sided.is_empty(), "seen with one outcome only: {one_sided:?}");
    assert!(outcomes.len() >= 33, "{}", outcomes.len());
}
