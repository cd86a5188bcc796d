//! Competing consumers: several processes share a list of entries, and the result of each is one consumer's.

use super::{CoordinationError, Keep, KeyLock, Payload, Register, Space};
use dynamodel::lock::Guard;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// An entry, as the value under its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// What is to be done.
    pub task: String,
    /// Who has done it.
    pub done_by: Option<String>,
    /// How often that was written. More than once, and something is wrong.
    pub times: u32,
}

impl Work {
    /// Nothing is done yet.
    pub fn new(task: &str) -> Self {
        Self { task: task.to_owned(), done_by: None, times: 0 }
    }
}

/// Puts entries to be worked on.
///
/// # Errors
/// `Exists` when there is one already.
pub async fn work_off(space: &Space, tasks: &[&str]) -> Result<(), CoordinationError> {
    for task in tasks {
        let payload = Payload::of(&Work::new(task))?;
        space.atomic_put(&format!("work/{task}"), payload, Keep::Forever, None).await?;
    }
    Ok(())
}

/// What a consumer has worked on, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The tasks whose results are this consumer's.
    pub done: Vec<String>,
    /// Those whose results were refused: this consumer seemed dead meanwhile, or another writer changed or deleted the entry.
    pub in_vain: Vec<String>,
}

/// Works on entries that no other consumer works on, until all are done. An entry of a consumer that died is taken over once its lease
/// has run out; one that was deleted is passed over.
///
/// A result is kept exactly once. The work itself is begun once for an entry, and once more for every consumer that dies
/// over it, is paused for longer than its lease, or ends with an error before its result is kept, and whenever its result
/// was refused because another writer had changed the entry: the next consumer does the work again.
///
/// Locks are deleted, so none stays behind except that of a consumer that died, or ended with an error, after its result was
/// stored.
///
/// # Errors
/// Whatever the client says.
pub async fn consume<W: Future<Output = ()>>(
    space: &Space,
    name: &str,
    pause: Duration,
    mut work: impl FnMut(Work) -> W,
) -> Result<Tally, CoordinationError> {
    let mut tally = Tally::default();
    loop {
        let mut left = 0;
        for pair in space.list("work/").await? {
            if pair.read::<Work>()?.done_by.is_some() {
                continue;
            }
            left += 1;
            let Some(guard) = space.try_lock(&pair.key).await? else { continue };
            match work_on(space, &guard, &pair.key, name, &mut work).await? {
                Some((task, true)) => tally.done.push(task),
                Some((task, false)) => tally.in_vain.push(task),
                None => {}
            }
            // Not released: a record for every entry would stay. The next one to take the lock makes a new one, with the
            // fencing token 1; results go by `guard.check()`, which knows owners apart by more than that.
            match guard.delete().await {
                Err(error) if !error.is_lock_lost() => return Err(error.into()),
                _ => {}
            }
        }
        if left == 0 {
            return Ok(tally);
        }
        tokio::time::sleep(pause).await;
    }
}

/// Works on an entry whose lock is ours. Gives the task, and whether its result was kept; nothing where there is nothing to
/// do any more.
async fn work_on<W: Future<Output = ()>>(
    space: &Space,
    guard: &Guard<KeyLock, Register>,
    key: &str,
    name: &str,
    work: &mut impl FnMut(Work) -> W,
) -> Result<Option<(String, bool)>, CoordinationError> {
    // Between the list and the lock another consumer may have done it, or the entry may have been deleted. Only a consistent read shows that.
    let pair = match space.get_consistent(key).await {
        Err(CoordinationError::NotFound) => return Ok(None),
        pair => pair?,
    };
    let mut entry: Work = pair.read()?;
    if entry.done_by.is_some() {
        return Ok(None);
    }
    work(entry.clone()).await;
    entry.done_by = Some(name.to_owned());
    entry.times = entry.times.saturating_add(1);
    match space.guarded_put(guard, Payload::of(&entry)?, &pair).await {
        Ok(_) => Ok(Some((entry.task, true))),
        // It took too long, and another consumer does it; or the entry has changed.
        Err(CoordinationError::LockLost | CoordinationError::NotFound | CoordinationError::Modified(_)) => {
            Ok(Some((entry.task, false)))
        }
        Err(error) => Err(error),
    }
}
