//! Learning which shards there are, and where a consumer is in them.

use super::requests::{At, Got, Shard, Source};
use super::save::{is_passing, seconds};
use super::shard::{Lane, ready};
use super::{Bookmark, Gap, Poller};
use crate::define::StreamView;
use crate::entity::{LivesIn, Table};
use crate::error::{Error, Result};
use std::collections::HashMap;
use std::time::Instant;

/// In place of a shard's name, in the key of what says that a consumer knows the stream.
pub(super) const RECORD: &str = "stream";

/// A consumer that begins with the latest: from when on, and the iterators that say so exactly.
pub(super) struct Beginning {
    since: u64,
    iterators: HashMap<String, String>,
}

/// A shard that this poller has not met.
struct Found<B> {
    shard: Shard,
    /// Where an earlier poller of this name was in it.
    saved: Option<B>,
    /// Its parent, where that is gone, and where this consumer was in that.
    orphan_of: Option<(String, Option<B>)>,
}

impl<B: Bookmark + LivesIn<T>, T: Table> Poller<B, T> {
    /// The table's stream.
    pub(super) async fn source(&mut self, needs: StreamView) -> Result<Source> {
        if let Some((source, _)) = self.source.as_ref().filter(|(_, checked)| *checked == needs) {
            return Ok(source.clone());
        }
        let source = Source::find(&self.client, needs).await?;
        let read = self.record.as_ref().and_then(|record| record.place().stream.as_ref());
        if read.is_some_and(|read| *read != source.arn) {
            self.looked = None;
        }
        self.source = Some((source.clone(), needs));
        Ok(source)
    }

    /// Learns of new shards, and where this consumer is in them. Whether there is another stream to look at.
    pub(super) async fn look(&mut self, source: &Source) -> Result<bool> {
        let now = self.second();
        let Got::This(shards) = source.shards(&self.streams).await? else { return self.look_for_another(source).await };
        if self.record.is_none() {
            self.record = self.stored(RECORD).await?;
        }
        self.same_stream(source).await?;
        let listed = |lane: &Lane<B>| shards.iter().any(|shard| shard.id == lane.shard.id);
        self.lanes.retain(|lane| !lane.finished || lane.unsaved || listed(lane));
        let mut found = Vec::new();
        for shard in &shards {
            if !self.has_lane(&shard.id) {
                found.push(self.find(shard, &shards).await?);
            }
        }
        let parents = found.iter().filter_map(|found| found.orphan_of.as_ref());
        let met = found.iter().any(|found| found.saved.is_some()) || parents.clone().any(|(_, saved)| saved.is_some());
        let known = self.record.is_some() || !self.lanes.is_empty() || met;
        if known {
            self.beginning = None;
        } else if self.latest {
            self.begin_latest(source, &shards).await?;
        }
        for found in &found {
            self.mourn(source, found)?;
        }
        self.enter(found, &shards, known, now);
        while let Some(at) = self.unsaved() {
            self.save(at).await?;
        }
        self.note_record(&source.arn).await?;
        while let Some(shard) = self.buried.last() {
            // A poller that may not delete leaves the item where it is: it does not matter any more.
            match self.client.delete(B::begin(&self.consumer, shard).primary_key()).await {
                Err(error) if is_passing(&error) => return Err(error),
                Ok(()) | Err(_) => self.buried.pop(),
            };
        }
        if self.lanes.iter().all(|lane| lane.finished) {
            // A stream that is on has an open shard. The table may have another one by now.
            self.source = None;
        }
        self.looked = Some(Instant::now());
        Ok(false)
    }

    fn has_lane(&self, shard: &str) -> bool {
        self.lanes.iter().any(|lane| lane.shard.id == shard)
    }

    /// What is stored for this consumer and this shard.
    async fn stored(&self, shard: &str) -> Result<Option<B>> {
        self.client.get(B::begin(&self.consumer, shard).primary_key()).consistent().await
    }

    async fn find(&self, shard: &Shard, shards: &[Shard]) -> Result<Found<B>> {
        let gone = |parent: &&String| !shards.iter().any(|other| other.id == **parent) && !self.has_lane(parent);
        let orphan_of = match shard.parent.as_ref().filter(gone) {
            Some(parent) => Some((parent.clone(), self.stored(parent).await?)),
            None => None,
        };
        Ok(Found { shard: shard.clone(), saved: self.stored(&shard.id).await?, orphan_of })
    }

    /// The iterators of the shards that are open, before anything says that this consumer has begun.
    async fn begin_latest(&mut self, source: &Source, shards: &[Shard]) -> Result<()> {
        let now = seconds(self.client.now());
        let beginning = self.beginning.get_or_insert_with(|| Beginning { since: now, iterators: HashMap::new() });
        for shard in shards.iter().filter(|shard| !has_child(shard, shards)) {
            if !beginning.iterators.contains_key(&shard.id)
                && let Got::This(iterator) = source.iterator(&self.streams, &shard.id, &At::Latest).await?
            {
                beginning.iterators.insert(shard.id.clone(), iterator);
            }
        }
        Ok(())
    }

    /// Tells of a parent that is gone and was not read to its end.
    fn mourn(&mut self, source: &Source, found: &Found<B>) -> Result<()> {
        let Some((parent, saved)) = &found.orphan_of else { return Ok(()) };
        match saved {
            Some(saved) if saved.place().finished => {}
            Some(saved) => self.gap(source, parent, saved.place().after.as_deref())?,
            // It came and went while no poller of this name was there.
            None if self.record.is_some() && found.saved.is_none() => self.gap(source, parent, None)?,
            None => {}
        }
        if saved.is_some() && !self.buried.contains(parent) {
            self.buried.push(parent.clone());
        }
        Ok(())
    }

    /// Makes lanes of the shards that were found.
    fn enter(&mut self, found: Vec<Found<B>>, shards: &[Shard], known: bool, now: u64) {
        let mut beginning = self.beginning.take();
        // A poller that ended in its beginning has said in some shards when that was.
        let begun = found.iter().filter_map(|found| Some(found.saved.as_ref()?.place()));
        let begun = begun.filter(|place| place.from_latest).filter_map(|place| place.since).min();
        let begun = begun.filter(|_| self.record.is_none());
        let mut gone = HashMap::new();
        for Found { shard, saved, orphan_of } in found {
            if let Some((parent, saved)) = orphan_of {
                // Where it is not known, it is long ago: a shard is gone a day after its end.
                gone.insert(parent, saved.map_or(Some(0), |saved| saved.place().since));
            }
            let Some(saved) = saved else {
                let mut lane = Lane::new(shard.clone(), B::begin(&self.consumer, &shard.id), now);
                if let Some(beginning) = &mut beginning {
                    lane.begin_latest(beginning.since);
                    lane.iterator = beginning.iterators.remove(&shard.id);
                    // A parent has come to its end.
                    lane.finished = has_child(&shard, shards);
                } else if let Some(since) = begun {
                    lane.begin_latest(since);
                }
                self.lanes.push(lane);
                continue;
            };
            self.lanes.push(Lane::known(shard, saved));
        }
        for lane in &mut self.lanes {
            if shards.iter().any(|shard| shard.open && shard.id == lane.shard.id) {
                lane.open_at = Some(now);
            }
        }
        let new: Vec<_> =
            (0..self.lanes.len()).filter(|at| self.lanes.get(*at).is_some_and(|lane| !lane.is_stored())).collect();
        // What is read at once is saved with its first page.
        let ready = ready(&self.lanes);
        for at in new {
            let since = if self.record.is_some() { self.owed_since(at, &gone) } else { None };
            let Some(lane) = self.lanes.get_mut(at) else { continue };
            lane.unsaved |= known || beginning.is_some() || !ready.contains(&at);
            if let Some(since) = since {
                lane.owes_since(since);
            }
        }
    }

    /// Since when the records of a shard that is new to a consumer are to be handed over: since its parents were known to
    /// be open.
    fn owed_since(&self, at: usize, gone: &HashMap<String, Option<u64>>) -> Option<u64> {
        let mut shard = &self.lanes.get(at)?.shard;
        for _ in &self.lanes {
            let parent = shard.parent.as_ref()?;
            match self.lanes.iter().find(|lane| lane.shard.id == *parent) {
                Some(lane) if lane.is_stored() => return lane.open_at,
                Some(lane) => shard = &lane.shard,
                None => return gone.get(parent).copied().flatten(),
            }
        }
        None
    }

    pub(super) fn gap(&mut self, source: &Source, shard: &str, after: Option<&str>) -> Result<()> {
        self.tell(Gap { shard: shard.to_owned(), after: after.map(str::to_owned) }, || source.gone(shard, after))
    }

    /// Notes a gap, once, or gives the error.
    fn tell(&mut self, gap: Gap, error: impl FnOnce() -> Error) -> Result<()> {
        if !self.over_gaps {
            return Err(error());
        }
        if !self.report.gaps.contains(&gap) {
            self.report.gaps.push(gap);
        }
        Ok(())
    }

    /// The stream is the one that this consumer has read, or that is told.
    async fn same_stream(&mut self, source: &Source) -> Result<()> {
        let Some(mut record) = self.record.take() else { return Ok(()) };
        let old = record.place().stream.clone().filter(|old| *old != source.arn);
        let Some(old) = old else {
            self.record = Some(record);
            return Ok(());
        };
        // What is in the old one is out of reach.
        self.lanes.clear();
        self.tell(Gap { shard: old.clone(), after: None }, || source.replaced(&old))?;
        record.set_place(self.place_of_record(&source.arn));
        self.write_record(record).await
    }

    /// There is no such stream: the table may have another one.
    async fn look_for_another(&mut self, source: &Source) -> Result<bool> {
        let Some((_, needs)) = self.source.take() else { return Ok(true) };
        let found = self.source(needs).await?;
        if found.arn == source.arn { Err(source.missing()) } else { Ok(true) }
    }
}

fn has_child(shard: &Shard, shards: &[Shard]) -> bool {
    shards.iter().any(|other| other.parent.as_ref() == Some(&shard.id))
}
