//! Tasks on one thread that make requests.

use crate::harness::Lane;
use crate::side::{Operation, Side};
use std::cell::Cell;
use std::rc::Rc;
use tokio::runtime::Runtime;
use tokio::task::LocalSet;

/// How many tasks there are, where there is not one.
pub const TASKS: u32 = 64;

/// One thread with its tasks.
pub struct Worker {
    runtime: Runtime,
    local: LocalSet,
}

impl Default for Worker {
    fn default() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { runtime, local: LocalSet::new() }
    }
}

impl Worker {
    pub fn block_on<O>(&self, future: impl Future<Output = O>) -> O {
        self.local.block_on(&self.runtime, future)
    }

    /// A side as a lane of a race.
    pub fn lane<'a, S: Side>(&'a self, side: &'a Rc<S>, operation: Operation, tasks: u32) -> Lane<'a> {
        let prepare = move |calls| side.prepare(operation, calls);
        Lane::many(S::NAME, prepare, move |calls| self.call(side, operation, tasks, calls))
    }

    /// So many tasks make so many calls together.
    pub fn call<S: Side>(&self, side: &Rc<S>, operation: Operation, tasks: u32, calls: u32) {
        let left = Rc::new(Cell::new(calls));
        if tasks == 1 {
            return self.block_on(work(Rc::clone(side), left, operation));
        }
        self.block_on(async {
            let start = |_| tokio::task::spawn_local(work(Rc::clone(side), Rc::clone(&left), operation));
            let tasks: Vec<_> = (0..tasks).map(start).collect();
            for task in tasks {
                task.await.unwrap();
            }
        });
    }
}

async fn work<S: Side>(side: Rc<S>, left: Rc<Cell<u32>>, operation: Operation) {
    while let Some(rest) = left.get().checked_sub(1) {
        left.set(rest);
        side.call(operation).await;
    }
}
