//! What is under the key of a refused write: DynamoDB sends it along with the refusal; other engines may not, and are asked.

use crate::client::Client;
use crate::client::send::Failure;
use crate::entity::Table;
use crate::op::Request;
use crate::response::{StoredItem, item_text};
use crate::wire::Reader;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the engine has sent an item along with a refusal: then one without an item says that there is none. DynamoDB
/// does since 2023.
#[derive(Debug, Clone, Default)]
pub(in crate::client) struct SendsItems(Arc<AtomicBool>);

impl SendsItems {
    /// The engine does.
    pub(in crate::client) fn note(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_known(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl<T: Table> Client<T> {
    /// What stood in the way of this write, which was refused with or without an item.
    pub(in crate::client) async fn behind(&self, failure: &Failure, item: Option<&str>, write: &Request) -> StoredItem {
        if let Some(item) = item {
            self.inner.sends_items.note();
            // An item of another key says nothing of this write.
            if write.key.as_ref().is_some_and(|key| key.is_another(Reader::from_str(item))) {
                return StoredItem::Unreadable;
            }
            return StoredItem::Item(item.to_owned());
        }
        if failure.is_of_aws() || self.inner.sends_items.is_known() {
            return StoredItem::Absent;
        }
        let Some(request) = write.read_back() else { return StoredItem::Unreadable };
        match self.send(&request).await.map(|response| item_text(response.bytes()).map(|item| item.map(str::to_owned)))
        {
            Ok(Ok(Some(item))) => StoredItem::Item(item),
            Ok(Ok(None)) => StoredItem::Absent,
            Ok(Err(_)) | Err(_) => StoredItem::Unreadable,
        }
    }
}
