//! Since when a lock's record has been as it is, on this process's own clock.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many locks are remembered at most.
const MOST: usize = 4096;

/// The records that were seen in somebody else's hand.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<HashMap<String, Sighting>>);

#[derive(Debug)]
struct Sighting {
    beat: String,
    first: Duration,
}

impl Seen {
    /// When the record of this key was first seen with this beat: now, if it never was.
    pub(super) fn since(&self, key: &str, beat: &str, now: Duration) -> Duration {
        let mut seen = self.lock();
        match seen.get_mut(key) {
            Some(sighting) if sighting.beat == beat => sighting.first,
            Some(sighting) => {
                *sighting = Sighting { beat: beat.to_owned(), first: now };
                now
            }
            None => {
                if seen.len() >= MOST {
                    // The one seen last loses least: it is seen anew when it is asked for again.
                    let latest = seen.iter().max_by_key(|(_, sighting)| sighting.first).map(|(key, _)| key.clone());
                    latest.and_then(|key| seen.remove(&key));
                }
                seen.insert(key.to_owned(), Sighting { beat: beat.to_owned(), first: now });
                now
            }
        }
    }

    /// It is in nobody else's hand any more.
    pub(super) fn forget(&self, key: &str) {
        self.lock().remove(key);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Sighting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
