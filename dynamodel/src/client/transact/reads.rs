//! Read transactions: several items as they were at one moment.

use crate::client::send::{Response, is_passing};
use crate::client::{Client, OperationFuture};
use crate::entity::{Entity, Projection, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Context, Get, Request, Via, check_count, context_of, transact_get};
use crate::response::{Meaning, decode_item, decode_transact_get, reasons};
use crate::tuples::all_tuples;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// Reads several items as they were at one moment: TransactGetItems.
///
/// Made by [`Client::transact_get`]. Awaiting it gives `Option`s, in the order of the asking. Costs two read units per
/// 4 KB and item.
///
/// # Errors
/// [`Contention`](crate::ErrorKind::Contention) when a write was under way on one of the items, also after retries;
/// [`Decode`](crate::ErrorKind::Decode), also of a response to other reads, and
/// [`WrongEntity`](crate::ErrorKind::WrongEntity); [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for more than 100 items, before anything is sent.
#[must_use = "a transaction does nothing until awaited"]
pub struct TransactGet<O, T> {
    plan: Planning,
    read: Reading<O>,
    client: Client<T>,
}

type Planning = Box<dyn Fn(&Context<'_>) -> Result<Vec<Request>> + Send + Sync>;

type Reading<O> = Box<dyn Fn(&[Option<&str>], SystemTime) -> Result<O> + Send + Sync>;

/// A read that can be part of a read transaction: [`Get`], by itself or made by a client.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a read transaction",
    label = "expected a get, of an entity of the client's table or made by another table's client"
)]
pub trait ReadAction<T> {
    /// What it reads.
    type Item: Send;

    /// Its request.
    #[doc(hidden)]
    fn plan(&self, cx: &Context<'_>) -> Result<Request>;

    /// Reads its response: the item's text, if there is one.
    #[doc(hidden)]
    fn read(&self, item: Option<&str>, now: SystemTime) -> Result<Option<Self::Item>>;
}

impl<E: Entity, V: Via<E, T>, P: Projection<Entity = E>, T> ReadAction<T> for Get<E, V, P> {
    type Item = P;

    fn plan(&self, cx: &Context<'_>) -> Result<Request> {
        if self.options.consistent {
            return Err(Error::new(
                ErrorKind::InvalidRequest,
                "a transaction always reads consistently: take `.consistent()` off",
            )
            .of_entity(E::SCHEMA.name));
        }
        self.request_with_key(&context_of(&self.via, cx))
    }

    fn read(&self, item: Option<&str>, now: SystemTime) -> Result<Option<P>> {
        let alive_at = self.options.alive_at(|| now);
        item.map_or(Ok(None), |item| decode_item(item, self.key.primary().ok(), alive_at))
    }
}

/// All reads of a read transaction: a tuple of up to sixteen, or a list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of reads for a read transaction",
    label = "expected a tuple of gets, `(Get::new(a), Get::new(b))`, or a `Vec` of them"
)]
pub trait ReadActions<T, O> {
    #[doc(hidden)]
    fn plan(&self, cx: &Context<'_>) -> Result<Vec<Request>>;

    #[doc(hidden)]
    fn read(&self, items: &[Option<&str>], now: SystemTime) -> Result<O>;
}

impl<G: ReadAction<T>, T> ReadActions<T, Vec<Option<G::Item>>> for Vec<G> {
    fn plan(&self, cx: &Context<'_>) -> Result<Vec<Request>> {
        check_count(self.len())?;
        self.iter().map(|action| action.plan(cx)).collect()
    }

    fn read(&self, items: &[Option<&str>], now: SystemTime) -> Result<Vec<Option<G::Item>>> {
        self.iter().enumerate().map(|(at, action)| action.read(items.get(at).copied().flatten(), now)).collect()
    }
}

macro_rules! tuples {
    ($($name:ident)+) => {
        impl<T, $($name: ReadAction<T>),+> ReadActions<T, ($(Option<$name::Item>,)+)> for ($($name,)+) {
            #[allow(non_snake_case)]
            fn plan(&self, cx: &Context<'_>) -> Result<Vec<Request>> {
                let ($($name,)+) = self;
                Ok(vec![$($name.plan(cx)?),+])
            }

            #[allow(non_snake_case)]
            fn read(&self, items: &[Option<&str>], now: SystemTime) -> Result<($(Option<$name::Item>,)+)> {
                let ($($name,)+) = self;
                let mut items = items.iter().copied();
                Ok(($($name.read(items.next().flatten(), now)?,)+))
            }
        }
    };
}

all_tuples! { tuples: A B C D F G H I J K L M N O P Q }

impl<T: Table> Client<T> {
    /// A read transaction, sent again while writes under way stand against it.
    async fn send_again(&self, request: &Request) -> Result<Response> {
        let mut attempts = self.attempts();
        loop {
            let failure = match self.send(request).await {
                Ok(response) => return Ok(response),
                Err(failure) => failure,
            };
            let (error, passing) = match failure.meaning() {
                Meaning::Cancelled => {
                    let said = reasons(failure.body().unwrap_or_default());
                    let reason = said.iter().enumerate().find(|(_, said)| !said.is_none());
                    let passing = reason.is_some() && said.iter().all(|said| said.is_none() || said.is_passing());
                    let error = match reason {
                        Some((at, reason)) => {
                            let error = reason.error(|message| message);
                            error.while_doing(format_args!("read {} of the transaction", at + 1))
                        }
                        None => Error::new(ErrorKind::Service, "the read was cancelled, and DynamoDB does not say why"),
                    };
                    (error.with_source(failure.source), passing)
                }
                _ => {
                    let error = failure.into_error(request.operation);
                    let passing = is_passing(error.kind());
                    (error, passing)
                }
            };
            if !(passing && attempts.again().await) {
                return Err(error.in_table(&self.inner.table));
            }
        }
    }

    /// Reads several items as they were at one moment: see [`TransactGet`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// use dynamodel::op::Get;
    ///
    /// shop.create(&Session::sample("ada", "s1")).await?;
    /// let (ada, bob) = shop
    ///     .transact_get((Get::new(Session::key("ada", "s1")), Get::new(Session::key("bob", "s1"))))
    ///     .await?;
    /// assert!(ada.is_some() && bob.is_none());
    /// # Ok(()) }
    /// ```
    pub fn transact_get<A, O>(&self, actions: A) -> TransactGet<O, T>
    where
        A: ReadActions<T, O> + Send + Sync + 'static,
    {
        let actions = Arc::new(actions);
        let reader = Arc::clone(&actions);
        TransactGet {
            plan: Box::new(move |cx| actions.plan(cx)),
            read: Box::new(move |items, now| reader.read(items, now)),
            client: self.clone(),
        }
    }
}

impl<O: Send + 'static, T: Table> IntoFuture for TransactGet<O, T> {
    type Output = Result<O>;
    type IntoFuture = OperationFuture<'static, O>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            let client = self.client.counting(0);
            let cx = client.context();
            let in_table = |error: Error| error.in_table(cx.table);
            let gets = (self.plan)(&cx).map_err(in_table)?;
            let request = transact_get(&gets).map_err(in_table)?;
            let response = client.counted(client.send_again(&request).await)?;
            let place = |error: Error| in_table(error).with_attempts(response.attempts);
            let items = decode_transact_get(response.bytes(), gets.len()).map_err(place)?;
            (self.read)(&items, cx.now).map_err(place)
        })
    }
}

impl<O, T> fmt::Debug for TransactGet<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TransactGet")
    }
}
