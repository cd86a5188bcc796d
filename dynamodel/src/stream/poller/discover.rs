//! Discovering the stream's shards, and a consumer's positions in them.

use super::bookmark::CONSUMER_RECORD;
use super::requests::{Fetched, Shard, StartAt, TableStream};
use super::save::{is_transient, seconds};
use super::shard::{LatestStart, TrackedShard, ready};
use super::{Bookmark, Gap, Poller};
use crate::define::StreamView;
use crate::entity::{LivesIn, Table};
use crate::error::{Error, Result};
use std::collections::HashMap;
use std::time::Instant;

/// A shard that this poller does not track yet.
struct NewShard<B> {
    shard: Shard,
    /// The position of an earlier poller of this name in it.
    saved: Option<B>,
    /// Its parent, if that is gone, and this consumer's position in that.
    orphan_of: Option<(String, Option<B>)>,
}

impl<B: Bookmark + LivesIn<T>, T: Table> Poller<B, T> {
    /// The table's stream, described once.
    pub(super) async fn stream(&mut self, needs: StreamView) -> Result<TableStream> {
        if let Some((stream, _)) = self.stream.as_ref().filter(|(_, checked)| *checked == needs) {
            return Ok(stream.clone());
        }
        let stream = TableStream::find(&self.client, needs).await?;
        let read = self.consumer_record.as_ref().and_then(|record| record.position().stream.as_ref());
        if read.is_some_and(|read| *read != stream.arn) {
            self.discovered = None;
        }
        self.stream = Some((stream.clone(), needs));
        Ok(stream)
    }

    /// Lists the shards, and tracks the new ones. Whether the table has another stream to read.
    pub(super) async fn discover_shards(&mut self, stream: &TableStream) -> Result<bool> {
        let now = self.second();
        let Fetched::Value(listed) = stream.shards(&self.sdk).await? else {
            return self.find_replacement(stream).await;
        };
        if self.consumer_record.is_none() {
            self.consumer_record = self.stored(CONSUMER_RECORD).await?;
        }
        self.check_stream(stream).await?;
        let is_listed = |tracked: &TrackedShard<B>| listed.iter().any(|shard| shard.id == tracked.shard.id);
        self.shards.retain(|tracked| !tracked.finished || tracked.unsaved || is_listed(tracked));
        let mut found = Vec::new();
        for shard in &listed {
            if !self.is_tracked(&shard.id) {
                found.push(self.inspect(shard, &listed).await?);
            }
        }
        let parents = found.iter().filter_map(|found| found.orphan_of.as_ref());
        let met = found.iter().any(|found| found.saved.is_some()) || parents.clone().any(|(_, saved)| saved.is_some());
        let known = self.consumer_record.is_some() || !self.shards.is_empty() || met;
        if known {
            self.latest_start = None;
        } else if self.latest {
            self.begin_latest(stream, &listed).await?;
        }
        for found in &found {
            self.check_parent(stream, found)?;
        }
        self.track(found, &listed, known, now);
        while let Some(at) = self.unsaved() {
            self.save(at).await?;
        }
        self.save_consumer_record(&stream.arn).await?;
        while let Some(shard) = self.obsolete.last() {
            // A poller without the permission to delete leaves the item there: it does no harm.
            match self.client.delete(B::begin(&self.consumer, shard).primary_key()).await {
                Err(error) if is_transient(&error) => return Err(error),
                Ok(()) | Err(_) => self.obsolete.pop(),
            };
        }
        if self.shards.iter().all(|tracked| tracked.finished) {
            // An enabled stream has an open shard: the table may have another stream by now.
            self.stream = None;
        }
        self.discovered = Some(Instant::now());
        Ok(false)
    }

    fn is_tracked(&self, shard: &str) -> bool {
        self.shards.iter().any(|tracked| tracked.shard.id == shard)
    }

    /// The stored bookmark of this consumer in this shard.
    async fn stored(&self, shard: &str) -> Result<Option<B>> {
        self.client.get(B::begin(&self.consumer, shard).primary_key()).consistent().await
    }

    async fn inspect(&self, shard: &Shard, listed: &[Shard]) -> Result<NewShard<B>> {
        let gone = |parent: &&String| !listed.iter().any(|other| other.id == **parent) && !self.is_tracked(parent);
        let orphan_of = match shard.parent.as_ref().filter(gone) {
            Some(parent) => Some((parent.clone(), self.stored(parent).await?)),
            None => None,
        };
        Ok(NewShard { shard: shard.clone(), saved: self.stored(&shard.id).await?, orphan_of })
    }

    /// Gets the iterators of the open shards, before anything records that this consumer has begun.
    async fn begin_latest(&mut self, stream: &TableStream, listed: &[Shard]) -> Result<()> {
        let now = seconds(self.client.now());
        let start = self.latest_start.get_or_insert_with(|| LatestStart { since: now, iterators: HashMap::new() });
        for shard in listed.iter().filter(|shard| !has_child(shard, listed)) {
            if !start.iterators.contains_key(&shard.id)
                && let Fetched::Value(iterator) = stream.iterator(&self.sdk, &shard.id, &StartAt::Latest).await?
            {
                start.iterators.insert(shard.id.clone(), iterator);
            }
        }
        Ok(())
    }

    /// Reports a parent that is gone and was not read to its end.
    fn check_parent(&mut self, stream: &TableStream, found: &NewShard<B>) -> Result<()> {
        let Some((parent, saved)) = &found.orphan_of else { return Ok(()) };
        match saved {
            Some(saved) if saved.position().finished => {}
            Some(saved) => self.gap(stream, parent, saved.position().after.as_deref())?,
            // It came and went while no poller of this name was running.
            None if self.consumer_record.is_some() && found.saved.is_none() => self.gap(stream, parent, None)?,
            None => {}
        }
        if saved.is_some() && !self.obsolete.contains(parent) {
            self.obsolete.push(parent.clone());
        }
        Ok(())
    }

    /// Tracks the shards that were found.
    fn track(&mut self, found: Vec<NewShard<B>>, listed: &[Shard], known: bool, now: u64) {
        let mut latest_start = self.latest_start.take();
        // A poller that ended during its start has saved in some shards when that was.
        let begun = found.iter().filter_map(|found| Some(found.saved.as_ref()?.position()));
        let begun = begun.filter(|position| position.from_latest).filter_map(|position| position.since).min();
        let begun = begun.filter(|_| self.consumer_record.is_none());
        let mut gone = HashMap::new();
        for NewShard { shard, saved, orphan_of } in found {
            if let Some((parent, saved)) = orphan_of {
                // If unknown, it is long ago: a shard is deleted a day after its end.
                gone.insert(parent, saved.map_or(Some(0), |saved| saved.position().since));
            }
            let Some(saved) = saved else {
                let mut tracked = TrackedShard::new(shard.clone(), B::begin(&self.consumer, &shard.id), now);
                if let Some(start) = &mut latest_start {
                    tracked.begin_latest(start.since);
                    tracked.iterator = start.iterators.remove(&shard.id);
                    // A shard with a child has come to its end.
                    tracked.finished = has_child(&shard, listed);
                } else if let Some(since) = begun {
                    tracked.begin_latest(since);
                }
                self.shards.push(tracked);
                continue;
            };
            self.shards.push(TrackedShard::known(shard, saved));
        }
        for tracked in &mut self.shards {
            if listed.iter().any(|shard| shard.open && shard.id == tracked.shard.id) {
                tracked.open_at = Some(now);
            }
        }
        let new: Vec<_> = (0..self.shards.len())
            .filter(|at| self.shards.get(*at).is_some_and(|tracked| !tracked.is_stored()))
            .collect();
        // A shard that is read at once is saved with its first page.
        let ready = ready(&self.shards);
        for at in new {
            let since = if self.consumer_record.is_some() { self.unread_since(at, &gone) } else { None };
            let Some(tracked) = self.shards.get_mut(at) else { continue };
            tracked.unsaved |= known || latest_start.is_some() || !ready.contains(&at);
            if let Some(since) = since {
                tracked.hand_over_since(since);
            }
        }
    }

    /// Since when the records of a shard that is new to a consumer are to be handed over: since its parent was last known to
    /// be open.
    fn unread_since(&self, at: usize, gone: &HashMap<String, Option<u64>>) -> Option<u64> {
        let mut shard = &self.shards.get(at)?.shard;
        for _ in &self.shards {
            let parent = shard.parent.as_ref()?;
            match self.shards.iter().find(|tracked| tracked.shard.id == *parent) {
                Some(tracked) if tracked.is_stored() => return tracked.open_at,
                Some(tracked) => shard = &tracked.shard,
                None => return gone.get(parent).copied().flatten(),
            }
        }
        None
    }

    pub(super) fn gap(&mut self, stream: &TableStream, shard: &str, after: Option<&str>) -> Result<()> {
        self.note_gap(Gap { shard: shard.to_owned(), after: after.map(str::to_owned) }, || stream.gone(shard, after))
    }

    /// Notes a gap, once, or returns the error.
    fn note_gap(&mut self, gap: Gap, error: impl FnOnce() -> Error) -> Result<()> {
        if !self.skip_trimmed {
            return Err(error());
        }
        if !self.report.gaps.contains(&gap) {
            self.report.gaps.push(gap);
        }
        Ok(())
    }

    /// Checks that the stream is the one that this consumer has read; another one is a gap.
    async fn check_stream(&mut self, stream: &TableStream) -> Result<()> {
        let Some(mut record) = self.consumer_record.take() else { return Ok(()) };
        let old = record.position().stream.clone().filter(|old| *old != stream.arn);
        let Some(old) = old else {
            self.consumer_record = Some(record);
            return Ok(());
        };
        // The records of the old stream cannot be read any more.
        self.shards.clear();
        self.note_gap(Gap { shard: old.clone(), after: None }, || stream.replaced(&old))?;
        record.set_position(self.consumer_position(&stream.arn));
        self.write_consumer_record(record).await
    }

    /// The stream does not exist any more: the table may have another one.
    async fn find_replacement(&mut self, stream: &TableStream) -> Result<bool> {
        let Some((_, needs)) = self.stream.take() else { return Ok(true) };
        let found = self.stream(needs).await?;
        if found.arn == stream.arn { Err(stream.missing()) } else { Ok(true) }
    }
}

fn has_child(shard: &Shard, listed: &[Shard]) -> bool {
    listed.iter().any(|other| other.parent.as_ref() == Some(&shard.id))
}
