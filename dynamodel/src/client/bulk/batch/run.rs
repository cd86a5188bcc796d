//! A batch of writes under way: requests are filled, sent side by side, and settled.

use super::chunk::Written;
use super::leftovers::Leftovers;
use super::progress::{BatchProgress, Listener, Writes};
use crate::client::Client;
use crate::client::send::InFlight;
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use crate::op::{BatchOp, ItemKey, LARGEST, MOST_WRITES};
use std::collections::HashSet;
use std::future::poll_fn;
use std::task::{Context, Poll};

/// Where the writes come from.
pub(super) struct Source<'s, T> {
    pub(super) ops: std::vec::IntoIter<BatchOp<T>>,
    pub(super) stream: Option<Writes<'s, T>>,
}

/// What happens next in a batch.
enum Event<T> {
    Written(Written<T>),
    Given(BatchOp<T>),
    /// The source has no more.
    Ended,
    /// The source has nothing for now, and nothing is under way.
    Idle,
}

/// A batch under way.
pub(super) struct Run<'r, 's, T> {
    client: &'r Client<T>,
    source: Source<'s, T>,
    ended: bool,
    concurrency: usize,
    progress: Option<Listener<'s>>,
    so_far: BatchProgress,
    /// The request that is being filled.
    filling: Vec<BatchOp<T>>,
    bytes: usize,
    /// A write of an item that is under way: it waits, so that the later one holds.
    held: Option<BatchOp<T>>,
    under_way: InFlight<'r, Written<T>>,
    busy: HashSet<ItemKey>,
    left: Leftovers<T>,
    error: Option<Error>,
}

impl<'r, 's, T: Table> Run<'r, 's, T> {
    pub(super) fn new(
        client: &'r Client<T>,
        source: Source<'s, T>,
        concurrency: usize,
        progress: Option<Listener<'s>>,
    ) -> Self {
        Self {
            client,
            source,
            ended: false,
            concurrency,
            progress,
            so_far: BatchProgress::default(),
            filling: Vec::new(),
            bytes: 0,
            held: None,
            under_way: InFlight::new(),
            busy: HashSet::new(),
            left: Leftovers::new(),
            error: None,
        }
    }

    pub(super) async fn run(mut self) -> Result<BatchProgress> {
        loop {
            if self.ended && self.held.is_none() && self.filling.is_empty() && self.under_way.len() == 0 {
                return self.finished();
            }
            match poll_fn(|context| self.poll(context)).await {
                Event::Given(op) => {
                    self.so_far.given += 1;
                    self.take(op);
                }
                Event::Ended => self.ended = true,
                Event::Written(written) => self.settle(written),
                Event::Idle => self.send(),
            }
            if self.is_full() || (self.ended && self.held.is_none()) {
                self.send();
            }
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Event<T>> {
        if let Poll::Ready(written) = self.under_way.poll(context) {
            return Poll::Ready(Event::Written(written));
        }
        if self.ended || self.held.is_some() || self.is_full() {
            return Poll::Pending;
        }
        if let Some(op) = self.source.ops.next() {
            return Poll::Ready(Event::Given(op));
        }
        let Some(stream) = &mut self.source.stream else { return Poll::Ready(Event::Ended) };
        match stream.as_mut().poll_next(context) {
            Poll::Ready(Some(op)) => Poll::Ready(Event::Given(op)),
            Poll::Ready(None) => Poll::Ready(Event::Ended),
            Poll::Pending if self.under_way.len() == 0 && !self.filling.is_empty() => Poll::Ready(Event::Idle),
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_full(&self) -> bool {
        self.filling.len() >= MOST_WRITES || self.bytes >= LARGEST - MARGIN
    }

    /// Puts a write into the request that is being filled.
    fn take(&mut self, op: BatchOp<T>) {
        if self.busy.contains(op.key()) {
            self.held = Some(op);
            return;
        }
        if let Some(same) = self.filling.iter_mut().find(|other| other.key() == op.key()) {
            self.bytes = (self.bytes + op.len()).saturating_sub(same.len());
            *same = op;
            self.so_far.done += 1;
            return;
        }
        self.bytes += op.len();
        self.filling.push(op);
    }

    /// Sends what is filled, if another request may be under way.
    fn send(&mut self) {
        if self.filling.is_empty() || self.under_way.len() >= self.concurrency {
            return;
        }
        let ops = std::mem::take(&mut self.filling);
        self.bytes = 0;
        self.busy.extend(ops.iter().map(|op| op.key().clone()));
        self.under_way.push(self.client.write_chunk(ops));
    }

    fn settle(&mut self, written: Written<T>) {
        for key in &written.keys {
            self.busy.remove(key);
        }
        let done = written.keys.len().saturating_sub(written.left.len());
        // What was left of the same items before was given before: this later write makes it needless.
        let needless = written.keys.iter().filter(|key| self.left.forget(key)).count();
        self.so_far.done += u64::try_from(done + needless).unwrap_or(u64::MAX);
        self.so_far.requests += u64::from(written.requests);
        self.so_far.retried += written.retried;
        self.left.extend(written.left);
        self.error = written.error.or(self.error.take());
        if let Some(progress) = &mut self.progress {
            progress(self.so_far);
        }
        if let Some(op) = self.held.take() {
            self.take(op);
        }
    }

    fn finished(self) -> Result<BatchProgress> {
        let left = self.left.into_ops();
        if left.is_empty() {
            return Ok(self.so_far);
        }
        let message = format!(
            "{} of {} writes were not carried out, also after retries; the error's `leftovers` hold them",
            left.len(),
            self.so_far.given
        );
        let error = Error::new(ErrorKind::Unprocessed, message)
            .in_table(self.client.table_name())
            .with_leftovers(Box::new(left));
        Err(match self.error {
            Some(source) => error.with_source(source),
            None => error,
        })
    }
}

/// An item is at most 400 KB, and its text seldom more than twice that: a request that has room for less is full.
const MARGIN: usize = 1024 * 1024;
