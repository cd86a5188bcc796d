//! The body of a response that is cut off.

use bytes::Bytes;
use http_body::{Body, Frame};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A body whose reading fails.
#[derive(Debug)]
pub(super) struct TruncatedBody;

impl Body for TruncatedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let why = io::Error::new(io::ErrorKind::ConnectionReset, "injected: the connection broke within the response");
        Poll::Ready(Some(Err(why)))
    }
}
