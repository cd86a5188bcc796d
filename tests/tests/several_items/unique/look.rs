//! What the table really holds, past the library.

use dynamodel::{Client, Table};

/// The sentinels with the partition keys of their owners, sorted.
pub async fn claims<T: Table>(client: &Client<T>) -> Vec<(String, String)> {
    let mut out: Vec<_> = raw(client).await.into_iter().map(|(key, owner, _)| (key, owner)).collect();
    out.sort();
    out
}

/// The sentinels: partition key, owner's partition key, and when they expire.
pub async fn raw<T: Table>(client: &Client<T>) -> Vec<(String, String, Option<u64>)> {
    let mut out = Vec::new();
    let mut start = None;
    loop {
        let scan = client.sdk().scan().table_name(client.table_name()).consistent_read(true);
        let page = scan.set_exclusive_start_key(start).send().await.unwrap();
        for item in page.items.unwrap_or_default() {
            let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
            let Some(key) = text(T::PARTITION_KEY).filter(|key| key.starts_with("$UNIQUE#")) else { continue };
            let until = item.get("until").and_then(|value| value.as_n().ok()).map(|seconds| seconds.parse().unwrap());
            out.push((key, text("$owner").unwrap(), until));
        }
        start = page.last_evaluated_key;
        if start.is_none() {
            return out;
        }
    }
}

/// How many requests the client has made.
pub fn operations<T: Table>(client: &Client<T>) -> u64 {
    client.stats().requests
}
