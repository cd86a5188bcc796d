//! Carts and checkouts in a DynamoDB table: `cargo run --example carts`.
//!
//! Runs on an engine inside the process. `DYNAMODB_ENDPOINT=http://127.0.0.1:8000` runs it on another one.

use dynamodel::embedded::Engine;
use dynamodel::{Clock, Expiry, ManualClock, Result};
use dynamodel_examples::carts::{CartView, Carts, CheckoutError, Product, Store};
use dynamodel_examples::show;
use std::error::Error;
use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;
use ulid::Ulid;

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // The clock is moved by hand, so that nobody has to wait for a cart to be abandoned.
    let clock = ManualClock::stopped();
    let store = match std::env::var_os("DYNAMODB_ENDPOINT") {
        Some(_) => Engine::local::<Store>("carts-example").await?,
        None => Engine::memory_at(&clock)?.client::<Store>("carts").await?,
    };
    let carts = Carts::new(store.with_clock(clock.clone()), 24 * HOUR);

    println!("1. A catalogue of 2,000 products is loaded, 25 to a request.");
    let catalogue: Vec<Product> = (0..2000).map(product).collect();
    let report = carts.load_catalogue(&catalogue, |progress| bar(progress.done, 2000)).await?;
    println!("\n   {} products in {} requests\n", report.done, report.requests);

    println!("2. Ada fills her cart. Each line keeps the price that she saw.");
    carts.register("ada").await?;
    carts.open("c1", "ada", now(&clock)?).await?;
    carts.set_quantity("c1", "sku-0007", 2, now(&clock)?).await?;
    carts.set_quantity("c1", "sku-0042", 1, now(&clock)?).await?;
    carts.set_quantity("c1", "sku-0098", 9, now(&clock)?).await?;
    carts.set_quantity("c1", "sku-0042", 0, now(&clock)?).await?; // not that one after all
    let view = carts.view("c1").await?.ok_or("the cart is gone")?;
    print_cart(&view);

    println!("3. There are 8 of sku-0098, and she wants 9: nothing happens, and she is shown what there is.");
    match carts.checkout(&view, Ulid::from_datetime(clock.now())).await {
        Err(error @ CheckoutError::OutOfStock(_)) => println!("   refused: {error}\n"),
        other => return Err(format!("expected a refusal, found {other:?}").into()),
    }

    println!("4. She takes 8. Stock, order, cart and customer change in one transaction.");
    carts.set_quantity("c1", "sku-0098", 8, now(&clock)?).await?;
    let view = carts.view("c1").await?.ok_or("the cart is gone")?;
    let order = carts.checkout(&view, Ulid::from_datetime(clock.now())).await?;
    println!("   ordered {} lines for {}", order.lines.len(), euros(order.total));
    for (sku, product) in carts.products(&["sku-0007", "sku-0098"]).await? {
        println!("   {sku} has {} left", product.stock);
    }
    let orders = carts.customer("ada").await?.map_or(0, |customer| customer.orders);
    println!("   ada has {orders} order, and her cart is {:?}\n", carts.view("c1").await?);

    println!("5. Bob leaves his cart for a day and a second.");
    carts.register("bob").await?;
    carts.open("c2", "bob", now(&clock)?).await?;
    carts.set_quantity("c2", "sku-0001", 1, now(&clock)?).await?;
    clock.advance(24 * HOUR + Duration::from_secs(1));
    println!("   his cart is {:?}", carts.view("c2").await?);
    match carts.set_quantity("c2", "sku-0002", 1, now(&clock)?).await {
        Err(error) if error.is_gone() => println!("   adding to it: {error}"),
        other => return Err(format!("expected a refusal, found {other:?}").into()),
    }
    Ok(())
}

fn product(number: u32) -> Product {
    Product {
        sku: format!("sku-{number:04}"),
        name: format!("Thing no. {number}"),
        price: 199 + u64::from(number) * 10,
        stock: u64::from(number % 13) + 1,
    }
}

fn now(clock: &ManualClock) -> Result<Expiry, Box<dyn Error>> {
    Ok(Expiry::at(clock.now())?)
}

/// A progress bar of forty steps.
fn bar(done: u64, all: u64) {
    if !std::io::stdout().is_terminal() && done < all {
        return;
    }
    let full = usize::try_from(done * 40 / all.max(1)).unwrap_or(40);
    print!("\r   [{}{}] {done}/{all}", "█".repeat(full), "·".repeat(40_usize.saturating_sub(full)));
    let _ = std::io::stdout().flush();
}

fn euros(cents: u64) -> String {
    format!("{}.{:02} €", cents / 100, cents % 100)
}

fn print_cart(view: &CartView) {
    let rows: Vec<_> = view
        .lines
        .iter()
        .map(|line| {
            vec![line.sku.clone(), line.quantity.to_string(), euros(line.price), euros(line.price * line.quantity)]
        })
        .collect();
    print!("{}", show::table(&["product", "quantity", "price", "sum"], &rows));
    println!("  total {}\n", euros(view.total()));
}
