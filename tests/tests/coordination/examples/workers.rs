//! Consumers that are processes of their own, some of which are killed at work.

use dynamodel::Client;
use dynamodel::embedded::Engine;
use dynamodel::lock::Locks;
use dynamodel_examples::coordination::{KeyLock, Register, Space, Work, consume, work_off};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

const LEASE: Duration = Duration::from_millis(1500);
const DOOMED: usize = 2;
const HEALTHY: usize = 4;
const TASKS: usize = 12;

/// A consumer in a process of its own.
struct Worker {
    child: Child,
    said: BufReader<ChildStdout>,
}

impl Worker {
    fn begin(endpoint: &str, table: &str, name: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "examples::workers::a_worker_that_is_a_process", "--nocapture", "--ignored"])
            .env("DYNAMODB_ENDPOINT", endpoint)
            .env("WORKERS_TABLE", table)
            .env("WORKER", name)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        Self { child, said }
    }

    /// The next thing that it says of its work; the test harness says some of its own.
    fn hear(&mut self) -> Option<(String, String)> {
        let mut line = String::new();
        while self.said.read_line(&mut line).unwrap() > 0 {
            if let Some((_, said)) = line.trim_end().split_once("WORKER: ") {
                let (what, task) = said.split_once(' ').unwrap();
                return Some((what.to_owned(), task.to_owned()));
            }
            line.clear();
        }
        None
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the child does: a doomed one never comes to an end with its first entry. Run by itself it has nothing to do.
#[tokio::test]
#[ignore = "a part of the test below, which runs it in processes of its own"]
async fn a_worker_that_is_a_process() {
    let (Ok(table), Ok(name)) = (std::env::var("WORKERS_TABLE"), std::env::var("WORKER")) else { return };
    let register: Client<Register> = Engine::local(table).await.unwrap();
    let locks = Locks::new(&register).lease(LEASE).owner(&name);
    let space = Space::new(&register, "orchestra").with_locks(locks);
    let doomed = name.starts_with("doomed");
    let tally = consume(&space, &name, Duration::from_millis(20), |entry: Work| async move {
        println!("WORKER: begun {}", entry.task);
        if doomed {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    });
    let tally = tally.await.unwrap();
    for (what, tasks) in [("done", tally.done), ("in_vain", tally.in_vain)] {
        for task in tasks {
            println!("WORKER: {what} {task}");
        }
    }
}

/// What "exactly one" is: every entry has one result, by one worker. The work on it is begun once, and once more for every
/// worker that was killed over it (or paused for longer than its lease, and refused: on a machine that is too busy).
#[tokio::test]
async fn of_many_processes_exactly_one_works_on_each_entry_and_the_killed_ones_are_replaced() {
    let table = format!("workers-{}", std::process::id());
    let (register, _engine, endpoint) = match std::env::var("DYNAMODB_ENDPOINT") {
        Ok(endpoint) => (Engine::local::<Register>(&table).await.unwrap(), None, endpoint),
        Err(_) => {
            let engine = Engine::memory().unwrap();
            let endpoint = engine.endpoint().to_owned();
            (engine.client(&table).await.unwrap(), Some(engine), endpoint)
        }
    };
    let space = Space::new(&register, "orchestra");
    let tasks: Vec<_> = (0..TASKS).map(|task| format!("task {task:02}")).collect();
    work_off(&space, &tasks.iter().map(String::as_str).collect::<Vec<_>>()).await.unwrap();

    let mut heard: BTreeMap<(String, String), usize> = BTreeMap::new();
    let count = |heard: &BTreeMap<_, usize>, what: &str, task: &str| {
        heard.get(&(what.to_owned(), task.to_owned())).copied().unwrap_or_default()
    };
    // They come first, so that there is something for each to die over.
    let doomed = (0..DOOMED).map(|number| Worker::begin(&endpoint, &table, &format!("doomed {number}")));
    let mut doomed: Vec<_> = doomed.collect();
    let mut killed = Vec::new();
    for worker in &mut doomed {
        let (what, task) = worker.hear().unwrap();
        assert_eq!(what, "begun");
        killed.push(task.clone());
        *heard.entry((what, task)).or_default() += 1;
    }
    let healthy = (0..HEALTHY).map(|number| Worker::begin(&endpoint, &table, &format!("healthy {number}")));
    let mut healthy: Vec<_> = healthy.collect();
    // They are killed in the midst of the others' work.
    while !space.list("work/").await.unwrap().iter().any(|pair| pair.read::<Work>().unwrap().done_by.is_some()) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    for worker in &mut doomed {
        worker.child.kill().unwrap();
        assert!(!worker.child.wait().unwrap().success());
        let mut rest = String::new();
        worker.said.read_to_string(&mut rest).unwrap();
        assert!(!rest.contains("WORKER: "), "it had one entry and no end of it: {rest}");
    }
    for worker in &mut healthy {
        while let Some(said) = worker.hear() {
            *heard.entry(said).or_default() += 1;
        }
        let status = worker.child.wait().unwrap();
        assert!(status.success(), "a worker has failed: {status}");
    }

    assert_eq!(register.scan::<KeyLock>().consistent().count().await.unwrap(), 0, "nor a lock of the dead");
    let pairs = space.list("work/").await.unwrap();
    assert_eq!(pairs.len(), TASKS);
    for pair in pairs {
        let Work { task, done_by, times } = pair.read().unwrap();
        let over_it = killed.iter().filter(|killed| **killed == task).count();
        let in_vain = count(&heard, "in_vain", &task);
        assert_eq!((times, count(&heard, "done", &task)), (1, 1), "{task}: one result, and one who has it");
        assert!(done_by.is_some_and(|name| name.starts_with("healthy")), "{task}");
        assert_eq!(count(&heard, "begun", &task), 1 + over_it + in_vain, "{task}: begun by nobody else");
    }
}
