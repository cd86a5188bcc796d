//! Sessions in a DynamoDB table: `cargo run --example sessions`.
//!
//! Runs on an engine inside the process. `DYNAMODB_ENDPOINT=http://127.0.0.1:8000` runs it on another one, and
//! `cargo run --example sessions -- --aws TABLE` on Amazon DynamoDB, in a table of that name which is created.

use dynamodel::embedded::Engine;
use dynamodel::{Client, Clock, Entity, Expiry, ManualClock, Result};
use dynamodel_examples::sessions::{SaveError, Session, Sessions, Shop};
use dynamodel_examples::show;
use std::error::Error;
use std::time::Duration;
use ulid::Ulid;

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // The clock is moved by hand, so that no one has to wait for a session to expire.
    let clock = ManualClock::stopped();
    let shop = connect(&clock).await?;
    let sessions = Sessions::new(shop.clone(), HOUR);

    println!("1. Ada logs in twice, from her desk and from her phone.");
    let mut desk = sessions.begin("ada", Ulid::from_datetime(clock.now()), "t-desk", now(&clock)?).await?;
    clock.advance(Duration::from_secs(60));
    let phone = sessions.begin("ada", Ulid::from_datetime(clock.now()), "t-phone", now(&clock)?).await?;
    print_items(&sessions).await?;

    println!("2. The same session cannot be begun twice: the error holds the one that is there.");
    match sessions.begin("ada", desk.session_id, "t-forged", now(&clock)?).await {
        Err(error) if error.is_already_exists() => {
            let there = error.current::<Session>().map(|session| session.token.as_str()).unwrap_or_default();
            println!("   refused: {error}\n   it holds the token {there:?}\n");
        }
        other => println!("   unexpected: {other:?}"),
    }

    println!("3. Two requests load the session, and both save it. The second one is stale.");
    let mut stale = sessions.load("ada", desk.session_id).await?.ok_or("the session is gone")?;
    desk.hits += 1;
    desk.data.insert("theme".into(), "dark".into());
    sessions.save(&mut desk).await?;
    println!("   the first save is version {}", desk.version);
    stale.data.insert("theme".into(), "light".into());
    match sessions.save(&mut stale).await {
        Err(SaveError::Mismatch(current)) => println!(
            "   mismatch: mine is version {}, the stored one is version {} with theme {:?}\n",
            stale.version,
            current.version,
            current.data.get("theme").map(String::as_str).unwrap_or_default()
        ),
        other => println!("   unexpected: {other:?}"),
    }

    println!("4. A browser shows its token: one query on the index finds the session.");
    let found = sessions.by_token("t-phone").await?;
    println!(
        "   t-phone belongs to session {}\n",
        found.map_or_else(|| "nobody".to_owned(), |s| s.session_id.to_string())
    );

    println!("5. Half an hour later the desk is still in use: touching it extends its life.");
    clock.advance(HOUR / 2);
    sessions.touch(&desk, now(&clock)?).await?;
    print_items(&sessions).await?;

    println!(
        "6. Three quarters of an hour later the phone's session has expired. It is still stored, and nobody sees it."
    );
    clock.advance(HOUR * 3 / 4);
    println!("   stored: {}, seen: {}", sessions.stored("ada").await?.len(), sessions.of_user("ada").await?.len());
    println!("   loading it gives {:?}\n", sessions.load("ada", phone.session_id).await?);

    println!("7. Ada logs out at her desk. What would be sent:");
    let delete = shop.delete(desk.primary_key()).explain()?;
    println!("   {}", delete.to_string().replace('\n', "\n   "));
    sessions.end(&desk).await?;
    println!("   sessions left: {}", sessions.of_user("ada").await?.len());

    // Leave nothing behind on an engine that outlives this program.
    Ok(sessions.end(&phone).await?)
}

async fn connect(clock: &ManualClock) -> Result<Client<Shop>> {
    let mut arguments = std::env::args().skip(1);
    let shop = match (arguments.next().as_deref(), arguments.next()) {
        (Some("--aws"), Some(table)) => {
            let shop = Shop::from_env(&table).await;
            shop.ensure_table().await?;
            shop
        }
        _ => Engine::local("sessions-example").await?,
    };
    println!("{shop:?}\n");
    Ok(shop.with_clock(clock.clone()))
}

fn now(clock: &ManualClock) -> Result<Expiry, Box<dyn Error>> {
    Ok(Expiry::at(clock.now())?)
}

/// The table as it is stored, keys and all.
async fn print_items(sessions: &Sessions) -> Result<(), Box<dyn Error>> {
    let mut rows = Vec::new();
    for session in sessions.stored("ada").await? {
        let mut row: Vec<String> = session.key_values()?.into_iter().map(|(_, value)| value.to_string()).collect();
        row.extend([
            session.hits.to_string(),
            session.version.to_string(),
            session.expires_at.epoch_seconds().to_string(),
        ]);
        rows.push(row);
    }
    println!("{}", show::table(&["PK", "SK", "GSI1PK", "GSI1SK", "hits", "version", "expires_at"], &rows));
    Ok(())
}
