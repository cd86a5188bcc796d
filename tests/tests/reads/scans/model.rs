//! Items of every entity of the table, and what the tests read.

use dynamodel::__private::Incoming;
use dynamodel::bounds::{Collected, Item};
use dynamodel::op::ScanCheckpoint;
use dynamodel::{Client, Expiry, Result};
use dynamodel_tests::model::{Cached, Document, Note, Session, Shop};

/// What the derive makes for a table.
#[derive(Debug, Clone, PartialEq)]
pub enum AnyItem {
    Session(Session),
    Note(Note),
    Cached(Cached),
    Document(Document),
}

impl Item for AnyItem {
    type Table = Shop;
    const ATTRIBUTES: Option<&'static [&'static str]> = None;
    const NAME: &'static str = "AnyItem";

    fn ttl() -> Option<&'static str> {
        Some("expires_at")
    }

    fn read(item: &mut Incoming<'_, '_>) -> Result<Self> {
        match item.entity_of::<Shop>() {
            Some(0) => item.read().map(Self::Session),
            Some(1) => item.read().map(Self::Note),
            Some(2) => item.read().map(Self::Cached),
            Some(3) => item.read().map(Self::Document),
            _ => Err(item.unknown::<Shop>()),
        }
    }

    fn expires(&self) -> Option<Expiry> {
        match self {
            Self::Session(session) => session.expires_at,
            Self::Cached(cached) => Some(cached.expires_at),
            _ => None,
        }
    }
}

impl Collected for AnyItem {}

pub fn note(user: &str, number: i32) -> Note {
    Note { user_id: user.into(), number, owner: Some("me".into()), text: format!("note {number}") }
}

/// Thirty notes and ten sessions of five users.
pub async fn fill(shop: &Client<Shop>) {
    for number in 0..30 {
        shop.create(&note(&format!("u{}", number % 5), number)).await.unwrap();
    }
    for number in 0..10 {
        shop.create(&Session::new(&format!("u{}", number % 5), &format!("s{number}"))).await.unwrap();
    }
}

pub fn numbers(notes: impl IntoIterator<Item = Note>) -> Vec<i32> {
    let mut numbers: Vec<_> = notes.into_iter().map(|note| note.number).collect();
    numbers.sort_unstable();
    numbers
}

/// As an application does that keeps it.
pub fn kept(checkpoint: &ScanCheckpoint) -> ScanCheckpoint {
    serde_json::from_str(&serde_json::to_string(checkpoint).unwrap()).unwrap()
}
