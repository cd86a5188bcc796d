//! One round: its clients, and whether what a call said is what was done.

use super::Ledger;
use dynamodel::{Client, Codec, Error, ErrorKind};
use dynamodel_tests::record::{Record, fault, hurried, recorded};
use dynamodel_tests::storm::Random;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// What a call said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It was done: exactly once.
    Once,
    /// It was done, if more often then to the same end.
    Done,
    /// There was nothing to do.
    Nothing,
    /// It was done, and what it gives is lost.
    Applied,
    Refused(ErrorKind),
    Unknown,
}

pub fn told<O>(outcome: Result<O, Error>, done: Told) -> Told {
    match outcome {
        Ok(_) => done,
        Err(error) if error.is_outcome_unknown() => Told::Unknown,
        Err(error) if error.is_applied() => Told::Applied,
        Err(error) => Told::Refused(error.kind()),
    }
}

/// One round by a seed, and what is counted.
pub struct Round {
    pub seed: u64,
    pub random: Random,
    pub there: Client<Ledger>,
    pub totals: Totals,
    /// How many writes of the second writer there were.
    pub seconds: u64,
}

/// What all rounds did.
#[derive(Debug, Default)]
pub struct Totals {
    operations: u64,
    faults: u64,
    requests: u64,
    late: u64,
    told: BTreeMap<&'static str, u64>,
}

impl Round {
    /// A client for one call.
    pub fn faulty(&mut self) -> (Client<Ledger>, Record) {
        let chance = Mutex::new(Random::new(self.random.number()));
        let percent = 15 + self.random.below(50);
        let (client, record) = recorded(&self.there, move |_, _| fault(&mut chance.lock().unwrap(), percent));
        let attempts = u32::try_from(1 + self.random.below(3)).unwrap();
        let codec = if self.random.percent(50) { Codec::Wire } else { Codec::AttributeValue };
        (hurried(&client, attempts, 4).with_codec(codec), record)
    }

    /// Waits for late requests, and compares what was told with what was done. How often it was done.
    pub async fn check(
        &mut self,
        entity: &str,
        call: (&'static str, &str),
        told: Told,
        (record, early): (&Record, u32),
    ) -> i64 {
        record.settled().await;
        let effects = record.effects();
        let totals = &mut self.totals;
        totals.operations += 1;
        totals.faults += u64::from(record.faults());
        totals.requests += u64::from(record.requests());
        totals.late += u64::from(effects > early);
        let column = match told {
            Told::Once | Told::Done | Told::Nothing => "ok",
            Told::Applied => "applied",
            Told::Refused(_) => "refused",
            Told::Unknown => "unknown",
        };
        *totals.told.entry(column).or_default() += 1;
        let complaint = match told {
            Told::Once if effects != 1 => Some("told as done once"),
            Told::Done | Told::Applied if effects == 0 => Some("told as done"),
            Told::Applied if effects > 1 && call.0.starts_with("add") => Some("told as done once"),
            Told::Nothing | Told::Refused(_) if effects != 0 => Some("told as not done"),
            Told::Unknown if record.doubts() == 0 => Some("unknown without a doubt"),
            Told::Refused(ErrorKind::Decode | ErrorKind::WrongEntity | ErrorKind::Service) => Some("an odd error"),
            _ => None,
        };
        if let Some(complaint) = complaint {
            let Self { seed, .. } = self;
            let (name, id) = call;
            panic!(
                "seed {seed}: `{name}` of {entity} {id}: {complaint} ({told:?}), carried out {effects} times ({early} by the \
                 time it was told):\n  {}",
                record.lines()
            );
        }
        i64::from(effects)
    }
}
