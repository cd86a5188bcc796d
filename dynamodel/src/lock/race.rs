//! Of two futures, the first one to end.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

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
