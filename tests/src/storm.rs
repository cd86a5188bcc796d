//! How long the seeded storms run, and by which seeds: a part of a minute in every test run, an hour by a switch.

use std::time::{Duration, Instant};

/// One storm: rounds by seeds until its time is up, one round at least.
///
/// `DYNAMODEL_STORM_SECONDS` says how long each storm runs (3600 for an hour); without it a storm runs for a few seconds.
/// `DYNAMODEL_STORM_SEED` says with which seed it begins: a failure names its own.
#[derive(Debug)]
pub struct Storm {
    until: Instant,
    next: u64,
    rounds: u64,
}

impl Storm {
    /// A storm that runs for that many seconds unless the environment says otherwise.
    pub fn new(seconds: u64) -> Self {
        let given = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
        let seconds = given("DYNAMODEL_STORM_SECONDS").unwrap_or(seconds);
        let next = given("DYNAMODEL_STORM_SEED").unwrap_or(1);
        Self { until: Instant::now() + Duration::from_secs(seconds), next, rounds: 0 }
    }

    /// How many rounds have begun.
    pub fn rounds(&self) -> u64 {
        self.rounds
    }
}

impl Iterator for Storm {
    type Item = u64;

    /// The seed of the next round.
    fn next(&mut self) -> Option<u64> {
        if self.rounds > 0 && Instant::now() >= self.until {
            return None;
        }
        let seed = self.next;
        self.next += 1;
        self.rounds += 1;
        Some(seed)
    }
}

/// Random numbers by a seed (splitmix64).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The numbers of this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..count`; 0 for a count of 0.
    pub fn below(&mut self, count: u64) -> u64 {
        self.number().checked_rem(count).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}
