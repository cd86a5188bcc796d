//! One task for each table and runtime that releases the locks of dropped guards.

use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use tokio::runtime::{Handle, Id};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How many locks are released at the same time at most. The others wait their turn.
const MAX_CONCURRENT: usize = 16;

/// Releases one lock. It ends by itself when the lease has run out, also when its turn comes later.
pub(super) type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

/// One queue for each: connections belong to the runtime they were made in, and a table that hangs must not hold up another one.
type QueueKey = (Id, String);

/// The tasks that run, and the queues by which they get more jobs. Jobs are added under this mutex, so that a task which finds
/// its queue empty under the mutex may end.
static RUNNING: LazyLock<Mutex<HashMap<QueueKey, UnboundedSender<Job>>>> = LazyLock::new(Mutex::default);

fn running() -> MutexGuard<'static, HashMap<QueueKey, UnboundedSender<Job>>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Releases a lock in the background, in this runtime.
pub(super) fn release_in_background(runtime: &Handle, table: &str, job: Job) {
    let key = (runtime.id(), table.to_owned());
    let mut running = running();
    let job = match running.get(&key) {
        Some(jobs) => match jobs.send(job) {
            Ok(()) => return,
            // Its runtime has ended, and this one got the same id.
            Err(job) => job.0,
        },
        None => job,
    };
    let (sender, receiver) = unbounded_channel();
    if sender.send(job).is_ok() {
        running.insert(key.clone(), sender);
        drop(running);
        runtime.spawn(Releaser { jobs: receiver, key }.work());
    }
}

struct Releaser {
    jobs: UnboundedReceiver<Job>,
    key: QueueKey,
}

impl Releaser {
    /// Carries out all jobs, and ends when there are no more.
    async fn work(mut self) {
        let mut under_way: Vec<Job> = Vec::new();
        poll_fn(|context| {
            loop {
                under_way.retain_mut(|job| job.as_mut().poll(context).is_pending());
                let before = under_way.len();
                while under_way.len() < MAX_CONCURRENT {
                    let Poll::Ready(Some(job)) = self.jobs.poll_recv(context) else { break };
                    under_way.push(job);
                }
                if under_way.len() > before {
                    continue;
                }
                if !under_way.is_empty() {
                    return Poll::Pending;
                }
                let mut running = running();
                match self.jobs.try_recv() {
                    Ok(job) => under_way.push(job),
                    Err(_) => {
                        running.remove(&self.key);
                        self.jobs.close();
                        return Poll::Ready(());
                    }
                }
            }
        })
        .await;
    }
}

impl Drop for Releaser {
    /// If its runtime has ended before it, the waiting jobs are given up.
    fn drop(&mut self) {
        if !self.jobs.is_closed() {
            self.jobs.close();
            let sender = running().remove(&self.key);
            drop(sender);
        }
    }
}
