//! The faults that are to happen, and the counters of those that have happened.

use super::counts::{Injected, Sent};
use super::fault::Fault;
use super::random::Random;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// The state that all clones share.
#[derive(Debug)]
pub(super) struct State {
    pub(super) random: Random,
    pub(super) script: VecDeque<Fault>,
    pub(super) shares: Shares,
    /// The operations that faults happen to; all, if it is empty.
    pub(super) only: Vec<String>,
    pub(super) stopped: bool,
    pub(super) injected: Injected,
    pub(super) requests: BTreeMap<String, u64>,
    /// The requests, if they are recorded.
    pub(super) sent: Option<Vec<Sent>>,
}

/// The share of requests that each fault happens to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shares {
    pub(super) throttle: f64,
    pub(super) server_error: f64,
    pub(super) timeout: f64,
    pub(super) cut_before: f64,
    pub(super) cut_after: f64,
    pub(super) conflict: f64,
    pub(super) unprocessed: f64,
    pub(super) slow: Option<(f64, Duration)>,
}

/// What happens to a request.
#[derive(Debug)]
pub(super) struct Injection {
    pub(super) fault: Fault,
    pub(super) pause: Option<Duration>,
    /// The share of a batch's items that come back unprocessed.
    pub(super) unprocessed: f64,
}

impl Injection {
    /// Nothing happens.
    const NONE: Self = Self { fault: Fault::None, pause: None, unprocessed: 0.0 };
}

impl State {
    pub(super) fn new(seed: u64, script: VecDeque<Fault>) -> Self {
        Self {
            random: Random::new(seed),
            script,
            shares: Shares::default(),
            only: Vec::new(),
            stopped: false,
            injected: Injected::default(),
            requests: BTreeMap::new(),
            sent: None,
        }
    }

    /// What happens to a request: the next entry of the script, and after its end a random fault by the shares.
    pub(super) fn next_injection(&mut self, operation: &str) -> Injection {
        if self.stopped || !(self.only.is_empty() || self.only.iter().any(|only| only == operation)) {
            return Injection::NONE;
        }
        match self.script.pop_front() {
            Some(Fault::Slow(pause)) => Injection { pause: Some(pause), ..Injection::NONE },
            Some(Fault::Unprocessed) => Injection { fault: Fault::Unprocessed, unprocessed: 0.5, ..Injection::NONE },
            Some(fault) => Injection { fault, ..Injection::NONE },
            None => self.drawn(),
        }
    }

    fn drawn(&mut self) -> Injection {
        let shares = self.shares;
        // Every request draws the same number of random numbers, so that one share does not change another's faults.
        let (draw, after, held) = (self.random.share(), self.random.coin(), self.random.share());
        let by_coin = |before, behind| if after { behind } else { before };
        let faults = [
            (shares.throttle, Fault::Throttle),
            (shares.server_error, by_coin(Fault::ServerError, Fault::ServerErrorAfter)),
            (shares.timeout, by_coin(Fault::Timeout, Fault::TimeoutAfter)),
            (shares.cut_before, Fault::CutBefore),
            (shares.cut_after, Fault::CutAfter),
            (shares.conflict, Fault::TransactionConflict),
        ];
        let mut up_to = 0.0;
        let drawn = faults.into_iter().find(|(share, _)| {
            up_to += share;
            draw < up_to
        });
        Injection {
            fault: drawn.map_or(Fault::None, |(_, fault)| fault),
            pause: shares.slow.filter(|(share, _)| held < *share).map(|(_, pause)| pause),
            unprocessed: shares.unprocessed,
        }
    }
}
