//! What one writes with the SDK and `serde_dynamo`: chunks, a handful of tasks, and a loop over what came back.

use super::model::Order;
use crate::AT_ONCE;
use dynamodel::sdk::Client;
use dynamodel::sdk::types::{AttributeValue, KeysAndAttributes, PutRequest, WriteRequest};
use std::collections::HashMap;
use tokio::task::JoinSet;

type Item = HashMap<String, AttributeValue>;

fn key(order: &Order) -> Item {
    HashMap::from([
        ("PK".to_owned(), AttributeValue::S(format!("CUSTOMER#{}", order.customer))),
        ("SK".to_owned(), AttributeValue::S(format!("ORDER#{}", order.id))),
    ])
}

pub async fn write(client: &Client, table: &str, orders: &[Order]) {
    let mut tasks = JoinSet::new();
    for chunk in orders.chunks(25) {
        let writes = chunk.iter().map(|order| {
            let mut item: Item = serde_dynamo::to_item(order).unwrap();
            item.extend(key(order));
            item.insert("_type".to_owned(), AttributeValue::S("Order".to_owned()));
            WriteRequest::builder().put_request(PutRequest::builder().set_item(Some(item)).build().unwrap()).build()
        });
        let mut left = HashMap::from([(table.to_owned(), writes.collect::<Vec<_>>())]);
        if tasks.len() == AT_ONCE {
            tasks.join_next().await.unwrap().unwrap();
        }
        let client = client.clone();
        tasks.spawn(async move {
            while !left.is_empty() {
                let answer = client.batch_write_item().set_request_items(Some(left)).send().await.unwrap();
                left = answer.unprocessed_items.unwrap_or_default();
            }
        });
    }
    tasks.join_all().await;
}

pub async fn read(client: &Client, table: &str, orders: &[Order]) -> Vec<Order> {
    let mut tasks = JoinSet::new();
    let mut found: HashMap<(String, String), Order> = HashMap::with_capacity(orders.len());
    for chunk in orders.chunks(100) {
        if tasks.len() == AT_ONCE {
            keep(&mut found, tasks.join_next().await.unwrap().unwrap());
        }
        let keys = chunk.iter().map(key).collect();
        let keys = KeysAndAttributes::builder().set_keys(Some(keys)).build().unwrap();
        let mut left = HashMap::from([(table.to_owned(), keys)]);
        let (client, table) = (client.clone(), table.to_owned());
        tasks.spawn(async move {
            let mut orders = Vec::new();
            while !left.is_empty() {
                let answer = client.batch_get_item().set_request_items(Some(left)).send().await.unwrap();
                let items = answer.responses.and_then(|mut tables| tables.remove(&table)).unwrap_or_default();
                orders.extend(items.into_iter().map(|item| serde_dynamo::from_item::<_, Order>(item).unwrap()));
                left = answer.unprocessed_keys.unwrap_or_default();
            }
            orders
        });
    }
    for orders in tasks.join_all().await {
        keep(&mut found, orders);
    }
    // In the order of the asking.
    orders.iter().map(|order| found.remove(&(order.customer.clone(), order.id.clone())).unwrap()).collect()
}

fn keep(found: &mut HashMap<(String, String), Order>, orders: Vec<Order>) {
    found.extend(orders.into_iter().map(|order| ((order.customer.clone(), order.id.clone()), order)));
}
