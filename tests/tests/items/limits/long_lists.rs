//! Conditions, updates and transactions that are folded from long lists: refused at the limit, at the cost of the list and
//! no more.

use allocation_counter::measure;
use dynamodel::op::{Actions, Create, Explain, Get, Update};
use dynamodel::{Client, Condition, Entity, ErrorKind, Result};
use dynamodel_tests::model::{Session, Shop};
use dynamodel_tests::{both, clock};

/// How a list of conditions is made one.
type Fold = fn(Condition<Session>, Condition<Session>, usize) -> Condition<Session>;

/// From the left, from the right, by turns, and one inside the other.
const FOLDS: [(&str, Fold); 6] = [
    ("a | b", |all, one, _| all | one),
    ("b | a", |all, one, _| one | all),
    ("b & a", |all, one, _| one & all),
    ("(a | b) & c", |all, one, at| if at % 2 == 0 { all | one } else { all & one }),
    ("c | (b & a)", |all, one, at| if at % 2 == 0 { one | all } else { one & all }),
    ("!a & b", |all, one, _| !all & one),
];

fn folded(count: usize, fold: Fold) -> Condition<Session> {
    let one = |at: usize| Session::fields().hits.ne(u64::try_from(at).unwrap());
    (1..count).fold(one(0), |all, at| fold(all, one(at), at))
}

fn refused<T>(result: Result<T>, entity: Option<&str>, what: &str) {
    let error = result.err().unwrap_or_else(|| panic!("{what}: not refused"));
    assert_eq!(
        (error.kind(), error.attempts(), error.entity()),
        (ErrorKind::InvalidRequest, 0, entity),
        "{what}: {error}"
    );
    assert!(error.to_string().contains("DynamoDB takes"), "{what}: {error}");
}

/// That twice as much costs twice as much, in allocations and in their bytes.
fn grows_with(what: &str, mut call: impl FnMut(usize)) {
    let cost = |call: &mut dyn FnMut(usize), count| {
        let spent = measure(|| call(count));
        (spent.count_total, spent.bytes_total)
    };
    call(10);
    let (once, twice) = (cost(&mut call, 10_000), cost(&mut call, 20_000));
    println!("{what}: {once:?} {twice:?}");
    let linear = |once: u64, twice: u64| twice <= once * 21 / 10 + 20_000;
    assert!(linear(once.0, twice.0) && linear(once.1, twice.1), "{what}: {once:?}, and twice as many {twice:?}");
    call(100_000);
}

fn shop() -> Client<Shop> {
    let engine = dynamodel::embedded::Engine::memory().unwrap();
    Client::new(&engine.sdk_client(), "nowhere")
}

fn update(shop: &Client<Shop>) -> Update<Session, Client<Shop>> {
    shop.update(Session::key("u", "s"))
}

#[test]
fn a_condition_folded_from_a_long_list_is_refused_without_being_built() {
    let shop = shop();
    let session = Session::new("u", "s");
    for (name, fold) in FOLDS {
        grows_with(name, |count| {
            let condition = folded(count, fold);
            let shown = [condition.clone().to_string(), format!("{condition:#}"), format!("{condition:?}")];
            assert!(shown.iter().all(|text| text.len() < 8_000), "{name} {count}: {}", shown[0].len());
            if count > 10 {
                let given = || condition.clone();
                let what = format!("{name} {count}");
                refused(shop.put(&session).condition(|_| given()).explain(), Some("Session"), &what);
                refused(update(&shop).set(|s| s.hits, 1).condition(|_| given()).explain(), Some("Session"), &what);
                refused(shop.delete(Session::key("u", "s")).condition(|_| given()).explain(), Some("Session"), &what);
                refused(shop.query(Session::of_user("u")).filter(|_| given()).explain(), Some("Session"), &what);
                refused(shop.scan::<Session>().filter(|_| given()).explain(), Some("Session"), &what);
                let check = dynamodel::op::Check::new(Session::key("u", "s")).condition(|_| given());
                refused(shop.transact((check,)).explain(), Some("Session"), &what);
            }
        });
    }
}

#[test]
fn conditions_given_one_by_one_and_values_without_end_are_refused() {
    let shop = shop();
    grows_with("conditions of an update", |count| {
        let one =
            |update: Update<Session, Client<Shop>>, at| update.condition(|s| s.hits.ne(u64::try_from(at).unwrap()));
        let given = (0..count).fold(update(&shop).set(|s| s.hits, 1), one);
        if count > 10 {
            refused(given.explain(), Some("Session"), "conditions");
        }
    });
    grows_with("filters of a query", |count| {
        let query = (0..count).fold(shop.query(Session::of_user("u")), |query, at| {
            query.filter(|s| s.hits.ne(u64::try_from(at).unwrap()))
        });
        if count > 10 {
            refused(query.explain(), Some("Session"), "filters");
        }
    });
    let doubled = (0..500).fold(folded(2, FOLDS[0].1), |all, _| all.clone() | !all);
    refused(shop.query(Session::of_user("u")).filter(|_| doubled).explain(), Some("Session"), "doubled");
    let endless = measure(|| {
        let condition = Session::fields().hits.is_in(0..);
        refused(shop.query(Session::of_user("u")).filter(|_| condition).explain(), Some("Session"), "is_in");
    });
    assert!(endless.count_total < 1_000, "{endless:?}");
}

#[test]
fn an_update_of_many_clauses_is_refused() {
    let shop = shop();
    let keys: Vec<String> = (0..100_000).map(|at| format!("k{at}")).collect();
    let some = |count: usize| keys.iter().take(count);
    let explained = |what: &str, count: usize, explained: Result<Explain>| {
        if count > 10 {
            refused(explained, Some("Session"), what);
        }
    };
    grows_with("set", |count| {
        explained(
            "set",
            count,
            some(count).fold(update(&shop), |update, key| update.set(|s| s.data.key(key), "x")).explain(),
        );
    });
    grows_with("remove", |count| {
        explained(
            "remove",
            count,
            some(count).fold(update(&shop), |update, key| update.remove(|s| s.data.key(key))).explain(),
        );
    });
    grows_with("set_to", |count| {
        let one = |update: Update<Session, Client<Shop>>, key: &String| {
            update.set_to(|s| s.data.key(key), |s| s.data.key(key).or("x"))
        };
        explained("set_to", count, some(count).fold(update(&shop), one).explain());
    });
}

#[test]
fn a_transaction_of_many_operations_is_refused_before_they_are_built() {
    let shop = shop();
    let session = Session::new("u", "s");
    grows_with("writes", |count| {
        let mut actions = Actions::new();
        (0..count).for_each(|_| actions.push(Create::new(&session)));
        if count > 10 {
            let spent = measure(|| refused(shop.transact(actions).explain(), None, "writes"));
            assert!(spent.bytes_total < 100_000, "{spent:?}");
        }
    });
}

#[tokio::test]
async fn a_read_transaction_of_many_items_is_refused() {
    for shop in both::<Shop>(&clock()).await {
        let gets: Vec<_> = (0..100_000).map(|_| Get::new(Session::key("u", "s"))).collect();
        refused(shop.transact_get(gets).await, None, "reads");
    }
}

/// The largest condition of its kind that there is.
fn largest(fold: Fold) -> Condition<Session> {
    let fits = |count: &usize| !folded(*count, fold).to_string().starts_with("no condition");
    let most = (2..400).take_while(fits).last().unwrap();
    folded(most, fold)
}

#[tokio::test]
async fn the_largest_conditions_are_carried_out() {
    for shop in both::<Shop>(&clock()).await {
        shop.create(&Session::new("u", "s")).await.unwrap();
        for (name, fold) in FOLDS {
            // A delete by its key asks for nothing of its own.
            let done = shop.delete(Session::key("u", "s")).condition(|_| largest(fold)).await;
            if let Err(error) = done {
                assert_eq!(error.kind(), ErrorKind::ConditionFailed, "{name}: {error}");
            } else {
                shop.create(&Session::new("u", "s")).await.unwrap();
            }
            let longer = largest(fold) & Session::fields().hits.ge(0) & Session::fields().hits.ge(1);
            refused(shop.delete(Session::key("u", "s")).condition(|_| longer).await, Some("Session"), name);
        }
    }
}

#[test]
fn no_condition_is_too_deep_for_a_small_stack() {
    let shop = shop();
    // A quarter of what the threads of Rust and of tokio have; what is not optimised takes most.
    let small = std::thread::Builder::new().stack_size(512 * 1024);
    let done = small.spawn(move || {
        for (name, fold) in FOLDS {
            let condition = largest(fold);
            let copy = condition.clone();
            println!("{name}: {}", condition.to_string().len() + format!("{condition:#?} {copy:#}").len());
            let deleted = shop.delete(Session::key("u", "s")).condition(|_| condition.clone()).explain();
            assert!(deleted.unwrap().body.contains(":hits90"), "{name}");
            // The time to live is asked for as well, and that is too much.
            refused(shop.query(Session::of_user("u")).filter(|_| condition).explain(), Some("Session"), name);
            let patterns = dynamodel::stream::EventFilter::<Session>::insert().new_image(|_| copy).patterns();
            assert!(
                patterns.is_ok() || patterns.is_err_and(|error| error.kind() == ErrorKind::NotExpressible),
                "{name}"
            );
            drop(folded(50_000, fold));
        }
    });
    done.unwrap().join().unwrap();
}
