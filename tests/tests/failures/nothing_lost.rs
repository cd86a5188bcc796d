//! Under faults nothing gets lost, nothing is done that is not told, and what nobody can know is said to be unknown.
//! All of it in counts; the faults are those of `dynamodel::testing`.

use dynamodel::op::{BatchOp, Create, Update};
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Client, Codec, Entity, Error, ErrorKind, RetryPolicy, Table};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Note, Session, Shop};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::time::Duration;

const MILLISECOND: Duration = Duration::from_millis(1);

/// A client of an engine of its own behind faults, whose pauses are short.
async fn behind<T: Table>(faults: &Faults, retries: RetryPolicy) -> Client<T> {
    let there: Client<T> = engine::connect(&engine::clock(), Codec::Wire).await;
    let patience = RetryConfig::standard().with_initial_backoff(MILLISECOND).with_max_backoff(5 * MILLISECOND);
    let config = there.sdk().config().to_builder().retry_config(patience).build();
    there.with_sdk(dynamodel::sdk::Client::from_conf(config)).with_retries(retries).with_faults(faults)
}

fn patient() -> RetryPolicy {
    RetryPolicy { tries: 30, first: MILLISECOND, longest: 5 * MILLISECOND }
}

/// Whether to do all of what the figures say; a debug build does a part, to be done in a few seconds.
fn is_whole() -> bool {
    !cfg!(debug_assertions) || std::env::var_os("DYNAMODEL_WHOLE").is_some()
}

/// The usual weather: 20 % unprocessed, 5 % failed, 1 % lost after the server acted.
fn usual(seed: u64) -> Faults {
    Faults::seeded(seed).unprocessed(0.2).fail_500(0.05).cut_after(0.01)
}

fn notes(count: i32) -> Vec<Note> {
    (0..count).map(|number| Note { user_id: "u".into(), number, owner: None, text: "x".into() }).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_items_are_all_written_and_all_read() {
    let faults = usual(1);
    let shop = behind::<Shop>(&faults, patient()).await;
    let notes = notes(10_000);
    let report = shop.batch_write().put_all(&notes).await.unwrap();
    assert_eq!((report.done, report.given), (10_000, 10_000));
    let written = faults.requests();
    let lost = faults.injected();
    assert!(lost.unprocessed > 1_500 && lost.server_errors > 5 && lost.cut_after > 0, "{lost:?}");

    let keys: Vec<_> = notes.iter().map(|note| Note::key("u", note.number)).collect();
    let found = shop.batch_get(keys).await.unwrap();
    let missing = found.iter().zip(&notes).filter(|(found, note)| found.as_ref() != Some(note)).count();
    assert_eq!(missing, 0);
    let stats = shop.stats();
    assert_eq!(stats.requests, faults.requests());
    // Those in answers that got lost were not seen.
    assert!(stats.unprocessed > 0 && stats.unprocessed <= faults.injected().unprocessed);
    let read = faults.requests() - written;
    println!(
        "10,000 items: missing 0; written in {written} requests ({:.3} an item; 400 without faults), read in {read} \
         ({:.3} an item; 100 without faults)",
        per_item(written),
        per_item(read)
    );
    println!("{:?}", faults.injected());
    println!("{stats:?}");
}

fn per_item(requests: u64) -> f64 {
    f64::from(u32::try_from(requests).unwrap()) / 10_000.0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_increments_are_counted_or_said_to_be_in_doubt() {
    let faults = usual(2);
    let market = behind::<Market>(&faults, patient()).await;
    faults.stop();
    market.create(&Product { id: "p".into(), stock: 0 }).await.unwrap();
    faults.resume();
    let turns = if is_whole() { 200 } else { 40 };
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let market = market.clone();
            tokio::spawn(async move {
                let (mut done, mut unknown, mut not_done) = (0, 0, 0);
                for _ in 0..turns {
                    match market.update(Product::key("p")).add(|p| p.stock, 1).await {
                        Ok(()) => done += 1,
                        Err(error) if error.is_outcome_unknown() => unknown += 1,
                        Err(_) => not_done += 1,
                    }
                }
                (done, unknown, not_done)
            })
        })
        .collect();
    let (mut done, mut unknown, mut not_done) = (0, 0, 0);
    for task in tasks {
        let told = task.await.unwrap();
        (done, unknown, not_done) = (done + told.0, unknown + told.1, not_done + told.2);
    }
    faults.stop();
    let count = market.get(Product::key("p")).consistent().await.unwrap().unwrap().stock;
    println!("{} increments: {done} done, {unknown} in doubt, {not_done} not; the count is {count}", 50 * turns);
    println!("{:?}", faults.injected());
    assert_eq!((done + unknown, not_done), (50 * turns, 0));
    // Each one in doubt counts once or not at all, and the connector knows which did.
    assert_eq!(count, done + i64::try_from(faults.injected().lost).unwrap());
    assert!(done <= count && count <= done + unknown && done < count, "{done} <= {count} <= {done} + {unknown}");
}

#[tokio::test]
async fn an_update_that_counts_is_not_sent_again_once_it_may_have_counted() {
    for lost in [Fault::CutAfter, Fault::CutBefore, Fault::TimeoutAfter, Fault::ServerErrorAfter] {
        let faults = Faults::script([Fault::Throttle, lost]).only("UpdateItem");
        let market = behind::<Market>(&faults, patient()).await;
        market.create(&Product { id: "p".into(), stock: 0 }).await.unwrap();
        let error = market.update(Product::key("p")).add(|p| p.stock, 1).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::OutcomeUnknown, 2), "{error}");
        let count = market.get(Product::key("p")).await.unwrap().unwrap().stock;
        assert_eq!(u64::try_from(count).unwrap(), faults.injected().lost);
        // What says the value is sent again.
        let faults = Faults::script([Fault::CutAfter]).only("UpdateItem");
        let market = market.with_faults(&faults);
        market.update(Product::key("p")).set(|p| p.stock, 7).await.unwrap();
        assert_eq!(faults.requests_of("UpdateItem"), 2);
    }
}

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Product, Order))]
struct Market;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Market, pk = "PRODUCT#{id}", sk = "PRODUCT")]
struct Product {
    id: String,
    stock: i64,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Market, pk = "PRODUCT#{product}", sk = "ORDER#{id}", query = of_product)]
struct Order {
    product: String,
    id: String,
}

const PRODUCTS: i64 = 10;

/// What 64 customers were told of their 50 checkouts each.
#[derive(Debug, Default, PartialEq)]
struct Told {
    sold: i64,
    sold_out: i64,
    unknown: i64,
    not_done: i64,
}

/// 64 tasks check out so many times each, and of each product there are five times as many. Gives what they were told,
/// what is left in stock, and the orders that there are.
async fn checkouts(market: &Client<Market>, faults: &Faults, turns: i64) -> (Told, i64, i64) {
    let start = 5 * turns;
    faults.stop();
    for product in 0..PRODUCTS {
        market.create(&Product { id: product.to_string(), stock: start }).await.unwrap();
    }
    faults.resume();
    let tasks: Vec<_> = (0..64)
        .map(|task| {
            let market = market.clone();
            tokio::spawn(async move {
                let mut told = Told::default();
                for turn in 0..turns {
                    match checkout(&market, task, turn).await {
                        Ok(()) => told.sold += 1,
                        Err(error) if error.is_condition_failed() => told.sold_out += 1,
                        Err(error) if error.is_outcome_unknown() => told.unknown += 1,
                        Err(_) => told.not_done += 1,
                    }
                }
                told
            })
        })
        .collect();
    let mut told = Told::default();
    for task in tasks {
        let Told { sold, sold_out, unknown, not_done } = task.await.unwrap();
        told.sold += sold;
        told.sold_out += sold_out;
        told.unknown += unknown;
        told.not_done += not_done;
    }
    faults.stop();
    let (mut stock, mut orders) = (0, 0);
    for product in 0..PRODUCTS {
        let id = product.to_string();
        let left = market.get(Product::key(&id)).consistent().await.unwrap().unwrap().stock;
        let sold = i64::try_from(market.query(Order::of_product(&id)).count().await.unwrap()).unwrap();
        assert!(left >= 0, "product {product} was sold more often than it was there");
        assert_eq!(left + sold, start, "product {product}");
        stock += left;
        orders += sold;
    }
    (told, stock, orders)
}

async fn checkout(market: &Client<Market>, task: i64, turn: i64) -> dynamodel::Result<()> {
    let product = ((task + turn * 7) % PRODUCTS).to_string();
    let order = Order { product: product.clone(), id: format!("{task:02}-{turn:02}") };
    let take = Update::new(Product::key(&product)).add(|p| p.stock, -1).condition(|p| p.stock.ge(1));
    market.transact((take, Create::new(&order))).await.map(|_| ())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_thousand_checkouts_sell_what_is_there_and_no_more() {
    let faults = Faults::seeded(3);
    let market = behind::<Market>(&faults, patient()).await;
    let (told, stock, orders) = checkouts(&market, &faults, 50).await;
    println!("64 x 50 checkouts: {told:?}; in stock {stock}, orders {orders}");
    assert_eq!(told, Told { sold: 2500, sold_out: 700, ..Told::default() });
    assert_eq!((stock, orders), (0, 2500));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_under_faults_is_sold_as_often_as_it_is_told_because_a_token_settles_what_was_carried_out() {
    let faults = usual(4).transaction_conflict(0.1).throttle(0.02);
    let market = behind::<Market>(&faults, patient()).await;
    let turns = if is_whole() { 50 } else { 20 };
    let (told, stock, orders) = checkouts(&market, &faults, turns).await;
    println!("64 x {turns} checkouts under faults: {told:?}; in stock {stock}, orders {orders}");
    println!("{:?}", faults.injected());
    println!("{:?}", market.stats());
    assert_eq!(stock + orders, 50 * turns);
    // What was cancelled after a try without any response is unknown, since that try may still arrive: none of them did.
    assert_eq!(told.sold, orders);
    let injected = faults.injected();
    assert!(injected.conflicts > 100 && injected.lost > 20, "{injected:?}");
    assert!(told.unknown.cast_unsigned() <= injected.lost, "{told:?}");
    assert_eq!(market.stats().conflicts, injected.conflicts);
}

fn numbers(notes: impl IntoIterator<Item = Note>) -> BTreeSet<i32> {
    notes.into_iter().map(|note| note.number).collect()
}

fn numbers_left(left: &[BatchOp<Shop>]) -> BTreeSet<i32> {
    left.iter().map(|op| op.item().read::<Note>().unwrap().number).collect()
}

#[tokio::test]
async fn what_is_left_of_a_batch_and_what_is_stored_are_what_was_given() {
    let unprocessed = || Faults::seeded(5).unprocessed(0.8);
    let broken = || Faults::seeded(6).unprocessed(0.3).cut_after(0.3).cut_before(0.3).throttle(0.3);
    for (faults, are_apart) in [(unprocessed(), true), (broken(), false)] {
        let shop = behind::<Shop>(&faults, RetryPolicy { tries: 2, ..patient() }).await;
        let notes = notes(500);
        let error = shop.batch_write().put_all(&notes).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unprocessed);
        faults.stop();
        let given: BTreeSet<i32> = (0..500).collect();
        let stored = numbers(shop.query(Note::of_user("u")).collect().await.unwrap());
        let left = numbers_left(error.leftovers());
        assert!(!left.is_empty() && !stored.is_empty());
        assert_eq!(&stored | &left, given, "nothing is forgotten");
        // Where answers get lost, what is left may be stored all the same; writing it again does no harm.
        assert!(!are_apart || stored.is_disjoint(&left));

        let count = u64::try_from(left.len()).unwrap();
        let report = shop.batch_write().retry_leftovers(error.into_leftovers()).await.unwrap();
        assert_eq!((report.done, report.given), (count, count));
        assert_eq!(numbers(shop.query(Note::of_user("u")).collect().await.unwrap()), given);
    }
}

/// The tokens of the transactions that were sent.
fn tokens(faults: &Faults) -> Vec<String> {
    let sent = faults.sent().into_iter().filter(|sent| sent.operation == "TransactWriteItems");
    sent.map(|sent| {
        let body: serde_json::Value = serde_json::from_slice(&sent.body).unwrap();
        body["ClientRequestToken"].as_str().unwrap().to_owned()
    })
    .collect()
}

async fn create(faults: &Faults, retries: RetryPolicy) -> (Client<Shop>, Result<(u64,), Error>) {
    let shop = behind::<Shop>(faults, retries).await;
    let outcome = shop.transact((Create::new(&Session::new("u", "s")),)).await;
    (shop, outcome)
}

#[tokio::test]
async fn a_transaction_that_met_another_is_sent_again_with_its_token() {
    let conflicts = vec![Fault::TransactionConflict; 4];
    let faults = Faults::script(conflicts).only("TransactWriteItems").recording();
    let (shop, outcome) = create(&faults, patient()).await;
    assert_eq!(outcome.unwrap(), (1,));
    let tokens = tokens(&faults);
    assert_eq!(tokens.len(), 5);
    assert!(tokens.iter().all(|token| *token == tokens[0]));
    assert_eq!((shop.stats().conflicts, shop.stats().retries), (4, 4));
}

#[tokio::test]
async fn a_transaction_that_meets_others_to_the_end_is_contention() {
    let faults = Faults::seeded(7).transaction_conflict(1.0).only("TransactWriteItems");
    let (_, outcome) = create(&faults, RetryPolicy { tries: 3, ..patient() }).await;
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Cancelled, 3));
    assert_eq!(error.reason(0).unwrap().kind(), ErrorKind::Contention);
    assert_eq!(faults.requests_of("TransactWriteItems"), 3);
}

#[tokio::test]
async fn a_transaction_refused_by_a_condition_is_sent_once() {
    let faults = Faults::seeded(8);
    let (shop, first) = create(&faults, patient()).await;
    first.unwrap();
    let error = shop.transact((Create::new(&Session::new("u", "s")),)).await.unwrap_err();
    assert!(error.is_already_exists());
    assert_eq!(faults.requests_of("TransactWriteItems"), 2);
}

#[tokio::test]
async fn a_transaction_whose_answers_get_lost_is_carried_out_once_and_told_so() {
    // More lost answers than the SDK tries.
    for lost in [Fault::CutAfter, Fault::TimeoutAfter, Fault::ServerErrorAfter] {
        let faults = Faults::script(vec![lost; 7]).only("TransactWriteItems").recording();
        let shop = behind::<Shop>(&faults, patient()).await;
        shop.create(&Session::new("u", "s")).await.unwrap();
        shop.transact((Update::new(Session::key("u", "s")).add(|s| s.hits, 1),)).await.unwrap();
        assert_eq!(shop.get(Session::key("u", "s")).await.unwrap().unwrap().hits, 1);
        let tokens = tokens(&faults);
        assert_eq!(tokens.len(), 8);
        assert!(tokens.iter().all(|token| *token == tokens[0]));
    }
}

#[tokio::test]
async fn a_single_write_that_met_a_transaction_is_sent_again() {
    let faults = Faults::script(vec![Fault::TransactionConflict; 3]).only("UpdateItem");
    let shop = behind::<Shop>(&faults, patient()).await;
    shop.create(&Session::new("u", "s")).await.unwrap();
    shop.update(Session::key("u", "s")).add(|s| s.hits, 1).await.unwrap();
    assert_eq!(faults.requests_of("UpdateItem"), 4);

    let faults = Faults::seeded(9).transaction_conflict(1.0);
    let shop = behind::<Shop>(&faults, RetryPolicy { tries: 3, ..patient() }).await;
    let error = shop.create(&Session::new("u", "s")).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Contention, 3));

    // A lost answer before it leaves its doubt.
    let faults = Faults::script([Fault::CutAfter, Fault::TransactionConflict]).only("PutItem");
    let shop = behind::<Shop>(&faults, patient()).await;
    let error = shop.create(&Session::new("u", "s")).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::OutcomeUnknown, 3));
    assert!(error.current::<Session>().is_some());
}

#[tokio::test]
async fn a_batch_get_outlives_server_errors() {
    let faults = Faults::script(vec![Fault::ServerError; 8]).only("BatchGetItem");
    let shop = behind::<Shop>(&faults, patient()).await;
    assert_eq!(shop.batch_get([Note::key("u", 1)]).await.unwrap(), [None]);
    assert_eq!(faults.requests_of("BatchGetItem"), 9);
    let faults = Faults::seeded(10).fail_500(1.0);
    let shop = behind::<Shop>(&faults, patient()).await;
    assert_eq!(shop.get(Note::key("u", 1)).await.unwrap_err().kind(), ErrorKind::Unavailable);
}
