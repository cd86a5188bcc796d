//! An asynchronous API on a change stream: `cargo run --example orders_async`.
//!
//! Runs on an engine inside the process. `DYNAMODB_ENDPOINT=http://127.0.0.1:8000` runs it on another one.

use dynamodel::embedded::Engine;
use dynamodel_examples::orders_async::{Desk, Office, Request, State, Worker};
use dynamodel_examples::{show, table_name};
use std::error::Error;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // A table of its own for each run: a stream tells of everything that ever happened.
    let desk = Engine::local_with::<Desk>(table_name("orders-async"), &Desk::with_stream()).await?;
    let streams = Engine::local_streams(&desk)?;
    let office = Office::new(desk.clone());
    let worker = Worker::new(&desk, "w1", HOUR);

    println!("1. Three requests come in. Each is an item, and gets its response at once.");
    office.open_account("ada", 1_000).await?;
    office.submit("r1", "ada", 700).await?;
    office.submit("r2", "ada", 700).await?;
    office.submit("r3", "bob", 100).await?;
    office.submit("r3", "bob", 100).await?; // the caller's retry: the same request
    print_requests(&office).await?;

    println!("2. A worker reads the table's stream. One is done and expires in an hour, two failed and say why.");
    let report = worker.catch_up(&streams).await?;
    print_requests(&office).await?;
    println!("   {} changes handled, {} positions saved\n", report.handled, report.saved_positions);

    println!("3. More credit, and the failed one is tried again.");
    office.add_credit("ada", 500).await?;
    office.retry("r2").await?;
    worker.catch_up(&streams).await?;
    print_requests(&office).await?;

    println!("4. A new worker continues where the last one was: nothing happens twice.");
    let report = Worker::new(&desk, "w2", HOUR).catch_up(&streams).await?;
    let account = office.account("ada").await?.ok_or("ada has no account")?;
    println!("   {} changes handled; ada has {} left after {} orders", report.handled, account.credit, account.orders);
    for receipt in office.receipts("ada").await? {
        println!("   {} for {} by {}", receipt.request, receipt.cents, receipt.worker);
    }
    Ok(())
}

async fn print_requests(office: &Office) -> Result<(), Box<dyn Error>> {
    let mut rows = Vec::new();
    for state in [State::Pending, State::Done, State::Failed] {
        rows.extend(office.in_state(state).await?.into_iter().map(row));
    }
    rows.sort();
    println!("{}", show::table(&["request", "of", "cents", "state", "error", "expires"], &rows));
    Ok(())
}

fn row(request: Request) -> Vec<String> {
    let expires = if request.expires_at.is_some() { "in an hour" } else { "" };
    let state = format!("{:?}", request.state);
    let error = request.error.unwrap_or_default();
    vec![request.id, request.customer, request.cents.to_string(), state, error, expires.to_owned()]
}
