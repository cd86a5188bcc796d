//! Races of two futures, and time limits of requests.

use super::timer::Timer;
use crate::client::Client;
use crate::entity::Table;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// The output of the future that ended first.
pub(super) enum First<A, B> {
    Left(A),
    Right(B),
}

/// Polls both, the left one first, and drops the other when one has ended.
pub(super) async fn race<A, B>(left: impl Future<Output = A>, right: impl Future<Output = B>) -> First<A, B> {
    let (mut left, mut right) = (pin!(left), pin!(right));
    poll_fn(|context| {
        if let Poll::Ready(output) = left.as_mut().poll(context) {
            return Poll::Ready(First::Left(output));
        }
        right.as_mut().poll(context).map(First::Right)
    })
    .await
}

/// The output of a request; `None`, and the request is dropped, if it does not end within the limit. The limit is measured by
/// the SDK client's `sleep_impl`: a lock's own timer may stand still while a request is under way. If that client has none, the
/// timer counts.
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
        First::Left(output) => Some(output),
        First::Right(()) => None,
    }
}
