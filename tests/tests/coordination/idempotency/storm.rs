//! A storm on idempotency keys: several callers of the same ones among faults, requests that hang or arrive late, and
//! callers that go away.

use super::{Account, Bank, Payment, stored};
use dynamodel::lock::{Begun, Idempotency, IdempotencyError, Outcome};
use dynamodel::op::Update;
use dynamodel::{Client, Codec, Error, ErrorKind};
use dynamodel_tests::storm::{Random, Storm};
use dynamodel_tests::weather::Weather;
use dynamodel_tests::{clock, connect};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const KEYS: usize = 5;
/// Of each key: one after the other, each caller asks for all.
const CALLERS: usize = 10;
const LEASE: Duration = Duration::from_secs(2);
/// What a busy machine may add to a bound.
const GRACE: Duration = Duration::from_secs(60);
/// How bad it is in the rounds that are played side by side, in a hundred requests.
const PERCENTS: [u64; 4] = [5, 15, 30, 45];

/// What callers were told about one key.
#[derive(Debug, Default)]
struct Told {
    /// Answers given by handlers that ended.
    ended: Vec<String>,
    /// `Ran`, with the own output.
    ran: Vec<String>,
    replayed: BTreeSet<String>,
    /// Answers of handlers that ended, and whose caller was told that they are not stored.
    failed: Vec<String>,
    /// Answers of handlers that ended, and whose caller does not know.
    unknown: Vec<String>,
}

struct Round {
    seed: u64,
    /// Whether the work goes into one transaction with its output.
    together: bool,
    weather: Arc<Weather>,
    clean: Client<Bank>,
    told: Vec<Mutex<Told>>,
    outputs: AtomicU32,
    counts: Mutex<BTreeMap<String, u64>>,
    most_tasks: AtomicI32,
}

fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

impl Round {
    fn count(&self, what: impl Into<String>) {
        *self.counts.lock().unwrap().entry(what.into()).or_default() += 1;
        self.most_tasks.fetch_max(i32::try_from(tasks()).unwrap(), Ordering::SeqCst);
    }

    fn output(&self) -> String {
        format!("receipt {}", self.outputs.fetch_add(1, Ordering::SeqCst) + 1)
    }

    /// What is left of a store's error is told; it is one of those that the guide names.
    fn failed(&self, key: usize, output: Option<String>, error: &Error) {
        let kind = error.kind();
        let known = matches!(
            kind,
            ErrorKind::Locked
                | ErrorKind::LockLost
                | ErrorKind::OutcomeUnknown
                | ErrorKind::Unavailable
                | ErrorKind::Throttled
                | ErrorKind::Contention
        );
        assert!(known, "seed {}: {error:?}", self.seed);
        let Some(output) = output else { return self.count(format!("before the handler: {kind:?}")) };
        self.count(format!("after the handler: {kind:?}"));
        let mut told = self.told[key].lock().unwrap();
        if kind == ErrorKind::OutcomeUnknown { told.unknown.push(output) } else { told.failed.push(output) }
    }

    /// One call of `run`. Whether it gave the output.
    async fn run(
        &self,
        once: &Idempotency<Bank>,
        key: usize,
        going: Option<Duration>,
        pause: Duration,
        fails: bool,
    ) -> bool {
        let own = Mutex::new(None);
        let handler = || async {
            tokio::time::sleep(pause).await;
            if fails {
                return Err("no funds");
            }
            let output = self.output();
            self.told[key].lock().unwrap().ended.push(output.clone());
            *own.lock().unwrap() = Some(output.clone());
            Ok(output)
        };
        let call = once.run(Payment::new(&format!("k{key}"), 250), handler);
        let outcome = tokio::time::timeout(going.unwrap_or(LEASE * 10 + GRACE), call).await;
        let own = own.into_inner().unwrap();
        match outcome {
            Ok(Ok(Outcome::Ran(output))) => {
                assert_eq!(own.as_ref(), Some(&output), "seed {}", self.seed);
                self.told[key].lock().unwrap().ran.push(output);
                self.count("ran");
                true
            }
            Ok(Ok(Outcome::Replayed(output))) => {
                self.told[key].lock().unwrap().replayed.insert(output);
                self.count(if own.is_some() { "replayed, after the own handler" } else { "replayed" });
                true
            }
            Ok(Err(IdempotencyError::Store(error))) => {
                self.failed(key, own, &error);
                false
            }
            Ok(Err(IdempotencyError::Handler(error))) => {
                assert_eq!((error, own), ("no funds", None), "seed {}", self.seed);
                self.count("the handler failed");
                false
            }
            Err(_) => {
                assert!(going.is_some(), "seed {}: a call hangs", self.seed);
                self.count(if own.is_some() { "went away after the handler" } else { "went away before" });
                self.told[key].lock().unwrap().unknown.extend(own);
                false
            }
        }
    }

    /// The same with the work and the output in one transaction.
    async fn begin(&self, bank: &Client<Bank>, once: &Idempotency<Bank>, key: usize, going: Option<Duration>) -> bool {
        let began = AtomicBool::new(false);
        let own = Mutex::new(None);
        let call = async {
            let begun = once.begin(Payment::new(&format!("k{key}"), 250)).await?;
            let attempt = match begun {
                Begun::Replayed(output) => return Ok::<_, Error>(Outcome::Replayed(output)),
                Begun::Acquired(attempt) => attempt,
            };
            began.store(true, Ordering::SeqCst);
            let output = self.output();
            *own.lock().unwrap() = Some(output.clone());
            self.told[key].lock().unwrap().ended.push(output.clone());
            let booked = Update::new(Account::key(&format!("a{key}"))).add(|a| a.cents, 1);
            // The user's own request, with the user's own time.
            let booking = bank.transact((booked, attempt.finish(&output))).into_future();
            match tokio::time::timeout(LEASE, booking).await {
                Ok(booked) => drop(booked?),
                Err(_) => {
                    drop(attempt);
                    return Ok(Outcome::Ran(String::new()));
                }
            }
            attempt.done();
            Ok(Outcome::Ran(output))
        };
        let outcome = tokio::time::timeout(going.unwrap_or(LEASE * 10 + GRACE), Box::pin(call)).await;
        let own = own.into_inner().unwrap();
        match outcome {
            Ok(Ok(Outcome::Ran(output))) if output.is_empty() => {
                self.count("the booking was given up");
                self.told[key].lock().unwrap().unknown.extend(own);
                false
            }
            Ok(Ok(Outcome::Ran(output))) => {
                self.told[key].lock().unwrap().ran.push(output);
                self.count("booked");
                true
            }
            Ok(Ok(Outcome::Replayed(output))) => {
                self.told[key].lock().unwrap().replayed.insert(output);
                self.count("replayed");
                true
            }
            Ok(Err(error)) if error.is_cancelled() => {
                // Another one has the key, or the output is there.
                self.count("the booking was cancelled");
                self.told[key].lock().unwrap().failed.extend(own);
                false
            }
            Ok(Err(error)) => {
                self.failed(key, own, &error);
                false
            }
            Err(_) => {
                assert!(going.is_some(), "seed {}: a call hangs", self.seed);
                self.count("went away");
                self.told[key].lock().unwrap().unknown.extend(own);
                false
            }
        }
    }

    async fn call(self: Arc<Self>, caller: usize) {
        let mut random = Random::new(self.seed * 1000 + caller as u64);
        let bank = self.weather.around(&self.clean);
        for step in 0..KEYS {
            let (key, began) = ((caller + step) % KEYS, Instant::now());
            let mut done = false;
            while !done {
                let once = Idempotency::new(&bank).lease(LEASE).wait_timeout(LEASE * 2);
                // Some go away, but not for ever.
                let going = random.percent(30).then(|| Duration::from_millis(random.below(1500)));
                done = if self.together {
                    self.begin(&bank, &once, key, going).await
                } else {
                    let pause = Duration::from_millis(random.below(100));
                    self.run(&once, key, going, pause, random.percent(20)).await
                };
                assert!(began.elapsed() < LEASE * 60 + GRACE, "seed {}: it never comes to an output", self.seed);
            }
        }
    }

    /// What must hold when all is quiet again.
    async fn judge(&self) {
        // What is late arrives now, and is refused.
        tokio::time::sleep(LEASE).await;
        let seed = self.seed;
        for key in 0..KEYS {
            let record = stored(&self.clean, &format!("k{key}")).await;
            let output = record.receipt.unwrap_or_else(|| panic!("seed {seed}: the output of {key} is lost"));
            let account = self.clean.get(Account::key(&format!("a{key}"))).consistent().await.unwrap().unwrap();
            let told = self.told[key].lock().unwrap();
            let what = format!("seed {seed}, key {key}, stored {output}: {told:?}");
            assert!(told.ended.contains(&output), "{what}");
            assert!(told.ran.len() <= 1 && told.ran.iter().all(|ran| *ran == output), "two ran: {what}");
            assert!(told.replayed.iter().all(|replayed| *replayed == output), "others were replayed: {what}");
            assert!(!told.failed.contains(&output), "what was told to have failed is stored: {what}");
            if self.together {
                assert_eq!(account.cents, 1, "the work was done {} times: {what}", account.cents);
            } else {
                // A second run is nobody's secret: the first one was not stored, or its caller does not know.
                let allowed = 1 + told.failed.len() + told.unknown.len();
                let overtaken = self.counts.lock().unwrap().get("replayed, after the own handler").copied();
                let allowed = allowed + usize::try_from(overtaken.unwrap_or(0)).unwrap();
                assert!(told.ended.len() <= allowed, "it ran again: {what}");
            }
        }
    }
}

async fn play(seed: u64, percent: u64, together: bool) -> Arc<Round> {
    let clean = connect::<Bank>(&clock(), Codec::Wire).await;
    for key in 0..KEYS {
        clean.create(&Account { name: format!("a{key}"), cents: 0 }).await.unwrap();
    }
    let round = Arc::new(Round {
        seed,
        together,
        weather: Weather::new(seed * 100 + percent, percent, LEASE),
        clean,
        told: (0..KEYS).map(|_| Mutex::default()).collect(),
        outputs: AtomicU32::new(0),
        counts: Mutex::default(),
        most_tasks: AtomicI32::new(0),
    });
    let callers = (0..CALLERS).map(|caller| tokio::spawn(Arc::clone(&round).call(caller)));
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    round.weather.clears();
    round.judge().await;
    round
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_storm_the_work_is_done_once_and_all_are_given_one_output() {
    let (mut counts, mut faults, mut again) = (BTreeMap::<String, u64>::new(), 0, 0);
    for seed in Storm::new(8) {
        let before = tasks();
        let rounds = PERCENTS.map(|percent| [false, true].map(|together| tokio::spawn(play(seed, percent, together))));
        for round in rounds.into_iter().flatten() {
            let round = round.await.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
            let most = usize::try_from(round.most_tasks.load(Ordering::SeqCst)).unwrap();
            println!("seed {seed}: {} tasks at most; {}", most.saturating_sub(before), round.weather);
            // Callers, keepers, one releaser, outputs on their way, late requests, and two for each connection.
            assert!(most <= before + 100 * PERCENTS.len() * 2, "seed {seed}: {most} tasks");
            faults += round.weather.faults();
            for (what, count) in round.counts.lock().unwrap().iter() {
                let name = if round.together { "together: " } else { "" };
                *counts.entry(format!("{name}{what}")).or_default() += count;
            }
            let ended: usize = round.told.iter().map(|told| told.lock().unwrap().ended.len()).sum();
            again += if round.together { 0 } else { ended - KEYS };
        }
        let quiet = Instant::now() + GRACE;
        while tasks() > before + 40 {
            assert!(Instant::now() < quiet, "seed {seed}: {before} tasks became {}", tasks());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    println!("{} calls, {faults} faults, {again} handlers ran again: {counts:#?}", counts.values().sum::<u64>());
    assert!(counts.contains_key("ran") && counts.contains_key("together: booked"), "{counts:?}");
}
