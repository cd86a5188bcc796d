//! Programs that die half way: at every point at which an operation waits, what is stored is the old or the new, whole.

use dynamodel::op::{Create, Update};
use dynamodel::{Client, Codec};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Document, Session, Shop};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use uuid::Uuid;

/// A future that is given up once it has waited so often.
struct Dies<F> {
    inner: Option<F>,
    waits: u32,
}

impl<F: Future + Unpin> Future for Dies<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(inner) = &mut self.inner else { return Poll::Ready(None) };
        if let Poll::Ready(output) = Pin::new(inner).poll(context) {
            return Poll::Ready(Some(output));
        }
        if self.waits == 0 {
            self.inner = None;
            return Poll::Ready(None);
        }
        self.waits -= 1;
        Poll::Pending
    }
}

/// Lets the operation die after every number of waits, until it lives to its end. Says how often it died.
async fn at_every_wait<O>(
    mut begin: impl FnMut(u32) -> Pin<Box<dyn Future<Output = dynamodel::Result<O>> + Send>>,
    mut look: impl AsyncFnMut(u32, bool),
) -> u32 {
    for waits in 0..1000 {
        let ended = Dies { inner: Some(begin(waits)), waits }.await;
        if let Some(outcome) = &ended {
            assert!(outcome.is_ok(), "nobody else is there");
        }
        // What is under way at the server may still be carried out.
        tokio::time::sleep(Duration::from_millis(2)).await;
        look(waits, ended.is_some()).await;
        if ended.is_some() {
            return waits;
        }
    }
    panic!("it never came to its end");
}

async fn shop() -> Client<Shop> {
    engine::connect(&engine::clock(), Codec::Wire).await
}

#[tokio::test]
async fn a_modify_that_dies_leaves_the_item_as_it_was_or_as_it_was_written() {
    let shop = shop().await;
    shop.create(&Session::new("u", "s")).await.unwrap();
    let before = std::cell::Cell::new(0);
    let begin = |waits: u32| {
        let shop = shop.clone();
        Box::pin(async move {
            let modified = shop.modify(Session::key("u", "s"), move |session| {
                session.hits += 1;
                session.data.insert(format!("{waits}"), "x".repeat(1000));
            });
            modified.await
        }) as Pin<Box<dyn Future<Output = _> + Send>>
    };
    let died = at_every_wait(begin, async |waits, ended| {
        let stored = shop.get(Session::key("u", "s")).consistent().await.unwrap().unwrap();
        let written = stored.hits - before.get();
        assert!(written <= 1 && (!ended || written == 1), "{written} times");
        // All of it, or nothing.
        let data = u64::try_from(stored.data.len()).unwrap();
        assert_eq!((stored.version, data), (stored.hits + 1, stored.hits + 1));
        assert_eq!(stored.data.contains_key(&waits.to_string()), written == 1);
        before.set(stored.hits);
    })
    .await;
    assert!(died >= 2, "it reads and writes, and waited {died} times");
}

#[tokio::test]
async fn who_dies_between_reading_and_writing_stands_in_nobodys_way() {
    let shop = shop().await;
    shop.create(&Session::new("u", "s")).await.unwrap();
    let dead = shop.get(Session::key("u", "s")).consistent().await.unwrap().unwrap();
    let modified = shop.modify(Session::key("u", "s"), |session| session.hits += 1).await.unwrap();
    assert_eq!((modified.tries, modified.item.hits), (1, 1));
    // And if it was only taken for dead, it does no harm.
    let mut risen = dead;
    risen.hits = 99;
    assert!(shop.save(&mut risen).await.unwrap_err().is_conflict());
    assert_eq!(shop.get(Session::key("u", "s")).await.unwrap(), Some(modified.item));
}

#[tokio::test]
async fn a_transaction_that_dies_is_carried_out_whole_or_not_at_all() {
    let shop = shop().await;
    shop.create(&Session::new("u", "s")).await.unwrap();
    let begin = |waits: u32| {
        let shop = shop.clone();
        Box::pin(async move {
            let other = Session::new("other", &waits.to_string());
            let add = Update::new(Session::key("u", "s")).add(|s| s.hits, 1);
            shop.transact((add, Create::new(&other))).await
        }) as Pin<Box<dyn Future<Output = _> + Send>>
    };
    at_every_wait(begin, async |_, _| {
        let hits = shop.get(Session::key("u", "s")).consistent().await.unwrap().unwrap().hits;
        assert_eq!(shop.query(Session::of_user("other")).consistent().count().await.unwrap(), hits);
    })
    .await;
}

#[tokio::test]
async fn a_save_an_upsert_and_a_get_or_create_that_die_leave_whole_items() {
    let shop = shop().await;
    let id = Uuid::from_u128(1);
    let text = |waits: u32| format!("{waits}").repeat(500);
    let begin = |waits: u32| {
        let shop = shop.clone();
        Box::pin(async move {
            let fresh = Document { id, text: text(waits), etag: Uuid::nil() };
            let mut mine = shop.get_or_create(fresh.clone()).await?.into_item();
            mine.text = text(waits);
            shop.save(&mut mine).await?;
            shop.upsert(&fresh).set(|d| d.text, text(waits)).await
        }) as Pin<Box<dyn Future<Output = _> + Send>>
    };
    let mut seen = None;
    at_every_wait(begin, async |waits, ended| {
        let stored = shop.get(Document::key(id)).consistent().await.unwrap();
        let Some(stored) = stored else {
            assert!(seen.is_none() && !ended, "it was there");
            return;
        };
        assert!(!stored.etag.is_nil());
        let whole = (0..=waits).any(|waits| stored.text == text(waits));
        assert!(whole && (!ended || stored.text == text(waits)), "{}", stored.text);
        seen = Some(stored);
    })
    .await;
}
