//! Learning which shards there are, and where a consumer is in them.

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

/// A shard that this poller has not met.
struct NewShard<B> {
    shard: Shard,
    /// Where an earlier poller of this name was in it.
    saved: Option<B>,
    /// Its parent, where that is gone, and where this consumer was in that.
    orphan_of: Option<(String, Option<B>)>,
}

impl<B: Bookmark + LivesIn<T>, T: Table> Poller<B, T> {
    /// The table's stream.
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

    /// Learns of new shards, and where this consumer is in them. Whether there is another stream to look at.
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
                found.push(self.find(shard, &listed).await?);
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
            // A poller that may not delete leaves the item where it is: it does not matter any more.
            match self.client.delete(B::begin(&self.consumer, shard).primary_key()).await {
                Err(error) if is_transient(&error) => return Err(error),
                Ok(()) | Err(_) => self.obsolete.pop(),
            };
        }
        if self.shards.iter().all(|tracked| tracked.finished) {
            // A stream that is on has an open shard. The table may have another one by now.
            self.stream = None;
        }
        self.discovered = Some(Instant::now());
        Ok(false)
    }

    fn is_tracked(&self, shard: &str) -> bool {
        self.shards.iter().any(|tracked| tracked.shard.id == shard)
    }

    /// What is stored for this consumer and this shard.
    async fn stored(&self, shard: &str) -> Result<Option<B>> {
        self.client.get(B::begin(&self.consumer, shard).primary_key()).consistent().await
    }

    async fn find(&self, shard: &Shard, listed: &[Shard]) -> Result<NewShard<B>> {
        let gone = |parent: &&String| !listed.iter().any(|other| other.id == **parent) && !self.is_tracked(parent);
        let orphan_of = match shard.parent.as_ref().filter(gone) {
            Some(parent) => Some((parent.clone(), self.stored(parent).await?)),
            None => None,
        };
        Ok(NewShard { shard: shard.clone(), saved: self.stored(&shard.id).await?, orphan_of })
    }

    /// The iterators of the open shards, before anything says that this consumer has begun.
    async fn begin_latest(&mut self, stream: &TableStream, listed: &[Shard]) -> Result<()> {
        let now = seconds(self.client.now());
        let beginning = self.latest_start.get_or_insert_with(|| LatestStart { since: now, iterators: HashMap::new() });
        for shard in listed.iter().filter(|shard| !has_child(shard, listed)) {
            if !beginning.iterators.contains_key(&shard.id)
                && let Fetched::Value(iterator) = stream.iterator(&self.sdk, &shard.id, &StartAt::Latest).await?
            {
                beginning.iterators.insert(shard.id.clone(), iterator);
            }
        }
        Ok(())
    }

    /// Tells of a parent that is gone and was not read to its end.
    fn check_parent(&mut self, stream: &TableStream, found: &NewShard<B>) -> Result<()> {
        let Some((parent, saved)) = &found.orphan_of else { return Ok(()) };
        match saved {
            Some(saved) if saved.position().finished => {}
            Some(saved) => self.gap(stream, parent, saved.position().after.as_deref())?,
            // It came and went while no poller of this name was there.
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
        let mut beginning = self.latest_start.take();
        // A poller that ended in its beginning has said in some shards when that was.
        let begun = found.iter().filter_map(|found| Some(found.saved.as_ref()?.position()));
        let begun = begun.filter(|place| place.from_latest).filter_map(|place| place.since).min();
        let begun = begun.filter(|_| self.consumer_record.is_none());
        let mut gone = HashMap::new();
        for NewShard { shard, saved, orphan_of } in found {
            if let Some((parent, saved)) = orphan_of {
                // Where it is not known, it is long ago: a shard is gone a day after its end.
                gone.insert(parent, saved.map_or(Some(0), |saved| saved.position().since));
            }
            let Some(saved) = saved else {
                let mut tracked = TrackedShard::new(shard.clone(), B::begin(&self.consumer, &shard.id), now);
                if let Some(beginning) = &mut beginning {
                    tracked.begin_latest(beginning.since);
                    tracked.iterator = beginning.iterators.remove(&shard.id);
                    // A parent has come to its end.
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
        // What is read at once is saved with its first page.
        let ready = ready(&self.shards);
        for at in new {
            let since = if self.consumer_record.is_some() { self.unread_since(at, &gone) } else { None };
            let Some(tracked) = self.shards.get_mut(at) else { continue };
            tracked.unsaved |= known || beginning.is_some() || !ready.contains(&at);
            if let Some(since) = since {
                tracked.hand_over_since(since);
            }
        }
    }

    /// Since when the records of a shard that is new to a consumer are to be handed over: since its parents were known to
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

    /// Notes a gap, once, or gives the error.
    fn note_gap(&mut self, gap: Gap, error: impl FnOnce() -> Error) -> Result<()> {
        if !self.skip_trimmed {
            return Err(error());
        }
        if !self.report.gaps.contains(&gap) {
            self.report.gaps.push(gap);
        }
        Ok(())
    }

    /// The stream is the one that this consumer has read, or that is told.
    async fn check_stream(&mut self, stream: &TableStream) -> Result<()> {
        let Some(mut record) = self.consumer_record.take() else { return Ok(()) };
        let old = record.position().stream.clone().filter(|old| *old != stream.arn);
        let Some(old) = old else {
            self.consumer_record = Some(record);
            return Ok(());
        };
        // What is in the old one is out of reach.
        self.shards.clear();
        self.note_gap(Gap { shard: old.clone(), after: None }, || stream.replaced(&old))?;
        record.set_position(self.consumer_position(&stream.arn));
        self.write_consumer_record(record).await
    }

    /// There is no such stream: the table may have another one.
    async fn find_replacement(&mut self, stream: &TableStream) -> Result<bool> {
        let Some((_, needs)) = self.stream.take() else { return Ok(true) };
        let found = self.stream(needs).await?;
        if found.arn == stream.arn { Err(stream.missing()) } else { Ok(true) }
    }
}

fn has_child(shard: &Shard, listed: &[Shard]) -> bool {
    listed.iter().any(|other| other.parent.as_ref() == Some(&shard.id))
}
