//! What goes wrong in a storm, and pollers of one name that go through it one after the other.

use super::faulty::hasty;
use super::model::{Position, Shop, ShopChange, World};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use dynamodel::Client;
use dynamodel::ErrorKind::{Conflict, HandlerFailed, OutcomeUnknown, Throttled, Unavailable};
use dynamodel::stream::{Event, ItemChange, Poller, sdk};
use dynamodel_tests::storm::Random;
use dynamodel_tests::tap::{Do, Tap, error_body, tapped};
use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What goes wrong, by a seed.
pub struct Weather {
    random: Mutex<Random>,
    /// Whether anything does.
    pub on: AtomicBool,
    counts: Mutex<BTreeMap<&'static str, u64>>,
    /// The number of the next change, and what it was when the first bookmark was sent: the first look had been taken.
    pub next: AtomicU32,
    pub looked: AtomicU32,
}

impl Weather {
    pub fn new(seed: u64) -> Arc<Self> {
        Arc::new(Self {
            random: Mutex::new(Random::new(seed)),
            on: AtomicBool::new(true),
            counts: Mutex::default(),
            next: AtomicU32::new(0),
            looked: AtomicU32::new(u32::MAX),
        })
    }

    pub fn count(&self, what: &'static str) {
        *self.counts.lock().unwrap().entry(what).or_default() += 1;
    }

    pub fn below(&self, count: u64) -> u64 {
        self.random.lock().unwrap().below(count)
    }

    pub fn percent(&self, percent: u64) -> bool {
        self.random.lock().unwrap().percent(percent)
    }

    /// Adds what happened in a round to what has happened in all.
    pub fn add_to(&self, totals: &mut BTreeMap<&'static str, u64>, relay: &Relay<'_>, written: u32) {
        let handed = relay.handed.lock().unwrap().len() as u64;
        let counts = self.counts.lock().unwrap().clone();
        let others = [("written", u64::from(written)), ("handed over", handed), ("gaps", relay.gaps.len() as u64)];
        for (what, count) in counts.into_iter().chain(others) {
            *totals.entry(what).or_default() += count;
        }
    }

    fn decide(&self, operation: &str) -> Do {
        if operation == "PutItem" {
            self.looked.fetch_min(self.next.load(Ordering::SeqCst), Ordering::SeqCst);
        }
        if !self.on.load(Ordering::SeqCst) || !self.percent(18) {
            return Do::Pass;
        }
        let of_table = matches!(operation, "PutItem" | "GetItem" | "DeleteItem" | "DescribeTable");
        let (what, fate) = match self.below(7) {
            0 if of_table => {
                let code = "ProvisionedThroughputExceededException";
                ("throttled", Do::Respond(400, error_body(code, "slower")))
            }
            0 => ("throttled", Do::Respond(400, error_body("LimitExceededException", "slower"))),
            1 => ("failed", Do::Fail),
            2 => ("failed after", Do::FailAfter),
            3 => ("cut before", Do::CutBefore),
            4 => ("cut after", Do::CutAfter),
            5 if operation == "GetRecords" => {
                ("expired", Do::Respond(400, error_body("ExpiredIteratorException", "too old")))
            }
            5 if operation == "PutItem" => ("late", Do::Ghost(Duration::from_millis(3))),
            _ => ("slow", Do::SlowAfter(Duration::from_millis(2))),
        };
        self.count(what);
        fate
    }

    pub fn shop(self: &Arc<Self>, world: &World) -> Client<Shop> {
        let weather = self.clone();
        tapped(&hasty(&world.shop, 1), move |operation, _| weather.decide(operation))
    }

    pub fn streams(self: &Arc<Self>, like: &sdk::Client, behind: SharedHttpClient) -> sdk::Client {
        let weather = self.clone();
        let tap = SharedHttpClient::new(Tap::before(behind, move |operation, _| weather.decide(operation)));
        let config = like.config().to_builder().retry_config(sdk::config::retry::RetryConfig::disabled());
        sdk::Client::from_conf(config.http_client(tap).build())
    }
}

/// What was handed over: key and number, in order.
pub type Handed = Arc<Mutex<Vec<(String, u32)>>>;

/// Pollers of one name, one after the other.
pub struct Relay<'w> {
    weather: Arc<Weather>,
    make: Box<dyn Fn() -> Poller<Position, Shop> + Send + Sync + 'w>,
    poller: Poller<Position, Shop>,
    handed: Handed,
    /// The shards of told gaps, each with the number after which it begins.
    pub gaps: Vec<(String, Option<u32>)>,
}

impl<'w> Relay<'w> {
    pub fn new(weather: &Arc<Weather>, make: impl Fn() -> Poller<Position, Shop> + Send + Sync + 'w) -> Self {
        let poller = make();
        let (weather, make, handed) = (weather.clone(), Box::new(make), Handed::default());
        Self { weather, make, poller, handed, gaps: Vec::new() }
    }

    fn collect_gaps(&mut self) {
        for gap in &self.poller.report().gaps {
            let after = gap.after.as_deref().map(|after| after[12..].parse().unwrap());
            let gap = (gap.shard.clone(), after);
            if !self.gaps.contains(&gap) {
                self.gaps.push(gap);
            }
        }
    }

    fn replace(&mut self) {
        self.collect_gaps();
        self.poller = (self.make)();
        self.weather.count("pollers");
    }

    /// One run: dropped or stopped in the end. A poller that was stopped is followed by another one of its name.
    pub async fn leg(&mut self, meanwhile: impl Future<Output = ()>) {
        let (handed, weather) = (self.handed.clone(), self.weather.clone());
        let handler = move |event: Event<ShopChange>| {
            if weather.percent(5) {
                weather.count("handler failed");
                return std::future::ready(Err("not now"));
            }
            handed.lock().unwrap().extend(taken(event));
            std::future::ready(Ok(()))
        };
        let stopper = self.poller.stopper();
        let ended = if self.weather.percent(60) {
            self.weather.count("dropped");
            let mut meanwhile = pin!(meanwhile);
            tokio::select! {
                ended = self.poller.run(handler) => {
                    // What has begun to be written is written.
                    meanwhile.await;
                    ended
                }
                () = &mut meanwhile => Ok(()),
            }
        } else {
            let stop = async {
                meanwhile.await;
                stopper.stop();
            };
            tokio::join!(self.poller.run(handler), stop).0
        };
        self.after(ended);
        if stopper.is_stopped() || self.weather.percent(10) {
            self.replace();
        }
    }

    fn after(&mut self, ended: dynamodel::Result<()>) {
        let Err(error) = ended else { return };
        match error.kind() {
            HandlerFailed | OutcomeUnknown | Throttled | Unavailable => self.weather.count("ended"),
            // A request of the last poller's that came late.
            Conflict if self.weather.counts.lock().unwrap().contains_key("pollers") => self.weather.count("conflict"),
            _ => panic!("{error} {error:?}"),
        }
    }

    /// Until there is nothing more to hand over.
    pub async fn catch_up(&mut self) {
        loop {
            let handed = self.handed.clone();
            let note = move |event: Event<ShopChange>| {
                handed.lock().unwrap().extend(taken(event));
                std::future::ready(Ok::<_, dynamodel::Error>(()))
            };
            let ended = self.poller.catch_up(note).await;
            if ended.is_ok() {
                return self.collect_gaps();
            }
            self.after(ended);
        }
    }

    /// What was handed over, the first time each.
    pub fn first(&self) -> Vec<(String, u32)> {
        let mut seen = BTreeSet::new();
        let handed = self.handed.lock().unwrap();
        handed.iter().filter(|of| seen.insert((*of).clone())).cloned().collect()
    }
}

/// Key and number of a change. A scripted record's number is its name, and its key is its shard.
fn taken(event: Event<ShopChange>) -> Option<(String, u32)> {
    match event.change {
        ShopChange::Order(ItemChange::Insert { new } | ItemChange::Modify { new, .. }) => Some(match &*new.status {
            "new" => (new.id, u32::try_from(new.total).unwrap()),
            _ => (new.status, new.id.parse().unwrap()),
        }),
        _ => None,
    }
}
