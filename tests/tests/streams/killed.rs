//! An asynchronous API whose worker is a real process, which dies at any time.

use dynamodel::embedded::Engine;
use dynamodel_examples::orders_async::{Desk, Office, State, Worker};
use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const KILLS: u64 = 50;
const CUSTOMERS: u64 = 5;
const CREDIT: u64 = 3_000;
/// Says which table the child works on. Its endpoint stands in `DYNAMODB_ENDPOINT`.
const TABLE: &str = "DYNAMODEL_KILLED_TABLE";

/// What the child does: this very test binary, asked for this test alone.
#[tokio::test]
async fn worker_process() {
    let Ok(table) = std::env::var(TABLE) else { return };
    let desk = Engine::local_with::<Desk>(table, &Desk::with_stream()).await.unwrap();
    let streams = Engine::local_streams(&desk).unwrap();
    let worker = Worker::new(&desk, &std::process::id().to_string(), HOUR);
    println!("\nready");
    worker.run(&streams, |_| {}).await.unwrap();
}

/// A worker that has begun.
fn spawn(endpoint: &str) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::worker_process", "--nocapture", "--test-threads=1"])
        .env("DYNAMODB_ENDPOINT", endpoint)
        .env(TABLE, "desk")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("ready")), "the worker did not begin");
    child
}

/// A worker that lives until nothing is left to do.
async fn work_off(engine: &Engine, office: &Office) {
    let mut child = spawn(engine.endpoint());
    while !office.in_state(State::Pending).await.unwrap().is_empty() {
        assert!(child.try_wait().unwrap().is_none(), "the worker has given up");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

/// A pause from nothing to 100 ms.
async fn some_time(random: &RandomState, turn: u64) {
    tokio::time::sleep(Duration::from_micros(random.hash_one(turn) % 100_000)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_request_ends_once_though_its_worker_is_killed_fifty_times() {
    let engine = Engine::memory().unwrap();
    let desk = engine.client_with::<Desk>("desk", &Desk::with_stream()).await.unwrap();
    let office = Office::new(desk.clone());
    for customer in 0..CUSTOMERS {
        office.open_account(&format!("c{customer}"), CREDIT).await.unwrap();
    }
    let random = RandomState::new();
    let (mut submitted, mut retried) = (0_u64, 0_u64);
    for kill in 0..KILLS {
        let mut child = spawn(engine.endpoint());
        if kill < KILLS - 10 {
            // More than it can do until it dies. The last customer has no account.
            for _ in 0..6 {
                let (customer, cents) = (submitted % (CUSTOMERS + 1), 50 + submitted % 7 * 10);
                office.submit(&format!("r{submitted:04}"), &format!("c{customer}"), cents).await.unwrap();
                submitted += 1;
            }
        } else {
            // What has failed is tried again, some of it with more credit.
            office.add_credit("c0", 100).await.unwrap();
            for request in office.in_state(State::Failed).await.unwrap().iter().take(5) {
                office.retry(&request.id).await.unwrap();
                retried += 1;
            }
        }
        some_time(&random, kill).await;
        child.kill().unwrap(); // SIGKILL
        child.wait().unwrap();
        if kill + 11 == KILLS {
            work_off(&engine, &office).await;
        }
    }
    work_off(&engine, &office).await;

    let (mut done, mut failed) = (0, 0);
    let mut spent = vec![(0, 0); usize::try_from(CUSTOMERS).unwrap()];
    for number in 0..submitted {
        let request = office.look(&format!("r{number:04}")).await.unwrap().expect("a request is lost");
        match request.state {
            State::Done => {
                assert!(request.error.is_none() && request.expires_at.is_some(), "{request:?}");
                let (cents, orders) = &mut spent[request.customer[1..].parse::<usize>().unwrap()];
                (*cents, *orders) = (*cents + request.cents, *orders + 1);
                done += 1;
            }
            State::Failed => {
                assert!(request.error.as_deref().is_some_and(|why| why.contains("credit") || why.contains("customer")));
                assert!(request.tries > 0 && request.expires_at.is_none(), "{request:?}");
                failed += 1;
            }
            State::Pending => panic!("{request:?}"),
        }
    }
    // Exactly once: what is missing from the accounts is what was bought, cent by cent.
    let mut workers = BTreeSet::new();
    for (number, (cents, orders)) in spent.into_iter().enumerate() {
        let customer = format!("c{number}");
        let account = office.account(&customer).await.unwrap().unwrap();
        let given = CREDIT + if number == 0 { 10 * 100 } else { 0 };
        assert_eq!((given - account.credit, account.orders), (cents, orders), "{customer}");
        let receipts = office.receipts(&customer).await.unwrap();
        assert_eq!(receipts.len() as u64, orders, "{customer}");
        assert_eq!(receipts.iter().map(|receipt| receipt.cents).sum::<u64>(), cents, "{customer}");
        workers.extend(receipts.into_iter().map(|receipt| receipt.worker));
    }
    println!("{submitted} requests, {retried} retries: {done} done, {failed} failed, by {} workers", workers.len());
    assert_eq!((done + failed, retried > 0, failed > 0), (submitted, true, true));
    assert!(workers.len() > 1, "one worker did it all: {workers:?}");
}
