//! Of two futures, the first one to end.

use super::timer::Timer;
use crate::client::Client;
use crate::entity::Table;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// What the first one gave.
pub(super) enum First<A, B> {
    Left(A),
    Right(B),
}

/// Polls both, the left one first, and drops the other when one has ended.
pub(super) async fn race<A, B>(left: impl Future<Output = A>, right: impl Future<Output = B>) -> First<A, B> {
    let (mut left, mut right) = (pin!(left), pin!(right));
    poll_fn(|context| {
        if let Poll::Ready(given) = left.as_mut().poll(context) {
            return Poll::Ready(First::Left(given));
        }
        right.as_mut().poll(context).map(First::Right)
    })
    .await
}

/// What a request gives; `None`, and the request dropped, if it gives nothing for so long. That is time as the SDK's client
/// knows it: a lock's own timer may stand still while a request is under way. Where that client knows none, the timer
/// counts.
pub(super) async fn within<T: Table, O>(
    client: &Client<T>,
    timer: &dyn Timer,
    limit: Duration,
    request: impl Future<Output = O>,
) -> Option<O> {
    let pause = client.pause_of(limit);
    let time = async {
        match pause {
            Some(pause) => pause.await,
            None => timer.sleep_until(timer.now().saturating_add(limit)).await,
        }
    };
    match race(request, time).await {
        First::Left(given) => Some(given),
        First::Right(()) => None,
    }
}
