//! Faults of every kind by a seed: requests that are cut, failed, throttled, slow, that hang, and that arrive late.

use crate::storm::Random;
use crate::tap::{Do, error_body, tapped};
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::{Client, Table};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

const KINDS: [&str; 11] = [
    "cut before",
    "cut after",
    "failed",
    "failed after",
    "throttled",
    "slow before",
    "slow after",
    "hung before",
    "hung after",
    "late",
    "hung and late",
];

/// How bad it is, and what has happened so far.
#[derive(Debug)]
pub struct Weather {
    random: Mutex<Random>,
    percent: AtomicU64,
    late: Duration,
    requests: AtomicU64,
    met: [AtomicU64; KINDS.len()],
}

impl Weather {
    /// So many of a hundred requests meet a fault; what is late or slow is so by this time at most.
    pub fn new(seed: u64, percent: u64, late: Duration) -> Arc<Self> {
        let (random, percent) = (Mutex::new(Random::new(seed)), AtomicU64::new(percent));
        Arc::new(Self { random, percent, late, requests: AtomicU64::new(0), met: Default::default() })
    }

    /// The same table in this weather, without the SDK's retries.
    pub fn around<T: Table>(self: &Arc<Self>, client: &Client<T>) -> Client<T> {
        let config = client.sdk().config().to_builder().retry_config(RetryConfig::disabled()).build();
        let once = client.clone().with_sdk(dynamodel::sdk::Client::from_conf(config));
        let weather = Arc::clone(self);
        tapped(&once, move |_, _| weather.next())
    }

    /// From now on everything goes through.
    pub fn clears(&self) {
        self.percent.store(0, Ordering::SeqCst);
    }

    /// A random number below this one.
    pub fn below(&self, count: u64) -> u64 {
        self.random.lock().unwrap_or_else(PoisonError::into_inner).below(count)
    }

    /// How many requests met a fault.
    pub fn faults(&self) -> u64 {
        self.met.iter().map(|met| met.load(Ordering::SeqCst)).sum()
    }

    fn next(&self) -> Do {
        self.requests.fetch_add(1, Ordering::SeqCst);
        if self.below(100) >= self.percent.load(Ordering::SeqCst) {
            return Do::Pass;
        }
        let kind = usize::try_from(self.below(KINDS.len() as u64)).unwrap_or(0);
        self.met[kind].fetch_add(1, Ordering::SeqCst);
        let micros = u64::try_from(self.late.as_micros()).unwrap_or(u64::MAX);
        let late = Duration::from_micros(self.below(micros));
        match kind {
            0 => Do::CutBefore,
            1 => Do::CutAfter,
            2 => Do::Fail,
            3 => Do::FailAfter,
            4 => Do::Respond(400, error_body("ProvisionedThroughputExceededException", "slow down")),
            5 => Do::SlowBefore(late / 4),
            6 => Do::SlowAfter(late / 4),
            7 => Do::HangBefore,
            8 => Do::HangAfter,
            9 => Do::Ghost(late),
            _ => Do::HangGhost(late),
        }
    }
}

impl fmt::Display for Weather {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} requests, {} faults:", self.requests.load(Ordering::SeqCst), self.faults())?;
        for (name, met) in KINDS.iter().zip(&self.met) {
            write!(f, " {} {name}", met.load(Ordering::SeqCst))?;
        }
        Ok(())
    }
}
