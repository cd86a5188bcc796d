//! Owners that are processes of their own, stopped by a signal and let go again.

use super::model::{Job, Report, Shop, record, report, write_row};
use dynamodel::embedded::Engine;
use dynamodel::lock::{Locks, Phase};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

const LEASE: Duration = Duration::from_millis(600);

/// A child that has the lock and does as it is told, line by line.
struct Owner {
    child: Child,
    told: ChildStdin,
    said: BufReader<ChildStdout>,
}

impl Owner {
    fn begin(endpoint: &str, table: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "leases::processes::an_owner_that_is_a_process", "--nocapture", "--ignored"])
            .env("DYNAMODB_ENDPOINT", endpoint)
            .env("LEASES_TABLE", table)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (told, said) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, told, said }
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.told, "{line}").unwrap();
    }

    /// The next line that it says to us; the test harness says some of its own.
    fn hear(&mut self) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.said.read_line(&mut line).unwrap() > 0, "the owner has ended");
            if let Some((_, said)) = line.trim_end().split_once("OWNER: ") {
                return said.to_owned();
            }
        }
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the child does. Run by itself it has nobody to listen to.
#[tokio::test]
#[ignore = "a part of the tests below, which run it in processes of its own"]
async fn an_owner_that_is_a_process() {
    let Ok(table) = std::env::var("LEASES_TABLE") else { return };
    let shop = Engine::local::<Shop>(table).await.unwrap();
    let locks = Locks::new(&shop).lease(LEASE).owner("child");
    let guard = locks.acquire(Job::new("nightly")).await.unwrap();
    println!("OWNER: {}", guard.token());
    loop {
        // The runtime goes on while the child waits to be told something.
        let line = tokio::task::spawn_blocking(|| std::io::stdin().lines().next()).await.unwrap();
        match line.map(Result::unwrap).as_deref() {
            Some("write") => {
                let phase = guard.phase();
                match write_row(&shop, &guard).await {
                    Ok(()) => println!("OWNER: written"),
                    Err(error) if error.is_lock_lost() => println!("OWNER: refused, {phase:?}"),
                    Err(error) => println!("OWNER: {error}"),
                }
            }
            Some("release") => {
                let released = guard.release().await;
                println!(
                    "OWNER: {}",
                    released.map_or_else(|error| format!("{:?}", error.kind()), |()| "free".to_owned())
                );
                return;
            }
            _ => return,
        }
    }
}

/// A table, and where others find it.
async fn table(name: &str) -> (dynamodel::Client<Shop>, Option<Engine>, String) {
    let name = format!("{name}-{}", std::process::id());
    if let Ok(endpoint) = std::env::var("DYNAMODB_ENDPOINT") {
        return (Engine::local(name).await.unwrap(), None, endpoint);
    }
    let engine = Engine::memory().unwrap();
    let endpoint = engine.endpoint().to_owned();
    (engine.client(name).await.unwrap(), Some(engine), endpoint)
}

#[tokio::test]
async fn no_write_of_an_owner_that_was_stopped_comes_after_its_successors() {
    let (shop, _engine, endpoint) = table("stopped").await;
    shop.create(&Report::new("r")).await.unwrap();
    for round in 0..3 {
        let mut former = Owner::begin(&endpoint, shop.table_name());
        assert_eq!(former.hear(), (round * 2 + 1).to_string());
        former.tell("write");
        assert_eq!(former.hear(), "written");

        former.signal("-STOP");
        let locks = Locks::new(&shop).lease(LEASE).poll_interval(Duration::from_millis(20)).owner("parent");
        let successor = locks.acquire(Job::new("nightly")).await.unwrap();
        assert_eq!(successor.token(), round * 2 + 2);
        // Half the time the former owner wakes up before its successor has written anything.
        if round % 2 == 0 {
            write_row(&shop, &successor).await.unwrap();
        }
        let before = report(&shop).await;
        former.tell("write");
        former.signal("-CONT");
        let said = former.hear();
        assert!(said.starts_with("refused"), "{said}");
        assert_eq!(report(&shop).await, before);
        former.tell("release");
        assert_eq!(former.hear(), "LockLost");
        assert_eq!(successor.phase(), Phase::Held);
        write_row(&shop, &successor).await.unwrap();
        assert_eq!(record(&shop, "nightly").await.lease.owner(), Some("parent"));
        successor.release().await.unwrap();
    }
    assert!(report(&shop).await.tokens.is_sorted());
}

#[tokio::test]
async fn an_owner_that_was_stopped_for_less_than_its_lease_goes_on() {
    let (shop, _engine, endpoint) = table("paused").await;
    shop.create(&Report::new("r")).await.unwrap();
    let mut owner = Owner::begin(&endpoint, shop.table_name());
    assert_eq!(owner.hear(), "1");
    owner.signal("-STOP");
    owner.signal("-CONT");
    owner.tell("write");
    assert_eq!(owner.hear(), "written");
    owner.tell("release");
    assert_eq!(owner.hear(), "free");
}

#[tokio::test]
async fn a_killed_owners_lock_is_taken() {
    let (shop, _engine, endpoint) = table("killed").await;
    shop.create(&Report::new("r")).await.unwrap();
    let mut owner = Owner::begin(&endpoint, shop.table_name());
    assert_eq!(owner.hear(), "1");
    owner.child.kill().unwrap();
    let locks = Locks::new(&shop).poll_interval(Duration::from_millis(20));
    let guard = locks.acquire(Job::new("nightly")).await.unwrap();
    assert_eq!(guard.token(), 2);
    write_row(&shop, &guard).await.unwrap();
}
