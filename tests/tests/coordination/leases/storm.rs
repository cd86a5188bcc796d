//! A storm on one lock: several owners among faults, requests that hang or arrive late, dropped futures and guards.

use super::model::{Job, Report, Shop, report};
use dynamodel::lock::{Guard, Locks, Phase};
use dynamodel::op::Update;
use dynamodel::{Client, Codec, Error, ErrorKind};
use dynamodel_tests::storm::{Random, Storm};
use dynamodel_tests::weather::Weather;
use dynamodel_tests::{clock, connect};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const OWNERS: usize = 6;
const LEASE: Duration = Duration::from_millis(600);
/// For how long the owners of one round are at work.
const ROUND: Duration = Duration::from_millis(3500);
/// What a busy machine may add to a bound.
const GRACE: Duration = Duration::from_secs(30);

type Owned = Arc<Guard<Job, Shop>>;

/// What a storm has seen.
#[derive(Debug, Default)]
struct Seen {
    counts: BTreeMap<String, u64>,
    /// The fencing tokens of all owners, in the order in which they got them.
    tokens: Vec<u64>,
    /// Of each token, how many guarded writes were carried out for certain, and how many perhaps.
    written: BTreeMap<u64, (usize, usize)>,
    most_tasks: usize,
}

/// One round: its owners, and what each of them holds.
struct Round {
    seed: u64,
    weather: Arc<Weather>,
    clean: Client<Shop>,
    hands: Mutex<Vec<Option<Owned>>>,
    seen: Mutex<Seen>,
    end: Instant,
}

impl Round {
    fn count(&self, what: impl Into<String>) {
        let mut seen = self.seen.lock().unwrap();
        *seen.counts.entry(what.into()).or_default() += 1;
        seen.most_tasks = seen.most_tasks.max(tasks());
    }

    /// Notes an owner. Nobody who believes in an earlier lease may be left by then.
    fn owns(&self, owner: usize, guard: Guard<Job, Shop>) -> Owned {
        let guard = Arc::new(guard);
        let mut hands = self.hands.lock().unwrap();
        for former in hands.iter().flatten() {
            let (token, phase) = (former.token(), former.phase());
            assert_eq!(phase, Phase::Lost, "seed {}: {token} and {} own the lock", self.seed, guard.token());
        }
        hands[owner] = Some(Arc::clone(&guard));
        self.seen.lock().unwrap().tokens.push(guard.token());
        guard
    }

    /// The guard again, of which nobody else has a hold.
    fn let_go(&self, owner: usize, guard: Owned) -> Guard<Job, Shop> {
        drop(self.hands.lock().unwrap()[owner].take());
        Arc::into_inner(guard).expect("another owner still has it")
    }

    /// A write that only the lock's owner may make: its token is put at the end of the list.
    async fn write(&self, shop: &Client<Shop>, guard: &Guard<Job, Shop>) {
        let token = guard.token();
        let row = Update::new(Report::key("r")).add(|r| r.rows, 1).append(|r| r.tokens, [token]);
        let write = shop.transact((guard.check(), row)).into_future();
        let outcome = tokio::time::timeout(LEASE, write).await;
        let written = match outcome {
            Ok(Ok(_)) => (1, 0),
            Ok(Err(error)) if error.is_outcome_unknown() => (0, 1),
            Ok(Err(error)) => {
                self.count(format!("guarded write: {:?}", error.reason(0).map_or(error.kind(), Error::kind)));
                return;
            }
            // Given up, and it may arrive.
            Err(_) => (0, 1),
        };
        self.count(if written.0 == 1 { "guarded write: made" } else { "guarded write: unknown" });
        let mut seen = self.seen.lock().unwrap();
        let sum = seen.written.entry(token).or_default();
        *sum = (sum.0 + written.0, sum.1 + written.1);
    }

    async fn own(self: Arc<Self>, owner: usize) {
        let mut random = Random::new(self.seed * 1000 + owner as u64);
        let shop = self.weather.around(&self.clean);
        let mut locks = None;
        while Instant::now() < self.end {
            // As often as not, another one that has seen nothing.
            if random.percent(50) {
                locks = None;
            }
            let locks =
                locks.get_or_insert_with(|| Locks::new(&shop).lease(LEASE).poll_interval(Duration::from_millis(20)));
            let patience = Duration::from_millis(random.below(1500));
            let bound = if random.percent(15) {
                Duration::from_millis(random.below(300))
            } else {
                patience + Duration::from_secs(2) + GRACE
            };
            let began = Instant::now();
            let acquire = locks.acquire(Job::new("storm")).timeout(patience).into_future();
            let guard = match tokio::time::timeout(bound, acquire).await {
                Ok(Ok(guard)) => guard,
                Ok(Err(error)) => {
                    self.count(format!("acquire: {:?}", error.kind()));
                    assert!(
                        matches!(
                            error.kind(),
                            ErrorKind::Locked
                                | ErrorKind::OutcomeUnknown
                                | ErrorKind::Unavailable
                                | ErrorKind::Throttled
                        ),
                        "seed {}: {error:?}",
                        self.seed
                    );
                    continue;
                }
                Err(_) => {
                    assert!(bound < GRACE, "seed {}: an acquire hangs after {:?}", self.seed, began.elapsed());
                    self.count("acquire: dropped");
                    continue;
                }
            };
            self.count("acquire: taken");
            let guard = self.owns(owner, guard);
            for _ in 0..random.below(4) {
                self.write(&shop, &guard).await;
                if random.percent(20) {
                    tokio::time::sleep(Duration::from_millis(random.below(200))).await;
                }
            }
            // Also later than the lease, where that is not renewed.
            if random.percent(10) {
                let _lost = tokio::time::timeout(LEASE * 2, guard.lost()).await;
                self.count(format!("kept for long: {:?}", guard.phase()));
                self.write(&shop, &guard).await;
            }
            let guard = self.let_go(owner, guard);
            self.end_one(guard, &mut random).await;
        }
    }

    async fn end_one(&self, guard: Guard<Job, Shop>, random: &mut Random) {
        let check = guard.check();
        match random.below(10) {
            0..3 => {
                drop(guard);
                self.count("dropped");
            }
            3 => {
                guard.abandon();
                self.count("abandoned");
            }
            4..6 => {
                let brief = Duration::from_millis(random.below(100));
                let ended = tokio::time::timeout(brief, guard.release()).await;
                self.count(if ended.is_ok() { "release: in time" } else { "release: dropped" });
            }
            _ => {
                let ended = tokio::time::timeout(LEASE + Duration::from_secs(1) + GRACE, guard.release()).await;
                let ended = ended.unwrap_or_else(|_| panic!("seed {}: a release hangs", self.seed));
                let kind = ended.map_err(|error| error.kind());
                self.count(format!("release: {kind:?}"));
                if matches!(kind, Ok(()) | Err(ErrorKind::LockLost)) {
                    let late = self.clean.transact((check,)).await;
                    let refused = late.is_err_and(|error| error.is_lock_lost());
                    assert!(refused, "seed {}: a former owner's write was carried out", self.seed);
                }
            }
        }
    }

    /// What must hold when all is quiet again.
    async fn judge(&self) {
        let clear = Locks::new(&self.clean).lease(LEASE).poll_interval(Duration::from_millis(20));
        let last = tokio::time::timeout(LEASE * 4 + GRACE, clear.acquire(Job::new("storm")).into_future()).await;
        let last = last.unwrap_or_else(|_| panic!("seed {}: nobody gets the lock", self.seed)).unwrap();
        // What is late arrives now, and is refused.
        tokio::time::sleep(LEASE * 3).await;
        let report = report(&self.clean).await;
        let seen = self.seen.lock().unwrap();
        let seed = self.seed;
        assert!(seen.tokens.windows(2).all(|pair| pair[0] < pair[1]), "seed {seed}: tokens fall: {:?}", seen.tokens);
        assert!(seen.tokens.iter().all(|token| *token < last.token()), "seed {seed}: {} is not new", last.token());
        let tokens = &report.tokens;
        assert!(tokens.is_sorted(), "seed {seed}: a former owner wrote after its successor: {tokens:?}");
        assert_eq!(report.rows, tokens.len() as u64, "seed {seed}");
        let made: BTreeSet<u64> = seen.written.keys().copied().collect();
        assert!(tokens.iter().all(|token| made.contains(token)), "seed {seed}: a write that failed was made");
        for (token, (certain, perhaps)) in &seen.written {
            let there = tokens.iter().filter(|there| *there == token).count();
            let told = *certain..=certain + perhaps;
            assert!(told.contains(&there), "seed {seed}: {there} writes of {token}, and {told:?} were told");
        }
    }
}

fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

/// How bad it is in the rounds that are played side by side, in a hundred requests.
const PERCENTS: [u64; 5] = [5, 10, 20, 35, 60];

async fn play(seed: u64, percent: u64) -> Arc<Round> {
    let clean = connect::<Shop>(&clock(), Codec::Wire).await;
    clean.create(&Report::new("r")).await.unwrap();
    let round = Arc::new(Round {
        seed,
        weather: Weather::new(seed * 100 + percent, percent, LEASE * 2),
        clean,
        hands: Mutex::new((0..OWNERS).map(|_| None).collect()),
        seen: Mutex::default(),
        end: Instant::now() + ROUND,
    });
    let owners: Vec<_> = (0..OWNERS).map(|owner| tokio::spawn(Arc::clone(&round).own(owner))).collect();
    for owner in owners {
        owner.await.unwrap();
    }
    round.weather.clears();
    round.judge().await;
    round
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_storm_a_lock_has_one_owner_at_a_time_and_everything_ends() {
    let (mut counts, mut faults) = (BTreeMap::<String, u64>::new(), 0);
    for seed in Storm::new(8) {
        let before = tasks();
        let rounds = PERCENTS.map(|percent| tokio::spawn(play(seed, percent)));
        for round in rounds {
            let round = round.await.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
            let seen = round.seen.lock().unwrap();
            println!("seed {seed}: {} tasks at most; {}", seen.most_tasks - before, round.weather);
            // Owners, keepers, one releaser, requests that are late, and two for each connection.
            assert!(seen.most_tasks <= before + 50 * PERCENTS.len(), "seed {seed}: {} tasks", seen.most_tasks);
            faults += round.weather.faults();
            for (what, count) in &seen.counts {
                *counts.entry(what.clone()).or_default() += count;
            }
        }
        let quiet = Instant::now() + GRACE;
        while tasks() > before + 40 {
            assert!(Instant::now() < quiet, "seed {seed}: {before} tasks became {}", tasks());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    println!("{} operations, {faults} faults: {counts:#?}", counts.values().sum::<u64>());
    assert!(counts.contains_key("acquire: taken") && counts.contains_key("guarded write: made"), "{counts:?}");
}
