//! Keys, values and locks, and consumers that share work: `cargo run --example coordination`.
//!
//! The consumers are processes of their own, one of which dies in the middle of its work. The example fails when another one
//! fails, or when an entry was not worked on as often as that allows. Runs on an engine inside the first
//! process; `DYNAMODB_ENDPOINT=http://127.0.0.1:8000` runs it on another one.

use dynamodel::Client;
use dynamodel::embedded::Engine;
use dynamodel::lock::Locks;
use dynamodel_examples::coordination::{
    CoordinationError, Keep, Pair, Payload, Register, Space, Work, consume, work_off,
};
use dynamodel_examples::{show, table_name};
use std::error::Error;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const TASKS: [&str; 10] = ["ada", "bob", "cleo", "dora", "emil", "fay", "gus", "hana", "ivo", "jan"];
const MORTAL: &str = "mortal";
const CONSUMERS: [&str; 4] = [MORTAL, "w1", "w2", "w3"];
/// What the mortal one ends with.
const DEATH: i32 = 7;
const BEGINS: &str = "begins";
const DIES: &str = "dies over";
const IN_VAIN: &str = "worked in vain on";

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
        command.args(["--consumer", name, &table]).env("DYNAMODB_ENDPOINT", &endpoint).stdout(Stdio::piped());
        children.push((name, command.spawn()?));
    }
    // What they say of each entry: that they begin, that they die over it, that it was in vain.
    let mut said = Vec::new();
    for (name, child) in children {
        // The engine runs on a thread of its own, so that waiting here stops nobody.
        let Output { status, stdout, .. } = child.wait_with_output()?;
        let stdout = String::from_utf8(stdout)?;
        for line in stdout.lines() {
            println!("   {name} {line}");
        }
        said.extend(stdout.lines().map(str::to_owned));
        if !(status.success() || name == MORTAL && status.code() == Some(DEATH)) {
            return Err(format!("the consumer {name} has failed: {status}").into());
        }
    }

    let count = |what: &str, task: &str| said.iter().filter(|line| **line == format!("{what} {task}")).count();
    let (mut rows, mut wrong) = (Vec::new(), 0);
    for pair in space.list("work/").await? {
        let Work { task, done_by, times } = pair.read()?;
        let (begun, given_up) = (count(BEGINS, &task), count(DIES, &task) + count(IN_VAIN, &task));
        wrong += u32::from(times != 1 || begun != 1 + given_up);
        rows.push(vec![task, done_by.unwrap_or_default(), times.to_string(), begun.to_string()]);
    }
    println!("\n{}", show::table(&["entry", "done by", "results", "begun"], &rows));
    if wrong > 0 || rows.len() != TASKS.len() {
        return Err(format!("{wrong} of {} entries were not worked on exactly once", rows.len()).into());
    }
    println!("   Each has the result of exactly one, and nobody but the dead began in vain.");
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
        other => return Err(format!("the second one was not refused: {other:?}").into()),
    }

    println!("\n3. A lock that is taken, and one who is told to stop waiting for it.");
    let guard = space.lock("theme", Some("repainting".into()), std::future::pending()).await?;
    let stop = tokio::time::sleep(Duration::from_millis(100));
    match space.lock("theme", None, stop).await {
        Err(error @ CoordinationError::AcquireCancelled) => println!("   {error}"),
        other => return Err(format!("the wait was not cancelled: {other:?}").into()),
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
    let tally = consume(&space, name, Duration::from_millis(50), |entry| async move {
        println!("{BEGINS} {}", entry.task);
        tokio::time::sleep(Duration::from_millis(60)).await;
        if name == MORTAL {
            println!("{DIES} {}", entry.task);
            std::process::exit(DEATH);
        }
    });
    let tally = tally.await?;
    for task in &tally.in_vain {
        println!("{IN_VAIN} {task}");
    }
    println!("has done {}", tally.done.len());
    Ok(())
}
