//! Since when a lock's record has been as it is, on this process's own clock.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many locks are remembered at most, if nothing is said.
const MOST: usize = 65_536;

/// The records that were seen in somebody else's hand, by their keys.
#[derive(Debug)]
pub(super) struct Seen {
    memory: Mutex<Memory>,
    most: usize,
}

#[derive(Debug, Default)]
struct Memory {
    sightings: HashMap<Arc<[u8]>, Sighting>,
    /// The keys in the order in which they were last asked for.
    order: BTreeMap<u64, Arc<[u8]>>,
    asked: u64,
}

#[derive(Debug)]
struct Sighting {
    beat: String,
    first: Duration,
    asked: u64,
}

impl Default for Seen {
    fn default() -> Self {
        Self::up_to(MOST)
    }
}

impl Seen {
    /// Remembers that many at most.
    pub(super) fn up_to(most: usize) -> Self {
        Self { memory: Mutex::default(), most }
    }

    /// Nothing yet, and room for as many.
    pub(super) fn emptied(&self) -> Self {
        Self::up_to(self.most)
    }

    /// When the record of this key was first seen with this beat: at the moment that the one who asks knows of, or before.
    pub(super) fn since(&self, key: &[u8], beat: &str, known: Duration) -> Duration {
        let mut memory = self.lock();
        let Memory { sightings, order, asked } = &mut *memory;
        *asked = asked.saturating_add(1);
        if let Some(sighting) = sightings.get_mut(key) {
            if let Some(key) = order.remove(&sighting.asked) {
                order.insert(*asked, key);
            }
            sighting.asked = *asked;
            if sighting.beat != beat {
                beat.clone_into(&mut sighting.beat);
                sighting.first = known;
            }
            sighting.first = sighting.first.min(known);
            return sighting.first;
        }
        // Whoever polls a lock asks for it again and again: what was not asked for the longest is given up.
        if sightings.len() >= self.most
            && let Some((_, oldest)) = order.pop_first()
        {
            sightings.remove(&oldest);
        }
        let key: Arc<[u8]> = key.into();
        order.insert(*asked, Arc::clone(&key));
        sightings.insert(key, Sighting { beat: beat.to_owned(), first: known, asked: *asked });
        known
    }

    /// It is in nobody else's hand any more.
    pub(super) fn forget(&self, key: &[u8]) {
        let mut memory = self.lock();
        if let Some(sighting) = memory.sightings.remove(key) {
            memory.order.remove(&sighting.asked);
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

    fn sizes(seen: &Seen) -> (usize, usize) {
        let memory = seen.lock();
        (memory.sightings.len(), memory.order.len())
    }

    #[test]
    fn those_that_are_asked_for_stay_and_those_that_are_not_go() {
        let seen = Seen::up_to(4);
        for (second, key) in [b"a", b"b", b"c", b"d"].into_iter().enumerate() {
            seen.since(key, "beat", at(second as u64));
        }
        // Two more are polled side by side, and neither drives out the other.
        for second in 10..20 {
            assert_eq!(seen.since(b"x", "beat", at(second)), at(10));
            assert_eq!(seen.since(b"y", "beat", at(second)), at(10));
        }
        assert_eq!(sizes(&seen), (4, 4));
        assert_eq!(seen.since(b"d", "beat", at(20)), at(3), "asked for later than the others");
        assert_eq!(seen.since(b"a", "beat", at(20)), at(20), "forgotten");
    }

    #[test]
    fn another_beat_counts_anew_and_what_is_forgotten_leaves_nothing() {
        let seen = Seen::up_to(4);
        assert_eq!(seen.since(b"a", "one", at(1)), at(1));
        assert_eq!(seen.since(b"a", "one", at(5)), at(1));
        assert_eq!(seen.since(b"a", "two", at(6)), at(6));
        // Whoever kept it in mind tells the others.
        assert_eq!(seen.since(b"a", "two", at(4)), at(4));
        assert_eq!(seen.since(b"a", "two", at(9)), at(4));
        seen.forget(b"a");
        assert_eq!(sizes(&seen), (0, 0));
        assert_eq!(seen.since(b"a", "two", at(9)), at(9));
    }
}
