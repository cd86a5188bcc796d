//! Pages and items as streams: the next request is made when somebody asks for more.

use crate::error::Result;
use crate::response::{EachPage, Page, ScanPage, SentinelPage};
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Work under way: what it gives (`None`: nothing is left), and the step after it.
pub(in crate::client) type Turn<O> = Pin<Box<dyn Future<Output = (Option<Result<O>>, Option<Step<O>>)> + Send>>;

/// Work that has not begun.
pub(in crate::client) struct Step<O>(Box<dyn FnOnce() -> Turn<O> + Send>);

impl<O> Step<O> {
    pub(in crate::client) fn new(turn: impl FnOnce() -> Turn<O> + Send + 'static) -> Self {
        Self(Box::new(turn))
    }
}

/// One step after the other.
struct Steps<O> {
    next: Option<Step<O>>,
    turn: Option<Turn<O>>,
}

impl<O> Steps<O> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O>>> {
        let turn = match (&mut self.turn, self.next.take()) {
            (Some(turn), next) => {
                self.next = next;
                turn
            }
            (empty, Some(next)) => empty.insert(next.0()),
            (None, None) => return Poll::Ready(None),
        };
        let Poll::Ready((output, next)) = turn.as_mut().poll(context) else { return Poll::Pending };
        self.turn = None;
        self.next = next;
        Poll::Ready(output)
    }
}

/// A stream of pages.
macro_rules! pages {
    ($(#[$doc:meta] $name:ident<$item:ident> of $page:ident;)*) => {$(
        #[$doc]
        #[must_use = "a stream does nothing until it is asked for its next page"]
        pub struct $name<$item> {
            steps: Steps<$page<$item>>,
        }

        impl<$item> $name<$item> {
            pub(in crate::client) fn new(first: Step<$page<$item>>) -> Self {
                Self { steps: Steps { next: Some(first), turn: None } }
            }

            /// The next page; `None` after the last one.
            pub async fn next(&mut self) -> Option<Result<$page<$item>>> {
                poll_fn(|context| self.poll(context)).await
            }

            pub(in crate::client) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<$page<$item>>>> {
                self.steps.poll(context)
            }
        }

        impl<$item> Stream for $name<$item> {
            type Item = Result<$page<$item>>;

            fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
                self.poll(context)
            }
        }

        impl<$item> fmt::Debug for $name<$item> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )*};
}

pages! {
    /// The pages of a query, one by one: a [`futures_core::Stream`]. It ends after an error.
    Pages<P> of Page;
    /// The pages of a scan, one by one: a [`futures_core::Stream`]. It ends after an error.
    ScanPages<P> of ScanPage;
    /// The pages of deletes or updates, one by one: a [`futures_core::Stream`]. It ends after an error.
    EachPages<C> of EachPage;
    /// The pages of items whose sentinels are looked after, one by one: a [`futures_core::Stream`]. It ends after an error.
    SentinelPages<C> of SentinelPage;
}

/// Asks for the next items, in whatever pages they come.
type MoreItems<P> = Box<dyn FnMut(&mut Context<'_>) -> Poll<Option<Result<Vec<P>>>> + Send>;

/// The items of a read, one by one: a [`futures_core::Stream`]. It ends after an error.
#[must_use = "a stream does nothing until it is asked for its next item"]
pub struct Items<P> {
    more: MoreItems<P>,
    page: std::vec::IntoIter<P>,
}

impl<P: 'static> Pages<P> {
    /// The items of all pages.
    pub fn items(mut self) -> Items<P> {
        Items::new(move |context| self.poll(context).map_ok(|page| page.items))
    }
}

impl<P: 'static> ScanPages<P> {
    /// The items of all pages.
    pub fn items(mut self) -> Items<P> {
        Items::new(move |context| self.poll(context).map_ok(|page| page.items))
    }
}

impl<P> Items<P> {
    fn new(more: impl FnMut(&mut Context<'_>) -> Poll<Option<Result<Vec<P>>>> + Send + 'static) -> Self {
        Self { more: Box::new(more), page: Vec::new().into_iter() }
    }

    /// The next item; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<P>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match (self.more)(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok(items))) => self.page = items.into_iter(),
            }
        }
    }
}

impl<P: Unpin> Stream for Items<P> {
    type Item = Result<P>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<P> fmt::Debug for Items<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}
