//! What IAM sees of a request: the actions, on which resource, and the context's values of DynamoDB's condition keys.

use super::evaluator::{Ask, Context};
use dynamodel::define::TableDefinition;
use dynamodel::schema::IndexKind;
use dynamodel_tests::wrap::Seen;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// In front of a table's name.
pub const ARN: &str = "arn:aws:dynamodb:eu-west-1:123456789012:table/";

/// The table of the tests.
pub const TABLE: &str = "guild";

/// The attributes that are the partition key of the table (`""`) or of an index.
pub type Keys = BTreeMap<String, Vec<String>>;

pub fn keys(definition: &TableDefinition) -> Keys {
    let table = vec![definition.partition_key().to_owned()];
    let of_indexes = definition.indexes().iter().map(|index| {
        let own = index.partition_key.iter().map(|name| (*name).to_owned()).collect();
        (index.name.to_owned(), if index.kind == IndexKind::Local { table.clone() } else { own })
    });
    of_indexes.chain([(String::new(), table.clone())]).collect()
}

/// What IAM is asked for the request. All of it must be allowed.
pub fn asks(seen: &Seen, keys: &Keys) -> Vec<Ask> {
    let body = &seen.body;
    let table = || format!("{ARN}{}", body["TableName"].as_str().unwrap());
    match seen.operation.as_str() {
        "BatchGetItem" => batch(body, "BatchGetItem", keys, |own| {
            let read = own["Keys"].as_array().unwrap().iter().collect();
            (read, Some(own))
        }),
        "BatchWriteItem" => batch(body, "BatchWriteItem", keys, |own| {
            let requests = own.as_array().unwrap().iter();
            let item = |request: &'static str, part: &'static str| move |own: &Value| own[request].get(part).is_some();
            assert!(requests.clone().all(|own| item("PutRequest", "Item")(own) || item("DeleteRequest", "Key")(own)));
            (
                requests.map(|own| own.pointer("/PutRequest/Item").unwrap_or(&own["DeleteRequest"]["Key"])).collect(),
                None,
            )
        }),
        // Authorised by the actions in it, each for its item.
        enclosing @ ("TransactWriteItems" | "TransactGetItems") => {
            let items = body["TransactItems"].as_array().unwrap().iter();
            let each = items.flat_map(|item| item.as_object().unwrap());
            each.map(|(name, own)| {
                let action = if name == "ConditionCheck" { "ConditionCheckItem".into() } else { format!("{name}Item") };
                let mut ask = one(&action, own, keys);
                ask.context.insert("dynamodb:EnclosingOperation".into(), vec![enclosing.to_owned()]);
                ask
            })
            .collect()
        }
        // On the stream, whichever it is of the table's.
        action @ ("DescribeStream" | "GetShardIterator" | "GetRecords") => {
            vec![ask(action, format!("{ARN}{TABLE}/stream/2026-01-01T00:00:00.000"))]
        }
        "ListStreams" => vec![ask("ListStreams", "*".to_owned())],
        action @ ("GetItem" | "PutItem" | "UpdateItem" | "DeleteItem" | "Query" | "Scan") => {
            vec![one(action, body, keys)]
        }
        action @ ("ListTagsOfResource" | "TagResource" | "GetResourcePolicy" | "PutResourcePolicy") => {
            vec![ask(action, body["ResourceArn"].as_str().unwrap().to_owned())]
        }
        action => vec![ask(action, table())],
    }
}

/// The same where IAM is asked once for each action of a transaction, with the keys of all its items.
pub fn joined(asks: &[Ask]) -> Vec<Ask> {
    let mut out: Vec<Ask> = Vec::new();
    for ask in asks {
        match out.iter_mut().find(|known| (&known.action, &known.resource) == (&ask.action, &ask.resource)) {
            Some(known) => {
                for key in ["dynamodb:LeadingKeys", "dynamodb:Attributes"] {
                    let more = ask.context.get(key).into_iter().flatten().cloned();
                    known.context.entry(key.to_owned()).or_default().extend(more);
                }
            }
            None => out.push(ask.clone()),
        }
    }
    out
}

fn ask(action: &str, resource: String) -> Ask {
    Ask { action: format!("dynamodb:{action}"), resource, context: Context::new() }
}

/// One ask for all items of each table.
fn batch<'a>(
    body: &'a Value,
    action: &str,
    keys: &Keys,
    of: impl Fn(&'a Value) -> (Vec<&'a Value>, Option<&'a Value>),
) -> Vec<Ask> {
    let tables = body["RequestItems"].as_object().unwrap();
    let each = tables.iter().map(|(table, own)| {
        let (items, read) = of(own);
        let mut ask = ask(action, format!("{ARN}{table}"));
        let mut attributes: BTreeSet<String> = items.iter().flat_map(|item| members(item)).collect();
        if let Some(read) = read {
            attributes.extend(named(read));
            ask.context.insert("dynamodb:Select".into(), vec![select(read)]);
        }
        let values = items.iter().map(|item| text(&item[keys[""][0].as_str()])).collect();
        ask.context.insert("dynamodb:LeadingKeys".into(), values);
        ask.context.insert("dynamodb:Attributes".into(), attributes.into_iter().collect());
        ask
    });
    each.collect()
}

/// Of a request on one item, or on one partition, or on none.
fn one(action: &str, body: &Value, keys: &Keys) -> Ask {
    let index = body["IndexName"].as_str().unwrap_or_default();
    let behind = if index.is_empty() { String::new() } else { format!("/index/{index}") };
    let mut ask = ask(action, format!("{ARN}{}{behind}", body["TableName"].as_str().unwrap()));
    let item = body.get("Key").or_else(|| body.get("Item"));
    let attributes = item.into_iter().flat_map(members).chain(named(body)).collect::<BTreeSet<_>>();
    ask.context.insert("dynamodb:Attributes".into(), attributes.into_iter().collect());
    let names = ["LeadingKeys", "SecondPartitionKeyValues", "ThirdPartitionKeyValues", "FourthPartitionKeyValues"];
    for (name, attribute) in names.iter().zip(&keys[index]) {
        let value = match (action, item) {
            ("Scan", _) => continue,
            ("Query", _) => queried(body, attribute),
            (_, Some(item)) => text(&item[attribute]),
            _ => panic!("no key: {body}"),
        };
        ask.context.insert(format!("dynamodb:{name}"), vec![value]);
    }
    match action {
        "GetItem" | "Query" | "Scan" => ask.context.insert("dynamodb:Select".into(), vec![select(body)]),
        "ConditionCheckItem" => None,
        _ => {
            let values = body["ReturnValues"].as_str().unwrap_or("NONE").to_owned();
            ask.context.insert("dynamodb:ReturnValues".into(), vec![values])
        }
    };
    ask
}

/// What is selected where nothing is said: the attributes that are named, or all of them.
fn select(body: &Value) -> String {
    let otherwise = match (body.get("ProjectionExpression"), body.get("IndexName")) {
        (Some(_), _) => "SPECIFIC_ATTRIBUTES",
        (None, Some(_)) => "ALL_PROJECTED_ATTRIBUTES",
        (None, None) => "ALL_ATTRIBUTES",
    };
    body["Select"].as_str().unwrap_or(otherwise).to_owned()
}

/// The value of the partition key that a query is for.
fn queried(body: &Value, attribute: &str) -> String {
    let condition = body["KeyConditionExpression"].as_str().unwrap();
    let names = body["ExpressionAttributeNames"].as_object().unwrap();
    let mut parts = condition.split(" AND ").filter_map(|part| part.split_once(" = "));
    let found = parts.find(|(name, _)| names.get(*name).is_some_and(|named| named == attribute));
    let (_, value) = found.unwrap_or_else(|| panic!("no `{attribute}` in {body}"));
    text(&body["ExpressionAttributeValues"][value])
}

/// The attributes that the request's expressions name: the library names every one by a placeholder.
fn named(body: &Value) -> Vec<String> {
    const WORDS: [&str; 20] = [
        "AND",
        "OR",
        "NOT",
        "BETWEEN",
        "IN",
        "SET",
        "ADD",
        "REMOVE",
        "DELETE",
        "attribute_exists",
        "attribute_type",
        "attribute_not_exists",
        "begins_with",
        "contains",
        "size",
        "if_not_exists",
        "list_append",
        "",
        "and",
        "or",
    ];
    let names = body["ExpressionAttributeNames"].as_object();
    let parts = ["Projection", "KeyCondition", "Filter", "Condition", "Update"];
    let texts = parts.iter().filter_map(|part| body[format!("{part}Expression")].as_str());
    let mut out = Vec::new();
    for path in texts.flat_map(|text| text.split(|c: char| " ,()=<>+-".contains(c))) {
        let top = path.split(['.', '[']).next().unwrap();
        if top.starts_with(':') || WORDS.contains(&top) {
            continue;
        }
        let names = names.unwrap_or_else(|| panic!("{top}: {body}"));
        out.push(names.get(top).unwrap_or_else(|| panic!("{top}: {body}")).as_str().unwrap().to_owned());
    }
    out
}

fn members(item: &Value) -> Vec<String> {
    item.as_object().unwrap().keys().cloned().collect()
}

/// A key's value as a text.
fn text(value: &Value) -> String {
    let typed = value.as_object().unwrap_or_else(|| panic!("no key: {value}"));
    typed.values().next().unwrap().as_str().unwrap().to_owned()
}
