//! Keys, values and locks, and consumers that share work: `cargo run --example coordination`.
//!
//! The consumers are processes of their own, one of which dies in the middle of its work. Runs on an engine inside the first
//! process; `DYNAMODB_ENDPOINT=http://127.0.0.1:8000` runs it on another one.

use dynamodel::Client;
use dynamodel::embedded::Engine;
use dynamodel::lock::Locks;
use dynamodel_examples::coordination::{
    CoordinationError, Keep, Pair, Payload, Register, Space, Work, consume, work_off,
};
use dynamodel_examples::{show, table_name};
use std::error::Error;
use std::process::{Command, Stdio};
use std::time::Duration;

const TASKS: [&str; 10] = ["ada", "bob", "cleo", "dora", "emil", "fay", "gus", "hana", "ivo", "jan"];
const CONSUMERS: [&str; 4] = ["w1", "w2", "w3", "mortal"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    if let (Some("--consumer"), Some(name), Some(table)) =
        (arguments.next().as_deref(), arguments.next(), arguments.next())
    {
        return consumer(&name, &table).await;
    }

    let table = table_name("coordination");
    let (register, endpoint) = match std::env::var("DYNAMODB_ENDPOINT") {
        Ok(endpoint) => (Engine::local(&table).await?, endpoint),
        Err(_) => {
            let engine = Engine::memory()?;
            (engine.client(&table).await?, engine.endpoint().to_owned())
        }
    };
    keys_and_values(&register).await?;

    println!("4. {} entries, {} consumers, each a process. One of them dies at work.", TASKS.len(), CONSUMERS.len());
    let space = Space::new(&register, "orchestra");
    work_off(&space, &TASKS).await?;
    let this = std::env::current_exe()?;
    let mut children = Vec::new();
    for name in CONSUMERS {
        let mut command = Command::new(&this);
        command.args(["--consumer", name, &table]).env("DYNAMODB_ENDPOINT", &endpoint).stdout(Stdio::inherit());
        children.push(command.spawn()?);
    }
    for mut child in children {
        // The engine runs on a thread of its own, so that waiting here stops nobody.
        child.wait()?;
    }

    let (mut rows, mut wrong) = (Vec::new(), 0);
    for pair in space.list("work/").await? {
        let work: Work = pair.read()?;
        wrong += u32::from(work.times != 1);
        rows.push(vec![work.task, work.done_by.unwrap_or_default(), work.times.to_string()]);
    }
    println!("\n{}", show::table(&["entry", "done by", "times"], &rows));
    if wrong > 0 || rows.len() != TASKS.len() {
        return Err(format!("{wrong} entries were not worked on exactly once").into());
    }
    println!("   Each was worked on by exactly one.");
    Ok(())
}

async fn keys_and_values(register: &Client<Register>) -> Result<(), Box<dyn Error>> {
    let space = Space::new(register, "settings");
    println!("1. Values under keys: bytes, and whatever serde knows.");
    space.put("theme/colour", Payload::of(&"green")?, Keep::Forever).await?;
    space.put("theme/logo", Payload::Bytes(vec![0x89, b'P', b'N', b'G']), Keep::Forever).await?;
    space.put("token", Payload::of(&1234)?, Keep::For(Duration::from_secs(300))).await?;
    for pair in space.list("theme/").await? {
        let bytes = pair.as_bytes().map(|bytes| format!("{} bytes", bytes.len()));
        let value = pair.value.as_ref().map(ToString::to_string);
        println!("   {} = {}", pair.key, value.or(bytes).unwrap_or_default());
    }

    println!("\n2. Two write against the value that both have read.");
    let read: Pair = space.get("theme/colour").await?;
    space.atomic_put("theme/colour", Payload::of(&"blue")?, Keep::Forever, Some(&read)).await?;
    match space.atomic_put("theme/colour", Payload::of(&"red")?, Keep::Forever, Some(&read)).await {
        Err(CoordinationError::Modified(now)) => println!("   refused: it is {:?} by now", now.read::<String>()?),
        other => println!("   unexpected: {other:?}"),
    }

    println!("\n3. A lock that is taken, and one who is told to stop waiting for it.");
    let guard = space.lock("theme", Some("repainting".into()), std::future::pending()).await?;
    let stop = tokio::time::sleep(Duration::from_millis(100));
    match space.lock("theme", None, stop).await {
        Err(error @ CoordinationError::AcquireCancelled) => println!("   {error}"),
        other => println!("   unexpected: {other:?}"),
    }
    println!("   the fencing token is {}\n", guard.token());
    guard.release().await?;
    Ok(())
}

async fn consumer(name: &str, table: &str) -> Result<(), Box<dyn Error>> {
    let register: Client<Register> = Engine::local(table).await?;
    let lease = Duration::from_millis(1500);
    let locks = Locks::new(&register).lease(lease).owner(name);
    let space = Space::new(&register, "orchestra").with_locks(locks);
    let done = consume(&space, name, Duration::from_millis(50), |entry| async move {
        tokio::time::sleep(Duration::from_millis(60)).await;
        if name == "mortal" {
            println!("   {name} dies over {}", entry.task);
            std::process::exit(1);
        }
    });
    println!("   {name} has done {}", done.await?);
    Ok(())
}
