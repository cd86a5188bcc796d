//! The segments of a scan under way: a few at once, polled by hand, and every page with its checkpoint.

use super::rate_limit::RateLimiter;
use crate::client::Client;
use crate::client::send::Response;
use crate::entity::{Item, Primary, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Limits, PageRequest, Scan, ScanCheckpoint, key_attributes};
use crate::response::{DecodeOptions, DecodedPage, ScanPage, decode_page};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A segment that is being read.
struct Segment {
    number: u32,
    after: Option<String>,
    requests: u32,
    /// The request under way.
    call: Option<Call>,
}

struct Call {
    response: Pin<Box<dyn Future<Output = Result<Response>> + Send>>,
    /// What was set aside for it, of the items to evaluate and of the read units.
    evaluate: u64,
    units: f64,
}

/// A page, and how many items it has: where they are counted only, it holds none.
type Counted<P> = Result<(ScanPage<P>, u64)>;

pub(super) struct ParallelScan<P: Item<Table = T>, T: Table> {
    scan: Scan<P, Client<T>>,
    /// How many there are, and not which.
    count: bool,
    checkpoint: ScanCheckpoint,
    /// The segment whose turn is next stands first.
    segments: Vec<Segment>,
    left: Limits,
    limiter: Option<RateLimiter>,
}

impl<P: Item<Table = T>, T: Table> ParallelScan<P, T> {
    pub(super) fn new(scan: Scan<P, Client<T>>, count: bool) -> Result<Self> {
        let client = &scan.via;
        let table = client.table_name();
        let checkpoint = scan.check().and_then(|()| scan.checkpoint(table)).map_err(|error| error.in_table(table))?;
        let limiter = match scan.read_units {
            None => None,
            Some(rate) => {
                let sleep = client.sdk().config().sleep_impl().ok_or_else(|| sleepless(client.table_name()))?;
                Some(RateLimiter::new(rate, sleep, client.inner.clock.now()))
            }
        };
        let left = scan.options.limits;
        Ok(Self { scan, count, checkpoint, segments: Vec::new(), left, limiter })
    }

    /// The next page, and how many items it has; `None` when nothing is left, or a limit is reached.
    pub(super) async fn next(&mut self) -> Option<Counted<P>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Counted<P>>> {
        if self.left.is_reached() || self.checkpoint.is_done() {
            return Poll::Ready(None);
        }
        let waits = match self.launch(context) {
            Ok(waits) => waits,
            Err(error) => return Poll::Ready(Some(Err(error))),
        };
        for at in 0..self.segments.len() {
            let call = self.segments.get_mut(at).and_then(|segment| segment.call.as_mut());
            if let Some(call) = call
                && let Poll::Ready(response) = call.response.as_mut().poll(context)
            {
                return Poll::Ready(Some(response.and_then(|response| self.page(at, &response))));
            }
        }
        if waits || self.under_way() > 0 { Poll::Pending } else { Poll::Ready(None) }
    }

    fn under_way(&self) -> usize {
        self.segments.iter().filter(|segment| segment.call.is_some()).count()
    }

    /// Makes the requests that may be made; true when one has to wait for its time.
    fn launch(&mut self, context: &mut Context<'_>) -> Result<bool> {
        while self.segments.len() < self.scan.at_once().max(1) {
            let known = &self.segments;
            let next = self.checkpoint.begin(|number| known.iter().any(|segment| segment.number == number));
            let Some((number, after)) = next else { break };
            self.segments.push(Segment { number, after, requests: 0, call: None });
        }
        let mut idle = u64::try_from(self.segments.len() - self.under_way()).unwrap_or(u64::MAX);
        for at in 0..self.segments.len() {
            if self.segments.get(at).is_none_or(|segment| segment.call.is_some()) {
                continue;
            }
            let under_way = self.under_way();
            if self.left.requests.is_some_and(|left| under_way >= usize::try_from(left).unwrap_or(usize::MAX)) {
                break;
            }
            // What may still be evaluated is shared out, so that requests at once cannot go beyond it together.
            let aside: u64 = self.segments.iter().filter_map(|segment| Some(segment.call.as_ref()?.evaluate)).sum();
            let evaluated = self.left.evaluated.map(|left| left.saturating_sub(aside).div_ceil(idle.max(1)));
            if evaluated == Some(0) {
                break;
            }
            if let Some(limiter) = &mut self.limiter
                && limiter.poll_ready(&*self.scan.via.inner.clock, under_way > 0, context).is_pending()
            {
                return Ok(true);
            }
            self.call(at, evaluated)?;
            idle = idle.saturating_sub(1);
        }
        Ok(false)
    }

    /// Makes the next request of a segment.
    fn call(&mut self, at: usize, evaluated: Option<u64>) -> Result<()> {
        let Some(segment) = self.segments.get_mut(at) else { return Ok(()) };
        let limits = Limits { evaluated, ..self.left };
        let evaluate = limits.evaluate(self.scan.is_filtered(), segment.requests);
        let ask = PageRequest { evaluate, after: segment.after.as_deref(), reversed: false, count: self.count };
        let client = self.scan.via.clone();
        let cx = client.context();
        let request = self.scan.request(&cx, segment.number, ask);
        let request = request.map_err(|error| error.in_table(client.table_name()))?;
        segment.call = Some(Call {
            response: Box::pin(async move { client.read_any(&request, P::NAME).await }),
            evaluate: evaluate.unwrap_or(0),
            units: self.limiter.as_mut().map_or(0.0, RateLimiter::launched),
        });
        Ok(())
    }

    /// Makes a page of a response.
    fn page(&mut self, at: usize, response: &Response) -> Counted<P> {
        let read = self.read(response)?;
        // Its turn is over; the others come first.
        let mut segment = self.segments.remove(at);
        let call = segment.call.take();
        let number = segment.number;
        if let (Some(limiter), Some(call)) = (&mut self.limiter, call) {
            // Where the engine does not say, by what came.
            let came = || f64::from(u32::try_from(response.bytes().len()).unwrap_or(u32::MAX)) / 8192.0;
            limiter.charged(call.units, read.consumed.unwrap_or_else(came));
        }
        let wanted = self.left.returned.map_or(read.count, |left| read.count.min(u64::from(left)));
        let count = if self.count { wanted } else { u64::try_from(read.items.len()).unwrap_or(u64::MAX) };
        self.left = self.left.after(usize::try_from(count).unwrap_or(usize::MAX), read.evaluated, 1);
        // What was left over is read again by whoever goes on.
        let after = if read.cut { Some(read.last.ok_or_else(nameless::<P>)?) } else { read.stopped };
        self.checkpoint.passed(number, after.clone());
        if after.is_some() {
            self.segments.push(Segment { after, requests: segment.requests.saturating_add(1), ..segment });
        }
        let page = ScanPage {
            items: read.items,
            segment: number,
            evaluated: read.evaluated,
            consumed: read.consumed,
            checkpoint: self.checkpoint.clone(),
        };
        Ok((page, count))
    }

    fn read(&self, response: &Response) -> Result<DecodedPage<P>> {
        let client = &self.scan.via;
        let key = key_attributes::<T, Primary>();
        let reading = DecodeOptions {
            wanted: self.left.returned.and_then(|wanted| usize::try_from(wanted).ok()),
            key: &key,
            known: &[],
            alive_at: self.scan.options.alive_at(|| client.inner.clock.now()),
            counts: self.count,
        };
        let place =
            |error: Error| error.of_entity(P::NAME).in_table(client.table_name()).with_attempts(response.attempts);
        decode_page(response.bytes(), reading).map_err(place)
    }
}

/// An item whose key is not in the response. The library asks for it, so this does not occur.
fn nameless<P: Item>() -> Error {
    Error::new(ErrorKind::Decode, "an item came without its key, so the next page cannot be found").of_entity(P::NAME)
}

fn sleepless(table: &str) -> Error {
    let message = "a scan at a rate has to wait, and the SDK client's configuration has no `sleep_impl`: give it one";
    Error::new(ErrorKind::Configuration, message).in_table(table)
}
