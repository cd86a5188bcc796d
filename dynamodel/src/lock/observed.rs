//! Since when a lock's record has been unchanged, on this process's own clock.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many locks are remembered at most by default.
const DEFAULT_CAPACITY: usize = 65_536;

/// The records that were seen while another owner held them, by their keys.
#[derive(Debug)]
pub(super) struct ObservedLeases {
    memory: Mutex<Memory>,
    capacity: usize,
}

#[derive(Debug, Default)]
struct Memory {
    remembered: HashMap<Arc<[u8]>, Remembered>,
    /// The keys in the order in which they were last asked for.
    order: BTreeMap<u64, Arc<[u8]>>,
    asked: u64,
}

/// Since when a record has been seen with this beat.
#[derive(Debug, Default)]
pub(super) struct Observation {
    pub(super) beat: String,
    pub(super) since: Duration,
}

#[derive(Debug)]
struct Remembered {
    observation: Observation,
    asked: u64,
}

impl Default for ObservedLeases {
    fn default() -> Self {
        Self::with_capacity(DEFAULT_CAPACITY)
    }
}

impl ObservedLeases {
    /// Remembers this many at most.
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { memory: Mutex::default(), capacity }
    }

    /// An empty one of the same capacity.
    pub(super) fn emptied(&self) -> Self {
        Self::with_capacity(self.capacity)
    }

    /// When the record of this key was first seen with this beat: at the time that the caller knows of, or before.
    pub(super) fn since(&self, key: &[u8], beat: &str, known: Duration) -> Duration {
        let mut memory = self.lock();
        let Memory { remembered, order, asked } = &mut *memory;
        *asked = asked.saturating_add(1);
        if let Some(Remembered { observation, asked: asked_before }) = remembered.get_mut(key) {
            if let Some(key) = order.remove(asked_before) {
                order.insert(*asked, key);
            }
            *asked_before = *asked;
            if observation.beat != beat {
                beat.clone_into(&mut observation.beat);
                observation.since = known;
            }
            observation.since = observation.since.min(known);
            return observation.since;
        }
        // A lock that is polled is asked for again and again: the one that was not asked for the longest is forgotten.
        if remembered.len() >= self.capacity
            && let Some((_, oldest)) = order.pop_first()
        {
            remembered.remove(&oldest);
        }
        let key: Arc<[u8]> = key.into();
        order.insert(*asked, Arc::clone(&key));
        let observation = Observation { beat: beat.to_owned(), since: known };
        remembered.insert(key, Remembered { observation, asked: *asked });
        known
    }

    /// No other owner holds it any more.
    pub(super) fn forget(&self, key: &[u8]) {
        let mut memory = self.lock();
        if let Some(remembered) = memory.remembered.remove(key) {
            memory.order.remove(&remembered.asked);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(second: u64) -> Duration {
        Duration::from_secs(second)
    }

    fn sizes(observed: &ObservedLeases) -> (usize, usize) {
        let memory = observed.lock();
        (memory.remembered.len(), memory.order.len())
    }

    #[test]
    fn those_that_are_asked_for_stay_and_those_that_are_not_go() {
        let observed = ObservedLeases::with_capacity(4);
        for (second, key) in [b"a", b"b", b"c", b"d"].into_iter().enumerate() {
            observed.since(key, "beat", at(second as u64));
        }
        // Two more are polled side by side, and neither drives out the other.
        for second in 10..20 {
            assert_eq!(observed.since(b"x", "beat", at(second)), at(10));
            assert_eq!(observed.since(b"y", "beat", at(second)), at(10));
        }
        assert_eq!(sizes(&observed), (4, 4));
        assert_eq!(observed.since(b"d", "beat", at(20)), at(3), "asked for later than the others");
        assert_eq!(observed.since(b"a", "beat", at(20)), at(20), "forgotten");
    }

    #[test]
    fn another_beat_starts_again_and_what_is_forgotten_leaves_nothing() {
        let observed = ObservedLeases::with_capacity(4);
        assert_eq!(observed.since(b"a", "one", at(1)), at(1));
        assert_eq!(observed.since(b"a", "one", at(5)), at(1));
        assert_eq!(observed.since(b"a", "two", at(6)), at(6));
        // A waiter that knows of an earlier time shares it.
        assert_eq!(observed.since(b"a", "two", at(4)), at(4));
        assert_eq!(observed.since(b"a", "two", at(9)), at(4));
        observed.forget(b"a");
        assert_eq!(sizes(&observed), (0, 0));
        assert_eq!(observed.since(b"a", "two", at(9)), at(9));
    }
}
