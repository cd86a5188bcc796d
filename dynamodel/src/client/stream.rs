//! Pages and items as streams: the next request is made when somebody asks for more.

use crate::error::Result;
use crate::response::Page;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A request under way: what it gives, and the step after it.
pub(super) type Turn<O> = Pin<Box<dyn Future<Output = (Result<O>, Option<Step<O>>)> + Send>>;

/// A request that has not been made.
pub(super) struct Step<O>(pub(super) Box<dyn FnOnce() -> Turn<O> + Send>);

/// The pages of a read, one by one: a [`futures_core::Stream`]. It ends after an error.
#[must_use = "a stream does nothing until it is asked for its next page"]
pub struct Pages<P> {
    next: Option<Step<Page<P>>>,
    turn: Option<Turn<Page<P>>>,
}

/// The items of a read, one by one: a [`futures_core::Stream`]. It ends after an error.
#[must_use = "a stream does nothing until it is asked for its next item"]
pub struct Items<P> {
    pages: Pages<P>,
    page: std::vec::IntoIter<P>,
}

impl<P> Pages<P> {
    pub(super) fn new(first: Step<Page<P>>) -> Self {
        Self { next: Some(first), turn: None }
    }

    /// The next page; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Page<P>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The items of all pages.
    pub fn items(self) -> Items<P> {
        Items { pages: self, page: Vec::new().into_iter() }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<P>>>> {
        let turn = match (&mut self.turn, self.next.take()) {
            (Some(turn), next) => {
                self.next = next;
                turn
            }
            (empty, Some(next)) => empty.insert(next.0()),
            (None, None) => return Poll::Ready(None),
        };
        let Poll::Ready((page, next)) = turn.as_mut().poll(context) else { return Poll::Pending };
        self.turn = None;
        self.next = next;
        Poll::Ready(Some(page))
    }
}

impl<P> Items<P> {
    /// The next item; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<P>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match self.pages.poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok(page))) => self.page = page.items.into_iter(),
            }
        }
    }
}

impl<P> Stream for Pages<P> {
    type Item = Result<Page<P>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<P: Unpin> Stream for Items<P> {
    type Item = Result<P>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

impl<P> fmt::Debug for Items<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}
