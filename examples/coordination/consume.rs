//! Competing consumers: several processes share a list of entries, and each entry is worked on by exactly one.

use super::{CoordinationError, Keep, Payload, Space};
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

/// Works on whatever nobody else works on, until all is done. An entry of a consumer that died is taken over once its lease
/// has run out. Gives how many entries this one has done.
///
/// # Errors
/// Whatever the client says.
pub async fn consume<W: Future<Output = ()>>(
    space: &Space,
    name: &str,
    pause: Duration,
    mut work: impl FnMut(Work) -> W,
) -> Result<u32, CoordinationError> {
    let mut mine = 0;
    loop {
        let mut left = 0;
        for pair in space.list("work/").await? {
            if pair.read::<Work>()?.done_by.is_some() {
                continue;
            }
            left += 1;
            let Some(guard) = space.try_lock(&pair.key).await? else { continue };
            // Somebody may have done it between the list and the lock.
            let pair = space.get(&pair.key).await?;
            let mut entry: Work = pair.read()?;
            if entry.done_by.is_none() {
                work(entry.clone()).await;
                entry.done_by = Some(name.to_owned());
                entry.times += 1;
                let done = Payload::of(&entry)?;
                match space.guarded_put(&guard, done, &pair).await {
                    Ok(_) => mine += 1,
                    // It took too long, and somebody else does it.
                    Err(CoordinationError::LockLost) => continue,
                    Err(error) => return Err(error),
                }
            }
            match guard.release().await {
                Err(error) if !error.is_lock_lost() => return Err(error.into()),
                _ => {}
            }
        }
        if left == 0 {
            return Ok(mine);
        }
        tokio::time::sleep(pause).await;
    }
}
