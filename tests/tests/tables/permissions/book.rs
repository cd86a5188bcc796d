//! The book of what was done: each verb's requests, with what it was and whose.

use super::asks::{self, Keys};
use super::evaluator::Ask;
use super::guild::Guild;
use dynamodel::Client;
use dynamodel::define::{Access, TableDefinition};
use dynamodel_tests::wrap::{Seen, Wrapped, wrap};
use std::sync::{Arc, Mutex};

/// Who asks, and somebody else.
pub const ME: &str = "ada";
pub const OTHER: &str = "bob";
/// Both at once.
pub const BOTH: &str = "both";

/// One run of a verb.
#[derive(Debug, Clone)]
pub struct Deed {
    /// What it needs, all together.
    pub access: Vec<Access>,
    pub entity: &'static str,
    /// In whose partition.
    pub who: &'static str,
    /// By which of the entity's access patterns, and on which index that lies.
    pub pattern: Option<(&'static str, Option<&'static str>)>,
    /// Each with what IAM is asked for it.
    pub requests: Vec<Vec<Ask>>,
}

impl Deed {
    pub fn of(access: impl AsRef<[Access]>, entity: &'static str, who: &'static str) -> Self {
        Self { access: access.as_ref().to_vec(), entity, who, pattern: None, requests: Vec::new() }
    }

    /// Where it was done: on the table, or an index.
    pub fn place(&self) -> Option<&'static str> {
        self.pattern.and_then(|(_, index)| index)
    }

    /// By which pattern, as grants name it.
    pub fn by(&self) -> Option<String> {
        self.pattern.map(|(name, _)| format!("{}.{name}", self.entity))
    }
}

impl std::fmt::Display for Deed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pattern = self.pattern.map(|(name, _)| format!(".{name}")).unwrap_or_default();
        write!(f, "{:?} of {}{pattern} of {}", self.access, self.entity, self.who)
    }
}

/// A client whose requests are written down.
pub struct Book {
    pub client: Client<Guild>,
    /// The one beneath, whose requests are not.
    pub beneath: Client<Guild>,
    pub deeds: Vec<Deed>,
    keys: Keys,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Book {
    pub fn of(beneath: &Client<Guild>, definition: &TableDefinition) -> Self {
        let seen = Arc::<Mutex<Vec<Seen>>>::default();
        let kept = Arc::clone(&seen);
        let (client, _) = wrap(beneath, 1, move |seen| {
            kept.lock().unwrap().push(seen.clone());
            None
        });
        Self { client, beneath: beneath.clone(), deeds: Vec::new(), keys: asks::keys(definition), seen }
    }

    /// An HTTP client whose requests are written down too.
    pub fn beside(&self, inner: aws_smithy_runtime_api::client::http::SharedHttpClient) -> Wrapped {
        let kept = Arc::clone(&self.seen);
        Wrapped::around(inner, move |seen| {
            kept.lock().unwrap().push(seen.clone());
            None
        })
    }

    /// What was sent since the last time was for this.
    pub fn note(&mut self, deed: Deed) {
        let seen = std::mem::take(&mut *self.seen.lock().unwrap());
        let requests: Vec<_> = seen.iter().map(|seen| asks::asks(seen, &self.keys)).collect();
        assert!(!requests.is_empty(), "nothing was sent: {deed}");
        self.deeds.push(Deed { requests, ..deed });
    }
}
